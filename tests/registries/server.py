"""Both services under one port: `/works…` is Crossref, `/api/query` arXiv; `/_stats` and `/_reset` are for tests."""

from __future__ import annotations

import math
import socket
import sys
import threading
from collections import Counter
from contextlib import contextmanager
from http.server import ThreadingHTTPServer
from types import SimpleNamespace

from . import faults
from .arxiv import Arxiv
from .crossref import Crossref
from .handler import Handler
from .limits import Limits


@contextmanager
def serve(world, **options):
    """A server in this process, for a test: `with serve(world, faults="429", seed=3) as server: … server.address`."""
    server = Server(world, **options)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield server
    finally:
        server.stop()
        thread.join()


class Server(ThreadingHTTPServer):
    """`scale` divides all times; `pool` public ignores mail addresses; `latency` is slept before each answer, in real seconds."""

    daemon_threads = False
    request_queue_size = 128

    def __init__(self, world, **options):
        settings = {"scale": 20, "faults": "none", "seed": 1, "pool": "polite", "latency": 0, "port": 0, "url_limit": 4096}
        assert options.keys() <= settings.keys(), options.keys() - settings.keys()
        self.settings = SimpleNamespace(**settings | options)
        assert self.settings.faults in faults.MIXES, self.settings.faults
        super().__init__(("127.0.0.1", self.settings.port), Handler)
        sys.setswitchinterval(0.0005)  # so that no long answer delays the time at which another request is read
        self.address = f"http://127.0.0.1:{self.server_port}"
        self.elsewhere = f"http://localhost:{self.server_port}/_elsewhere"
        self.services = {"crossref": Crossref(world), "arxiv": Arxiv(world)}
        self.lock = threading.Lock()
        self.stopping = threading.Event()
        self.hold_after = math.inf  # requests; later ones hang until this is raised or their client goes away
        self.connections = set()
        self.reset()

    def opened(self, connection):
        with self.lock:
            self.connections.add(connection)
            self.connections_at_most = max(self.connections_at_most, len(self.connections))

    def reset(self):
        """Forget all counts, and begin the faults anew."""
        with self.lock:
            self.limits = Limits(self.settings.scale)
            self.connections_at_most = len(self.connections)
            self.number = 0
            self.requests, self.sent, self.faulted = Counter(), Counter(), Counter()
            self.by_service, self.down_until, self.looping = Counter(), Counter(), {}
            self.answered, self.twice, self.twice_in_all = set(), [], 0

    def stats(self):
        """What happened since the start or the last reset."""
        with self.lock:
            state = self.limits.services
            return {
                "requests": dict(self.requests),
                "violations": {name: dict(each.violations) for name, each in state.items()},
                "violations_in_all": sum(sum(each.violations.values()) for each in state.values()),
                "open_at_most": {name: each.at_most for name, each in state.items()},
                "connections_at_most": self.connections_at_most,
                "asked_twice": self.twice_in_all,
                "asked_twice_examples": self.twice[:20],
                "bytes": dict(self.sent),
                "faults": dict(self.faulted),
            }

    def next_fault(self, service):
        """The fault of this request, drawn by its number; a host that is down answers 503 whatever is drawn."""
        with self.lock:
            self.number += 1
            self.by_service[service] += 1
            here = self.by_service[service]
            fault, draw = faults.drawn(self.settings.faults, self.settings.seed, self.number)
            stretch = faults.stretch(self.settings.faults, self.settings.seed)
            if here < self.down_until[service] or (stretch and stretch[0] == service and stretch[1] <= here < stretch[2]):
                return faults.unavailable, draw
            return fault, draw

    def take_down(self, service, requests):
        with self.lock:
            self.down_until[service] = self.by_service[service] + requests

    def loop(self, path):
        """From now on an address redirects to itself, for a while."""
        with self.lock:
            self.looping[path] = faults.SAME

    def loops(self, path):
        with self.lock:
            left = self.looping.pop(path, 0) - 1
            if left > 0:
                self.looping[path] = left
            return left > 0

    def note_fault(self, fault):
        with self.lock:
            self.faulted[fault.__name__.replace("_", " ")] += 1

    def note_answered(self, asks):
        with self.lock:
            again = [ask for ask in asks if ask in self.answered]
            self.twice += again[: 20 - len(self.twice)]
            self.twice_in_all += len(again)
            self.answered.update(asks)

    def stop(self):
        self.stopping.set()
        self.shutdown()
        for connection in list(self.connections):
            try:
                connection.shutdown(socket.SHUT_RDWR)
            except OSError:
                continue
        self.server_close()

    def handle_error(self, request, client_address):
        """A client that goes away is no error of ours; anything else is, and is shown."""
        if not isinstance(sys.exc_info()[1], OSError):
            super().handle_error(request, client_address)
