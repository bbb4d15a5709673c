"""`list`: a table of all entries."""

from __future__ import annotations

import sys
from collections.abc import Sequence

import click

from ..entries import claimed_venue
from ..export.selection import Selection, select
from ..model import Entry
from ..text import fold, plain, present
from .session import Session, put_out

_HEADINGS = ("id", "key", "year", "venue", "category", "title")
_CATEGORY = _HEADINGS.index("category")


@click.command("list", short_help="Show the catalog as a table.")
@click.argument("words", nargs=-1, metavar="[WORD]…")
@click.option("--category", "-c", "categories", multiple=True, metavar="SLUG", help="Only this category; repeat for more.")
@click.pass_obj
def command(session: Session, words: tuple[str, ...], categories: tuple[str, ...]) -> int:
    """Show the catalog as a table: id, key, year, venue, category, title; only rows that hold every WORD.

    To a pipe or a file it is plain text, one row a line, cells apart by tabs.
    """
    bibliography = session.load()
    entries = select(bibliography, Selection(categories=categories)).entries
    shown = frozenset().union(*(bibliography.catalog.within(slug) for slug in categories))
    rows = [row for entry in entries for row in _rows(entry) if not shown or row[_CATEGORY] in shown]
    wanted = [fold(word) for word in words]
    rows = [row for row in rows if all(word in fold(" ".join(row)) for word in wanted)]
    if sys.stdout and sys.stdout.isatty():
        _print_table(rows)
    else:
        put_out("".join("\t".join(row) + "\n" for row in rows))
    return 0


def _rows(entry: Entry) -> list[tuple[str, ...]]:
    work = entry.work
    year = str(work.issued.year) if work.issued else ""
    return [
        (listing.id, entry.key, year, _venue(entry, listing.venue), category.slug, plain(work.title))
        for category, listing in entry.listed
    ]


def _venue(entry: Entry, label: str | None) -> str:
    """Where it was published, in short; of a listing without work what the list claims."""
    work = entry.work
    if entry.record is None:
        return " ".join((present(label) or "").split())
    if claimed := claimed_venue(entry):
        return f"{claimed} (claimed)"
    return work.venue_short or work.container_title or ("arXiv" if work.arxiv_id else "")


def _print_table(rows: Sequence[tuple[str, ...]]) -> None:
    from rich import box  # 40 ms that only a terminal costs
    from rich.console import Console
    from rich.table import Table

    table = Table(box=box.SIMPLE)
    for heading in _HEADINGS:
        table.add_column(heading, no_wrap=heading != "title", overflow="fold")
    for row in rows:
        table.add_row(*row)
    Console(soft_wrap=False, markup=False).print(table)
