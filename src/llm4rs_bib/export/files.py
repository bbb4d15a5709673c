"""The folder of exports: every format, whole and for each category, and a page that says which file is for what."""

from __future__ import annotations

import re
from pathlib import PurePath

from ..csl.library import DEFAULT, is_missing
from ..errors import Fault, SelectionError
from ..model import Bibliography, Category
from . import FORMATS, render
from .options import Options
from .selection import Selection, select

CATEGORIES = "categories"  # the folder of the files by category, below that of the whole list
LISTS = "references"  # the folder of the reference lists
STYLES = (DEFAULT, "acm", "ieee", "apa")
INDEX = "index.md"
_WHOLE = "references"
_FILES = {name: format for name, format in FORMATS.items() if format.ending != "md"}  # lists have a folder of their own


def all_files(bibliography: Bibliography) -> dict[str, str]:
    """Path below the exports folder → text. A category without entries has no file."""
    files = {f"{_WHOLE}.{format.ending}": render(bibliography, name) for name, format in _FILES.items()}
    filled = []
    for category in bibliography.catalog.categories:
        part = select(bibliography, Selection(categories=[category.slug]))
        if part.entries:
            filled.append((category, len(part.entries)))
            for name, format in _FILES.items():
                path = f"{CATEGORIES}/{category.slug}.{format.ending}"
                if path in files:
                    raise SelectionError(
                        Fault("", f"{path} would be the file of two categories; give {category.slug!r} another slug")
                    )
                files[path] = render(part, name)
    return files | _lists(bibliography, [category.slug for category, _ in filled]) | {INDEX: _index(bibliography, filled)}


def missing_styles() -> tuple[str, ...]:
    """Those of STYLES that are not installed."""
    return tuple(filter(is_missing, STYLES))


def is_of_a_run(path: PurePath) -> bool:
    """Whether a path below the exports folder is one that a run writes, perhaps for another catalog.

    The lists in a style that is not installed are left as they are.
    """
    parts = path.parts
    if parts[0] == CATEGORIES:
        return len(parts) == 2 and path.suffix in {f".{format.ending.rpartition('.')[2]}" for format in _FILES.values()}
    if parts[0] != LISTS or len(parts) > 3 or path.suffix != (".html" if len(parts) == 2 else ".md"):
        return False
    return parts[1].removesuffix(".html") not in missing_styles()


def _lists(bibliography: Bibliography, slugs: list[str]) -> dict[str, str]:
    """In each style that is installed a page with all lists, and a file for each category."""
    files = {}
    for style in (each for each in STYLES if not is_missing(each)):
        files[f"{LISTS}/{style}.html"] = render(bibliography, "references", Options(style=style, to="html"))
        for slug in slugs:
            part = select(bibliography, Selection(categories=[slug]))
            files[f"{LISTS}/{style}/{slug}.md"] = render(part, "references", Options(style=style, categories=[slug]))
    return files


def _index(bibliography: Bibliography, filled: list[tuple[Category, int]]) -> str:
    lines = [
        f"# {_line(bibliography.catalog.title)}: the bibliography",
        "",
        "Written by `llm4rs-bib export --all`; changes belong into the catalog.",
        "",
        "| file | format | for |",
        "| --- | --- | --- |",
    ]
    for name, format in _FILES.items():
        path = f"{_WHOLE}.{format.ending}"
        lines.append(f"| [{path}]({path}) | {name} | {format.purpose} |")
    lines += ["", "| category | entries | files |", "| --- | ---: | --- |"]
    lines.append(_row(bibliography.catalog.title, len(bibliography.entries), _WHOLE))
    lines += (_row(category.title, count, f"{CATEGORIES}/{category.slug}") for category, count in filled)
    lines += [
        "",
        "Reference lists as they stand in a paper:",
        "",
        "| style | page | by category |",
        "| --- | --- | --- |",
    ]
    lines += (_style_row(style, [category for category, _ in filled]) for style in STYLES)
    return "\n".join([*lines, ""])


def _style_row(style: str, categories: list[Category]) -> str:
    links = ", ".join(f"[{_line(each.title)}]({LISTS}/{style}/{each.slug}.md)" for each in categories)
    return f"| {style} | [{LISTS}/{style}.html]({LISTS}/{style}.html) | {links} |"


def _row(title: str, count: int, stem: str) -> str:
    links = ", ".join(f"[{format.ending}]({stem}.{format.ending})" for format in _FILES.values())
    return f"| {_line(title)} | {count} | {links} |"


def _line(title: str) -> str:
    return re.sub(r"[\\`*_\[\]<|]", r"\\\g<0>", " ".join(title.split()))
