"""An answer of a service, before anything goes wrong with it."""

from __future__ import annotations

import json
from dataclasses import dataclass, field

JSON = "application/json"
TEXT = "text/plain"
HTML = "text/html"
ATOM = "application/atom+xml; charset=utf-8"


@dataclass(frozen=True)
class Answer:
    body: bytes
    status: int = 200
    content_type: str = JSON
    headers: dict[str, str] = field(default_factory=dict)
    asks: tuple[str, ...] = ()  # what it is about, to see what is asked twice
    empty: bytes | None = None  # the same answer as if nothing had been found


def as_json(value):
    """With escaped slashes and ASCII only, as Crossref writes it."""
    return json.dumps(value, separators=(",", ":")).replace("/", "\\/").encode()


def html(status, reason):
    return f"<html>\n<head><title>{status} {reason}</title></head>\n<body>\n<center><h1>{status} {reason}</h1></center>\n</body>\n</html>\n".encode()
