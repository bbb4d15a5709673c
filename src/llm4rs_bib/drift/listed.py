"""A list's own rows, with what the catalog and its lock know of each."""

from __future__ import annotations

from dataclasses import replace

from ..awesome import AwesomeList
from ..entries import join
from ..model import Bibliography, Listing
from ..update import identified


def as_listed(bibliography: Bibliography, found: AwesomeList) -> Bibliography:
    """The list as a bibliography: each row that the catalog has under its id there, with a person's key and overrides."""
    catalog, lock = bibliography.catalog, bibliography.lock
    known = {listing.id: listing for category in catalog.categories for listing in category.listings}
    categories = tuple(
        replace(section, listings=tuple(_written(row, known.get(row.id)) for row in section.listings))
        for section in identified(catalog, lock, found.categories)
    )
    return join(replace(catalog, categories=categories), lock)


def _written(row: Listing, known: Listing | None) -> Listing:
    return replace(row, key=known.key, override=known.override) if known else row
