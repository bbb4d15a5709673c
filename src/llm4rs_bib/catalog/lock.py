"""works.lock.json ↔ values: what was found out, which works are curated, and the keys."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields
from typing import TypeVar

from ..errors import Fault, LockError, unknown
from ..jsontext import Json, dumps, loads
from ..model import TYPES, Candidate, Evidence, Finding, Lock, Name, PartialDate, Record, Said, Work, required_fields
from .lists import is_key

FORMAT = 1
_Read = TypeVar("_Read")
_PARTS = ("works", "listings", "questions", "said")
_VALUES = (Work, Evidence, Finding, Candidate, Said)
_FIELDS: Mapping[type, frozenset[str]] = {
    value_type: frozenset(each.name for each in fields(value_type)) for value_type in (*_VALUES, Record)
}
_REQUIRED: Mapping[type, tuple[str, ...]] = {value_type: required_fields(value_type) for value_type in _VALUES}
_NAME_PARTS = frozenset(each.name for each in fields(Name))


def loads_lock(text: str, name: str) -> Lock:
    """The lock. LockError names the first fault with its line or its work."""
    top = loads(text, name, LockError)
    if not isinstance(top, dict) or type(top.get("format")) is not int:
        raise LockError(Fault(f"{name}:1", f'must be an object that begins with "format": {FORMAT}'))
    if top["format"] != FORMAT:
        raise LockError(
            Fault(f"{name}:1", f"format {top['format']} is not what this version reads ({FORMAT}); update llm4rs-bib")
        )
    if extra := sorted(top.keys() - {"format", *_PARTS}):
        raise LockError(Fault(name, unknown("key", extra[0], ("format", *_PARTS))))
    works, listings, questions, said = (_part(top, part, name) for part in _PARTS)
    records = {key: _at(f"{name}: {key}", _record, value) for key, value in works.items()}
    for key, record in records.items():
        if strange := [each for each in (key, *record.aliases) if not is_key(each)]:
            raise LockError(Fault(f"{name}: {key}", f"{strange[0]!r} is no citation key; restore it from git"))
    for listing, at in listings.items():
        if not isinstance(at, str) or at not in records:
            raise LockError(Fault(name, f"the listing {listing!r} points to {at!r}, which is no work here; restore it from git"))
    return Lock(
        works=records,
        listings=listings,  # type: ignore[arg-type]  # the loop above checked the values
        questions={listing: _at(f"{name}: {listing}", _candidates, value) for listing, value in questions.items()},
        said={listing: _at(f"{name}: {listing}", _said, value) for listing, value in said.items()},
    )


def _part(top: dict[str, Json], part: str, name: str) -> dict[str, Json]:
    value = top.get(part, {})
    if not isinstance(value, dict):
        raise LockError(Fault(name, f"{part} must be an object"))
    return value


def _at(where: str, read: Callable[[Json], _Read], value: Json) -> _Read:
    try:
        return read(value)
    except (ValueError, TypeError) as error:
        raise LockError(Fault(where, str(error))) from None


def _record(value: Json) -> Record:
    data = _object(value, Record)
    works = {part: _work(data[part]) for part in ("published", "preprint") if part in data}
    return Record(**works, evidence=_evidence(data.get("evidence")), aliases=_texts(data.get("aliases", []), "aliases"))


def _object(value: Json, value_type: type) -> dict[str, Json]:
    if not isinstance(value, dict):
        raise ValueError(f"{value_type.__name__.lower()}: must be an object")
    known = _FIELDS[value_type]
    if not known.issuperset(value):
        strange = next(key for key in value if key not in known)
        raise ValueError(f"{value_type.__name__.lower()}: {unknown('field', strange, sorted(known))}")
    return value


def _text(value: Json, what: str) -> str:
    if not isinstance(value, str):
        raise ValueError(f"{what} must be text")
    return value


def _texts(value: Json, what: str) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise ValueError(f"{what} must be a list")
    return tuple([each if each.__class__ is str else _text(each, what) for each in value])


def _names(value: Json, what: str) -> tuple[Name, ...]:
    if not isinstance(value, list):
        raise ValueError(f"{what} must be a list")
    return tuple([Name(**_all_text(each)) for each in value])


def _all_text(value: Json) -> dict[str, str]:
    if not isinstance(value, dict) or not _NAME_PARTS.issuperset(value):
        raise ValueError(f"a name must be an object with {', '.join(sorted(_NAME_PARTS))}; found {value!r}")
    for part in value.values():
        if not isinstance(part, str):
            raise ValueError(f"each part of a name must be text; found {part!r}")
    return value  # type: ignore[return-value]  # the loop above checked the values


def _sources(value: Json, what: str) -> dict[str, str]:
    if not isinstance(value, dict):
        raise ValueError(f"{what} must be an object")
    return {key: _text(each, what) for key, each in value.items()}


def _date(value: Json, what: str) -> PartialDate:
    return PartialDate.parse(_text(value, what))


def _candidates(value: Json) -> tuple[Candidate, ...]:
    return tuple(Candidate(**_values(each, Candidate)) for each in _list(value, "candidates"))  # type: ignore[arg-type]  # _values checked each


def _said(value: Json) -> tuple[Said, ...]:
    said = tuple(Said(**_values(each, Said)) for each in _list(value, "answers"))  # type: ignore[arg-type]  # as above
    if strange := [each.same for each in said if each.same not in ("yes", "no")]:
        raise ValueError(f"said: same is {strange[0]!r}; it must be yes or no")
    return said


def _found(value: Json, what: str) -> tuple[Finding, ...]:
    return tuple(Finding(**_values(each, Finding)) for each in _list(value, what))  # type: ignore[arg-type]  # as above


def _list(value: Json, what: str) -> list[Json]:
    if not isinstance(value, list):
        raise ValueError(f"{what} must be a list")
    return value


_READERS: Mapping[str, Callable[[Json, str], object]] = {
    "authors": _names,
    "issued": _date,
    "checked": _date,
    "other_titles": _texts,
    "seen_in": _texts,
    "list_errors": _texts,
    "sources": _sources,
    "retrieved": _date,
    "decided": _date,
    "rejected": _texts,
    "found": _found,
}


def _values(value: Json, value_type: type) -> dict[str, object]:
    values: dict[str, object] = {}
    for key, each in _object(value, value_type).items():
        if reader := _reader(key, value_type):
            values[key] = reader(each, key)
        else:
            values[key] = each if each.__class__ is str else _text(each, key)
    for name in _REQUIRED[value_type]:
        if name not in values:
            raise ValueError(f"{value_type.__name__.lower()}: has no {name}")
    return values


def _reader(key: str, value_type: type) -> Callable[[Json, str], object] | None:
    """How a field is read; those of a candidate and `authors` and `notes` of a finding are words for people."""
    if value_type is Candidate or (value_type is Finding and key == "authors"):
        return None
    return _texts if (value_type is Finding and key == "notes") else _READERS.get(key)


def _work(value: Json) -> Work:
    work = Work(**_values(value, Work))  # type: ignore[arg-type]  # _values checked each
    if work.type not in TYPES:
        raise ValueError(f"work: {unknown('type', work.type, TYPES)}")
    if not work.title.strip():
        raise ValueError("work: has no title")
    return work


def _evidence(value: Json) -> Evidence:
    return Evidence(**_values(value, Evidence))  # type: ignore[arg-type]  # as above


def dumps_lock(lock: Lock) -> str:
    """The lock's text: works and listings sorted, one after the other. `loads_lock` reads it back as the same lock."""
    works: dict[str, Json] = {key: _plain(lock.works[key]) for key in sorted(lock.works)}
    listings: dict[str, Json] = {listing: lock.listings[listing] for listing in sorted(lock.listings)}
    asked = {part: _plain(values) for part, values in (("questions", lock.questions), ("said", lock.said)) if values}
    return dumps({"format": FORMAT, "listings": listings, **asked, "works": works})


def _plain(value: object) -> Json:
    """A value of the model as JSON: what is not known is left out."""
    if isinstance(value, PartialDate):
        return str(value)
    if isinstance(value, Mapping):
        return {key: _plain(value[key]) for key in sorted(value)}
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    if isinstance(value, str):
        return value
    pairs = ((each.name, getattr(value, each.name)) for each in fields(value))  # type: ignore[arg-type]  # a dataclass
    return {name: _plain(found) for name, found in pairs if found not in (None, "", (), {})}
