"""What the registries know of the identifiers in a list's links. Registries that are not reached say nothing about them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass

from ..desk import Fetch
from ..errors import SourceError
from ..sources import SOURCES, Ask, arxiv, crossref
from ..sources.base import NOTHING, Answered, Outcome, Refused, Request
from .rows import Identifier

# Of publishers with no DOIs but Crossref's. What Crossref does not know under other prefixes may be another agency's.
_AT_CROSSREF = frozenset(
    "10.1002 10.1007 10.1016 10.1038 10.1080 10.1093 10.1109 10.1111 10.1145 10.1162 10.1609 10.18653 10.24963".split()
)


@dataclass(frozen=True)
class Known:
    """What they answered."""

    unknown: Mapping[Identifier, str]  # what its registry does not know, in words
    notes: Mapping[Identifier, tuple[str, ...]]  # what they note about the record of an identifier: "withdrawn: …"
    undecided: tuple[str, ...]  # DOIs that Crossref does not know, and that may be another agency's
    unanswered: tuple[str, ...]
    reasons: tuple[str, ...]  # why


def ask_registries(identifiers: Iterable[Identifier], fetch: Fetch, addresses: Mapping[str, str]) -> Known:
    """Ask arXiv for arXiv ids and Crossref for DOIs; the others have no registry here."""
    asks = {each: _ask(each) for each in sorted(set(identifiers)) if each[0] in ("arxiv", "doi")}
    asking = _Asking(fetch, addresses)
    asking.ask(asks.values())
    missing = [each for each, ask in asks.items() if asking.knows.get(ask) is False]
    aliases = {each: crossref.by_alias(each[1]) for each in missing if each[0] == "doi"}
    asking.ask(aliases.values())
    asks |= aliases
    at_crossref = _AT_CROSSREF | {_prefix(each) for each, ask in asks.items() if asking.knows.get(ask)}
    missing = [each for each, ask in asks.items() if asking.knows.get(ask) is False]
    unknown = [each for each in missing if each[0] == "arxiv" or _prefix(each) in at_crossref]
    return Known(
        unknown={each: f"{'arXiv' if each[0] == 'arxiv' else 'Crossref'} does not know {each[1]}" for each in unknown},
        notes={each: asking.notes[ask] for each, ask in asks.items() if asking.notes.get(ask)},
        undecided=tuple(each[1] for each in missing if each not in unknown),
        unanswered=tuple(each[1] for each, ask in asks.items() if ask not in asking.knows),
        reasons=tuple(asking.reasons[source] for source in sorted(asking.reasons)),
    )


def _ask(identifier: Identifier) -> Ask:
    kind, value = identifier
    return arxiv.by_id(value) if kind == "arxiv" else crossref.by_doi(value)


def _prefix(identifier: Identifier) -> str:
    """A DOI's registrant, which has one agency."""
    return identifier[1].partition("/")[0]


class _Asking:
    """Asks, answered by what is kept or over the network, where it is kept at once."""

    def __init__(self, fetch: Fetch, addresses: Mapping[str, str]) -> None:
        self._fetch = fetch
        self._addresses = addresses
        self._open = 0  # requests on their way
        self.reasons: dict[str, str] = {}  # by source
        self.knows: dict[Ask, bool] = {}  # of those that were answered
        self.notes: dict[Ask, tuple[str, ...]] = {}  # what is noted about the record

    def ask(self, asks: Iterable[Ask]) -> None:
        """Bring the answers of all that can be reached."""
        missing = [ask for ask in asks if not self._take(ask)]
        for source, address in self._addresses.items():
            for request in SOURCES[source].requests((ask for ask in missing if ask.source == source), address):
                self._send(request)
        while self._open:
            self._receive(self._fetch.receive())
        for ask in missing:
            self._take(ask)

    def _take(self, ask: Ask) -> bool:
        """Whether there is an answer that is whole."""
        if kept := self._fetch.kept(ask):
            with suppress(SourceError):
                records = SOURCES[ask.source].records(ask, kept[0])
                self.knows[ask] = kept[0] != NOTHING  # a record without title is none that can be compared, but it is one
                self.notes[ask] = tuple(note for record in records for note in record.notes)
        return ask in self.knows

    def _send(self, request: Request) -> None:
        self._fetch.send(request)
        self._open += 1

    def _receive(self, outcome: Outcome) -> None:
        self._open -= 1
        request = outcome.request
        if isinstance(outcome, Refused) and len(request.asks) > 1:  # too long, or spoilt by one of them
            for half in SOURCES[request.source].halves(request, self._addresses[request.source]):
                self._send(half)
        elif not isinstance(outcome, Answered):
            self.reasons[request.source] = outcome.reason
