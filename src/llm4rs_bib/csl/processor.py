"""A style at work on a list: order, what tells citations apart, entries, labels. CSL 1.0.2, "Bibliography-specific Options"."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from .context import Context
from .disambiguation import Cited, Register, Rules, Shown, disambiguated
from .items import Item
from .output import Format, rendered
from .people import Person
from .sorting import collated
from .style import Style
from .tokens import Tokens, mended, text_of


@dataclass(frozen=True)
class Reference:
    """One entry: the item's id, its label ("[1]", "" if the style has none), and its text without it."""

    id: str
    label: str
    text: str


class Processor:
    """A style at work on a list."""

    def __init__(self, style: Style) -> None:
        self.style = style
        self.rules = _rules(style)
        self._registers: dict[str, Register] = {}
        self._items: list[Item] = []
        self._first = 1

    def references(self, raw: Sequence[Mapping[str, object]], to: Format, first: int = 1) -> list[Reference]:
        """The references in the style's order, the first of them numbered `first`."""
        quotes = self.style.locale.quotes()
        items = [Item(each, number, quotes) for number, each in enumerate(raw, start=1)]
        self._items, self._registers, self._first = items, {}, first
        ordered = self._sorted(items)
        shown = self._shown(ordered)
        printed = self._printed(ordered, shown)
        return [self._reference(item, tokens, to) for item, tokens in zip(ordered, printed, strict=True)]

    # Order

    def _sorted(self, items: list[Item]) -> list[Item]:
        keys = self.style.bibliography.sort
        if not keys:
            return items
        numbered = [(item, number) for number, item in enumerate(items, start=1)]
        for key in reversed(keys):
            found = {number: self._sort_text(item, number, key.node) for item, number in numbered}
            filled = [each for each in numbered if found[each[1]]]
            empty = [each for each in numbered if not found[each[1]]]
            filled.sort(key=lambda each: collated(found[each[1]]), reverse=key.descending)
            numbered = filled + empty
        return [item for item, _ in numbered]

    def _sort_text(self, item: Item, number: int, node: object) -> str:
        ctx = Context(item, number, sorting=True)
        pieces: list[Tokens] = []
        node(ctx, pieces)  # type: ignore[operator]
        return "".join(map(text_of, pieces)).strip()

    # Disambiguation

    def _shown(self, items: list[Item]) -> list[Shown]:
        citation = self.style.citation
        if citation is None:
            return [Shown() for _ in items]
        rules = self.rules
        if not (rules.names or rules.givens or rules.suffixes or rules.extra):
            return [Shown() for _ in items]

        def cite(item: Item, shown: Shown) -> Cited:
            ctx = Context(item)
            ctx.shown, ctx.suffix = shown.names, shown.suffix
            ctx.level = self._level(item, shown)
            ctx.suffix_printed, ctx.disambiguate = citation.places_suffix, shown.extra
            text = text_of(citation.printed(citation.layout, ctx, affixes=False))
            return Cited(text, ctx.people, ctx.displayed)

        return disambiguated(items, cite, rules)

    def _level(self, item: Item, shown: Shown) -> Callable[[Person, int, bool, bool], int] | None:
        """How much of a given name is shown, by the register of the item or of all."""
        if not self.rules.givens:
            return None
        register = self._registered(item)
        return lambda person, place, short, has_initials: register.level(person, place, shown.given(place), short, has_initials)

    def _registered(self, item: Item) -> Register:
        key = item.id if self.rules.by_cite else ""
        if key not in self._registers:
            register = self._registers[key] = Register(self.rules)
            for each in [item] if key else self._items:
                for person in (person for persons in each.names.values() for person in persons):
                    register.add(person)
        return self._registers[key]

    # Entries

    def _printed(self, items: list[Item], shown: list[Shown]) -> list[tuple[Tokens, Tokens]]:
        area = self.style.bibliography
        substitute = area.options.get("subsequent-author-substitute")
        rule = area.options.get("subsequent-author-substitute-rule", "complete-all")
        before: list[str] | None = None
        out = []
        for i, item in enumerate(items):
            ctx = self._context(item, i, len(items), shown)
            entry = self._entry(ctx)
            names = ctx.first_names
            if substitute is not None and before and names and (count := _same(before, names, rule)):
                ctx = self._context(item, i, len(items), shown)
                ctx.replaced = (count, substitute, rule != "complete-all")
                entry = self._entry(ctx)
            before = names
            out.append(entry)
        return out

    def _context(self, item: Item, place: int, count: int, shown: list[Shown]) -> Context:
        ctx = Context(item, self._first + (count - place - 1 if self.style.counts_down else place))
        found = shown[place]
        ctx.shown, ctx.suffix, ctx.level = found.names, found.suffix, self._level(item, found)
        ctx.suffix_printed, ctx.disambiguate = self.style.places_suffix, found.extra
        return ctx

    def _entry(self, ctx: Context) -> tuple[Tokens, Tokens]:
        """The label, if the style aligns what follows on it ("second-field-align"), and the rest."""
        area = self.style.bibliography
        if not area.options.get("second-field-align"):
            return [], area.printed(area.layout, ctx)
        label = area.printed(area.first, ctx, affixes=False)
        rest = area.printed(area.rest, ctx, affixes=False)
        return area.opened(label), area.closed(rest) if rest or label else []

    def _reference(self, item: Item, entry: tuple[Tokens, Tokens], to: Format) -> Reference:
        label, text = (
            rendered(mended(tokens, self.style.locale.punctuation_in_quote), to, self.style.locale.quotes()) for tokens in entry
        )
        return Reference(item.id, label, text)


def _rules(style: Style) -> Rules:
    asked = style.citation.options if style.citation else {}
    return Rules(
        names=asked.get("disambiguate-add-names") == "true",
        givens=asked.get("disambiguate-add-givenname") == "true",
        suffixes=asked.get("disambiguate-add-year-suffix") == "true",
        by=asked.get("givenname-disambiguation-rule", "by-cite"),
        extra=bool(style.citation and style.citation.asks_disambiguate),
    )


def _same(before: list[str], names: list[str], rule: str) -> int:
    """How many names at the beginning stand for those of the entry before."""
    same = 0
    for one, other in zip(before, names, strict=False):
        if one != other:
            break
        same += 1
    if rule in ("complete-all", "complete-each"):
        return same if same == len(names) == len(before) else 0
    return min(same, 1) if rule == "partial-first" else same
