"""One record of Crossref as a work of ours, whatever oddities it has.

Fields: https://github.com/CrossRef/rest-api-doc/blob/master/api_format.md. Lists may be empty, null, or a bare value.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress

from .. import ids
from ..jsontext import Json
from ..markup import registry_text, registry_title
from ..model import Name, PartialDate, Work
from ..names import is_nobody, set_right, without_capitals
from ..text import page_range
from .base import RegistryRecord

FIELDS = tuple(
    """
    DOI type title subtitle original-title author container-title publisher volume issue page article-number
    issued published-print published-online event relation update-to updated-by
    """.split()
)

_TYPES: Mapping[str, str] = {
    "journal-article": "article-journal",
    "proceedings-article": "paper-conference",
    "book-chapter": "chapter",
    "book-section": "chapter",
    "book-part": "chapter",
    "book": "book",
    "monograph": "book",
    "edited-book": "book",
    "posted-content": "preprint",
    "dissertation": "thesis",
    "report": "report",
    "dataset": "dataset",
}
# Series of proceedings, whose papers Crossref has as chapters with two containers.
_PROCEEDINGS_SERIES = (
    r"(?i)^(?:Lecture Notes (?:in|of)|Communications in Computer and Information|IFIP Advances in|Advances in Intelligent Systems"
    r"|Smart Innovation|Springer Proceedings|Studies in Computational|Frontiers in Artificial Intelligence and Applications"
    r"|Proceedings in Adaptation|Learning and Analytics in Intelligent)"
)
_PRINTED = ("journal-article", "proceedings-article", "book-chapter")
_SAME_PAPER = ("has-preprint", "is-preprint-of", "is-same-as", "is-identical-to", "has-manuscript", "is-manuscript-of")
_ONLY_ABOUT = frozenset(
    """is-review-of is-component-of is-comment-on is-reply-to is-supplement-to is-translation-of is-data-basis-for is-derived-from
    is-correction-of is-retraction-of is-documentation-for""".split()
)


def record(item: Mapping[str, Json]) -> RegistryRecord | None:
    """The record's work and what tells it from others; None for one without a title."""
    doi = ids.doi(str(item.get("DOI", "")))
    raw, subtitle = _texts(item, "title"), _texts(item, "subtitle")
    title = registry_title(raw[0], subtitle[0] if subtitle else "") if raw else ""
    if not title or not doi:
        return None
    kind = _text(item, "type") or "other"
    containers = list(dict.fromkeys(map(registry_text, _texts(item, "container-title"))))
    events = list(_events(item))
    issued, chosen = _issued(item, kind)
    lesser = (*(raw if subtitle else raw[1:]), *_texts(item, "original-title"))
    work = Work(
        type=_type(kind, containers, events),
        title=title,
        authors=without_capitals(list(_authors(item))),
        container_title=_container(containers) if kind != "posted-content" else None,
        publisher=registry_text(_text(item, "publisher")) or None,
        volume=_text(item, "volume") or None,
        issue=_text(item, "issue") or None,
        pages=page_range(_text(item, "page")) or None,
        article_number=_text(item, "article-number") or None,
        issued=issued,
        doi=doi,
        sources={"issued": f"crossref {chosen}"} if chosen != "issued" else {},
    )
    return RegistryRecord(
        source="crossref",
        id=doi,
        work=work,
        kind=kind,
        titles=(title,),
        lesser_titles=tuple(dict.fromkeys(filter(None, map(registry_title, lesser)))),
        venues=(*containers, *events),
        years=tuple(sorted({date.year for date in _dates(item)})),
        linked=frozenset(_linked(item, doi)),
        about=_about(item, doi),
        notes=tuple(_notes(item, doi)),
    )


def _texts(item: Mapping[str, Json], field: str) -> list[str]:
    value = item.get(field)
    values = value if isinstance(value, list) else [value]
    texts = (str(each) for each in values if isinstance(each, (str, int)) and not isinstance(each, bool))
    return [text for text in (" ".join(text.split()) for text in texts) if text]


def _text(item: Mapping[str, Json], field: str) -> str:
    return next(iter(_texts(item, field)), "")


