"""What elements need to know: while they are compiled, and while they print one work."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import NamedTuple
from xml.etree.ElementTree import Element

from .items import Item
from .locale import Locale
from .people import Person
from .tokens import Tokens


class Scope(NamedTuple):
    """What the elements of one area of a style have in common."""

    style: Mapping[str, str]  # the attributes of cs:style
    area: Mapping[str, str]  # inheritable name options of cs:citation, cs:bibliography or cs:key, over those of cs:style
    locale: Locale
    forced: Mapping[str, str] = MappingProxyType({})  # what cs:key says of names, before their own attributes

    parent: Element | None = None  # the cs:names whose cs:substitute the elements are in

    def lang_of_term(self, element: Element) -> str:
        """The language whose text case a term takes: title case raises those of all languages, as in citeproc-js."""
        return "en" if element.get("text-case") == "title" else self.locale.lang


class Context:
    """One work in one rendering: what is known of it, and what its elements leave behind."""

    __slots__ = (
        "called", "disambiguate", "displayed", "filled", "first_names", "item", "level", "number", "people", "replaced", "shown",
        "sorting", "suffix", "suffix_printed", "suppressed", "suppressing",
    )  # fmt: skip

    def __init__(self, item: Item, number: int = 0, sorting: bool = False) -> None:
        self.item = item
        self.number = number  # the citation-number
        self.sorting = sorting
        self.suffix = ""  # the year-suffix
        self.suffix_printed = False
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

    def lang(self, scope: Scope) -> str:
        """The language whose text case the work's fields take: its own, else the style's."""
        return self.item.lang or scope.locale.lang


Pieces = list[Tokens]
Node = Callable[[Context, Pieces], None]  # appends what it prints, as one piece or several
