"""Tables and lists in HTML → their rows and items, which keep their lines as they are written.

https://html.spec.whatwg.org/multipage/tables.html
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser
from itertools import accumulate, pairwise, takewhile

from markdown_it.token import Token

from ..markdown import pieces
from .cells import Cell
from .details import Item
from .phrases import Line
from .rows import read_row
from .tables import Row, Table, distinct, understand

_MARKDOWN = r"([\\`*_\[\]~])"  # signs that are none in HTML
_OF_TABLE, _OF_LIST = ("tr", "td", "th"), ("ul", "ol", "li")
_BEGIN = r"(?i)<(table|ul|ol)\b"
_MOST = 50  # columns or rows that a cell may span


@dataclass
class _Cell:
    """A cell, or an item of a list: what is written in it, and how many rows and columns it spans."""

    source: str
    rows: int = 1
    columns: int = 1
    is_heading: bool = False


@dataclass
class _Part:
    """A row or an item: its lines (`end` is the line behind), and its cells."""

    begin: int
    end: int = 0
    cells: list[_Cell] = field(default_factory=list)


@dataclass(frozen=True)
class Region:
    """The lines of a table or list, and its rows as items of a list."""

    begin: int
    end: int
    items: tuple[Item, ...]

    @property
    def has_papers(self) -> bool:
        """Whether any of them was read as a paper."""
        return any(item.values for item in self.items)


def regions(tokens: Sequence[Token], lines: Sequence[str], told: Mapping[str, str]) -> Iterator[Region]:
    """The tables and lists in HTML at the top of a text that hold papers. `told`: what a person said that columns hold."""
    for name, begin, end in _extents(tokens, lines):
        parts = _Reader("\n".join(lines[begin:end]), begin, is_table=name == "table").parts
        if all(one.end <= other.begin for one, other in pairwise(parts)):  # each has lines of its own
            yield Region(begin, end, tuple(_rows(parts, told) if name == "table" else _items(parts)))


def _extents(tokens: Sequence[Token], lines: Sequence[str]) -> Iterator[tuple[str, int, int]]:
    """The names of such elements, and their lines: to the end tag, whatever Markdown makes of what stands between."""
    at = 0
    for token in tokens:
        begin, end = token.map or (0, 0)
        at = max(at, begin)
        while token.type == "html_block" and token.level == 0 and at < end:
            found = re.search(_BEGIN, lines[at])
            behind = _behind(found[1], at, lines) if found else None
            if found and behind:
                yield found[1].lower(), at, behind
            at = behind or at + 1


def _behind(name: str, begin: int, lines: Sequence[str]) -> int | None:
    """The line behind the end tag of an element that begins in a line."""
    depth = 0
    for at in range(begin, len(lines)):
        depth += sum(-1 if closing else 1 for closing in re.findall(rf"(?i)<(/?){name}\b", lines[at]))
        if depth <= 0:
            return at + 1
    return None


class _Reader(HTMLParser):
    """The parts of one table or list; what is nested in a table's cell belongs to the cell."""

    def __init__(self, html: str, line: int, *, is_table: bool) -> None:
        super().__init__(convert_charrefs=False)
        self.parts: list[_Part] = []
        self._html, self._line, self._is_table = html, line, is_table
        self._starts = list(accumulate((len(each) + 1 for each in html.split("\n")), initial=0))
        self._depth = 0
        self._from: int | None = None  # where the cell's content begins
        self._attributes: dict[str, str | None] = {}
        self._tag = ""
        try:
            self.feed(html)
            self.close()
        except AssertionError:  # of Python's parser before 3.14, at "<![x"
            self.parts.clear()

    def _at(self) -> int:
        line, column = self.getpos()
        return self._starts[line - 1] + column

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A row, a cell or an item begins, and ends the one before."""
        if tag == "table":
            self._depth += 1
        if self._depth > 1 or tag not in (_OF_TABLE if self._is_table else _OF_LIST):
            return
        self._end_cell()
        if tag in ("tr", "li"):
            self.parts.append(_Part(self._line + self.getpos()[0] - 1))
        if tag in ("td", "th", "li") and self.parts:
            self._tag, self._attributes = tag, dict(attrs)
            self._from = self._at() + len(self.get_starttag_text() or "")

    def handle_endtag(self, tag: str) -> None:
        """A cell or an item ends."""
        if tag == "table":
            self._depth -= 1
        if self._depth <= 1 and tag in (*(_OF_TABLE if self._is_table else _OF_LIST), "table"):
            self._end_cell()
            if self.parts and tag == "tr":
                self.parts[-1].end = self._line + self.getpos()[0]

    def _end_cell(self) -> None:
        if self._from is not None:
            part, source = self.parts[-1], self._html[self._from : self._at()]
            spans = (self._attributes.get(name) or "1" for name in ("rowspan", "colspan"))
            rows, columns = (min(int(each), _MOST) if each.isdecimal() else 1 for each in spans)
            part.cells.append(_Cell(source, max(rows, 1), max(columns, 1), self._tag == "th"))
            last = self._from + len(source.rstrip()) - 1
            part.end = max(part.end, self._line + bisect_right(self._starts, last))
        self._from = None


def _markdown(source: str) -> str:
    """A cell's HTML, on one line, as Markdown; Markdown in it, which stands behind an empty line, stays what it is."""
    if not re.search(r"\]\(|\n\s*\n", source):
        source = "".join(
            part if part.startswith("<") else re.sub(_MARKDOWN, r"\\\1", part) for part in re.split(r"(<[^>]*>)", source)
        )
    return " ".join(source.split())


