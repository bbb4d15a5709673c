"""The client: requests to many hosts side by side, each at its own pace, again where that helps, and every answer kept."""

from __future__ import annotations

import datetime as dt
import random
import time
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import CancelledError, Future
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from queue import Empty, SimpleQueue
from types import TracebackType
from typing import Self

import httpx2

from ..errors import DenialError, SourceError
from ..sources.base import Answered, Outcome, Reading, Refused, Request, Unreachable
from ..store import Store
from .pace import CAUTION, Lane, Pool, retry_after
from .wire import AttemptError, Reply, Wire, may_follow, where

TRIES = 8  # failed attempts after which a request is given up
ROW = 10  # failed attempts in a row, over all requests, after which a host is given up
DOUBTS = 3  # uncertain readings in a row that are believed
MORE_DOUBTS = 6  # the same, of a host that has said "nothing" where there was something
HOPS = 5  # redirects that are followed
PATIENCE = 300.0  # the longest wait that a host may ask for
_REDIRECTS = (301, 302, 303, 307, 308)
_AHEAD = 0.01  # before its slot a request looks for a seat


@dataclass(frozen=True, slots=True)
class Host:
    """How a source's host is to be asked."""

    name: str  # the source's
    read: Callable[[Request, int, bytes], Reading]  # of a 200 or 404; SourceError for what is no answer
    interval: float  # between requests, until the host says otherwise
    learns: bool  # whether it states its limits in headers
    parameters: Mapping[str, str] = field(default_factory=dict)  # what goes into each query besides: an address, a key


@dataclass(slots=True)
class _Tries:
    """What a request has been through."""

    failures: int = 0
    time_outs: int = 0
    doubts: int = 0  # in a row
    refusals: int = 0


