"""What a reference list shows of the disambiguation of citations: given names, more names, letters behind years.

CSL 1.0.2, "Disambiguation", in the order that citeproc-js tries its methods: for each name its initials, its given name, then one
name more; last the letters, in the order of the bibliography. Ambiguity is judged on rendered citations.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from .initials import initials
from .items import Item
from .people import Person

_MOST = 2  # level of a given name: 0 none, 1 initials, 2 all of it


class Shown:
    """How much of an item's names its citation shows, and the letter behind its year."""

    __slots__ = ("extra", "givens", "names", "suffix")

    def __init__(self, names: int = 0, givens: Iterable[int] = ()) -> None:
        self.names = names  # at least; 0 as many as the style says
        self.givens = list(givens)  # level of each name's given name, at least
        self.suffix = ""
        self.extra = False  # what the style keeps for citations that are alike otherwise (`disambiguate="true"`)

    def copy(self) -> Shown:
        """One that can be changed by itself."""
        return Shown(self.names, self.givens)

    def given(self, place: int) -> int:
        """The level that is asked for a name."""
        return self.givens[place] if place < len(self.givens) else 0


class Cited(NamedTuple):
    """A citation as it is rendered: its text, how many names it has and how many of them it shows."""

    text: str
    people: int
    displayed: int


Cite = Callable[[Item, Shown], Cited]


class Rules(NamedTuple):
    """What a style asks for on its cs:citation."""

    names: bool
    givens: bool
    suffixes: bool
    by: str  # givenname-disambiguation-rule
    extra: bool  # whether it has a cs:if with `disambiguate="true"`

    @property
    def any(self) -> bool:
        """Whether the style asks for anything."""
        return self.names or self.givens or self.suffixes or self.extra

    @property
    def by_cite(self) -> bool:
        """Whether given names are added where they part citations, not wherever names are alike."""
        return self.by == "by-cite"


class Register:
    """The people of a list (or, by cite, of one item), to tell where initials or given names are needed."""

    def __init__(self, rules: Rules, items: Iterable[Item]) -> None:
        self._rules = rules
        self._families: dict[str, dict[str, set[str]]] = {}  # family → initials → given names
        for person in (person for item in items for persons in item.names.values() for person in persons):
            if not person.literal:
                family, short, given = _keys(person)
                self._families.setdefault(family, {}).setdefault(short, set()).add(given)

    def level(self, person: Person, place: int, requested: int, short: bool, has_initials: bool) -> int:
        """How much of a given name is to be shown, behind `place` others; `requested` for its citation."""
        default = 0 if short else 1 if has_initials else _MOST
        family, initial, _ = _keys(person)
        known = self._families.get(family, {})
        if person.literal or initial not in known:
            return default
        if self._rules.by_cite and default <= requested:
            return requested
        if not self._rules.givens or (self._rules.by.startswith("primary-name") and place):
            return default
        if self._rules.by.endswith("-with-initials"):
            return 1 if len(known) > 1 else 0
        if len(known[initial]) > 1 or (len(known) > 1 and not has_initials):
            return _MOST
        return 1 if len(known) > 1 else default


def _keys(person: Person) -> tuple[str, str, str]:
    given = " ".join(person.given.replace(".", " ").split())
    return person.family, initials(given, "."), given


def disambiguated(items: Sequence[Item], cite: Cite, rules: Rules) -> list[Shown]:
    """For each item, in the bibliography's order, what sets its citation apart."""
    shown = [Shown() for _ in items]
    groups: dict[str, list[int]] = {}
    for i, item in enumerate(items):
        groups.setdefault(cite(item, shown[i]).text, []).append(i)
    for text, group in groups.items():
        if len(group) > 1 and (text or rules.extra):
            if rules.extra:
                _with_extra(items, group, cite, rules, shown)
            else:
                _Search(items, group, cite, rules, shown).run()
    return shown


def _with_extra(items: Sequence[Item], group: list[int], cite: Cite, rules: Rules, shown: list[Shown]) -> None:
    """Part a group by names, then by what the style keeps for this, then by letters."""
    _Search(items, group, cite, rules._replace(suffixes=False), shown).run()
    for alike in _alike(items, group, cite, shown):
        for i in alike:
            shown[i].extra = True
    if rules.suffixes:
        for alike in _alike(items, group, cite, shown):
            for number, i in enumerate(alike):
                shown[i].suffix = letters(number)


def _alike(items: Sequence[Item], group: list[int], cite: Cite, shown: list[Shown]) -> list[list[int]]:
    """Those of the group whose citations are still the same, together."""
    by_text: dict[str, list[int]] = {}
    for i in group:
        by_text.setdefault(cite(items[i], shown[i]).text, []).append(i)
    return [alike for alike in by_text.values() if len(alike) > 1]


