"""RIS as Zotero, EndNote's readers, pandoc and bibutils all take it.

Tags: https://refdb.sourceforge.net/manual/ch07.html and Zotero's importer, which makes its Extra field of `M2` and of
`Type:` and `Citation Key:` there the item's type and key.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..model import Bibliography, Entry, Name, PartialDate, Work
from ..text import plain
from .options import Options
from .zotero import ITEM_TYPES, arxiv_line

_TYPES = {
    "article-journal": "JOUR",
    "paper-conference": "CONF",
    "preprint": "UNPB",
    "chapter": "CHAP",
    "book": "BOOK",
    "thesis": "THES",
    "report": "RPRT",
    "dataset": "DATA",
    "webpage": "ELEC",
    "document": "GEN",
}
_TOLD = frozenset({"preprint", "dataset", "document"})  # types that Zotero would not guess from RIS's
# Zotero reads values as HTML: what would be a tag or a character reference there must be written as one.
_HTML = r"<(?=[A-Za-z/!?])|&(?:#\w+|\w+);?"


def render(bibliography: Bibliography, _: Options) -> str:
    """The records in the given order, an empty line between two."""
    return "\n".join("".join(f"{tag}  - {value}\n" for tag, value in _record(entry)) for entry in bibliography.entries)


def _record(entry: Entry) -> Iterator[tuple[str, str]]:
    """Tag and value, those of one tag on lines of their own."""
    work = entry.work
    yield "TY", _TYPES[work.type]
    yield "ID", entry.key
    yield "M2", f"Citation Key: {entry.key}"
    if work.type in _TOLD:
        yield "M2", f"Type: {ITEM_TYPES[work.type]}"
    yield "TI", _text(plain(work.title))
    for name in work.authors:
        yield "AU", _text(_name(name))
    yield from _container(work)
    if entry.publisher:
        yield "PB", _text(entry.publisher)
    yield from _numbers(work)
    if work.issued:
        yield from _date(work.issued)
    yield from _identifiers(entry)
    for keyword in entry.keywords:
        yield "KW", _text(keyword.replace(";", ","))  # readers take a semicolon for the start of another keyword
    yield "ER", ""


def _text(value: str) -> str:
    return re.sub(_HTML, lambda match: _as_html(match[0]), value)


def _as_html(sign: str) -> str:
    if sign == "<":
        return "&lt;"
    from html import unescape  # its table takes a millisecond that few need

    return sign if unescape(sign) == sign else f"&amp;{sign[1:]}"


def _name(name: Name) -> str:
    """`Family, Given, Suffix`; a comma behind a group keeps readers from taking it for a person. No part can hold one."""
    family, given, suffix = (part.replace(",", "") for part in (name.literal or name.family, name.given, name.suffix))
    return f"{family}, {given}, {suffix}" if suffix else f"{family}, {given}".rstrip()


def _container(work: Work) -> Iterator[tuple[str, str]]:
    if title := work.container_title:
        if work.type == "paper-conference":
            yield "C3", _text(title)  # Zotero's title of the proceedings; T2 is what all others read
        yield "T2", _text(title)
        if work.type == "article-journal":
            yield "JF", _text(title)


def _numbers(work: Work) -> Iterator[tuple[str, str]]:
    if work.volume:
        yield "VL", _text(work.volume)
    if work.issue:
        yield "IS", _text(work.issue)
    first, dash, last = _text(work.pages or work.article_number or "").partition("-")
    if dash and first and last and "-" not in last:
        yield "SP", first
        yield "EP", last
    elif pages := work.pages or work.article_number:
        yield "SP", _text(pages)


def _date(date: PartialDate) -> Iterator[tuple[str, str]]:
    """The year alone, which is all that some read, and the whole date where more is known."""
    if date.month:
        yield "DA", f"{date.year:04d}/{date.month:02d}/{f'{date.day:02d}' if date.day else ''}/"
    yield "PY", f"{date.year:04d}"


def _identifiers(entry: Entry) -> Iterator[tuple[str, str]]:
    if version := entry.on_arxiv:
        if version is entry.work:
            yield "AN", f"arXiv:{version.arxiv_id}"
        yield "M2", arxiv_line(version)
    if entry.work.doi:
        yield "DO", _text(entry.work.doi)
    if entry.url:
        yield "UR", _text(entry.url)
