"""What a list's labels mean: computed when asked for, never stored."""

from __future__ import annotations

import re
from typing import NamedTuple

from . import ids, markdown
from .model import PartialDate

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_UNPUBLISHED = r"(?i)(?:|(?:arxiv|corr|biorxiv|medrxiv|ssrn|openreview|e-?print|preprint)(?: preprint)?|under review|n/a|-)"
_ARXIV_ID = (
    rf"(?i)\b(?:arxiv|corr)(?:\s+preprint)?[\s:,]*(?:arxiv:\s*|abs/)?{ids.ARXIV}(?:\s*\[[\w.-]+\])?"  # its figures are no year
)
_NUMERIC = r"((?:19|20)\d{2})(?:[./\-‐‑](\d{1,2})(?:[./\-‐‑](\d{1,2}))?)?"
_SIMPLE_LINK = r"\[([\w .:+-]*)\]\((https?://[\w./~?=&%#+:@-]+)\)"  # most cells: the quick way
_ADDRESS = r"(?i)https?://\w"
_DAY_FIRST = r"(\d{1,2})(?:st|nd|rd|th)? ([A-Za-z]{3,9})\.?,? ((?:19|20)\d{2})"
_WORDS = r"([A-Za-z]{3,9})\.?(?: (\d{1,2}))?,? ((?:19|20)\d{2})"


def date(label: str | None) -> PartialDate | None:
    """The date that a label gives: `2023.6`, `2023-06-19`, `2023`, `June 2023`, `Jun 19, 2023`, `19 Jun 2023`; else None."""
    label = (label or "").strip()
    if match := re.fullmatch(_NUMERIC, label):
        year, month, day = match.groups()
    elif (match := re.fullmatch(_WORDS, label)) and match[1][:3].lower() in _MONTHS:
        year, month, day = match[3], str(_MONTHS.index(match[1][:3].lower()) + 1), match[2]
    elif (match := re.fullmatch(_DAY_FIRST, label)) and match[2][:3].lower() in _MONTHS:
        year, month, day = match[3], str(_MONTHS.index(match[2][:3].lower()) + 1), match[1]
    else:
        return None
    try:
        return PartialDate(int(year), int(month) if month else None, int(day) if day else None)
    except ValueError:  # a month 13
        return None


def links(cell: str) -> list[tuple[str, str]]:
    """The web addresses in a cell of Markdown, each with its link's text ("" for a bare one or a picture)."""
    if simple := re.fullmatch(_SIMPLE_LINK, cell):
        return [(simple[1].strip(), simple[2])]
    if "://" not in cell:
        return []
    found = markdown.links(markdown.pieces(cell))
    return [("" if each.words == each.href else each.words, each.href) for each in found if re.match(_ADDRESS, each.href)]


class Venue(NamedTuple):
    """What a venue label says: `RecSys'24` is ("RecSys", 2024)."""

    name: str  # "" if the label gives only a year
    year: int | None

    @property
    def is_preprint(self) -> bool:
        """Whether it names no place of publication."""
        return re.fullmatch(_UNPUBLISHED, self.name) is not None


NO_VENUE = Venue("", None)


def venue(label: str | None) -> Venue:
    """The venue and the year that a label gives, in any of the usual forms: `WWW'24`, `KDD 2024`, `(Findings of) ACL-24`."""
    text = re.sub(r"[()\[\]*]", " ", re.sub(_ARXIV_ID, "arXiv", label or ""))
    text = re.sub(rf"^\s*{_NUMERIC}\s*/", "", text)  # "2023.6 / TOIS'24"
    year = re.search(r"((?:19|20)\d{2})|['’‘`-]\s?(\d{2})(?!\d)", text)
    name = text.replace(year[0], " ") if year else text
    full = int(year[1] or _century(int(year[2]))) if year else None
    return Venue(" ".join(name.split()).strip(" ,.:;-'’"), full)


def _century(year: int) -> int:
    return (2000 if year < 60 else 1900) + year
