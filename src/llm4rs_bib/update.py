"""What a list brings to a catalog that exists: new rows, and rows that differ from what the catalog has."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from . import text
from .awesome import AwesomeList
from .entries import listing_ids, taken_names
from .errors import Fault
from .listingid import name_listings
from .model import Catalog, Category, Listing, Lock


@dataclass(frozen=True)
class Update:
    """The differences, in the list's order."""

    new_categories: tuple[tuple[Category, str | None], ...]  # without listings, each with the slug that it follows
    new_listings: tuple[tuple[str, Listing, str | None], ...]  # slug, listing, and the id that it follows there
    changed: tuple[Fault, ...]
    kept: tuple[str, ...]  # what the catalog has otherwise or besides, and keeps: a line each


def compare(catalog: Catalog, lock: Lock, found: AwesomeList) -> Update:
    """The list against the catalog. No new row gets an id that the lock knows as another paper's."""
    slugs = dict(_slugs(catalog, found.categories))
    placed = [replace(category, slug=slugs[category.slug]) for category in found.categories]
    matched = _matched(catalog, placed)
    ids = {listing.id for category in catalog.categories for listing in category.listings}
    named = name_listings([_with_ids(category, matched) for category in placed], taken=taken_names(catalog, lock))
    return Update(
        tuple(_new_categories(catalog, named)),
        tuple(_new_listings(named, ids)),
        (*_changed_texts(catalog, found), *_changed(catalog, named, matched)),
        tuple(_kept(catalog, named)),
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
    """Rows and listings of one paper: same category before another; a shared identifier, then the title, then the link."""
    left = {listing.id: (category, listing) for category in catalog.categories for listing in category.listings}
    rows = [(category, row) for category in categories for row in category.listings]
    matches: Matches = {}
    for same_category in (True, False):
        for facts in (_identity, _title, _link):
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
    return [*sorted(listing_ids(listing))]


def _title(listing: Listing) -> list[object]:
    return [text.fold(text.unmangled(listing.title))]


def _link(listing: Listing) -> list[object]:
    return [listing.link] if listing.link and "://" in listing.link else []  # not "#"


def _with_ids(category: Category, matches: Matches) -> Category:
    listings = (replace(row, id=matches[row.where][1].id) if row.where in matches else row for row in category.listings)
    return replace(category, listings=tuple(listings))


def _new_categories(catalog: Catalog, categories: Sequence[Category]) -> Iterator[tuple[Category, str | None]]:
    """Each behind its neighbour in the list, and what nests in that by hand."""
    known = [category.slug for category in catalog.categories]
    listed = {category.slug for category in categories}
    before = None
    for category in categories:
        if category.slug not in known:
            yield replace(category, listings=()), before
            before = category.slug
        else:
            nested = catalog.within(category.slug) - listed
            behind = known[known.index(category.slug) + 1 :]
            *_, before = category.slug, *takewhile(nested.__contains__, behind)


def _new_listings(categories: Sequence[Category], known: set[str]) -> Iterator[tuple[str, Listing, str | None]]:
    for category in categories:
        before = None
        for listing in category.listings:
            if listing.id not in known:
                yield category.slug, listing, before
            before = listing.id


_COMPARED = ("title", "link", "date", "venue", "model", "code", "columns")


def _changed_texts(catalog: Catalog, found: AwesomeList) -> Iterator[Fault]:
    if found.title and found.title != catalog.title:
        yield Fault("", f"the list's title is {found.title!r}; the catalog has {catalog.title!r}")
    for name in ("text_above", "text_before"):
        if _lines(getattr(found, name)) != _lines(getattr(catalog, name)):
            yield Fault("", f"the list's {name.replace('_', ' ')} differs from the catalog's")


def _changed(catalog: Catalog, categories: Sequence[Category], matches: Matches) -> Iterator[Fault]:
    old_categories = {category.slug: category for category in catalog.categories}
    for category in categories:
        if old := old_categories.get(category.slug):
            for name in ("heading", "level", "columns", "text_before", "text_after"):
                if _lines(getattr(category, name)) != _lines(getattr(old, name)):
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


def _lines(value: object) -> object:
    """A text without empty lines around it: YAML's `|` ends with one."""
    return value.strip("\n") if isinstance(value, str) else value


def _kept(catalog: Catalog, categories: Sequence[Category]) -> Iterator[str]:
    listed = {listing.id for category in categories for listing in category.listings}
    gone = [listing.id for category in catalog.categories for listing in category.listings if listing.id not in listed]
    if gone:
        yield f"not in the list, kept in the catalog: {', '.join(gone)}"
    slugs = [category.slug for category in categories]
    if sections := [category.slug for category in catalog.categories if category.slug not in slugs]:
        yield f"sections not in the list, kept in the catalog: {', '.join(sections)}"
    old = {category.slug: [listing.id for listing in category.listings] for category in catalog.categories}
    if _in_other_order(slugs, list(old)):
        yield "the sections stand in another order in the list; the catalog keeps its own"
    for category in categories:
        if _in_other_order([listing.id for listing in category.listings], old.get(category.slug, [])):
            yield f"the rows of {category.slug} stand in another order in the list; the catalog keeps its own"


def _in_other_order(new: list[str], old: list[str]) -> bool:
    in_old, in_new = set(old), set(new)
    return [each for each in new if each in in_old] != [each for each in old if each in in_new]


def _difference(listing: Listing, known: Listing, name: str) -> Iterator[Fault]:
    new, old = getattr(listing, name), getattr(known, name)
    if name == "columns":
        pairs = [(heading, new.get(heading), old.get(heading)) for heading in dict.fromkeys([*new, *old])]
    else:
        pairs = [(name, new, old)]
    for what, here, there in pairs:
        if _lines(here) != _lines(there):
            yield Fault(listing.where, f"{known.id}: {what} is {_shown(here)}; the catalog has {_shown(there)} ({known.where})")


def _shown(cell: str | None) -> str:
    return "empty" if cell is None else repr(cell)
