"""A style's elements as functions: compiled once, run for each work. CSL 1.0.2, "Rendering Elements".

A node appends what it prints to a list of pieces. cs:choose is transparent: the pieces of its branch get the delimiter of the
group around it. Whether a group vanishes is told by two counters, of variables that were asked for and of those that printed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from xml.etree.ElementTree import Element

from . import dates, names
from .context import Context, Node, Pieces
from .formatting import inside, wrapper
from .items import DATES, NAMES, NUMBERS, citation_label
from .locale import Locale
from .numbers import is_numeric, is_plural, page_ranges, roman
from .tokens import Open, CLOSE, Tokens
from .xmltree import CSL, children, name_of

_LINKS = {
    "DOI": "https://doi.org/",
    "URL": "",
    "PMID": "https://www.ncbi.nlm.nih.gov/pubmed/",
    "PMCID": "https://www.ncbi.nlm.nih.gov/pmc/articles/",
}
_RANGES = frozenset({"page", "locator"})


class Compiler:
    """The elements of one area of a style, "citation" or "bibliography", in one locale."""

    def __init__(self, macros: Mapping[str, Element], options: Mapping[str, str], area: Mapping[str, str], locale: Locale) -> None:
        self._macros, self._options, self._area, self._locale = macros, options, area, locale
        self._compiled: dict[str, Callable[[Context], Tokens | None]] = {}
        self._english = locale.lang.startswith("en")
        self._page_format = options.get("page-range-format", "")
        self._page_delimiter = locale.term("page-range-delimiter") or "–"

    def children(self, element: Element) -> list[Node]:
        """The nodes of an element's children."""
        return [self.node(child) for child in children(element)]

    def node(self, element: Element) -> Node:
        """The node of an element."""
        kind = name_of(element)
        if kind == "text":
            return self._text(element)
        if kind == "names":
            return names.compiled(element, self._area, self._options, self._locale, self.node)
        if kind == "date":
            return dates.compiled(element, self._locale, dict(self._options), self._english)
        if kind == "group":
            return self._group(element)
        if kind == "choose":
            return self._choose(element)
        if kind == "number":
            return self._number(element)
        if kind == "label":
            return self._label(element)
        return _nothing

    # cs:group, cs:text macro

    def body(self, nodes: Sequence[Node], delimiter: str) -> Callable[[Context], Tokens | None]:
        """What the nodes print, joined; None if they asked for variables and none of these printed ("Group")."""

        def run(ctx: Context) -> Tokens | None:
            called, filled = ctx.called, ctx.filled
            pieces: Pieces = []
            for node in nodes:
                node(ctx, pieces)
            if ctx.called > called and ctx.filled == filled:
                return None
            if not pieces:
                return None
            if ctx.called == called:
                ctx.called += 1
                ctx.filled += 1
            if len(pieces) == 1:
                return pieces[0]
            out: Tokens = list(pieces[0])
            for piece in pieces[1:]:
                if delimiter:
                    out.append(delimiter)
                out += piece
            return out

        return run

    def _group(self, element: Element) -> Node:
        run = self.body(self.children(element), element.get("delimiter", ""))
        return self._shaped(element, run)

    def _shaped(self, element: Element, run: Callable[[Context], Tokens | None]) -> Node:
        change, wrap = inside(element), wrapper(element)

        def node(ctx: Context, pieces: Pieces) -> None:
            tokens = run(ctx)
            if tokens:
                if change:
                    tokens = change(tokens, self._is_english(ctx))
                pieces.append(wrap(tokens) if wrap else tokens)

        return node

    def _is_english(self, ctx: Context) -> bool:
        lang = ctx.item.lang
        return lang[:2].lower() == "en" if lang else self._english

    def _macro(self, name: str) -> Callable[[Context], Tokens | None]:
        if name not in self._compiled:
            macro = self._macros.get(name)
            self._compiled[name] = self.body([] if macro is None else self.children(macro), "")
        return self._compiled[name]

    # cs:text

    def _text(self, element: Element) -> Node:
        if name := element.get("macro"):
            compiled: list[Callable[[Context], Tokens | None]] = []

            def run(ctx: Context) -> Tokens | None:
                if not compiled:
                    compiled.append(self._macro(name))
                return compiled[0](ctx)

            return self._shaped(element, run)
        if name := element.get("variable"):
            return self._variable(element, name)
        if name := element.get("term"):
            return self._term(element, name)
        return self._value(element, element.get("value", ""))

    def _value(self, element: Element, text: str) -> Node:
        fixed: Tokens = [text]
        if not text:
            return _nothing
        change, wrap = inside(element), wrapper(element)
        if change:
            fixed = change(fixed, self._english)
        fixed = wrap(fixed) if wrap else fixed
        return lambda ctx, pieces: pieces.append(fixed)

    def _term(self, element: Element, name: str) -> Node:
        text = self._locale.term(name, element.get("form", "long"), element.get("plural") == "true") or ""
        node = self._value(element, text)
        if name != "no date" or not text:
            return node

        def no_date(ctx: Context, pieces: Pieces) -> None:
            """It stands for a date that is missing: printed it counts as one, in a sort key it is none."""
            if ctx.sorting:
                return
            ctx.called += 1
            ctx.filled += 1
            node(ctx, pieces)

        return no_date

    def _variable(self, element: Element, name: str) -> Node:
        change, wrap = inside(element), wrapper(element)
        sources = [f"{name}-short", name] if element.get("form") == "short" else [name]
        read = self._reader(name)

        def node(ctx: Context, pieces: Pieces) -> None:
            if name in ctx.suppressed:
                return
            tokens = next((found for source in sources if (found := read(ctx, source))), None)
            if tokens is None:
                if name != "year-suffix":
                    ctx.called += 1
                return
            ctx.called += 1
            ctx.filled += 1
            if ctx.suppressing:
                ctx.suppressed.add(name)
            if change:
                tokens = change(tokens, self._is_english(ctx))
            pieces.append(wrap(tokens) if wrap else tokens)

        return node

    def _reader(self, name: str) -> Callable[[Context, str], Tokens | None]:
        """How a variable's text is got."""
        if name == "citation-number":
            return lambda ctx, _: [f"{ctx.number:08d}" if ctx.sorting else str(ctx.number)] if ctx.number else None
        if name == "year-suffix":
            return _suffix
        if name == "citation-label":
            return lambda ctx, _: [citation_label(ctx.item) + ctx.suffix]
        if name in _RANGES:
            return lambda ctx, source: [self._pages(text)] if (text := ctx.item.texts.get(source)) else None
        if name in NUMBERS:
            return lambda ctx, source: [_number_text(text)] if (text := ctx.item.texts.get(source)) else None
        if name in NAMES or name in DATES:
            return lambda ctx, _: None
        if name in _LINKS:
            return lambda ctx, source: _link(name, text) if (text := ctx.item.texts.get(source)) else None
        return lambda ctx, source: ctx.item.rich(source) if source in ctx.item.texts else None

    def _pages(self, text: str) -> str:
        return page_ranges(text, self._page_format, self._page_delimiter)

    # cs:number, cs:label

    def _number(self, element: Element) -> Node:
        name, form = element.get("variable", ""), element.get("form", "numeric")
        change, wrap = inside(element), wrapper(element)
        gender = self._locale.gender(name)

        def node(ctx: Context, pieces: Pieces) -> None:
            if name in ctx.suppressed:
                return
            ctx.called += 1
            text = str(ctx.number) if name == "citation-number" else ctx.item.texts.get(name)
            if not text:
                return
            ctx.filled += 1
            if ctx.suppressing:
                ctx.suppressed.add(name)
            if ctx.sorting and text.isdecimal():
                pieces.append([f"{int(text):08d}"])
                return
            tokens: Tokens = [self._formed(text, form, gender)] if is_numeric(text) else list(ctx.item.rich(name)) if name in ctx.item.texts else [text]
            if name in _RANGES and is_numeric(text):
                tokens = [self._pages(text)]
            if change:
                tokens = change(tokens, self._is_english(ctx))
            pieces.append(wrap(tokens) if wrap else tokens)

        return node

    def _formed(self, text: str, form: str, gender: str) -> str:
        if form == "numeric":
            return _number_text(text)
        make = {"ordinal": self._locale.ordinal, "long-ordinal": self._locale.long_ordinal}.get(form)
        out = ""
        for part in _split_numbers(text):
            if part.isdecimal():
                out += make(int(part), gender) if make else roman(int(part))
            else:
                out += part
        return out

    def _label(self, element: Element) -> Node:
        name, form = element.get("variable", ""), element.get("form", "long")
        plural = element.get("plural", "contextual")
        change, wrap = inside(element), wrapper(element)

        def node(ctx: Context, pieces: Pieces) -> None:
            text = ctx.item.texts.get(name)
            if not text:
                return
            many = plural == "always" or (plural == "contextual" and _means_many(name, text))
            label = self._locale.term(name, form, many)
            if not label:
                return
            tokens: Tokens = change([label], self._english) if change else [label]
            pieces.append(wrap(tokens) if wrap else tokens)

        return node

    def sort_variable(self, name: str) -> Node:
        """A variable as a sort key: names in full, dates as digits."""
        if name in NAMES:
            element = Element(f"{CSL}names", {"variable": name})
            element.append(Element(f"{CSL}name", {"form": "long"}))
            return self.node(element)
        if name in DATES:
            element = Element(f"{CSL}date", {"variable": name})
            element.extend(Element(f"{CSL}date-part", {"name": part}) for part in ("year", "month", "day"))
            return self.node(element)
        if name in NUMBERS:
            return self.node(Element(f"{CSL}number", {"variable": name}))
        return self.node(Element(f"{CSL}text", {"variable": name}))

    # cs:choose

    def _choose(self, element: Element) -> Node:
        branches = [(_condition(child), self.children(child)) for child in children(element)]

        def node(ctx: Context, pieces: Pieces) -> None:
            for holds, nodes in branches:
                if holds(ctx):
                    for each in nodes:
                        each(ctx, pieces)
                    return

        return node


