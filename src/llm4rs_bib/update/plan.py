"""What is to be done to a catalog's files, of all that a newer list brings."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import takewhile

from ..catalog.yamltree import Plain
from ..model import Catalog, Category, Listing
from . import Move, Update, anchored

OWN = ""  # stands for catalog.yaml among the slugs, and for its own fields among their names


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What goes where, and what changes. Places are given by what stands before: an id or a slug, None for the first place."""

    sections: tuple[tuple[Category | str, str | None], ...] = ()  # new ones, without listings; slugs of those that move
    rows: tuple[tuple[str, Listing | str, str | None], ...] = ()  # slug of the category; new rows, ids of those that move
    moves: tuple[Move, ...] = ()  # rows that come from another category
    changes: Mapping[str, Mapping[str, Mapping[str, Plain]]] = field(default_factory=dict)  # slug → id → field → value
    removed: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # slug → ids
    removed_sections: tuple[str, ...] = ()


def plan(update: Update, columns: Mapping[str, str], *, take: bool, prune: bool) -> Plan:
    """New rows and sections in any case; `take`: what differs too; `prune`: without what is gone. `columns` as in the catalog."""
    removed = _removed(update) if prune else {}
    return Plan(
        sections=tuple(_sections(update, take=take)),
        rows=tuple(_rows(update, take=take)),
        moves=update.moves if take else (),
        changes=_changes(update, columns, removed, take=take),
        removed=removed,
        removed_sections=update.gone_sections if prune else (),
    )


def _removed(update: Update) -> dict[str, tuple[str, ...]]:
    gone = {listing.id for listing in update.gone}
    found = {
        category.slug: tuple(each.id for each in category.listings if each.id in gone) for category in update.catalog.categories
    }
    return {slug: ids for slug, ids in found.items() if ids}


def _rows(update: Update, *, take: bool) -> Iterator[tuple[str, Listing | str, str | None]]:
    """New rows, and those that move, each behind its neighbour in the list that the category has."""
    old = {category.slug: [listing.id for listing in category.listings] for category in update.catalog.categories}
    known = {name: slug for slug, names in old.items() for name in names}
    for section in update.listed:
        here = [row.id for row in section.listings if known.get(row.id) == section.slug]
        stay = _longest_run(here, old.get(section.slug, [])) if take else set(here)
        before = None
        for row in section.listings:
            if row.id not in known:
                yield section.slug, row, before
            elif row.id not in stay:
                if not take:
                    continue
                yield section.slug, row.id, before
            before = row.id


def _longest_run(new: Sequence[str], old: Sequence[str]) -> set[str]:
    """The most items that stand in the same order in both: the others have to move."""
    place = {name: i for i, name in enumerate(old)}
    ends: list[int] = []  # of runs of each length, the smallest place that one ends with
    last: list[str] = []
    before: dict[str, str | None] = {}
    for name in new:
        length = bisect_left(ends, place[name])
        before[name] = last[length - 1] if length else None
        ends[length : length + 1], last[length : length + 1] = [place[name]], [name]
    run = set[str]()
    at = last[-1] if last else None
    while at is not None:
        run.add(at)
        at = before[at]
    return run


def _sections(update: Update, *, take: bool) -> Iterator[tuple[Category | str, str | None]]:
    """New sections, and those that move, each behind its neighbour in the list and what nests in that by hand."""
    old = [category.slug for category in update.catalog.categories]
    listed = [section.slug for section in update.listed]
    stay = _longest_run([slug for slug in listed if slug in old], old) if take else set(old)
    before = None
    for section in update.listed:
        if section.slug not in old:
            yield replace(section, listings=()), before
            before = section.slug
            continue
        for slug in _with_nested(update.catalog, section.slug, listed):
            if section.slug not in stay:
                yield slug, before
            before = slug


def _with_nested(catalog: Catalog, slug: str, listed: Sequence[str]) -> list[str]:
    """A category, and what nests directly below it and is not in the list."""
    old = [category.slug for category in catalog.categories]
    nested = catalog.within(slug) - set(listed)
    return [slug, *takewhile(nested.__contains__, old[old.index(slug) + 1 :])]


def _changes(
    update: Update, columns: Mapping[str, str], removed: Mapping[str, tuple[str, ...]], *, take: bool
) -> dict[str, dict[str, dict[str, Plain]]]:
    found: dict[str, dict[str, dict[str, Plain]]] = {}
    slugs = {row.id: section.slug for section in update.listed for row in section.listings}
    for change in update.changes if take else ():
        found.setdefault(slugs.get(change.name, OWN) if change.of_row else OWN, {})[change.name] = dict(change.fields)
    own = found.setdefault(OWN, {})
    if columns != update.catalog.columns:
        own.setdefault(OWN, {})["columns"] = dict(columns)
    for category in update.catalog.categories:
        left = {*removed.get(category.slug, ()), *(move.id for move in update.moves if take and move.source == category.slug)}
        if not left.isdisjoint(category.unread):
            staying = [listing.id for listing in category.listings if listing.id not in left]
            own.setdefault(category.slug, {}).setdefault("unread", anchored(category, staying))
    return found
