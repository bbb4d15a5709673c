"""YAML as trees of text with line numbers: the only user of PyYAML.

Every scalar is text (YAML itself would turn 2023.10 into 2023.1). Aliases, tags and further documents are refused, so
that a file means what it looks like. Read as a stream of events: a tree of PyYAML's own nodes takes four times the memory.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import yaml
from yaml.events import AliasEvent, MappingEndEvent, MappingStartEvent, ScalarEvent, SequenceEndEvent

from ..errors import Fault

_NULLS = ("", "~", "null", "Null", "NULL")


class Scalar(str):
    """Text with its line (from 1)."""

    __slots__ = ("line", "null")
    line: int
    null: bool  # written as YAML's null: nothing, `~` or `null` without quotes


class Items(list["Node"]):
    """A sequence with its line, and the column of its dashes."""

    __slots__ = ("column", "flow", "line")
    line: int
    column: int
    flow: bool


class Fields(dict[Scalar, "Node"]):
    """A mapping with its first line and the last line of what it holds."""

    __slots__ = ("last_line", "line")
    line: int
    last_line: int


Node = Scalar | Items | Fields


class YamlError(Exception):
    """What keeps a text from being a tree; `faults` have the line as `where`."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__(faults)
        self.faults = faults


def read(text: str) -> Node | None:
    """The tree of a text, None for a text without content. YamlError names all duplicate keys, or the first other fault."""
    reader = Reader(text)
    try:
        tree = reader.document()
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, max(error.position, 0)) + 1
        raise YamlError([Fault(str(line), f"a control character (#x{error.character:04x}); remove it")]) from None
    except RecursionError:
        raise YamlError([Fault("1", "nested too deeply")]) from None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        problem = " ".join(part for part in (error.context, error.problem) if part)
        hint = "; quote text that holds ': ' or begins with a sign" if "mapping values" in problem else ""
        raise YamlError([Fault(str(mark.line + 1 if mark else 1), f"not YAML: {problem}{hint}")]) from None
    if reader.faults:
        raise YamlError(reader.faults)
    return tree


class Reader:
    """The nodes of a text, from libyaml's events."""

    def __init__(self, text: str) -> None:
        self._loader = yaml.CBaseLoader(text)
        self._next = self._loader.get_event
        self.faults: list[Fault] = []
        self._last_line = 0

    def document(self) -> Node | None:
        """The whole tree; what can be read past is in `faults`."""
        self._next()  # the stream's start
        if isinstance(self._next(), yaml.StreamEndEvent):
            return None
        tree = self._node(self._next())
        self._next()  # the document's end
        event = self._next()
        if not isinstance(event, yaml.StreamEndEvent):
            raise _refused("a second document (---); keep one in a file", event)
        return None if isinstance(tree, Scalar) and tree.null else tree

    def _node(self, event: Any) -> Node:
        kind = event.__class__
        if kind is ScalarEvent:
            return self._scalar(event)
        if kind is AliasEvent or event.anchor:
            raise _refused("anchors and aliases (& and *) are not read; write the text out", event)
        if event.tag:
            raise _refused(f"the tag {event.tag} is not read; everything is text", event)
        return self._fields(event) if kind is MappingStartEvent else self._items(event)

    def _scalar(self, event: Any) -> Scalar:
        if event.anchor or event.tag:
            raise _refused("anchors and tags (& and !) are not read; quote text that begins with them", event)
        value = event.value
        scalar = Scalar(value)
        mark = event.end_mark
        scalar.line = event.start_mark.line + 1
        scalar.null = event.implicit[0] and value in _NULLS
        self._last_line = mark.line + 1 if mark.column else mark.line
        return scalar

    def _items(self, event: Any) -> Items:
        items = Items()
        items.line, items.column = event.start_mark.line + 1, event.start_mark.column
        items.flow = event.flow_style
        while (child := self._next()).__class__ is not SequenceEndEvent:
            items.append(self._node(child))
        self._close(child, items.flow)
        return items

    def _fields(self, event: Any) -> Fields:
        fields = Fields()
        fields.line = event.start_mark.line + 1
        following, scalar = self._next, self._scalar
        while (child := following()).__class__ is not MappingEndEvent:
            if child.__class__ is not ScalarEvent:
                raise _refused("a key must be text", child)
            key, child = scalar(child), following()
            if key in fields:
                self.faults.append(Fault(str(key.line), f"the key {str(key)!r} stands twice; keep one"))
            fields[key] = scalar(child) if child.__class__ is ScalarEvent else self._node(child)
        self._close(child, event.flow_style)
        fields.last_line = self._last_line
        return fields

    def _close(self, event: Any, flow: bool) -> None:
        if flow:  # the end of a block is only noticed at the next token, behind comments and empty lines
            self._last_line = event.end_mark.line + 1


def _refused(message: str, event: Any) -> YamlError:
    return YamlError([Fault(str(event.start_mark.line + 1), message)])


Plain = str | None | tuple["Plain", ...] | list["Plain"] | Mapping[str, "Plain"]


class _Writer(yaml.CBaseDumper):
    """Writes text plainly wherever YAML's grammar allows: what it might resolve to does not matter to `read`."""

    def ignore_aliases(self, data: object) -> bool:  # noqa: ARG002  # PyYAML's signature
        return True


def _text(writer: Any, text: str) -> yaml.ScalarNode:
    style = '"' if text in _NULLS else "|" if "\n" in text else None
    node: yaml.ScalarNode = writer.represent_scalar("tag:yaml.org,2002:str", text, style=style)
    return node


_Writer.add_representer(str, _text)
_Writer.add_representer(type(None), lambda writer, _: writer.represent_scalar("tag:yaml.org,2002:str", "null"))
_Writer.add_representer(dict, lambda writer, data: writer.represent_mapping("tag:yaml.org,2002:map", data.items()))
_Writer.add_representer(list, lambda writer, data: writer.represent_sequence("tag:yaml.org,2002:seq", data))
_Writer.add_representer(tuple, lambda writer, data: writer.represent_sequence("tag:yaml.org,2002:seq", data, flow_style=True))


def write(data: Plain) -> str:
    """Plain data as YAML, in its own order: lists one item a line, tuples in brackets, None as null."""
    text: str = yaml.dump(data, Dumper=_Writer, allow_unicode=True, sort_keys=False, width=2**31 - 1, default_flow_style=False)
    return text
