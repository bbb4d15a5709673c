"""Works that a person checked, from a JSON file, into the lock. docs/curate.md describes the file."""

from __future__ import annotations

from dataclasses import dataclass, replace

from . import ids, text
from .citekey import make_key
from .entries import listing_ids, record_ids
from .errors import CurationError, Fault, unknown
from .jsontext import Json, loads
from .model import DERIVED, TYPES, Catalog, Category, Evidence, Lock, Name, PartialDate, Record, Work

CONFIDENCE = ("high", "medium", "low")


@dataclass(frozen=True)
class Curated:
    """One checked paper: the record it gives, and how its listings are known."""

    where: str  # "facts.json: 5 (title)"
    record: Record
    title: str  # folded: as the list has it, if the file says so
    listing: str | None  # a listing's id, if the file names it
    category: str | None  # a heading or slug, to tell listings of one title apart


@dataclass(frozen=True)
class Outcome:
    """What a file of checked works does to a lock."""

    lock: Lock
    new: tuple[str, ...]  # keys
    changed: tuple[str, ...]
    unchanged: tuple[str, ...]
    left_out: tuple[Fault, ...]  # papers whose listing was not found, or whose work is in doubt


class _Fields:
    """One object of the file: each field is taken out, checked, and what is left over is a fault."""

    def __init__(self, data: dict[str, Json]) -> None:
        self._left = dict(data)

    def text(self, name: str) -> str | None:
        value = self._left.pop(name, None)
        if isinstance(value, str) or value is None:
            return text.clean(value or "") or None
        raise ValueError(f"{name} must be text or null")

    def texts(self, name: str) -> tuple[str, ...]:
        value = self._left.pop(name, None) or []
        if not isinstance(value, list):
            raise ValueError(f"{name} must be a list of texts")
        texts = [each for each in value if isinstance(each, str)]
        if len(texts) < len(value):
            raise ValueError(f"{name} must be a list of texts")
        return tuple(map(text.clean, texts))

    def number(self, name: str) -> int | None:
        value = self._left.pop(name, None)
        if value is None or (isinstance(value, int) and not isinstance(value, bool)):
            return value
        raise ValueError(f"{name} must be a whole number or null")

    def objects(self, name: str) -> list[_Fields]:
        value = self._left.pop(name, None) or []
        found = [_Fields(each) for each in value if isinstance(each, dict)] if isinstance(value, list) else []
        if not isinstance(value, list) or len(found) < len(value):
            raise ValueError(f"{name} must be a list of objects")
        return found

    def object(self, name: str) -> _Fields | None:
        value = self._left.pop(name, None)
        if value is None or isinstance(value, dict):
            return _Fields(value) if value else None
        raise ValueError(f"{name} must be an object or null")

    def close(self, known: tuple[str, ...]) -> None:
        if self._left:
            raise ValueError(unknown("field", next(iter(self._left)), known))


FIELDS = (
    "n", "listing", "category", "list_title", "title", "arxiv_title", "earlier_titles", "authors", "type",
    "container_title", "venue_short", "publisher", "volume", "issue", "pages", "article_number", "year", "month", "day",
    "doi", "arxiv", "url", "checked", "confidence", "sources", "notes", "list_errors",
)  # fmt: skip


def parse(body: str, name: str, today: PartialDate) -> list[Curated]:
    """The checked papers of a file. `today` stands where a paper has no date. CurationError names all its faults."""
    top = loads(body, name, CurationError)
    if not isinstance(top, list):
        raise CurationError(Fault(f"{name}:1", "must be a list of objects, one for each paper; see docs/curate.md"))
    found, faults = [], []
    for number, data in enumerate(top, start=1):
        title = data.get("title") if isinstance(data, dict) else None
        where = f"{name}: {number} ({title})" if title else f"{name}: {number}"
        try:
            if not isinstance(data, dict):
                raise ValueError("must be an object")
            found.append(_curated(_Fields(data), where, today))
        except ValueError as error:
            faults.append(Fault(where, str(error)))
    if faults:
        raise CurationError(*faults)
    return found


def _curated(data: _Fields, where: str, today: PartialDate) -> Curated:
    data.number("n")  # a number for people; the order says nothing
    list_title = data.text("list_title")
    listing, category = data.text("listing"), data.text("category")
    record = _record(data, today)
    data.close(FIELDS)
    return Curated(where, record, text.fold(list_title or record.work.title), listing, category)


def _record(data: _Fields, today: PartialDate) -> Record:
    work = _work(data)
    arxiv_title, earlier = data.text("arxiv_title"), tuple(map(text.title, data.texts("earlier_titles")))
    posted = _preprint(data.object("arxiv"), text.title(arxiv_title) if arxiv_title else work.title)
    evidence = _evidence(data, today)
    if work.type != "preprint":
        return Record(published=work, preprint=replace(posted, other_titles=earlier) if posted else None, evidence=evidence)
    if posted is None:
        return Record(preprint=replace(work, other_titles=earlier), evidence=evidence)
    if work.issued and posted.issued and work.issued.parts != posted.issued.parts[: len(work.issued.parts)]:
        raise ValueError(f"the preprint's date {work.issued} is not the day it was first posted, {posted.issued}")
    other = dict.fromkeys([*([posted.title] if posted.title != work.title else []), *earlier])
    merged = replace(
        work,
        issued=posted.issued or work.issued,
        doi=work.doi or posted.doi,
        arxiv_id=posted.arxiv_id,
        arxiv_class=posted.arxiv_class,
        other_titles=tuple(other),
        sources=work.sources if work.doi else posted.sources,
    )
    return Record(preprint=merged, evidence=evidence)


