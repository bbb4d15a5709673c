"""What a look-up found, as a record of the lock; and into the record that is there already."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields, replace

from .likeness import equal, overlap
from .lookup import Found, Match
from .match import Judgement
from .model import CURATED, IMPORTED, REGISTRIES, SILENT, Candidate, Evidence, Finding, Name, PartialDate, Record, Work
from .names import as_witnessed, same_person, split_as
from .sources.base import RegistryRecord
from .text import plain
from .venuelabels import is_called
from .venues import short_name

_ALPHABETICAL = "10.52202/"  # proceedings deposited by a printer, with the authors from A to Z


@dataclass(frozen=True)
class Merged:
    """The record after a look-up, and what a person should hear of it."""

    record: Record
    changes: tuple[str, ...] = ()  # against the record before
    differences: tuple[str, ...] = ()  # from what a person checked; not taken


def merge(old: Record | None, found: Found, rebuild: bool = False) -> Merged | None:
    """The record with what was found; None where nothing was and nothing is known.

    What a person checked is completed, never replaced; of what a file said, and nobody checked, only that is kept which no
    registry says. What an earlier look-up found stays if it is not found again, unless a person said no to it, or the record is
    to be rebuilt of what is found now.
    """
    new = _record(found)
    if old is None or new is None:
        record = old or new
        return Merged(record) if record else None
    if old.evidence.source == CURATED:
        return _completed(old, new)
    if old.evidence.source == IMPORTED:
        new = _upon_imported(old, new, found.refused)
    elif not rebuild:
        new = _kept(old, new, found.refused)
    new = replace(new, aliases=old.aliases)
    return Merged(new, tuple(_changes(old, new)))


def _record(found: Found) -> Record | None:
    if not (found.published or found.preprint):
        return None
    published, preprint = (match.record.work if match else None for match in (found.published, found.preprint))
    if preprint and published:
        preprint = replace(preprint, authors=split_as(preprint.authors, published.authors))
    findings = tuple(_finding(match, found.unreachable) for match in (found.published, found.preprint) if match)
    return Record(
        published=_published(published, preprint, found.preprint.record.source if found.preprint else "") if published else None,
        preprint=preprint,
        evidence=Evidence(source=REGISTRIES, found=findings),
    )


def _published(work: Work, preprint: Work | None, witness: str) -> Work:
    """The published work, with the preprint as a witness of capitals, of a lost order, and of authors that the record lacks.

    `witness`: the preprint's source.
    """
    if preprint is None:
        return work
    sources = dict(work.sources)
    if plain(work.title).isupper() and equal(work.title, preprint.title) and not plain(preprint.title).isupper():
        work = replace(work, title=preprint.title, other_titles=(work.title,))
        sources["title"] = witness
    authors = as_witnessed(work.authors, preprint.authors)
    if not authors or (is_alphabetical(work) and _in_another_order(authors, preprint.authors)):
        authors = preprint.authors
        sources["authors"] = witness
    return replace(work, authors=authors, sources=sources)


def is_alphabetical(work: Work) -> bool:
    """Whether the record's authors stand from A to Z, whatever their order in the paper."""
    return (work.doi or "").startswith(_ALPHABETICAL)


def _in_another_order(one: Sequence[Name], other: Sequence[Name]) -> bool:
    return overlap(one, other).of_all == 1 and not all(map(same_person, one, other))


def _finding(match: Match, unreachable: frozenset[str]) -> Finding:
    judgement, record = match.judgement, match.record
    silent = tuple(f"{source}{SILENT}" for source in sorted(unreachable))
    return Finding(
        source=record.source,
        record=record.id,
        retrieved=match.retrieved,
        asked=f"{match.ask.kind} {match.ask.value}",
        rule=judgement.reason,
        title=judgement.title,
        authors=judgement.authors or None,
        rejected=tuple(sorted(f"{each.record.id}: {each.reason}" for each in match.rejected if _is_near(each))),
        notes=(*record.notes, *silent),
    )


def _is_near(judgement: Judgement) -> bool:
    """Whether it looked like the paper: by a link, or by its title."""
    return judgement.by_link or not judgement.title[:1].isdigit()


