"""A table's cell ↔ what it says: the title and the links that a reader sees in it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from itertools import groupby, takewhile
from typing import Any

from .. import text
from ..ids import ARXIV
from ..markdown import Link, Piece, links, pieces, words
from .links import is_label, is_paper
from .people import names
from .signs import date_and_venue, is_venue

_EMOJI = r"(?:[\u2600-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff\ufe0f\u200d]|:[a-z][a-z0-9_+-]*:)+"
_QUOTES = (("“", "”"), ('"', '"'), ("‘", "’"), ("'", "'"), ("《", "》"), ("「", "」"), ("«", "»"))
# A label before a title; but "[Re] …" is what reproductions of papers are called, and "[MASK] …" speaks of a token.
_LABEL = r"^(?:\[(?!(?:Re|MASK|CLS|SEP|PAD|EOS|BOS|UNK)\])[^\[\]]{1,40}\]\s*)+(?=\w)"
COMMENT = r"\|\s*\[//\]:.*$"  # behind the last cell, where GitHub does not show it
_NUMBER = rf"^(?:\d{{1,3}}[.)]|(?:arXiv:)?{ARXIV}\s*[:–—-]) (?=\w)"
_ASIDE = r"\s*[(（]([^()（）]{2,80})[)）]$"  # "… (ICLR 2024)", "… (Lind et al.)"
_REFERENCES = (  # a whole reference for a title: "Lind, P. (2023). Title. In …", "Petra Lind and Ryo Sato. 2021. Title. In …"
    r"^\w[^\s,]* et al\.?, (?P<title>[^\W\d]\D+)$",
    r"^[^()]*,[^()]*\((?:19|20)\d\d[a-z]?(?:, \w+)?\)\. (?P<title>.+?)(?:\. .*|\.)?$",
    r"^[A-Z][^.:?]* [^.:?]+\. (?:19|20)\d\d\. (?P<title>.+?)\. (?:In |arXiv|[A-Z]).*$",
)
_VENUE = r"[A-Z][\w&-]*(?: [A-Z][\w&-]*)?[ '’]*(?:19|20)?\d\d"  # "IJCAI 2017", which some put on the paper's link
_LONG = 3  # so many words are a title, and no name


class Cell:
    """A cell's Markdown as written, and its pieces."""

    def __init__(self, written: str, read: Sequence[Piece] | None = None, references: Mapping[str, Any] | None = None) -> None:
        self.written = text.nfc(written)
        self._references = references or {}
        if read is not None:
            self.pieces = list(read)

    @cached_property
    def pieces(self) -> list[Piece]:
        """What it is made of."""
        return pieces(re.sub(COMMENT, "", self.written), self._references)

    @cached_property
    def words(self) -> str:
        """What a reader sees, without pictures."""
        return words(self.pieces)

    @cached_property
    def links(self) -> list[Link]:
        """Its links, in order."""
        return links(self.pieces) if "://" in self.written or "](" in self.written or self._has_links else []

    @property
    def _has_links(self) -> bool:
        return any(piece.link for piece in self.pieces)  # [words][1], <a href=…>

    @cached_property
    def title(self) -> str:
        """The title in it, "" if there is none."""
        title = re.sub(_NUMBER, "", " ".join(_title(self).split()))
        aside = re.search(_ASIDE, title) if title.endswith((")", "）")) else None
        return tidy(title[: aside.start()] if aside and _is_told(aside[1]) else title)


def without_emoji(words: str) -> str:
    """The words without emoji, or their :names:, at the ends."""
    return re.sub(rf"^(?:{_EMOJI}\s*)+|(?:\s*{_EMOJI})+$", "", words).strip()


def tidy(title: str) -> str:
    """A title without what people put around one: emoji, a [label], an affiliation, quotes, a full stop or comma behind."""
    title = without_emoji(title)
    if (rest := re.sub(_LABEL, "", title)) and is_long(rest):
        title = re.sub(r"\s*[(（]@[^()]*[)）]$", "", rest)
    reference = next(filter(None, (re.match(form, title) for form in _REFERENCES)), None)
    title = reference["title"] if reference and not is_venue(reference["title"]) else title
    for begin, end in _QUOTES:
        if (
            len(title) > 2
            and title[0] == begin
            and title.rstrip(".,")[-1] == end
            and title.count(begin) + title.count(end) <= 2 * 2
        ):
            inside = title.rstrip(".,")[1:-1]
            title = inside if begin not in inside and end not in inside else title
    return title if title.endswith(("...", " et al.")) else title.rstrip(".,;").rstrip()


