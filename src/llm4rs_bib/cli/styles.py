"""`styles`: a table of the citation styles that reference lists can be printed in."""

from __future__ import annotations

import sys
from collections.abc import Sequence

import click

from ..csl.library import INSTALL, Known, count, known, official_styles
from ..errors import Fault, SelectionError
from .session import note, put_out

_HEADINGS = ("name", "title", "aliases", "vetted", "from")


@click.command("styles", short_help="Show the styles of reference lists.")
@click.argument("words", nargs=-1, metavar="[WORD]…")
def command(words: tuple[str, ...]) -> int:
    """Show the styles of reference lists: ours, the vetted ones, those with an alias; with WORDs all with these in their names.

    The lists of vetted styles are compared with those of citeproc-js. To a pipe or a file the table is plain text, one row a
    line, cells apart by tabs.
    """
    styles = known(*words)
    if sys.stdout and sys.stdout.isatty():
        _print_table(styles)
    else:
        put_out("".join("\t".join(_row(style)) + "\n" for style in styles))
    if words and not styles:
        raise SelectionError(Fault("", f"no style has {' and '.join(map(repr, words))} in its name"))
    if official_styles() is None:
        note(f"the official styles are not installed: {INSTALL}")
    elif not words:
        note(f"{count() - len(styles)} more: llm4rs-bib styles WORD")
    return 0


def _row(style: Known) -> tuple[str, ...]:
    return style.name, style.title, ", ".join(style.aliases), "yes" if style.is_vetted else "", style.source


def _print_table(styles: Sequence[Known]) -> None:
    from rich import box  # 40 ms that only a terminal costs
    from rich.console import Console
    from rich.table import Table

    table = Table(box=box.SIMPLE)
    for heading in _HEADINGS:
        table.add_column(heading, overflow="fold")
    for style in styles:
        table.add_row(*_row(style))
    Console(soft_wrap=False, markup=False).print(table)
