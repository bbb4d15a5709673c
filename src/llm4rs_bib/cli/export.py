"""`export`: the bibliography, or a part of it, in a format; or all formats into a folder."""

from __future__ import annotations

from pathlib import Path

import click

from ..errors import Fault, WriteError
from ..export import CATEGORIES, FORMATS, all_files, render, select
from .files import write_file
from .session import Session, note, put_out, warn_of_missing_works

_FOLDER = Path("exports")


@click.command("export")
@click.option("--format", "-f", metavar="F", help=f"One of: {', '.join(FORMATS)}.")
@click.option("--category", "-c", "categories", multiple=True, metavar="SLUG", help="Only this category; repeat for more.")
@click.option("--output", "-o", type=click.Path(path_type=Path), metavar="FILE", help="Write here instead of to standard output.")
@click.option("--all", "everything", is_flag=True, help="Every format, whole and by category, into ./exports (or -o FOLDER).")
@click.option("--check", is_flag=True, help="With --all: write nothing, say which files are not fresh; exit code 1 if any.")
@click.pass_obj
def command(
    session: Session, format: str | None, categories: tuple[str, ...], output: Path | None, everything: bool, check: bool
) -> int:
    """Write the bibliography in a format. Never needs the network, never changes the catalog."""
    if everything == bool(format) or (everything and categories) or (check and not everything):
        raise click.UsageError("give either --format F [--category SLUG]… [-o FILE], or --all [--check] [-o FOLDER]")
    bibliography = session.load()
    if everything:
        warn_of_missing_works(bibliography.entries)
        folder = output or _FOLDER
        files = {folder / name: text for name, text in all_files(bibliography).items()}
        return _check(folder, files) if check else _write(files)
    entries = select(bibliography, categories)
    text = render(entries, format or "")
    warn_of_missing_works(entries)
    if output:
        write_file(output, text)
    else:
        put_out(text)
    return 0


def _write(files: dict[Path, str]) -> int:
    for path, text in files.items():
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise WriteError(Fault(str(path.parent), f"cannot be made: {error.strerror}")) from None
        write_file(path, text)
    note(f"{len(files)} files written")
    return 0


def _holds(path: Path, text: str) -> bool:
    try:
        return path.read_bytes() == text.encode()
    except OSError:  # missing, or nobody can read it
        return False


def _check(folder: Path, files: dict[Path, str]) -> int:
    """Whether the files are what a fresh run would write, and nothing of an earlier run is left beside them."""
    stale = [path for path, text in files.items() if not _holds(path, text)]
    endings = {path.suffix for path in files}
    here = {path for path in (folder / CATEGORIES).glob("*") if path.suffix in endings}
    left = sorted(here - files.keys())
    for path in stale:
        note(f"{path}: not fresh; run llm4rs-bib export --all")
    for path in left:
        note(f"{path}: not written by export --all any more; delete it")
    return 1 if stale or left else 0
