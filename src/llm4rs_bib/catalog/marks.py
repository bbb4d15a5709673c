"""A YAML text with the place of each of its nodes: what editing it in place needs."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping
from itertools import accumulate
from typing import Any, NamedTuple

from .yamltree import Fields, Items, Node, Plain, Reader, Scalar, write

_BREAK = r"\r\n|[\n\r\x85\u2028\u2029]"  # as YAML 1.1 and libyaml count lines
_BLANK = " \r\n\x85\u2028\u2029"
_HEADER = r"[|>][-+0-9]*"  # of a block scalar; with "+", empty lines at its end count
_COMMENT = r"#[^\n\r\x85\u2028\u2029]*"

Values = str | None | list["Values"] | dict[str, "Values"]


def lines_of(text: str) -> list[str]:
    """The lines with their ends."""
    return [line for line in re.findall(rf"(?s).*?(?:{_BREAK}|\Z)", text) if line]


def newline_of(text: str) -> str:
    """What the lines of the file end with."""
    return "\r\n" if "\r\n" in text else "\n"


def values(node: Node | None) -> Values:
    """What a tree says, null apart from text."""
    if isinstance(node, Fields):
        return {str(key): values(value) for key, value in node.items()}
    if isinstance(node, Items):
        return [values(item) for item in node]
    return None if node is None or node.null else str(node)


def as_read(data: Plain) -> Values:
    """What a tree says of data that were written."""
    if isinstance(data, Mapping):
        return {key: as_read(each) for key, each in data.items()}
    return data if isinstance(data, str | None) else [as_read(each) for each in data]


def items_of(tree: Node | None) -> Items | None:
    """The listings of a category's file, or the categories of catalog.yaml."""
    items = tree.get(Scalar("categories")) if isinstance(tree, Fields) else tree
    return items if isinstance(items, Items) else None


def name_of(item: Node) -> str:
    """The id of a listing, or the slug of a category; empty for what is neither."""
    return str(item.get(Scalar("id"), item.get(Scalar("slug")))) if isinstance(item, Fields) else ""


def written(data: Plain) -> str:
    """The data as YAML to stand among other lines, without the end of its last line."""
    return re.sub(r"(?<=\n)\.\.\.\n\Z", "", write(data))[:-1]  # the mark behind empty lines that count


class Span(NamedTuple):
    """Where a node stands: indexes into the text."""

    start: int
    end: int
    last: int  # where the last scalar in it begins: its own start, if it is one


class Marks(Reader):
    """A text that `read` takes, its tree, and the place of each node in it."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.text = text
        self._starts = [0, *accumulate(map(len, lines_of(text)))]
        self._spans: dict[int, Span] = {}
        self._end = self._last = 0
        self.tree = self.document()

    def _scalar(self, event: Any) -> Scalar:
        node = super()._scalar(event)
        self._last, self._end = event.start_mark.index, event.end_mark.index
        self._spans[id(node)] = Span(self._last, self._end, self._last)
        return node

    def _items(self, event: Any) -> Items:
        node = super()._items(event)
        self._spans[id(node)] = Span(event.start_mark.index, self._end, self._last)
        return node

    def _fields(self, event: Any) -> Fields:
        node = super()._fields(event)
        self._spans[id(node)] = Span(event.start_mark.index, self._end, self._last)
        return node

    def _close(self, event: Any, flow: bool) -> None:
        super()._close(event, flow)
        if flow:
            self._end = event.end_mark.index

    def span(self, node: Node) -> Span:
        """Where the node stands; in blocks, its end is that of its last value."""
        return self._spans[id(node)]

    def is_flow(self, node: Node) -> bool:
        """Whether the node stands in brackets or braces of its own."""
        return not isinstance(node, Scalar) and self.text[self.span(node).start] in "[{"

    def line_start(self, index: int) -> int:
        """Where the line begins that holds the index."""
        return self._starts[bisect_right(self._starts, index) - 1]

    def line_end(self, index: int) -> int:
        """Where the next line begins; the index itself, if it is the beginning of a line."""
        return self._starts[bisect_left(self._starts, index)]

    def begins_line(self, index: int) -> bool:
        """Whether a line may begin here: at the end of the text, if its last line is ended."""
        return not index or re.fullmatch(_BREAK, self.text[index - 1]) is not None

    def column(self, index: int) -> int:
        """How far the index is from the beginning of its line."""
        return index - self.line_start(index)

    def behind(self, node: Node) -> int:
        """Where the first line behind the node begins. Empty lines behind a block scalar are its own only if they count."""
        span = self.span(node)
        end = self.line_end(span.end)
        header = re.compile(_HEADER).match(self.text, span.last)
        if header and "+" not in header[0]:
            while not self.text[(before := self.line_start(end - 1)) : end].strip(_BLANK):
                end = before
        return end

    def end(self, node: Node) -> int:
        """Where the node ends, without the end of its last line."""
        if not re.compile(_HEADER).match(self.text, self.span(node).last):
            return self.span(node).end
        behind = self.behind(node)
        return behind - len(re.search(rf"(?:{_BREAK})?\Z", self.text[behind - 2 : behind])[0])  # type: ignore[index]  # \Z

    def comments(self, start: int, end: int, *nodes: Node) -> list[str]:
        """The comments between two places, where these nodes stand."""
        pieces, at = [], start
        for span in sorted(self.span(each) for node in nodes for each in _scalars(node)):
            pieces.append(self.text[at : span.start])
            at = span.end
            if header := re.compile(_HEADER).match(self.text, span.start):  # a comment may stand behind it
                pieces.append(self.text[header.end() : self.line_end(header.end())])
        return re.findall(_COMMENT, "\n".join([*pieces, self.text[at:end]]))


def _scalars(node: Node) -> Iterator[Scalar]:
    if isinstance(node, Fields):
        for key, value in node.items():
            yield key
            yield from _scalars(value)
    elif isinstance(node, Items):
        for item in node:
            yield from _scalars(item)
    else:
        yield node
