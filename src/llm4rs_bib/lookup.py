"""What to ask, in which order, to find a listed paper's preprint and its version of record; and what to believe of the answers.

Identifiers first, but believed only if title or authors agree. Then a search by the newest title on arXiv, by the list's
only if that finds nothing. A look-up is a generator: it yields asks and is sent their answers, so that many of them share
requests, and none knows of network, clock or files.
"""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from . import ids
from .labels import NO_VENUE, Venue
from .likeness import equal, names_model, words
from .match import (
    ASK,
    LIST,
    OTHER,
    RELATION,
    SAME,
    Decision,
    Judgement,
    Known,
    decide,
    judge,
    judge_posted,
    months_apart,
)
from .model import Name, PartialDate
from .sources import arxiv, crossref, openalex
from .sources.base import Ask, RegistryRecord
from .text import plain
from .venuelabels import venue_agrees

PERSON = "a person's answer"
EARLIER = "found before"
_ARXIV_DOI = "arXiv's DOI"
_BRIDGE = "OpenAlex"
_PAGES = 3  # of a search
_TWINS = 3  # preprints of the same title whose authors are searched for


class Answer(NamedTuple):
    """The records that answer an ask, and the day they came."""

    records: tuple[RegistryRecord, ...]
    retrieved: PartialDate


Answers = Mapping[Ask, Answer | None]  # None: the source could not be reached
Steps = Generator[tuple[Ask, ...], Answers, None]


@dataclass(frozen=True, kw_only=True)
class Paper:
    """A listed paper, as its look-up begins."""

    titles: tuple[str, ...]  # the list's, or those that a person checked
    authors: tuple[Name, ...] = ()  # as a person checked them
    since: PartialDate | None = None  # the list's date
    venue: Venue = NO_VENUE  # the list's label, or what a person checked
    checked_venues: tuple[str, ...] = ()  # what the venue of a checked publication is called
    model: str = ""
    arxiv_ids: tuple[str, ...] = ()  # in the list's links
    dois: tuple[str, ...] = ()
    earlier: tuple[str, ...] = ()  # record ids that an earlier look-up found
    numbers: frozenset[str] = frozenset()  # the publisher's own, in the list's links
    answered: Mapping[str, bool] = field(default_factory=dict)  # record id, in lower case → a person's yes or no


@dataclass(frozen=True, kw_only=True)
class Match:
    """A record that is believed, and why."""

    judgement: Judgement
    ask: Ask
    retrieved: PartialDate
    rejected: tuple[Judgement, ...] = ()

    @property
    def record(self) -> RegistryRecord:
        """The record itself."""
        return self.judgement.record


@dataclass(frozen=True, kw_only=True)
class Found:
    """What a look-up ended with."""

    published: Match | None
    preprint: Match | None
    question: tuple[Judgement, ...]  # between which a person must decide
    unreachable: frozenset[str] = frozenset()  # sources that did not answer: what is missing may be there
    refused: frozenset[str] = frozenset()  # records, in lower case, of which a person said no


class _Candidate(NamedTuple):
    record: RegistryRecord
    ask: Ask
    link: str  # what led to it; "" for a search


def look_up(paper: Paper, bridge: bool = False) -> Generator[tuple[Ask, ...], Answers, Found]:
    """Find the paper. Each yield gives asks that can go out together; all their answers come back at once.

    `bridge`: whether OpenAlex may be asked for the version of record of a renamed preprint.
    """
    state = _LookUp(paper)
    yield from state.by_identifiers()
    if not state.published:
        yield from state.by_title()
    if not state.preprint:
        yield from state.preprint_by_search()
        if state.preprint and not state.published:  # now its authors are known
            yield from state.by_title()
    if bridge and state.preprint and not state.published:
        yield from state.by_bridge()
    return state.found()


