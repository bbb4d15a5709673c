"""How a list's rows write dates, venues and code links, so that a new row can be written like them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from . import labels
from .model import Listing, PartialDate

T = TypeVar("T")
Dates = tuple[tuple[str, str, str], int]  # the forms of a year, a month and a day, and how many of them are written

_MONTHS = "January February March April May June July August September October November December".split()
_SEPARATED = [
    ("{year}", f"{{year}}{sign}{month}", f"{{year}}{sign}{month}{sign}{day}")
    for sign, forms in ((".", ("month day", "mm dd")), ("-", ("mm dd", "month day")), ("/", ("mm dd", "month day")))
    for month, day in ([f"{{{part}}}" for part in form.split()] for form in forms)
]  # a month of two figures tells nothing of leading zeros: then the first of the two forms counts
_IN_WORDS = [
    ("{year}", f"{month} {{year}}", f"{month} {{day}}, {{year}}") for month in ("{mon}", "{name}", "{mon}.", "{mon},", "{name},")
]
_FAMILIES = (*_SEPARATED, *_IN_WORDS)
_ISO: Dates = (_SEPARATED[2], 2)
_ON_ARXIV = ("arxiv", "corr", "preprint")


@dataclass(frozen=True)
class Habits:
    """The forms that are commonest; None where no row shows one."""

    date: Dates | None = None
    venue: str | None = None  # "{name}'{yy}"
    preprint: str | None = None  # what stands for the venue of a paper on arXiv: "arXiv'{yy}"
    code: tuple[str, str] | None = None  # what stands before and behind an address

    def date_of(self, posted: PartialDate | None, published: PartialDate | None) -> str | None:
        """The label of a paper's date, as fine as the others: when it was first posted; among bare years, when published."""
        family, parts = self.date or _ISO
        date = (published or posted) if parts == 1 else (posted or published)
        return _written(family[min(parts, len(date.parts)) - 1], date) if date else None

    def venue_of(self, name: str, year: int | None) -> str:
        """The label of a venue."""
        return _with_year(self.venue or "{name} {year}", year, name) if year else name

    def preprint_of(self, year: int) -> str | None:
        """The venue's label of a paper that is on arXiv only; None where the others have none."""
        return _with_year(self.preprint, year) if self.preprint else None

    def code_of(self, address: str) -> str:
        """The cell that leads to code."""
        before, behind = self.code or ("", "")
        return f"{before}{address}{behind}"


def habits(*lists: Sequence[Listing]) -> Habits:
    """What is commonest, each in the first of the lists (a category's rows, the whole catalog's) that shows any."""
    return Habits(
        _commonest(lists, _dates),
        _commonest(lists, _venue),
        _preprint(lists),
        _commonest(lists, _code, at_least=2),  # a single link's words may be the name of its project
    )


def _commonest(lists: Iterable[Sequence[Listing]], forms: Callable[[Listing], Iterable[T]], at_least: int = 1) -> T | None:
    """Of equally common ones the latest row's."""
    for rows in lists:
        counts = Counter(form for row in reversed(rows) for form in forms(row))
        for form, count in counts.most_common(1):
            if count >= at_least:
                return form
    return None


def _dates(row: Listing) -> Iterator[Dates]:
    date = labels.date(row.date)
    for family in _FAMILIES if date else ():
        if date and _written(family[len(date.parts) - 1], date) == (row.date or "").strip():
            yield family, len(date.parts)


def _written(form: str, date: PartialDate) -> str:
    name = _MONTHS[(date.month or 1) - 1]
    day, month = date.day or 1, date.month or 1
    return form.format(year=date.year, month=month, mm=f"{month:02}", day=day, dd=f"{day:02}", mon=name[:3], name=name)


def _venue(row: Listing) -> Iterator[str]:
    """The label's form, if it is a name with a year and signs around."""
    label, said = (row.venue or "").strip(), labels.venue(row.venue)
    if not said.year or not said.name or said.name not in label or re.search(r"[{}]", label):
        return
    marks = {str(said.year): "{year}", f"{said.year % 100:02}": "{yy}"}
    form = label.replace(said.name, "{name}", 1)
    form = re.sub("|".join(marks), lambda match: marks[match[0]], form, count=1)
    if not re.search(r"\w", re.sub(r"\{\w+\}", "", form)):
        yield form


def _preprint(lists: Iterable[Sequence[Listing]]) -> str | None:
    """What the first list that names venues says of papers on arXiv."""
    for rows in lists:
        if any(labels.venue(row.venue).name for row in rows):
            return _commonest([rows], _preprint_label)
    return None


def _preprint_label(row: Listing) -> Iterator[str]:
    said = labels.venue(row.venue)
    if said.name.casefold() in _ON_ARXIV:
        yield from (form.replace("{name}", said.name) for form in _venue(row)) if said.year else (said.name,)


def _with_year(form: str, year: int, name: str = "") -> str:
    return form.format(name=name, year=year, yy=f"{year % 100:02}")


def _code(row: Listing) -> Iterator[tuple[str, str]]:
    cell = row.code or ""
    links = labels.links(cell)
    if len(links) == 1 and cell.count(links[0][1]) == 1:
        before, _, behind = cell.partition(links[0][1])
        yield before, behind
