"""Dates: localized or part by part, whole or as ranges. CSL 1.0.2, "Date"."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple
from xml.etree.ElementTree import Element

from .context import Context, Node, Pieces, Scope
from .datevalues import Date, End
from .formatting import Wrap, inside, wrapper
from .tokens import Tokens, joined
from .xmltree import CSL, children

_LEVELS = {"year": 0, "month": 1, "day": 2}
_SHOWN = {"year": ("year",), "year-month": ("year", "month"), "year-month-day": ("year", "month", "day")}
_SORTED = ("year", "month", "day")


class Part(NamedTuple):
    """A cs:date-part, with what puts affixes and formats around it."""

    name: str
    form: str
    delimiter: str  # of ranges
    change: Callable[[Tokens, str], Tokens] | None
    wraps: Mapping[str, Wrap | None]  # with all affixes (""), without the "prefix", without the "suffix"


def compiled(element: Element, scope: Scope) -> Node:
    """The node of a cs:date."""
    variable, form = element.get("variable", ""), element.get("form", "")
    localized = scope.locale.dates.get(form) if form else None
    parts = _parts(element, localized)
    delimiter = element.get("delimiter", localized.get("delimiter", "") if localized is not None else "")
    printer = _Printer(parts, delimiter, scope)
    change = inside(element)
    wraps = [wrap for each in (localized, element) if each is not None and (wrap := wrapper(each))]

    def node(ctx: Context, pieces: Pieces) -> None:
        date = ctx.item.dates.get(variable)
        ctx.called += 1
        if variable in ctx.suppressed:
            return
        tokens = _tokens(date, ctx) if date else None
        if tokens:
            ctx.filled += 1
            if ctx.suppressing:
                ctx.suppressed.add(variable)
            pieces.append(tokens)

    def _tokens(date: Date, ctx: Context) -> Tokens:
        if ctx.sorting:
            return [sort_key(date, [part.name for part in parts])]
        tokens = printer.printed(date, ctx if variable == "issued" else None)
        if tokens and change:
            tokens = change(tokens, scope.locale.lang)
        for wrap in wraps if tokens else ():
            tokens = wrap(tokens)
        return tokens

    return node


def _parts(element: Element, localized: Element | None) -> list[Part]:
    """The date's parts in order: its own, or those of the locale's format with the element's attributes over theirs."""
    own = [part for part in children(element) if part.tag == f"{CSL}date-part"]
    if not element.get("form"):
        return [_part(part) for part in own]
    shown = _SHOWN.get(element.get("date-parts", ""), _SORTED)
    over = {part.get("name"): part.attrib for part in own}
    theirs = [part for part in children(localized) if part.tag == f"{CSL}date-part"] if localized is not None else []
    return [
        _part(Element(part.tag, {**part.attrib, **over.get(part.get("name"), {})}))
        for part in theirs
        if part.get("name") in shown
    ]


def _part(element: Element) -> Part:
    without = {
        bare: Element(element.tag, {name: value for name, value in element.attrib.items() if name != bare})
        for bare in ("", "prefix", "suffix")
    }
    wraps = {bare: wrapper(each) for bare, each in without.items()}
    return Part(element.get("name", ""), element.get("form", ""), element.get("range-delimiter", "–"), inside(element), wraps)


def sort_key(date: Date, parts: list[str] | tuple[str, ...] = _SORTED) -> str:
    """The date as digits that sort like it: years before Christ first."""
    keys = []
    for end in (date.first, date.last or (0, 0, 0)):
        year, month, day = (number if name in parts else 0 for number, name in zip(end, _SORTED, strict=True))
        month = 0 if month > 12 else month  # "Seasons are ignored for sorting"
        keys.append(f"{'N' if year < 0 else 'P'}{year % 10000 if year < 0 else year:04d}{month:02d}{day:02d}")
    return "".join(keys) if date.first != (0, 0, 0) else date.literal


