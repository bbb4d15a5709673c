"""How the entries are written: what a person may ask of a format."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

VENUES = ("full", "short")


@dataclass(frozen=True, kw_only=True)
class Options:
    """The defaults are right for nearly all readers."""

    venue: str = "full"  # of VENUES: proceedings and journals with their whole titles, or as people call them
    fields: Collection[str] = ()  # BibTeX fields: only these; none given: all
    without: Collection[str] = ()  # BibTeX fields: all but these
    classic_note: bool = False  # BibTeX: preprints with `howpublished = {arXiv:…}`, for plain, alpha and abbrv
    zotero_note: bool = False  # CSL-JSON: a note with the categories, which Zotero keeps
