"""`enrich`: DOIs, authors and venues of the listed papers, asked of the registries."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from contextlib import nullcontext
from pathlib import Path

import click

from ..catalog import LOCK, dumps_lock, read_folder
from ..desk import Desk
from ..enrich import Outcome, apply, name_of, unsaid
from ..entries import join
from ..errors import Fault, SelectionError, unknown
from ..fetch import Ages, Offline, lasts
from ..model import Bibliography, Entry
from ..papers import paper_of
from ..sources import crossref
from ..store import Store
from .files import one_writer, write_file
from .progress import Progress
from .questions import ask
from .registries import Registries, mail_address
from .session import Session, note


@click.command("enrich", short_help="Look all papers up at arXiv and Crossref.")
@click.option(
    "--mailto",
    envvar="LLM4RS_BIB_MAILTO",
    metavar="ADDRESS",
    callback=mail_address,
    help="Your e-mail address: with it Crossref answers three times as fast.",
)
@click.option("--only", multiple=True, metavar="ID", help="Only this listing; repeat for more.")
@click.option("--category", "-c", "categories", multiple=True, metavar="SLUG", help="Only this category; repeat for more.")
@click.option("--dry-run", is_flag=True, help="Say how many requests there would be, and how long they take; ask nothing.")
@click.option("--offline", is_flag=True, help="Use only the answers that are kept, however old.")
@click.option("--refresh", is_flag=True, help="Ask everything again.")
@click.option("--max-age", type=click.IntRange(0), default=30, show_default=True, metavar="DAYS", help="Ask again what is older.")
@click.option("--rebuild", is_flag=True, help="Drop what is not found again; checked works, answers and keys stay.")
@click.option("--interactive", "-i", is_flag=True, help="Decide what is in question; the answers are remembered.")
@click.pass_obj
def command(
    session: Session,
    /,
    mailto: str | None,
    only: tuple[str, ...],
    categories: tuple[str, ...],
    max_age: int,
    **flags: bool,
) -> int:
    """Look up preprints, published versions and their metadata at arXiv and Crossref.

    Safe to stop and to repeat: each answer is kept at once. A paper that cannot be told from others stays in question.
    """
    folder = session.writable_folder()
    registries = Registries.from_environment(mailto)
    longest = None if flags["offline"] else dt.timedelta(0 if flags["refresh"] else max_age)
    ages = Ages(dt.datetime.now(dt.UTC), longest)
    with nullcontext() if flags["dry_run"] else one_writer(folder), Store(registries.cache) as store:
        bibliography = join(*read_folder(folder))
        entries = _selected(bibliography, only, categories)
        if flags["dry_run"]:
            return _plan(bibliography, entries, registries, Offline(store, ages))
        outcome = _look_up(folder, bibliography, entries, registries, ages, store, **flags)
        if flags["interactive"] and _decide(folder, outcome, entries):
            bibliography = join(*read_folder(folder))
            entries = _selected(bibliography, only, categories)
            outcome = _look_up(folder, bibliography, entries, registries, ages, store, **flags)
    return 3 if outcome.unreachable else 0


def _decide(folder: Path, outcome: Outcome, entries: list[Entry]) -> bool:
    """Let a person answer what is in question; whether anything was. Each answer is written at once."""
    answered = False
    for lock in ask(outcome.lock, entries):
        write_file(folder / LOCK, dumps_lock(lock))
        answered = True
    return answered


def _selected(bibliography: Bibliography, only: tuple[str, ...], categories: tuple[str, ...]) -> list[Entry]:
    """The entries that are meant. SelectionError for a listing or a category that is not there."""
    known = [listing.id for entry in bibliography.entries for _, listing in entry.listed]
    slugs = [category.slug for category in bibliography.catalog.categories]
    faults = [Fault("", unknown("listing", each, known)) for each in only if each not in known]
    faults += [Fault("", unknown("category", each, slugs)) for each in categories if each not in slugs]
    if faults:
        raise SelectionError(*faults)
    inside = frozenset().union(*(bibliography.catalog.within(slug) for slug in categories))
    return [
        entry
        for entry in bibliography.entries
        if (not only or any(listing.id in only for _, listing in entry.listed))
        and (not inside or any(category.slug in inside for category, _ in entry.listed))
    ]


def _plan(bibliography: Bibliography, entries: list[Entry], registries: Registries, fetch: Offline) -> int:
    """What a run would ask, as far as can be told before the first answer."""
    Desk(fetch, registries.addresses).settle({name_of(entry): paper_of(entry, bibliography.lock) for entry in entries})
    pace = {**registries.intervals, crossref.NAME: 1 / 3 if registries.mailto else 1.0}
    for source, count in sorted(fetch.planned.items()):
        note(f"{source}: about {count} requests to {registries.addresses[source]}, one every {pace[source]:.2g} s")
    note(f"{_papers(len(entries))}: about {_duration(lasts(fetch.planned, pace))}; nothing was asked")
    return 0


def _duration(seconds: float) -> str:
    if seconds < 100:
        return f"{round(seconds)} s"
    return f"{round(seconds / 60)} min" if seconds < 6000 else f"{seconds / 3600:.1f} h"


def _look_up(
    folder: Path,
    bibliography: Bibliography,
    entries: list[Entry],
    registries: Registries,
    ages: Ages,
    store: Store,
    **flags: bool,
) -> Outcome:
    """Look the entries up, write the lock if it changed, and say what became of them."""
    papers = {name_of(entry): paper_of(entry, bibliography.lock, flags["rebuild"]) for entry in entries}
    with Progress() as progress:
        source = nullcontext(Offline(store, ages)) if flags["offline"] else registries.online(store, ages, progress)
        with source as fetch:
            desk = Desk(fetch, registries.addresses, progress.found)
            outcome = apply(bibliography, desk.settle(papers), flags["rebuild"])
    if outcome.lock != bibliography.lock:
        write_file(folder / LOCK, dumps_lock(outcome.lock))
    for line in _lines(outcome, desk.reasons, flags["interactive"]):
        note(line)
    note(f"{_papers(len(entries))}: {_counts(outcome)}{_requests(fetch.requests)}")
    return outcome


def _lines(outcome: Outcome, reasons: Mapping[str, str], is_interactive: bool) -> Iterator[str]:
    yield from outcome.news
    yield from outcome.differences
    for listing, candidate in unsaid(outcome.lock):
        if listing in outcome.in_question:
            yield f"{listing}: is it {candidate.source} {candidate.record}, {candidate.title!r}? {candidate.reason}"
    if outcome.in_question and not is_interactive:
        yield "decide with: llm4rs-bib enrich --interactive"
    if outcome.not_found:
        yield f"not found: {', '.join(outcome.not_found)}"
    if outcome.unreachable:
        yield from (f"not reached: {reason}" for reason in sorted(set(reasons.values())))
        yield f"left for the next run, which goes on from here: {', '.join(outcome.unreachable)}"


def _papers(count: int) -> str:
    return "1 paper" if count == 1 else f"{count} papers"


def _counts(outcome: Outcome) -> str:
    counts = {
        "published": outcome.published,
        "preprint only": outcome.preprints,
        "in question": outcome.in_question,
        "not found": outcome.not_found,
        "unreachable": outcome.unreachable,
    }
    return ", ".join(f"{len(names)} {what}" for what, names in counts.items())


def _requests(requests: Mapping[str, int]) -> str:
    asked = ", ".join(f"{source} {count}" for source, count in sorted(requests.items()))
    return f"; requests: {asked or 'none'}"
