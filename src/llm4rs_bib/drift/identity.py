"""Rules about which paper a row means: several rows for one, papers that were withdrawn, identifiers that lead nowhere."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .. import ids
from ..entries import listing_ids
from .rows import Remark, Row, Rows

_RETRACTION = r"(?i)(?:partial )?retraction\b|withdraw|removal\b"


def duplicate(row: Row, rows: Rows) -> Iterator[Remark]:
    """An earlier row of the section is for the same paper or has its title, or an earlier row of another paper has its link.

    A paper may stand in two sections.
    """
    if again := rows.earlier(row, "paper"):
        yield Remark("title", f"the same paper as {_named(again)}")
    elif (other := rows.earlier(row, "link")) and other.entry is not row.entry:
        yield Remark("link", f"the same link as {_named(other)}, whose title is {other.listing.title}")
    elif (other := rows.earlier(row, "title")) and _may_be_one(row, other):
        yield Remark("title", f"the same title as {_named(other)}")


def _named(row: Row) -> str:
    return f"{row.listing.id} ({row.listing.where})" if row.listing.where else row.listing.id


def _may_be_one(row: Row, other: Row) -> bool:
    """Whether nothing says that the two are papers of one title: two records, or two identifiers of one kind."""
    mine, theirs = dict(listing_ids(row.listing)), dict(listing_ids(other.listing))
    return not (row.entry.record and other.entry.record) and all(theirs[kind] == mine[kind] for kind in mine.keys() & theirs)


def retracted(row: Row, rows: Rows) -> Iterator[Remark]:
    """A registry notes that the paper, or its preprint, was retracted or withdrawn."""
    record = row.entry.record
    noted = {finding.record.lower(): finding.notes for finding in (record.evidence.found if record else ())}
    noted |= {each: rows.notes[kind, each] for kind, each in sorted(link_ids(row)) if (kind, each) in rows.notes}
    for each, notes in noted.items():
        for note in notes:
            if re.match(_RETRACTION, note):
                yield Remark("link" if row.listing.link else "title", f"{each}: {note}")


def dead_id(row: Row, rows: Rows) -> Iterator[Remark]:
    """The registry of the link's identifier does not know it: asked for with `--online` only."""
    for each in sorted(link_ids(row)):
        if each in rows.unknown:
            yield Remark("link", rows.unknown[each])


def link_ids(row: Row) -> frozenset[tuple[str, str]]:
    """The identifiers in the row's link."""
    return ids.identify(row.listing.link).known