def _work(data: _Fields) -> Work:
    title = data.text("title")
    if not title:
        raise ValueError("has no title")
    kind = data.text("type")
    if kind is None:
        raise ValueError(f"has no type; one of {', '.join(TYPES)}")
    if kind not in TYPES:
        raise ValueError(unknown("type", kind, TYPES))
    doi = data.text("doi")
    if doi and not (bare := ids.doi(doi)):
        raise ValueError(f"{doi!r} is no DOI")
    return Work(
        type=kind,
        title=text.title(title),
        authors=tuple(_name(each) for each in data.objects("authors")),
        container_title=data.text("container_title"),
        venue_short=data.text("venue_short"),
        publisher=data.text("publisher"),
        volume=data.text("volume"),
        issue=data.text("issue"),
        pages=text.page_range(pages) if (pages := data.text("pages")) else None,
        article_number=data.text("article_number"),
        issued=_date(data),
        doi=bare if doi else None,
        url=data.text("url"),
    )


def _date(data: _Fields) -> PartialDate | None:
    year, month, day = (data.number(part) for part in ("year", "month", "day"))
    if year is None and (month or day):
        raise ValueError("has a month or a day, but no year")
    return PartialDate(year, month, day) if year is not None else None


def _name(data: _Fields) -> Name:
    known = ("family", "given", "suffix", "literal")
    name = Name(**{part: data.text(part) or "" for part in known})
    data.close(known)
    return name


def _preprint(data: _Fields | None, title: str) -> Work | None:
    """What is known of a preprint by its arXiv id: never its authors, which often differ from the published paper's."""
    if data is None:
        return None
    written, primary_class, posted = data.text("id"), data.text("primary_class"), data.text("first_posted")
    data.close(("id", "primary_class", "first_posted"))
    arxiv_id = ids.arxiv_id(written or "")
    if not arxiv_id:
        raise ValueError(f"{written!r} is no arXiv id")
    return Work(
        type="preprint",
        title=title,
        issued=PartialDate.parse(posted) if posted else None,
        doi=ids.arxiv_doi(arxiv_id),
        arxiv_id=arxiv_id,
        arxiv_class=primary_class,
        sources={"doi": DERIVED},
    )


def _evidence(data: _Fields, today: PartialDate) -> Evidence:
    checked, confidence = data.text("checked"), data.text("confidence")
    seen_in = data.texts("sources")
    if not seen_in:
        raise ValueError("names no sources; say where each fact was seen")
    if confidence not in (None, *CONFIDENCE):
        raise ValueError(unknown("confidence", str(confidence), CONFIDENCE))
    return Evidence(
        source="curated",
        checked=PartialDate.parse(checked) if checked else today,
        confidence=confidence,
        seen_in=seen_in,
        notes=data.text("notes"),
        list_errors=data.texts("list_errors"),
    )


def apply(curated: list[Curated], catalog: Catalog, lock: Lock) -> Outcome:
    """The lock with the checked works in it. Keys and aliases stay; a paper whose listing is not found is left out, named."""
    listed, known = _Listings(catalog), _Works(catalog, lock)
    states: dict[str, list[str]] = {"new": [], "changed": [], "unchanged": []}
    left_out: list[Fault] = []
    for each in curated:
        try:
            key, state = known.put(each, listed.of(each))
            states[state].append(key)
        except CurationError as error:
            left_out.extend(error.faults)
    lock = Lock(works=known.works, listings=known.listings)
    return Outcome(lock=lock, left_out=tuple(left_out), **{state: tuple(keys) for state, keys in states.items()})


