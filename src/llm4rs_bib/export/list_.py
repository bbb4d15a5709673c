"""The awesome list itself, as Markdown: as it was written, or with what was found out about its papers."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import groupby
from urllib.parse import quote

from ..awesome import BIBTEX, Writer
from ..drift import findings
from ..drift.patch import corrected
from ..entries import join
from ..model import Bibliography, Catalog, Listing
from .options import Options, Written

_SHOWN = ("published-since", "preprint-link", "title", "mojibake", "first-posting", "venue", "venue-year")  # in cells of the list

_IN_LINK = "/:?&=+,;@%~!$'*"  # signs that end no link and no cell


def written(bibliography: Bibliography, options: Options) -> Written:
    """The list's Markdown; warnings for fields that no cell can show. Of a selection, only its rows (and sections)."""
    shown = {listing.id for entry in bibliography.entries for _, listing in entry.listed}
    catalog = _only(bibliography.catalog, shown)
    if options.categories:
        slugs = frozenset().union(*(catalog.within(slug) for slug in options.categories))
        catalog = replace(catalog, categories=tuple(each for each in catalog.categories if each.slug in slugs))
    if options.with_venues:
        catalog = _corrected(catalog, bibliography)
    writer = Writer(catalog, (BIBTEX, _links(bibliography, options)) if options.with_bibtex else None)
    return Written(writer.markdown(), (*writer.complaints, *_without_column(catalog)))


def _without_column(catalog: Catalog) -> Iterator[str]:
    """What listings have under headings that their table does not have, such as new rows of a changed table."""
    for category in catalog.categories:
        hidden: dict[str, list[str]] = {}
        for listing in category.listings:
            for heading in listing.columns.keys() - set(category.columns):
                hidden.setdefault(heading, []).append(listing.id)
        for heading, names in sorted(hidden.items()):
            yield f"category {category.slug}: no column {heading!r}, which {', '.join(names)} would need"


def _only(catalog: Catalog, shown: set[str]) -> Catalog:
    categories = (
        replace(category, listings=tuple(each for each in category.listings if each.id in shown))
        for category in catalog.categories
    )
    return replace(catalog, categories=tuple(categories))


def _corrected(catalog: Catalog, bibliography: Bibliography) -> Catalog:
    """The catalog with what `drift` would have its rows say."""
    found = {name: list(those) for name, those in groupby(findings(bibliography, _SHOWN), key=lambda finding: finding.listing)}
    categories = (
        replace(category, listings=tuple(corrected(each, found.get(each.id, [])) for each in category.listings))
        for category in catalog.categories
    )
    return replace(catalog, categories=tuple(categories))


def _links(bibliography: Bibliography, options: Options) -> Callable[[Listing], str]:
    """What leads from a listing to its entry in the BibTeX file: the default one holds the whole list, another the selection."""
    from . import render  # which imports this module

    is_whole = options.bibtex_file == Options.bibtex_file
    text = render(join(bibliography.catalog, bibliography.lock) if is_whole else bibliography, "bibtex")
    lines = {match[1]: text.count("\n", 0, match.start()) + 1 for match in re.finditer(r"(?m)^@\w+\{([^,\s]+),", text)}
    keys = {listing.id: entry.key for entry in bibliography.entries for _, listing in entry.listed}
    path = quote(options.bibtex_file, safe=_IN_LINK)
    return lambda listing: f"[{BIBTEX}]({path}#L{lines[keys[listing.id]]})"
