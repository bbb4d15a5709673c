"""Entries as formats may have them: the venue as it is to be printed, no signs that no file can hold."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from ..model import Bibliography, Entry, Name, Work
from ..text import clean, page_range, title
from ..venues import short_name
from .options import Options

_TEXTS = (
    "container_title", "venue_short", "publisher", "volume", "issue", "pages", "article_number", "doi", "url", "arxiv_id",
    "arxiv_class",
)  # fmt: skip


def writable(bibliography: Bibliography, options: Options) -> Bibliography:
    """The bibliography with each entry fit to be written."""
    return replace(bibliography, entries=tuple(_writable(entry, bibliography, options) for entry in bibliography.entries))


def _writable(entry: Entry, bibliography: Bibliography, options: Options) -> Entry:
    """The entry with the venue as it is to be printed, and without signs that no file can hold."""
    work, preprint = _clean(entry.work), entry.preprint and _clean(entry.preprint)
    if options.venue == "short" and work.container_title:
        short = short_name(work.container_title, bibliography.catalog.venues) or work.venue_short
        work = replace(work, container_title=short or work.container_title)
    same = work is entry.work and preprint is entry.preprint
    return entry if same else replace(entry, work=work, preprint=preprint)


def _clean(work: Work) -> Work:
    """The work with its texts as the model asks for: a lock written by hand may hold anything."""
    texts = {each: getattr(work, each) for each in _TEXTS}
    soiled = {name: clean(value) or None for name, value in texts.items() if value and not _is_clean(value)}
    if not _is_clean(work.title) or not {"<", "$"}.isdisjoint(work.title):
        soiled["title"] = title(work.title)
    if work.pages and page_range(work.pages) != work.pages:
        soiled["pages"] = page_range(soiled.get("pages") or work.pages)
    authors = tuple(filter(None, map(_clean_name, work.authors)))
    if authors != work.authors:
        work = replace(work, authors=authors)
    return replace(work, **soiled) if soiled else work  # type: ignore[arg-type]  # texts for texts


def _is_clean(value: str) -> bool:
    return value.isprintable() and value == value.strip() and "  " not in value


@lru_cache(maxsize=2**14)  # who writes one paper of a list writes others
def _clean_name(name: Name) -> Name | None:
    parts = (name.family, name.given, name.suffix, name.literal)
    if all(map(_is_clean, parts)):
        return name
    family, given, suffix, literal = map(clean, parts)
    return Name(family=family, given=given, suffix=suffix, literal=literal) if family or literal else None
