"""A style at work on a list: order, what tells citations apart, entries, labels. CSL 1.0.2, "Bibliography-specific Options"."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import takewhile
from typing import NamedTuple

from .context import Context
from .disambiguation import Cited, Register, Shown, disambiguated
from .items import Item
from .output import Format, rendered
from .people import Person
from .sorting import ordered
from .style import Area, Style
from .tokens import Tokens, mended, text_of


class Reference(NamedTuple):
    """One entry: the item's id, its label ("[1]", "" if the style has none), and its text without it."""

    id: str
    label: str
    text: str


def references(works: Sequence[Mapping[str, object]], style: Style, to: Format, first: int = 1) -> list[Reference]:
    """The references of works in CSL-JSON, in the style's order, the first of them numbered `first`."""
    quotes, in_quote = style.locale.quotes(), style.locale.punctuation_in_quote
    entries = _List([Item(work, number, quotes) for number, work in enumerate(works, start=1)], style, first).entries()

    def text(tokens: Tokens) -> str:
        return rendered(mended(tokens, in_quote), to, quotes)

    return [Reference(item.id, text(label), text(rest)) for item, label, rest in entries]


Entry = tuple[Item, Tokens, Tokens]  # its label, the rest


class _List:
    """The items of one list in one style."""

    def __init__(self, items: list[Item], style: Style, first: int) -> None:
        self._items = ordered(items, style.bibliography.sort)
        self._style, self._area, self._first = style, style.bibliography, first
        self._registers: dict[str, Register] = {}
        self._shown = self._told_apart()

    # Citations, which the list is to tell apart

    def _told_apart(self) -> list[Shown]:
        citation, rules = self._style.citation, self._style.rules
        if citation is None or not rules.any:
            return [Shown() for _ in self._items]
        return disambiguated(self._items, lambda item, shown: self._cited(citation, item, shown), rules)

    def _cited(self, citation: Area, item: Item, shown: Shown) -> Cited:
        ctx = self._context(item, 0, shown, citation.places_suffix)
        text = text_of(citation.printed(citation.layout, ctx, affixes=False))
        return Cited(text, ctx.people, ctx.displayed)

    def _level(self, item: Item, shown: Shown) -> Callable[[Person, int, bool, bool], int] | None:
        """How much of a given name is shown, by the register of the item or of all."""
        rules = self._style.rules
        if not rules.givens:
            return None
        key = item.id if rules.by_cite else ""
        if key not in self._registers:
            self._registers[key] = Register(rules, [item] if rules.by_cite else self._items)
        register = self._registers[key]
        return lambda person, place, short, has_initials: register.level(person, place, shown.given(place), short, has_initials)

    # Entries

    def entries(self) -> Iterator[Entry]:
        """The entries in order, names that stand in the one before replaced ("Reference Grouping")."""
        substitute = self._area.options.get("subsequent-author-substitute")
        rule = self._area.options.get("subsequent-author-substitute-rule", "complete-all")
        before: list[str] | None = None
        for place, item in enumerate(self._items):
            ctx = self._entry_context(place)
            label, rest = self._entry(ctx)
            names = ctx.first_names
            if substitute is not None and before and names and (count := _same(before, names, rule)):
                ctx = self._entry_context(place)
                ctx.replaced = (count, substitute, rule != "complete-all")
                label, rest = self._entry(ctx)
            before = names
            yield item, label, rest

    def _entry_context(self, place: int) -> Context:
        number = len(self._items) - place - 1 if self._style.counts_down else place
        return self._context(self._items[place], self._first + number, self._shown[place], self._style.places_suffix)

    def _context(self, item: Item, number: int, shown: Shown, suffix_placed: bool) -> Context:
        ctx = Context(item, number)
        ctx.shown, ctx.suffix, ctx.disambiguate = shown.names, shown.suffix, shown.extra
        ctx.level, ctx.suffix_printed = self._level(item, shown), suffix_placed
        return ctx

    def _entry(self, ctx: Context) -> tuple[Tokens, Tokens]:
        """The label, if the style aligns what follows on it ("second-field-align"), and the rest."""
        area = self._area
        if not area.options.get("second-field-align"):
            return [], area.printed(area.layout, ctx)
        label = area.printed(area.first, ctx, affixes=False)
        rest = area.printed(area.rest, ctx, affixes=False)
        return area.opened(label), area.closed(rest) if rest or label else []


def _same(before: list[str], names: list[str], rule: str) -> int:
    """How many names at the beginning stand for those of the entry before."""
    same = len(list(takewhile(lambda pair: pair[0] == pair[1], zip(before, names, strict=False))))
    if rule in ("complete-all", "complete-each"):
        return same if same == len(names) == len(before) else 0
    return min(same, 1) if rule == "partial-first" else same
