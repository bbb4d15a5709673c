"""What a run knows of a host: how fast it may be asked, how long to wait for it, and whether it is given up."""

from __future__ import annotations

import datetime as dt
import math
import re
import threading
import time
from collections import deque
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from email.utils import parsedate_to_datetime

WORKERS = 8  # threads of a pool, and the most seats of a host that are taken
CAUTION = 10  # good answers after a 429 until the pace is the stated one again
_NUMBER = re.compile(r"(\d{1,9}(?:\.\d{1,9})?|\.\d{1,9})(ms|s|m)?", re.ASCII)
_UNITS = {None: 1.0, "ms": 0.001, "s": 1.0, "m": 60.0}


class Pool:
    """The pace of the requests that share a limit."""

    def __init__(self, name: str, interval: float) -> None:
        self.name = name  # in the store
        self.stated = interval  # between requests
        self.seats: int | None = None  # of the host, as this pool's answers state them
        self.open = 0  # requests that are not answered yet
        self.slot = -math.inf  # of the last request, on the monotonic clock
        self.caution = 0  # good answers until the pace is the stated one
        self.shortest = math.inf  # exchange
        self.longer = 0.0  # than the shortest, that the last exchange took
        self.gate = threading.Lock()  # one request at a time waits for its slot
        self.workers = ThreadPoolExecutor(WORKERS, thread_name_prefix=name)

    @property
    def spacing(self) -> float:
        """Between requests, as the host wants it."""
        return self.stated * (2 if self.caution else 1)

    @property
    def gap(self) -> float:
        """Between slots: even spacing at exactly the limit fails by jitter, and a host may stamp an exchange late."""
        return self.spacing * 1.05 + 0.004 + min(0.06 * self.spacing, self.longer)

    @property
    def slack(self) -> float:
        """How late after its slot a request may be sent without coming too close to the next."""
        return (self.spacing * 0.05 + 0.004) / 2

    def learn(self, headers: Mapping[str, str]) -> None:
        """Take the limits that an answer states; what makes no sense changes nothing."""
        limit, interval = (_seconds(headers.get(f"x-rate-limit-{word}", "")) for word in ("limit", "interval"))
        if limit and interval and 0.001 <= interval / limit <= 600:
            self.stated = interval / limit
        seats = headers.get("x-concurrency-limit", "")
        if re.fullmatch("[0-9]{1,3}", seats) and int(seats):
            self.seats = min(int(seats), WORKERS)

    def measure(self, duration: float) -> None:
        """Note how long an exchange took."""
        usual = 0.0 if self.shortest == math.inf else self.shortest  # the first may have been late
        self.longer = max(0.0, duration - usual)
        self.shortest = min(self.shortest, duration)


class Lane:
    """What this run knows of a host."""

    def __init__(self, name: str, interval: float) -> None:
        self.name = name  # the source's
        self.interval = interval  # between requests, until the host says otherwise
        self.pools: dict[str, Pool] = {}
        self.lock = threading.Lock()
        self.failures = 0  # in a row, over all requests
        self.is_certain = False  # whether it has answered anything for certain
        self.is_suspect = False  # whether it denied what it must have: then "nothing" is no answer
        self.deceived = False  # whether it said "nothing" and then something
        self.durations: deque[float] = deque(maxlen=25)  # of the last answers
        self.announced = -math.inf  # until when the wait lasts that was told last
        self.reason: str | None = None  # why it is given up
        self.ended = threading.Event()  # given up, or the client is closed

    @property
    def seats(self) -> int:
        """The requests that may be under way at once: the fewest that a pool's answers state."""
        return min((pool.seats for pool in list(self.pools.values()) if pool.seats), default=1)

    def time_out(self, doublings: int) -> float:
        """For an exchange: generous until the host's usual speed is known."""
        durations = sorted(self.durations)
        usual = 30.0 if len(durations) < 5 else min(30.0, max(3.0, 20 * durations[len(durations) // 2]))
        return min(60.0, usual * 2.0**doublings)

    def succeed(self, pool: Pool) -> None:
        """An answer was read."""
        with self.lock:
            self.failures = 0
            pool.caution = max(0, pool.caution - 1)

    def give_up(self, reason: str) -> None:
        """Ask nothing more of the host in this run."""
        with self.lock:
            self.reason = self.reason or reason
        self.ended.set()


def _seconds(text: str) -> float | None:
    """Read `10`, `0.5`, `1s`, `50ms` or `1m`; None for anything else."""
    match = _NUMBER.fullmatch(text.replace(" ", ""))
    return float(match[1]) * _UNITS[match[2]] if match else None


def retry_after(text: str) -> float | None:
    """How long a Retry-After asks us to wait (RFC 9110, 10.2.3: seconds or a date); None if it says nothing, or is over."""
    wait = _seconds(text)
    if wait is None:
        try:
            when = parsedate_to_datetime(text)
            wait = when.replace(tzinfo=when.tzinfo or dt.UTC).timestamp() - time.time()
        except (ValueError, OverflowError):
            return None
    return min(wait, 1e8) if wait > 0 else None