def _items(parts: Sequence[_Part]) -> Iterator[Item]:
    for part in parts:
        yield Item(part.begin, part.end, lines=[Line(pieces(_markdown(cell.source))) for cell in part.cells])


def _rows(parts: Sequence[_Part], told: Mapping[str, str]) -> list[Item]:
    """The rows of a table of papers, each with its fields; none if the table lists something else."""
    grid = list(_grid(parts))
    width = max(map(len, grid), default=0)
    for row in grid:
        row.extend([""] * (width - len(row)))
    spanned = max((cell.rows for cell in parts[0].cells), default=1) if parts else 0
    head = len(list(takewhile(_is_heading, parts[:spanned])))
    columns = [Cell(_markdown(each)).words for each in grid[head - 1]] if head else [""] * width
    table = Table(0, 0, distinct(columns))
    table.rows = [
        Row(part.begin, [Cell(_markdown(each)) for each in row]) for part, row in zip(parts[head:], grid[head:], strict=True)
    ]
    understand(table, told)
    if not table.has_papers:
        return []
    return [
        Item(part.begin, part.end, "row", values=_values(table, row) if len(part.cells) > 1 or width == 1 else {})
        for part, row in zip(parts[head:], table.rows, strict=True)  # one cell across all columns is no paper's
    ]


def _values(table: Table, row: Row) -> dict[str, str]:
    values = read_row(table.roles, row.cells)
    return values if "title" in values else {}


def _is_heading(part: _Part) -> bool:
    return all(cell.is_heading or not re.search(r"(?i)<a\b|\]\(", cell.source) for cell in part.cells)


def _grid(parts: Sequence[_Part]) -> Iterator[list[str]]:
    """The cells of each row by columns; of one that spans several, all but the first are empty."""
    taken: Counter[int] = Counter()  # column → in how many more rows a cell of a row above stands
    for part in parts:
        row: list[str] = []
        above, taken = taken, Counter({column: rows - 1 for column, rows in taken.items() if rows > 1})
        for cell in part.cells:
            while above[len(row)]:
                row.append("")
            taken.update({len(row) + i: cell.rows - 1 for i in range(cell.columns)})
            row += [cell.source, *[""] * (cell.columns - 1)]
        yield row


def is_part(text: str) -> bool:
    """Whether a text is a row or an item in HTML."""
    return re.match(r"(?i)\s*<(?:tr|li)\b", text) is not None


def shown(text: str, wanted: Mapping[str, str]) -> dict[str, str]:
    """Those of the wanted fields that stand in such a text; without its headings no more can be told."""
    words = Cell(_markdown(text)).words
    source = " ".join(text.split())
    return {name: value for name, value in wanted.items() if value in (source if name in ("link", "code") else words)}
