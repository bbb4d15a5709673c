"""Which section of a list is which category of a catalog: by its heading, or by the rows that they share."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence

from .. import text
from ..model import Category
from .rows import Facts

Rows = Sequence[Sequence[Facts]]  # of each section, or category
_Pairs = dict[int, int]  # place in the list → place in the catalog


def slugs_of(sections: Sequence[Category], rows: Rows, categories: Sequence[Category], known: Rows) -> list[str]:
    """The catalog's slug for each of the list's sections: that of the category that it is, else a new one."""
    pairs = _paired(sections, categories, _shared(rows, known))
    taken = {category.slug.lower() for category in categories}
    slugs = []
    for place, section in enumerate(sections):
        slug = categories[pairs[place]].slug if place in pairs else section.slug
        while place not in pairs and slug in taken:
            slug += "-new"
        taken.add(slug)
        slugs.append(slug)
    return slugs


def _shared(rows: Rows, known: Rows) -> Counter[tuple[int, int]]:
    """How many rows of a section are listings of a category, by their places."""
    places: defaultdict[Hashable, Counter[int]] = defaultdict(Counter)
    for place, listings in enumerate(known):
        for each in listings:
            for fact in set(each.paper()):
                places[fact][place] += 1
    shared: Counter[tuple[int, int]] = Counter()
    for place, found in enumerate(rows):
        facts = (next((fact for fact in (*each.ids, each.title) if fact in places), None) for each in found)
        for fact, count in Counter(fact for fact in facts if fact).items():
            for there, others in places[fact].items():
                shared[place, there] += min(count, others)
    return shared


def _paired(sections: Sequence[Category], categories: Sequence[Category], shared: Counter[tuple[int, int]]) -> Mapping[int, int]:
    """Each section's category, by the same heading, or the same words under another number. Where several have them, those with
    most rows in common belong together.

    A section that finds none so was renamed if half of its rows, or all its text, or both neighbours are those of a category
    that finds none.
    """
    pairs: _Pairs = {}
    _pair(_same(_heading, sections, categories), shared, pairs)
    _pair(_same(_slugs, sections, categories), shared, pairs)
    most = (pair for pair, count in shared.items() if 2 * count >= _rows_of_smaller(sections[pair[0]], categories[pair[1]]))
    _pair(most, shared, pairs)
    _pair(_same(_text, sections, categories), shared, pairs)
    _pair(_between(sections, categories, pairs), shared, pairs)
    return pairs


def _pair(candidates: Iterable[tuple[int, int]], shared: Counter[tuple[int, int]], pairs: _Pairs) -> None:
    """Take those of which neither has a partner yet: first those with most rows in common, then those that stand nearest."""
    taken = set(pairs.values())
    for here, there in sorted(candidates, key=lambda pair: (-shared[pair], abs(pair[0] - pair[1]), pair)):
        if here not in pairs and there not in taken:
            pairs[here] = there
            taken.add(there)


def _same(
    facts: Callable[[Category], set[Hashable]], sections: Sequence[Category], categories: Sequence[Category]
) -> Iterator[tuple[int, int]]:
    places: defaultdict[Hashable, list[int]] = defaultdict(list)
    for place, category in enumerate(categories):
        for fact in facts(category):
            places[fact].append(place)
    for place, section in enumerate(sections):
        for fact in facts(section):
            yield from ((place, there) for there in places.get(fact, ()))


def _heading(category: Category) -> set[Hashable]:
    return {category.heading}


def _slugs(category: Category) -> set[Hashable]:
    return {each for each in (category.slug, text.slug(category.title)) if each}


def _text(category: Category) -> set[Hashable]:
    said = category.text_before, category.text_after
    return {said} if any(said) else set()


def _rows_of_smaller(section: Category, category: Category) -> int:
    return min(len(section.listings), len(category.listings))


def _between(sections: Sequence[Category], categories: Sequence[Category], pairs: _Pairs) -> Iterator[tuple[int, int]]:
    """Headings without rows, such as those that others nest in, with the same neighbours."""
    ends = {-1: -1, len(sections): len(categories)} | pairs
    for here, section in enumerate(sections):
        there = ends.get(here - 1, len(categories)) + 1
        if here not in pairs and ends.get(here + 1) == there + 1:
            category = categories[there]
            if section.level == category.level and not section.listings and not category.listings:
                yield here, there
