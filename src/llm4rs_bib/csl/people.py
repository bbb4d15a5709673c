"""Names as fields hold them. CSL 1.0.2, "Names"; CSL-JSON's name variable."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple, overload

_LATIN = re.compile(r"[A-Za-z\u00aa-\u058f\u05d0-\u06ff\u1e00-\u1fff\u2c60-\u2c7f\ua720-\ua7ff]")


class Person(NamedTuple):
    """A name's parts; `literal` is one that has none."""

    family: str = ""
    given: str = ""
    dropping: str = ""  # "de" of "de la Fontaine, Jean"
    non_dropping: str = ""
    suffix: str = ""
    comma_suffix: bool = False
    literal: str = ""
    static: bool = False  # family before given, without a space: Chinese, Japanese, Korean


_TEXTS = ("family", "given", "dropping-particle", "non-dropping-particle", "suffix", "literal")
_FALSE = (0, False, "0", "false")


class People(Sequence[Person]):
    """The persons of a name variable: a list of names, one name, or texts that are names as they stand; read when shown."""

    __slots__ = ("_fields",)

    def __init__(self, value: object) -> None:
        values = value if isinstance(value, list) else [value]
        self._fields = [fields for each in values if (fields := _name_of(each))]

    def __len__(self) -> int:
        return len(self._fields)

    @overload
    def __getitem__(self, place: int) -> Person: ...

    @overload
    def __getitem__(self, place: slice) -> list[Person]: ...

    def __getitem__(self, place: int | slice) -> Person | list[Person]:
        return [_read(each) for each in self._fields[place]] if isinstance(place, slice) else _read(self._fields[place])

    def __eq__(self, other: object) -> bool:
        return isinstance(other, People) and (self._fields == other._fields or self[:] == other[:])

    __hash__ = None  # type: ignore[assignment]  # compared, never looked up


def _name_of(value: object) -> Mapping[str, object] | None:
    """The fields of a name; None for what names nobody."""
    fields = {"literal": value} if isinstance(value, str) else value
    if isinstance(fields, Mapping):
        for part in ("family", "literal", "given"):
            text = fields.get(part)
            if isinstance(text, str) and text and not text.isspace():
                return fields
    return None


def _read(fields: Mapping[str, object]) -> Person:
    texts, parsed = tuple(map(fields.get, _TEXTS)), fields.get("parse-names", True) not in _FALSE
    try:
        person = _person(texts, parsed)
    except (TypeError, AttributeError):  # a part that is no text
        person = _person(tuple(text if isinstance(text, str) else None for text in texts), parsed)
    if fields.get("static-ordering"):
        person = person._replace(static=True)
    return person._replace(comma_suffix=True) if fields.get("comma-suffix") else person


def _curly(text: str) -> str:
    return text.replace("'", "’") if "'" in text else text


@lru_cache(maxsize=2**14)  # who writes one work of a list writes others
def _person(texts: tuple[str | None, ...], parsed: bool) -> Person:
    family, given, dropping, non_dropping, suffix, literal = [_curly(text.strip()) if text else "" for text in texts]
    if not family:
        return (
            Person(literal=literal or given) if literal or not non_dropping else Person(family=given, non_dropping=non_dropping)
        )
    is_whole = family[:1] == family[-1:] == '"'  # quoted: its lower-case words are no particles
    if parsed and not (dropping or non_dropping or is_whole):
        family, given, dropping, non_dropping = _particles(family, given)
    given, comma, rest = given.partition(",")
    comma_suffix = rest.lstrip().startswith("!")
    return Person(
        family.strip('"') if is_whole else family,
        given.strip(),
        dropping,
        non_dropping,
        suffix or rest.strip(" !"),
        bool(comma) and comma_suffix,
        static=not (family.isascii() or _LATIN.search(family + given)),
    )


_FAMILY_PARTICLE = re.compile(r"([^ ]+[-ʻ’ '] *)(.+)")


def _particles(family: str, given: str) -> tuple[str, str, str, str]:
    """Family and given name without particles, the dropping one, the non-dropping one.

    Lower-case words in front of the family do not drop; those behind the given name do. CSL 1.0.2, "Names", particles.
    """
    if family[:1].isupper() and given.rpartition(" ")[2][:1].isupper():  # nearly all names
        return family, given, "", ""
    front, behind = "", ""
    while _begins_low(family) and (match := _FAMILY_PARTICLE.fullmatch(family)):
        front, family = front + match[1], match[2]
    while _begins_low((parts := given.rpartition(" "))[2]) and parts[0]:
        given, behind = parts[0].rstrip(), f"{parts[2]} {behind}"
    return family, given, behind.strip(), front if front.endswith(("’ ", "' ")) else front.rstrip()


def _begins_low(word: str) -> bool:
    first = word.lstrip("-'’ʻ ")[:1]
    return first != first.upper()