def _objects(item: Mapping[str, Json], field: str) -> list[dict[str, Json]]:
    value = item.get(field)
    values = value if isinstance(value, list) else [value]
    return [each for each in values if isinstance(each, dict)]


def _authors(item: Mapping[str, Json]) -> Iterator[Name]:
    for author in _objects(item, "author"):
        family, given, suffix, group = (registry_text(_text(author, part)) for part in ("family", "given", "suffix", "name"))
        if group and not family:
            yield from () if is_nobody(group) else (Name(literal=group),)
        elif (family or given) and (name := set_right(family, given, suffix)):
            yield name


def _type(kind: str, containers: list[str], events: list[str]) -> str:
    if kind == "book-chapter" and (events or any(re.search(_PROCEEDINGS_SERIES, each) for each in containers)):
        return "paper-conference"
    return _TYPES.get(kind, "document")


def _container(containers: list[str]) -> str | None:
    """The volume rather than the series that it stands in: their order in the records varies."""
    volumes = [each for each in containers if not re.search(_PROCEEDINGS_SERIES, each)]
    return next(iter(volumes or containers), None)


def _events(item: Mapping[str, Json]) -> Iterator[str]:
    for event in _objects(item, "event"):
        yield from (registry_text(text) for field in ("name", "acronym") for text in _texts(event, field))
    yield from (registry_text(text) for text in _texts(item, "event"))  # a bare name, as in CSL


def _date(item: Mapping[str, Json], field: str) -> PartialDate | None:
    """The date as far as it makes sense; None for `[[null]]`, a year 0 and the like."""
    value = item.get(field)
    parts = value.get("date-parts") if isinstance(value, dict) else None
    first = parts[0] if isinstance(parts, list) and parts else None
    numbers: list[int] = []
    for part in first if isinstance(first, list) else []:
        if isinstance(part, bool) or not str(part).isdecimal():
            break
        numbers.append(int(str(part)))
    for length in (3, 2, 1):
        if 0 < length <= len(numbers) and numbers[0] >= 1000:
            with suppress(ValueError):
                return PartialDate(*numbers[:length])
    return None


def _dates(item: Mapping[str, Json]) -> Iterator[PartialDate]:
    for field in ("issued", "published-print", "published-online"):
        if date := _date(item, field):
            yield date


def _issued(item: Mapping[str, Json], kind: str) -> tuple[PartialDate | None, str]:
    """The date that people cite, and its field: that of the printed issue where there is one, else the earliest (`issued`)."""
    issued, printed = _date(item, "issued"), _date(item, "published-print")
    if printed and (issued is None or (kind in _PRINTED and printed.year != issued.year)):
        return printed, "published-print"
    if issued is None and (online := _date(item, "published-online")):
        return online, "published-online"
    return issued, "issued"


def _relations(item: Mapping[str, Json]) -> Iterator[tuple[str, str]]:
    relation = item.get("relation")
    for kind, targets in relation.items() if isinstance(relation, dict) else ():
        for target in targets if isinstance(targets, list) else [targets]:
            if isinstance(target, dict) and isinstance(target.get("id"), str):
                yield kind, str(target["id"])


def _linked(item: Mapping[str, Json], own: str) -> Iterator[tuple[str, str]]:
    for kind, target in _relations(item):
        if kind in _SAME_PAPER:
            yield from ids.identify(target).known - {("doi", own.lower())}


def _about(item: Mapping[str, Json], own: str) -> str | None:
    for update in _objects(item, "update-to"):
        target = _text(update, "DOI")
        if target.lower() != own.lower() and _text(update, "type") not in ("new_version", "new_edition"):
            return f"{_text(update, 'type') or 'update'} of {target or 'another work'}"
    return next((f"{kind} {target}" for kind, target in _relations(item) if kind in _ONLY_ABOUT), None)


def _notes(item: Mapping[str, Json], own: str) -> Iterator[str]:
    seen: set[str] = set()
    for update in _objects(item, "updated-by"):
        kind, notice = _text(update, "type"), _text(update, "DOI")
        if kind and kind != "new_version" and notice.lower() != own.lower() and kind not in seen:
            seen.add(kind)
            date = _date(update, "updated")
            yield f"{kind.replace('_', ' ')}{f' {date}' if date else ''}: {notice}"
