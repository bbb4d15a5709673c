"""Which row of a list is which listing of a catalog: by what they say, never by where they stand."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from .. import text
from ..entries import alike, listing_ids
from ..model import Category, Listing

_CELLS = ("title", "link", "date", "venue", "model", "code", "text")


@dataclass(frozen=True)
class Facts:
    """What tells a row from others: its identifiers, and its title for comparison."""

    listing: Listing
    ids: tuple[tuple[str, str], ...]
    title: str

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


def facts(category: Category) -> list[Facts]:
    """The facts of a category's listings."""
    return [Facts(each, tuple(sorted(listing_ids(each))), folded(each.title)) for each in category.listings]


@lru_cache(maxsize=2**15)  # a list and its catalog have mostly the same
def folded(title: str) -> str:
    """A title for comparison; one of signs alone as it is."""
    return text.fold(text.unmangled(title)) or title


def corrected(one: str, other: str) -> bool:
    """Whether one title may be the other, put right or changed a little."""
    from ..likeness import misspelt, nearly_equal  # only where two rows share an identifier

    return alike(one, other) or nearly_equal(one, other) or misspelt(one, other)


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
    (Facts.only_ids, True, False),
    (Facts.only_ids, False, False),
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
                if number in self.free and (not if_alike or corrected(title, self._known[number][1].listing.title)):
                    self.free.remove(number)
                    return number
        return None
