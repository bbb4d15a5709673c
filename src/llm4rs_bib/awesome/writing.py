"""Categories and listings → an awesome list's Markdown: the other direction of `parse`."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain, pairwise
from typing import Any

from ..markdown import between_marks, references
from ..markdown import lines as lines_of
from ..model import Catalog, Category, Listing
from . import bullets, html
from .cells import COMMENT, Cell, cell_of
from .columns import BIBTEX, Roles, roles
from .replacing import replaced
from .rows import FIELDS, escaped_title, read_row, row_of

GENERATED = rf" ?\[{BIBTEX}\]\([^)\s]*#L\d+\)"  # its cells: not the list's own words
More = Callable[[Listing], str]  # what a further column shows for a listing


class Writer:
    """Writes lists, and collects what they cannot show: a line each."""

    def __init__(self, catalog: Catalog, more: tuple[str, More] | None = None) -> None:
        self._catalog = catalog
        self._more = more  # a further column: its heading, and its cells
        self._definitions = "\n".join(_definitions(catalog))
        self._references = references(self._definitions) if self._definitions else {}
        self.complaints: list[str] = []

    def markdown(self) -> str:
        """The whole list."""
        catalog = self._catalog
        heading = f"# {catalog.title}" if catalog.heading_markdown is None else catalog.heading_markdown
        parts = [catalog.text_above, heading, catalog.text_before]
        for category in catalog.categories:
            parts += self._section(category)
        return _joined([part.strip("\n") for part in parts if part and part.strip("\n")]) + "\n"

    def _section(self, category: Category) -> Iterator[str | None]:
        plain = f"{'#' * category.level} {category.heading}"
        yield plain if category.heading_markdown is None else category.heading_markdown
        before, indent = _parted(category.text_before or "") if category.columns else (category.text_before, "")
        yield before
        yield "\n".join(self._table(category, indent) if category.columns else self._bullets(category))
        yield category.text_after

    def _table(self, category: Category, indent: str) -> Iterator[str]:
        known = roles(category.columns, {**category.fields, **self._catalog.columns})
        self._complain_of_fields_without_column(category, known)
        more = [self._more[0]] if self._more else []
        yield indent + _line([*(_heading(heading, category.columns) for heading in category.columns), *more])
        align = category.align or ("-",) * len(category.columns)
        yield indent + _line([re.sub("-", "---", each) for each in (*align, *("-" for _ in more))])
        yield from _interleaved(category, [indent + self._row(listing, known) for listing in category.listings])

    def _row(self, listing: Listing, known: Roles) -> str:
        cells = cells_of(known, listing, self._references)
        if cells is None:
            cells = row_of(known, values_of(listing), listing.columns)
            shown = read_row(known, [Cell(cell, references=self._references) for cell in cells])
            self._complain(listing, shown, _shown(known))
        if self._more:
            comment = re.search(COMMENT, cells[-1])
            cells = [*cells[:-1], re.sub(COMMENT, "", cells[-1]), self._more[1](listing) + (comment[0] if comment else "")]
        return _line(cells)

    def _bullets(self, category: Category) -> Iterator[str]:
        above = ""
        for written in _interleaved(category, [self._bullet(listing) for listing in category.listings]):
            if above and not _kind(above) == _kind(written) != "paragraph":
                yield ""  # a paragraph would go on with the bullet above
            above = written
            yield written

    def _bullet(self, listing: Listing) -> str:
        text = bullet_text(listing, self._definitions)
        if text is None:
            text = listing.text or bullets.bullet_of(values_of(listing))
            self._complain(listing, _read(text, values_of(listing), self._definitions), FIELDS)
        if self._more and html.is_part(text):
            self.complaints.append(f"{listing.where}: {listing.id}: a row in HTML has no place for its {self._more[0]} link")
            return text
        return _with_link(text, self._more[1](listing)) if self._more else text

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


def _parted(text_before: str) -> tuple[str, str]:
    """The text before a table, and the white space that its lines begin with."""
    text, _, indent = text_before.rpartition("\n")
    return (text_before, "") if indent.strip() else (text, indent)


def _shown(known: Roles) -> list[str]:
    """The fields that a table's columns show."""
    return [name for name in FIELDS if any(name in fields for fields in known.values())]


def values_of(listing: Listing) -> dict[str, str]:
    """The fields of a listing that a row or a bullet may show, empty ones left out."""
    return {name: value for name in FIELDS if (value := getattr(listing, name))}


def cells_of(known: Roles, listing: Listing, references: Mapping[str, Any] | None = None) -> list[str] | None:
    """The cells of a listing's row; None if no cells can be read as its fields. `references`: as in markdown."""
    values = values_of(listing)
    wanted = {name: value for name, value in values.items() if name in _shown(known)}

    def read(cells: Sequence[str]) -> dict[str, str]:
        return read_row(known, [Cell(cell, references=references) for cell in cells])

    for form in (values, escaped_title(values)):
        cells = row_of(known, form, listing.columns)
        if read(cells) == wanted:
            return cells
    fields = list(known.values())
    return replaced(cells, read, lambda i, some: cell_of(fields[i], some) if fields[i] else None, wanted)


def bullet_text(listing: Listing, definitions: str = "") -> str | None:
    """A listing's bullet; None if no text can be read as its fields."""
    wanted = values_of(listing)
    text = listing.text or bullets.bullet_of(wanted)
    if _read(text, wanted, definitions) == wanted:
        return text
    if html.is_part(text):
        return None
    made = replaced([text], lambda parts: read_bullet(parts[0], definitions), _bullet_for, wanted)
    return made[0] if made else None


