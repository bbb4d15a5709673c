"""A plan and the texts of a catalog's files → their new texts, in the order in which they are to be written."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from ..catalog import CATALOG
from ..catalog.edition import Changes, edit
from ..catalog.insertion import Block, cut, insert
from ..errors import CatalogError, Fault
from ..model import Category, Listing
from .plan import OWN, Plan

Read = Callable[[str], str | None]  # a file's name → its text; None if there is no such file
_Item = tuple[Category | Listing | str, str | None]  # new, or the name of one that moves; behind which
_NO_LISTINGS = ("", "[]")


@dataclass
class Writing:
    """Files to write one after the other. A run that is stopped between two leaves each listing in one file at least."""

    steps: list[tuple[str, str | None]] = field(default_factory=list)  # name and text; None: the file goes
    made: dict[str, str] = field(default_factory=dict)  # files that have no category at the beginning, or at the end
    kept_sections: list[str] = field(default_factory=list)  # that are gone, but whose files hold more than rows that are


def writing(plan: Plan, read: Read, folder: str) -> Writing:
    """The plan's files. CatalogError, with the name of the file in the `folder`, if one cannot be changed so."""
    files = _Files(read, folder)
    rows: defaultdict[str, list[_Item]] = defaultdict(list)
    for slug, row, after in plan.rows:
        rows[slug].append((row, after))
    leaving: defaultdict[str, list[str]] = defaultdict(list)
    for move in plan.moves:
        leaving[move.source].append(move.id)
    blocks = {name: block for slug, ids in leaving.items() for name, block in files.without(slug, ids)[1].items()}

    def changed(slug: str, left: Collection[str], removed: Collection[str]) -> str:
        return files.changed(slug, rows[slug], plan.changes.get(slug, {}), blocks, left=left, removed=removed)

    tables = [section.slug for section, _ in plan.sections if isinstance(section, Category) and section.columns]
    tables += [slug for slug, fields in plan.changes.get(OWN, {}).items() if fields.get("columns")]
    for slug in dict.fromkeys([*tables, *rows, *plan.changes, *plan.removed]):
        if slug != OWN:
            files.put(slug, changed(slug, (), () if slug in leaving else plan.removed.get(slug, ())))
    files.put(OWN, files.changed(OWN, plan.sections, plan.changes.get(OWN, {}), {}))
    for slug, ids in leaving.items():
        files.put(slug, changed(slug, ids, plan.removed.get(slug, ())))
    gone = [slug for slug in plan.removed_sections if files.is_empty(slug)]
    files.put(OWN, files.without(OWN, gone, with_comments=False)[0])
    for slug in gone:
        files.put(slug, None)
    return Writing(files.steps, files.made, [slug for slug in plan.removed_sections if slug not in gone])


class _Files:
    """The files as they are to be, and what is to be written so far."""

    def __init__(self, read: Read, folder: str) -> None:
        self._read = read
        self._folder = folder
        self._texts: dict[str, str | None] = {}
        self.steps: list[tuple[str, str | None]] = []
        self.made: dict[str, str] = {}

    def is_empty(self, slug: str) -> bool:
        """Whether there is nothing in the file, not even a comment."""
        return (self._text(slug) or "").strip("\ufeff \r\n") in _NO_LISTINGS

    def put(self, slug: str, text: str | None) -> None:
        """Write the file, if that changes it."""
        if text != (old := self._text(slug)):
            self._texts[slug] = text
            self.steps.append((_name(slug), text))
            if old is None or text is None:
                self.made[_name(slug)] = text or old or ""

    def without(self, slug: str, names: Collection[str], *, with_comments: bool = True) -> tuple[str | None, Mapping[str, Block]]:
        """The file's text without some items, and these."""
        text = self._text(slug)
        if not text or not names:
            return text, {}
        with self._named(slug):
            return cut(text, names, with_comments=with_comments)

    def changed(
        self,
        slug: str,
        items: Sequence[_Item],
        changes: Changes,
        blocks: Mapping[str, Block],
        *,
        left: Collection[str] = (),
        removed: Collection[str] = (),
    ) -> str:
        """What the file said, with items at their new places and fields changed.

        Without those that have left, with the comments above them, and those that are removed: their comments stay.
        """
        text = self._read(_name(slug))
        if text is None and not items:
            return "[]\n"
        text = text or ""
        with self._named(slug):
            text = cut(text, left)[0] if left else text
            if own := [item for item, _ in items if isinstance(item, str) and item not in blocks]:
                text, found = cut(text, own)
                blocks = {**blocks, **found}
            if items:
                text = insert(text, [(blocks[item] if isinstance(item, str) else item, after) for item, after in items])
            if changes:
                text = edit(text, changes, os.path.join(self._folder, _name(slug)))
            return cut(text, removed, with_comments=False)[0] if removed else text

    def _text(self, slug: str) -> str | None:
        if slug not in self._texts:
            self._texts[slug] = self._read(_name(slug))
        return self._texts[slug]

    @contextmanager
    def _named(self, slug: str) -> Iterator[None]:
        """Say of which file a fault is."""
        try:
            yield
        except CatalogError as error:
            path = os.path.join(self._folder, _name(slug))
            raise CatalogError(*(Fault(fault.where or path, fault.message) for fault in error.faults)) from None


def _name(slug: str) -> str:
    return CATALOG if slug == OWN else f"{slug}.yaml"
