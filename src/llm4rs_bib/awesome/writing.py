"""Categories and listings → an awesome list's Markdown: the other direction of `parse`."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

from ..markdown import escaped, parser
from ..markdown import lines as lines_of
from ..model import Catalog, Category, Listing
from . import bullets
from .cells import Cell, cell_of
from .columns import Roles, roles
from .replacing import replaced
from .rows import FIELDS, read_row, row_of

More = Callable[[Listing], str]  # what a further column shows for a listing


class Writer:
    """Writes lists, and collects what they cannot show: a line each."""

    def __init__(self, catalog: Catalog, more: tuple[str, More] | None = None) -> None:
        self._catalog = catalog
        self._more = more  # a further column: its heading, and its cells
        self.complaints: list[str] = []

    def markdown(self) -> str:
        """The whole list."""
        catalog = self._catalog
        heading = f"# {catalog.title}" if catalog.heading_markdown is None else catalog.heading_markdown
        parts = [catalog.text_above, heading, catalog.text_before]
        for category in catalog.categories:
            parts += self._section(category)
        return "\n\n".join(part.strip("\n") for part in parts if part and part.strip("\n")) + "\n"

    def _section(self, category: Category) -> Iterator[str | None]:
        plain = f"{'#' * category.level} {category.heading}"
        yield plain if category.heading_markdown is None else category.heading_markdown
        yield category.text_before
        yield "\n".join(self._table(category) if category.columns else self._bullets(category))
        yield category.text_after

    def _table(self, category: Category) -> Iterator[str]:
        known = roles(category.columns, {**category.fields, **self._catalog.columns})
        self._complain_of_fields_without_column(category, known)
        more = [self._more[0]] if self._more else []
        yield _line([*(_heading(heading, category.columns) for heading in category.columns), *more])
        align = category.align or ("-",) * len(category.columns)
        yield _line([re.sub("-", "---", each) for each in (*align, *("-" for _ in more))])
        yield from _interleaved(category, [self._row(listing, known) for listing in category.listings])

    def _row(self, listing: Listing, known: Roles) -> str:
        cells = cells_of(known, listing)
        if cells is None:
            cells = row_of(known, values_of(listing), listing.columns)
            self._complain(listing, read_row(known, [Cell(cell) for cell in cells]), _shown(known))
        return _line([*cells, *([self._more[1](listing)] if self._more else [])])

    def _bullets(self, category: Category) -> Iterator[str]:
        above = ""
        for written in _interleaved(category, [self._bullet(listing) for listing in category.listings]):
            if above and not re.match(r"\s*(?:[-+*]|\d+[.)])(?:\s|$)", written):
                yield ""  # a paragraph, which would go on with the bullet above
            above = written
            yield written

    def _bullet(self, listing: Listing) -> str:
        text = bullet_text(listing)
        if text is None:
            text = listing.text or bullets.bullet_of(values_of(listing))
            self._complain(listing, read_bullet(text), FIELDS)
        return f"{text} {self._more[1](listing)}" if self._more and "\n" not in text else text

    def _complain_of_fields_without_column(self, category: Category, known: Roles) -> None:
        for name in FIELDS:
            if name not in _shown(known) and (hidden := [each.id for each in category.listings if getattr(each, name)]):
                self.complaints.append(f"category {category.slug}: no column shows the {name} of {', '.join(hidden)}")

    def _complain(self, listing: Listing, shown: Mapping[str, str], names: Collection[str]) -> None:
        for name in names:
            wanted = getattr(listing, name)
            if wanted != shown.get(name):
                where = f"{listing.where}: {listing.id}"
                self.complaints.append(f"{where}: the list cannot show its {name} {wanted!r}; it shows {shown.get(name)!r}")


def _shown(known: Roles) -> list[str]:
    """The fields that a table's columns show."""
    return [name for name in FIELDS if any(name in fields for fields in known.values())]


def values_of(listing: Listing) -> dict[str, str]:
    """The fields of a listing that a row or a bullet may show, empty ones left out."""
    return {name: value for name in FIELDS if (value := getattr(listing, name))}


def cells_of(known: Roles, listing: Listing) -> list[str] | None:
    """The cells of a listing's row; None if no cells can be read as its fields."""
    values = values_of(listing)
    wanted = {name: value for name, value in values.items() if name in _shown(known)}

    def read(cells: Sequence[str]) -> dict[str, str]:
        return read_row(known, [Cell(cell) for cell in cells])

    for form in (values, {name: escaped(value) if name == "title" else value for name, value in values.items()}):
        cells = row_of(known, form, listing.columns)
        if read(cells) == wanted:
            return cells
    fields = list(known.values())
    return replaced(cells, read, lambda i, some: cell_of(fields[i], some) if fields[i] else None, wanted)


def bullet_text(listing: Listing) -> str | None:
    """A listing's bullet; None if no text can be read as its fields."""
    wanted = values_of(listing)
    text = listing.text or bullets.bullet_of(wanted)
    if read_bullet(text) == wanted:
        return text
    made = replaced([text], lambda parts: read_bullet(parts[0]), lambda _, some: bullets.bullet_of(some), wanted)
    return made[0] if made else None


def read_bullet(text: str) -> dict[str, str]:
    """The fields of a bullet alone."""
    indent = len(text) - len(text.lstrip(" "))
    text = "\n".join(line[indent:] if line[:indent].isspace() else line for line in lines_of(text))
    found = [bullet for bullet in bullets.read(parser().parse(text), list(lines_of(text))) if bullet.values]
    return dict(found[0].values) if len(found) == 1 else {}


def _interleaved(category: Category, rows: Sequence[str]) -> Iterator[str]:
    """The rows, and behind each what is no listing."""
    left = dict(category.unread)
    yield from filter(None, [left.pop("", "")])
    for listing, row in zip(category.listings, rows, strict=True):
        yield row
        yield from filter(None, [left.pop(listing.id, "")])
    yield from left.values()  # behind listings that are gone


def _line(cells: Sequence[str]) -> str:
    """A table's line; a pipe in a cell, and a line's end, would end it."""
    written = (re.sub(r"\s*\n\s*", "<br>", cell).replace("|", "\\|") for cell in cells)
    return f"| {' | '.join(written)} |"


def _heading(heading: str, columns: Sequence[str]) -> str:
    """The heading as the list has it: numbers part those that come twice."""
    match = re.fullmatch(r"(.*) \((\d+)\)", heading)
    return match[1] if match and match[1] in columns else heading
