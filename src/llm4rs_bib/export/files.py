"""The folder of exports: every format, whole and for each category, and a page that says which file is for what."""

from __future__ import annotations

import re

from ..errors import Fault, SelectionError
from ..model import Bibliography, Category
from . import FORMATS, Selection, render, select

CATEGORIES = "categories"  # the folder of the files by category, below that of the whole list
INDEX = "index.md"
_WHOLE = "references"


def all_files(bibliography: Bibliography) -> dict[str, str]:
    """Path below the exports folder → text. A category without entries has no file."""
    files = {f"{_WHOLE}.{format.ending}": render(bibliography, name) for name, format in FORMATS.items()}
    filled = []
    for category in bibliography.catalog.categories:
        part = select(bibliography, Selection(categories=[category.slug]))
        if part.entries:
            filled.append((category, len(part.entries)))
            for name, format in FORMATS.items():
                path = f"{CATEGORIES}/{category.slug}.{format.ending}"
                if path in files:
                    raise SelectionError(
                        Fault("", f"{path} would be the file of two categories; give {category.slug!r} another slug")
                    )
                files[path] = render(part, name)
    return files | {INDEX: _index(bibliography, filled)}


def _index(bibliography: Bibliography, filled: list[tuple[Category, int]]) -> str:
    lines = [
        f"# {_line(bibliography.catalog.title)}: the bibliography",
        "",
        "Written by `llm4rs-bib export --all`; changes belong into the catalog.",
        "",
        "| file | format | for |",
        "| --- | --- | --- |",
    ]
    for name, format in FORMATS.items():
        path = f"{_WHOLE}.{format.ending}"
        lines.append(f"| [{path}]({path}) | {name} | {format.purpose} |")
    lines += ["", "| category | entries | files |", "| --- | ---: | --- |"]
    lines.append(_row(bibliography.catalog.title, len(bibliography.entries), _WHOLE))
    lines += (_row(category.title, count, f"{CATEGORIES}/{category.slug}") for category, count in filled)
    return "\n".join([*lines, ""])


def _row(title: str, count: int, stem: str) -> str:
    links = ", ".join(f"[{format.ending}]({stem}.{format.ending})" for format in FORMATS.values())
    return f"| {_line(title)} | {count} | {links} |"


def _line(title: str) -> str:
    return re.sub(r"[\\`*_\[\]<|]", r"\\\g<0>", " ".join(title.split()))
