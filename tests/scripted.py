"""An HTTP server on 127.0.0.1 that plays a script and remembers what it was asked."""

from __future__ import annotations

import socket
import struct
import threading
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise
from urllib.parse import parse_qsl, urlsplit


@dataclass(frozen=True)
class Reply:
    """What the server does with one request."""

    status: int = 200
    body: bytes = b"[]"
    headers: Mapping[str, str] = field(default_factory=dict)  # "HERE" stands for the server's address
    special: str = ""  # "reset", "hang", "drip", "drip headers" or "truncated"
    takes: float = 0.0  # seconds


@dataclass(frozen=True)
class Seen:
    """A request as it arrived."""

    at: float  # monotonic clock
    path: str
    query: tuple[tuple[str, str], ...]
    headers: Mapping[str, str]
    open: int  # requests that were being answered, with this one


class Scripted:
    """Plays its replies in order, for any path or for each; and a good answer for ever when they are used up."""

    def __init__(self, replies: Sequence[Reply] | Mapping[str, Sequence[Reply]] = (), then: Reply | None = None):
        self.seen: list[Seen] = []
        self.over = threading.Event()
        self._paths = {path: list(each) for path, each in replies.items()} if isinstance(replies, Mapping) else {}
        self._replies = [] if isinstance(replies, Mapping) else list(replies)
        self._then = then or Reply()
        self._open = 0
        self._sockets: list[socket.socket] = []
        self._lock = threading.Lock()
        self._server = _Server(("127.0.0.1", 0), _Handler)
        self._server.script = self
        self.address = f"http://127.0.0.1:{self._server.server_port}"
        self.where = f"127.0.0.1:{self._server.server_port}"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,))

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *_):
        self.over.set()
        self._server.shutdown()
        self._thread.join()
        for each in self._sockets:
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
        self._server.server_close()

    def connected(self, connection):
        with self._lock:
            self._sockets.append(connection)

    def arrived(self, target, headers):
        """Remember the request; what to do with it."""
        at = time.monotonic()
        parts = urlsplit(target)
        with self._lock:
            self._open += 1
            query = tuple(parse_qsl(parts.query, keep_blank_values=True))
            self.seen.append(Seen(at, parts.path, query, dict(headers), self._open))
            replies = self._paths.get(parts.path, self._replies)
            return replies.pop(0) if replies else self._then

    def answered(self):
        with self._lock:
            self._open -= 1

    def gaps(self, path=None):
        """The seconds between one request and the next."""
        times = sorted(seen.at for seen in self.seen if path in (None, seen.path))
        return [later - earlier for earlier, later in pairwise(times)]


class _Server(ThreadingHTTPServer):
    daemon_threads = False
    request_queue_size = 50
    script: Scripted

    def handle_error(self, *_):
        """A client that goes away is no error here."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: _Server

    def setup(self):
        super().setup()
        self.server.script.connected(self.connection)

    def log_message(self, *_):
        pass

    def do_GET(self):
        reply = self.server.script.arrived(self.path, self.headers)
        try:
            if reply.takes:
                self.server.script.over.wait(reply.takes)
        finally:
            self.server.script.answered()  # before the client can know, and ask again
        self._play(reply)

    def _play(self, reply):
        body = reply.body * 10_000 if reply.special == "drip" else reply.body
        headers = {"Content-Length": str(len(body)), **reply.headers}
        lines = [f"HTTP/1.1 {reply.status} As Scripted", *(f"{name}: {value}" for name, value in headers.items())]
        head = "\r\n".join([*lines, "", ""]).replace("HERE", self.server.script.address).encode()
        if reply.special == "reset":
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self.close_connection = True
            self.connection.close()
        elif reply.special == "hang":
            self.server.script.over.wait()
        elif reply.special == "drip":
            self._drip(head, body)
        elif reply.special == "drip headers":
            self._drip(b"HTTP/1.1 200 As Scripted\r\n", b"a" * 10_000)
        elif reply.special == "truncated":
            self.wfile.write(head + body[:1])
            self.close_connection = True
        else:
            self.wfile.write(head + body)

    def _drip(self, whole, slow):
        self.wfile.write(whole)
        self.close_connection = True
        with suppress(ConnectionError):
            for byte in slow:
                if self.server.script.over.wait(0.1):
                    return
                self.wfile.write(bytes([byte]))