class Client:
    """Asks each host at its own pace, in threads of its own, and puts every answer into the store before it hands it out.

    `mailto` is the address that hosts may write to; `on_wait(source, seconds)` is called, in any thread, when a host has us wait.
    BibError if the environment names a proxy that cannot be used.
    """

    def __init__(
        self, hosts: Iterable[Host], store: Store, *, mailto: str | None, on_wait: Callable[[str, float], None] | None = None
    ) -> None:
        self.requests: Counter[str] = Counter()  # every GET that was sent, by source
        self._hosts = {host.name: host for host in hosts}
        self._lanes = {host.name: Lane(host.name, host.interval) for host in self._hosts.values()}
        self._store = store
        self._on_wait = on_wait
        self._wire = Wire(mailto)
        self._done: SimpleQueue[Future[Outcome]] = SimpleQueue()
        self._open = 0

    def send(self, request: Request) -> None:
        """Let the request be answered; returns at once. KeyError for a source that has no host."""
        lane = self._lanes[request.source]
        pool = lane.pools.get(request.pool)
        if pool is None:
            pool = lane.pools[request.pool] = Pool(f"{lane.name}-{request.pool}", lane.interval)
        self._open += 1
        pool.open += 1
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
        outcome = done.result()
        self._lanes[outcome.request.source].pools[outcome.request.pool].open -= 1
        return outcome

    def left(self) -> float:
        """The seconds that what was sent and is not answered will take at least, by the limits of hosts that are not given up."""
        pools = [pool for lane in self._lanes.values() if lane.reason is None for pool in lane.pools.values()]
        return max((pool.open * pool.gap for pool in pools), default=0.0)

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

    def _answer(self, lane: Lane, pool: Pool, request: Request) -> Outcome:
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
                except AttemptError as error:
                    reason = self._fail(lane, pool, f"{where(url)}: {error}", error, tries)
                    outcome = Unreachable(request, reason) if reason else None
        except CancelledError:
            if lane.reason is None:
                raise
            outcome = Unreachable(request, lane.reason)
        return outcome

    def _attempt(self, lane: Lane, pool: Pool, request: Request, url: httpx2.URL, tries: _Tries) -> Outcome | None:
        """Ask once; None if the same is to be asked again."""
        reply = self._follow(lane, pool, url, tries.time_outs)
        if reply.status in (200, 404):
            return self._read(lane, pool, request, reply, tries)
        if reply.status in (400, 414):
            tries.refusals += 1
            lane.succeed(pool)
            is_final = reply.status == 414 or tries.refusals > 1
            return Refused(request, f"{where(url)}: {reply}", reply.status) if is_final else None
        if reply.status in (401, 403):
            lane.give_up(f"{where(url)}: refuses us ({reply})")
            raise CancelledError
        raise AttemptError(str(reply), status=reply.status, wait=retry_after(reply.headers.get("retry-after", "")))

    def _read(self, lane: Lane, pool: Pool, request: Request, reply: Reply, tries: _Tries) -> Answered | None:
        retrieved = dt.datetime.now(dt.UTC)
        try:
            reading = self._hosts[lane.name].read(request, reply.status, reply.body)
        except SourceError as error:
            lane.is_suspect |= isinstance(error, DenialError) and not lane.is_certain
            raise AttemptError(f"no answer: {error}") from None
        if reading.certain:
            lane.succeed(pool)
            lane.is_certain, lane.is_suspect = True, False
        elif lane.is_suspect:
            raise AttemptError("says that it has nothing, whatever is asked")
        lane.deceived |= reading.certain and tries.doubts > 0
        tries.doubts += 1
        if not reading.certain and tries.doubts < (MORE_DOUBTS if lane.deceived else DOUBTS):
            return None
        self._store.put(reading.answers, retrieved)
        return Answered(request, reading.answers, retrieved)

    def _fail(self, lane: Lane, pool: Pool, reason: str, error: AttemptError, tries: _Tries) -> str | None:
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

    def _back_off(self, lane: Lane, pool: Pool, error: AttemptError, row: int, failures: int) -> None:
        """Wait, the longer the more failed; all of the host's requests do if it says so, or seems to be down."""
        if error.wait:
            self._store.postpone(lane.name, error.wait)
            return
        longest = max(pool.spacing, 0.05) * min(60, 2 ** (max(row, failures) // error.tries - 1))
        wait = random.uniform(0, longest)  # noqa: S311 - no secret
        if error.status == 429 or row > 1:
            self._store.postpone(lane.name, wait)
        elif failures < TRIES:
            self._rest(lane, wait)

    def _follow(self, lane: Lane, pool: Pool, url: httpx2.URL, time_outs: int) -> Reply:
        """The reply at the end of the redirects."""
        url = url.copy_merge_params(self._hosts[lane.name].parameters)
        seen = {url}
        while True:
            reply = self._exchange(lane, pool, url, time_outs)
            if reply.status not in _REDIRECTS or "location" not in reply.headers:
                return reply
            try:
                target = url.join(reply.headers["location"]).copy_merge_params(self._hosts[lane.name].parameters)
            except (httpx2.InvalidURL, ValueError):
                raise AttemptError(f"{reply} to no address") from None
            if not may_follow(url, target):
                raise AttemptError(f"{reply} to another host, {where(target)}")
            if target in seen or len(seen) > HOPS:
                raise AttemptError(f"{reply} without end")
            seen.add(target)
            url = target

    def _exchange(self, lane: Lane, pool: Pool, url: httpx2.URL, time_outs: int) -> Reply:
        """One GET, in a slot of its pool and on a seat of its host."""
        with ExitStack() as held:
            with pool.gate:
                self._rest_until(lane, lambda: pool.slot + pool.gap - _AHEAD)  # without a seat: other pools can use it
                held.enter_context(self._store.seat(lane.name, lane.seats, lane.ended))
                slot = self._take_slot(lane, pool)
            return self._get(lane, pool, url, lane.time_out(time_outs), slot)

    def _take_slot(self, lane: Lane, pool: Pool) -> float:
        """Wait for a time slot of the pool in which the host is not postponed; when it was, on the monotonic clock."""
        is_late = True
        while is_late:
            while wait := self._store.postponed(lane.name):
                self._announce(lane, wait)
                self._rest(lane, wait)
            wait = self._store.reserve(pool.name, pool.gap)
            slot = pool.slot = time.monotonic() + wait
            self._rest(lane, wait)
            is_late = time.monotonic() - slot > pool.slack or self._store.postponed(lane.name) > 0
        return slot

    def _get(self, lane: Lane, pool: Pool, url: httpx2.URL, time_out: float, slot: float) -> Reply:
        sent = slot

        def on_send() -> None:
            nonlocal sent
            sent = time.monotonic()
            if sent - slot > pool.slack:  # it took long to connect: the next request must not come right behind
                self._store.postpone(pool.name, pool.gap)
            with lane.lock:
                self.requests[lane.name] += 1

        reply = self._wire.get(url, time_out, on_send, pool.learn if self._hosts[lane.name].learns else lambda _: None)
        duration = time.monotonic() - sent
        pool.measure(duration)
        if reply.status in (200, 404):
            lane.durations.append(duration)
        return reply

    def _announce(self, lane: Lane, wait: float) -> None:
        with lane.lock:
            until = time.monotonic() + wait
            is_news = wait > 1 and until > lane.announced + 1
            lane.announced = max(lane.announced, until)
        if is_news and self._on_wait:
            self._on_wait(lane.name, wait)

    def _rest(self, lane: Lane, wait: float) -> None:
        until = time.monotonic() + wait
        self._rest_until(lane, lambda: until)

    def _rest_until(self, lane: Lane, until: Callable[[], float]) -> None:
        """Wait until then, which may change meanwhile; CancelledError as soon as the host is given up or the client closed."""
        while not lane.ended.is_set():
            left = until() - time.monotonic()
            if left <= 0:
                return
            lane.ended.wait(min(left, 0.05))
        raise CancelledError
