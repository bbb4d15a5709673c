"""A file's entries while they are read, and what is to be said of them."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection

from ..errors import Fault
from .facts import Facts, imported
from .values import Found, Imported

UNPLACED = "fields that have no place here were left out"
_NAMED = 10  # names in a line


class Gathering:
    """The entries so far. Every one is taken or left out."""

    def __init__(self, name: str) -> None:
        self.left_out: list[Fault] = []
        self.warnings: list[Fault] = []
        self.counted: dict[str, Counter[str]] = {}  # what is said in one line for the file → of which names, in how many entries
        self._name = name
        self._entries: list[Imported] = []

    def take(self, facts: Facts) -> None:
        """An entry; without a title it is left out."""
        if not facts.title:
            self.left_out.append(Fault(facts.where, f"{facts.key}: has no title" if facts.key else "has neither key nor title"))
            return
        self._entries.append(imported(facts))
        self.warnings += [Fault(facts.where, f"{facts.label}: {each}") for each in facts.odd]
        if facts.others:
            self.count('authors are left out by the file itself ("and others")', [facts.label])

    def count(self, what: str, names: Collection[str]) -> None:
        """What many entries may have, and is said once."""
        if names:
            self.counted.setdefault(what, Counter()).update(names)

    def found(self) -> Found:
        """All that was taken, and what is to be said in the file's order."""
        warnings = [str(each) for each in sorted(self.warnings, key=_line)]
        for what, names in sorted(self.counted.items(), key=lambda each: each[0] == UNPLACED):
            often = [name if count == 1 else f"{name} ({count})" for name, count in names.most_common()]
            warnings.append(f"{self._name}: {what}: {', '.join(often) if what == UNPLACED else some_of(often)}")
        return Found(
            name=self._name,
            entries=tuple(self._entries),
            left_out=tuple(sorted(self.left_out, key=_line)),
            warnings=tuple(warnings),
        )


def _line(fault: Fault) -> float:
    """The line that a fault is about; those about the file come last."""
    line = fault.where.rpartition(":")[2]
    return int(line) if line.isdecimal() else math.inf


def some_of(names: list[str]) -> str:
    """The names, no more than a line of them."""
    return ", ".join(names[:_NAMED]) + (f" and {len(names) - _NAMED} more" if len(names) > _NAMED else "")
