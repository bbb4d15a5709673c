"""The papers that a catalog has, and those of a file as they come: which of them are one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, fields, replace
from itertools import product

from .. import text
from ..entries import from_listing, join, record_ids
from ..likeness import ALIKE, equal, likeness, overlap, words
from ..match import DESCRIPTIVE, SHARED
from ..model import IMPORTED, Catalog, Evidence, Lock, Name, Record, Work
from ..readers.values import Imported

_TWINS = 20  # papers of one title that are compared
_PLACE = "file"  # beside the kinds of identifiers
_KINDS = {"doi": "DOI", "arxiv": "arXiv id"}
_NUMERAL = r"\d|^[ivx]+$|^part$|\+$"
_YEARS = 1  # between two dates of one publication: online, in an issue


@dataclass(eq=False)
class Paper:
    """One paper, as the catalog or its lock has it, as the file has it, or both."""

    name: str  # how a person knows it: a listing's id or a key; of the file its place
    record: Record  # of a listing without a work what the listing says
    old_key: str | None = None  # of the work in the lock
    listings: tuple[str, ...] = ()  # ids, of the catalog
    entries: list[Imported] = field(default_factory=list)  # of the file, if it brings the work or a listing


class Papers:
    """All papers, to be found by what a record says."""

    def __init__(self, catalog: Catalog, lock: Lock) -> None:
        self.new: list[Paper] = []
        self._by_identifier: dict[tuple[str, str], list[Paper]] = {}
        self._by_title: dict[str, list[Paper]] = {}
        keys = {id(record): key for key, record in lock.works.items()}
        listed = set()
        for entry in join(catalog, lock).entries:
            key = keys.get(id(entry.record))
            listed.add(key)
            listings = [listing for _, listing in entry.listed]
            record = entry.record or as_record(from_listing(listings[0]))
            paper = Paper(listings[0].id, record, key, tuple(listing.id for listing in listings))
            self._index(paper, record, (text.title(text.unmangled(listing.title)) for listing in listings))
        for key, record in lock.works.items():
            if key not in listed:
                self._index(Paper(key, record, key), record)

    def find(self, record: Record) -> tuple[Paper | None, str]:
        """The paper that a record is; and what else may be it, but is another one."""
        remark = ""
        for kind, identifier in sorted(_identifiers(record)):
            for paper in self._by_identifier.get((kind, identifier), ())[:_TWINS]:
                if _is_that(record, paper, by_place=kind == _PLACE):
                    return paper, ""
                if kind != _PLACE:
                    named = _KINDS.get(kind, f"number at {kind}")
                    remark = remark or f"has the {named} of {paper.name}, but another title; one of the two is wrong"
        for title in _titles(record):
            for paper in self._by_title.get(title, ())[:_TWINS]:
                if _same_people(record, paper.record, or_unknown=True):
                    if not (why := _difference(record, paper.record)):
                        return paper, ""
                    remark = remark or f"has the title of {paper.name}, but another {why}; kept apart"
                elif not _says_who_or_when(record, paper.record):
                    remark = remark or f"has the title of {paper.name}, and nothing else to tell by; kept apart"
        return None, remark

    def add(self, paper: Paper) -> None:
        """A paper that only the file has."""
        self._index(paper, paper.record)
        self.new.append(paper)

    def join(self, paper: Paper, record: Record) -> None:
        """A further entry of a paper of the file."""
        paper.record = joined(paper.record, record)
        self._index(paper, record)

    def give(self, paper: Paper, record: Record) -> None:
        """The work of a listing that had none."""
        paper.record = record
        self._index(paper, record)
        self.new.append(paper)

    def _index(self, paper: Paper, record: Record, titles: Iterable[str] = ()) -> None:
        """By what a record of it says."""
        for identifier in _identifiers(record):
            _append(self._by_identifier.setdefault(identifier, []), paper)
        for title in {*_titles(record), *map(text.fold, titles)} - {""}:
            _append(self._by_title.setdefault(title, []), paper)


def _identifiers(record: Record) -> frozenset[tuple[str, str]]:
    """What identifies a paper, and where in which file it was seen."""
    return record_ids(record) | {(_PLACE, place) for place in record.evidence.seen_in if record.evidence.source == IMPORTED}


def _is_that(record: Record, paper: Paper, *, by_place: bool) -> bool:
    """Whether a record is the paper that has an identifier of it; `by_place`: that stands in the same place of the same file.

    A file may have a key twice; a newer file may have the identifiers corrected.
    """
    if by_place:
        return _alike(record, paper.record) and (paper.old_key is not None or not _difference(record, paper.record))
    return _alike(record, paper.record) or (_same_people(record, paper.record) and not _is_sequel(record, paper.record))


def _append(papers: list[Paper], paper: Paper) -> None:
    if not any(each is paper for each in papers[-_TWINS:]):
        papers.append(paper)


def as_record(*works: Work | None, seen_in: str = "") -> Record:
    """A published work, a preprint, or both, as a record of what a file says."""
    given = [work for work in works if work]
    published = next((work for work in given if work.type != "preprint"), None)
    preprint = next((work for work in given if work.type == "preprint"), None)
    evidence = Evidence(source=IMPORTED, seen_in=(seen_in,) if seen_in else ())
    return Record(published=published, preprint=preprint, evidence=evidence)


def joined(one: Record, other: Record) -> Record:
    """One paper of two entries: the first, with what only the second says."""
    return replace(
        one,
        published=_filled(one.published, other.published),
        preprint=_filled(one.preprint, other.preprint),
        evidence=replace(one.evidence, seen_in=tuple(dict.fromkeys([*one.evidence.seen_in, *other.evidence.seen_in]))),
    )


_NOT_FILLED = frozenset({"type", "title", "other_titles", "sources"})


def _filled(one: Work | None, other: Work | None) -> Work | None:
    if one is None or other is None:
        return one or other
    has_place = bool(one.pages or one.article_number)
    taken = {
        each.name: value
        for each in fields(Work)
        if each.name not in _NOT_FILLED and not getattr(one, each.name) and (value := getattr(other, each.name))
        if not (has_place and each.name in ("pages", "article_number"))
    }
    titles = [title for title in (other.title, *other.other_titles) if title not in (one.title, *one.other_titles)]
    return replace(
        one,
        **taken,
        type=other.type if one.type == "document" else one.type,
        other_titles=(*one.other_titles, *titles),
        sources={**{name: source for name, source in other.sources.items() if name in taken}, **one.sources},
    )


def _works(record: Record) -> Iterator[Work]:
    yield from filter(None, (record.published, record.preprint))


def _titles(record: Record) -> dict[str, None]:
    """Folded, in order."""
    found = (text.fold(title) for work in _works(record) for title in (work.title, *work.other_titles))
    return dict.fromkeys(title for title in found if title)


def _alike(one: Record, other: Record) -> bool:
    mine, theirs = (
        [title for work in _works(each) for title in (work.title, *work.other_titles[:_TWINS])] for each in (one, other)
    )
    return any(equal(*pair) or likeness(*pair) >= ALIKE for pair in product(mine, theirs))


def _is_sequel(one: Record, other: Record) -> bool:
    """Whether the title is the other one with another number: "II", "NoteLLM-2"."""
    differing = {*words(one.work.title)} ^ {*words(other.work.title)}
    return all(re.search(_NUMERAL, word) for word in differing)


def _same_people(one: Record, other: Record, *, or_unknown: bool = False) -> bool:
    """Whether the authors agree; where a side names none, only if the title is descriptive or the years are the same."""
    mine, theirs = _authors(one), _authors(other)
    if mine and theirs:
        return overlap(mine, theirs).of_shorter >= SHARED
    dates = one.work.issued, other.work.issued
    same_year = dates[0] is not None and dates[1] is not None and dates[0].year == dates[1].year
    return or_unknown and (same_year or len(words(one.work.title)) >= DESCRIPTIVE)


def _says_who_or_when(one: Record, other: Record) -> bool:
    """Whether both name their authors, or both their year."""
    return bool((_authors(one) and _authors(other)) or (one.work.issued and other.work.issued))


def _authors(record: Record) -> tuple[Name, ...]:
    return next((work.authors for work in _works(record) if work.authors), ())


def _difference(one: Record, other: Record) -> str:
    """What says that two papers of one title are two."""
    for mine, theirs in ((one.published, other.published), (one.preprint, other.preprint)):
        if mine and theirs:
            for name, word in (("arxiv_id", "arXiv id"), ("doi", "DOI")):
                ids = [each.lower() for work in (mine, theirs) if (each := getattr(work, name))]
                if len(set(ids)) > 1:
                    return word
    dates = [work.issued.year for work in (one.published, other.published) if work and work.issued]
    return "year" if len(dates) > 1 and abs(dates[0] - dates[1]) > _YEARS else ""
