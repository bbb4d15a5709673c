"""Dates as bibliographies write them, as coarse as they are: seasons, ranges and doubts are read as far as they are dates."""

from __future__ import annotations

import re
from contextlib import suppress

from ..model import PartialDate
from ..text import clean

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_YEAR = r"(?<!\d)(1[4-9]\d\d|20\d\d)(?!\d)"
_PART = r"(?:(\d{1,2})(?!\d)|([A-Za-z]{3,9})\b\.?)"
_BY_SIGNS = rf"{_YEAR}(?:[-/.]{_PART}(?:[-/.](\d{{1,2}})(?!\d))?)?"  # ISO, EDTF, RIS: 2024-05-31, 2024/05/31/, 2024/May/31
_MONTH_FIRST = rf"(?<!\d)(\d{{1,2}})[-/.]{_YEAR}"
_NAMES = (
    r"(?i)(?<![a-z])(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)(?![a-z])"
)


def read_date(written: str) -> PartialDate | None:
    """The date of a text, the first of a range; None where there is no year.

    >>> [str(read_date(text)) for text in ("2024-05-31", "2024/05//", "31 May 2024", "12/2023", "in press")]
    ['2024-05-31', '2024-05', '2024-05-31', '2023-12', 'None']
    """
    written = clean(written)
    if match := re.fullmatch(_MONTH_FIRST, written):
        return _date(int(match[2]), int(match[1]), None)
    if not (match := re.search(_BY_SIGNS, written)):
        return None
    year, number, name, day = match.groups()
    if number or name:
        return _date(int(year), int(number) if number else month_of(name or ""), int(day) if day else None)
    return with_month(int(year), f"{written[: match.start()]} {written[match.end() :]}" if re.search(_NAMES, written) else "")


def with_month(year: int, written: str, day: str = "") -> PartialDate:
    """The year with what a text says of month and day: `5`, `May`, `31 May`, `May--June`."""
    named = re.search(_NAMES, written)
    numbers = [int(each) for each in re.findall(r"(?<!\d)\d{1,2}(?!\d)", written)]
    month = month_of(named[1]) if named else next(iter(numbers), None)
    beside = numbers[:1] if named else []
    days = [int(each) for each in re.findall(r"\d{1,2}", day)[:1]] or beside
    return _date(year, month, next(iter(days), None))


def month_of(name: str) -> int | None:
    """The number of a month, by its name or the beginning of it."""
    return _MONTHS.index(name[:3].lower()) + 1 if re.fullmatch(_NAMES, name) else None


def _date(year: int, month: int | None, day: int | None) -> PartialDate:
    """The date, without what no calendar has."""
    for parts in ((year, month, day), (year, month)):
        with suppress(ValueError):
            return PartialDate(*parts)
    return PartialDate(year)
