"""Which entries go into a file, in which version and order."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import NamedTuple

from ..errors import Fault, SelectionError, unknown
from ..model import Bibliography, Catalog, Entry, Listing, PartialDate
from ..text import fold, present

VERSIONS = ("published", "preprint", "both")
_FIELDS = ("title", "link", "date", "venue", "model", "code")


class Condition(NamedTuple):
    """What a cell of an entry's listing must say: `COLUMN~WORDS` (it holds them) or `COLUMN=WORDS` (it is them)."""

    text: str

    @classmethod
    def parse(cls, text: str) -> Condition:
        """Check the form; ValueError for any other."""
        if not list(cls(text).readings()):
            raise ValueError(f"{text!r} is not a condition such as 'Foundation Model~GPT' (holds) or 'Model=KAR' (is)")
        return cls(text)

    def readings(self) -> Iterator[tuple[str, str, str]]:
        """Column, sign and words, for each sign that may be the one: a column's heading may hold others."""
        for match in re.finditer("[~=]", self.text):
            column, words = self.text[: match.start()].strip(), self.text[match.end() :].strip()
            if fold(column) and fold(words):
                yield column, match[0], words


@dataclass(frozen=True, kw_only=True)
class Selection:
    """Conditions that all must hold; without any, all entries in the list's order."""

    categories: Sequence[str] = ()  # slugs; those nested in them count too
    ids: Sequence[str] = ()  # of listings; an entry of one of the ids or keys is taken
    keys: Sequence[str] = ()  # citation keys, also former ones
    since: PartialDate | None = None  # published or posted then or later, as far as the date is known
    where: Sequence[Condition] = ()
    verified: bool = False  # only with a work in the lock
    published: bool = False  # only with a published version
    version: str = "published"  # of VERSIONS: the published one if there is one, the preprint if there is one, or each
    sort: str = "list"  # of ORDERS


def select(bibliography: Bibliography, selection: Selection) -> Bibliography:
    """The bibliography with the selected entries only. SelectionError for a name that is not there.

    `warnings` are those of the selection: what was left out for want of a date, preprints whose authors are not known.
    """
    tests = list(_tests(bibliography, selection))
    chosen = [entry for entry in bibliography.entries if all(test(entry) for test in tests)]
    warnings = []
    if selection.version != "published":
        chosen = list(_versions(chosen, bibliography, selection.version))
    if selection.since:
        dated = [entry for entry in chosen if entry.work.issued]
        if undated := len(chosen) - len(dated):
            warnings.append("1 entry has no date: left out" if undated == 1 else f"{undated} entries have no date: left out")
        chosen = [entry for entry in dated if _is_since(entry, selection.since)]
    if bare := sum(_is_preprint_without_authors(entry) for entry in chosen):
        what = "1 preprint is" if bare == 1 else f"{bare} preprints are"
        warnings.append(f"{what} exported without authors: the lock has those of the published paper only")
    if bibliography.entries and not chosen:
        warnings.append("no entry is selected")
    return replace(bibliography, entries=tuple(sorted(chosen, key=ORDERS[selection.sort])), warnings=tuple(warnings))


def _is_preprint_without_authors(entry: Entry) -> bool:
    record = entry.record
    return record is not None and record.published is not None and entry.work is record.preprint and not entry.work.authors


def _tests(bibliography: Bibliography, selection: Selection) -> Iterator[Callable[[Entry], bool]]:
    catalog = bibliography.catalog
    if selection.version not in VERSIONS:
        raise _no_such("version", selection.version, VERSIONS)
    if selection.sort not in ORDERS:
        raise _no_such("order", selection.sort, ORDERS)
    if selection.categories:
        slugs = _slugs(catalog, selection.categories)
        yield lambda entry: any(category.slug in slugs for category, _ in entry.listed)
    if selection.ids or selection.keys:
        names = _names(bibliography, selection)
        yield lambda entry: entry.key in names
    for condition in selection.where:
        yield _cell_test(catalog, condition)
    if selection.verified:
        yield lambda entry: entry.record is not None
    if selection.published:
        yield lambda entry: entry.record is not None and entry.record.published is not None


def _no_such(kind: str, word: str, known: Iterable[str]) -> SelectionError:
    return SelectionError(Fault("", unknown(kind, word, known)))


