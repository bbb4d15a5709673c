"""`curate`: works that a person checked, into the lock."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from ..catalog import LOCK, dumps_lock, read_folder, read_text
from ..checked import parse
from ..curate import apply
from ..errors import CurationError
from ..model import PartialDate
from .files import one_writer, write_file
from .session import Session, note


@click.command("curate", short_help="Bring in works that a person checked.")
@click.argument("file", metavar="FILE.json", type=click.Path(path_type=Path))
@click.option("--checked", metavar="DATE", help="When the facts were checked, where the file does not say [default: today].")
@click.pass_obj
def command(session: Session, file: Path, checked: str | None) -> int:
    """Bring in works that a person checked, with their sources.

    The file is a JSON list; docs/curate.md describes it. A paper that no listing means is left out and named. Keys
    are given once and stay.
    """
    try:
        date = PartialDate.parse(checked or dt.date.today().isoformat())  # noqa: DTZ011  # the day on the user's own calendar
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="--checked") from None
    folder = session.writable_folder()
    papers = parse(read_text(file, CurationError), str(file), date)
    with one_writer(folder):
        catalog, lock, _ = read_folder(folder)
        outcome = apply(papers, catalog, lock)
        if outcome.lock != lock:
            write_file(folder / LOCK, dumps_lock(outcome.lock))
    for fault in outcome.left_out:
        note(f"{fault}: left out")
    for key in outcome.changed:
        note(f"{key}: changed")
    counts = f"{len(outcome.new)} new, {len(outcome.changed)} changed, {len(outcome.unchanged)} unchanged"
    note(f"{len(papers)} works: {counts}, {len(outcome.left_out)} left out")
    return 1 if outcome.left_out else 0
