"""What an element needs to know while one work is rendered, and what it leaves behind."""

from __future__ import annotations

from collections.abc import Callable

from .items import Item, Person
from .tokens import Tokens


class Context:
    """One work in one rendering."""

    __slots__ = (
        "called", "disambiguate", "filled", "first_names", "displayed", "item", "level", "number", "people", "replaced", "shown", "sorting", "suffix", "suppressed",
        "suppressing", "suffix_printed",
    )  # fmt: skip

    def __init__(self, item: Item, number: int = 0, sorting: bool = False) -> None:
        self.item = item
        self.number = number  # the citation-number
        self.sorting = sorting
        self.suffix = ""  # the year-suffix
        self.shown = 0  # names to show at least, so that citations differ
        self.level: Callable[[Person, int, bool, bool], int] | None = None  # of a given name: person, place, short form, initials
        self.people = self.displayed = 0  # of the first cs:names: how many, and how many of them are shown
        self.disambiguate = False  # whether other means have not told the citation apart
        self.called = 0  # variables that were asked for
        self.filled = 0  # those that printed
        self.suppressed: set[str] = set()  # variables that cs:substitute has printed
        self.suppressing = False
        self.first_names: list[str] | None = None  # as the first cs:names printed them
        self.replaced: tuple[int, str, bool] | None = None  # how many of these names stand for others, by what, each by itself
        self.suffix_printed = False


Pieces = list[Tokens]
Node = Callable[[Context, Pieces], None]  # appends what it prints, as one piece or several
