"""A style's elements as functions: compiled once, run for each work. CSL 1.0.2, "Rendering Elements".

A node appends what it prints to a list of pieces. cs:choose is transparent: the pieces of its branch get the delimiter of the
group around it. Whether a group vanishes is told by two counters, of variables that were asked for and of those that printed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from xml.etree.ElementTree import Element

from . import dates, names, variables
from .conditions import condition
from .context import Context, Node, Pieces, Scope
from .formatting import inside, wrapper
from .items import DATES, NAMES, NUMBERS
from .tokens import Tokens, joined
from .xmltree import CSL, children, name_of

_APOSTROPHE = re.compile(r"(?<=\w)'(?=\w)")
Body = Callable[[Context], Tokens | None]


class Compiler:
    """The elements of one area of a style."""

    def __init__(self, macros: Mapping[str, Element], scope: Scope) -> None:
        self._macros, self._scope = macros, scope
        self._macro = cache(self._compiled_macro)

    def children(self, element: Element) -> list[Node]:
        """The nodes of an element's children."""
        return [self.node(child) for child in children(element)]

    def node(self, element: Element) -> Node:
        """The node of an element; one that prints nothing for an element that CSL does not know."""
        makers: dict[str, Callable[[Element], Node]] = {
            "text": self._text,
            "names": lambda element: names.compiled(element, self._scope, self._within(element).alternative),
            "date": lambda element: dates.compiled(element, self._scope),
            "group": self._group,
            "choose": lambda element: self._choose(element, self.node),
            "number": lambda element: variables.number(element, self._scope),
            "label": lambda element: variables.label(element, self._scope),
        }
        make = makers.get(name_of(element))
        return make(element) if make else _nothing

    def _within(self, names: Element) -> Compiler:
        """The compiler of what stands in the cs:substitute of a cs:names."""
        return Compiler(self._macros, self._scope._replace(parent=names))

    def body(self, nodes: Sequence[Node], delimiter: str) -> Body:
        """What the nodes print, joined; None if they asked for variables and none of these printed ("Group")."""

        def run(ctx: Context) -> Tokens | None:
            called, filled = ctx.called, ctx.filled
            pieces: Pieces = []
            for node in nodes:
                node(ctx, pieces)
            if not pieces or (ctx.called > called and ctx.filled == filled):
                return None
            if ctx.called == called:  # text alone counts as filled for the group around it
                ctx.called += 1
                ctx.filled += 1
            return pieces[0] if len(pieces) == 1 else joined(pieces, delimiter)

        return run

    def sort_key(self, variable: str) -> Node:
        """A variable as a sort key: names in full, dates as digits."""
        if variable in NAMES:
            element = Element(f"{CSL}names", {"variable": variable})
            element.append(Element(f"{CSL}name", {"form": "long"}))
        elif variable in DATES:
            element = Element(f"{CSL}date", {"variable": variable})
            element.extend(Element(f"{CSL}date-part", {"name": part}) for part in ("year", "month", "day"))
        else:
            element = Element(f"{CSL}{'number' if variable in NUMBERS else 'text'}", {"variable": variable})
        return self.node(element)

    def _group(self, element: Element) -> Node:
        body = self.body(self.children(element), element.get("delimiter", ""))
        return self._shaped(element, lambda: body)

    def _shaped(self, element: Element, find: Callable[[], Body]) -> Node:
        """A group or a macro; a macro's text-case does nothing, as in citeproc-js, in which styles are tried out."""
        change, wrap = inside(element, case=False), wrapper(element)
        body: Body | None = None  # found when it is first wanted: a macro may be far off

        def node(ctx: Context, pieces: Pieces) -> None:
            nonlocal body
            body = body or find()
            tokens = body(ctx)
            if tokens:
                if change:
                    tokens = change(tokens, ctx.lang(self._scope))
                pieces.append(wrap(tokens) if wrap else tokens)

        return node

    def alternative(self, element: Element) -> Node:
        """The node of a child of cs:substitute; of a cs:choose there only the first that prints counts."""
        return self._choose(element, self.alternative, only_first=True) if name_of(element) == "choose" else self.node(element)

    def _choose(self, element: Element, make: Callable[[Element], Node], *, only_first: bool = False) -> Node:
        branches = [(condition(child), [make(each) for each in children(child)]) for child in children(element)]

        def node(ctx: Context, pieces: Pieces) -> None:
            before = len(pieces)
            for holds, nodes in branches:
                if holds(ctx):
                    for each in nodes:
                        each(ctx, pieces)
                        if only_first and len(pieces) > before:
                            return
                    return

        return node

    def _text(self, element: Element) -> Node:
        if name := element.get("macro"):
            return self._shaped(element, lambda: self._macro(name))
        if element.get("variable"):
            return variables.text(element, self._scope)
        if name := element.get("term"):
            return self._term(element, name)
        return self._value(element, element.get("value", ""))

    def _compiled_macro(self, name: str) -> Body:
        """A macro when it is first printed: most works need few of a style's."""
        macro = self._macros.get(name)
        return self.body([] if macro is None else self.children(macro), "")

    def _value(self, element: Element, text: str) -> Node:
        if not text:
            return _nothing
        change, wrap = inside(element), wrapper(element)
        text = _APOSTROPHE.sub("’", text)
        tokens: Tokens = change([text], self._scope.lang_of_term(element)) if change else [text]
        fixed = wrap(tokens) if wrap else tokens
        return lambda _, pieces: pieces.append(fixed)

    def _term(self, element: Element, name: str) -> Node:
        text = self._scope.locale.term(name, element.get("form", "long"), element.get("plural") == "true") or ""
        node = self._value(element, text)
        if name != "no date" or not text:
            return node

        def no_date(ctx: Context, pieces: Pieces) -> None:
            """It stands for a date that is missing: printed it counts as one, in a sort key it is none."""
            if not ctx.sorting:
                ctx.called += 1
                ctx.filled += 1
                node(ctx, pieces)

        return no_date


def _nothing(ctx: Context, pieces: Pieces) -> None:
    """Prints nothing."""
