"""Items put into a YAML file that a person wrote, or taken out of it: whole lines, and every other byte stays."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple

from ..errors import CatalogError, Fault
from ..model import Category, Listing
from .lists import plain
from .marks import Marks, Values, as_read, items_of, lines_of, name_of, newline_of, values, written
from .yamltree import Fields, Items, Node, Scalar, YamlError, read

_BRACKETS = "the list stands in brackets; write one item a line, each beginning with '- '"


class Block(NamedTuple):
    """An item as it stands in a file."""

    name: str
    lines: tuple[str, ...]  # without their ends and the item's indentation; comments directly above it belong to it
    says: Values


def insert(text: str, new: Iterable[tuple[Listing | Category | Block, str | None]]) -> str:
    """The file's text with listings (or categories) put each behind the one with the id (or slug) beside it, first if None.

    CatalogError if there is no way to put a line between without changing what stands there.
    """
    mark, body = _without_mark(text)
    lines = _Lines(body)
    added: dict[str, Values] = {}
    for value, after in new:
        block = value if isinstance(value, Block) else _block(value)
        added[block.name] = block.says
        lines.insert(block, after)
    result = lines.text()
    found = _says(result)
    if [each for each in found if each[0] not in added] != _says(body) or dict(found) != dict(_says(body)) | added:
        raise CatalogError(Fault("", "a row cannot be put between without changing others; end the file with an empty line"))
    return mark + result


def cut(text: str, names: Collection[str], *, with_comments: bool = True) -> tuple[str, Mapping[str, Block]]:
    """The file's text without the items of these ids (or slugs), and these.

    The comments directly above an item go with it, if they are to. CatalogError if its lines cannot go without changing others.
    """
    mark, body = _without_mark(text)
    marks = Marks(body)
    items = items_of(marks.tree) or Items()
    if names and items.flow:
        raise CatalogError(Fault("", _BRACKETS))
    pieces, at = [], 0
    blocks = {}
    for item in items:
        if (name := name_of(item)) in names:
            start, end = _extent(marks, item, items.column, with_comments=with_comments)
            pieces.append(body[at:start])
            lines = re.split(r"\r\n|[\r\n]", body[start:end].removesuffix("\n").removesuffix("\r"))
            blocks[name] = Block(name, tuple(re.sub(rf"\A {{0,{items.column}}}", "", line) for line in lines), values(item))
            at = end
    result = "".join([*pieces, body[at:]])
    if _says(result) != [each for each in _says(body) if each[0] not in blocks]:
        raise CatalogError(Fault("", f"{', '.join(blocks)} cannot be taken out without changing others; do it by hand"))
    return mark + result, blocks


def _without_mark(text: str) -> tuple[str, str]:
    return ("\ufeff", text[1:]) if text.startswith("\ufeff") else ("", text)


def _says(text: str) -> list[tuple[str, Values]]:
    """What the items of a file say, by name; nothing, if it is no YAML."""
    try:
        return [(name_of(item), values(item)) for item in items_of(read(text)) or ()]
    except YamlError:
        return []


def _block(value: Listing | Category) -> Block:
    data = plain(value)
    name = value.id if isinstance(value, Listing) else value.slug
    return Block(name, tuple(written([data]).split("\n")), as_read(data))


def _extent(marks: Marks, item: Node, column: int, *, with_comments: bool) -> tuple[int, int]:
    """Where the item's lines begin and end; a comment below that stands deeper than its dash is inside it."""
    start, end = marks.line_start(marks.span(item).start), marks.behind(item)
    while not re.compile(r" *-(?=\s)").match(marks.text, start):  # the dash stands above
        start = marks.line_start(start - 1)
    while re.compile(rf" {{{column + 1},}}#").match(marks.text, end):
        end = marks.line_end(end + 1)
    above = start
    while with_comments and above and re.compile(rf" {{0,{column}}}#").match(marks.text, before := marks.line_start(above - 1)):
        above = before
    return (above or start), end  # comments at the very top are the file's own


class _Lines:
    """The lines of a file, and what is to come behind which of them."""

    def __init__(self, text: str) -> None:
        self._newline = newline_of(text)
        self._lines = lines_of(text)
        self._new: dict[int, list[str]] = {}
        tree = read(text)
        items = items_of(tree)
        self._indent = ""
        self._first = len(self._lines)
        self._behind: dict[str | None, int] = {}
        if items:
            self._read(items)
        elif items is not None:
            self._drop_brackets(items)
        elif isinstance(tree, Fields):
            self._begin_categories(tree)

    def _read(self, items: Items) -> None:
        if items.flow:
            raise CatalogError(Fault("", _BRACKETS))
        self._indent, self._first = " " * items.column, items.line - 1
        for item in items:
            if isinstance(item, Fields):
                self._behind[name_of(item)] = item.last_line

    def _begin_categories(self, tree: Fields) -> None:
        """Go behind an empty `categories:`, or write one at the end."""
        if Scalar("categories") not in tree:
            self._end_last_line()
            self._lines.append(f"categories:{self._newline}")
            self._first += 1
            return
        line = next(key.line for key in tree if key == "categories")
        self._lines[line - 1] = re.sub(r"(?<=:)[ \t]*(?:~|null)[ \t]*(?=[\r\n]|$)", "", self._lines[line - 1])
        if not self._lines[line - 1].endswith("\n"):
            self._lines[line - 1] += self._newline
        self._first = line

    def _drop_brackets(self, items: Items) -> None:
        """Make `[]` ready for items on lines of their own."""
        line = self._lines[items.line - 1].rstrip()
        if not line.endswith("[]"):
            raise CatalogError(Fault("", _BRACKETS))
        kept = line.removesuffix("[]").rstrip()
        self._lines[items.line - 1 : items.line] = [kept + self._newline] if kept else []
        self._first = items.line - (not kept)

    def insert(self, block: Block, after: str | None) -> None:
        """Put the item's lines behind another item."""
        at = self._behind.get(after, self._first)
        self._new.setdefault(at, []).extend(
            f"{self._indent}{line}{self._newline}" if line else self._newline for line in block.lines
        )
        self._behind[block.name] = at

    def _end_last_line(self) -> None:
        if self._lines and not self._lines[-1].endswith("\n"):
            self._lines[-1] += self._newline

    def text(self) -> str:
        if len(self._lines) in self._new:
            self._end_last_line()
        pieces = list(self._new.get(0, ()))
        for number, line in enumerate(self._lines, start=1):
            pieces.append(line)
            pieces.extend(self._new.get(number, ()))
        return "".join(pieces)
