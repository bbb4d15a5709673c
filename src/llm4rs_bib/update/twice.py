"""Rows of a list that mean one paper, or look so: named, so that a person can tell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ..entries import alike
from ..model import Category, Lock
from .rows import Facts, facts

_WORDS, _TIMES = 3, 3  # a title of fewer words that stands more often is none: "Paper"


@dataclass(frozen=True)
class Twin:
    """A row that shares an identifier or its title with one above."""

    row: Facts
    above: Facts
    is_elsewhere: bool  # in another section

    def __str__(self) -> str:
        """Where it is, and what is said of it."""
        return f"{self.row.listing.where}: {self.row.listing.id}: {self._words()}"

    def _words(self) -> str:
        row, above = self.row, self.above
        place = f"{above.listing.id} ({above.listing.where})"
        if not row.paper_ids & above.paper_ids:
            return f"has the title of {place}, but not its link; one work only if enrich finds so"
        if not any(alike(one, other) for one in row.titles for other in above.titles):
            return f"has the link of {place} under quite another title; they stay two papers"
        return f"the paper of {place} {'in another section' if self.is_elsewhere else 'again'}; one work"


def twice(categories: Sequence[Category], lock: Lock) -> Iterator[Twin]:
    """The rows that share an identifier, of their own or of their work, or their title with one above; all have ids."""
    rows = [(category.slug, each) for category in categories for each in facts(category, lock)]
    count = Counter(each.title for _, each in rows)
    first: dict[object, tuple[str, Facts]] = {}
    for slug, row in rows:
        is_title = len(row.title.split()) >= _WORDS or count[row.title] <= _TIMES
        keys = [*sorted(row.paper_ids), *([row.title] if is_title else [])]
        if found := next((first[key] for key in keys if key in first), None):
            yield Twin(row, found[1], is_elsewhere=slug != found[0])
        for key in keys:
            first.setdefault(key, (slug, row))