def _is_told(words: str) -> bool:
    """Whether words in parentheses name authors, or a venue with its year: an acronym alone may be the title's."""
    return " et al" in words or (any(map(str.isdecimal, words)) and bool(date_and_venue(words)[1]))


def _title(cell: Cell) -> str:
    """The words of a link, else those beside the links of the first line that has any."""
    named = [link for link in cell.links if link.words and not is_label(link.words) and link.words != link.href]
    linked = [link for link in named if not re.fullmatch(_VENUE, link.words)]
    best = next((link for link in linked if is_paper(link) and is_long(link.words)), None)
    best = best or next((link for link in linked if is_long(link.words)), None)
    if best:
        return best.words
    line = _without_tags(next((line for line in _lines(cell.pieces) if _has_words(line)), []))
    beside = _without_labels([piece for piece in line if not piece.link])
    if linked and (not is_long(beside) or is_venue(beside.split(",")[0])):
        return linked[0].words
    bold = words([piece for piece in line if "strong" in piece.styles])
    shown = _set_apart(line, "em") or _set_apart(line, "code") or _without_labels(line)
    told = re.match(rf"(?:\d+[.)] )?{re.escape(bold)} [-–—] .+\.$", shown)  # **Title** - What it is about.
    if bold and (told or is_long(bold)) and not is_label(bold):
        return bold
    quoted = re.match(r"([^\"“]*)\s*[\"“]([^\"“”]+)[\"”]", shown)  # Lind, Sato. "Title." Venue
    if quoted and is_long(quoted[2]) and (re.search(r"[.,;:]\s*$", quoted[1]) or names(quoted[1])):
        return quoted[2]
    return "" if named and re.fullmatch(_VENUE, shown) else shown


def _set_apart(line: Sequence[Piece], style: str) -> str:
    """Words in italics that begin the line, or in italics or `code` behind people's names; "" for others."""
    before = words(list(takewhile(lambda piece: style not in piece.styles, line)))
    apart = words([piece for piece in line if style in piece.styles])
    if not apart or not (is_long(apart) or " et al" in before):
        return ""
    who = re.sub(r"\s*[–—]$", "", before)
    begins = not before and style == "em"
    is_behind = begins or before.endswith((".", ",")) or (who != before and (names(who) or len(who.split()) == 1))
    return apart if is_behind else ""


def is_long(title: str) -> bool:
    """Whether words are long enough for a title, which a name is not."""
    return len(title.split()) >= _LONG or (not title.isascii() and len(title) >= 2 * _LONG)


def _lines(some: Sequence[Piece]) -> Iterator[list[Piece]]:
    """The pieces of each line that readers see."""
    for is_break, line in groupby(some, lambda piece: piece.text == "\n"):
        if not is_break:
            yield list(line)


def _has_words(line: Sequence[Piece]) -> bool:
    return not is_label(_without_labels(line))


def _without_tags(line: Sequence[Piece]) -> Sequence[Piece]:
    """The line without `code` behind a title, as people write tags."""
    end = len(line)
    while end and ("code" in line[end - 1].styles or not line[end - 1].text.strip()):
        end -= 1
    return line[:end] if is_long(words(line[:end])) else line


def _without_labels(line: Sequence[Piece]) -> str:
    """The line's words without links that only name what they lead to, or not even that, and the brackets around such."""
    labels = {link for link, shown in _linked(line).items() if is_label(shown) or re.match(r"https?://", shown)}
    kept = words([piece for piece in line if piece.link not in labels])
    while kept != (kept := re.sub(r"[\[(（【]\s*[|/,;·]*\s*[\])）】]", "", kept)):
        pass
    return kept.strip(" |/,;·-–—")


def _linked(line: Sequence[Piece]) -> dict[int, str]:
    """The words of each link."""
    return {link: words([piece for piece in line if piece.link == link]) for link in {piece.link for piece in line} - {0}}


def cell_of(fields: Sequence[str], values: Mapping[str, str]) -> str:
    """The cell that shows these fields: the other direction of reading one."""
    if fields == ("link",):
        return f"[Link]({values['link']})" if values.get("link") else ""
    if "link" in fields:
        title, link = values.get("title", ""), values.get("link")
        return f"[{title}]({link})" if link else title
    return " / ".join(found for each in fields if (found := values.get(each)))
