"""Where in the catalog new listings stand: categories by their headings, those that are there and new ones."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import chain, count

from .. import text
from ..model import Catalog, Category, Listing

_DEEPEST = 6  # Markdown has no deeper heading


class _Node:
    def __init__(self, category: Category, *, is_new: bool) -> None:
        self.category = category
        self.is_new = is_new
        self.children: list[_Node] = []
        self.listings: list[Listing] = []  # new ones

    def __iter__(self) -> Iterator[_Node]:
        yield self
        for child in self.children:
            yield from child


class Places:
    """A catalog's tree of categories, while new ones are put into it."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog
        self._roots: list[_Node] = []
        self._by_slug: dict[str, _Node] = {}
        self._by_heading: dict[tuple[str | None, str], str] = {}  # parent and heading → slug
        self._anywhere: dict[str, str] = {}  # heading → slug
        self._slugs = {"catalog"}
        parents = catalog.parents
        for category in catalog.categories:
            self._put(_Node(category, is_new=False), parents[category.slug])
        self._top = min((category.level for category in catalog.categories), default=2)

    def find(self, path: tuple[str, ...]) -> str:
        """The slug of the category at a path of headings; what is not there is made, behind its siblings.

        A heading without one above it may stand anywhere in the catalog.
        """
        parent: str | None = None
        for heading in path:
            folded = _folded(heading)
            slug = self._by_heading.get((parent, folded)) or (self._anywhere.get(folded) if parent is None else None)
            parent = slug or self._new(parent, heading)
        assert parent is not None
        return parent

    def add(self, slug: str, listing: Listing) -> None:
        """Put a new listing behind those of a category."""
        self._by_slug[slug].listings.append(listing)

    @property
    def catalog(self) -> Catalog:
        """The catalog with all that is new."""
        categories = (replace(node.category, listings=(*node.category.listings, *node.listings)) for node in self._nodes())
        return replace(self._catalog, categories=tuple(categories))

    @property
    def new_categories(self) -> tuple[tuple[Category, str | None], ...]:
        """The new categories without listings, each with the slug of the one before it."""
        found: list[tuple[Category, str | None]] = []
        before: str | None = None
        for node in self._nodes():
            found += [(node.category, before)] if node.is_new else []
            before = node.category.slug
        return tuple(found)

    @property
    def new_listings(self) -> tuple[tuple[str, Listing, str | None], ...]:
        """Slug, new listing, and the id of the listing before it."""
        found = []
        for node in self._nodes():
            before = node.category.listings[-1].id if node.category.listings else None
            for listing in node.listings:
                found.append((node.category.slug, listing, before))
                before = listing.id
        return tuple(found)

    def _nodes(self) -> Iterator[_Node]:
        return (node for root in self._roots for node in root)

    def _put(self, node: _Node, parent: str | None) -> None:
        slug = node.category.slug
        (self._by_slug[parent].children if parent else self._roots).append(node)
        self._by_slug[slug] = node
        self._slugs.add(slug.lower())
        for heading in (node.category.heading, node.category.title):
            self._by_heading.setdefault((parent, _folded(heading)), slug)
            self._anywhere.setdefault(_folded(heading), slug)

    def _new(self, parent: str | None, heading: str) -> str:
        level = min(self._by_slug[parent].category.level + 1, _DEEPEST) if parent else self._top
        stem = text.slug(heading) or "category"
        slug = next(each for each in chain([stem], (f"{stem}-{i}" for i in count(2))) if each not in self._slugs)
        self._put(_Node(Category(slug=slug, heading=heading, level=level), is_new=True), parent)
        return slug


def _folded(heading: str) -> str:
    """A heading for comparison, signs included: C is not C++."""
    return text.clean(heading).casefold()