def _nothing(ctx: Context, pieces: Pieces) -> None:
    """Elements that print nothing."""


def _suffix(ctx: Context, _: str) -> Tokens | None:
    return [ctx.suffix] if ctx.suffix else None


def _link(name: str, text: str) -> Tokens:
    address = text if text.startswith(("http://", "https://")) else _LINKS[name] + text
    return [Open("link", address), text, CLOSE]


def _number_text(text: str) -> str:
    """A number with the dashes and spaces that printed ones have: "2–3", "1, 2"."""
    return "".join(_split_numbers(text)) if is_numeric(text) else text


def _split_numbers(text: str) -> list[str]:
    import re

    out = []
    for part in re.split(r"(\s*[,&]\s*|\s*\\?[-–—]\s*)", text.strip()):
        bare = part.strip()
        if bare in ("-", "–", "—"):
            out.append("–")
        elif bare == "\\-":
            out.append("-")
        elif bare == ",":
            out.append(", ")
        elif bare == "&":
            out.append(" & ")
        else:
            out.append(part)
    return out


def _means_many(name: str, text: str) -> bool:
    if name in ("number-of-pages", "number-of-volumes"):
        return text.strip() not in ("1", "0") and is_numeric(text)
    return is_plural(text)


# Conditions


def _condition(element: Element) -> Callable[[Context], bool]:
    """Whether a branch counts. CSL 1.0.2, "Choose"."""
    if name_of(element) == "else":
        return lambda ctx: True
    tests: list[Callable[[Context], bool]] = []
    match = element.get("match", "all")
    for attribute, value in element.attrib.items():
        values = value.split()
        make = _TESTS.get(attribute)
        if make:
            each = [make(one) for one in values]
            if attribute == "type" and match == "all" and len(each) > 1:  # several published styles mean any
                types = frozenset(values)
                each = [lambda ctx, types=types: ctx.item.type in types]  # type: ignore[misc]
            tests += each
    if not tests:
        return lambda ctx: False
    if len(tests) == 1:
        only = tests[0]
        return (lambda ctx: not only(ctx)) if match == "none" else only
    if match == "any":
        return lambda ctx: any(test(ctx) for test in tests)
    if match == "none":
        return lambda ctx: not any(test(ctx) for test in tests)
    return lambda ctx: all(test(ctx) for test in tests)


def _has(name: str) -> Callable[[Context], bool]:
    if name in NAMES:
        return lambda ctx: name in ctx.item.names
    if name in DATES:
        return lambda ctx: name in ctx.item.dates
    if name == "citation-number":
        return lambda ctx: bool(ctx.number)
    if name == "year-suffix":
        return lambda ctx: bool(ctx.suffix)
    return lambda ctx: name in ctx.item.texts


def _numeric(name: str) -> Callable[[Context], bool]:
    return lambda ctx: is_numeric(ctx.item.texts.get(name, ""))


def _uncertain(name: str) -> Callable[[Context], bool]:
    return lambda ctx: name in ctx.item.dates and ctx.item.dates[name].circa


_TESTS: dict[str, Callable[[str], Callable[[Context], bool]]] = {
    "type": lambda value: lambda ctx: ctx.item.type == value,
    "variable": _has,
    "is-numeric": _numeric,
    "is-uncertain-date": _uncertain,
    "locator": lambda value: lambda ctx: False,
    "position": lambda value: lambda ctx: False,
    "disambiguate": lambda value: lambda ctx: ctx.disambiguate == (value == "true"),
}
