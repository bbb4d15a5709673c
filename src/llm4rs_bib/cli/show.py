"""`show`: one entry, the listing beside the work, and for each field where it was seen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields

import click

from .. import ids
from ..entries import claimed_venue, record_ids
from ..errors import Fault, SelectionError, unknown
from ..model import CURATED, IMPORTED, Bibliography, Candidate, Entry, Evidence, Finding, Listing, Lock, Record, Work
from ..overrides import VARIABLES
from ..text import unmangled
from .session import Session, put_out

_NAME_WIDTH = 17


@click.command("show", short_help="Show one entry, and where it was seen.")
@click.argument("name", metavar="ID")
@click.pass_obj
def command(session: Session, name: str) -> int:
    """Show the entry with this listing id, citation key, DOI or arXiv id."""
    bibliography = session.load()
    put_out("".join(f"{line}\n" for line in _lines(_find(bibliography, name), bibliography.lock)))
    return 0


def _find(bibliography: Bibliography, name: str) -> Entry:
    folded = name.lower()
    for names in (lambda entry: (*_ids(entry), entry.key), lambda entry: entry.aliases):
        for entry in bibliography.entries:
            if folded in {each.lower() for each in names(entry)}:
                return entry
    if known := ids.identify(name).known:
        for entry in bibliography.entries:
            if known & _identifiers(entry):
                return entry
    words = [word for entry in bibliography.entries for word in (*_ids(entry), entry.key)]
    raise SelectionError(Fault("", unknown("entry", name, words)))


def _ids(entry: Entry) -> list[str]:
    return [listing.id for _, listing in entry.listed]


def _identifiers(entry: Entry) -> frozenset[tuple[str, str]]:
    links = frozenset().union(*(ids.identify(listing.link).known for _, listing in entry.listed))
    own = ids.Ids(doi=entry.work.doi, arxiv=entry.work.arxiv_id).known
    return links | own | (record_ids(entry.record) if entry.record else frozenset())


def _lines(entry: Entry, lock: Lock) -> Iterator[str]:
    yield entry.key + (f" (also {', '.join(entry.aliases)})" if entry.aliases else "")
    for category, listing in entry.listed:
        yield ""
        yield _line("listing", listing.id, listing.where)
        yield _line("  category", category.heading)
        yield from (_line(f"  {name}", cell) for name, cell in _cells(listing))
    overridden = _overridden(entry)
    if entry.record is None:
        yield from _work("no work in the lock; exported from the list alone", entry.work, "list", overridden)
    else:
        yield from _record(entry, entry.record, overridden)
    for _, listing in entry.listed:
        yield from (line for candidate in lock.questions.get(listing.id, ()) for line in _question(candidate))


def _record(entry: Entry, record: Record, overridden: dict[str, str]) -> Iterator[str]:
    yield from _work("published" if record.published else "preprint", entry.work, _seen_by(record, record.work), overridden)
    if entry.preprint:
        yield from _work("preprint", entry.preprint, _seen_by(record, entry.preprint), {})
    if claimed := claimed_venue(entry):
        yield _line("  venue", claimed, "claimed by the list, confirmed by no registry")
    yield from _evidence(record.evidence)


def _seen_by(record: Record, work: Work) -> str:
    """The source of the fields that name no other: the person, or the registry whose record it is."""
    ids_of_work = {each.lower() for each in (work.doi, work.arxiv_id) if each}
    registries = (finding.source for finding in record.evidence.found if finding.record.lower() in ids_of_work)
    return record.evidence.source if record.evidence.source == CURATED else next(registries, record.evidence.source)


def _cells(listing: Listing) -> Iterator[tuple[str, str]]:
    for name in ("title", "link", "date", "venue", "model", "code"):
        if cell := getattr(listing, name):
            shown = unmangled(cell)
            yield name, cell if shown == cell else f"{shown} (in the list: {cell})"
    yield from listing.columns.items()


def _overridden(entry: Entry) -> dict[str, str]:
    """Field → the place where a person wrote it."""
    places = ((VARIABLES[variable], listing.where) for _, listing in reversed(entry.listed) for variable in listing.override)
    return {field: f"override, {where}" for field, where in places}


def _work(heading: str, work: Work, seen_by: str, overridden: dict[str, str]) -> Iterator[str]:
    yield ""
    yield heading
    for name in (each.name for each in fields(work) if each.name != "sources"):
        source = overridden.get(name) or work.sources.get(name, seen_by)
        if value := getattr(work, name):
            shown = "; ".join(map(str, value)) if isinstance(value, tuple) else str(value)
            yield _line(f"  {name}", shown, source)
        elif name in overridden:
            yield _line(f"  {name}", "(removed)", source)


def _evidence(evidence: Evidence) -> Iterator[str]:
    if evidence.source in (CURATED, IMPORTED):
        on = f" {evidence.checked}" if evidence.checked else ""
        sure = f", confidence {evidence.confidence}" if evidence.confidence else ""
        yield ""
        yield f"{evidence.source}{on}{sure}"
        yield from (_line("  seen in", place) for place in evidence.seen_in)
        if evidence.notes:
            yield _line("  notes", evidence.notes)
        yield from (_line("  list error", error) for error in evidence.list_errors)
    for finding in evidence.found:
        yield from _finding(finding)


def _finding(finding: Finding) -> Iterator[str]:
    yield ""
    yield f"{finding.source} {finding.record}, retrieved {finding.retrieved}"
    yield _line("  asked", finding.asked)
    yield _line("  decided by", finding.rule)
    yield _line("  title", finding.title)
    if finding.authors:
        yield _line("  authors", finding.authors)
    yield from (_line("  rejected", other) for other in finding.rejected)
    yield from (_line("  note", note) for note in finding.notes)


def _question(candidate: Candidate) -> Iterator[str]:
    yield ""
    yield f"in question: {candidate.source} {candidate.record}"
    for name in ("title", "authors", "venue", "year", "reason"):
        if value := getattr(candidate, name):
            yield _line(f"  {name}", value)


def _line(name: str, value: str, source: str | None = None) -> str:
    shown = " ".join(value.split())
    return f"{name:{_NAME_WIDTH}} {shown}" + (f"  [{source}]" if source else "")
