"""New rows put into a YAML file that a person wrote: whole lines go in, every other byte stays."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ..errors import CatalogError, Fault
from ..model import Category, Listing
from .lists import plain
from .yamltree import Fields, Items, Node, Plain, Scalar, YamlError, read, write

_LINE = r"(?s).*?(?:\r\n|[\n\r\x85\u2028\u2029]|\Z)"  # as YAML 1.1 and libyaml count lines
_BRACKETS = "the list stands in brackets; write one item a line, each beginning with '- '"


def insert(text: str, new: Iterable[tuple[Listing | Category, str | None]]) -> str:
    """The file's text with listings (or categories) put each behind the one with the id (or slug) beside it, first if None.

    CatalogError if there is no way to put a line between without changing what stands there.
    """
    mark, body = ("\ufeff", text[1:]) if text.startswith("\ufeff") else ("", text)
    lines = _Lines(body)
    names = set()
    for value, after in new:
        name = value.id if isinstance(value, Listing) else value.slug
        names.add(name)
        lines.insert(plain(value), name, after)
    result = mark + lines.text()
    if not _is_sound(result, lines.before, names):
        raise CatalogError(Fault("", "a row cannot be put between without changing others; end the file with an empty line"))
    return result


def _is_sound(text: str, before: list[Node], new: set[str]) -> bool:
    """Whether the text has the items that it had, and the new ones besides."""
    try:
        found = _items(text) or ()
    except YamlError:
        return False
    return [each for each in found if _name(each) not in new] == before and len(found) == len(before) + len(new)


def _items(text: str) -> Items | None:
    tree = read(text)
    items = tree.get(Scalar("categories")) if isinstance(tree, Fields) else tree
    return items if isinstance(items, Items) else None


def _name(item: Node) -> str | None:
    return str(item.get(Scalar("id"), item.get(Scalar("slug")))) if isinstance(item, Fields) else None


class _Lines:
    """The lines of a file, and what is to come behind which of them."""

    def __init__(self, text: str) -> None:
        self._newline = "\r\n" if "\r\n" in text else "\n"
        self._lines = [line for line in re.findall(_LINE, text) if line]
        self._new: dict[int, list[str]] = {}
        items = _items(text)
        self.before: list[Node] = list(items or ())
        self._indent = ""
        self._first = len(self._lines)
        self._behind: dict[str | None, int] = {}
        if items:
            self._read(items)
        elif items is not None:
            self._drop_brackets(items)
        elif isinstance(tree := read(text), Fields):
            self._begin_categories(tree)

    def _read(self, items: Items) -> None:
        if items.flow:
            raise CatalogError(Fault("", _BRACKETS))
        self._indent, self._first = " " * items.column, items.line - 1
        for item in items:
            if isinstance(item, Fields):
                self._behind[_name(item)] = item.last_line

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

    def insert(self, value: Plain, name: str, after: str | None) -> None:
        at = self._behind.get(after, self._first)
        block = write([value]).rstrip("\n").split("\n")
        self._new.setdefault(at, []).extend(f"{self._indent}{line}{self._newline}" if line else self._newline for line in block)
        self._behind[name] = at

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
