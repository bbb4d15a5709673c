"""What can go wrong with what a user gives us: one class per situation, each fault with its place."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple


class Fault(NamedTuple):
    """One thing that is wrong: where (file:line, or an entry), and what was found and what to do."""

    where: str
    message: str

    def __str__(self) -> str:
        """One line, whatever was quoted in it."""
        return " ".join((f"{self.where}: {self.message}" if self.where else self.message).split())


class BibError(Exception):
    """The base of all errors that a user can mend. `str(error)` has one line per fault."""

    def __init__(self, *faults: Fault) -> None:
        super().__init__(*faults)
        self.faults = faults

    def __str__(self) -> str:
        return "\n".join(str(fault) for fault in self.faults)


class CatalogError(BibError):
    """The catalog's YAML cannot be read, or contradicts itself."""


class LockError(BibError):
    """works.lock.json cannot be read, or contradicts itself."""


class ListError(BibError):
    """A list or a bibliography cannot be read."""


class CurationError(BibError):
    """A file of checked works cannot be read."""


class SourceError(BibError):
    """What a registry sent is no answer: an error page, half a document, another shape."""


class DenialError(SourceError):
    """A registry denied more at once than it can lack: it is out of order, and its "nothing" is no answer."""


class SelectionError(BibError):
    """A category, format or entry was asked for that is not there."""


class WriteError(BibError):
    """A file cannot be written; the old one stays."""


class StoreError(BibError):
    """The folder of the registries' answers cannot be used."""


def unknown(kind: str, word: str, known: Iterable[str]) -> str:
    """The message for a word that is none of the known ones, with the nearest of them."""
    import difflib  # only on the way to an error

    known = list(known)
    folded = {each.casefold(): each for each in known}
    near = [folded[each] for each in difflib.get_close_matches(word.casefold(), folded, n=3, cutoff=0.6)]
    if near:
        return f"unknown {kind} {word!r}; did you mean {' or '.join(near)}?"
    return f"unknown {kind} {word!r}; known: {', '.join(known) or 'none'}"
