"""Variables as texts, numbers and labels. CSL 1.0.2, "Text", "Number", "Label"."""

from __future__ import annotations

from collections.abc import Callable
from xml.etree.ElementTree import Element

from .context import Context, Node, Pieces, Scope
from .formatting import inside, wrapper
from .items import DATES, NAMES, NUMBERS, citation_label
from .numbers import is_numeric, is_plural, page_ranges, parts, roman
from .tokens import CLOSE, Open, Tokens

Read = Callable[[Context, str], Tokens | None]  # the work, the variable or its short form

# "Links" of CSL 1.0.2, Appendix VI: what stands before an identifier that is no address
_LINKS = {
    "DOI": "https://doi.org/",
    "URL": "",
    "PMID": "https://www.ncbi.nlm.nih.gov/pubmed/",
    "PMCID": "https://www.ncbi.nlm.nih.gov/pmc/articles/",
}
_RANGES = frozenset({"page", "locator"})


def text(element: Element, scope: Scope) -> Node:
    """The node of a cs:text with a variable."""
    name = element.get("variable", "")
    sources = [f"{name}-short", name] if element.get("form") == "short" else [name]
    return _node(element, scope, name, _reader(name, scope), sources)


def number(element: Element, scope: Scope) -> Node:
    """The node of a cs:number."""
    name, form = element.get("variable", ""), element.get("form", "numeric")
    read, gender = _reader(name, scope), scope.locale.gender(name)

    def formed(ctx: Context, source: str) -> Tokens | None:
        value = ctx.item.texts.get(source, "")
        if ctx.sorting and value.isdecimal():
            return [value.zfill(8)]
        if value and not is_numeric(value):
            return list(ctx.item.rich(source))
        if form == "numeric" or not value:
            return read(ctx, source)
        return [_formed(value, form, gender, scope)]

    return _node(element, scope, name, formed, [name])


def label(element: Element, scope: Scope) -> Node:
    """The node of a cs:label: the term of a number, in the plural if there are several."""
    name, form = element.get("variable", ""), element.get("form", "long")
    plural = element.get("plural", "contextual")
    change, wrap = inside(element), wrapper(element)

    def node(ctx: Context, pieces: Pieces) -> None:
        value = ctx.item.texts.get(name)
        if not value:
            return
        many = plural == "always" or (plural == "contextual" and _means_many(name, value))
        if term := scope.locale.term(name, form, many):
            tokens: Tokens = change([term], scope.lang_of_term(element)) if change else [term]
            pieces.append(wrap(tokens) if wrap else tokens)

    return node


def _node(element: Element, scope: Scope, name: str, read: Read, sources: list[str]) -> Node:
    change, wrap = inside(element), wrapper(element)

    def node(ctx: Context, pieces: Pieces) -> None:
        if name in ctx.suppressed:
            ctx.called += 1  # nothing is left of a group around it
            return
        tokens = read(ctx, sources[0]) or (read(ctx, sources[1]) if len(sources) > 1 else None)
        if not tokens:
            ctx.called += name != "year-suffix"  # most works have none: it empties no group
            return
        ctx.called += 1
        ctx.filled += 1
        if ctx.suppressing:
            ctx.suppressed.add(name)
        if change:
            tokens = change(tokens, ctx.lang(scope))
        pieces.append(wrap(tokens) if wrap else tokens)

    return node


def _reader(name: str, scope: Scope) -> Read:
    """How a variable's text is got."""
    if name in _SPECIAL:
        return _SPECIAL[name]
    if name in NAMES or name in DATES:
        return lambda _ctx, _source: None
    if name in _RANGES:
        return _pages(scope)
    if name in NUMBERS:
        dash = _dash(scope)
        return lambda ctx, source: [_joined(value, dash)] if (value := ctx.item.texts.get(source)) else None
    if name in _LINKS:
        return lambda ctx, source: _link(name, value) if (value := ctx.item.texts.get(source)) else None
    return lambda ctx, source: ctx.item.rich(source) if source in ctx.item.texts else None


_SPECIAL: dict[str, Read] = {
    "citation-number": lambda ctx, _: [f"{ctx.number:08d}" if ctx.sorting else str(ctx.number)] if ctx.number else None,
    "year-suffix": lambda ctx, _: [ctx.suffix] if ctx.suffix else None,
    "citation-label": lambda ctx, _: [made + ctx.suffix] if (made := citation_label(ctx.item)) else None,
}


def _pages(scope: Scope) -> Read:
    form, delimiter = scope.style.get("page-range-format", ""), _dash(scope)
    return lambda ctx, source: [page_ranges(value, form, delimiter)] if (value := ctx.item.texts.get(source)) else None


def _link(name: str, value: str) -> Tokens:
    address = value if value.startswith(("http://", "https://")) else _LINKS[name] + value
    return [Open("link", address), value, CLOSE]


def _joined(value: str, dash: str) -> str:
    """A number with the dashes and spaces that printed ones have: "2–3", "1, 2"."""
    return "".join(dash if part == "–" else part for part in parts(value)) if is_numeric(value) else value


def _dash(scope: Scope) -> str:
    return scope.locale.term("page-range-delimiter") or "–"


def _formed(value: str, form: str, gender: str, scope: Scope) -> str:
    """Each of the numbers in a form: "ordinal", "long-ordinal", "roman"."""
    locale = scope.locale
    makers: dict[str, Callable[[int], str]] = {
        "ordinal": lambda figure: locale.ordinal(figure, gender),
        "long-ordinal": lambda figure: locale.long_ordinal(figure, gender),
        "roman": roman,
    }
    make = makers.get(form, str)
    return "".join(make(int(part)) if part.isdecimal() else part for part in parts(value))


def _means_many(name: str, value: str) -> bool:
    if name in ("number-of-pages", "number-of-volumes"):
        return value.strip() not in ("1", "0") and is_numeric(value)
    return is_plural(value)
