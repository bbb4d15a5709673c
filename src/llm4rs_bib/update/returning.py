"""Rows that the lock knows from before they left the catalog: they get their id again, and with it their work and key."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Hashable, Mapping

from ..entries import alike, record_ids
from ..model import Lock
from .rows import Facts, folded, titles_of


def returning(lock: Lock, ids: Collection[str], rows: Mapping[int, Facts]) -> Mapping[int, str]:
    """Place → id, of rows that are listings of the lock but not among the catalog's `ids`.

    They share an identifier and the title in substance; or the whole title, if the row has no identifier.
    """
    lost = {listing: lock.works[key] for listing, key in sorted(lock.listings.items()) if listing not in ids}
    by_fact: defaultdict[Hashable, list[str]] = defaultdict(list)
    for listing, record in lost.items():
        for fact in (*record_ids(record), *map(folded, titles_of(record))):
            by_fact[fact].append(listing)
    found: dict[int, str] = {}
    for place, row in rows.items():
        for listing in (each for fact in row.ids or (row.title,) for each in by_fact.get(fact, ())):
            if listing in lost and any(alike(row.listing.title, title) for title in titles_of(lost[listing])):
                del lost[listing]
                found[place] = listing
                break
    return found
