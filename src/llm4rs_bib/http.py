"""The only network code: paces, retries, and keeps every answer at once. All times are in seconds.

Crossref states its limits in headers, for each pool of requests, and its concurrency for a user
(https://www.crossref.org/documentation/retrieve-metadata/rest-api/access-and-authentication/); arXiv's are in its terms
(https://info.arxiv.org/help/api/tou.html). Limits hold for all processes that share a store.
"""

from __future__ import annotations

import datetime as dt
import math
import random
import re
import threading
import time
from collections import Counter, deque
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from importlib.metadata import version
from queue import Empty, SimpleQueue
from types import TracebackType
from typing import Any, Self
from urllib.parse import quote

import httpcore2
import httpx2

from .errors import BibError, Fault, SourceError
from .sources.base import Answered, Outcome, Reading, Refused, Request, Unreachable
from .store import Store

WORKERS = 8  # threads of a pool, and the most seats of a host that are taken
TRIES = 8  # failed attempts after which a request is given up
ROW = 10  # failed attempts in a row, over all requests, after which a host is given up
DOUBTS = 3  # uncertain readings in a row that are believed
MORE_DOUBTS = 6  # the same, of a host that has said "nothing" where there was something
HOPS = 5  # redirects that are followed
CAUTION = 10  # good answers after a 429 until the pace is the stated one again
PATIENCE = 300.0  # the longest wait that a host may ask for
LARGEST = 20_000_000  # bytes of a body, decoded
_REDIRECTS = (301, 302, 303, 307, 308)
_AHEAD = 0.01  # before its slot a request looks for a seat
_NUMBER = re.compile(r"(\d{1,9}(?:\.\d{1,9})?|\.\d{1,9})(ms|s|m)?", re.ASCII)
_UNITS = {None: 1.0, "ms": 0.001, "s": 1.0, "m": 60.0}


@dataclass(frozen=True, slots=True)
class Host:
    """How a source's host is to be asked."""

    name: str  # the source's
    read: Callable[[Request, int, bytes], Reading]  # of a 200 or 404; SourceError for what is no answer
    interval: float  # between requests, until the host says otherwise
    learns: bool  # whether it states its limits in headers
    parameters: Mapping[str, str] = field(default_factory=dict)  # what goes into each query besides: an address, a key


class _AttemptError(Exception):
    """An attempt without an answer: why, and how long the host asks us to wait."""

    def __init__(
        self, reason: str, *, status: int = 0, wait: float | None = None, timed_out: bool = False, tries: int = 1
    ) -> None:
        super().__init__(reason)
        self.tries = tries  # that it counts for
        self.status = status
        self.wait = wait
        self.timed_out = timed_out


@dataclass(slots=True)
class _Tries:
    """What a request has been through."""

    failures: int = 0
    time_outs: int = 0
    doubts: int = 0  # in a row
    refusals: int = 0


@dataclass(frozen=True, slots=True)
class _Reply:
    status: int
    headers: httpx2.Headers
    body: bytes

    def __str__(self) -> str:
        return f"{self.status} {httpx2.codes.get_reason_phrase(self.status)}".strip()


class _Pool:
    """The pace of the requests that share a limit."""

    def __init__(self, name: str, interval: float) -> None:
        self.name = name  # in the store
        self.stated = interval  # between requests
        self.seats: int | None = None  # of the host, as this pool's answers state them
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


class _Lane:
    """What this run knows of a host."""

    def __init__(self, host: Host) -> None:
        self.host = host
        self.pools: dict[str, _Pool] = {}
        self.lock = threading.Lock()
        self.failures = 0  # in a row, over all requests
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

    def succeed(self, pool: _Pool) -> None:
        """An answer was read."""
        with self.lock:
            self.failures = 0
            pool.caution = max(0, pool.caution - 1)

    def give_up(self, reason: str) -> None:
        """Ask nothing more of the host in this run."""
        with self.lock:
            self.reason = self.reason or reason
        self.ended.set()