class _Listings:
    """The catalog's listings by id, by identifier and by title."""

    def __init__(self, catalog: Catalog) -> None:
        self._by_id: dict[str, Category] = {}
        self._by_identifier: dict[tuple[str, str], list[str]] = {}
        self._by_title: dict[str, list[str]] = {}
        self._identities: dict[str, frozenset[tuple[str, str]]] = {}
        for category in catalog.categories:
            for listing in category.listings:
                self._by_id[listing.id] = category
                self._by_title.setdefault(text.fold(text.unmangled(listing.title)), []).append(listing.id)
                self._identities[listing.id] = listing_ids(listing)
                for identifier in self._identities[listing.id]:
                    self._by_identifier.setdefault(identifier, []).append(listing.id)

    def of(self, curated: Curated) -> list[str]:
        """The ids of the listings that mean the paper. CurationError if there are none, or identifier and title disagree."""
        if curated.listing:
            if curated.listing not in self._by_id:
                raise CurationError(Fault(curated.where, unknown("listing", curated.listing, self._by_id)))
            return [curated.listing]
        by_title = self._by_title.get(curated.title, [])
        by_identifier = [listing for each in sorted(record_ids(curated.record)) for listing in self._by_identifier.get(each, ())]
        for listing in by_identifier:
            if by_title and listing not in by_title:
                clash = f"its identifier is that of {listing!r}, its title that of {by_title[0]!r}"
                raise CurationError(Fault(curated.where, f'{clash}; say which with "listing"'))
        without_identifier = [listing for listing in by_title if not self._identities[listing]]
        found = list(dict.fromkeys([*by_identifier, *without_identifier])) if by_identifier else self._of_title(curated, by_title)
        if not found:
            raise CurationError(Fault(curated.where, 'no listing has its title or an identifier of it; name one with "listing"'))
        return found

    def _of_title(self, curated: Curated, by_title: list[str]) -> list[str]:
        """The listings of the title; in the category that the file names, if there are several of different papers."""
        identities = [self._identities[listing] for listing in by_title]
        if len(by_title) > 1 and (not all(identities) or not frozenset.intersection(*identities)):
            by_title = [listing for listing in by_title if curated.category and self._is_in(listing, curated.category)]
            if len(by_title) != 1:
                raise CurationError(
                    Fault(curated.where, 'several listings have its title; say which with "listing" or "category"')
                )
        return by_title

    def _is_in(self, listing: str, name: str) -> bool:
        category = self._by_id[listing]
        return name in (category.slug, category.heading, category.title)


class _Works:
    """The lock while works are put into it."""

    def __init__(self, catalog: Catalog, lock: Lock) -> None:
        self.works, self.listings = dict(lock.works), dict(lock.listings)
        self._by_identifier = {each: key for key, record in lock.works.items() for each in record_ids(record)}
        self._ids = {listing.id for category in catalog.categories for listing in category.listings}
        handwritten = {listing.key for category in catalog.categories for listing in category.listings if listing.key}
        aliases = {alias for record in lock.works.values() for alias in record.aliases}
        self._taken = {key.lower() for key in (self._ids | handwritten | aliases | lock.works.keys())}
        self._put: dict[str, str] = {}  # key → where in the file

    def put(self, curated: Curated, found: list[str]) -> tuple[str, str]:
        """The key of the paper, and whether it is "new", "changed" or "unchanged"."""
        record = curated.record
        old_key = self._known_as(curated, found)
        old = self.works.get(old_key) if old_key else None
        key = old_key if old_key and old_key not in self._ids else make_key(record.work, self._taken) or old_key or found[0]
        record = _renewed(record, old, old_key if key != old_key else None)
        if key in self._put and record != old:
            raise CurationError(Fault(curated.where, f"is the same work as {self._put[key]}, with other facts; keep one"))
        self._put.setdefault(key, curated.where)
        self._take(key, record, found, old_key)
        return key, "new" if old is None else "unchanged" if record == old else "changed"

    def _known_as(self, curated: Curated, found: list[str]) -> str | None:
        """The paper's key in the lock: its listings', else that of a work with its identifier."""
        keys = dict.fromkeys(self.listings[listing] for listing in found if listing in self.listings)
        for key in [self._by_identifier[each] for each in sorted(record_ids(curated.record)) if each in self._by_identifier]:
            if key not in keys and not _titles(self.works[key]) & _titles(curated.record):
                clash = f"its identifier is that of the work {key}, {self.works[key].work.title!r}"
                raise CurationError(Fault(curated.where, f"{clash}; one of the two is wrong"))
            keys[key] = None
        if len(keys) > 1:
            raise CurationError(Fault(curated.where, f"is two works of the lock, {' and '.join(keys)}; it cannot be both"))
        return next(iter(keys), None)

    def _take(self, key: str, record: Record, found: list[str], old_key: str | None) -> None:
        if old_key:
            for identifier in record_ids(self.works[old_key]):
                self._by_identifier.pop(identifier, None)
            del self.works[old_key]
            self.listings = {listing: key if at == old_key else at for listing, at in self.listings.items()}
        self.works[key] = record
        self._taken.add(key.lower())
        self.listings.update(dict.fromkeys(found, key))
        self._by_identifier.update(dict.fromkeys(record_ids(record), key))


def _titles(record: Record) -> set[str]:
    works = [work for work in (record.published, record.preprint) if work]
    return {text.fold(title) for work in works for title in (work.title, *work.other_titles)}


def _renewed(record: Record, old: Record | None, old_key: str | None) -> Record:
    """The record with the aliases of the one it replaces; that one itself if nothing but the date of the check differs."""
    if old is None:
        return record
    aliases = dict.fromkeys([*([old_key] if old_key else []), *old.aliases])
    record = replace(record, aliases=tuple(aliases))
    same_day = replace(record.evidence, checked=old.evidence.checked)
    return old if replace(record, evidence=same_day) == old else record