def _read(text: str, wanted: Mapping[str, str], definitions: str) -> dict[str, str]:
    return html.shown(text, wanted) if html.is_part(text) else read_bullet(text, definitions)


def _bullet_for(_: int, values: Mapping[str, str]) -> str | None:
    return bullets.bullet_of(values) if "title" in values else None


def read_bullet(text: str, definitions: str = "") -> dict[str, str]:
    """The fields of a bullet alone. `definitions`: those of links, which stand elsewhere in the list."""
    indent = len(text) - len(text.lstrip(" \t"))
    flush = "\n".join(line[indent:] if not line[:indent].strip() else line for line in lines_of(text))
    return bullets.fields_of(flush, definitions)


def _definitions(catalog: Catalog) -> Iterator[str]:
    """The lines that say where links lead that are written as [words][name]."""
    texts = [
        catalog.text_above,
        catalog.text_before,
        *(text for each in catalog.categories for text in (each.text_before, each.text_after)),
    ]
    for text in filter(None, texts):
        yield from re.findall(r"(?m)^ {0,3}\[[^\]]+\]:[ \t]*\S+.*$", text)


def _interleaved(category: Category, rows: Sequence[str]) -> Iterator[str]:
    """The rows, and behind each what is no listing."""
    left = dict(category.unread)
    yield from filter(None, [left.pop("", "")])
    for listing, row in zip(category.listings, rows, strict=True):
        yield row
        yield from filter(None, [left.pop(listing.id, "")])
    yield from left.values()  # behind listings that are gone


def _joined(parts: Sequence[str]) -> str:
    """The parts with empty lines between them, but none within HTML."""
    gaps = ("\n" if _kind(one.rpartition("\n")[2]) == _kind(other) == "html" else "\n\n" for one, other in pairwise(parts))
    return "".join(chain.from_iterable(zip(parts, [*gaps, ""], strict=True)))


def _with_link(text: str, link: str) -> str:
    """A bullet with a further link at the end of its first line, before what makes Markdown break the line."""
    first, newline, rest = text.partition("\n")
    words = first.rstrip(" \\") if newline else first
    return f"{words} {link}{first[len(words) :]}{newline}{rest}"


def _kind(text: str) -> str:
    """What a text is: nothing but bullets and lines indented under them; HTML, which an empty line would end; or more."""
    if re.match(r"(?i)\s*</?(?:t[rdh]|thead|tbody|table|li|[uo]l)\b", text):
        return "html"
    are_bullets = all(re.match(r"\s*(?:[-+*]|\d{1,9}[.)])(?:\s|$)| ", line) for line in text.split("\n"))
    return "bullets" if are_bullets else "paragraph"


def _line(cells: Sequence[str]) -> str:
    """A table's line; a pipe in a cell, and a line's end, would end it."""
    written = (re.sub(rf"(?!{COMMENT})\|", r"\|", re.sub(r"\s*\n\s*", "<br>", cell)) for cell in cells)
    return f"| {' | '.join(written)} |"


def _heading(heading: str, columns: Sequence[str]) -> str:
    """The heading as the list has it: numbers part those that come twice."""
    match = re.fullmatch(r"(.*) \((\d+)\)", heading)
    return match[1] if match and match[1] in columns else heading


def rewritten(lines: str, columns: Sequence[str], known: Roles, old: Listing, new: Listing) -> str | None:
    """A row or a bullet as it stands in a list, with the fields of `new` in place of those of `old`; None if it cannot be done.

    `columns` and `known`: of its table; none for a bullet. All that the fields do not say stays, padding too.
    """
    if not columns:
        return bullet_text(replace(new, text=lines))
    parts = re.split(r"(?<!\\)(\|)", lines)  # cells, and between them their bars
    first = 2 if not parts[0].strip() else 0
    last = len(parts) - 1 if not parts[-1].strip() else len(parts)
    cells = [cell.strip().replace("\\|", "|") for cell in parts[first:last:2]]
    cells = [*cells, *[""] * len(columns)][: len(columns)]
    same = [heading for heading in columns if new.columns.get(heading) == old.columns.get(heading)]
    kept = {heading: cell for heading, cell in zip(columns, cells, strict=True) if heading in same}
    made = cells_of(known, replace(new, columns={**new.columns, **kept}))
    if made is None:
        return None
    for i, (before, after) in enumerate(zip(cells, made, strict=True)):
        place = first + 2 * i
        if before != after and place >= last:
            return None
        if before != after:
            parts[place] = _filled(parts[place], after.replace("|", "\\|"))
    return "".join(parts)


def _filled(room: str, cell: str) -> str:
    """A cell in the room that another had, if it is wide enough."""
    if not room.strip():
        return f" {cell} ".ljust(len(room))
    begin, end = len(room) - len(room.lstrip()), len(room) - len(room.rstrip())
    return f"{room[:begin]}{cell}{' ' * min(end, 1)}".ljust(len(room) if end else 0)


def in_place(text: str, markdown: str) -> str | None:
    """The text with the list between its two marks; lines that say the same stay as they were. None without both marks."""
    parts = between_marks(text)
    if not parts:
        return None
    before, inside, after = parts
    newline = "\r\n" if "\r\n" in text else "\n"
    known = {_squeezed(line): line for line in lines_of(inside)}
    lines = [known.get(_squeezed(line), line) if line.strip() else "" for line in markdown.rstrip("\n").split("\n")]
    return newline.join([before.removesuffix("\r"), *lines, after])


def _squeezed(line: str) -> str:
    """What tells lines apart: the words, not their distance, nor how long a table's rules are."""
    return re.sub(r"-{3,}", "---", re.sub(r"\s+", "", line)) + ("" if line.lstrip() == line else " ")
