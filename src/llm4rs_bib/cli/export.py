"""`export`: the bibliography, or a part of it, in a format; or all formats into a folder."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import click
from click.core import ParameterSource

from ..errors import Fault, WriteError
from ..export import FORMATS, VENUES, Options, Selection, render, select
from ..export.files import CATEGORIES, all_files
from ..export.selection import ORDERS, VERSIONS, Condition
from ..model import PartialDate
from .files import write_file
from .session import FilePath, Session, note, put_out, warn, warn_of_missing_works

_FOLDER = Path("exports")
_T = TypeVar("_T")


class _Line(click.ParamType[str]):
    """A text that may hold spaces: several in an environment variable stand on lines of their own."""

    name = "text"
    envvar_list_splitter = "\n"


def _parsed(parse: Callable[[str], _T]) -> Callable[[click.Context, click.Parameter, object], object]:
    """A callback that reads an option's text, or each of its texts; what is wrong with one becomes the usage error."""

    def read(ctx: click.Context, parameter: click.Parameter, value: object) -> object:
        try:
            if isinstance(value, tuple):
                return tuple(parse(each) for each in value)
            return parse(value) if isinstance(value, str) else value
        except ValueError as error:
            raise click.BadParameter(str(error), ctx, parameter) from None

    return read


def _names(text: str) -> tuple[str, ...]:
    return tuple(filter(None, (name.strip() for name in text.split(","))))


def _one_of(words: object) -> str:
    return "|".join(words)  # type: ignore[arg-type]  # a dict or a tuple of texts


@click.command("export", short_help="Write the bibliography in a format.")
@click.option("--format", "-f", metavar="F", help=f"One of: {', '.join(FORMATS)}.")
@click.option("--output", "-o", type=FilePath(path_type=Path), metavar="FILE", help="Write here instead of to standard output.")
@click.option(
    "--all",
    "everything",
    is_flag=True,
    envvar="LLM4RS_BIB_EXPORT_ALL",
    help="Every format, whole and by category, into ./exports (or -o FOLDER).",
)
@click.option("--check", is_flag=True, help="With --all: write nothing, say which files are not fresh; exit code 1 if any.")
@click.option(
    "--category",
    "-c",
    "categories",
    multiple=True,
    envvar="LLM4RS_BIB_EXPORT_CATEGORY",
    metavar="SLUG",
    help="Only this category; repeat for more.",
)
@click.option(
    "--id",
    "ids",
    multiple=True,
    envvar="LLM4RS_BIB_EXPORT_ID",
    metavar="ID",
    help="Only the entry of this listing; repeat for more.",
)
@click.option(
    "--key",
    "keys",
    multiple=True,
    envvar="LLM4RS_BIB_EXPORT_KEY",
    metavar="KEY",
    help="Only the entry with this citation key; repeat for more.",
)
@click.option(
    "--since", metavar="DATE", callback=_parsed(PartialDate.parse), help="Only what is dated 2024, 2024-05, … or later."
)
@click.option(
    "--where",
    multiple=True,
    type=_Line(),
    metavar="COLUMN~WORDS",
    callback=_parsed(Condition.parse),
    help="Only where the list's column holds the words (COLUMN=WORDS: is the words); repeat for more.",
)
@click.option("--verified", is_flag=True, help="Only entries with a work in the lock.")
@click.option("--published", is_flag=True, help="Only papers with a published version.")
@click.option("--version", default="published", show_default=True, metavar=_one_of(VERSIONS), help="Which version of a paper.")
@click.option("--sort", default="list", show_default=True, metavar=_one_of(ORDERS), help="In which order.")
@click.option("--venue", default="full", show_default=True, metavar=_one_of(VENUES), help="Titles of proceedings and journals.")
@click.option("--fields", default="", metavar="NAME,…", callback=_parsed(_names), help="BibTeX: only these fields.")
@click.option("--without", default="", metavar="NAME,…", callback=_parsed(_names), help="BibTeX: all but these fields.")
@click.option("--classic-note", is_flag=True, help="BibTeX: arXiv ids also for plain, alpha and abbrv (howpublished).")
@click.option("--zotero-note", is_flag=True, help="CSL-JSON: a note with the categories, which Zotero keeps.")
@click.pass_context
def command(
    ctx: click.Context, /, format: str | None, output: Path | None, everything: bool, check: bool, **choices: object
) -> int:
    """Write the bibliography in a format. Never needs the network, never changes the catalog."""
    selection = Selection(**{name: choices.pop(name) for name in Selection.__dataclass_fields__})  # type: ignore[arg-type]  # click checked
    options = Options(**choices)  # type: ignore[arg-type]  # as above
    chosen = (selection, options) != (Selection(), Options())
    if everything and ctx.get_parameter_source("format") is ParameterSource.ENVIRONMENT:
        format = None  # a default for the other use
    if everything == bool(format) or (everything and chosen) or (check and not everything):
        raise click.UsageError("give either --format F [which entries, and how] [-o FILE], or --all [--check] [-o FOLDER]")
    session: Session = ctx.obj
    bibliography = session.load()
    if everything:
        warn_of_missing_works(bibliography.entries)
        folder = output or _FOLDER
        files = {folder / name: text for name, text in all_files(bibliography).items()}
        return _check(folder, files) if check else _write(files)
    selected = select(bibliography, selection)
    text = render(selected, format or "", options)
    for warning in selected.warnings:
        warn(warning)
    warn_of_missing_works(selected.entries)
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
    endings = {f".{format.ending.rpartition('.')[2]}" for format in FORMATS.values()}
    here = {path for path in (folder / CATEGORIES).glob("*") if path.suffix in endings}
    left = sorted(here - files.keys())
    for path in stale:
        note(f"{path}: not fresh; run llm4rs-bib export --all")
    for path in left:
        note(f"{path}: not written by export --all any more; delete it")
    return 1 if stale or left else 0