def _kept(old: Record, new: Record, refused: frozenset[str]) -> Record:
    """The new record with what only the old one has, and with the old reasons where nothing new was learnt."""
    published = new.published or _unless(old.published, refused)
    preprint = new.preprint or _unless(old.preprint, refused)
    evidence = replace(new.evidence, found=_findings(old, new, (published, preprint)))
    return replace(new, published=published, preprint=preprint, evidence=evidence)


def _unless(work: Work | None, refused: frozenset[str]) -> Work | None:
    """The work, unless a person refused it."""
    return None if work and not refused.isdisjoint(_ids(work)) else work


def _ids(work: Work) -> set[str]:
    return {each.lower() for each in (work.doi, work.arxiv_id) if each}


def _findings(old: Record, new: Record, works: Iterable[Work | None]) -> tuple[Finding, ...]:
    """The new reasons, or the old ones of the same record; and those of works that were not found again."""
    before = {(each.source, each.record.lower()): each for each in old.evidence.found}
    findings = [_same_or_new(before.get((each.source, each.record.lower())), each) for each in new.evidence.found]
    known = {each.record.lower() for each in findings}
    ids = {each for work in works if work for each in _ids(work)}
    findings += [each for each in old.evidence.found if each.record.lower() in ids - known]
    return tuple(_published_first(findings))


def _published_first(findings: list[Finding]) -> list[Finding]:
    return sorted(findings, key=lambda finding: finding.source == "arxiv")


def _same_or_new(old: Finding | None, new: Finding) -> Finding:
    """The old reasons for a record stay, but for those of a run in which a source was silent."""
    if old and not old.is_preliminary:
        return replace(old, notes=tuple(note for note in new.notes if not note.endswith(SILENT)))
    return new


def _changes(old: Record, new: Record) -> Iterator[str]:
    if new.published and not old.published:
        where = f"{new.published.container_title or new.published.type}, {new.published.doi}"
        yield f"preprint → published ({where})" if old.preprint else f"published ({where})"
    for part in ("published", "preprint"):
        before, after = getattr(old, part), getattr(new, part)
        if before and after:
            yield from (f"{part} {name}: {was} → {became}" for name, was, became in _fields_that_differ(before, after))
        elif before:
            yield f"{part} {before.doi}: not found any more"
    if new.preprint and not old.preprint:
        yield f"preprint {new.preprint.doi}"


def _fields_that_differ(one: Work, other: Work) -> Iterator[tuple[str, str, str]]:
    for name in (each.name for each in fields(Work) if each.name != "sources"):
        was, became = getattr(one, name), getattr(other, name)
        if was != became:
            yield name.replace("_", " "), _shown(was), _shown(became)


def _shown(value: object) -> str:
    return ("; ".join(map(str, value)) if isinstance(value, tuple) else str(value or "")) or "nothing"


# What a file said

_OF_FILES = tuple(each.name for each in fields(Work) if each.name not in ("type", "title", "other_titles", "sources"))


def _upon_imported(old: Record, new: Record, refused: frozenset[str]) -> Record:
    """What was found, with what only the file says; the file stays named, for no registry may know one of the two works."""
    kept = _kept(old, new, refused)
    found = {each.record.lower() for each in old.evidence.found}
    return replace(
        kept,
        published=_with_rest(kept.published, old.published, found),
        preprint=_with_rest(kept.preprint, old.preprint, found),
        evidence=replace(old.evidence, found=kept.evidence.found),
    )


def _with_rest(new: Work | None, old: Work | None, found: set[str]) -> Work | None:
    """The work with what it lacks and the file has; of a work that was found before, with what is the file's still."""
    if new is None or old is None or new is old or _is_another(new, old):
        return new
    has_place = bool(new.pages or new.article_number)
    is_of_file = found.isdisjoint(_ids(old))
    taken = {
        name: getattr(old, name)
        for name in _OF_FILES
        if _says_more(getattr(old, name), getattr(new, name)) and (is_of_file or old.sources.get(name) == IMPORTED)
        if not (has_place and name in ("pages", "article_number"))
    }
    return replace(new, **taken, sources={**new.sources, **dict.fromkeys(taken, IMPORTED)})


