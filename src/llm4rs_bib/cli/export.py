"""`export`: the bibliography, or a part of it, in a format; or all formats into a folder."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import click
from click.core import ParameterSource

from ..catalog import read_text
from ..errors import Fault, ListError, SelectionError
from ..export import FORMATS, with_categories, write
from ..export.options import ENGINES, NUMBERINGS, OUTPUTS, VENUES, Options
from ..export.selection import ORDERS, VERSIONS, Condition, Selection, select
from ..markdown import BEGIN, END
from ..model import Bibliography, PartialDate
from .export_all import check_all, write_all
from .files import make_folder, write_file
from .session import FilePath, Session, explain, put_out, warn, warn_of_missing_works

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
@click.option(
    "--style",
    "styles",
    multiple=True,
    envvar="LLM4RS_BIB_EXPORT_STYLE",
    metavar="NAME|FILE.csl",
    help=f"References: in this CSL style [default: {Options.style}]; see llm4rs-bib styles. Repeat for more, with -o FOLDER.",
)
@click.option("--locale", default="", metavar="LANG", help="References: in this language, such as de-DE [default: the style's].")
@click.option("--to", metavar=_one_of(OUTPUTS), help="References: as this [default: by the ending of -o FILE, else markdown].")
@click.option(
    "--numbering",
    default="category",
    show_default=True,
    metavar=_one_of(NUMBERINGS),
    help="References: from 1 in each category's list, or through all.",
)
@click.option("--flat", is_flag=True, help="References: one list without headings.")
@click.option(
    "--engine",
    default="csl",
    show_default=True,
    metavar=_one_of(ENGINES),
    help="References: by our processor, or by citeproc-py as it is, to compare.",
)
@click.option("--with-venues", is_flag=True, help="List: with what was found in its cells: venues, dates, titles, links.")
@click.option("--with-bibtex", is_flag=True, help="List: with a column that links to each BibTeX entry.")
@click.option(
    "--bibtex-file",
    type=FilePath(),
    default=Options.bibtex_file,
    metavar="PATH",
    help=f"List: where that column leads from the list, BibTeX of the same entries [default: {Options.bibtex_file}: of all].",
)
@click.option(
    "--in-place",
    type=FilePath(path_type=Path),
    metavar="FILE",
    help=f"List: write it into this file, between {BEGIN} and {END}.",
)
@click.pass_context
def command(
    ctx: click.Context,
    /,
    format: str | None,
    output: Path | None,
    in_place: Path | None,
    everything: bool,
    check: bool,
    **choices: object,
) -> int:
    """Write the bibliography in a format. Never needs the network, never changes the catalog."""
    styles: tuple[str, ...] = choices.pop("styles")  # type: ignore[assignment]  # click checked
    choices["to"] = choices["to"] or _by_ending(format, output)
    choices["style"] = next((style for style in styles if style != Options.style), Options.style)
    selection = Selection(**{name: choices.pop(name) for name in Selection.__dataclass_fields__})  # type: ignore[arg-type]  # click checked
    options = Options(**choices)  # type: ignore[arg-type]  # as above
    chosen = (selection, options) != (Selection(), Options())
    if everything and ctx.get_parameter_source("format") is ParameterSource.ENVIRONMENT:
        format = None  # a default for the other use
    if everything == bool(format) or (everything and chosen) or (check and not everything):
        raise click.UsageError("give either --format F [which entries, and how] [-o FILE], or --all [--check] [-o FOLDER]")
    if in_place and (format != "list" or output):
        raise click.UsageError("--in-place FILE is for --format list, without -o")
    session: Session = ctx.obj
    bibliography = session.load()
    if everything:
        warn_of_missing_works(bibliography.entries)
        folder = output or _FOLDER
        return check_all(folder, bibliography) if check else write_all(folder, bibliography)
    selected = select(bibliography, selection)
    options = with_categories(format or "", options, selection)
    for warning in selected.warnings:
        warn(warning)
    if format != "list" or options.with_venues:  # rows need no works
        warn_of_missing_works(selected.entries)
    if len(styles) > 1 and format == "references":
        return _write_each(styles, selected, format or "", options, output)
    text = _written(selected, format or "", options)
    if in_place:
        _write_between(in_place, text)
    elif output:
        write_file(output, text)
    else:
        put_out(text)
    return 0


def _write_between(path: Path, markdown: str) -> None:
    """Write the list between the marks of a file. ListError unless it has them once, each on a line."""
    from ..awesome import in_place  # 40 ms that the other formats do not need

    written = in_place(read_text(path, ListError), markdown)
    if written is None:
        advice = f"put {BEGIN} and {END} around its list, once, each alone on a line"
        raise ListError(Fault(str(path), f"{advice}; nothing was written"))
    write_file(path, written)


def _by_ending(format: str | None, output: Path | None) -> str:
    """The output that a file's ending means."""
    ending = output.suffix.lower() if output and format == "references" else ""
    found = next((to for to, endings in OUTPUTS.items() if ending in endings), None)
    if ending and not found:
        known = ", ".join(ending for endings in OUTPUTS.values() for ending in endings)
        raise click.UsageError(f"{output}: no output ends so; give --to, or one of {known}")
    return found or Options.to


def _written(bibliography: Bibliography, format: str, options: Options) -> str:
    written = write(bibliography, format, options)
    for warning in written.warnings:
        warn(warning)
    return written.text


def _write_each(styles: tuple[str, ...], bibliography: Bibliography, format: str, options: Options, folder: Path | None) -> int:
    """A file for each style; one that fails has its line, and the others are written."""
    from ..csl import StyleError  # 30 ms that the other formats do not need

    paths = list(_paths(styles, folder, OUTPUTS.get(options.to, ("",))[0]))
    code = 0
    for style, path in zip(styles, paths, strict=True):
        try:
            text = _written(bibliography, format, replace(options, style=style))
        except StyleError as error:
            explain(error)
            code = 2
            continue
        make_folder(path.parent)
        write_file(path, text)
    return code


def _paths(styles: tuple[str, ...], folder: Path | None, ending: str) -> Iterator[Path]:
    if folder is None:
        raise click.UsageError("several --style need -o FOLDER, where each has a file of its own")
    if folder.suffix and not folder.is_dir():
        raise click.UsageError(f"several --style need a folder, and {folder} looks like a file")
    seen: dict[str, str] = {}
    for style in styles:
        path = folder / f"{Path(style).name.removesuffix('.csl')}{ending}"
        if other := seen.get(str(path).casefold()):
            raise SelectionError(Fault("", f"{path} would be the file of two styles, {other} and {style}; give one alone"))
        seen[str(path).casefold()] = style
        yield path
