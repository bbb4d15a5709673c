"""A bullet's paragraph → what it says: the title, and beside it links, dates, venues, authors."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property

from markdown_it.token import Token

from ..markdown import Link, pieces_of
from .cells import is_long
from .ends import is_abbreviated, may_be_venue
from .finder import find
from .links import is_label
from .parts import CODE, LINK, Flat, Title, is_own, leads_to_paper, tells
from .people import names
from .signs import date_and_venue, is_note

_APART = re.compile(r"[,;|\n()\[\]{}【】（），；。、·•“”\"]|\s[-–—/]+\s|\bet\.? ?al\b\.?,?|\.(?=\s|$)")
_NOTE = re.compile(r"\s*[(\[]([^()\[\]\n]{2,40})[)\]]")
_SENTENCES = re.compile(r"(?<=\w\w)\.\s|[|\[(]")
_AND = re.compile(rf"\s*(?:\([^()]*\))?\s*(?:and|&|,|;|/|\+)\s+(?:The )?(?={LINK})")


class Line(Flat):
    """One paragraph of a bullet."""

    @cached_property
    def title(self) -> Title:
        """The title in it; one without words if there is none."""
        return find(self)

    @cached_property
    def facts(self) -> tuple[list[str], list[str]]:
        """The dates and the venues beside the title, in order."""
        found = self.title
        dates, venues = facts("\n".join([*found.told, self._outside(0, found.begin), self._outside(found.end, len(self.text))]))
        if not venues and found.words:
            venues = [each.words for each in self.links if each != found.link and _names_venue(each)]
        return dates, venues

    def _outside(self, begin: int, end: int) -> str:
        """The words of a stretch with links and code apart; a link's words only where they tell a date or a venue."""
        out, at = [], begin
        for place in self.places(begin, end):
            part = self.parts[place]
            shown = tells(part) if part.mark == LINK else part.words
            out += [self.text[at:place], f"\n{shown}\n" if part.mark in (LINK, CODE) else shown]
            at = place + 1
        return "".join([*out, self.text[at:end]])

    @property
    def value(self) -> str:
        """What stands behind its label."""
        behind = re.split("[:：]", self.text, maxsplit=1)[-1]
        return self.words(len(self.text) - len(behind)).strip(" .,;")

    @property
    def has_second(self) -> bool:
        """Whether another paper's linked title follows the first: `[Title](link) (2003) and [Title](link)`."""
        match = _AND.match(self.text, self.title.end)
        part = self.parts[match.end()] if match and self.title.mark == "link" else None
        return bool(part and part.link and is_own(part) and is_long(part.words) and leads_to_paper(part.link))

    @cached_property
    def people_before(self) -> int:
        """How surely people's names stand before the title."""
        return names(self.words(0, self.title.begin).strip(' ,.:"“'))

    @cached_property
    def names_people(self) -> bool:
        """Whether it says who wrote it, behind the title."""
        shown = self.words(self.title.end)
        return re.search(r"\bet\.? ?al\b", shown) is not None or any(names(part) == 2 for part in _SENTENCES.split(shown))


def papers_of(token: Token) -> list[Line]:
    """The lines of a paragraph in which each line is a paper, that its title is linked to; else none."""
    rows: list[list[Token]] = [[]]
    for child in token.children or ():
        if child.type in ("softbreak", "hardbreak"):
            rows.append([])
        else:
            rows[-1].append(child)
    if len(rows) < 2 or "](" not in token.content:
        return []
    lines = [Line(pieces_of(row)) for row in rows]
    each = all(line.title.mark == "link" and line.title.link and leads_to_paper(line.title.link) for line in lines)
    return lines if each else []


def _names_venue(link: Link) -> bool:
    """Whether a link's words can be nothing but the name of the journal that it leads to."""
    shown = link.words
    if any(c.isdigit() or c == "[" for c in shown) or not any(map(str.isupper, shown)) or len(shown.split()) > 3:
        return False
    is_journal = leads_to_paper(link) and "arxiv" not in link.href
    return is_journal and (not is_label(shown) or re.search(r"(?i)[^a]rxiv", shown) is not None)


def facts(outside: str) -> tuple[list[str], list[str]]:
    """The dates and the venues among words that stand apart from each other."""
    dates: list[str] = []
    venues: list[str] = []
    before = ""
    for begin, end in _fragments(outside):
        fragment = outside[begin:end].strip()
        date, venue = date_and_venue(fragment)
        if venue and not date and (note := _NOTE.match(outside, end)) and is_note(note[1]):
            venue += ("", " ")[outside[end - 1].isspace()] + note[0].strip()
        if date and not venue and not venues and may_be_venue(before):
            venues.append(before.strip(" .,:;*"))
        dates += [date] if date else []
        venues += [venue] if venue else []
        before = "" if date or venue else fragment or before
    return list(dict.fromkeys(dates)), list(dict.fromkeys(venues))


def _fragments(outside: str) -> Iterator[tuple[int, int]]:
    begin = 0
    for match in _APART.finditer(outside):
        if match[0] != "." or not is_abbreviated(outside, max(begin, match.start() - 8), match.start()):
            yield begin, match.start()
            begin = match.end()
    yield begin, len(outside)
