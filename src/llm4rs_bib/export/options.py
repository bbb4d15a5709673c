"""How the entries are written: what a person may ask of a format."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

VENUES = ("full", "short")
# What reference lists are written as → the endings of such files, the usual one first.
OUTPUTS = {"text": (".txt",), "markdown": (".md", ".markdown"), "html": (".html", ".htm"), "latex": (".tex",)}
NUMBERINGS = ("category", "list")
ENGINES = ("csl", "citeproc-py")


@dataclass(frozen=True, kw_only=True)
class Options:
    """The defaults are right for nearly all readers."""

    venue: str = "full"  # of VENUES: proceedings and journals with their whole titles, or as people call them
    fields: Collection[str] = ()  # BibTeX fields: only these; none given: all
    without: Collection[str] = ()  # BibTeX fields: all but these
    classic_note: bool = False  # BibTeX: preprints with `howpublished = {arXiv:…}`, for plain, alpha and abbrv
    zotero_note: bool = False  # CSL-JSON: a note with the categories, which Zotero keeps
    # Reference lists:
    style: str | Path = "compact-numeric"  # a name, an alias, or a CSL file
    locale: str = ""  # "de-DE"; none given: the one that the style asks for, else en-US
    to: str = "markdown"  # of OUTPUTS; this one keeps italics and links, is read as it is, and can stand in the list's own page
    numbering: str = "category"  # of NUMBERINGS: each category's list from 1, as in a paper, or through all lists
    flat: bool = False  # one list without headings
    categories: Collection[str] = ()  # slugs: lists of these only, with those nested in them; none given: of all
    engine: str = "csl"  # of ENGINES
    # The list:
    with_venues: bool = False  # what was found stands in the cells: venues, dates, titles, links
    with_bibtex: bool = False  # a further column links to each entry
    bibtex_file: str = "exports/references.bib"  # where that column leads, seen from the list; by default to the whole list's


class Written(NamedTuple):
    """A file's text, and what a reader should know."""

    text: str
    warnings: tuple[str, ...] = ()
