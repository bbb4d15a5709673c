"""Drift: in what a list's rows differ from what is known of their papers. docs/drift.md explains each kind.

Each rule looks at a row and at the works of its paper in the lock, and abstains where these do not decide.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass

from ..model import Bibliography, Listing
from .identity import dead_id, duplicate, retracted
from .publication import first_posting, preprint_link, published_since, venue, venue_year
from .rows import Remark, Row, Rows
from .wording import model, mojibake, title

Rule = Callable[[Row, Rows], Iterator[Remark]]

# What each kind is called, and its rule: in the order in which a row's findings are said.
KINDS: Mapping[str, Rule] = {
    "mojibake": mojibake,
    "title": title,
    "model": model,
    "published-since": published_since,
    "venue": venue,
    "venue-year": venue_year,
    "preprint-link": preprint_link,
    "first-posting": first_posting,
    "duplicate": duplicate,
    "retracted": retracted,
    "dead-id": dead_id,
}
ONLINE = "dead-id"  # the kind that only registries can tell
ASKING = frozenset({ONLINE, "retracted"})  # those on which they have something to say


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing in which a row differs from its paper."""

    kind: str  # a key of KINDS
    listing: str  # its id
    category: str  # its slug
    where: str  # file:line
    field: str  # "title", "link", "date", "venue", "model", "code", or the heading of a column of its own
    now: str | None  # what the list says
    new: str | None  # what it should say, where that is certain
    why: str


def findings(rows: Bibliography | Rows, kinds: Collection[str] = (), categories: Collection[str] = ()) -> tuple[Finding, ...]:
    """All findings of these kinds in these categories and what nests in them (of all, where none are named), in the list's order.

    KeyError for a category or a kind that does not exist.
    """
    rows = rows if isinstance(rows, Rows) else Rows.of(rows)
    rules = {kind: KINDS[kind] for kind in KINDS if kind in kinds or not kinds}
    return tuple(
        _finding(kind, row, remark)
        for row in rows.within(categories)
        for kind, rule in rules.items()
        for remark in rule(row, rows)
    )


def _finding(kind: str, row: Row, remark: Remark) -> Finding:
    return Finding(
        kind=kind,
        listing=row.listing.id,
        category=row.category.slug,
        where=row.listing.where,
        field=remark.field,
        now=value_of(row.listing, remark.field),
        new=remark.new,
        why=remark.why,
    )


def value_of(listing: Listing, name: str) -> str | None:
    """What a listing says in a field, or under the heading of a column of its own."""
    return listing.columns[name] if name in listing.columns else getattr(listing, name)
