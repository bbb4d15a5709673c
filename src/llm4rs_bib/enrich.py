"""What look-ups found, into the lock: under keys that stay, and never half a decision."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from .citekey import make_key
from .entries import record_ids, taken_names
from .lookup import Found
from .match import LIST
from .merge import Merged, candidate_of, is_alphabetical, merge
from .model import Bibliography, Candidate, Entry, Lock, Record, Said
from .sources import arxiv
from .text import content_words


@dataclass
class Outcome:
    """What became of the papers; each is named by its first listing's id."""

    lock: Lock
    published: list[str] = field(default_factory=list)
    preprints: list[str] = field(default_factory=list)  # without a version of record
    in_question: list[str] = field(default_factory=list)
    not_found: list[str] = field(default_factory=list)
    unreachable: list[str] = field(default_factory=list)  # left as they were
    news: list[str] = field(default_factory=list)  # "kar: preprint → published (…)", a line each
    differences: list[str] = field(default_factory=list)  # between what a person checked and a registry


def name_of(entry: Entry) -> str:
    """The id of the entry's first listing."""
    return entry.listed[0][1].id


def apply(bibliography: Bibliography, found: Mapping[str, Found], rebuild: bool = False) -> Outcome:
    """The lock with what was found of each entry, by its name; entries that were not looked up stay as they are.

    A paper for which a source was not reached is left as it was, unless an identifier has settled the version of record: so
    a run that is repeated until all are reached ends with the lock that a single one would have made, keys included.
    """
    works = _Works(bibliography, rebuild)
    outcome = Outcome(bibliography.lock)
    for entry in bibliography.entries:
        if result := found.get(name_of(entry)):
            works.put(entry, result, outcome)
    outcome.lock = replace(
        bibliography.lock, works=works.works, listings=works.listings, questions=dict(sorted(works.questions.items()))
    )
    return outcome


class _Works:
    """The lock while works are put into it, in the list's order."""

    def __init__(self, bibliography: Bibliography, rebuild: bool) -> None:
        lock = bibliography.lock
        self.works, self.listings, self.questions = dict(lock.works), dict(lock.listings), dict(lock.questions)
        self._rebuild = rebuild
        self._taken = set(taken_names(bibliography.catalog, lock))
        self._keys = {id(record): key for key, record in lock.works.items()}
        self._by_identifier = {each: key for key, record in lock.works.items() for each in record_ids(record)}
        self._reserved: set[str] = set()  # first words of titles that are still to get a key

    def put(self, entry: Entry, found: Found, outcome: Outcome) -> None:
        """Take what was found of the entry, and say what became of it."""
        name = name_of(entry)
        merged = merge(entry.record, found, self._rebuild)
        if found.unreachable and not _is_settled(found):
            merged = None
        key = self._key(entry, merged.record) if merged else None
        if merged is None or key is None:
            self._leave(entry, found, outcome)
            return
        self._take(entry, key, merged)
        self.questions.pop(name, None)
        if found.question:
            self.questions[name] = candidates(found)
        self._report(name, merged, found, outcome)
        outcome.news += [f"{name}: {change}" for change in merged.changes]
        outcome.differences += [f"{name}: {difference}" for difference in merged.differences]

    def _key(self, entry: Entry, record: Record) -> str | None:
        """The work's key: its own, that of the work that it turns out to be, or a new one; None if that must wait."""
        if entry.record:
            return self._keys[id(entry.record)]
        same = next((self._by_identifier[each] for each in sorted(record_ids(record)) if each in self._by_identifier), None)
        if same:
            return same
        key = make_key(record.work, self._taken) or name_of(entry)
        return None if content_words(record.work.title)[:1] in ([word] for word in self._reserved) else key

    def _take(self, entry: Entry, key: str, merged: Merged) -> None:
        known = self.works.get(key)
        if known and known is not entry.record:  # another listing's, found twice
            merged = replace(merged, record=_joined(known, merged.record))
        self.works[key] = merged.record
        self._taken.add(key.lower())
        self._by_identifier.update(dict.fromkeys(record_ids(merged.record), key))
        self.listings.update({listing.id: key for _, listing in entry.listed})

    def _leave(self, entry: Entry, found: Found, outcome: Outcome) -> None:
        """Nothing is written of the entry but its question; what it is called may still be needed for its key."""
        name = name_of(entry)
        if found.unreachable:
            outcome.unreachable.append(name)
            if not entry.record:
                titles = [listing.title for _, listing in entry.listed]
                titles += [match.record.work.title for match in (found.published, found.preprint) if match]
                self._reserved.update(word for title in titles for word in content_words(title)[:1])
            return
        if found.published or found.preprint:
            outcome.unreachable.append(name)
            return
        self.questions.pop(name, None)
        if found.question:
            self.questions[name] = candidates(found)
        (outcome.in_question if found.question else outcome.not_found).append(name)

    def _report(self, name: str, merged: Merged, found: Found, outcome: Outcome) -> None:
        if found.unreachable:
            outcome.unreachable.append(name)
        elif found.question:
            outcome.in_question.append(name)
        elif merged.record.published:
            outcome.published.append(name)
        else:
            outcome.preprints.append(name)


def _is_settled(found: Found) -> bool:
    """Whether what could not be asked can change neither the version of record nor its key: the list links to it."""
    if not found.published or found.unreachable - {arxiv.NAME}:
        return False
    work = found.published.record.work
    return found.published.judgement.reason.startswith(LIST) and bool(work.authors) and not is_alphabetical(work)


def _joined(known: Record, found: Record) -> Record:
    """One work that two listings led to, each perhaps to another part of it."""
    if found.evidence.source != known.evidence.source:
        return known
    findings = {(each.source, each.record.lower()): each for each in (*found.evidence.found, *known.evidence.found)}
    return replace(
        known,
        published=known.published or found.published,
        preprint=known.preprint or found.preprint,
        evidence=replace(known.evidence, found=tuple(findings.values())),
    )


def candidates(found: Found) -> tuple[Candidate, ...]:
    """What a person must choose from, in an order that does not follow the registry's ranking."""
    ordered = sorted(found.question, key=lambda each: (each.record.source, each.record.id.lower()))
    return tuple(candidate_of(each.record, each.reason) for each in ordered)


def unsaid(lock: Lock) -> Iterator[tuple[str, Candidate]]:
    """The questions that nobody has answered: listing id and candidate."""
    for listing, asked in lock.questions.items():
        said = {each.record.lower() for each in lock.said.get(listing, ())}
        yield from ((listing, candidate) for candidate in asked if candidate.record.lower() not in said)


def with_answer(lock: Lock, listing: str, said: Said) -> Lock:
    """The lock with a person's answer, in place of an earlier one about the same record."""
    others = tuple(each for each in lock.said.get(listing, ()) if each.record.lower() != said.record.lower())
    return replace(lock, said={**lock.said, listing: (*others, said)})
