"""What a list brings to a catalog that exists: new rows, and rows that differ from what the catalog has."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from . import text
from .awesome import name_listings
from .entries import listing_ids
from .errors import Fault
from .model import Catalog, Category, Listing


@dataclass(frozen=True)
class Update:
    """The differences, in the list's order."""

    new_categories: tuple[tuple[Category, str | None], ...]  # without listings, each with the slug that it follows
    new_listings: tuple[tuple[str, Listing, str | None], ...]  # slug, listing, and the id that it follows there
    changed: tuple[Fault, ...]
    gone: tuple[str, ...]  # ids of listings that the list does not have


def compare(catalog: Catalog, categories: Sequence[Category]) -> Update:
    """The list's categories (listings without ids) against the catalog's."""
    slugs = dict(_slugs(catalog, categories))
    placed = [replace(category, slug=slugs[category.slug]) for category in categories]
    matched = _matched(catalog, placed)
    ids = {listing.id for category in catalog.categories for listing in category.listings}
    named = name_listings([_with_ids(category, matched) for category in placed], taken=ids)
    found = {listing.id for _, listing in matched.values()}
    return Update(
        tuple(_new_categories(catalog, named)),
        tuple(_new_listings(named, ids)),
        tuple(_changed(catalog, named, matched)),
        tuple(sorted(ids - found)),
    )


def _slugs(catalog: Catalog, categories: Sequence[Category]) -> Iterator[tuple[str, str]]:
    """The list's slug → the catalog's: that of the same heading, else a new one."""
    left = list(catalog.categories)
    taken = {category.slug for category in left}
    for category in categories:
        same = next((each for each in left if each.heading == category.heading), None)
        same = same or next((each for each in left if each.slug == category.slug), None)
        if same:
            left.remove(same)
            yield category.slug, same.slug
        else:
            slug = category.slug
            while slug in taken:
                slug += "-new"
            taken.add(slug)
            yield category.slug, slug


Matches = dict[str, tuple[Category, Listing]]  # a row's place in the list → what the catalog has for it


def _matched(catalog: Catalog, categories: Sequence[Category]) -> Matches:
    """Rows and listings of one paper: same category before another, a shared identifier before a shared title."""
    left = {listing.id: (category, listing) for category in catalog.categories for listing in category.listings}
    rows = [(category, row) for category in categories for row in category.listings]
    matches: Matches = {}
    for same_category in (True, False):
        for facts in (_identity, _title):
            index: dict[object, list[str]] = {}
            for category, listing in left.values():
                for fact in facts(listing):
                    index.setdefault((category.slug if same_category else "", fact), []).append(listing.id)
            for category, row in rows:
                keys = [(category.slug if same_category else "", fact) for fact in facts(row)]
                found = next((each for key in keys for each in index.get(key, ()) if each in left), None)
                if found and row.where not in matches:
                    matches[row.where] = left.pop(found)
    return matches


def _identity(listing: Listing) -> list[object]:
    return [*sorted(listing_ids(listing)), *([listing.link] if listing.link else [])]


def _title(listing: Listing) -> list[object]:
    return [text.fold(text.unmangled(listing.title))]


def _with_ids(category: Category, matches: Matches) -> Category:
    listings = (replace(row, id=matches[row.where][1].id) if row.where in matches else row for row in category.listings)
    return replace(category, listings=tuple(listings))


def _new_categories(catalog: Catalog, categories: Sequence[Category]) -> Iterator[tuple[Category, str | None]]:
    known = {category.slug for category in catalog.categories}
    before = None
    for category in categories:
        if category.slug not in known:
            yield replace(category, listings=()), before
        before = category.slug


def _new_listings(categories: Sequence[Category], known: set[str]) -> Iterator[tuple[str, Listing, str | None]]:
    for category in categories:
        before = None
        for listing in category.listings:
            if listing.id not in known:
                yield category.slug, listing, before
            before = listing.id


_COMPARED = ("title", "link", "date", "venue", "model", "code", "columns")


def _changed(catalog: Catalog, categories: Sequence[Category], matches: Matches) -> Iterator[Fault]:
    old_categories = {category.slug: category for category in catalog.categories}
    for category in categories:
        if old := old_categories.get(category.slug):
            for name in ("heading", "level", "columns", "text_before", "text_after"):
                if getattr(category, name) != getattr(old, name):
                    yield Fault(f"category {category.slug}", f"its {name.replace('_', ' ')} differs from the catalog's")
        for listing in category.listings:
            if listing.where not in matches:
                continue
            place, known = matches[listing.where]
            if place.slug != category.slug:
                yield Fault(
                    listing.where, f"{known.id} stands in {category.slug}; the catalog has it in {place.slug} ({known.where})"
                )
            for name in _COMPARED:
                yield from _difference(listing, known, name)


def _difference(listing: Listing, known: Listing, name: str) -> Iterator[Fault]:
    new, old = getattr(listing, name), getattr(known, name)
    if name == "columns":
        pairs = [(heading, new.get(heading), old.get(heading)) for heading in dict.fromkeys([*new, *old])]
    else:
        pairs = [(name, new, old)]
    for what, here, there in pairs:
        if here != there:
            yield Fault(listing.where, f"{known.id}: {what} is {_shown(here)}; the catalog has {_shown(there)} ({known.where})")


def _shown(cell: str | None) -> str:
    return "empty" if cell is None else repr(cell)
