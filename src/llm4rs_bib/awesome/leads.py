"""What may stand before a title in plain words: a date or a venue, a label, a name, authors."""

from __future__ import annotations

import re
from typing import NamedTuple

from .cells import is_long
from .parts import BOLD, CODE, ITALIC, MARKS, Flat, leads_to_code, may_be_title
from .people import names
from .signs import is_told
from .trimming import LONGEST, QUOTES, label_of, names_end

_LABEL = re.compile(rf"([^\W\d_][^:：\n{MARKS}\"“]{{0,30}}?)\s*(?:[(（][^()（）]{{0,20}}[)）])?\s*[:：](?!//\S)\s*")
_TOLD = (
    re.compile(r"((?:19|20)\d\d[./-]\d\d?(?:[./-]\d\d?)?|(?:19|20)\d{4}(?:\d\d)?)\s+"),
    re.compile(r"([A-Z][A-Za-z]+(?:['’-]\d\d| ?(?:19|20)\d\d))\s+(?=[A-Z])"),
    re.compile(rf"([^,|:：\n{MARKS}]{{2,60}}?)\s*(?:[,|:：\n]\s*|\.(?=\s|$)|\s[-–—]\s+|[\[(]?$)"),
)
_ONE_AUTHOR = re.compile(r"([^\s:,]+ (?!and\b)[^:,]{2,40}):\s(?=[^\n]*\b(?:19|20)\d\d\.?\s*$)")  # a reference without links


class Lead(NamedTuple):
    """A label, or a model's name, and where it ends."""

    field: str
    name: str
    end: int


def labelled(text: str, at: int, chunk: str) -> Lead | None:
    """The label that plain words begin with, or the name before a title in quotation marks: `Paper: …`, `KAR: "…"`."""
    match = _LABEL.match(chunk)
    if not match:
        return None
    end = at + match.end()
    if known := label_of(match[1]):
        return Lead(known, "", end)
    is_quoted = text[end : end + 1] in tuple(QUOTES)
    return Lead("", match[1].strip(), end) if is_quoted and len(match[1].split()) < 6 else None


def told_before(chunk: str) -> re.Match[str] | None:
    """The date or the venue that plain words begin with."""
    return next((match for form in _TOLD if (match := form.match(chunk)) and is_told(match[1])), None)


def authors_end(flat: Flat, begin: int, stop: int) -> int:
    """Where authors, or a few words, end that stand before the title; 0 if there are none. `stop`: the next form or line."""
    chunk = flat.text[begin:stop]
    if quote := _quote_behind(flat, begin, chunk):
        return quote
    if _is_before_marked(flat, chunk, stop):
        return stop
    people, behind = names(chunk), flat.text[stop:].lstrip()[:1]
    if people == 2 and behind == ITALIC:  # a venue
        return stop
    if behind and flat.text[stop] == "\n" and people and (people == 2 or behind in QUOTES):  # on a line of their own
        return stop
    if (match := _ONE_AUTHOR.match(chunk)) and names(match[1]) and not flat.links:
        return begin + match.end()
    end = names_end(chunk)
    return begin + end if end else 0


def _quote_behind(flat: Flat, begin: int, chunk: str) -> int:
    """Where the title in quotation marks begins behind authors or a few words; 0 if there is none."""
    quote = re.search(r"[\"“「《«]", chunk)
    before = chunk[: quote.start()] if quote else ""
    if not quote or not before or not (names(before) or before.rstrip()[-1:] in ",.:"):
        return 0
    inside = begin + quote.end()
    close = flat.text.find(QUOTES[quote[0]], inside, inside + LONGEST)
    is_title = (close > 0 and " " in flat.text[inside:close]) or inside in flat.parts
    return begin + quote.start() if is_title else 0


def _is_before_marked(flat: Flat, chunk: str, stop: int) -> bool:
    """Whether authors, or a few words, stand before a title that is bold, italic or linked."""
    part, before, people = flat.parts.get(stop), chunk.rstrip(), names(chunk)
    if part is None or part.mark == CODE or not may_be_title(part):
        return False
    if part.link and leads_to_code(part.link) and not people:
        return False
    is_open = before.count("(") > before.count(")")
    few = not is_open and part.mark == BOLD and (before[-1:] in ".:,|" or len(chunk.split()) < 3) and is_long(part.words)
    return bool(people or few or (part.mark == ITALIC and before[-1:] == "," and chunk.count(",") > 1))
