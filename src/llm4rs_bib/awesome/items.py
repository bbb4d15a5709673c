"""A bullet with what is nested in it → a listing's fields, or that it is none."""

from __future__ import annotations

import re
from collections.abc import Sequence

from .. import ids, labels
from ..markdown import Link
from .cells import is_long
from .details import Item, facts_of, identified, labelled, links_of, means_paper, take
from .links import identifies, is_label
from .parts import CODE, Title, is_aside, leads_to_paper
from .people import cited, names

NO_TITLE = "a link to a paper without a title; write - [Title](link)"
IN_A_SENTENCE = "a sentence that names a paper; if it belongs to the list, write - [Title](link)"
TWO = "a second paper in the bullet is not read; write each in a bullet of its own"
SEVERAL = "its links belong to several papers in the bullets below; write each beside its title"
_REQUESTS = re.compile(r"(?:Add|Use|Sort|Fork|Open|Create|Submit|Keep|Make|Update|Read|Contains|Includes|Provides|Based) [a-z]")
_PROSE = re.compile(r"(?:This|These|Here|It|You|If|Our|We|All|Please|See|More)\b")
_VIDEOS = re.compile(r"(?i)youtu\.?be|bilibili|vimeo|videolectures|\bvideos?\b")
_MARKED = ("bold", "quotes", "italics")


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
    paragraphs = [item for item in items if item.kind == "paragraph" and item.lines]
    references = [item for item in paragraphs if not item.values and _is_reference(item)]
    if len(references) + sum(bool(item.values) for item in paragraphs) > 1:
        for item in references:
            take(item, item.title, source)


def _is_reference(item: Item) -> bool:
    """Whether a paragraph is a paper's reference, if others beside it are: a plain title, what tells of it, a labelled link."""
    title, line = item.title, item.lines[0]
    if title.mark != "text" or title.is_news or not is_long(title.words) or _PROSE.match(title.words):
        return False
    told = any(line.facts) or line.names_people or line.people_before > 0
    return told and any(leads_to_paper(link) and is_label(link.words or link.alt) for link in item.links)


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
    if (title.link and _VIDEOS.search(title.link.href)) or names(title.words) == 2 or ids.cited(title.words):
        return False
    told = any(item.lines[0].facts)
    others = [link for link in item.links if not (is_label(link.words or link.alt) or cited(link.words)[0])]
    return len(title.words.split()) > (1 if told and not others else 3) and (told or not others)


def _read(item: Item, source: Sequence[str]) -> None:
    """Decides on one bullet whose kids are decided."""
    item.apart = _apart(item)
    may_be_paper = item.kind in ("item", "paragraph") or item.is_title
    if not (may_be_paper and item.lines) or _is_above_reference(item, source):
        return
    if found := labelled(item, source):
        item.values = found
        return
    title = _labelled_title(item)
    if title.label and not means_paper(title.label):
        return
    has_paper = any(map(leads_to_paper, links_of(item)))
    if title.words and not title.is_news and (has_paper or _is_identified(item, title) or _is_sure(item, title)):
        if item.kind != "paragraph" or not (title.mark == "text" or title.is_buried):
            take(item, title, source)
            item.reason = TWO if item.lines[0].has_second else ""
    elif has_paper and item.kind == "item" and any(identifies(link.href) for link in links_of(item)):
        is_named = title.is_news and title.link is not None
        item.reason = IN_A_SENTENCE if is_named else "" if title.words else NO_TITLE


def _apart(item: Item) -> list[Item]:
    """The bullets below that are papers of their own, or groups of such."""
    several = len([kid for kid in item.kids if kid.title.label and kid.values]) > 1
    link = item.title.link
    is_paper = link is not None and leads_to_paper(link)
    above = item.title.words and any(map(leads_to_paper, item.links))
    is_plain = item.kind == "item" and is_long(item.title.words) and not item.links
    has_address = is_plain and any(kid.links and not kid.title.words for kid in item.kids)  # on a line of its own

    def is_of_its_own(kid: Item) -> bool:
        said = (kid.title.label and item.title.words and not several) or (above and _names_the_venue(kid))
        said = said or (has_address and not links_of(kid)) or (is_plain and len(item.kids) == 1 and _is_labelled_by_venue(kid))
        said = said or (is_paper and (kid.title.is_buried or not links_of(kid) or item.kind == "heading"))
        return bool(kid.apart or (kid.values and not said))

    return [kid for kid in item.kids if is_of_its_own(kid)]


def _is_labelled_by_venue(kid: Item) -> bool:
    """Whether a bullet begins with a link in brackets whose few words end with a year: [[Nature 15.1 (2024)](…)]."""
    link = kid.title.link
    few = link is not None and len(link.words.split()) < 6 and re.search(r"\(?(?:19|20)\d\d\)?$", link.words) is not None
    return few and kid.lines[0].text[: kid.title.begin + 1].strip()[:1] in ("[", "(")


def _names_the_venue(kid: Item) -> bool:
    """Whether a bullet below has nothing but authors, and a venue in italics behind them."""
    if kid.title.mark != "italics" or kid.links or not kid.lines[0].people_before:
        return False
    dates, venues = kid.lines[0].facts
    return bool(dates) and not venues


def _is_above_reference(item: Item, source: Sequence[str]) -> bool:
    """Whether a short name and the links stand above the one bullet that has the title; or above several such."""
    if item.title.mark != "text" or not any(map(leads_to_paper, item.links)):
        return False
    found = [kid for kid in item.kids if kid.title.mark in _MARKED and not any(map(leads_to_paper, kid.links))]
    found = [kid for kid in found if (kid.values or kid.lines[0].people_before) and not _names_the_venue(kid)]
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
        linked = means_paper(other.label) and other.link and is_long(other.words)
        if other.words and (other.label == "title" or (linked and not is_long(title.words))):
            return other
    return title


def _is_identified(item: Item, title: Title) -> bool:
    """Whether an identifier stands as text beside the title, and not within it, as in a sentence."""
    if item.kind != "item" or names(title.words) or not is_long(title.words) or ids.cited(title.words):
        return False
    behind = item.lines[0].parts.get(item.title.end)
    is_cut_off = behind is not None and behind.mark == CODE and not is_aside(behind.words)
    return not is_cut_off and identified(item) is not None


def _is_sure(item: Item, title: Title) -> bool:
    """Whether the form tells a paper that has no link: its title with a venue and a year, or marked behind authors."""
    if title.link and not title.link.href:  # yet to be filled in
        return is_long(title.words)
    is_video = item.links and all(_VIDEOS.search(f"{link.words} {link.href}") for link in item.links)
    if is_video or (item.kind == "paragraph" and _names_the_venue(item)):
        return False
    own, details = item.lines[0], item.details
    dates, venues = facts_of(item)
    before = own.people_before
    people = before or own.names_people or any(line.names_people for line in details[:2])
    dated = bool(dates) or any(labels.venue(venue).year for venue in venues)
    if venues and (dated or title.mark == "quotes" or (people and item.kind == "item")):
        is_name = title.mark == "text" and names(title.words) > 0
        return not is_name and (is_long(title.words) or bool(people) or title.mark in ("bold", "quotes"))
    if before == 2 and dated and title.mark == "text":
        return len(title.words.split()) > 1
    if before and title.mark in _MARKED and (dated or title.mark == "italics"):
        return is_long(title.words)
    return (
        title.mark == "bold" and item.kind == "paragraph" and any(leads_to_paper(Link(each.title.label, "")) for each in details)
    )