class Client:
    """Asks each host at its own pace, in threads of its own, and puts every answer into the store before it hands it out.

    `mailto` is the address that hosts may write to; `on_wait(source, seconds)` is called, in any thread, when a host has us wait.
    BibError if the environment names a proxy that cannot be used.
    """

    def __init__(
        self, hosts: Iterable[Host], store: Store, *, mailto: str | None, on_wait: Callable[[str, float], None] | None = None
    ) -> None:
        self.requests: Counter[str] = Counter()  # every GET that was sent, by source
        self._lanes = {host.name: _Lane(host) for host in hosts}
        self._store = store
        self._on_wait = on_wait
        self._wire = _Wire(_user_agent(mailto))
        self._done: SimpleQueue[Future[Outcome]] = SimpleQueue()
        self._open = 0

    def send(self, request: Request) -> None:
        """Let the request be answered; returns at once. KeyError for a source that has no host."""
        lane = self._lanes[request.source]
        pool = lane.pools.get(request.pool)
        if pool is None:
            pool = lane.pools[request.pool] = _Pool(f"{lane.host.name}-{request.pool}", lane.host.interval)
        self._open += 1
        pool.workers.submit(self._answer, lane, pool, request).add_done_callback(self._done.put)

    def receive(self) -> Outcome:
        """Wait for the outcome of any request that was sent; raises what failed in a worker, StoreError above all.

        Every request has one outcome: RuntimeError if all have been received, CancelledError if the client was closed before.
        """
        if not self._open:
            raise RuntimeError("all that was sent has been received")
        done = None
        while done is None:
            with suppress(Empty):
                done = self._done.get(timeout=0.5)  # Windows hears Ctrl-C only between waits
        self._open -= 1
        return done.result()

    def close(self) -> None:
        """End all threads, and what they wait for."""
        self._wire.closing.set()
        for lane in self._lanes.values():
            lane.ended.set()
        for pool in [pool for lane in self._lanes.values() for pool in lane.pools.values()]:
            pool.workers.shutdown(cancel_futures=True)
        self._wire.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def _answer(self, lane: _Lane, pool: _Pool, request: Request) -> Outcome:
        """Try until there is an outcome."""
        try:
            url = httpx2.URL(request.address).copy_merge_params(request.parameters)
        except httpx2.InvalidURL as error:
            return Unreachable(request, f"{request.address}: is no address: {error}")
        tries = _Tries()
        outcome = None
        try:
            while outcome is None:
                try:
                    outcome = self._attempt(lane, pool, request, url, tries)
                except _AttemptError as error:
                    reason = self._fail(lane, pool, f"{_where(url)}: {error}", error, tries)
                    outcome = Unreachable(request, reason) if reason else None
        except CancelledError:
            if lane.reason is None:
                raise
            outcome = Unreachable(request, lane.reason)
        return outcome

    def _attempt(self, lane: _Lane, pool: _Pool, request: Request, url: httpx2.URL, tries: _Tries) -> Outcome | None:
        """Ask once; None if the same is to be asked again."""
        reply = self._follow(lane, pool, url, tries.time_outs)
        if reply.status in (200, 404):
            return self._read(lane, pool, request, reply, tries)
        if reply.status in (400, 414):
            tries.refusals += 1
            lane.succeed(pool)
            is_final = reply.status == 414 or tries.refusals > 1
            return Refused(request, f"{_where(url)}: {reply}", reply.status) if is_final else None
        if reply.status in (401, 403):
            lane.give_up(f"{_where(url)}: refuses us ({reply})")
            raise CancelledError
        raise _AttemptError(str(reply), status=reply.status, wait=_retry_after(reply.headers.get("retry-after", "")))

    def _read(self, lane: _Lane, pool: _Pool, request: Request, reply: _Reply, tries: _Tries) -> Answered | None:
        retrieved = dt.datetime.fromtimestamp(int(time.time()), dt.UTC)
        try:
            reading = lane.host.read(request, reply.status, reply.body)
        except SourceError as error:
            raise _AttemptError(f"no answer: {error}") from None
        lane.succeed(pool)
        lane.deceived |= reading.certain and tries.doubts > 0
        tries.doubts += 1
        if not reading.certain and tries.doubts < (MORE_DOUBTS if lane.deceived else DOUBTS):
            return None
        self._store.put(reading.answers, retrieved)
        return Answered(request, reading.answers, retrieved)

    def _fail(self, lane: _Lane, pool: _Pool, reason: str, error: _AttemptError, tries: _Tries) -> str | None:
        """Note the failed attempt and wait for the next; or why there is to be none."""
        if self._wire.closing.is_set():
            raise CancelledError
        tries.doubts = 0
        tries.failures += error.tries
        tries.time_outs += error.timed_out
        with lane.lock:
            lane.failures += error.tries
            row = lane.failures
            pool.caution = CAUTION if error.status == 429 else pool.caution
        if error.wait and error.wait > PATIENCE:
            until = dt.datetime.fromtimestamp(time.time() + error.wait, dt.UTC).astimezone()
            lane.give_up(f"{reason}, and asks us to wait until {until:%Y-%m-%d %H:%M}")
        elif row >= ROW:
            lane.give_up(f"{reason}, {row} times in a row")
        if lane.reason is not None:
            return lane.reason
        self._back_off(lane, pool, error, row, tries.failures)
        return f"{reason}, after {TRIES} tries" if tries.failures >= TRIES else None

    def _back_off(self, lane: _Lane, pool: _Pool, error: _AttemptError, row: int, failures: int) -> None:
        """Wait, the longer the more failed; all of the host's requests do if it says so, or seems to be down."""
        if error.wait:
            self._store.postpone(lane.host.name, error.wait)
            return
        longest = max(pool.spacing, 0.05) * min(60, 2 ** (max(row, failures) // error.tries - 1))
        wait = random.uniform(0, longest)  # noqa: S311 - no secret
        if error.status == 429 or row > 1:
            self._store.postpone(lane.host.name, wait)
        elif failures < TRIES:
            self._rest(lane, wait)

    def _follow(self, lane: _Lane, pool: _Pool, url: httpx2.URL, time_outs: int) -> _Reply:
        """The reply at the end of the redirects."""
        url = url.copy_merge_params(lane.host.parameters)
        seen = {url}
        while True:
            reply = self._exchange(lane, pool, url, time_outs)
            if reply.status not in _REDIRECTS or "location" not in reply.headers:
                return reply
            try:
                target = url.join(reply.headers["location"]).copy_merge_params(lane.host.parameters)
            except (httpx2.InvalidURL, ValueError):
                raise _AttemptError(f"{reply} to no address") from None
            if not _may_follow(url, target):
                raise _AttemptError(f"{reply} to another host, {_where(target)}")
            if target in seen or len(seen) > HOPS:
                raise _AttemptError(f"{reply} without end")
            seen.add(target)
            url = target

    def _exchange(self, lane: _Lane, pool: _Pool, url: httpx2.URL, time_outs: int) -> _Reply:
        """One GET, in a slot of its pool and on a seat of its host."""
        with ExitStack() as held:
            with pool.gate:
                self._rest_until(lane, lambda: pool.slot + pool.gap - _AHEAD)  # without a seat: other pools can use it
                held.enter_context(self._store.seat(lane.host.name, lane.seats, lane.ended))
                slot = self._take_slot(lane, pool)
            return self._get(lane, pool, url, lane.time_out(time_outs), slot)

    def _take_slot(self, lane: _Lane, pool: _Pool) -> float:
        """Wait for a time slot of the pool in which the host is not postponed; when it was, on the monotonic clock."""
        is_late = True
        while is_late:
            while wait := self._store.postponed(lane.host.name):
                self._announce(lane, wait)
                self._rest(lane, wait)
            wait = self._store.reserve(pool.name, pool.gap)
            slot = pool.slot = time.monotonic() + wait
            self._rest(lane, wait)
            is_late = time.monotonic() - slot > pool.slack or self._store.postponed(lane.host.name) > 0
        return slot

    def _get(self, lane: _Lane, pool: _Pool, url: httpx2.URL, time_out: float, slot: float) -> _Reply:
        sent = slot

        def on_send() -> None:
            nonlocal sent
            sent = time.monotonic()
            if sent - slot > pool.slack:  # it took long to connect: the next request must not come right behind
                self._store.postpone(pool.name, pool.gap)
            with lane.lock:
                self.requests[lane.host.name] += 1

        reply = self._wire.get(url, time_out, on_send, pool.learn if lane.host.learns else lambda _: None)
        duration = time.monotonic() - sent
        pool.measure(duration)
        if reply.status in (200, 404):
            lane.durations.append(duration)
        return reply

    def _announce(self, lane: _Lane, wait: float) -> None:
        with lane.lock:
            until = time.monotonic() + wait
            is_news = wait > 1 and until > lane.announced + 1
            lane.announced = max(lane.announced, until)
        if is_news and self._on_wait:
            self._on_wait(lane.host.name, wait)

    def _rest(self, lane: _Lane, wait: float) -> None:
        until = time.monotonic() + wait
        self._rest_until(lane, lambda: until)

    def _rest_until(self, lane: _Lane, until: Callable[[], float]) -> None:
        """Wait until then, which may change meanwhile; CancelledError as soon as the host is given up or the client closed."""
        while not lane.ended.is_set():
            left = until() - time.monotonic()
            if left <= 0:
                return
            lane.ended.wait(min(left, 0.05))
        raise CancelledError


class _Wire:
    """One connection pool for all hosts, whose exchanges end in time."""

    def __init__(self, user_agent: str) -> None:
        self.closing = threading.Event()
        self._now = threading.local()  # `until`: when this thread's exchange has to be over
        try:
            self._client = httpx2.Client(headers={"User-Agent": user_agent})
        except (ImportError, ValueError, httpx2.InvalidURL) as error:
            raise BibError(Fault("", f"the environment names a proxy that cannot be used: {error}")) from None

    def get(
        self, url: httpx2.URL, time_out: float, on_send: Callable[[], None], on_headers: Callable[[httpx2.Headers], None]
    ) -> _Reply:
        """The reply, with its body whole and decoded."""
        self._now.until = time.monotonic() + time_out

        def trace(event: str, info: Mapping[str, Any]) -> None:
            if event.endswith(("connect_tcp.complete", "start_tls.complete")):
                self._limit(info["return_value"])
            elif event == "http11.send_request_headers.started" and info["request"].method == b"GET":  # no proxy's CONNECT
                on_send()

        limits = httpx2.Timeout(time_out, connect=min(10.0, time_out))
        try:
            with self._client.stream("GET", url, timeout=limits, extensions={"trace": trace}) as response:
                on_headers(response.headers)
                return _Reply(response.status_code, response.headers, _body(response))
        except (httpx2.ConnectError, httpx2.ConnectTimeout, httpx2.ProxyError, httpx2.UnsupportedProtocol) as error:
            raise _AttemptError(f"cannot be reached ({error})", tries=2) from None  # no network: it seldom comes back in a minute
        except httpx2.TimeoutException:
            raise _AttemptError(f"no answer within {time_out:.0f} s", timed_out=True) from None
        except httpx2.HTTPError as error:
            raise _AttemptError(f"no whole answer ({str(error) or type(error).__name__})") from None

    def _limit(self, stream: httpcore2.NetworkStream) -> None:
        """Let the stream's reads end with the exchange: the library's own time-out begins anew with each byte."""
        read = stream.read

        def limited(max_bytes: int, timeout: float | None = None) -> bytes:
            while not self.closing.is_set():
                left = self._now.until - time.monotonic()
                if left <= 0:
                    raise httpcore2.ReadTimeout
                with suppress(httpcore2.ReadTimeout):
                    return read(max_bytes, min(left, 0.1, timeout or left))
            raise httpcore2.ReadError("closed")

        stream.read = limited  # type: ignore[method-assign]

    def close(self) -> None:
        self._client.close()


def _body(response: httpx2.Response) -> bytes:
    body = bytearray()
    for piece in response.iter_bytes():
        body += piece
        if len(body) > LARGEST:
            raise _AttemptError(f"more than {LARGEST // 1_000_000} MB")
    return bytes(body)


def _user_agent(mailto: str | None) -> str:
    contact = f"; mailto:{quote(mailto, safe='@+')}" if mailto else ""
    return f"llm4rs-bib/{version('llm4rs-bib')} (https://pypi.org/project/llm4rs-bib{contact})"


def _where(url: httpx2.URL) -> str:
    return url.netloc.decode()


def _may_follow(url: httpx2.URL, target: httpx2.URL) -> bool:
    """Whether a redirect stays on its host: the same port, or https instead of http."""
    if url.host != target.host:
        return False
    return (url.scheme, url.port) == (target.scheme, target.port) or (url.scheme, target.scheme) == ("http", "https")


def _seconds(text: str) -> float | None:
    """Read `10`, `0.5`, `1s`, `50ms` or `1m`; None for anything else."""
    match = _NUMBER.fullmatch(text.replace(" ", ""))
    return float(match[1]) * _UNITS[match[2]] if match else None


def _retry_after(text: str) -> float | None:
    """How long a Retry-After asks us to wait (RFC 9110, 10.2.3: seconds or a date); None if it says nothing, or is over."""
    wait = _seconds(text)
    if wait is None:
        try:
            when = parsedate_to_datetime(text)
            wait = when.replace(tzinfo=when.tzinfo or dt.UTC).timestamp() - time.time()
        except (ValueError, OverflowError):
            return None
    return min(wait, 1e8) if wait > 0 else None
