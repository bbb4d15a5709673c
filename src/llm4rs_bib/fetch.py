"""Where answers come from: what is kept, while it is fresh, and the network unless it is to be left alone."""

from __future__ import annotations

import datetime as dt
from collections import Counter, deque
from collections.abc import Mapping
from dataclasses import dataclass

from .http import Client
from .sources.base import NOTHING, Ask, Outcome, Request, Unreachable
from .store import Store

LONGEST_NOTHING = dt.timedelta(days=7)  # what a registry did not have it may have next week


@dataclass(frozen=True)
class Ages:
    """How old an answer may be."""

    now: dt.datetime
    longest: dt.timedelta | None = None  # None: any age

    def is_fresh(self, answer: str, retrieved: dt.datetime) -> bool:
        """Whether the answer still counts; one that there is nothing counts for a week at most."""
        if self.longest is None:
            return True
        return self.now - retrieved <= (min(self.longest, LONGEST_NOTHING) if answer == NOTHING else self.longest)


class Offline:
    """Only what is kept; what would have been asked is counted."""

    def __init__(self, store: Store, ages: Ages) -> None:
        self._store = store
        self._ages = ages
        self._unsent: deque[Request] = deque()
        self.requests: Counter[str] = Counter()  # that were sent, by source
        self.planned: Counter[str] = Counter()  # that would have been

    def kept(self, ask: Ask) -> tuple[str, dt.datetime] | None:
        """The answer that is kept and fresh, and when it came."""
        found = self._store.get(ask)
        return (found.answer, found.retrieved) if found and self._ages.is_fresh(found.answer, found.retrieved) else None

    def send(self, request: Request) -> None:
        """Count the request."""
        self.planned[request.source] += 1
        self._unsent.append(request)

    def receive(self) -> Outcome:
        """No request is answered."""
        return Unreachable(self._unsent.popleft(), "not asked: --offline")


class Online(Offline):
    """What is kept, else the network."""

    def __init__(self, store: Store, ages: Ages, client: Client) -> None:
        super().__init__(store, ages)
        self._client = client
        self.requests = client.requests

    def send(self, request: Request) -> None:
        """Let the client send it."""
        self._client.send(request)

    def receive(self) -> Outcome:
        """Wait for the client."""
        return self._client.receive()


def lasts(requests: Mapping[str, int], intervals: Mapping[str, float]) -> float:
    """The seconds that so many requests take at least: the hosts are asked side by side."""
    return max((count * intervals[source] for source, count in requests.items()), default=0.0)
