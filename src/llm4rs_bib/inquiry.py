"""The registries, asked about one paper of which a person knows the identifier or the title."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress

from .desk import Desk, Fetch
from .errors import SourceError
from .lookup import Found, Paper
from .match import LIST, SAME, Known, judge
from .sources import SOURCES, Ask, arxiv, crossref
from .sources.base import Answered, RegistryRecord

_NAMES = {arxiv.NAME: "arXiv", crossref.NAME: "Crossref"}


class LeftOutError(Exception):
    """The paper is not added: a line that says why, and lines that belong to it. `unreached`: it may be, later."""

    def __init__(self, *lines: str, unreached: bool = False) -> None:
        super().__init__(*lines)
        self.lines = lines
        self.unreached = unreached


class Inquiry:
    """Asks the registries about one paper. LeftOutError if one of them is not reached."""

    def __init__(self, fetch: Fetch, addresses: Mapping[str, str]) -> None:
        self._fetch = fetch
        self._addresses = addresses

    def find(self, paper: Paper) -> Found:
        """What a look-up finds."""
        desk = Desk(self._fetch, self._addresses)
        found = desk.settle({"": paper})[""]
        if found.unreachable:
            raise LeftOutError(*(f"not reached: {reason}" for reason in sorted(set(desk.reasons.values()))), unreached=True)
        return found

    def record(self, paper: Paper) -> RegistryRecord:
        """The registry's record of the paper's identifier. LeftOutError if there is none, or it is that of no paper."""
        asks = [*map(arxiv.by_id, paper.arxiv_ids), *map(crossref.by_doi, paper.dois), *map(crossref.by_alias, paper.dois)]
        record = next((each for ask in asks for each in self._records(ask)), None)
        if record is None:
            raise LeftOutError(f"{_NAMES[asks[0].source]} does not know it")
        judgement = judge(Known(titles=record.titles), record, LIST)
        if judgement.verdict != SAME:
            raise LeftOutError(f"it is no paper: {judgement.reason}")
        return record

    def _records(self, ask: Ask) -> tuple[RegistryRecord, ...]:
        source = SOURCES[ask.source]
        if kept := self._fetch.kept(ask):
            with suppress(SourceError):  # damaged: ask again
                return source.records(ask, kept[0])
        for request in source.requests([ask], self._addresses[ask.source]):
            self._fetch.send(request)
        outcome = self._fetch.receive()
        if not isinstance(outcome, Answered):
            raise LeftOutError(f"not reached: {outcome.reason}", unreached=True)
        try:
            return source.records(ask, outcome.answers[ask])
        except SourceError as error:
            raise LeftOutError(f"not reached: {error}", unreached=True) from None
