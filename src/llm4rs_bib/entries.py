"""A catalog and its lock, joined: which work each listing means, under which key, with a person's overrides applied."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from . import ids, labels, text
from .errors import CatalogError, Fault
from .model import DERIVED, Bibliography, Catalog, Category, Entry, Listing, Lock, Override, PartialDate, Record, Work
from .overrides import overridden

_FEW = 3  # lost listings that have a line of their own each


class _Group:
    """Listings that mean one paper, in the list's order, and the key of its record in the lock."""

    def __init__(self, record_key: str | None) -> None:
        self.record_key = record_key
        self.listed: list[tuple[Category, Listing]] = []


def join(catalog: Catalog, lock: Lock, warnings: tuple[str, ...] = ()) -> Bibliography:
    """The entries in the list's order. CatalogError if two of them claim one key."""
    groups = _groups(catalog, lock)
    entries = tuple(_entry(group, lock) for group in groups)
    _check_keys(entries)
    entries = tuple(_without_taken_aliases(entries))
    return Bibliography(catalog=catalog, lock=lock, entries=entries, warnings=warnings + tuple(_orphans(lock, groups)))


def _groups(catalog: Catalog, lock: Lock) -> list[_Group]:
    """Listings by work: by the lock, else (new, or its id was changed) by an identifier that a work or a listing shares.

    Two rows with one identifier and quite different titles are two papers: the link of one was copied from the other.
    """
    by_identifier: dict[tuple[str, str], str] | None = None
    titles = _titles_by_key(catalog, lock)
    by_key: dict[str, _Group] = {}
    without_work: dict[tuple[str, str], list[_Group]] = {}
    order: list[_Group] = []
    for category in catalog.categories:
        for listing in category.listings:
            key = lock.listings.get(listing.id)
            known = sorted(listing_ids(listing)) if key is None else []
            if key is None and lock.works:
                by_identifier = by_identifier if by_identifier is not None else dict(_identifiers(lock))
                key = _key_of(listing, lock, titles, (by_identifier[each] for each in known if each in by_identifier))
            group = by_key.get(key) if key else _of_title(listing, (one for each in known for one in without_work.get(each, ())))
            if group is None:
                group = _Group(key)
                order.append(group)
                for each in known:
                    without_work.setdefault(each, []).append(group)
            if key:
                by_key[key] = group
            group.listed.append((category, listing))
    return order


def _titles_by_key(catalog: Catalog, lock: Lock) -> dict[str, list[str]]:
    """The titles of the listings that mean each work by the lock."""
    found: dict[str, list[str]] = {}
    for category in catalog.categories:
        for listing in category.listings:
            if key := lock.listings.get(listing.id):
                found.setdefault(key, []).append(listing.title)
    return found


def _key_of(listing: Listing, lock: Lock, titles: Mapping[str, list[str]], keys: Iterable[str]) -> str | None:
    """The work that a listing means by its identifiers; where others mean it already, if the titles are alike too."""
    for key in keys:
        works = [work for work in (lock.works[key].published, lock.works[key].preprint) if work]
        known = [*titles.get(key, ()), *(title for work in works for title in (work.title, *work.other_titles))]
        if key not in titles or any(alike(listing.title, title) for title in known):
            return key
    return None


def _of_title(listing: Listing, groups: Iterable[_Group]) -> _Group | None:
    """The first group of which a listing has a title like this one's."""
    return next((group for group in groups if any(alike(listing.title, other.title) for _, other in group.listed)), None)


def alike(one: str, other: str) -> bool:
    """Whether two rows that share an identifier are one paper by their titles."""
    from .likeness import ALIKE, equal, likeness  # only where two rows share an identifier

    one, other = (text.title(text.unmangled(title)) for title in (one, other))
    return equal(one, other) or likeness(one, other) >= ALIKE


def listing_ids(listing: Listing) -> frozenset[tuple[str, str]]:
    """What the listing's link (or a DOI in its override) says about the paper's identity: (kind, identifier)."""
    known = ids.identify(listing.link).known
    doi = listing.override.get("DOI")
    return known | ids.identify(doi).known if isinstance(doi, str) else known


