"""Registries made by hand: records, what they answer to an ask, and a Fetch that plays the answers."""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from dataclasses import dataclass, field

from llm4rs_bib.likeness import words
from llm4rs_bib.lookup import Answer, Found, look_up
from llm4rs_bib.model import PartialDate
from llm4rs_bib.names import split_name
from llm4rs_bib.sources import SOURCES, Ask, arxiv, crossref, openalex
from llm4rs_bib.sources.base import NOTHING, Answered

DAY = PartialDate(2026, 11, 23)
NOW = dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC)
RECSYS = "Proceedings of the 18th ACM Conference on Recommender Systems"


def people(*names):
    """The names, each written "Given Family"."""
    return tuple(split_name(name) for name in names)


def entry(id, title, authors, posted, **fields):
    """What is kept of an entry of arXiv."""
    return {"id": id, "title": title, "authors": list(authors), "published": f"{posted}T00:00:00Z", "class": "cs.IR", **fields}


def item(doi, title, authors=(), year=2024, container=RECSYS, **fields):
    """What is kept of a record of Crossref."""
    named = [{"family": name.family, "given": name.given} for name in people(*authors)]
    return {
        "DOI": doi,
        "type": fields.pop("kind", "proceedings-article"),
        "title": [title],
        "author": named,
        "container-title": [container] if container else [],
        "issued": {"date-parts": [[year, 10]]},
        "relation": {"has-preprint": [{"id-type": "arxiv", "id": each} for each in fields.pop("preprints", ())]},
        **fields,
    }


def posted(*args, **fields):
    """The record of an entry of arXiv."""
    [record] = arxiv.records(arxiv.by_id("x"), json.dumps([entry(*args, **fields)]))
    return record


def published(*args, **fields):
    """A record of Crossref."""
    [record] = crossref.records(crossref.by_doi("x"), json.dumps([item(*args, **fields)]))
    return record


def merged(arxiv_id, *dois):
    """OpenAlex's work that holds a preprint."""
    kept = json.dumps([{"title": "Of any title", "dois": dois}])
    [record] = openalex.records(openalex.by_arxiv_id(arxiv_id), kept)
    return record


@dataclass
class Registries:
    """Records, and how they are found: by id, by a DOI's alias, by the words of a title."""

    records: tuple = ()
    first: dict = field(default_factory=dict)  # arXiv id → the record of its first version
    aliases: dict = field(default_factory=dict)  # DOI → the one that it stands for
    pages: dict = field(default_factory=dict)  # number of a page → what any search of Crossref brings there
    silent: tuple = ()  # sources, kinds of asks, or asks

    def answer(self, ask):
        """What look-ups are told."""
        if {ask, ask.source, ask.kind}.intersection(self.silent):
            return None
        return Answer(tuple(self._records(ask)), DAY)

    def _records(self, ask):
        if ask.kind == "version":
            return [self.first[ask.value[:-2]]] if ask.value[:-2] in self.first else []
        if ask.kind.startswith("title, page "):
            return self.pages.get(int(ask.kind[-1]), ())
        ours = [record for record in self.records if record.source == ask.source]
        if ask.kind == "title":
            return [*(self.pages.get(0, ()) if ask.source == "crossref" else ()), *(each for each in ours if _is_hit(each, ask))]
        wanted = self.aliases.get(ask.value, ask.value) if ask.kind == "alias" else ask.value
        return [record for record in ours if record.id.lower() == wanted.lower()]


def _is_hit(record, ask):
    """arXiv finds titles that hold the words, Crossref those that are held by them."""
    title, asked = set(words(record.work.title)), set(words(ask.value))
    return asked <= title if ask.source == "arxiv" else title <= asked


@dataclass(frozen=True)
class Looked:
    """A look-up that came to its end."""

    steps: tuple[tuple[Ask, ...], ...]
    found: Found

    @property
    def asks(self):
        """All asks, in order, as "source kind value"."""
        return [f"{ask.source} {ask.kind} {ask.value}" for step in self.steps for ask in step]

    @property
    def end(self):
        """The published work and the preprint, each with the reason; what is in question; who was not reached."""
        chosen = [match and (match.record.id, match.judgement.reason) for match in (self.found.published, self.found.preprint)]
        question = [(each.record.id, each.reason) for each in self.found.question]
        return (*chosen, question, sorted(self.found.unreachable))


def looked(paper, registries, bridge=False):
    """Look the paper up."""
    steps, asked = look_up(paper, bridge), []
    try:
        asks = next(steps)
        while True:
            asked.append(asks)
            asks = steps.send({ask: registries.answer(ask) for ask in asks})
    except StopIteration as end:
        return Looked(tuple(asked), end.value)


class Fetch:
    """Plays answers (ask → text), or a request's outcome of its own (None: its answers); knows what it was sent.

    `order`: how many requests are open → which of them is received next.
    """

    def __init__(self, answer=lambda _: NOTHING, kept=(), outcome=lambda _: None, order=lambda _: 0):
        self.requests = Counter()
        self.sent = []
        self._answer, self._kept, self._outcome, self._order = answer, dict(kept), outcome, order
        self._open = []

    def kept(self, ask):
        return (self._kept[ask], NOW) if ask in self._kept else None

    def send(self, request):
        self.requests[request.source] += 1
        self.sent.append(request)
        self._open.append(request)

    def receive(self):
        request = self._open.pop(self._order(len(self._open)))
        found = {ask: self._answer(ask) for ask in request.asks}
        return self._outcome(request) or Answered(request, found, NOW)

    @property
    def asks(self):
        """All that was asked, request by request."""
        return [ask for request in self.sent for ask in request.asks]


ADDRESSES = {name: f"http://{name}" for name in SOURCES}
