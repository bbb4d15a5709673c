"""A processor for bibliographies in the Citation Style Language (CSL 1.0.2): works in CSL-JSON → formatted references.

https://docs.citationstyles.org/en/stable/specification.html
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import count
from pathlib import Path
from typing import NamedTuple

from ..errors import Fault, SelectionError, unknown
from .library import Found, find
from .locale import languages
from .output import FORMATS
from .processor import Reference, references
from .style import Style, StyleError, read

__all__ = ["Bibliography", "Found", "Reference", "StyleError", "bibliography", "find"]
_USUAL = "en-US"
_Item = Mapping[str, object]


class Bibliography(NamedTuple):
    """References in the style's order, one for each item, and what a reader should know."""

    references: tuple[Reference, ...]
    warnings: tuple[str, ...] = ()


def bibliography(
    items: Sequence[_Item], style: str | Path | Found, *, locale: str = _USUAL, to: str = "text", first: int = 1
) -> Bibliography:
    """The reference list of items in CSL-JSON, given in the order cited.

    `style`: a name, a path, or the style's XML. `locale`: en-US gives way to the language that the style itself asks for, any
    other does not. `to`: one of FORMATS. `first`: the number of the first reference. StyleError if the style cannot be used;
    SelectionError for an output or a language that is not there.
    """
    if to not in FORMATS:
        raise SelectionError(Fault("", unknown("output", to, FORMATS)))
    check_locale(locale)
    found = style if isinstance(style, Found) else find(style)
    works, given, warnings = _identified(items)
    printed = _printed(works, found, found.locale or _USUAL if locale == _USUAL else locale, to, first)
    printed = [Reference(given[id], label.strip(), text.strip()) for id, label, text in printed]
    empty = [f"{each.id}: the style prints nothing for it" for each in printed if not each.text]
    return Bibliography(tuple(printed), (*found.warnings, *warnings, *empty))


def check_locale(locale: str) -> None:
    """SelectionError for a language without terms. A dialect without any takes its language's: CSL 1.0.2, "Locale Fallback"."""
    known = languages()
    if locale not in known and locale.partition("-")[0] not in {name.partition("-")[0] for name in known}:
        raise SelectionError(Fault("", unknown("locale", locale, known)))


def _identified(items: Sequence[_Item]) -> tuple[list[_Item], dict[str, str], list[str]]:
    """The items, each with an id of its own; that id → the one that was given; what is odd about those."""
    if isinstance(items, (str, bytes, Mapping)) or not isinstance(items, Sequence):
        raise SelectionError(Fault("", f"works must come in a list, not as a {type(items).__name__}"))
    for place, item in enumerate(items, start=1):
        if not isinstance(item, Mapping):
            raise SelectionError(Fault("", f"item {place} is no work in CSL-JSON but a {type(item).__name__}"))
    taken = {str(item.get("id")) for item in items}
    works: list[_Item] = []
    given: dict[str, str] = {}
    folded: dict[str, str] = {}
    warnings: list[str] = []
    for number, item in enumerate(items, start=1):
        id = item.get("id")
        name = str(id)
        if id is None or not name:
            name = next(each for i in count() if (each := f"item-{number}{'+' * i}") not in taken)
            warnings.append(f"item {number} has no id: called {name!r}")
        if (other := folded.setdefault(name.casefold(), name)) != name:
            warnings.append(f"two items have ids that differ in capitals only: {other!r} and {name!r}")
        own = name
        while own in given:  # the processor minds which is which
            own += "\N{NO-BREAK SPACE}"
        if own != name:
            warnings.append(f"two items have the id {name!r}: both are printed")
        given[own] = name
        works.append(item if own == id else {**item, "id": own})
    return works, given, list(dict.fromkeys(warnings))


def _printed(works: list[_Item], found: Found, locale: str, to: str, first: int) -> list[Reference]:
    try:
        printed = references(works, _style(found.text, locale), FORMATS[to], first)
    except StyleError as error:
        raise StyleError(*(Fault(found.name, fault.message) for fault in error.faults)) from None
    except Exception as error:  # whatever a style brings about is to be one line
        what = "its macros call themselves" if isinstance(error, RecursionError) else f"{type(error).__name__}: {error}"
        raise StyleError(Fault(found.name, f"the style fails{_culprit(works, found, locale)}: {what}")) from error
    if missing := {str(work["id"]) for work in works} ^ {each.id for each in printed}:
        raise StyleError(Fault(found.name, f"the style loses entries: {', '.join(sorted(missing))}"))
    return printed


def _culprit(works: list[_Item], found: Found, locale: str) -> str:
    """The first item that cannot be printed alone either, in words."""
    for work in works:
        try:
            references([work], _style(found.text, locale), FORMATS["text"])
        except Exception:  # noqa: BLE001  # as above; only on the way to an error
            return f" on {work['id']}"
    return ""


@lru_cache(maxsize=32)
def _style(text: str, locale: str) -> Style:
    return Style(read(text), locale)
