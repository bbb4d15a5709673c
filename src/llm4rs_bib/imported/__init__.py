"""A bibliography of another program into a catalog and its lock: each entry a listing and a work, under the key that it has.

What is there already stays as it is: a paper that the catalog has gets no other listing, and no work is overwritten.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from urllib.parse import quote

from .. import text
from ..catalog.lists import is_key
from ..citekey import make_key
from ..entries import taken_names
from ..listingid import name_listings
from ..model import Catalog, Category, Listing, Lock, PartialDate, Record
from ..readers.gathering import some_of
from ..readers.values import Found, Imported
from .papers import Paper, Papers, as_record
from .places import Places

_FALLBACK = "References"
_IN_LINK = "/:;()"  # signs of a DOI that may stay as they are


@dataclass(frozen=True, kw_only=True)
class Brought:
    """The catalog and the lock with the file's entries in them, and what is new."""

    catalog: Catalog
    lock: Lock
    new_categories: tuple[tuple[Category, str | None], ...]  # without listings, each with the slug that it follows
    new_listings: tuple[tuple[str, Listing, str | None], ...]  # slug, listing, and the id that it follows there
    works: int  # new in the lock
    known: int  # entries that are papers of the catalog, or of an entry before
    news: tuple[str, ...]  # a line each: entries that are one paper, keys that are others now


def bring_in(catalog: Catalog, lock: Lock, found: Found, heading: str = "", categories: str = "") -> Brought:
    """The entries as listings and works. `heading`: of the category for all, or for those without a group or keyword.

    `categories`: "groups" or "keywords", each of which becomes a category; "" for none.
    """
    papers, file = Papers(catalog, lock), os.path.basename(found.name)
    news = [line for entry in found.entries for line in _take(entry, papers, file)]
    if given := [paper.name for paper in papers.new if paper.listings]:
        news.append(f"{found.name}: listings that had no work have one now: {some_of(given)}")
    keys = _Keys(catalog, lock)
    news += [line for paper in papers.new for line in keys.claim(paper)]
    places = Places(catalog)
    _list(papers.new, places, (heading or _FALLBACK, categories), keys.taken)
    works, listings = dict(lock.works), dict(lock.listings)
    for paper in papers.new:
        key = paper.old_key
        if key is None:
            key, aliases = keys.of(paper)
            works[key] = replace(paper.record, aliases=aliases)
        listings.update(dict.fromkeys(paper.listings, key))
    return Brought(
        catalog=places.catalog,
        lock=replace(lock, works=works, listings=listings),
        new_categories=places.new_categories,
        new_listings=places.new_listings,
        works=len(works) - len(lock.works),
        known=len(found.entries) - len(papers.new),
        news=(*news, *keys.news),
    )


def _take(entry: Imported, papers: Papers, file: str) -> Iterator[str]:
    """Put an entry to its paper, and say what a person should know of that."""
    place = f"{file}: {entry.key}" if entry.key else f"{file}:{entry.where.rpartition(':')[2]}"
    record = as_record(entry.published, entry.preprint, seen_in=place)
    said = f"{entry.where}: {_label(entry)}"
    paper, remark = papers.find(record)
    if remark:
        yield f"{said}: {remark}"
    if paper is None:
        papers.add(Paper(f"{_label(entry)} ({entry.where})", record, entries=[entry]))
    elif paper.entries and paper.old_key is None:
        yield f"{said}: is the same paper as {paper.name}; they are one work"
        paper.entries.append(entry)
        papers.join(paper, record)
    elif paper.old_key is None:
        paper.entries.append(entry)
        papers.give(paper, record)
    elif paper.listings or paper.entries:
        if entry.published and not paper.record.published:
            place = entry.published.doi or entry.published.container_title or entry.published.type
            yield f"{said}: is {paper.name}, here as published ({place}); the lock has its preprint only, which stays: run enrich"
        if (entry.key or "").lower() not in (key.lower() for key in (paper.old_key, *paper.record.aliases)):
            yield f"{said}: is {paper.name} of the catalog already, under the key {paper.old_key}; nothing was added"
    else:
        yield f"{said}: is the work {paper.name} of the lock, which no listing meant any more"
        paper.entries.append(entry)
        papers.new.append(paper)