def _slugs(catalog: Catalog, slugs: Iterable[str]) -> frozenset[str]:
    found: set[str] = set()
    for slug in slugs:
        try:
            found |= catalog.within(slug)
        except KeyError:
            raise _no_such("category", slug, [category.slug for category in catalog.categories]) from None
    return frozenset(found)


def _names(bibliography: Bibliography, selection: Selection) -> frozenset[str]:
    """The keys of the entries that are asked for by id or key."""
    by_id = {listing.id: entry.key for entry in bibliography.entries for _, listing in entry.listed}
    by_key = {alias: entry.key for entry in bibliography.entries for alias in entry.aliases}
    by_key |= {entry.key: entry.key for entry in bibliography.entries}
    for kind, wanted, known in (("id", selection.ids, by_id), ("key", selection.keys, by_key)):
        for name in wanted:
            if name not in known:
                raise _no_such(kind, name, known)
    return frozenset(chain((by_id[name] for name in selection.ids), (by_key[name] for name in selection.keys)))


def _cell_test(catalog: Catalog, condition: Condition) -> Callable[[Entry], bool]:
    headings, sign, words = _understood(catalog, condition)
    wanted = fold(words)

    def holds(entry: Entry) -> bool:
        cells = (fold(cell) for _, listing in entry.listed for cell in _cells(listing, headings))
        return any(cell == wanted if sign == "=" else wanted in cell for cell in cells)

    return holds


def _understood(catalog: Catalog, condition: Condition) -> tuple[frozenset[str], str, str]:
    """The columns that are meant, the sign and the words: a column of that very name, else those that begin with it."""
    listings = (listing for category in catalog.categories for listing in category.listings)
    known = dict.fromkeys(chain(_FIELDS, *(listing.columns for listing in listings)))
    readings = list(condition.readings())
    for is_meant in (str.__eq__, lambda heading, column: f"{heading} ".startswith(f"{column} ")):
        for column, sign, words in readings:
            if found := frozenset(heading for heading in known if is_meant(fold(heading), fold(column))):
                return found, sign, words
    raise _no_such("column", readings[0][0] if readings else condition.text, known)


def _cells(listing: Listing, headings: frozenset[str]) -> Iterator[str]:
    for heading in headings:
        written = (getattr(listing, heading) if heading in _FIELDS else None, listing.columns.get(heading))
        yield from filter(None, map(present, written))


def _is_since(entry: Entry, since: PartialDate) -> bool:
    issued = entry.work.issued
    if issued is None:
        return False
    known = min(len(issued.parts), len(since.parts))
    return issued.parts[:known] >= since.parts[:known]


def _versions(entries: Iterable[Entry], bibliography: Bibliography, version: str) -> Iterator[Entry]:
    taken = {name.lower() for entry in bibliography.entries for name in (entry.key, *entry.aliases)}
    for entry in entries:
        if entry.preprint is None:
            yield entry
            continue
        # What a person wrote is about the published work; a former key must not name two entries.
        preprint = replace(entry, work=entry.preprint, preprint=None, written=frozenset())
        if version == "both":
            yield entry
            preprint = replace(preprint, key=_free(f"{entry.key}-preprint", taken), aliases=())
        yield preprint


def _free(key: str, taken: set[str]) -> str:
    number = 2
    free = key
    while free.lower() in taken:
        free = f"{key}{number}"
        number += 1
    taken.add(free.lower())
    return free


def _by_author(entry: Entry) -> tuple[str, str]:
    first = entry.work.authors[0] if entry.work.authors else None
    return fold(first.family or first.literal) if first else fold(entry.work.title), entry.key


def _oldest_first(entry: Entry) -> tuple[int, ...]:
    return entry.work.issued.parts if entry.work.issued else (9999, 99)


def _newest_first(entry: Entry) -> tuple[int, ...]:
    """A year alone comes after its months, as what is known to be late comes first."""
    parts = entry.work.issued.parts if entry.work.issued else ()
    return tuple(-part for part in (*parts, 0, 0, 0)[:3])


ORDERS: dict[str, Callable[[Entry], tuple[str, ...] | tuple[int, ...]]] = {
    "list": lambda _: (),
    "key": lambda entry: (entry.key.casefold(),),
    "author": _by_author,
    "title": lambda entry: (fold(entry.work.title),),
    "newest": _newest_first,
    "oldest": _oldest_first,
}
