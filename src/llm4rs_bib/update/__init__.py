"""A newer list against a catalog that exists: what is new, what differs, what moved, what is gone."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from ..awesome import AwesomeList
from ..entries import taken_names
from ..listingid import name_listings
from ..model import Catalog, Category, Listing, Lock
from .differences import Change, of_list, of_row, of_section, renamed_columns
from .returning import returning
from .rows import facts, matched, titles_of
from .sections import slugs_of

_LEAST = 16  # letters of a title that may be looked for in free text


@dataclass(frozen=True)
class Move:
    """A listing that stands in another section of the list."""

    where: str  # its row's place in the list
    id: str
    source: str  # slugs
    target: str


@dataclass(frozen=True, kw_only=True)
class Update:
    """The list in the catalog's names, and how the two differ, each in the order of the list."""

    catalog: Catalog
    listed: tuple[Category, ...]  # the list's sections and rows under the catalog's slugs and ids; new ones under new
    changes: tuple[Change, ...]
    moves: tuple[Move, ...]
    gone: tuple[Listing, ...]  # in the catalog's order
    unread: tuple[Listing, ...]  # gone as rows, but their words stand in the list
    reordered: tuple[str, ...]  # slugs of categories whose rows stand in another order; "" for the categories themselves

    @property
    def new(self) -> tuple[Listing, ...]:
        """The rows that the catalog does not have."""
        known = _ids(self.catalog.categories)
        return tuple(row for section in self.listed for row in section.listings if row.id not in known)

    @property
    def is_another_list(self) -> bool:
        """Whether it has no row that the catalog has."""
        known = _ids(self.catalog.categories)
        return bool(known) and known.isdisjoint(_ids(self.listed))

    @property
    def new_sections(self) -> tuple[Category, ...]:
        """The sections that the catalog does not have."""
        known = {category.slug for category in self.catalog.categories}
        return tuple(section for section in self.listed if section.slug not in known)

    @property
    def gone_sections(self) -> tuple[str, ...]:
        """The slugs of categories that are no sections of the list."""
        listed = {section.slug for section in self.listed}
        return tuple(category.slug for category in self.catalog.categories if category.slug not in listed)


def compare(catalog: Catalog, lock: Lock, found: AwesomeList) -> Update:
    """The list against the catalog. No new row gets an id that the lock knows as another paper's."""
    known = {listing.id: (category.slug, listing) for category in catalog.categories for listing in category.listings}
    listed = identified(catalog, lock, found.categories)
    there = _ids(listed)
    gone = [listing for name, (_, listing) in known.items() if name not in there]
    elsewhere = _free_text(found)
    unread = [each for each in gone if _stands_in(elsewhere, each)]
    return Update(
        catalog=catalog,
        listed=listed,
        changes=tuple(_changes(catalog, lock, found, listed, known)),
        moves=tuple(_moves(listed, known)),
        gone=tuple(each for each in gone if each not in unread),
        unread=tuple(unread),
        reordered=tuple(_reordered(catalog, listed)),
    )


def identified(catalog: Catalog, lock: Lock, sections: Sequence[Category]) -> tuple[Category, ...]:
    """A list's sections under the catalog's slugs, their rows under its ids; new ones under new."""
    rows = [facts(section) for section in sections]
    known = [facts(category, lock) for category in catalog.categories]
    slugs = slugs_of(sections, rows, catalog.categories, known)
    placed = [(slug, each) for slug, found in zip(slugs, rows, strict=True) for each in found]
    there = [(category.slug, each) for category, found in zip(catalog.categories, known, strict=True) for each in found]
    ids = {here: there[place][1].listing.id for here, place in matched(placed, there).items()}
    new = {place: each for place, (_, each) in enumerate(placed) if place not in ids}
    ids |= returning(lock, _ids(catalog.categories), new) if new else {}
    named = (replace(each.listing, id=ids.get(place, "")) for place, (_, each) in enumerate(placed))
    with_ids = [
        replace(section, slug=slug, listings=tuple(next(named) for _ in section.listings))
        for section, slug in zip(sections, slugs, strict=True)
    ]
    return name_listings(with_ids, taken_names(catalog, lock))


def _ids(categories: Sequence[Category]) -> set[str]:
    return {listing.id for category in categories for listing in category.listings}


def _changes(
    catalog: Catalog, lock: Lock, found: AwesomeList, listed: Sequence[Category], known: Mapping[str, tuple[str, Listing]]
) -> Iterator[Change]:
    categories = {category.slug: category for category in catalog.categories}
    differing: list[Change | None] = [of_list(found, catalog)]
    for section in listed:
        renamed: dict[str, str] = {}
        if category := categories.get(section.slug):
            present = [row.id for row in section.listings]
            differing.append(of_section(section, replace(category, unread=anchored(category, present))))
            renamed = renamed_columns(section, category)
        for row in section.listings:
            if row.id in known:
                record = lock.works.get(lock.listings.get(row.id, ""))
                differing.append(of_row(row, known[row.id][1], renamed, titles_of(record) if record else ()))
    yield from filter(None, differing)


def anchored(category: Category, present: Collection[str]) -> Mapping[str, str]:
    """What stands unread behind which listing, if only those are there."""
    found: dict[str, list[str]] = {}
    above = ""
    for name in dict.fromkeys(["", *(listing.id for listing in category.listings), *category.unread]):
        above = name if name in present else above
        if name in category.unread:
            found.setdefault(above, []).append(category.unread[name])
    return {name: "\n".join(texts) for name, texts in found.items()}


def _moves(listed: Sequence[Category], known: Mapping[str, tuple[str, Listing]]) -> Iterator[Move]:
    for section in listed:
        for row in section.listings:
            source, _ = known.get(row.id, (section.slug, row))
            if source != section.slug:
                yield Move(row.where, row.id, source, section.slug)


def _free_text(found: AwesomeList) -> str:
    """All that is no row: rows that cannot be read are there too."""
    texts = ([each.text_before, each.text_after, *each.unread.values()] for each in found.categories)
    return "\n".join(text for text in (found.text_before, *chain.from_iterable(texts)) if text)


def _stands_in(text: str, listing: Listing) -> bool:
    is_long = len(listing.title) >= _LEAST
    return (is_long and listing.title in text) or (listing.link is not None and "://" in listing.link and listing.link in text)


def _reordered(catalog: Catalog, listed: Sequence[Category]) -> Iterator[str]:
    if _in_other_order([section.slug for section in listed], [category.slug for category in catalog.categories]):
        yield ""
    known = {category.slug: [listing.id for listing in category.listings] for category in catalog.categories}
    for section in listed:
        if _in_other_order([row.id for row in section.listings], known.get(section.slug, [])):
            yield section.slug


def _in_other_order(new: list[str], old: list[str]) -> bool:
    in_old, in_new = set(old), set(new)
    return [each for each in new if each in in_old] != [each for each in old if each in in_new]