class _LookUp:
    """What is known so far; each step asks, and takes what it can believe."""

    def __init__(self, paper: Paper) -> None:
        self.paper = paper
        self.known = Known(
            titles=paper.titles,
            model=paper.model,
            authors=paper.authors,
            since=paper.since,
            venue=paper.venue,
            numbers=paper.numbers,
            identifiers=ids.known_as(*paper.arxiv_ids, *paper.dois),
        )
        self.answers: dict[Ask, Answer | None] = {}
        self.candidates: dict[str, _Candidate] = {}  # for the version of record, by id
        self.decision = Decision(None)
        self.preprint: Match | None = None
        self.doubtful_preprints: tuple[Judgement, ...] = ()

    @property
    def published(self) -> Match | None:
        """The version of record, as far as it is decided."""
        chosen = self.decision.chosen
        return self._match(chosen, self.candidates[chosen.record.id.lower()].ask, self.decision.rejected) if chosen else None

    def found(self) -> Found:
        """The end of the look-up."""
        missing = frozenset(ask.source for ask, answer in self.answers.items() if answer is None)
        question = self.decision.question + (() if self.preprint else self.doubtful_preprints)
        refused = frozenset(record for record, yes in self.paper.answered.items() if not yes)
        return Found(published=self.published, preprint=self.preprint, question=question, unreachable=missing, refused=refused)

    def _ask(self, *asks: Ask) -> Steps:
        """Ask what is not answered yet."""
        new = tuple(ask for ask in dict.fromkeys(asks) if ask not in self.answers)
        if new:
            answers = yield new
            self.answers.update({ask: answers[ask] for ask in new})

    def _records(self, ask: Ask) -> tuple[RegistryRecord, ...]:
        answer = self.answers.get(ask)
        return answer.records if answer else ()

    def _match(self, judgement: Judgement, ask: Ask, rejected: tuple[Judgement, ...] = ()) -> Match:
        answer = self.answers[ask]
        assert answer is not None
        return Match(judgement=judgement, ask=ask, retrieved=answer.retrieved, rejected=rejected)

    # By identifiers

    def by_identifiers(self) -> Steps:
        """What the list links to, what was found before, what a person said yes to; then what these name."""
        preprints, dois = dict(self._links(arxiv.NAME)), dict(self._links(crossref.NAME))
        yield from self._ask(*map(arxiv.by_id, preprints), *map(crossref.by_doi, dois))
        for arxiv_id, link in preprints.items():
            yield from self._linked_preprint(arxiv_id, link)
        yield from self._linked_publications(dois)

    def _links(self, source: str) -> Iterator[tuple[str, str]]:
        """Each identifier for the source, in lower case, and why it is asked for: by the first of those who name it."""
        people = [each for each, yes in self.paper.answered.items() if yes]
        given = [*self.paper.arxiv_ids, *self.paper.dois]
        reasons: dict[str, str] = {}
        for some, reason in ((people, PERSON), (given, LIST), (self.paper.earlier, EARLIER)):
            for each in some:
                reasons.setdefault(each.lower(), reason)
        for each, reason in reasons.items():
            if not ids.arxiv_of_doi(each) and (ids.arxiv_id(each) is not None) == (source == arxiv.NAME):
                yield each, reason

    def _linked_preprint(self, arxiv_id: str, link: str) -> Steps:
        ask = arxiv.by_id(arxiv_id)
        for record in self._records(ask):
            judgement = self._with_answer(judge(self.known, record, link))
            if judgement.verdict == ASK:
                judgement = yield from self._renamed(judgement, link)
            self._take_preprint(judgement, ask)

    def _renamed(self, judgement: Judgement, link: str) -> Generator[tuple[Ask, ...], Answers, Judgement]:
        """The link leads to another title: was it the list's once, is it that of its publication, does all else speak for it?"""
        record = judgement.record
        yield from self._ask(arxiv.by_first_version(record.id), *(crossref.by_doi(doi) for doi in _dois(record)))
        if reason := self._former_title(record):
            return replace(judgement, verdict=SAME, reason=f"{link}, {reason}")
        title = plain(self.paper.titles[0])
        elsewhere = (*self._posted(), crossref.by_title(self._with_author(title, record.work.authors)))
        yield from self._ask(*elsewhere)
        others = [each for ask in elsewhere for each in self._records(ask) if self._bears_title(each)]
        if reason := self._all_else(record, others, all(self.answers[ask] for ask in elsewhere)):
            return replace(judgement, verdict=SAME, reason=f"{link}, {reason}")
        return replace(judgement, verdict=OTHER, reason="the list's link leads to another paper") if others else judgement

    def _former_title(self, record: RegistryRecord) -> str | None:
        """Why the preprint may bear another title than the list says."""
        first = self._records(arxiv.by_first_version(record.id))
        if any(judge(self.known, version, LIST).verdict == SAME for version in first):
            return "title of its first version"
        if any(self._bears_title(each) for doi in _dois(record) for each in self._records(crossref.by_doi(doi))):
            return "its DOI has the list's title"
        if names_model(self.paper.model, f"{record.work.title} {record.abstract}"):
            return f"it names {self.paper.model}"
        return None

    def _all_else(self, record: RegistryRecord, others: Sequence[RegistryRecord], all_asked: bool) -> str | None:
        """What speaks for the preprint besides the link; `others` are records of the list's title."""
        if any((arxiv.NAME, record.id) in each.linked for each in others):
            return "named by the publication of the list's title"
        if months_apart(self.known, record) > 1:
            return None
        known = replace(self.known, authors=record.work.authors, identifiers=self.known.identifiers | ids.known_as(record.id))
        if decide(known, [judge(known, each) for each in others if each.source == crossref.NAME]).chosen:
            return "posted when the list says, by the authors of its title"
        return "posted when the list says, its title is found nowhere else" if all_asked and not others else None

    def _bears_title(self, record: RegistryRecord) -> bool:
        return any(equal(title, mine) for title in record.titles for mine in self.paper.titles)

    def _take_preprint(self, judgement: Judgement, ask: Ask, rejected: tuple[Judgement, ...] = ()) -> None:
        """From now on candidates are compared with the preprint's title, authors and date."""
        if judgement.verdict == ASK:
            self.doubtful_preprints += (judgement,)
        if judgement.verdict != SAME or self.preprint:
            return
        self.preprint = self._match(judgement, ask, rejected)
        work, titles = judgement.record.work, judgement.record.titles
        titles = (*self.known.titles, *titles) if self.paper.authors else (*titles, *self.known.titles)
        authors, since = self.paper.authors or work.authors, work.issued or self.known.since
        self.known = replace(
            self.known,
            titles=tuple(dict.fromkeys(titles)),
            authors=authors,
            since=since,
            identifiers=self.known.identifiers | ids.known_as(judgement.record.id),
            posted=self.known.posted | {judgement.record.id.lower()},
        )
        self._decide()

    def _linked_publications(self, dois: Mapping[str, str]) -> Steps:
        """The records of DOIs, and of that which the preprint names: if needed as those of aliases."""
        named = _dois(self.preprint.record) if self.preprint else []
        reason = _ARXIV_DOI if self.preprint and self.preprint.record.source == arxiv.NAME else RELATION
        links = {**dict.fromkeys(named, reason), **dois}
        yield from self._ask(*map(crossref.by_doi, links))
        unknown = [doi for doi in links if (answer := self.answers[crossref.by_doi(doi)]) and not answer.records]
        yield from self._ask(*map(crossref.by_alias, unknown))
        for doi, link in links.items():
            for ask in (crossref.by_doi(doi), crossref.by_alias(doi)):
                for record in self._records(ask):
                    self._add(record, ask, link)
        self._decide()
        if not self.published and not any(each.verdict == SAME for each in self.decision.question):
            self._forget_dois()
        if self.preprint and not set(_dois(self.preprint.record)) <= links.keys():  # one of these was its preprint
            yield from self._linked_publications({})

    def _forget_dois(self) -> None:
        """None of them led to the paper, so they say nothing against a record with another one."""
        known = {each for each in self.known.identifiers if each[0] != "doi" or each[1] in self.known.posted}
        self.known = replace(self.known, identifiers=frozenset(known))

    # Deciding

    def _add(self, record: RegistryRecord, ask: Ask, link: str = "") -> None:
        if record.kind == "posted-content" and link in (LIST, PERSON, EARLIER):
            self._take_preprint(self._with_answer(judge(self.known, record, link)), ask)
        else:
            self.candidates.setdefault(record.id.lower(), _Candidate(record, ask, link))

    def _decide(self) -> None:
        beside = [record for ask in self._posted() for record in self._records(ask)]
        self.decision = decide(self.known, [self._judged(each, self.known) for each in self.candidates.values()], beside)

    def _judged(self, candidate: _Candidate, known: Known) -> Judgement:
        names = [Venue(name, None) for name in self.paper.checked_venues]
        agreeing = next((venue for venue in names if venue_agrees(venue, candidate.record)), None)
        judgement = judge(replace(known, venue=agreeing or known.venue), candidate.record, candidate.link)
        if names and judgement.verdict == SAME and not agreeing and candidate.link != LIST:
            judgement = replace(judgement, verdict=ASK, reason=f"{judgement.reason}, but it was checked as {names[0].name}")
        return self._with_answer(judgement)

    def _with_answer(self, judgement: Judgement) -> Judgement:
        """A person's answer stands above all."""
        yes = self.paper.answered.get(judgement.record.id.lower())
        if yes is None:
            return judgement
        return replace(judgement, verdict=SAME if yes else OTHER, reason=PERSON, by_link=yes)

    # By searches

    def by_title(self) -> Steps:
        """Search Crossref by the newest title, then by the others; where no preprint is known, arXiv at the same time."""
        posted = self._posted()
        for title in _distinct(self.known.titles):
            yield from self._search(self._with_author(title, self.known.authors), posted)
            if self._is_settled():
                return
        if not self.known.authors:  # the list's paper is one of those on arXiv, perhaps
            twins = [record for ask in posted for record in self._records(ask)]
            for record in twins[:_TWINS]:
                if self._bears_title(record):
                    yield from self._search(self._with_author(record.work.title, record.work.authors), posted)

    def _posted(self) -> tuple[Ask, ...]:
        """The search for the list's title on arXiv, unless it has no words."""
        title = plain(self.paper.titles[0])
        return (arxiv.by_title(title),) if words(title) else ()

    def _search(self, words_and_author: str, posted: tuple[Ask, ...]) -> Steps:
        beside = () if self.preprint or self.paper.arxiv_ids else posted
        for page in range(_PAGES):
            ask = crossref.by_title(words_and_author, page)
            yield from self._ask(ask, *beside)
            for record in self._records(ask):
                self._add(record, ask)
            self._decide()
            if self._is_settled() or not self._is_crowded(ask):
                return

    def _is_settled(self) -> bool:
        """Whether a search has found the paper, or more than a person can be spared."""
        return bool(self.decision.chosen or any(not each.by_link for each in self.decision.question))

    def _with_author(self, title: str, authors: tuple[Name, ...]) -> str:
        """What is searched for a title: it and its first author, if that is known."""
        return " ".join([plain(title), *(name.family or name.literal for name in authors[:1])])

    def _is_crowded(self, ask: Ask) -> bool:
        """Whether all hits have all the words, so that the paper's may be on the next page."""
        wanted = set(words(ask.value))
        records = self._records(ask)
        texts = (f"{each.work.title} {' '.join(map(str, each.work.authors))}" for each in records)
        return len(records) == crossref.ROWS and all(wanted.issubset(words(text)) for text in texts)

    def preprint_by_search(self) -> Steps:
        """The preprint that the published record names, else one of the same title and authors."""
        published = self.published
        if published:
            yield from self._preprint_named_by(published.record)
        titles = _distinct([self.paper.titles[0], *([published.record.work.title] if published else [])])
        silent = any(self.answers.get(arxiv.by_id(each), True) is None for each in self.paper.arxiv_ids)
        for title in titles:
            if not self.preprint and not silent and words(title):
                ask = arxiv.by_title(plain(title))
                yield from self._ask(ask)
                self._choose_preprint(ask)
        if self.preprint and not published:
            yield from self._linked_publications({})

    def _preprint_named_by(self, published: RegistryRecord) -> Steps:
        known = replace(self.known, authors=self.known.authors or published.work.authors)
        for kind, value in sorted(published.linked):
            if kind == "arxiv" and not self.preprint:
                ask = arxiv.by_id(value)
                yield from self._ask(ask)
                for record in self._records(ask):
                    self._take_preprint(self._with_answer(judge(known, record, RELATION)), ask)

    def _choose_preprint(self, ask: Ask) -> None:
        published = self.published
        known, date = self.known, None
        if published:
            work = published.record.work
            known = replace(known, titles=(*known.titles, *published.record.titles), authors=known.authors or work.authors)
            date = work.issued
        judged = [self._with_answer(judge_posted(known, record, date)) for record in self._records(ask)]
        counterparts = [] if published else [each for each in map(self._with_counterpart, judged) if each]
        if len(counterparts) == 1:
            judged = counterparts
        decision = decide(known, judged, [each.record for each in self.candidates.values()])
        if decision.chosen:
            self._take_preprint(decision.chosen, ask, decision.rejected)
        elif not published:
            self.doubtful_preprints += decision.question

    def _with_counterpart(self, posted: Judgement) -> Judgement | None:
        """The judgement of a preprint of which, by its authors, exactly one record is the version that the list means."""
        work = posted.record.work
        known = replace(self.known, authors=work.authors, since=work.issued or self.known.since)
        chosen = decide(known, [self._judged(each, known) for each in self.candidates.values()]).chosen
        if posted.verdict == OTHER or not (work.authors and chosen and chosen.authors):
            return None
        agrees = venue_agrees(known.venue, chosen.record)
        if not (agrees or known.venue.is_preprint or months_apart(self.known, posted.record) <= 1):
            return None
        return replace(posted, verdict=SAME, reason=f"title and authors of {chosen.record.id}", authors=chosen.authors)

    def by_bridge(self) -> Steps:
        """OpenAlex merges a renamed preprint with its publication; what it says is checked against Crossref."""
        assert self.preprint
        if not self.preprint.record.work.arxiv_id:
            return
        ask = openalex.by_arxiv_id(self.preprint.record.work.arxiv_id)
        yield from self._ask(ask)
        dois = {doi: _BRIDGE for record in self._records(ask) for doi in _dois(record)}
        yield from self._linked_publications(dois)


def _dois(record: RegistryRecord) -> list[str]:
    """The DOIs that the record names as the same paper's."""
    return sorted(value for kind, value in record.linked if kind == "doi")


def _distinct(titles: Iterable[str]) -> list[str]:
    """The titles that a search would not take for one another."""
    found: list[str] = []
    for title in titles:
        if not any(equal(title, each) for each in found):
            found.append(title)
    return found
