"""The formats, and which entries go into one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from importlib import import_module
from typing import NamedTuple

from ..errors import Fault, SelectionError, unknown
from ..model import Bibliography, Entry


class Format(NamedTuple):
    """A format: its module here, which has `render(entries) -> str`, and the ending of its files."""

    module: str
    ending: str


CATEGORIES = "categories"  # the folder of the files by category, below the exports folder
FORMATS = {
    "bibtex": Format("bibtex", "bib"),
    "csl-json": Format("csl_json", "json"),
}


def select(bibliography: Bibliography, categories: Iterable[str] = ()) -> list[Entry]:
    """The entries of the categories (slugs; those nested in them too), or all, in the list's order.

    SelectionError for a category that is not there.
    """
    slugs: set[str] = set()
    for slug in categories:
        try:
            slugs |= bibliography.catalog.within(slug)
        except KeyError:
            known = [category.slug for category in bibliography.catalog.categories]
            raise SelectionError(Fault("", unknown("category", slug, known))) from None
    if not slugs:
        return list(bibliography.entries)
    return [entry for entry in bibliography.entries if any(category.slug in slugs for category, _ in entry.listed)]


def render(entries: Sequence[Entry], format: str) -> str:
    """The entries in a format. SelectionError for a format that is not there."""
    if format not in FORMATS:
        raise SelectionError(Fault("", unknown("format", format, FORMATS)))
    module = import_module(f".{FORMATS[format].module}", __package__)  # each brings libraries that the others do not need
    text: str = module.render(entries)
    return text


def export(bibliography: Bibliography, format: str, categories: Iterable[str] = ()) -> str:
    """The bibliography, or some of its categories, in a format of FORMATS: the text of the file, with LF line ends."""
    return render(select(bibliography, categories), format)


def all_files(bibliography: Bibliography) -> dict[str, str]:
    """Every format, whole and for each category that has entries: path below the exports folder → text."""
    files = {}
    for name, format in FORMATS.items():
        files[f"references.{format.ending}"] = export(bibliography, name)
        for category in bibliography.catalog.categories:
            if entries := select(bibliography, [category.slug]):
                files[f"{CATEGORIES}/{category.slug}.{format.ending}"] = render(entries, name)
    return files
