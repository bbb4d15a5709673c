"""Works that a person checked, into the lock: each to the listings that mean it, under a key that stays."""

from __future__ import annotations

from dataclasses import dataclass, replace

from . import text
from .checked import Checked
from .citekey import make_key
from .entries import listing_ids, record_ids, taken_names
from .errors import CurationError, Fault, unknown
from .model import Catalog, Category, Lock, Record


@dataclass(frozen=True)
class Outcome:
    """What a file of checked works does to a lock."""

    lock: Lock
    new: tuple[str, ...]  # keys
    changed: tuple[str, ...]
    unchanged: tuple[str, ...]
    left_out: tuple[Fault, ...]  # papers whose listing was not found, or whose work is in doubt


def apply(papers: list[Checked], catalog: Catalog, lock: Lock) -> Outcome:
    """The lock with the checked works in it. Keys and aliases stay; a paper whose listing is not found is left out, named."""
    listed, known = _Listings(catalog), _Works(catalog, lock)
    states: dict[str, list[str]] = {"new": [], "changed": [], "unchanged": []}
    left_out: list[Fault] = []
    for paper in papers:
        try:
            key, state = known.put(paper, listed.of(paper))
            states[state].append(key)
        except CurationError as error:
            left_out.extend(error.faults)
    lock = replace(lock, works=known.works, listings=known.listings)
    return Outcome(lock=lock, left_out=tuple(left_out), **{state: tuple(keys) for state, keys in states.items()})


class _Listings:
    """The catalog's listings by id, by identifier and by title."""

    def __init__(self, catalog: Catalog) -> None:
        self._by_id: dict[str, Category] = {}
        self._by_identifier: dict[tuple[str, str], list[str]] = {}
        self._by_title: dict[str, list[str]] = {}
        self._identities: dict[str, frozenset[tuple[str, str]]] = {}
        for category in catalog.categories:
            for listing in category.listings:
                self._by_id[listing.id] = category
                self._by_title.setdefault(text.fold(text.unmangled(listing.title)), []).append(listing.id)
                self._identities[listing.id] = listing_ids(listing)
                for identifier in self._identities[listing.id]:
                    self._by_identifier.setdefault(identifier, []).append(listing.id)

    def of(self, paper: Checked) -> list[str]:
        """The ids of the listings that mean the paper. CurationError if there are none, or identifier and title disagree."""
        if paper.listing:
            if paper.listing not in self._by_id:
                raise CurationError(Fault(paper.where, unknown("listing", paper.listing, self._by_id)))
            return [paper.listing]
        by_title = self._by_title.get(paper.title, [])
        by_identifier = [listing for each in sorted(record_ids(paper.record)) for listing in self._by_identifier.get(each, ())]
        for listing in by_identifier:
            if by_title and listing not in by_title:
                clash = f"its identifier is that of {listing!r}, its title that of {by_title[0]!r}"
                raise CurationError(Fault(paper.where, f'{clash}; say which with "listing"'))
        without_identifier = [listing for listing in by_title if not self._identities[listing]]
        found = list(dict.fromkeys([*by_identifier, *without_identifier])) if by_identifier else self._of_title(paper, by_title)
        if not found:
            raise CurationError(Fault(paper.where, 'no listing has its title or an identifier of it; name one with "listing"'))
        return found

    def _of_title(self, paper: Checked, by_title: list[str]) -> list[str]:
        """The listings of the title; in the category that the file names, if there are several of different papers."""
        identities = [self._identities[listing] for listing in by_title]
        if len(by_title) > 1 and (not all(identities) or not frozenset.intersection(*identities)):
            by_title = [listing for listing in by_title if paper.category and self._is_in(listing, paper.category)]
            if len(by_title) != 1:
                raise CurationError(Fault(paper.where, 'several listings have its title; say which with "listing" or "category"'))
        return by_title

    def _is_in(self, listing: str, name: str) -> bool:
        category = self._by_id[listing]
        return name in (category.slug, category.heading, category.title)


