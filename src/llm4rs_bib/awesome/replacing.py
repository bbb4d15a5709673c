"""New words in the place of old ones: a row or a bullet keeps all else that a person wrote in it.

A candidate is taken only if reading it gives the fields that are wanted: nothing is replaced that merely looks alike.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from ..markdown import escaped, pieces, words
from .rows import FIELDS

Reader = Callable[[Sequence[str]], Mapping[str, str]]  # the cells of a row, or a bullet's text alone → its fields
Maker = Callable[[int, Mapping[str, str]], str | None]  # the canonical form of a cell for fields; None if it has none

_LINK_TEXT = r"(?<!!)\[((?:[^\[\]\\]|\\.|\[[^\[\]]*\])*)\](?=[(\[])"


def replaced(parts: Sequence[str], read: Reader, make: Maker, wanted: Mapping[str, str]) -> list[str] | None:
    """The parts with the wanted fields in them, as little changed as can be; None if they cannot be made to say so."""
    found = dict(read(parts))
    result = list(parts)
    for name in FIELDS:
        if found.get(name) == wanted.get(name):
            continue
        goal = {each: value for each in FIELDS if (value := wanted.get(each) if each == name else found.get(each))}
        result_for_name = next((each for each in _candidates(result, name, found, goal, make) if read(each) == goal), None)
        if result_for_name is None:
            return None
        result, found = result_for_name, goal
    return result


def _candidates(
    parts: list[str], name: str, found: Mapping[str, str], goal: Mapping[str, str], make: Maker
) -> Iterator[list[str]]:
    old, new = found.get(name), goal.get(name)
    for i, part in enumerate(parts):
        if part == make(i, found) and (made := make(i, goal)) is not None and made != part:
            yield [*parts[:i], made, *parts[i + 1 :]]
    for i, part in enumerate(parts):
        for changed in _in_part(part, name, old, new):
            yield [*parts[:i], changed, *parts[i + 1 :]]


def _in_part(part: str, name: str, old: str | None, new: str | None) -> Iterator[str]:
    """Each place of the old words, with the new ones as they are and with Markdown's signs escaped."""
    if old is None:
        before = f"{part.rstrip()}, " if re.search(r"\w", part) else ""  # "-" stands for nothing
        yield from (before + form for form in (new or "", escaped(new or "")) if form and part.strip())
        return
    for written in dict.fromkeys((old, escaped(old))):
        for match in re.finditer(re.escape(written), part):
            if new is None:
                head, tail = part[: match.start()], part[match.end() :]
                yield re.sub(r"[\s,/(\[*_`]+$", "", head) + re.sub(r"^[)\]*_`]+", "", tail)
            else:
                yield from (part[: match.start()] + form + part[match.end() :] for form in dict.fromkeys((new, escaped(new))))
    if name == "title" and new is not None:
        for match in re.finditer(_LINK_TEXT, part):  # its old words stood there in Markdown
            if words(pieces(match[1])).startswith(old[:8]):
                yield from (part[: match.start(1)] + form + part[match.end(1) :] for form in dict.fromkeys((new, escaped(new))))
