"""The formats, and how a bibliography becomes a file in one of them."""

from __future__ import annotations

from dataclasses import fields, replace
from functools import lru_cache
from importlib import import_module
from typing import NamedTuple

from ..errors import Fault, SelectionError, unknown
from ..model import Bibliography, Entry, Name, Work
from ..text import clean, page_range, title
from ..venues import short_name
from .options import VENUES, Options, Written
from .selection import Selection, select

__all__ = ["FORMATS", "VENUES", "Format", "Options", "Selection", "Written", "export", "render", "select", "write"]


class Format(NamedTuple):
    """A format: its module here, which has `render(bibliography, options) -> str`, and what its users see of it.

    A module whose files may be worth a warning has `written`, which gives both, besides.
    """

    module: str
    ending: str  # of its files
    purpose: str
    options: frozenset[str] = frozenset()  # the fields of Options that it heeds, besides `venue`


_TEXTS = (
    "container_title", "venue_short", "publisher", "volume", "issue", "pages", "article_number", "doi", "url", "arxiv_id",
    "arxiv_class",
)  # fmt: skip
_BIB = frozenset({"fields", "without"})
_LISTS = frozenset({"style", "locale", "to", "numbering", "flat", "categories", "engine"})
FORMATS = {
    "bibtex": Format(
        "bibtex", "bib", "LaTeX with BibTeX or biblatex, Overleaf, JabRef, typst: one file for all", _BIB | {"classic_note"}
    ),
    "biblatex": Format("biblatex", "biblatex.bib", "LaTeX classes that demand biblatex's own fields (`date`, `@online`)", _BIB),
    "csl-json": Format("csl_json", "json", "pandoc, Quarto, citeproc; web pages and scripts", frozenset({"zotero_note"})),
    "ris": Format("ris", "ris", "EndNote, Mendeley, RefWorks and most other reference managers; Zotero with tags and keys"),
    "zotero-rdf": Format("zotero_rdf", "rdf", "Zotero, whole: item types, tags, keys, links, notes and nested collections"),
    "references": Format("references", "md", "reading: lists by category as they stand in a paper, in any CSL style", _LISTS),
}


def render(bibliography: Bibliography, format: str, options: Options | None = None) -> str:
    """All entries of the bibliography in a format of FORMATS: the text of the file, with LF line ends.

    SelectionError for a format, venue form or field that is not there, and for an option that the format does not heed.
    """
    return write(bibliography, format, options).text


def write(bibliography: Bibliography, format: str, options: Options | None = None) -> Written:
    """The same with warnings."""
    options = options or Options()
    if format not in FORMATS:
        raise SelectionError(Fault("", unknown("format", format, FORMATS)))
    if options.venue not in VENUES:
        raise SelectionError(Fault("", unknown("venue form", options.venue, VENUES)))
    _check_heeded(format, options)
    module = import_module(f".{FORMATS[format].module}", __package__)  # each brings libraries that the others do not need
    entries = tuple(_writable(entry, bibliography, options) for entry in bibliography.entries)
    writable = replace(bibliography, entries=entries)
    if hasattr(module, "written"):
        written: Written = module.written(writable, options)
        return written
    return Written(module.render(writable, options))


def export(bibliography: Bibliography, format: str, selection: Selection | None = None, options: Options | None = None) -> str:
    """The bibliography, or the selected entries, in a format of FORMATS: the text of the file, with LF line ends."""
    selection, options = selection or Selection(), options or Options()
    return render(select(bibliography, selection), format, with_categories(format, options, selection))


def with_categories(format: str, options: Options, selection: Selection) -> Options:
    """The options with the selection's categories, for a format that minds them: a work may stand in others too."""
    minds = format in FORMATS and "categories" in FORMATS[format].options
    return replace(options, categories=selection.categories) if minds and selection.categories else options


def _check_heeded(format: str, options: Options) -> None:
    default = Options()
    for each in fields(Options):
        if each.name != "venue" and getattr(options, each.name) != getattr(default, each.name):
            heeding = [name for name, known in FORMATS.items() if each.name in known.options]
            if format not in heeding:
                option = each.name.replace("_", "-")
                raise SelectionError(Fault("", f"--{option} is for {' and '.join(heeding)}, not for {format}"))


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