class _Search:
    """One group of citations that are alike, parted step by step, as citeproc-js does: what a list shows depends on the order.

    A step shows a little more of all (`base`): initials, then the given name, then one name more. What has parted something is
    kept (`better`); groups that are still alike wait for the next step, at last for letters.
    """

    def __init__(self, items: Sequence[Item], group: list[int], cite: Cite, rules: Rules, shown: list[Shown]) -> None:
        self.items, self.cite, self.rules, self.shown = items, cite, rules, shown
        self._memo: dict[tuple[int, int, tuple[int, ...]], str] = {}
        first = [cite(items[i], Shown()) for i in group]
        people = dict(zip(group, first, strict=True))
        group = sorted(group, key=lambda i: (str(people[i].people), items[i].id))
        self.most = people[group[0]].people
        self.base = Shown(max(each.displayed for each in first))
        self.base.givens = [0] * self.base.names
        self.better = self.base.copy()
        self.waiting: list[tuple[Shown, list[int]]] = [(self.base, group)]
        self.place = 0
        self.begins = True
        self.clashes = (1, 0)
        by_names = rules.names or (rules.givens and rules.by_cite)
        self.modes = [*(["names"] if by_names else []), *(["letters"] if rules.suffixes else [])]
        self.mode = 0

    def run(self) -> None:
        """Part the group, and write down for each item what it needs."""
        if not self.modes:
            return
        while self.waiting:
            self.place, self.clashes = 0, (1, 0)
            while self.waiting[0][1]:
                maxed = self._increment()
                partners, others = self._scan(self.waiting[0][1])
                self.clashes = (self.clashes[1], len(partners) - 1)
                if self.modes[self.mode] == "names":
                    self._by_names(partners, others, maxed)
                else:
                    self._by_letters()
                if maxed:
                    if self.mode < len(self.modes) - 1:
                        self.mode += 1
                    else:
                        self.waiting[1:2] = [(self.base, [])]
            self.waiting = self.waiting[1:]

    def _increment(self) -> bool:
        """Show a little more; whether that is all there is."""
        if self.begins:
            self.begins = False
            return False
        if self.modes[self.mode] == "letters":
            return False
        more_names = True
        if self.rules.by_cite and self.rules.givens:
            while len(self.base.givens) <= self.place:
                self.base.givens.append(0)
            if self.base.givens[self.place] < _MOST:
                self.base.givens[self.place] += 1
                more_names = False
        if more_names and self.rules.names and self.place < self.most:
            self.base.names += 1
            self.place += 1
        at_end = not self.rules.names or self.place >= self.most
        full = (
            not (self.rules.by_cite and self.rules.givens)
            or self.place >= len(self.base.givens)
            or self.base.givens[self.place] == _MOST
        )
        return at_end and full

    def _scan(self, group: list[int]) -> tuple[list[int], list[int]]:
        """Those that are cited like the first of the group, and the others."""
        wanted = self._text(group[0])
        partners = [group[0], *(i for i in group[1:] if self._text(i) == wanted)]
        return partners, [i for i in group[1:] if i not in partners]

    def _text(self, i: int) -> str:
        key = (i, self.base.names, tuple(self.base.givens))
        if key not in self._memo:
            self._memo[key] = self.cite(self.items[i], self.base).text
        return self._memo[key]

    def _by_names(self, partners: list[int], others: list[int], maxed: bool) -> None:
        before, now = self.clashes
        if now == 0:
            self._capture()
            self._settle([*partners, *(others if len(others) == 1 else [])])
            self.waiting[0] = (self.better, others if len(others) > 1 else [])
            self.begins = self.begins or len(others) > 1
        elif len(others) == 1:
            self._capture()
            self._settle(others)
            self.waiting[0] = (self.better, partners)
        elif now < before:
            self._capture()
            self.waiting[0] = (self.better, partners)
            self.waiting.append((self.better, others))
        elif maxed:
            self.waiting[0] = (self.better, others)
            self.waiting.append((self.better, partners))
            if self.mode == len(self.modes) - 1:
                self._settle(partners)
                self.waiting[0] = (self.better, [])

    def _by_letters(self) -> None:
        if self.clashes[1]:
            for number, i in enumerate(sorted(self.waiting[0][1])):
                self.shown[i] = self.waiting[0][0].copy()
                self.shown[i].suffix = letters(number)
        self.waiting[0] = (self.better, [])

    def _capture(self) -> None:
        """Keep what this step has shown."""
        if self.rules.by_cite and self.place < len(self.base.givens):
            while len(self.better.givens) < len(self.base.givens):
                self.better.givens.append(0)
            self.better.givens[self.place] = self.base.givens[self.place]
        self.better.names = self.base.names

    def _settle(self, group: Iterable[int]) -> None:
        for i in group:
            self.shown[i] = self.better.copy()


def letters(number: int) -> str:
    """a to z, then aa, ab, …

    >>> letters(0), letters(26)
    ('a', 'aa')
    """
    out = ""
    number += 1
    while number:
        number, digit = divmod(number - 1, 26)
        out = chr(ord("a") + digit) + out
    return out
