"""`drift`: in what a list's rows differ from what is known of their papers."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path
from typing import Any

import click

from ..awesome import AwesomeList, parse, rewritten, roles
from ..catalog import read_text
from ..drift import ASKING, KINDS, ONLINE, Finding, findings
from ..drift.identity import link_ids
from ..drift.listed import as_listed
from ..drift.online import Known, ask_registries
from ..drift.patch import Change, corrected, rewritten_list, unified
from ..drift.report import as_json, as_markdown, as_text, counts
from ..drift.rows import Row, Rows
from ..errors import Fault, ListError, SelectionError, unknown
from ..fetch import Ages
from ..model import Bibliography
from ..store import Store
from .files import write_file
from .progress import Progress
from .registries import Registries, mail_address
from .session import FilePath, Session, counted, note, put_out, warn

_FORMATS: Mapping[str, Callable[[Sequence[Finding]], str]] = {"text": as_text, "markdown": as_markdown, "json": as_json}
_PATCH = "patch"
_MAX_AGE = dt.timedelta(days=30)  # of kept answers, as in `enrich`


@dataclass(frozen=True)
class _Read:
    """A list as it was read."""

    path: Path
    markdown: str
    found: AwesomeList


@click.command("drift", short_help="Say which rows of the list grew old.")
@click.argument("list_file", metavar="[LIST.md]", required=False, type=FilePath(path_type=Path))
@click.option("--kind", "-k", "kinds", multiple=True, metavar="K", help=f"Only this kind: {', '.join(KINDS)}; repeat for more.")
@click.option("--category", "-c", "categories", multiple=True, metavar="SLUG", help="Only this category; repeat for more.")
@click.option("--format", "-f", "form", default="text", metavar="F", help=f"{', '.join(_FORMATS)} or {_PATCH} [default: text].")
@click.option("--online", is_flag=True, help="Ask arXiv and Crossref whether they know the identifiers in the links.")
@click.option(
    "--mailto",
    envvar="LLM4RS_BIB_MAILTO",
    metavar="ADDRESS",
    callback=mail_address,
    help="Your e-mail address, for --online: with it Crossref answers three times as fast.",
)
@click.option("--output", "-o", type=FilePath(path_type=Path), metavar="FILE", help="Write here instead of to standard output.")
@click.pass_obj
def command(
    session: Session, /, list_file: Path | None, kinds: tuple[str, ...], categories: tuple[str, ...], form: str, **options: Any
) -> int:
    """Say in what the list differs from what is known of its papers: published since, renamed, wrongly dated, …

    Of LIST.md if it is given, else of the catalog; docs/drift.md explains each kind. Nothing is changed: `--format patch`
    makes a patch for LIST.md. Exit code 1: something was found.
    """
    _check_usage(kinds, form, list_file, options["online"])
    bibliography = session.load()
    listed = _read(list_file, bibliography) if list_file else None
    rows = Rows.of(as_listed(bibliography, listed.found) if listed else bibliography)
    _check_categories(rows, categories)
    asks = options["online"] and not (kinds and ASKING.isdisjoint(kinds))
    known = _ask(rows, categories, options["mailto"]) if asks else None
    if known:
        rows = replace(rows, unknown=known.unknown, notes=known.notes)
    found = findings(rows, kinds, categories)
    result = _patch(rows, found, listed) if listed and form == _PATCH else _FORMATS[form](found)
    if options["output"]:
        write_file(options["output"], result)
    else:
        put_out(result)
    _sum_up(rows, found, categories)
    if known and known.unanswered:
        return 3
    return 1 if found or (listed and listed.found.left_out) else 0


def _check_usage(kinds: Collection[str], form: str, list_file: Path | None, online: bool) -> None:
    forms = (*_FORMATS, _PATCH)
    faults = [Fault("", unknown("kind", each, KINDS)) for each in kinds if each not in KINDS]
    faults += [Fault("", unknown("format", form, forms))] if form not in forms else []
    if faults:
        raise SelectionError(*faults)
    if form == _PATCH and list_file is None:
        raise click.UsageError("--format patch needs the list to patch: llm4rs-bib drift LIST.md --format patch")
    if ONLINE in kinds and not online:
        raise click.UsageError(f"--kind {ONLINE} needs --online")


def _check_categories(rows: Rows, categories: Collection[str]) -> None:
    slugs = [category.slug for category in rows.catalog.categories]
    if faults := [Fault("", unknown("category", each, slugs)) for each in categories if each not in slugs]:
        raise SelectionError(*faults)


def _read(path: Path, bibliography: Bibliography) -> _Read:
    markdown = read_text(path, ListError)
    found = parse(markdown, str(path), bibliography.catalog.columns)
    for fault in found.left_out:
        note(f"{fault}: left out")
    return _Read(path, markdown, found)


def _ask(rows: Rows, categories: Collection[str], mailto: str | None) -> Known:
    """Ask the registries about the selected rows' links; what they do not answer is said."""
    registries = Registries.from_environment(mailto)
    ages = Ages(dt.datetime.now(dt.UTC), _MAX_AGE)
    identifiers = [each for row in rows.within(categories) for each in link_ids(row)]
    with Store(registries.cache) as store, Progress() as progress, registries.online(store, ages, progress) as fetch:
        known = ask_registries(identifiers, fetch, registries.addresses)
    for reason in known.reasons:
        note(f"not reached: {reason}")
    if known.unanswered:
        note(f"left for the next run: {', '.join(known.unanswered)}")
    for doi in known.undecided:
        warn(f"Crossref does not know {doi}; another agency may")
    return known


def _patch(rows: Rows, found: Sequence[Finding], listed: _Read) -> str:
    """The patch of what is certain; what cannot be written into its row is said."""
    by_place = {row.listing.where: row for row in rows.rows}
    changes = list(_changes(by_place, found, rows.catalog.columns))
    new, left = rewritten_list(listed.markdown, changes, rewritten)
    for change in left:
        warn(f"{change.old.where}: {change.old.id}: its corrections cannot be written into the row; change it by hand")
    return unified(listed.markdown, new, _path_in_patch(listed.path))


def _changes(by_place: Mapping[str, Row], found: Sequence[Finding], told: Mapping[str, str]) -> Iterator[Change]:
    for where, those in groupby(found, lambda finding: finding.where):
        row = by_place[where]
        new = corrected(row.listing, list(those))
        if new != row.listing:
            columns, line = row.category.columns, int(where.rpartition(":")[2])
            yield Change(line, columns, roles(columns, {**row.category.fields, **told}), row.listing, new)


def _path_in_patch(path: Path) -> str:
    """The list's path from here, as `git apply` wants it; its name alone, if it is elsewhere."""
    try:
        relative = os.path.relpath(path)
    except ValueError:  # on another drive
        return path.name
    return path.name if relative.startswith(os.pardir) else Path(relative).as_posix()


def _sum_up(rows: Rows, found: Sequence[Finding], categories: Collection[str]) -> None:
    """How many rows differ, and in what."""
    some = rows.within(categories)
    if missing := sum(row.entry.record is None for row in some):
        warn(f"nothing is known of {counted(missing, 'row')}: llm4rs-bib enrich")
    differing = len({(finding.where, finding.listing) for finding in found})
    kinds = ", ".join(f"{count} {kind}" for kind, count in counts(found).items())
    note(f"{counted(len(some), 'row')}, {differing} with findings{f': {kinds}' if kinds else ''}")
