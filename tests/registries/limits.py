"""How often and how many at once, as the services document it, checked strictly.

A request breaks a rate if, with those let in before it, more than `limit` came within the last `interval` (a sliding window, by
the time its first line was read), 1 ms of measuring error apart; refused requests do not count for the next. It breaks the number
at once if as many as allowed are being answered: a request is answered until its last byte is sent, or its client has gone.
At a scale of 20 an interval of 1 s becomes 50 ms, and arXiv's 3 s become 150 ms.
"""

from __future__ import annotations

import socket
import threading
from collections import deque
from dataclasses import dataclass, field

TOLERANCE = 0.001


@dataclass(frozen=True)
class Limit:
    pool: str  # the name that `x-api-pool` has
    rate: int
    interval: float
    at_once: int


CROSSREF = {
    ("polite", "single"): Limit("polite-single", 10, 1, 3),
    ("polite", "array"): Limit("polite-array", 3, 1, 3),
    ("public", "single"): Limit("public-single", 5, 1, 1),
    ("public", "array"): Limit("public-array", 1, 1, 1),
}
ARXIV = Limit("arxiv", 1, 3, 1)


@dataclass
class Service:
    """One host: what it is answering, and when it let requests in, by pool."""

    open: dict[int, socket.socket] = field(default_factory=dict)
    at_most: int = 0
    came: dict[str, deque] = field(default_factory=dict)
    violations: dict[str, int] = field(default_factory=lambda: {"rate": 0, "at once": 0})


class Limits:
    def __init__(self, scale):
        self.scale = scale
        self.lock = threading.Lock()
        self.services = {"crossref": Service(), "arxiv": Service()}

    def admit(self, service, limit, connection, now):
        """Let a request in, or count a violation and say its name."""
        with self.lock:
            state = self.services[service]
            state.open = {number: each for number, each in state.open.items() if not has_gone(each)}
            came = state.came.setdefault(limit.pool, deque())
            while came and came[0] <= now - limit.interval / self.scale + TOLERANCE:
                came.popleft()
            broken = "rate" if len(came) >= limit.rate else "at once" if len(state.open) >= limit.at_once else None
            if broken:
                state.violations[broken] += 1
                return broken
            came.append(now)
            state.open[id(connection)] = connection
            state.at_most = max(state.at_most, len(state.open))
            return None

    def done(self, service, connection):
        with self.lock:
            self.services[service].open.pop(id(connection), None)

    def stated(self, limit):
        """The headers that state a limit of Crossref's."""
        interval = f"{1000 * limit.interval / self.scale:g}ms" if self.scale != 1 else f"{limit.interval:g}s"
        return {
            "x-rate-limit-limit": str(limit.rate),
            "x-rate-limit-interval": interval,
            "x-concurrency-limit": str(limit.at_once),
            "x-api-pool": limit.pool,
        }


def has_gone(connection):
    """Whether the client closed its end, so that nobody waits for the answer."""
    try:
        return connection.recv(1, socket.MSG_PEEK | socket.MSG_DONTWAIT) == b""
    except BlockingIOError:
        return False
    except OSError:
        return True
