"""Which row of a list is which listing of a catalog: by what they say, never by where they stand."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from .. import text
from ..entries import alike, listing_ids, record_ids
from ..model import Category, Listing, Lock, Record

_CELLS = ("title", "link", "date", "venue", "model", "code", "text")


@dataclass(frozen=True)
class Facts:
    """What tells a row from others: its identifiers, its title for comparison, and the record of its work if that is known."""

    listing: Listing
    ids: tuple[tuple[str, str], ...]
    title: str
    record: Record | None = None

    @cached_property
    def paper_ids(self) -> frozenset[tuple[str, str]]:
        """The row's identifiers, and those of its work."""
        return frozenset(self.ids) | (record_ids(self.record) if self.record else frozenset())

    @property
    def titles(self) -> tuple[str, ...]:
        """The row's title, and those of its work."""
        return (self.listing.title, *(titles_of(self.record) if self.record else ()))

    def paper(self) -> Iterator[Hashable]:
        """Each identifier and title of the row or its work: a published preprint has others than the row."""
        yield from sorted(self.paper_ids) if self.record else self.ids
        yield from map(folded, self.titles)

    def whole(self) -> Iterator[Hashable]:
        """All that the row says."""
        yield (*(getattr(self.listing, name) for name in _CELLS), *sorted(self.listing.columns.items()))

    def ids_with_title(self) -> Iterator[Hashable]:
        """Each identifier, with the title."""
        yield from ((each, self.title) for each in self.ids)

    def only_ids(self) -> Iterator[Hashable]:
        """Each identifier."""
        yield from self.ids

    def only_title(self) -> Iterator[Hashable]:
        """The title."""
        yield self.title

    def link(self) -> Iterator[Hashable]:
        """The address, if it is one and not "#"."""
        if self.listing.link and "://" in self.listing.link:
            yield self.listing.link


def facts(category: Category, lock: Lock | None = None) -> list[Facts]:
    """The facts of a category's listings."""
    records = [lock.works.get(lock.listings.get(each.id, "")) if lock else None for each in category.listings]
    return [
        Facts(each, tuple(sorted(listing_ids(each))), folded(each.title), record)
        for each, record in zip(category.listings, records, strict=True)
    ]


def titles_of(record: Record) -> list[str]:
    """The titles of a record's works."""
    works = [work for work in (record.published, record.preprint) if work]
    return [title for work in works for title in (work.title, *work.other_titles)]


@lru_cache(maxsize=2**15)  # a list and its catalog have mostly the same
def folded(title: str) -> str:
    """A title for comparison; one of signs alone as it is."""
    return text.fold(text.unmangled(title)) or title


def corrected(title: str, others: Iterable[str]) -> bool:
    """Whether a title may be one of the others, put right or changed a little."""
    from ..likeness import misspelt, nearly_equal  # only where two rows share an identifier

    return any(alike(title, other) or nearly_equal(title, other) or misspelt(title, other) for other in others)


# What a row and a listing share, whether within one category, and whether their titles must be alike besides. An identifier
# alone comes behind the title: a link copied from the row above is a common mistake.
_STEPS: Sequence[tuple[Callable[[Facts], Iterable[Hashable]], bool, bool]] = (
    (Facts.whole, True, False),
    (Facts.ids_with_title, True, False),
    (Facts.only_ids, True, True),
    (Facts.ids_with_title, False, False),
    (Facts.only_ids, False, True),
    (Facts.only_title, True, False),
    (Facts.whole, False, False),
    (Facts.only_title, False, False),
    (Facts.paper, True, True),
    (Facts.paper, False, True),
    (Facts.paper, True, False),
    (Facts.paper, False, False),
    (Facts.link, True, False),
    (Facts.link, False, False),
)


Placed = tuple[str, Facts]  # a row with the slug of its category


def matched(rows: Sequence[Placed], known: Sequence[Placed]) -> Mapping[int, int]:
    """A row's place among the list's rows → that of the listing that it is among the catalog's. New rows have none."""
    pool = _Pool(known)
    found: dict[int, int] = {}
    for shared, within_category, if_alike in _STEPS:
        left = [place for place in range(len(rows)) if place not in found]
        if left and pool.free:
            pool.sort(shared, within_category=within_category)
            for place in left:
                if (number := pool.take(rows[place], if_alike=if_alike)) is not None:
                    found[place] = number
    return found


class _Pool:
    """Listings that no row was found for yet."""

    def __init__(self, known: Sequence[Placed]) -> None:
        self._known = known
        self.free = set(range(len(known)))
        self._shared: Callable[[Facts], Iterable[Hashable]] = Facts.whole
        self._within = False

    def sort(self, shared: Callable[[Facts], Iterable[Hashable]], *, within_category: bool) -> None:
        """Make them ready to be found by such a fact."""
        self._shared, self._within = shared, within_category
        self._queues: defaultdict[Hashable, deque[int]] = defaultdict(deque)
        for number in sorted(self.free):
            for key in self._keys(self._known[number]):
                self._queues[key].append(number)

    def _keys(self, placed: Placed) -> Iterator[Hashable]:
        slug, row = placed
        yield from ((slug if self._within else "", fact) for fact in self._shared(row))

    def take(self, placed: Placed, *, if_alike: bool) -> int | None:
        """The first listing that shares the fact with the row; it is no other row's from now on."""
        title = placed[1].listing.title
        for key in self._keys(placed):
            queue = self._queues.get(key, deque())
            while queue and queue[0] not in self.free:
                queue.popleft()
            for number in queue:
                if number in self.free and (not if_alike or corrected(title, self._known[number][1].titles)):
                    self.free.remove(number)
                    return number
        return None
