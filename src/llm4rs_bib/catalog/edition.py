"""Fields changed in a YAML file that a person wrote: the bytes of what changes, and no others."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import fields
from typing import NoReturn

from ..errors import CatalogError, Fault
from ..model import Category, Listing
from .marks import Marks, Values, as_read, items_of, name_of, newline_of, values, written
from .yamltree import Fields, Items, Node, Plain, Scalar, YamlError, read

Wanted = Mapping[str, Plain]  # field → its new value, None for none
Changes = Mapping[str, Wanted]  # by id or slug; "" for the file's own fields

_OWN = ("format", "title", "heading_markdown", "text_above", "text_before", "columns", "venues", "categories")
_ORDER = (*(each.name for each in fields(Listing)), *(each.name for each in fields(Category)))


def edit(text: str, changes: Changes, name: str) -> str:
    """The text of a file with fields of its items changed; `name` is the file's, for messages.

    CatalogError if one of them cannot be changed without touching what stands around it.
    """
    mark, body = ("\ufeff", text[1:]) if text.startswith("\ufeff") else ("", text)
    result = _edited(body, changes, name)
    if _says(result) != _expected(body, changes):
        message = f"{_culprit(body, changes, name)} cannot be changed without touching what stands around it; change it by hand"
        raise CatalogError(Fault(name, message))
    return mark + result


def _edited(text: str, changes: Changes, name: str) -> str:
    edits = _Edits(text, name)
    for each, wanted in changes.items():
        edits.change(edits.nodes[each], wanted, _ORDER if each else _OWN)
    return edits.result()


def _says(text: str) -> Values:
    try:
        return values(read(text))
    except YamlError:
        return "no YAML"


def _expected(text: str, changes: Changes) -> Values:
    """What the file is to say."""
    tree = values(read(text))
    items = tree.get("categories") if isinstance(tree, dict) else tree
    named = {str(each.get("id", each.get("slug"))): each for each in items or () if isinstance(each, dict)}
    if isinstance(tree, dict):
        named[""] = tree
    for name, wanted in changes.items():
        for field, value in wanted.items():
            old = named[name].pop(field, None)
            if value is not None:
                named[name][field] = _with_nulls(as_read(value), old)
    return tree


def _with_nulls(value: Values, old: Values) -> Values:
    """A mapping with the nulls that stood in it: they say nothing, and stay."""
    if isinstance(value, dict) and isinstance(old, dict):
        return {key: None for key, each in old.items() if each is None} | value
    return value


def _culprit(text: str, changes: Changes, name: str) -> str:
    """The first field that cannot be changed even by itself."""
    for each, wanted in changes.items():
        for field in wanted:
            alone = {each: {field: wanted[field]}}
            if _says(_edited(text, alone, name)) != _expected(text, alone):
                return f"{field} of {each}" if each else field
    return "one of the fields"


class _Edits:
    """A text, and what is to stand where in it instead."""

    def __init__(self, text: str, name: str) -> None:
        self._marks = Marks(text)
        self._name = name
        self._newline = newline_of(text)
        self._edits: list[tuple[int, int, str]] = []
        tree = self._marks.tree
        self.nodes = {name_of(item): item for item in items_of(tree) or ()}
        if isinstance(tree, Fields):
            self.nodes[""] = tree

    def result(self) -> str:
        """The text with all that was changed."""
        text, pieces, at = self._marks.text, [], 0
        for start, end, new in sorted(self._edits, key=lambda each: each[:2]):
            pieces += [text[at:start], new]
            at = end
        return "".join([*pieces, text[at:]])

    def change(self, node: Node, wanted: Wanted, order: Sequence[str]) -> None:
        """Change fields of a mapping; new ones are put in by `order`."""
        assert isinstance(node, Fields)  # `read` took the file
        if self._marks.is_flow(node):
            span = self._marks.span(node)
            self._put(span.start, span.end, self._flow(node, wanted, order))
            return
        keys = {str(key): key for key in node}
        for name in sorted(wanted, key=order.index):
            value = wanted[name]
            if name in keys and value is None:
                self._remove(node, keys[name])
            elif name in keys:
                self._set(node, keys[name], value)
            elif value is not None:
                self._add(node, name, value, order)

    def _set(self, around: Fields, key: Scalar, value: Plain) -> None:
        node, column = around[key], self._column(around)
        if isinstance(node, Scalar) and isinstance(value, str):
            self._set_scalar(node, value, column)
        elif isinstance(node, Fields) and isinstance(value, Mapping):
            self.change(node, _differences(node, value), [*value, *node])
        elif isinstance(node, Items) and isinstance(value, Sequence) and len(node) == len(value):
            for item, each in zip(node, value, strict=True):
                if values(item) != each:
                    self._set_scalar(item, str(each), node.column, in_flow=node.flow)
        else:
            self._refuse_comments(key, node)
            if isinstance(node, Items) and not node.flow and isinstance(value, tuple):
                value = list(value)
            self._put(self._start(key), self._marks.end(node), self._lines(str(key), value, column)[column:])

    def _set_scalar(self, node: Node, value: str, column: int, *, in_flow: bool = False) -> None:
        marks, start, end = self._marks, self._marks.span(node).start, self._marks.end(node)
        self._refuse_comments(node)
        in_flow = in_flow or bool(marks.text[end : marks.line_end(end)].strip())  # a block scalar would take what follows
        new = _quoted(value, marks.text[start:end]) or self._indented(_in_braces(value) if in_flow else _in_lines(value), column)
        self._put(start, end, new if start < end else f" {new}")

    def _remove(self, around: Fields, key: Scalar) -> None:
        """Take out the lines of a field; comments in them stay, on lines of their own."""
        marks, node, start = self._marks, around[key], self._start(key)
        begin, end = marks.line_start(start), marks.behind(node)
        if not marks.text[begin:start].strip():
            kept = marks.comments(start, end, key, node)
            self._put(begin, end, "".join(f"{marks.text[begin:start]}{comment}{self._newline}" for comment in kept))
            return
        following = next((self._start(each) for each in around if marks.span(each).start > start), None)
        if following is None or marks.comments(start, following, key, node):  # it stands behind the dash of its item
            self._refuse(key)
        self._put(start, following, "")

    def _add(self, around: Fields, name: str, value: Plain, order: Sequence[str]) -> None:
        """Write a new field behind the nearest that stands before it in the order."""
        marks, keys = self._marks, {str(key): key for key in around}
        before = [keys[each] for each in order[: order.index(name)] if each in keys]
        first = next(iter(around))
        begin = marks.line_start(self._start(first))
        if before or marks.text[begin : self._start(first)].strip():  # the dash of the item: nothing goes before that
            begin = marks.behind(around[before[-1] if before else first])
        lines = self._lines(name, value, self._column(around)) + self._newline
        is_ended = marks.begins_line(begin) or any(new.endswith("\n") for _, end, new in self._edits if end == begin)
        self._put(begin, begin, lines if is_ended else self._newline + lines)

    def _flow(self, node: Fields, wanted: Wanted, order: Sequence[str]) -> str:
        """A mapping in braces, changed; what stands between its entries stays as far as they do."""
        marks, at = self._marks, self._marks.span(node).start + 1
        entries: list[tuple[str, str, str]] = []  # name, what stands before it, itself
        for key, value in node.items():
            if wanted.get(key, "") is not None:
                entries.append((str(key), marks.text[at : marks.span(key).start], self._entry(key, value, wanted)))
            at = marks.span(value).end
        added = [name for name in dict.fromkeys(order) if wanted.get(name) is not None and name not in node]
        if added or len(entries) < len(node):
            self._refuse_comments(node)
        for name in added:
            before = order[: order.index(name)]
            behind = max((i for i, each in enumerate(entries, start=1) if each[0] in before), default=0)
            entries.insert(behind, (name, ", ", _in_braces({name: wanted[name]})[1:-1]))
        gaps = (gap if ("," in gap) == (i > 0) else ", " if i else "" for i, (_, gap, _) in enumerate(entries))
        inside = "".join(gap + entry for gap, (_, _, entry) in zip(gaps, entries, strict=True))
        return f"{{{inside}{marks.text[at : marks.span(node).end]}"

    def _entry(self, key: Scalar, node: Node, wanted: Wanted) -> str:
        text, start, span = self._marks.text, self._marks.span(key).start, self._marks.span(node)
        if key not in wanted:
            return text[start : span.end]
        value = wanted[key]
        if isinstance(node, Fields) and isinstance(value, Mapping):
            new = self._flow(node, _differences(node, value), [*value, *node])
        else:
            self._refuse_comments(node)
            new = _quoted(value, text[span.start : span.end]) or _in_braces(value)
        return text[start : span.start] + (" " if span.start == span.end else "") + new

    def _refuse_comments(self, *nodes: Node) -> None:
        if self._marks.comments(self._marks.span(nodes[0]).start, self._marks.end(nodes[-1]), *nodes):
            self._refuse(nodes[0])

    def _refuse(self, at: Node) -> NoReturn:
        raise CatalogError(
            Fault(f"{self._name}:{at.line}", "a comment is in the way of what is to be changed here; change it by hand")
        )

    def _start(self, key: Scalar) -> int:
        """Where an entry begins: at its key, or at the question mark before a long one."""
        start = self._marks.span(key).start
        line = self._marks.line_start(start)
        mark = re.search(r"\?[ \t]+\Z", self._marks.text[line:start])
        return line + mark.start() if mark else start

    def _column(self, around: Fields) -> int:
        return self._marks.column(self._start(next(iter(around))))

    def _lines(self, name: str, value: Plain, column: int) -> str:
        return " " * column + self._indented(written({name: value}), column)

    def _indented(self, text: str, column: int) -> str:
        """The lines below the first one at their column, with the file's line ends."""
        first, *others = text.split("\n")
        return self._newline.join([first, *(" " * column + line if line else line for line in others)])

    def _put(self, start: int, end: int, new: str) -> None:
        loses_its_end = end == len(self._marks.text) and "\n" in new and not new.endswith("\n")  # a block scalar minds
        self._edits.append((start, end, new + self._newline if loses_its_end else new))


def _differences(node: Fields, value: Mapping[str, Plain]) -> dict[str, Plain]:
    """The entries that change; None where one goes. A null beside them says nothing, and stays."""
    old = {str(key): values(each) for key, each in node.items()}
    return {key: value.get(key) for key in dict.fromkeys([*value, *old]) if old.get(key) != value.get(key)}


def _quoted(value: Plain, old: str) -> str:
    """The text in the quotation marks that stood there; nothing if there were none, or if it needs more than these."""
    if not isinstance(value, str) or not value.isprintable() or old[:1] not in ("'", '"'):
        return ""
    escaped = value.replace("'", "''") if old[0] == "'" else value.replace("\\", "\\\\").replace('"', '\\"')
    return f"{old[0]}{escaped}{old[0]}"


def _in_braces(value: Plain) -> str:
    return written((value,))[1:-1]


def _in_lines(value: Plain) -> str:
    return written({"k": value}).removeprefix("k: ")
