"""A bullet with what is nested in it: its links, dates and venues, and the fields of a listing."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from ..markdown import Link
from .links import identifies, paper_link, with_identifier
from .parts import BOLD, Title, leads_to_code, leads_to_paper
from .people import cited
from .phrases import Line
from .rows import FIELDS
from .signs import is_date, is_known, is_preprint, is_told
from .sources import written

_PAGES = re.compile(r"(?i)website|web ?page|page|project|home|link|url|链接|主页")
_CODE = re.compile(r"(?<!\\)\*\*Code:\*\* ")


@dataclass
class Item:
    """A bullet, or a paragraph or heading beside bullets: its own paragraphs, and the bullets in it."""

    begin: int
    end: int
    kind: str = "item"  # or that of the block: "paragraph", "heading", …
    level: int = 0  # of a heading
    is_title: bool = False  # a heading that is a paper's title
    lines: list[Line] = field(default_factory=list)
    kids: list[Item] = field(default_factory=list)
    apart: list[Item] = field(default_factory=list)  # those of the kids that are papers, or groups of papers
    values: Mapping[str, str] = field(default_factory=dict)
    reason: str = ""

    @property
    def title(self) -> Title:
        """That of its first paragraph."""
        return self.lines[0].title if self.lines else Title()

    @property
    def links(self) -> list[Link]:
        """Those of its first paragraph."""
        return self.lines[0].links if self.lines else []

    @property
    def details(self) -> list[Line]:
        """What it says besides its first paragraph."""
        nested = (line for kid in self.kids if kid not in self.apart for line in [*kid.lines[:1], *kid.details])
        return [*self.lines[1:], *nested]


def means_paper(label: str) -> bool:
    """Whether a label says that the paper is behind it."""
    return label in ("title", "venue", "link", "links", "url", "source", "链接") or leads_to_paper(Link(label, ""))


def _means_code(label: str) -> bool:
    return leads_to_code(Link(label, ""))


def links_of(item: Item) -> list[Link]:
    """The links that may lead to the paper: not those of notes, data sets and the like."""
    details = (line for line in item.details if may_say_of_it(line))
    return [*item.links, *(link for line in details for link in line.links)]


def may_say_of_it(line: Line) -> bool:
    """Whether a detail says something of the paper, and not of another, or of data."""
    title = line.title
    return means_paper(title.label) if title.label else not (title.is_buried or title.is_news)


def _may_cite_it(line: Line) -> bool:
    """Whether an identifier in a detail is the paper's: nothing else is said, or what tells of the paper."""
    return may_say_of_it(line) and (not line.title.words or bool(line.title.label) or line.names_people or any(line.facts))


def identified(item: Item) -> str | None:
    """The address of the paper's identifier that stands as text."""
    return with_identifier(None, (line.words() for line in _citing(item)))


def _citing(item: Item) -> list[Line]:
    return [item.lines[0], *filter(_may_cite_it, item.details)]


def facts_of(item: Item) -> tuple[list[str], list[str]]:
    """Dates and venues, those of labels first."""
    dates, venues = (list(each) for each in item.lines[0].facts)
    for line in item.details:
        label = line.title.label
        if label == "date" and is_date(line.value):
            dates.insert(0, line.value)
        elif label == "venue" and line.value:
            venues.insert(0, line.value)
        elif not label and may_say_of_it(line):
            dates += line.facts[0]
            venues += line.facts[1]
    return dates, venues


def take(item: Item, title: Title, source: Sequence[str]) -> None:
    """Makes a listing of a bullet."""
    dates, venues = facts_of(item)
    link = _link(title, links_of(item), _citing(item))
    found = {
        "title": title.words,
        "link": link,
        "date": min(dates, key=lambda each: len(each) == len("2024"), default=""),  # a bare year only where nothing says more
        "venue": min(venues, key=lambda each: (not is_known(each), is_preprint(each)), default=""),
        "model": item.title.model or title.model,
        "code": _code(item, link, source),
    }
    item.values = {name: found[name] for name in FIELDS if found[name]}
    item.reason = ""


def _link(title: Title, links: Sequence[Link], lines: Sequence[Line]) -> str:
    """Where the paper is: the first link that identifies it or leads to a paper, else the title's own, else a page's."""
    best = paper_link(links)
    own = title.link if title.link and title.link.href[:1] not in ("", "#") else None
    if own and (best is None or (leads_to_paper(own) and not identifies(best.href))):
        best = own
    if best is None:
        best = next((link for link in links if _is_page(link)), None)
    best = best and best._replace(href=best.href.strip("()"))
    return with_identifier(best, (line.words() for line in lines)) or ""


def _is_page(link: Link) -> bool:
    """Whether a link may lead to the paper's page: it says so, or names the venue."""
    if leads_to_code(link):
        return False
    is_named = len(link.words) < 20 and (_PAGES.search(link.words) is not None or is_told(link.words.strip("[]() ")))
    return is_named or cited(link.words)[0] > 0


def _code(item: Item, paper: str, source: Sequence[str]) -> str:
    """The first link to code beside the paper's, as written."""
    found = [link for link in item.links if leads_to_code(link)]
    for line in item.details:
        label = line.title.label
        found += [link for link in line.links if _means_code(label) or (label in ("", "project") and leads_to_code(link))]
    link = next((link for link in found if link.href != paper and re.search("[/.]", link.href)), None)
    return written(link, "\n".join(source[item.begin : item.end])) if link else ""


def labelled(item: Item, source: Sequence[str]) -> dict[str, str]:
    """The fields of `**Title:** … **Link:** … **Code:** …`, what stands behind the last label as written."""
    line = item.lines[0]
    marks = [(at, part.words[:-1]) for at, part in line.parts.items() if part.mark == BOLD and part.words.endswith(":")]
    if not marks or marks[0] != (0, "Title"):
        return {}
    found: dict[str, str] = {}
    for (begin, label), (end, _) in pairwise([*marks, (len(line.text), "")]):
        links = [part.link for at in line.places(begin, end) if (part := line.parts[at]).link and part.words != part.link.href]
        found[label.casefold()] = links[0].href if label == "Link" and links else line.words(begin + 1, end)
    if code := _CODE.search(text := "\n".join(source[item.begin : item.end])):
        found["code"] = text[code.end() :].strip()
    return {name: found[name] for name in FIELDS if found.get(name)} if found["title"] else {}
