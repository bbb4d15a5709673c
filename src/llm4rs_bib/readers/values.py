"""What the readers of bibliographies give."""

from __future__ import annotations

from dataclasses import dataclass

from ..errors import Fault
from ..model import Work


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """One entry of a file, as far as it was understood: a published work, a preprint, or both."""

    where: str  # file:line
    key: str | None  # as it stands there; it may be none of ours
    aliases: tuple[str, ...] = ()  # other keys of it, as they stand there
    published: Work | None = None
    preprint: Work | None = None
    keywords: tuple[str, ...] = ()
    groups: tuple[tuple[str, ...], ...] = ()  # each a path through the tree of groups: ("Surveys", "LLM")

    @property
    def work(self) -> Work:
        """The published work if there is one, else the preprint."""
        work = self.published or self.preprint
        assert work is not None
        return work


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What is in a file: every entry is among `entries` or `left_out`."""

    name: str  # the file's
    entries: tuple[Imported, ...] = ()
    left_out: tuple[Fault, ...] = ()
    warnings: tuple[str, ...] = ()  # a line each: what was not understood, and the fields that have no place
