"""One connection: reads questions, keeps the limits, and sends answers with what goes wrong."""

from __future__ import annotations

import dataclasses
import os
import re
import socket
import struct
import time
from http.server import BaseHTTPRequestHandler
from types import SimpleNamespace
from urllib.parse import parse_qsl, unquote_plus, urlsplit

from . import faults
from .answers import HTML, JSON, TEXT, Answer, as_json, html
from .limits import ARXIV, CROSSREF, has_gone

HELD = 120  # seconds that a request hangs at most, before the scale


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # the last byte of an answer goes out alone

    def setup(self):
        self.server.opened(self.request)
        super().setup()

    def finish(self):
        self.server.connections.discard(self.request)
        super().finish()

    def parse_request(self):
        self.came = time.monotonic()
        return super().parse_request()

    def log_message(self, *_):
        pass

    def do_GET(self):
        self.respond()

    def do_HEAD(self):
        self.respond()

    def do_POST(self):
        self.respond()

    def respond(self):
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        address = urlsplit(self.path)
        query = address.query if self.command != "POST" else f"{address.query}&{body.decode()}"
        if own := self.own(address.path):
            self.send(faults.plain(own))
        elif address.path == "/api/query":
            self.guarded("arxiv", "arxiv", ARXIV, lambda: self.server.services["arxiv"].answer(_pairs(query)))
        elif re.match(r"/works(/|$)", address.path) and self.command != "POST":
            kind = "array" if address.path.rstrip("/") == "/works" else "single"
            limit = CROSSREF[self.pool(query), kind]
            self.guarded("crossref", self.kind(address, kind), limit, lambda: self.crossref(address.path, _pairs(query)))
        else:
            self.count("unknown")
            self.send(faults.plain(Answer(html(404, "Not Found"), 404, HTML)))

    def own(self, path):
        """What belongs to no service: statistics, circles of redirects, and the host that nobody should be led to."""
        if path in ("/_stats", "/_reset"):
            if path == "/_reset":
                self.server.reset()
            return Answer(as_json(self.server.stats()))
        if path.startswith("/_loop/"):
            self.count("redirects followed in a circle")
            return Answer(b"", 302, HTML, {"Location": "/_loop/b" if path.endswith("a") else "/_loop/a"})
        if path.startswith("/_elsewhere"):
            self.count("redirects followed to another host")
            return Answer(html(200, "Another host"), 200, HTML)
        return None

    def pool(self, query):
        asks_politely = "mailto=" in query or "mailto:" in self.headers.get("User-Agent", "")
        return "polite" if asks_politely and self.server.settings.pool == "polite" else "public"

    def kind(self, address, kind):
        if kind == "single":
            return "crossref agency" if unquote_plus(address.path).endswith("/agency") else "crossref single"
        return "crossref search" if re.search(r"(^|&)query", address.query) else "crossref list"

    def count(self, kind):
        with self.server.lock:
            self.server.requests[kind] += 1

    def crossref(self, path, query):
        if len(self.path.encode()) > self.server.settings.url_limit:
            return Answer(html(414, "Request-URI Too Long"), 414, HTML)
        return self.server.services["crossref"].answer(path, query)

    def guarded(self, service, kind, limit, ask):
        """An answer within the limits, with what goes wrong by seed; a violation is refused before either."""
        server = self.server
        self.count(kind)
        limits = server.limits  # those it was let in by, even if all is reset meanwhile
        stated = limits.stated(limit) if service == "crossref" else {}
        if broken := limits.admit(service, limit, self.connection, self.came):
            said = {**stated, "Retry-After": f"{limit.interval / server.settings.scale:g}"} if service == "crossref" else {}
            text = b"Rate exceeded." if service == "arxiv" else f"Too many requests: {broken}".encode()
            self.send(faults.plain(Answer(text, 429, TEXT, said)))
            return
        try:
            self.answer(service, stated, ask, lambda: limits.done(service, self.connection))
        finally:
            limits.done(service, self.connection)

    def answer(self, service, stated, ask, done):
        server = self.server
        time.sleep(server.settings.latency)
        while server.hold_after < sum(server.requests.values()) and not (server.stopping.is_set() or has_gone(self.connection)):
            time.sleep(0.005)
        fault, draw = server.next_fault(service)
        answer = ask()
        answer = dataclasses.replace(answer, headers={**stated, **answer.headers})
        if server.loops(self.path):
            self.send(faults.plain(Answer(b"", 302, JSON, {**stated, "Location": self.path})), service, done)
            return
        sending = faults.plain(answer)
        if fault:
            context = SimpleNamespace(scale=server.settings.scale, path=self.path, service=service, server=server)
            sending = fault(answer, draw, context)
            server.note_fault(fault)
        was_sent = self.send(sending, service, done)
        if was_sent and fault in (None, faults.slow) and answer.status in (200, 404):
            server.note_answered(answer.asks)

    def send(self, sending, service="own", done=lambda: None):
        """Send it; `done` is called before the last byte, so that a client which has it all may ask again at once."""
        try:
            self.write(sending, service, done)
        except OSError:  # the client went away
            self.close_connection = True
            return False
        if sending.end == "hang":
            self.hold()
        if sending.end != "keep":
            self.close_connection = True
        if sending.end == "reset":
            done()
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            os.close(self.connection.detach())
        return True

    def write(self, sending, service, done):
        waiting = b""
        for piece in sending.pieces:
            if waiting:
                self.put(waiting, service)
                self.server.stopping.wait(sending.pause)
            waiting = piece
        if self.command == "HEAD":
            waiting = waiting.partition(b"\r\n\r\n")[0] + b"\r\n\r\n"
        self.put(waiting[:-1], service)
        if sending.end != "hang":
            done()
        self.put(waiting[-1:], service)

    def put(self, data, service):
        if data:
            self.wfile.write(data)
            with self.server.lock:
                self.server.sent[service] += len(data)

    def hold(self):
        until = time.monotonic() + HELD / self.server.settings.scale
        while time.monotonic() < until and not has_gone(self.connection) and not self.server.stopping.wait(0.01):
            pass


def _pairs(query):
    return parse_qsl(query, keep_blank_values=True)
