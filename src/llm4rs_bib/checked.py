"""The file of works that a person checked: docs/curate.md describes it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from . import ids, text
from .errors import CurationError, Fault, unknown
from .jsontext import Json, loads
from .model import CURATED, DERIVED, TYPES, Evidence, Name, PartialDate, Record, Work

CONFIDENCE = ("high", "medium", "low")


@dataclass(frozen=True)
class Checked:
    """One checked paper: the record it gives, and how its listings are known."""

    where: str  # "facts.json: 5 (title)"
    record: Record
    title: str  # folded: as the list has it, if the file says so
    listing: str | None  # a listing's id, if the file names it
    category: str | None  # a heading or slug, to tell listings of one title apart


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


def parse(body: str, name: str, today: PartialDate) -> list[Checked]:
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
            found.append(_checked(_Fields(data), where, today))
        except ValueError as error:
            faults.append(Fault(where, str(error)))
    if faults:
        raise CurationError(*faults)
    return found


def _checked(data: _Fields, where: str, today: PartialDate) -> Checked:
    data.number("n")  # a number for people; the order says nothing
    list_title = data.text("list_title")
    listing, category = data.text("listing"), data.text("category")
    record = _record(data, today)
    data.close(FIELDS)
    return Checked(where, record, text.fold(list_title or record.work.title), listing, category)


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
        source=CURATED,
        checked=PartialDate.parse(checked) if checked else today,
        confidence=confidence,
        seen_in=seen_in,
        notes=data.text("notes"),
        list_errors=data.texts("list_errors"),
    )
