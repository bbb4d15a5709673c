"""A work that was found as a listing of a category, in the list's own words; and where in the category it belongs."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from itertools import pairwise
from urllib.parse import quote

from . import labels, text
from .awesome import roles
from .entries import taken_names
from .habits import Habits, habits
from .likeness import equal
from .listingid import name_listings
from .model import Bibliography, Catalog, Category, Listing, PartialDate, Record, Work
from .venues import short_name

CELLS = ("title", "link", "date", "venue", "model", "code")  # what a listing says
_YEAR = r"(?<!\d)(?:19|20)\d{2}(?!\d)"
_SIGNS = "/:;()"  # of a DOI, that may stay as they are in a link within Markdown


def fields_shown(catalog: Catalog, category: Category) -> frozenset[str]:
    """The fields that the category's columns hold; all where it has bullets."""
    if not category.columns:
        return frozenset(CELLS)
    meant = roles(category.columns, {**category.fields, **catalog.columns})
    return frozenset().union(*meant.values())


def new_row(bibliography: Bibliography, category: Category, said: Listing, record: Record, *, is_settled: bool) -> Listing:
    """The work as the list would write it, under an id of its own. What a person `said` goes first, empty fields aside.

    `is_settled`: nothing about the work is in question.
    """
    catalog = bibliography.catalog
    look = habits(category.listings, [listing for each in catalog.categories for listing in each.listings])
    posted, published = (each.issued if each else None for each in (record.preprint, record.published))
    shown = fields_shown(catalog, category)
    date = look.date_of(posted, published) if "date" in shown else None
    venue = _venue(record, look, catalog.venues, is_settled=is_settled) if "venue" in shown else None
    listing = replace(
        said,
        title=_title(record),
        link=said.link or address(record.work.arxiv_id, record.work.doi),
        date=said.date or date,
        venue=said.venue or venue,
        code=look.code_of(said.code) if said.code and re.match("(?i)https?://", said.code) else said.code,
    )
    [named] = name_listings([replace(category, listings=(listing,))], taken_names(catalog, bibliography.lock))
    return named.listings[0]


def address(arxiv_id: str | None, doi: str | None) -> str | None:
    """Where a paper is to be read: on arXiv, else at its DOI."""
    if arxiv_id:
        return f"https://arxiv.org/abs/{arxiv_id}"
    return f"https://doi.org/{quote(doi, safe=_SIGNS)}" if doi else None


def _title(record: Record) -> str:
    """The present title, with the preprint's capitals if these are more: some publishers write titles like sentences."""
    titles = [text.plain(work.title) for work in (record.published, record.preprint) if work]
    same = [title for title in titles if equal(title, titles[0]) and (title == titles[0] or not title.isupper())]
    return max(same, key=lambda title: sum(map(str.isupper, title)))


def _venue(record: Record, look: Habits, names: Mapping[str, str], *, is_settled: bool) -> str | None:
    """The venue's label, if its short name is known; what stands for arXiv in this list, if it is published nowhere else."""
    work = record.work
    if record.published:
        name = (short_name(work.container_title, names) if work.container_title else None) or work.venue_short
        return look.venue_of(name, _year(work)) if name else None
    return look.preprint_of(work.issued.year) if is_settled and work.arxiv_id and work.issued else None


def _year(work: Work) -> int | None:
    """The conference's, which its proceedings may name; else that of the publication."""
    named = set(re.findall(_YEAR, work.container_title or ""))
    if len(named) == 1:
        return int(named.pop())
    return work.issued.year if work.issued else None


def neighbour(category: Category, date: PartialDate | None) -> str | None:
    """The id of the listing that a new one comes behind, None if it comes first.

    In a category that stands by date it goes behind those before its time, or on top of them if the newest come first; else
    behind the last.
    """
    rows = category.listings
    dates = [labels.date(row.date) for row in rows]
    known = [each for each in dates if each]
    steps = {_order(one, other) for one, other in pairwise(known)} - {0}
    places = [place for place, each in enumerate(dates) if date and each and _order(each, date) <= 0]
    if date is None or len(steps) != 1 or (steps == {1} and not places):
        return rows[-1].id if rows else None
    if steps == {1}:
        return rows[places[0] - 1].id if places[0] else None
    return rows[places[-1]].id if places else None


def _order(one: PartialDate, other: PartialDate) -> int:
    """-1, 0 or 1: before, at the same time as far as both tell, after."""
    pairs = list(zip(one.parts, other.parts, strict=False))
    first, second = [here for here, _ in pairs], [there for _, there in pairs]
    return (first > second) - (first < second)
