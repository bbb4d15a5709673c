"""One exchange over the network: a GET, and its reply whole, decoded, and in time."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from importlib.metadata import version
from typing import Any
from urllib.parse import quote

import httpcore2
import httpx2

from ..errors import BibError, Fault

LARGEST = 20_000_000  # bytes of a body, decoded


class AttemptError(Exception):
    """An attempt without an answer: why, and how long the host asks us to wait."""

    def __init__(
        self, reason: str, *, status: int = 0, wait: float | None = None, timed_out: bool = False, tries: int = 1
    ) -> None:
        super().__init__(reason)
        self.tries = tries  # that it counts for
        self.status = status
        self.wait = wait
        self.timed_out = timed_out


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back, whatever its status."""

    status: int
    headers: httpx2.Headers
    body: bytes

    def __str__(self) -> str:
        return f"{self.status} {httpx2.codes.get_reason_phrase(self.status)}".strip()


class Wire:
    """One connection pool for all hosts, whose exchanges end in time."""

    def __init__(self, mailto: str | None) -> None:
        self.closing = threading.Event()
        self._now = threading.local()  # `until`: when this thread's exchange has to be over
        try:
            self._client = httpx2.Client(headers={"User-Agent": _user_agent(mailto)})
        except (ImportError, ValueError, httpx2.InvalidURL) as error:
            raise BibError(Fault("", f"the environment names a proxy that cannot be used: {error}")) from None

    def get(
        self, url: httpx2.URL, time_out: float, on_send: Callable[[], None], on_headers: Callable[[httpx2.Headers], None]
    ) -> Reply:
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
                return Reply(response.status_code, response.headers, _body(response))
        except (httpx2.ConnectError, httpx2.ConnectTimeout, httpx2.ProxyError, httpx2.UnsupportedProtocol) as error:
            raise AttemptError(f"cannot be reached ({error})", tries=2) from None  # no network: it seldom comes back in a minute
        except httpx2.TimeoutException:
            raise AttemptError(f"no answer within {time_out:.0f} s", timed_out=True) from None
        except httpx2.HTTPError as error:
            raise AttemptError(f"no whole answer ({str(error) or type(error).__name__})") from None

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
        """End the connections."""
        self._client.close()


def _body(response: httpx2.Response) -> bytes:
    body = bytearray()
    for piece in response.iter_bytes():
        body += piece
        if len(body) > LARGEST:
            raise AttemptError(f"more than {LARGEST // 1_000_000} MB")
    return bytes(body)


def _user_agent(mailto: str | None) -> str:
    contact = f"; mailto:{quote(mailto, safe='@+')}" if mailto else ""
    return f"llm4rs-bib/{version('llm4rs-bib')} (https://pypi.org/project/llm4rs-bib{contact})"


def where(url: httpx2.URL) -> str:
    """The host, with its port if that is not the usual one."""
    return url.netloc.decode()


def may_follow(url: httpx2.URL, target: httpx2.URL) -> bool:
    """Whether a redirect stays on its host: the same port, or https instead of http."""
    if url.host != target.host:
        return False
    return (url.scheme, url.port) == (target.scheme, target.port) or (url.scheme, target.scheme) == ("http", "https")
