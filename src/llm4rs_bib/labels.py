"""What a list's labels mean: computed when asked for, never stored."""

from __future__ import annotations

import re

from .model import PartialDate

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NUMERIC = re.compile(r"((?:19|20)\d{2})(?:[./-](\d{1,2})(?:[./-](\d{1,2}))?)?")
_ADDRESS = r"https?://[^\s<>()]+(?:\([^\s()]*\)[^\s<>()]*)*"  # parentheses in it are in pairs
_LINK = rf"\[([^]]*)\]\(\s*<?({_ADDRESS})>?[^)]*\)|({_ADDRESS})"
_PICTURE = r"!\[[^]]*\]\([^)]*\)"  # a badge, in a link or alone
_WORDS = re.compile(r"([A-Za-z]{3,9})\.?(?: (\d{1,2}))?,? ((?:19|20)\d{2})")


def date(label: str | None) -> PartialDate | None:
    """The date that a label gives: `2023.6`, `2023-06-19`, `2023`, `June 2023`, `Jun 19, 2023`; None for any other text."""
    label = (label or "").strip()
    if match := _NUMERIC.fullmatch(label):
        year, month, day = match.groups()
    elif (match := _WORDS.fullmatch(label)) and match[1][:3].lower() in _MONTHS:
        year, month, day = match[3], str(_MONTHS.index(match[1][:3].lower()) + 1), match[2]
    else:
        return None
    try:
        return PartialDate(int(year), int(month) if month else None, int(day) if day else None)
    except ValueError:  # a month 13
        return None


def links(cell: str) -> list[tuple[str, str]]:
    """The web addresses in a cell of Markdown, each with its link's text ("" for a bare one or a picture)."""
    without_pictures = re.sub(_PICTURE, "", cell)
    return [(text.strip(), address or bare) for text, address, bare in re.findall(_LINK, without_pictures)]
