"""A paragraph as plain text in which one sign stands for each part that is linked, bold, italic or code."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import NamedTuple

from .. import text
from ..markdown import Link, Piece, words
from . import links
from .cells import is_long
from .links import is_label
from .people import cited, names
from .signs import EMOJI, date_and_venue, is_id, is_known, is_note, is_preprint, is_told

LINK, BOLD, ITALIC, CODE = "\ud800", "\ud801", "\ud802", "\ud803"  # halves of surrogate pairs: no file has them
MARKS = LINK + BOLD + ITALIC + CODE
_ADDRESS = re.compile(r"(?i)https?://|www\.|10\.\d{4,}/")
_OF_VENUE = re.compile(r"[ACDJMPR]|(?!.* to )[A-Z].* (?:19|20)\d\d(?: from .*)?")  # "[J]" behind Chinese references' titles
_BRACKETED = re.compile(r"\[([^\[\]]*)\]")

leads_to_code = lru_cache(maxsize=2**12)(links.is_code)


@lru_cache(maxsize=2**12)
def leads_to_paper(link: Link) -> bool:
    """Whether a link leads to a paper: it cites its authors, or as others tell."""
    return links.is_paper(link) or cited(link.words)[0] == 2


class Part(NamedTuple):
    """Words in one form, or of one link."""

    mark: str
    words: str
    link: Link | None = None


@dataclass(frozen=True)
class Title:
    """A title as it was found: its words, what marks it, and which part of the paragraph it takes."""

    words: str = ""
    mark: str = ""  # "link", "quotes", "bold", "italics", "brackets", "text"
    begin: int = 0
    end: int = 0
    link: Link | None = None  # that it is put on
    model: str = ""
    label: str = ""  # "paper" of `Paper: …`
    is_news: bool = False  # it is named in a sentence
    is_buried: bool = False  # words of another kind stand before it
    told: tuple[str, ...] = ()  # dates and venues that were cut off


class Flat:
    """The plain text, and the parts by their places in it."""

    def __init__(self, pieces: Sequence[Piece]) -> None:
        self.parts: dict[int, Part] = {}
        self.text = "".join(self._flattened(pieces))

    def _flattened(self, pieces: Sequence[Piece]) -> Iterator[str]:
        at = 0
        for mark, group in _groups(pieces):
            if mark:
                link = Link(words(group), group[0].href, " ".join(p.text for p in group if p.picture)) if mark == LINK else None
                self.parts[at] = Part(mark, words(group), link)
                shown = mark
            else:
                shown = text.nfc("".join(" " if piece.picture else piece.text for piece in group))
            yield shown
            at += len(shown)

    @cached_property
    def links(self) -> list[Link]:
        """Its links, in order."""
        return [part.link for part in self.parts.values() if part.link and part.link.href]

    @cached_property
    def papers(self) -> list[int]:
        """Where its links to papers stand."""
        return [at for at, part in self.parts.items() if part.link and leads_to_paper(part.link)]

    def linked_titles(self, begin: int, *, is_meant: bool = False) -> list[int]:
        """Where titles are linked to papers from a place on. `is_meant`: what is linked there needs not lead to a paper."""
        meant = is_meant and begin in self.parts and self.parts[begin].link
        at = [*([begin] if meant else []), *(place for place in self.papers if place >= begin)]
        return [place for place in at if is_long(self.parts[place].words) and is_own(self.parts[place])]

    def has_title(self, begin: int) -> bool:
        """Whether something that may be a title comes from a place on."""
        return any(
            at >= begin and part.mark != CODE and is_long(part.words) and may_be_title(part) for at, part in self.parts.items()
        )

    def words(self, begin: int = 0, end: int | None = None) -> str:
        """What a reader sees from one place to another."""
        end = len(self.text) if end is None else end
        out, at = [], begin
        for place in self.places(begin, end):
            out += [self.text[at:place], self.parts[place].words]
            at = place + 1
        return " ".join("".join([*out, self.text[at:end]]).split())

    def places(self, begin: int, end: int) -> list[int]:
        """Where parts stand from one place to another."""
        return [place for place in self.parts if begin <= place < end]


def _groups(pieces: Sequence[Piece]) -> Iterator[tuple[str, list[Piece]]]:
    """The pieces by what marks them: those of one link, those in one form."""
    last: object = None
    mark, group = "", list[Piece]()
    for piece in pieces:
        linked = piece.link and not ("code" in piece.styles and piece.text == piece.href)  # GitHub links no address in code
        style = LINK if linked else _style(piece)
        key: object = piece.link if linked else style
        if group and key != last:
            yield mark, group
            group = []
        last, mark = key, style
        group.append(piece)
    if group:
        yield mark, group


def _style(piece: Piece) -> str:
    if piece.text == "\n" or piece.picture or not piece.styles:
        return ""
    return BOLD if "strong" in piece.styles else ITALIC if "em" in piece.styles else CODE if "code" in piece.styles else ""


@lru_cache(maxsize=2**12)
def is_own(part: Part) -> bool:
    """Whether a link has words of its own: no label, no address, no date or venue, no [tag]."""
    shown = re.sub(EMOJI, "", part.words).strip()
    if bracketed := _BRACKETED.fullmatch(shown):
        shown = bracketed[1] if is_long(shown) else ""
    if not shown or part.link is None or _ADDRESS.match(shown) or part.words == part.link.href:
        return False
    return not (is_label(re.sub(r"\([^()]*\)", "", shown)) or is_told(shown) or is_id(shown) or cited(shown)[0] == 2)


def may_be_title(part: Part) -> bool:
    """Whether marked words are neither a label nor a date, a venue or people."""
    if part.link and not is_own(part):
        return False
    return len(part.words.split()) > 1 and not (is_label(part.words) or is_told(part.words) or names(part.words) == 2)


def tells(part: Part) -> str:
    """What a link's words tell: a date or a venue, if they are one and not only a label such as "arXiv"."""
    bracketed = _BRACKETED.fullmatch(part.words)
    shown = bracketed[1] if bracketed else part.words
    date, venue = date_and_venue(shown)
    if not (date or venue):
        return cited(shown)[1]
    is_clear = is_known(venue) or (is_preprint(venue) and re.search(r"\d\d", shown) is not None) if venue else bool(date)
    return shown if is_clear and (not is_label(shown) or re.search(r"\d\d", shown)) else ""


def is_aside(shown: str) -> bool:
    """Whether words in brackets are about the paper and no part of its title: a date, a venue, a label, a number."""
    plain = re.sub(EMOJI, "", shown).strip(" .,:*")
    if re.match(r"from (?:\w+ ){0,3}[A-Z]", plain):  # "from Google Research"
        return True
    if re.match(r"(?i)(?:and|for|in|of|on|to|with)\b", plain):
        return False
    if not re.search(r"[^\W\d_]", plain) or is_label(plain) or is_id(plain) or is_note(plain) or _OF_VENUE.fullmatch(plain):
        return True
    return any(map(is_told, re.split(r"[,;/|]\s*", plain))) or is_told(plain)
