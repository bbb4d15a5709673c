"""Dates as fields hold them. CSL-JSON's date variable; Extended Date/Time Format in texts.

https://docs.citationstyles.org/en/stable/specification.html#date-variables
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

End = tuple[int, int, int]  # year, month, day; 0 for what is not said. Seasons are months 13 to 16


class Date(NamedTuple):
    """A date, or a range with a `last` end."""

    first: End = (0, 0, 0)
    last: End | None = None
    circa: bool = False
    literal: str = ""


_FALSE = (None, "", 0, "0", False, "false")


def date_of(value: object) -> Date | None:
    """The date that a field holds; None for one without any part."""
    if isinstance(value, list):  # its parts without their name
        value = {"date-parts": value}
    if isinstance(value, Mapping):
        return _from_mapping(value)
    return _from_text(str(value)) if isinstance(value, (str, int)) and not isinstance(value, bool) else None


def _from_mapping(value: Mapping[str, object]) -> Date | None:
    circa = value.get("circa") not in _FALSE
    parts = value.get("date-parts")
    parts = parts if isinstance(parts, list) else []
    if parts and not isinstance(parts[0], list):
        parts = [parts]  # one date, written without the list of its ends
    ends = [end for end in map(_end, parts) if end]
    if not ends:
        text = str(value.get("literal") or "")
        date = Date(literal=text) if text else _from_text(str(value.get("raw") or ""))
        return date and date._replace(circa=circa or date.circa)
    first, last = ends[0], ends[1] if len(ends) > 1 else None
    season = str(value.get("season") or "")
    if not first[1] and season in ("1", "2", "3", "4"):
        first = (first[0], int(season) + 12, 0)
    return Date(first, last, circa, str(value.get("literal") or ""))


def _end(parts: object) -> End | None:
    found = [_number(each) for each in parts[:3]] if isinstance(parts, list) else [_number(parts)]
    year, month, day = [*found, 0, 0, 0][:3]
    if not year:
        return None
    if 21 <= month <= 24:  # seasons in EDTF
        month -= 8
    return year, month if 1 <= month <= 16 else 0, day if 1 <= day <= 31 else 0


_NUMBER = re.compile(r"(-?\d{1,6})(?:\.0)?")


def _number(part: object) -> int:
    if type(part) is int:
        return part if -1_000_000 < part < 1_000_000 else 0
    match = _NUMBER.fullmatch(str(part).strip())
    return int(match[1]) if match else 0


_TEXT = re.compile(r"(-?\d{1,4})(?:-(\d{1,2}))?(?:-(\d{1,2}))?(?:T.*)?([~?%]?)")


def _from_text(text: str) -> Date | None:
    """An ISO date or range, or a year alone; any other text as it stands."""
    text = text.strip()
    matches = [_TEXT.fullmatch(end) for end in text.split("/")]
    if not text or len(matches) > 2 or not all(matches):
        return Date(literal=text) if text else None
    ends = [_end([match[1], match[2] or 0, match[3] or 0]) for match in matches if match]
    circa = any(match[4] for match in matches if match)
    if not ends[0]:
        return Date(literal=text)
    return Date(ends[0], ends[1] if len(ends) > 1 else None, circa)