def record_ids(record: Record) -> frozenset[tuple[str, str]]:
    """The identifiers of a record's works: (kind, identifier)."""
    works = [work for work in (record.published, record.preprint) if work]
    found = [ids.Ids(doi=work.doi, arxiv=work.arxiv_id).known | ids.identify(work.url).known for work in works]
    return frozenset().union(*found)


def taken_names(catalog: Catalog, lock: Lock) -> frozenset[str]:
    """All that a new id or key must differ from, in lower case: ids, keys and aliases, of listings that are gone too."""
    listings = [listing for category in catalog.categories for listing in category.listings]
    names = {listing.id for listing in listings} | {listing.key for listing in listings if listing.key}
    names |= lock.listings.keys() | lock.works.keys() | {alias for record in lock.works.values() for alias in record.aliases}
    return frozenset(name.lower() for name in names)


def _identifiers(lock: Lock) -> Iterator[tuple[tuple[str, str], str]]:
    for key, record in lock.works.items():
        for each in record_ids(record):
            yield each, key


def _entry(group: _Group, lock: Lock) -> Entry:
    listings = [listing for _, listing in group.listed]
    record = lock.works[group.record_key] if group.record_key else None
    handwritten = [listing.key for listing in listings if listing.key]
    keys = dict.fromkeys([*handwritten, *([group.record_key] if group.record_key else []), *(record.aliases if record else ())])
    key, *aliases = keys or [listings[0].id]
    work = record.work if record else from_listing(listings[0])
    overrides = _overrides(listings)
    return Entry(
        key=key,
        work=overridden(work, overrides),
        preprint=record.preprint if record and record.published else None,
        record=record,
        listed=tuple(group.listed),
        aliases=tuple(aliases),
        written=frozenset(overrides),
    )


def _overrides(listings: list[Listing]) -> Mapping[str, Override]:
    """What a person wrote; where two listings of one paper disagree, the first in the list counts."""
    merged: dict[str, Override] = {}
    for listing in reversed(listings):
        merged.update(listing.override)
    return merged


def from_listing(listing: Listing) -> Work:
    """The little that a listing says of its paper by itself: title, link and its identifiers, the year of its date."""
    known = ids.identify(listing.link)
    date = labels.date(listing.date)
    return Work(
        type="preprint" if known.arxiv else "document",
        title=text.title(text.unmangled(listing.title)),
        issued=PartialDate(date.year) if date else None,
        doi=ids.arxiv_doi(known.arxiv) if known.arxiv else known.doi,
        arxiv_id=known.arxiv,
        url=listing.link,
        sources={"doi": DERIVED} if known.arxiv else {},
    )


def claimed_venue(entry: Entry) -> str | None:
    """The list's venue label, where only a preprint is known of the work: a claim that no registry confirms."""
    if entry.record is None or entry.record.published:
        return None
    return next((listing.venue for _, listing in entry.listed if not labels.venue(listing.venue).is_preprint), None)


def _check_keys(entries: tuple[Entry, ...]) -> None:
    claimed: dict[str, Entry] = {}
    faults = []
    for entry in entries:
        other = claimed.setdefault(entry.key.lower(), entry)
        if other is not entry:
            here, there = entry.listed[0][1].where, other.listed[0][1].where
            faults.append(Fault(here, f"its key {entry.key!r} is also that of {there}; write another 'key:' here or there"))
    if faults:
        raise CatalogError(*faults)


def _without_taken_aliases(entries: tuple[Entry, ...]) -> Iterator[Entry]:
    """A key that now is another entry's names that one alone."""
    keys = {entry.key.lower() for entry in entries}
    for entry in entries:
        aliases = tuple(alias for alias in entry.aliases if alias.lower() not in keys)
        yield entry if aliases == entry.aliases else replace(entry, aliases=aliases)


def _orphans(lock: Lock, groups: list[_Group]) -> Iterator[str]:
    used = {group.record_key for group in groups}
    lost = [(listing, key) for listing, key in sorted(lock.listings.items()) if key not in used]
    if len(lost) > _FEW:
        names = ", ".join(listing for listing, _ in lost[:_FEW])
        yield f"{len(lost)} listings of the lock are not in the catalog any more ({names}, …); their works are kept"
        return
    for listing, key in lost:
        yield f"the lock's listing {listing!r} is not in the catalog any more; its work {key!r} is kept"