class _Works:
    """The lock while works are put into it."""

    def __init__(self, catalog: Catalog, lock: Lock) -> None:
        self.works, self.listings = dict(lock.works), dict(lock.listings)
        self._by_identifier = {each: key for key, record in lock.works.items() for each in record_ids(record)}
        present = {listing.id for category in catalog.categories for listing in category.listings}
        self._ids = present | lock.listings.keys()
        self._taken = set(taken_names(catalog, lock))
        in_use = {key for listing, key in lock.listings.items() if listing in present}
        self._orphans: dict[str, list[str]] = {}  # folded title → works that no listing means any more
        for key in lock.works.keys() - in_use:
            for title in _titles(lock.works[key]):
                self._orphans.setdefault(title, []).append(key)
        self._put: dict[str, str] = {}  # key → where in the file

    def put(self, paper: Checked, found: list[str]) -> tuple[str, str]:
        """The key of the paper, and whether it is "new", "changed" or "unchanged"."""
        record = paper.record
        old_key = self._known_as(paper, found)
        old = self.works.get(old_key) if old_key else None
        key = old_key if old_key and old_key not in self._ids else make_key(record.work, self._taken) or old_key or found[0]
        record = _renewed(record, old, old_key if key != old_key else None)
        if key in self._put and record != old:
            raise CurationError(Fault(paper.where, f"is the same work as {self._put[key]}, with other facts; keep one"))
        self._put.setdefault(key, paper.where)
        self._take(key, record, found, old_key)
        return key, "new" if old is None else "unchanged" if record == old else "changed"

    def _known_as(self, paper: Checked, found: list[str]) -> str | None:
        """The paper's key in the lock: its listings', that of a work with its identifier, or of one whose listing is gone."""
        keys = dict.fromkeys(self.listings[listing] for listing in found if listing in self.listings)
        for key in [self._by_identifier[each] for each in sorted(record_ids(paper.record)) if each in self._by_identifier]:
            if key not in keys and not _titles(self.works[key]) & _titles(paper.record):
                clash = f"its identifier is that of the work {key}, {self.works[key].work.title!r}"
                raise CurationError(Fault(paper.where, f"{clash}; one of the two is wrong"))
            keys[key] = None
        if not keys:
            orphans = sorted({key for title in _titles(paper.record) for key in self._orphans.get(title, ())})
            keys = dict.fromkeys(
                key for key in orphans if key in self.works and _same_first_author(self.works[key], paper.record)
            )
        if len(keys) > 1:
            raise CurationError(Fault(paper.where, f"is two works of the lock, {' and '.join(keys)}; it cannot be both"))
        return next(iter(keys), None)

    def _take(self, key: str, record: Record, found: list[str], old_key: str | None) -> None:
        if old_key:
            for identifier in record_ids(self.works[old_key]):
                self._by_identifier.pop(identifier, None)
            del self.works[old_key]
        if old_key and old_key != key:
            self.listings = {listing: key if at == old_key else at for listing, at in self.listings.items()}
        self.works[key] = record
        self._taken.add(key.lower())
        self.listings.update(dict.fromkeys(found, key))
        self._by_identifier.update(dict.fromkeys(record_ids(record), key))


def _titles(record: Record) -> set[str]:
    works = [work for work in (record.published, record.preprint) if work]
    return {text.fold(title) for work in works for title in (work.title, *work.other_titles)}


def _same_first_author(one: Record, other: Record) -> bool:
    """Whether the first authors have one name; where one record names none, nothing speaks against it."""
    first, second = (record.work.authors[:1] for record in (one, other))
    return not first or not second or text.fold(str(first[0])) == text.fold(str(second[0]))


def _renewed(record: Record, old: Record | None, old_key: str | None) -> Record:
    """The record with the aliases of the one it replaces; that one itself if nothing but the date of the check differs."""
    if old is None:
        return record
    aliases = dict.fromkeys([*([old_key] if old_key else []), *old.aliases])
    record = replace(record, aliases=tuple(aliases))
    same_day = replace(record.evidence, checked=old.evidence.checked)
    return old if replace(record, evidence=same_day) == old else record