def _suffix(ctx: Context | None) -> Tokens:
    """The letter behind the first year of `issued`, if the layout has no place for it."""
    if ctx is None or not ctx.suffix or ctx.suffix_printed:
        return []
    ctx.suffix_printed = True
    return [ctx.suffix]


class _Printer:
    """The parts of a date, joined; of a range, those that differ twice."""

    def __init__(self, parts: list[Part], delimiter: str, scope: Scope) -> None:
        self.parts, self.delimiter, self.locale = parts, delimiter, scope.locale
        limited = "limit-day-ordinals-to-day-1"
        self.limit = scope.locale.options.get(limited, scope.style.get(limited)) == "true"

    def printed(self, date: Date, ctx: Context | None) -> Tokens:
        """The tokens of the date; `ctx` if its year takes the year-suffix."""
        if date.literal and date.first == (0, 0, 0):
            tokens: Tokens = [date.literal]
            return [*tokens, *_suffix(ctx)]
        if not date.last:
            return self._once(date, ctx)
        return self._range(date, date.last, ctx)

    def _once(self, date: Date, ctx: Context | None) -> Tokens:
        return joined([self._one(part, date.first, ctx) for part in self.parts], self.delimiter)

    def _one(self, part: Part, end: tuple[int, int, int], ctx: Context | None, bare: str = "") -> Tokens:
        """One part of one end; `bare` says which affix is left out, for a range."""
        text = self._text(part, end)
        if not text:
            return []
        tokens: Tokens = [text]
        if part.change:
            tokens = part.change(tokens, self.locale.lang)
        if part.name == "year":
            tokens = [*tokens, *_suffix(ctx)]
        wrap = part.wraps[bare]
        return wrap(tokens) if wrap else tokens

    def _text(self, part: Part, end: tuple[int, int, int]) -> str:
        year, month, day = end
        if part.name == "year":
            return self._year(year, part.form)
        if part.name == "month":
            return self._month(month, part.form)
        return self._day(day, month, part.form) if part.name == "day" and month <= 12 else ""

    def _year(self, year: int, form: str) -> str:
        if not year:
            return ""
        if form == "short":
            return f"{abs(year) % 100:02d}"
        if year < 0:
            return f"{-year}{self.locale.term('bc') or ''}"
        return f"{year}{self.locale.term('ad') or ''}" if year < 1000 else str(year)

    def _month(self, month: int, form: str) -> str:
        if not month:
            return ""
        if month > 12:
            return self.locale.term(f"season-{month - 12:02d}") or ""
        if form == "numeric":
            return str(month)
        if form == "numeric-leading-zeros":
            return f"{month:02d}"
        return self.locale.term(f"month-{month:02d}", form or "long") or str(month)

    def _day(self, day: int, month: int, form: str) -> str:
        if not day:
            return ""
        if form == "numeric-leading-zeros":
            return f"{day:02d}"
        if form == "ordinal" and not (self.limit and day > 1):
            return self.locale.ordinal(day, self.locale.gender(f"month-{month:02d}"))
        return str(day)

    def _range(self, date: Date, end: End, ctx: Context | None) -> Tokens:
        """From the largest part that differs on, both ends; the parts above once. "Date Ranges"."""
        differing = next((level for level in range(3) if date.first[level] != end[level]), 3)
        twice = [part for part in self.parts if _LEVELS.get(part.name, 3) >= differing and self._text(part, date.first)]
        if all(self._text(part, date.first) == self._text(part, end) for part in twice):
            return self._once(date, ctx)
        first = [self._one(part, date.first, None, "suffix" if part is twice[-1] else "") for part in twice]
        last = [self._one(part, end, ctx, "prefix" if part is twice[0] else "") for part in twice]
        delimiter = min(twice, key=lambda part: _LEVELS[part.name]).delimiter
        both = [joined(first, self.delimiter), joined(last, self.delimiter)]
        pieces = [
            [*both[0], delimiter, *both[1]] if part is twice[0] else self._one(part, date.first, ctx)
            for part in self.parts
            if part is twice[0] or part not in twice
        ]
        return joined(pieces, self.delimiter)
