"""A bullet with what is nested in it → a listing's fields, or that it is none."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from .. import labels
from ..markdown import Link
from .cells import is_long
from .finder import Title
from .links import identifies, is_label, paper_link, with_identifier
from .parts import BOLD, leads_to_code, leads_to_paper
from .people import names
from .phrases import Line
from .rows import FIELDS
from .signs import is_date, is_known, is_preprint
from .sources import written

NO_TITLE = "a link to a paper without a title; write - [Title](link)"
IN_A_SENTENCE = "a sentence that names a paper; if it belongs to the list, write - [Title](link)"
SEVERAL = "its links belong to several papers in the bullets below; write each beside its title"
_REQUESTS = re.compile(r"(?:Add|Use|Sort|Fork|Open|Create|Submit|Keep|Make|Update|Read) [a-z]")
_VIDEOS = re.compile(r"youtu\.?be|bilibili|vimeo")
_PAGES = re.compile(r"(?i)website|web ?page|page|project|home|link|url|链接|主页")
_CODE = re.compile(r"(?<!\\)\*\*Code:\*\* ")
_MARKED = ("bold", "quotes", "italics")


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


def decide(items: Sequence[Item], source: Sequence[str], *, titles: bool) -> None:
    """Finds out which bullets of one list are papers. `titles`: words that can be a title are one."""
    for item in items:
        item.kids = gathered(item.kids)
        decide(item.kids, source, titles=False)
        _read(item, source)
    bullets = [item for item in items if item.kind == "item" and item.lines]
    papers = sum(bool(item.values) for item in bullets)
    for item in bullets:
        others = len(bullets) - 1
        if not (item.values or item.reason or item.apart) and (titles or papers * 2 > others > 0) and _is_plain_title(item):
            take(item, item.title, source)


def gathered(items: Sequence[Item]) -> list[Item]:
    """The bullets of a list, with those that only say more of the marked title above (authors, links) put under it."""
    found: list[Item] = []
    for item in items:
        above = found[-1] if found else None
        says_more = item.lines and (not item.title.words or names(item.lines[0].words()) == 2)
        if (
            above
            and says_more
            and above.kind == item.kind == "item"
            and above.title.mark in ("bold", "quotes")
            and not above.links
        ):
            above.kids.append(item)
            above.end = item.end
        else:
            found.append(item)
    return found


def _is_plain_title(item: Item) -> bool:
    """Whether a bullet's words can be a title among titles."""
    title = item.title
    if not title.words or title.is_news or title.label or _REQUESTS.match(title.words) or title.words[-1] in ":：":
        return False
    told = any(item.lines[0].facts)
    others = [link for link in item.links if not is_label(link.words or link.alt)]
    return len(title.words.split()) > (1 if told and not others else 3) and (told or not others)


def _read(item: Item, source: Sequence[str]) -> None:
    """Decides on one bullet whose kids are decided."""
    item.apart = _apart(item)
    may_be_paper = item.kind in ("item", "paragraph") or item.is_title
    if not (may_be_paper and item.lines) or _is_above_reference(item, source):
        return
    if labelled := _labelled(item, source):
        item.values = labelled
        return
    title = _labelled_title(item)
    if title.label and not _means_paper(title.label):
        return
    has_paper = any(map(leads_to_paper, _links(item)))
    if title.words and not title.is_news and (has_paper or _is_sure(item, title)):
        if item.kind != "paragraph" or not (title.mark == "text" or title.is_buried):
            take(item, title, source)
    elif has_paper and item.kind == "item" and any(identifies(link.href) for link in _links(item)):
        is_named = title.is_news and title.link is not None
        item.reason = IN_A_SENTENCE if is_named else "" if title.words else NO_TITLE


def _apart(item: Item) -> list[Item]:
    """The bullets below that are papers of their own, or groups of such."""
    several = len([kid for kid in item.kids if kid.title.label and kid.values]) > 1
    link = item.title.link
    is_paper = link is not None and leads_to_paper(link)

    def is_of_its_own(kid: Item) -> bool:
        said = kid.title.label and item.title.words and not several
        said = said or (is_paper and (kid.title.is_buried or item.kind == "heading"))
        return bool(kid.apart or (kid.values and not said))

    return [kid for kid in item.kids if is_of_its_own(kid)]


