"""What a source is: what can be asked of it, the requests that ask it, and the records it answers with."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import Protocol

from ..jsontext import Json
from ..model import Work


@dataclass(frozen=True, slots=True, order=True)
class Ask:
    """One thing to know of a source: answered once, kept, and not asked again while the answer is fresh."""

    source: str  # "crossref", "arxiv"
    kind: str  # "doi", "title", …: the source's own
    value: str


@dataclass(frozen=True, slots=True)
class Request:
    """One GET that answers some asks."""

    source: str
    address: str  # without parameters
    parameters: tuple[tuple[str, str], ...]
    pool: str  # requests of one pool share a limit of the host
    asks: tuple[Ask, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """What a body says."""

    answers: Mapping[Ask, str]  # for each ask of the request, and what else it tells; `NOTHING` where the source has nothing
    certain: bool = True  # False: it says that there is nothing, as a host in trouble also does; ask again before believing it


NOTHING = "[]"


@dataclass(frozen=True, slots=True, kw_only=True)
class RegistryRecord:
    """A registry's record of one work, with what tells the work from others of its name."""

    source: str
    id: str  # the DOI, or the arXiv id without version
    work: Work
    kind: str  # the registry's own word: "proceedings-article"
    titles: tuple[str, ...]  # all that it is called, with its subtitle
    lesser_titles: tuple[str, ...] = ()  # what another paper may be called too: without the subtitle, before its translation
    venues: tuple[str, ...] = ()  # containers, series, events, as the registry names them
    years: tuple[int, ...] = ()  # of print and online; of a preprint, of its first version
    linked: frozenset[tuple[str, str]] = field(default=frozenset())  # ("doi" | "arxiv", id) that it says are the same paper
    about: str | None = None  # the work that this record is only about: what it corrects, reviews or belongs to
    abstract: str = ""
    notes: tuple[str, ...] = ()  # "retracted 2024-05-01", "withdrawn"


@dataclass(frozen=True, slots=True)
class Answered:
    """A request's answers, which are kept by now."""

    request: Request
    answers: Mapping[Ask, str]
    retrieved: dt.datetime  # aware, UTC, whole seconds


@dataclass(frozen=True, slots=True)
class Refused:
    """The host understood the request and does not want it: too long, or wrong. Another form may do."""

    request: Request
    reason: str
    status: int


@dataclass(frozen=True, slots=True)
class Unreachable:
    """No answer in this run: the request was tried often enough, or its host was given up."""

    request: Request
    reason: str  # "api.crossref.org: 503 Service Unavailable, 10 times in a row"


Outcome = Answered | Refused | Unreachable


def keep(items: list[dict[str, Json]]) -> str:
    """The items of an answer as text. ValueError for half a surrogate pair, which no text has and no file holds."""
    text = json.dumps(items, ensure_ascii=False)
    text.encode()
    return text


def kept_items(answer: str) -> list[dict[str, Json]]:
    """The items that `keep` made the answer of. ValueError for another text."""
    items = json.loads(answer)
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        raise ValueError("no list of items")
    return items


def batches(asks: Iterable[Ask], size: int) -> Iterator[tuple[Ask, ...]]:
    """The asks, as many together as one request takes."""
    left = iter(asks)
    while batch := tuple(islice(left, size)):
        yield batch


class Source(Protocol):
    """The functions of a source's module: pure, without network and clock."""

    NAME: str

    def requests(self, asks: Iterable[Ask], address: str) -> Iterator[Request]:
        """The fewest requests that answer the asks; `address` is the service's, or a mirror's."""

    def halves(self, request: Request, address: str) -> Iterator[Request]:
        """Two requests for one of several asks that was refused."""

    def answers(self, request: Request, status: int, body: bytes) -> Reading:
        """What the body of a 200 or 404 says. SourceError for one that is no answer: an error page, a part of a document."""

    def records(self, ask: Ask, answer: str) -> tuple[RegistryRecord, ...]:
        """The records in an answer that `answers` gave. SourceError for one that it did not give."""
