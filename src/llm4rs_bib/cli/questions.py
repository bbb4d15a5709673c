"""What a person must decide: the listing and a candidate side by side, and the answer."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator

import click

from ..enrich import name_of, unsaid, with_answer
from ..model import Candidate, Entry, Listing, Lock, PartialDate, Said
from ..text import unmangled
from .session import note

_ANSWERS = {"y": "yes", "n": "no"}


def ask(lock: Lock, entries: Collection[Entry]) -> Iterator[Lock]:
    """Put the open questions about the entries to a person; after each answer, the lock with it."""
    listings = {name_of(entry): entry.listed[0][1] for entry in entries}
    today = PartialDate.parse(dt.date.today().isoformat())  # noqa: DTZ011  # the day on the user's own calendar
    for listing_id, candidate in list(unsaid(lock)):
        if listing_id not in listings:
            continue
        _show(listings[listing_id], candidate)
        answer = click.prompt("the same paper? yes, no, skip or quit", type=click.Choice(["y", "n", "s", "q"]), err=True)
        if answer == "q":
            return
        if answer in _ANSWERS:
            lock = with_answer(lock, listing_id, Said(record=candidate.record, same=_ANSWERS[answer], decided=today))
            yield lock


def _show(listing: Listing, candidate: Candidate) -> None:
    """The listing and the candidate, side by side."""
    from rich.console import Console  # 60 ms that only a question costs
    from rich.markup import escape
    from rich.table import Table

    table = Table("", f"listing {listing.id}", f"{candidate.source} {candidate.record}", box=None, pad_edge=False)
    for name, here, there in (
        ("title", unmangled(listing.title), candidate.title),
        ("authors", None, candidate.authors),
        ("venue", listing.venue, candidate.venue),
        ("date", listing.date, candidate.year),
        ("link", listing.link, None),
        ("why", None, candidate.reason),
    ):
        table.add_row(name, escape(here or ""), escape(there or ""))
    note("")
    Console(stderr=True).print(table)