def _is_above_reference(item: Item, source: Sequence[str]) -> bool:
    """Whether a short name and the links stand above the one bullet that has the title; or above several such."""
    if item.title.mark != "text" or not any(map(leads_to_paper, item.links)):
        return False
    found = [kid for kid in item.kids if kid.title.mark in _MARKED and not any(map(leads_to_paper, kid.links))]
    found = [kid for kid in found if kid.values or names(kid.lines[0].text[: kid.title.begin])]
    if len(found) == 1:
        item.apart = [kid for kid in item.apart if kid is not found[0]]
        take(item, found[0].title, source)
    elif found:
        item.reason = SEVERAL
    return bool(found)


def _labelled_title(item: Item) -> Title:
    """The title, or the one that a detail labels: `Title: …`, `Paper: [Title](link)` under a short name."""
    title = item.title
    for line in item.details:
        other = line.title
        linked = _means_paper(other.label) and other.link and is_long(other.words)
        if other.words and (other.label == "title" or (linked and not is_long(title.words))):
            return other
    return title


def _means_paper(label: str) -> bool:
    return label in ("title", "venue", "link", "links", "url", "source", "链接") or leads_to_paper(Link(label, ""))


def _means_code(label: str) -> bool:
    return leads_to_code(Link(label, ""))


def _links(item: Item) -> list[Link]:
    """The links that may lead to the paper: not those of notes, data sets and the like."""
    details = (line for line in item.details if _may_say_of_it(line))
    return [*item.links, *(link for line in details for link in line.links)]


def _may_say_of_it(line: Line) -> bool:
    title = line.title
    return _means_paper(title.label) if title.label else not (title.is_buried or title.is_news)


def _is_sure(item: Item, title: Title) -> bool:
    """Whether the form tells a paper that has no link: its title with a venue and a year, or marked behind authors."""
    if title.link and _VIDEOS.search(title.link.href):
        return False
    own, details = item.lines[0], item.details
    dates, venues = _facts(item)
    before = names(own.words(0, own.title.begin).strip(' ,.:"“')) > 0
    people = before or own.names_people or any(line.names_people for line in details[:2])
    dated = bool(dates) or any(labels.venue(venue).year for venue in venues)
    if venues and (dated or title.mark == "quotes" or (people and item.kind == "item")):
        is_name = title.mark == "text" and names(title.words) > 0
        return not is_name and (is_long(title.words) or people or title.mark in ("bold", "quotes"))
    if before and title.mark in _MARKED and (dated or title.mark == "italics"):
        return is_long(title.words)
    return (
        title.mark == "bold" and item.kind == "paragraph" and any(leads_to_paper(Link(each.title.label, "")) for each in details)
    )


def _facts(item: Item) -> tuple[list[str], list[str]]:
    """Dates and venues, those of labels first."""
    dates, venues = (list(each) for each in item.lines[0].facts)
    for line in item.details:
        label = line.title.label
        if label == "date" and is_date(line.value):
            dates.insert(0, line.value)
        elif label == "venue" and line.value:
            venues.insert(0, line.value)
        elif not label and _may_say_of_it(line):
            dates += line.facts[0]
            venues += line.facts[1]
    return dates, venues


def take(item: Item, title: Title, source: Sequence[str]) -> None:
    """Makes a listing of a bullet."""
    dates, venues = _facts(item)
    link = _link(title, _links(item), [item.lines[0], *(line for line in item.details if _may_say_of_it(line))])
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
    if best is None and title.link and title.link.href[:1] not in ("", "#"):
        best = title.link
    if best is None:
        pages = (link for link in links if len(link.words) < 20 and _PAGES.search(link.words) and not leads_to_code(link))
        best = next(pages, None)
    best = best and best._replace(href=best.href.strip("()"))
    return with_identifier(best, (line.words() for line in lines)) or ""


def _code(item: Item, paper: str, source: Sequence[str]) -> str:
    """The first link to code beside the paper's, as written."""
    found = [link for link in item.links if leads_to_code(link)]
    for line in item.details:
        label = line.title.label
        found += [link for link in line.links if _means_code(label) or (label in ("", "project") and leads_to_code(link))]
    link = next((link for link in found if link.href != paper and re.search("[/.]", link.href)), None)
    return written(link, "\n".join(source[item.begin : item.end])) if link else ""


def _labelled(item: Item, source: Sequence[str]) -> dict[str, str]:
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