def _label(entry: Imported) -> str:
    return entry.key or text.plain(entry.work.title)


class _Keys:
    """The keys of new works: those of the file, where they can be."""

    def __init__(self, catalog: Catalog, lock: Lock) -> None:
        self.taken = set(taken_names(catalog, lock))
        self.news: list[str] = []  # of keys that were made in place of the file's
        self._kept: dict[int, list[str]] = {}  # paper → the keys of its entries, the first of which counts
        self._odd: dict[int, list[str]] = {}  # paper → why it cannot have some of them

    def claim(self, paper: Paper) -> Iterator[str]:
        """Keep the keys that its entries have; says which cannot be kept although another is."""
        kept = self._kept[id(paper)] = []
        odd = self._odd[id(paper)] = []
        if paper.old_key is not None:
            return
        for entry in paper.entries:
            for key in filter(None, (entry.key, *entry.aliases)):
                why = self._why_not(key, paper)
                if why:
                    odd.append(f"{entry.where}: the key {key!r} {why}")
                elif key.lower() not in (each.lower() for each in kept):
                    kept.append(key)
        self.taken.update(key.lower() for key in kept)
        yield from (f"{line}; {kept[0]} is kept" for line in odd if kept)

    def _why_not(self, key: str, paper: Paper) -> str:
        if not is_key(key):
            return "may have ASCII letters, digits and '.:+/_-' only"
        own = (listing.lower() for listing in paper.listings)
        return "is that of another paper or listing" if key.lower() in self.taken - {*own} else ""

    def of(self, paper: Paper) -> tuple[str, tuple[str, ...]]:
        """The work's key and its aliases; a new key if the file has none for it."""
        if kept := self._kept[id(paper)]:
            return kept[0], tuple(kept[1:])
        key = make_key(paper.record.work, self.taken) or paper.listings[0]
        self.taken.add(key.lower())
        self.news += [f"{odd}; {key} was made for it" for odd in self._odd[id(paper)][:1]]
        return key, ()


def _list(papers: Iterable[Paper], places: Places, named: tuple[str, str], taken: Iterable[str]) -> None:
    """Put a listing into each category of a paper, for papers that the catalog does not list. `named`: heading and mode."""
    new = [paper for paper in papers if not paper.listings]
    rows = dict.fromkeys((places.find(path), paper) for paper in new for path in _paths(paper, *named))
    listings = tuple(_listing(paper) for _, paper in rows)
    [category] = name_listings([Category(slug="new", heading="", listings=listings)], frozenset(taken))
    for (slug, paper), listing in zip(rows, category.listings, strict=True):
        places.add(slug, listing)
        paper.listings = (*paper.listings, listing.id)


def _paths(paper: Paper, heading: str, categories: str) -> Iterable[tuple[str, ...]]:
    """The categories that a paper is to stand in, as paths of headings."""
    entries = paper.entries if categories else []
    if categories == "groups":
        found = [path for entry in entries for path in entry.groups]
    else:
        found = [(keyword,) for entry in entries for keyword in entry.keywords]
    return found or [(heading,)]


def _listing(paper: Paper) -> Listing:
    """What the entry says, as a row."""
    record = paper.record
    issued = record.work.issued or (record.preprint.issued if record.preprint else None)
    return Listing(
        id="",
        title=text.plain(record.work.title),
        link=_link(record),
        date=_date(issued) if issued else None,
        venue=record.work.venue_short or record.work.container_title,
    )


def _link(record: Record) -> str | None:
    works = [work for work in (record.published, record.preprint) if work]
    if doi := record.published and record.published.doi:
        return f"https://doi.org/{quote(doi, safe=_IN_LINK)}"
    return next((page for work in works if (page := work.landing_page)), None)


def _date(date: PartialDate) -> str:
    """As lists write it: 2024.5."""
    return ".".join(map(str, date.parts[:2]))