def _says_more(old: object, new: object) -> bool:
    """Whether the file has a field that the registry lacks, or the day of its month."""
    if isinstance(old, PartialDate) and isinstance(new, PartialDate):
        return old != new and old.parts[: len(new.parts)] == new.parts
    return bool(old) and not new


def _is_another(new: Work, old: Work) -> bool:
    """Whether the identifiers differ: the file named another record, of which nothing is taken over."""
    pairs = ((new.doi, old.doi), (new.arxiv_id, old.arxiv_id))
    return any(one and other and one.lower() != other.lower() for one, other in pairs)


# What a person checked

_COMPLETED = tuple("authors container_title publisher volume issue pages article_number issued doi arxiv_id arxiv_class".split())


def _completed(old: Record, new: Record) -> Merged:
    published = _complete(old.published, new.published, _source_of(new, "crossref"))
    preprint = _complete(old.preprint, new.preprint, _source_of(new, "arxiv"))
    findings = _findings(old, new, (published, preprint))
    record = replace(old, published=published, preprint=preprint, evidence=replace(old.evidence, found=findings))
    differences = (line for finding in findings for line in _differences(old, new, finding))
    return Merged(record, tuple(_changes(old, record)), tuple(differences))


def _differences(old: Record, new: Record, finding: Finding) -> Iterator[str]:
    part = "preprint" if finding.source == "arxiv" else "published"
    checked, found = getattr(old, part), getattr(new, part)
    for name, mine, theirs in _disagreements(checked, found) if checked and found else ():
        yield f"{finding.source} {finding.record} has {name} {theirs}; checked and kept: {mine}"


def _source_of(record: Record, source: str) -> str:
    return next((finding.source for finding in record.evidence.found if finding.source == source), REGISTRIES)


def _complete(old: Work | None, new: Work | None, source: str) -> Work | None:
    """The checked work with the fields that it lacks; a work that was not known at all is taken as it is."""
    if old is None or new is None:
        work = old or new
        return replace(work, sources={**_all_from(work, source), **work.sources}) if work and old is None else work
    if old.doi and new.doi and old.doi.lower() != new.doi.lower():
        return old
    has_place = bool(old.pages or old.article_number)
    taken = {
        name: getattr(new, name)
        for name in _COMPLETED
        if not getattr(old, name) and getattr(new, name) and not (has_place and name in ("pages", "article_number"))
    }
    return replace(old, **taken, sources={**old.sources, **{name: new.sources.get(name, source) for name in taken}})


def _all_from(work: Work, source: str) -> dict[str, str]:
    return {each.name: source for each in fields(Work) if each.name not in ("sources", "type") and getattr(work, each.name)}


def _disagreements(old: Work, new: Work) -> Iterator[tuple[str, str, str]]:
    if not equal(old.title, new.title) and not any(equal(title, new.title) for title in old.other_titles):
        yield "title", old.title, new.title
    if old.authors and new.authors and not _same_people(old.authors, new.authors):
        yield "authors", _shown(old.authors), _shown(new.authors)
    if old.container_title and new.container_title and not _same_venue(old.container_title, new.container_title):
        yield "container title", old.container_title, new.container_title
    if old.issued and new.issued and old.issued.year != new.issued.year:
        yield "year", str(old.issued.year), str(new.issued.year)
    for name in ("volume", "issue", "pages", "doi"):
        mine, theirs = getattr(old, name), getattr(new, name)
        if mine and theirs and mine.lower() != theirs.lower():
            yield name, mine, theirs


def _same_people(one: Sequence[Name], other: Sequence[Name]) -> bool:
    return len(one) == len(other) and all(map(same_person, one, other))


def _same_venue(one: str, other: str) -> bool:
    short = short_name(one, {})
    return is_called(one, other) or (short is not None and short == short_name(other, {}))


def candidate_of(record: RegistryRecord, reason: str) -> Candidate:
    """The words by which a person can tell the record."""
    work = record.work
    return Candidate(
        source=record.source,
        record=record.id,
        title=plain(work.title),
        authors=_shown(work.authors) if work.authors else None,
        venue=work.container_title or next(iter(record.venues), None),
        year=str(work.issued.year) if work.issued else None,
        reason=reason,
    )
