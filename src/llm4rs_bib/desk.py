"""All look-ups side by side: their asks in as few requests as can be, and nothing asked twice."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Generator, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Protocol

from .errors import SourceError
from .lookup import Answer, Answers, Found, Paper, look_up
from .model import PartialDate
from .sources import SOURCES, Ask, Request, openalex
from .sources.base import Answered, Outcome, Refused


class Fetch(Protocol):
    """How asks are answered: from what is kept, or by sending requests."""

    requests: Counter[str]  # how many were sent, by source

    def kept(self, ask: Ask) -> tuple[str, dt.datetime] | None:
        """The answer that is kept and fresh, and when it came."""

    def send(self, request: Request) -> None:
        """Let the request be answered."""

    def receive(self) -> Outcome:
        """Wait for the outcome of one of the requests that were sent."""


@dataclass(slots=True)
class _Run:
    """A look-up that waits for answers."""

    steps: Generator[tuple[Ask, ...], Answers, Found]
    answers: dict[Ask, Answer | None] = field(default_factory=dict)
    missing: set[Ask] = field(default_factory=set)


class Desk:
    """Carries the asks of many look-ups to the sources, and the answers back.

    `addresses`: source → where it is asked; those that are left out are not. `on_found` hears how many papers are done, and
    of how many. `reasons` says afterwards why sources were not reached.
    """

    def __init__(self, fetch: Fetch, addresses: Mapping[str, str], on_found: Callable[[int, int], None] | None = None) -> None:
        self._fetch = fetch
        self._addresses = addresses
        self._on_found = on_found
        self.reasons: dict[str, str] = {}  # by source
        self._answers: dict[Ask, Answer | None] = {}
        self._queue: list[Ask] = []
        self._waiting: dict[Ask, list[str]] = {}
        self._runs: dict[str, _Run] = {}
        self._found: dict[str, Found] = {}
        self._open = 0  # requests on their way

    def settle(self, papers: Mapping[str, Paper]) -> dict[str, Found]:
        """What is found of each paper, by its name."""
        bridge = openalex.NAME in self._addresses
        self._runs = {name: _Run(look_up(paper, bridge)) for name, paper in papers.items()}
        for name in papers:
            self._step(name)
        while len(self._found) < len(papers):
            self._send()
            for ask in self._take(self._fetch.receive()):
                for name in self._waiting.pop(ask, ()):
                    self._hand(name, ask)
        return {name: self._found[name] for name in papers}

    def _step(self, name: str) -> None:
        """Let the look-up go on as far as what is known takes it."""
        run = self._runs[name]
        while not run.missing:
            try:
                asks = run.steps.send(run.answers or None)  # type: ignore[arg-type]  # a generator begins with None
            except StopIteration as end:
                self._found[name] = end.value
                if self._on_found:
                    self._on_found(len(self._found), len(self._runs))
                return
            run.answers = {ask: self._answers[ask] for ask in asks if self._is_known(ask)}
            run.missing = set(asks) - run.answers.keys()
            for ask in sorted(run.missing):
                if ask not in self._waiting:
                    self._queue.append(ask)
                self._waiting.setdefault(ask, []).append(name)

    def _hand(self, name: str, ask: Ask) -> None:
        run = self._runs[name]
        run.answers[ask] = self._answers[ask]
        run.missing.remove(ask)
        self._step(name)

    def _is_known(self, ask: Ask) -> bool:
        """Whether the ask is answered, in this run or by what is kept; what was kept and is damaged will be asked again."""
        if ask not in self._answers and (kept := self._fetch.kept(ask)):
            with suppress(SourceError):
                self._read(ask, *kept)
        return ask in self._answers

    def _read(self, ask: Ask, answer: str, retrieved: dt.datetime) -> None:
        records = SOURCES[ask.source].records(ask, answer)
        day = retrieved.astimezone(dt.UTC).date()
        self._answers[ask] = Answer(records, PartialDate(day.year, day.month, day.day))

    def _send(self) -> None:
        asks, self._queue = self._queue, []
        for source, address in self._addresses.items():
            for request in SOURCES[source].requests((ask for ask in asks if ask.source == source), address):
                self._post(request)

    def _post(self, request: Request) -> None:
        self._fetch.send(request)
        self._open += 1

    def _take(self, outcome: Outcome) -> Iterator[Ask]:
        """The asks that are settled now, by an answer or for want of one."""
        self._open -= 1
        request = outcome.request
        if isinstance(outcome, Refused) and len(request.asks) > 1:  # too long, or spoilt by one of them
            for half in SOURCES[request.source].halves(request, self._addresses[request.source]):
                self._post(half)
            return
        if isinstance(outcome, Answered):
            for ask, answer in outcome.answers.items():
                self._accept(ask, answer, outcome.retrieved)
        else:  # one that is refused by itself will be so tomorrow too, but it is no "not found"
            self.reasons[request.source] = outcome.reason
        for ask in request.asks:
            self._answers.setdefault(ask, None)
            yield ask

    def _accept(self, ask: Ask, answer: str, retrieved: dt.datetime) -> None:
        """Take what came; what cannot be read is no answer."""
        try:
            if ask not in self._answers:
                self._read(ask, answer, retrieved)
        except SourceError as error:
            self.reasons[ask.source] = str(error)
