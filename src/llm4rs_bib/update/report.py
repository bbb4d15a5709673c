"""What is said of an update: a line for each difference, one for many of a kind, and one for all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from ..errors import Fault
from ..model import Listing
from . import Update

FEW = 10  # of one kind, which get a line each
_NAMED = 100  # of more, which are named in their one line


def report(update: Update, *, take: bool, prune: bool, kept_sections: Sequence[str] = ()) -> Iterator[str]:
    """How the list and the catalog differ, and what becomes of it. `kept_sections`: gone, but not removed."""
    for change in update.changes:
        yield from map(str, change.lines)
    yield from _moves(update)
    keeps = "" if take else "; the catalog keeps its own"
    for slug in update.reordered:
        place = f"section {slug}: its rows" if slug else "the sections"
        yield f"{place} stand in another order in the list{keeps}"
    yield from _gone(update.gone, prune=prune)
    for listing in update.unread:
        yield f"{listing.id}: no row of the list any more, but its words stand there; kept"
    for slug in update.gone_sections:
        rest = f": {slug}.yaml still holds rows or comments" if slug in kept_sections else ""
        yield f"section {slug}: not in the list; {'removed' if prune and not rest else 'kept'}{rest}"


def few(lines: Sequence[object], what: str) -> Iterator[str]:
    """The lines, as far as a person reads them."""
    yield from map(str, lines[:FEW])
    if len(lines) > FEW:
        yield f"… and {len(lines) - FEW} more {what}"


def _moves(update: Update) -> Iterator[str]:
    by_way: defaultdict[tuple[str, str], list[Fault]] = defaultdict(list)
    for move in update.moves:
        by_way[move.source, move.target].append(Fault(move.where, move.id))
    for (source, target), rows in by_way.items():
        way = f"section: {source} → {target}"
        lines = [f"{where}: {name}: {way}" for where, name in rows]
        yield from lines if len(rows) <= FEW else [f"{len(rows)} rows: {way}: {_names([name for _, name in rows])}"]


def _gone(gone: Sequence[Listing], *, prune: bool) -> Iterator[str]:
    fate = "removed" if prune else "kept"
    by_hand = [listing for listing in gone if listing.key or listing.override]
    if len(gone) > FEW:
        yield f"{len(gone)} rows are not in the list any more, {fate}: {_names([listing.id for listing in gone])}"
    for listing in gone if len(gone) <= FEW else by_hand if prune else ():
        hand = [name for name in ("key", "override") if getattr(listing, name)]
        written = f" with its {' and '.join(hand)}" if hand else ""
        yield f"{listing.id}: not in the list any more, {fate}{written}: {listing.title!r} ({listing.where})"


def _names(names: Sequence[str]) -> str:
    more = len(names) - _NAMED
    return ", ".join(names[:_NAMED]) + (f" and {more} more" if more > 0 else "")


def summary(update: Update, *, take: bool, prune: bool, kept_sections: Sequence[str] = ()) -> str:
    """How many there are of each kind; empty if the list says what the catalog says."""
    sections = len(update.new_sections)
    new = _counted((len(update.new), "new"), (sections, "new section" if sections == 1 else "new sections"))
    other = _counted((len(update.changes), "changed"), (len(update.moves), "moved"), (len(update.reordered), "in another order"))
    sections_gone = len(update.gone_sections) - len(kept_sections)
    gone = _counted((len(update.gone), "gone"), (sections_gone, "of the sections gone"))
    kept = _counted((len(kept_sections), "of the sections gone"), (len(update.unread), "no row any more"))
    fates = (
        (new, ""),
        (other, "taken" if take else "not taken (--update takes it)"),
        (gone, "removed" if prune else "kept (--prune removes it)"),
        (kept, "kept"),
    )
    return "; ".join(f"{counts}: {fate}" if fate else counts for counts, fate in fates if counts)


def _counted(*counts: tuple[int, str]) -> str:
    return ", ".join(f"{number} {what}" for number, what in counts if number)


def is_settled(update: Update, *, take: bool, prune: bool, kept_sections: Sequence[str] = ()) -> bool:
    """Whether the catalog says what the list says, once that is written."""
    differs = update.changes or update.moves or update.reordered
    is_gone = update.gone or update.gone_sections
    return not (update.unread or kept_sections or (differs and not take) or (is_gone and not prune))
