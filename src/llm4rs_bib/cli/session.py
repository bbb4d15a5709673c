"""What all commands share: which catalog is meant, and how results and warnings reach the user."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path

import click

from ..catalog import CATALOG, read_folder
from ..data import data_folder
from ..entries import join
from ..errors import BibError, CatalogError, Fault, WriteError
from ..model import Bibliography, Entry

_DEFAULT = Path("catalog")


class FilePath(click.Path):
    """A path that is not empty, as an unset variable of the shell makes one."""

    def convert(
        self, value: str | os.PathLike[str], param: click.Parameter | None, ctx: click.Context | None
    ) -> str | bytes | os.PathLike[str]:
        """The path; a usage error for an empty one."""
        if not os.fspath(value):
            self.fail("must not be empty", param, ctx)
        return super().convert(value, param, ctx)


class Session:
    """One run: the catalog's folder as the user gave it."""

    def __init__(self, folder: Path | None) -> None:
        self.folder = folder

    @property
    def import_folder(self) -> Path:
        """Where `import` makes or finds the catalog."""
        return self.folder or _DEFAULT

    def writable_folder(self) -> Path:
        """The folder of an existing catalog that may be written. CatalogError, which names `import`, if there is none."""
        folder = self.import_folder
        if not os.path.exists(folder / CATALOG):
            raise CatalogError(Fault(str(folder), f"no {CATALOG} here; make one with: llm4rs-bib import LIST.md"))
        return folder

    def load(self) -> Bibliography:
        """The bibliography to read from: the given catalog, ./catalog, or the built-in list. Prints its warnings."""
        if self.folder or os.path.exists(_DEFAULT / CATALOG):
            bibliography = join(*read_folder(self.writable_folder()))
        else:
            bibliography = join(*read_folder(data_folder("catalog")))
            note(f"no ./{_DEFAULT}/{CATALOG}: using the built-in list, {bibliography.catalog.title!r}")
        for warning in bibliography.warnings:
            warn(warning)
        return bibliography


def counted(number: int, one: str, more: str = "") -> str:
    """How many there are: "1 row", "2 entries"."""
    return f"{number} {one if number == 1 else more or f'{one}s'}"


def note(message: str) -> None:
    """A line for people, on standard error."""
    click.echo(message, err=True)


def explain(error: BibError) -> None:
    """A line for each fault, on standard error."""
    for fault in error.faults:
        note(str(fault) if fault.where else f"llm4rs-bib: {fault.message}")


def warn(message: str) -> None:
    """A line that does not stop the command, on standard error."""
    note(f"warning: {message}")


def warn_of_missing_works(entries: Sequence[Entry]) -> None:
    """One line with the number of entries that are exported from the list alone."""
    if count := sum(entry.record is None for entry in entries):
        what = "1 listing has no work" if count == 1 else f"{count} listings have no work"
        warn(f"{what} in the lock; exported from the list alone, without authors and venue")


def put_out(text: str) -> None:
    """A result, to standard output: UTF-8 with LF line ends on every system."""
    if sys.stdout is None:
        raise WriteError(Fault("standard output", "cannot be written: it is closed"))
    sys.stdout.buffer.write(text.encode())
    sys.stdout.buffer.flush()
