"""Rows of a list that mean one paper, or look so: named, so that a person can tell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from ..entries import alike
from ..errors import Fault
from ..model import Category
from .rows import Facts, facts

_WORDS, _TIMES = 3, 3  # a title of fewer words that stands more often is none: "Paper"


def twice(categories: Sequence[Category]) -> Iterator[Fault]:
    """A line for each row that shares an identifier or its title with one above; all have ids."""
    rows = [(category.slug, each) for category in categories for each in facts(category)]
    count = Counter(each.title for _, each in rows)
    first: dict[object, tuple[str, Facts]] = {}
    for slug, row in rows:
        is_title = len(row.title.split()) >= _WORDS or count[row.title] <= _TIMES
        keys = [*row.ids, *([row.title] if is_title else [])]
        if found := next((first[key] for key in keys if key in first), None):
            yield Fault(f"{row.listing.where}: {row.listing.id}", _words(row, found[1], is_elsewhere=slug != found[0]))
        for key in keys:
            first.setdefault(key, (slug, row))


def _words(row: Facts, other: Facts, *, is_elsewhere: bool) -> str:
    place = f"{other.listing.id} ({other.listing.where})"
    if not set(row.ids) & set(other.ids):
        return f"has the title of {place}, but not its link; one work only if enrich finds so"
    if not alike(row.listing.title, other.listing.title):
        return f"has the link of {place} under quite another title; they stay two papers"
    return f"the paper of {place} {'in another section' if is_elsewhere else 'again'}; one work"
