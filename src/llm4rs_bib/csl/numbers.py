"""Numbers as fields hold them: whether a text is one, how many it means, ordinals, Roman numerals, ranges of pages."""

from __future__ import annotations

import re
from functools import lru_cache

# "is-numeric": a number may have affixes (D2, 2b, L2d), and several may be joined by comma, hyphen or ampersand;
# by a slash as well (12/2019)
_NUMBER = r"[^\W\d_]*\d{1,18}[^\W\d_]*"
_NUMERIC = re.compile(rf"\s*{_NUMBER}(?:\s*(?:[,&/\-–—]|\\-|\band\b)\s*{_NUMBER})*\s*")
_DASHES = re.compile(r"\s*(?:--|[-–—])\s*")


@lru_cache(maxsize=2**12)
def is_numeric(text: str) -> bool:
    """Whether the text is numeric content in the sense of CSL 1.0.2, "is-numeric"."""
    return _NUMERIC.fullmatch(text) is not None


@lru_cache(maxsize=2**12)
def is_plural(text: str) -> bool:
    """Whether the text means more than one: a range, or numbers joined by comma or ampersand."""
    bare = text.replace("\\-", "")
    return re.search(r"\d[^\W\d_]*\s*[,&\-–—]\s*[^\W\d_]*\d|[ivxlc]\s*[-–—]\s*[ivxlc]|\d+ and \d+", bare) is not None


_SIGNS = {"-": "–", "–": "–", "—": "–", "\\-": "-", ",": ", ", "&": " & "}


def parts(text: str) -> list[str]:
    r"""The numbers of a numeric text, and in between what is printed there: dashes for hyphens, but for those written `\-`.

    >>> parts("2-4, 7")
    ['2', '–', '4', ', ', '7']
    """
    return [_SIGNS.get(part.strip(), part) for part in re.split(r"(\s*[,&]\s*|\s*\\?[-–—]\s*)", text.strip())]


_ROMAN = {
    "m": 1000, "cm": 900, "d": 500, "cd": 400, "c": 100, "xc": 90, "l": 50, "xl": 40, "x": 10, "ix": 9, "v": 5, "iv": 4, "i": 1
}  # fmt: skip


def roman(number: int) -> str:
    """The number in lower-case Roman numerals; in digits from 6,000 on.

    >>> roman(1994)
    'mcmxciv'
    """
    if not 0 < number < 6000:
        return str(number)
    out = ""
    for letters, value in _ROMAN.items():
        count, number = divmod(number, value)
        out += letters * count
    return out


@lru_cache(maxsize=2**14)
def page_ranges(text: str, style: str, delimiter: str) -> str:
    """The pages with each range in the style's `page-range-format`, or "" for none.

    CSL 1.0.2, Appendix V, "Page Range Formats". No digit is lost: what is no range of two numbers alike stays.

    >>> page_ranges("101-9, 33", "expanded", "–"), page_ranges("321-328", "chicago", "–")
    ('101–109, 33', '321–28')
    """
    return "".join(_range(part, style, delimiter) for part in re.split(r"(\s*[,&;]\s*)", text))


def _range(part: str, style: str, delimiter: str) -> str:
    if "\\-" in part:
        return part.replace("\\-", "-")
    ends = _DASHES.split(part.strip())
    if len(ends) != 2 or not all(ends):
        return part
    first, last = (re.fullmatch(r"([^\W\d_]*[.:]?(?=\d)|[^\W_]*?[-–]?)(\d{1,18})([^\W\d_]*)", end) for end in ends)
    if not (style and first and last) or first[3] or last[3]:
        return delimiter.join(ends)
    return delimiter.join(_shortened(ends, (first[1], first[2]), (last[1], last[2]), style))


def _shortened(ends: list[str], first: tuple[str, str], last: tuple[str, str], style: str) -> tuple[str, str]:
    """Both ends, the second completed, then cut as the format says; one with a prefix of its own stays."""
    (prefix, start), (other, end) = first, last
    if other not in ("", prefix) or (prefix and other != prefix):
        return ends[0], ends[1]
    if len(end) < len(start):
        end = start[: len(start) - len(end)] + end
    if int(end) < int(start) or len(end) != len(start):
        return ends[0], ends[1]
    if style == "expanded":
        return ends[0], f"{other}{end}"
    return ends[0], _FORMATS[style](start, end) if style in _FORMATS else ends[1]


def _minimal(start: str, end: str, least: int = 1) -> str:
    """The last `least` digits at least, and all from the first that differs on."""
    same = next((i for i, (one, other) in enumerate(zip(start, end, strict=True)) if one != other), 0)
    return end[min(same, max(len(end) - least, 0)) :]


def _chicago_15(start: str, end: str) -> str:
    """The Chicago Manual of Style, 15th edition, 9.64."""
    number = int(start)
    if number < 100 or number % 100 == 0:
        return end
    if 1 <= number % 100 <= 9:
        return _minimal(start, end)
    if len(start) == 4 and len(_minimal(start, end)) >= 3:
        return end
    return _minimal(start, end, 2)


def _chicago_16(start: str, end: str) -> str:
    """The Chicago Manual of Style, 16th edition, 9.60."""
    number = int(start)
    if number < 100 or number % 100 == 0:
        return end
    return _minimal(start, end) if 1 <= number % 100 <= 9 else _minimal(start, end, 2)


_FORMATS = {
    "minimal": _minimal,
    "minimal-two": lambda start, end: _minimal(start, end, 2),
    "chicago": _chicago_15,
    "chicago-15": _chicago_15,
    "chicago-16": _chicago_16,
}
