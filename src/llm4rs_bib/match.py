"""Whether a registry's record is the listed paper: from what is known of the paper and what the record says, nothing else.

A wrong paper is worse than none. Equal titles are not enough where authors are known, equal authors never; what is found by a
link must still agree in title or authors. What speaks for and against is weighed in `judge`; `decide` chooses among all.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from .labels import NO_VENUE, Venue
from .likeness import ALIKE, VERY_ALIKE, Overlap, equal, likeness, misspelt, nearly_equal, overlap, words
from .model import Name, PartialDate
from .sources.base import RegistryRecord
from .venuelabels import has_no_dois, venue_agrees

PUBLISHED_KINDS = frozenset({"journal-article", "proceedings-article", "book-chapter", "book-section", "book-part"})
_NOTICE = (
    r"(?i)(?:(?:author|publisher|editorial)['’]?s? )?"
    r"(?:correction|corrigend|errat|retract|addend|withdraw|expression of concern)\w*\b"
    r"|(?:comments?|reply|response|rejoinder) (?:on|to)\b|review (?:of|for)\b"
)  # of what is only about a paper, if its title begins so
_NUMERAL = r"\d|^[ivx]+$|^part$|\+$"
_REPOSITORIES = r"(?i)(?:SSRN|arXiv|CoRR|Research Square|TechRxiv|Preprints\.org|Authorea)\b"
_NO_PAPERS = frozenset(
    {
        "peer-review",
        "component",
        "journal",
        "journal-issue",
        "journal-volume",
        "proceedings",
        "proceedings-series",
        "grant",
        "database",
    }
)
LIST = "the list's link"
NUMBER = "the number in the list's link"
RELATION = "the record names its other version"
SAME, OTHER, ASK = "same", "other", "ask"  # ask: a person
SHARED = 0.6  # of the shorter list of authors, if the titles are equal
NEARLY_ALL = 0.8  # of all authors, if the titles are nearly equal
UNLIKE_LENGTHS = 0.5  # a list of authors shorter than this part of the other proves little
DESCRIPTIVE = 5  # words of a title that is hardly given twice
_SOON = 3  # months between the list's date and the posting of a paper that it links to
_SOON_PUBLISHED = 2  # years, where the record names no authors
EARLIEST, LATEST = -1, 4  # years from the first posting to publication


@dataclass(frozen=True, kw_only=True)
class Known:
    """What is known of a listed paper."""

    titles: tuple[str, ...]  # as lists and registries have them, the surest first
    model: str = ""  # the list's name for it: "KAR"
    authors: tuple[Name, ...] = ()  # of its preprint, or as a person checked them; () while nobody is known
    since: PartialDate | None = None  # first posted; else the list's date
    venue: Venue = NO_VENUE  # the list's label
    numbers: frozenset[str] = frozenset()  # a publisher's own numbers in its links: IEEE's, AAAI's
    identifiers: frozenset[tuple[str, str]] = frozenset()  # ("doi" | "arxiv", id in lower case) of its versions
    posted: frozenset[str] = frozenset()  # those of them that are its preprints'


@dataclass(frozen=True, kw_only=True)
class Judgement:
    """What was found of one record: the verdict, the reason in words, and the figures behind it."""

    record: RegistryRecord
    verdict: str  # SAME, OTHER or ASK
    reason: str
    title: str  # "equal", "nearly equal", "equal without subtitle", or the likeness
    authors: str  # "7 of 8"; "" where one side names none
    by_link: bool = False


@dataclass(frozen=True)
class Decision:
    """What became of all the candidates."""

    chosen: Judgement | None
    question: tuple[Judgement, ...] = ()  # between which a person must decide
    rejected: tuple[Judgement, ...] = ()


def judge(known: Known, record: RegistryRecord, link: str = "") -> Judgement:
    """Whether the record is the paper. `link` says what led to it if not a search: LIST, "arXiv's DOI"."""
    title = _title(known, record)
    both = overlap(known.authors, record.work.authors) if known.authors and record.work.authors else None
    link = link or _own_link(known, record, title)
    verdict, reason = _of_another_kind(record, link, title) or (_linked if link else _searched)(known, record, title, both)
    reason = f"{link}, {reason}" if link and verdict == SAME else reason
    return Judgement(
        record=record, verdict=verdict, reason=reason, title=title, authors=str(both) if both else "", by_link=bool(link)
    )


def _own_link(known: Known, record: RegistryRecord, title: str) -> str:
    """What joins the record to the paper although a search found it."""
    if title == _EQUAL and any(record.id.endswith(number) for number in known.numbers):
        return NUMBER
    return RELATION if record.linked & known.identifiers else ""


def _of_another_kind(record: RegistryRecord, link: str, title: str) -> tuple[str, str] | None:
    """What the list itself links to may be a book or a thesis too."""
    if record.about:
        return OTHER, record.about
    if title != _EQUAL and (notice := re.match(_NOTICE, record.work.title)):
        return OTHER, f"a notice ({notice[0].strip()} …)"
    if record.source == "crossref" and any(re.match(_REPOSITORIES, venue) for venue in record.venues):
        return OTHER, "a posted copy"
    if record.source == "crossref" and record.kind not in PUBLISHED_KINDS and (link != LIST or record.kind in _NO_PAPERS):
        return OTHER, f"a {record.kind.replace('-', ' ')}"
    return None


_EQUAL, _NEARLY, _MISSPELT = "equal", "nearly equal", "equal but for a letter or two"
_LESSER = "equal without subtitle or in another language"
_TITLED = (_EQUAL, _NEARLY, _MISSPELT, _LESSER)


def _title(known: Known, record: RegistryRecord) -> str:
    names = [re.sub(r"^RETRACTED(?: ARTICLE| CHAPTER| PAPER)?\s*:\s*", "", title) for title in record.titles]
    if any(equal(one, other) for one in known.titles for other in names):
        return _EQUAL
    if any(nearly_equal(one, other, known.model) for one in known.titles for other in names):
        return _NEARLY
    if any(misspelt(one, other) for one in known.titles for other in names):
        return _MISSPELT
    if any(equal(one, other) for one in known.titles for other in record.lesser_titles):
        return _LESSER
    return f"{max(likeness(one, other) for one in known.titles for other in names):.2f}"


def _linked(known: Known, record: RegistryRecord, title: str, both: Overlap | None) -> tuple[str, str]:
    """A link is believed if the title or the authors agree."""
    if title in _TITLED:
        if both and not both.shared:
            return ASK, f"linked and {title} in title, but by other authors"
        return SAME, f"title {title}"
    if _is_sequel(known, record):
        return ASK, "linked, but another number in its title"
    if both and both.of_shorter >= SHARED:
        return SAME, "same authors under another title"
    if float(title) >= VERY_ALIKE or (float(title) >= ALIKE and months_apart(known, record) <= _SOON):
        return (SAME, "title much alike") if not both else (ASK, "linked and much alike in title, but by other authors")
    return ASK, "linked, but neither title nor authors agree"


def _is_sequel(known: Known, record: RegistryRecord) -> bool:
    """Whether its title is the known one with another number: "II", "NoteLLM-2", "v2"."""
    mine = [frozenset(words(title)) for title in known.titles]
    theirs = frozenset(words(record.work.title))
    return any(each != theirs and all(re.search(_NUMERAL, word) for word in each ^ theirs) for each in mine)


def months_apart(known: Known, record: RegistryRecord) -> float:
    """Between the list's date and the record's; infinite where a month is not known."""
    here, there = known.since, record.work.issued
    if not (here and there and here.month and there.month):
        return math.inf
    return abs((here.year - there.year) * 12 + here.month - there.month)


def _searched(known: Known, record: RegistryRecord, title: str, both: Overlap | None) -> tuple[str, str]:
    if title not in _TITLED:
        return OTHER, "another title"
    if not _in_time(known, record):
        return OTHER, "years apart"
    verdict, reason = _same_authors(title, both) if both else _without_authors(known, record, title)
    doubt = _doubt(known, record) if verdict == SAME else None
    return (ASK, f"{reason}, but {doubt}") if doubt else (verdict, reason)


def _doubt(known: Known, record: RegistryRecord) -> str | None:
    """What the list or the record says against it."""
    if venue_agrees(known.venue, record) is False:
        return f"the list says {known.venue.name} {known.venue.year or ''}".strip()
    given = {kind: {value for its_kind, value in known.identifiers if its_kind == kind} for kind in ("doi", "arxiv")}
    if given["doi"] - known.posted and record.source == "crossref" and record.id.lower() not in given["doi"]:
        return "the list links to another DOI"
    named = {value for kind, value in record.linked if kind == "arxiv"}
    return "the record names another preprint" if named and given["arxiv"] and named.isdisjoint(given["arxiv"]) else None


def _in_time(known: Known, record: RegistryRecord) -> bool:
    if known.since is None or not record.years:
        return True
    return any(EARLIEST <= year - known.since.year <= LATEST for year in record.years)


def _same_authors(title: str, both: Overlap) -> tuple[str, str]:
    if both.shared and both.fewer < UNLIKE_LENGTHS * both.more:
        return (ASK if both.of_shorter >= SHARED else OTHER), f"title {title}, but only {both} authors"
    enough = {
        _EQUAL: both.of_shorter >= SHARED and both.shared >= min(2, both.fewer),
        _NEARLY: both.of_all >= NEARLY_ALL,
        _MISSPELT: False,  # it may be another word: Sulfate, Sulfite
        _LESSER: False,  # a subtitle may make it another paper: "A Reproducibility Study"
    }
    if enough[title]:
        return SAME, f"title {title}, {both} authors"
    if both.of_shorter < 0.5 or both.shared < 2:
        return OTHER, "other authors"
    return ASK, f"title {title}, {'but only ' if title in (_EQUAL, _NEARLY) else ''}{both} authors"


def _without_authors(known: Known, record: RegistryRecord, title: str) -> tuple[str, str]:
    """Nobody is known on one of the two sides: a descriptive title, equal letter by letter, and no other voice against it."""
    if title == _EQUAL and _is_descriptive(known):
        if known.authors and _soon_published(known, record):
            return SAME, "title equal, the record names no authors"
        at_venue = venue_agrees(known.venue, record) and not has_no_dois(known.venue.name)
        if at_venue and known.venue.year in record.years:
            return SAME, "title, venue and year as in the list"
    return ASK, f"title {title}, no authors to compare"


def _soon_published(known: Known, record: RegistryRecord) -> bool:
    return known.since is None or any(0 <= year - known.since.year <= _SOON_PUBLISHED for year in record.years)


def _is_posted_then(known: Known, record: RegistryRecord, is_published: bool) -> bool:
    """Whether it was posted when the list says, and its version of record is known or there is none at Crossref."""
    apart = months_apart(known, record)
    if known.venue.is_preprint and not is_published:
        return apart <= 1
    return apart == 0 and (is_published or has_no_dois(known.venue.name))


def _is_descriptive(known: Known) -> bool:
    return max(len(words(title)) for title in known.titles) >= DESCRIPTIVE


def decide(known: Known, judged: Sequence[Judgement], beside: Sequence[RegistryRecord] = ()) -> Decision:
    """The one record that is the paper; a question where several may be, or one is in doubt.

    `beside`: records of preprints that bear the title too. Where nobody knows the paper's authors, no record may name others.
    """
    judged = tuple({each.record.id.lower(): each for each in judged}.values())
    same = [each for each in judged if each.verdict == SAME]
    best = next((few for few in _ever_fewer(known, same) if len(few) == 1), same)
    if len(best) == 1 and not (best[0].by_link or best[0].authors or known.authors):
        best = [_unless_others_wrote(known, best[0], judged, beside)]
    if len(best) == 1 and best[0].verdict == SAME:
        return Decision(best[0], (), tuple(each for each in judged if each.record is not best[0].record))
    doubtful = [each for each in judged if each.verdict == ASK]
    question = tuple(best if len(best) > 1 else best + doubtful)
    asked = {each.record.id for each in question}
    return Decision(None, question, tuple(each for each in judged if each.record.id not in asked))


def _unless_others_wrote(
    known: Known, best: Judgement, judged: Sequence[Judgement], beside: Sequence[RegistryRecord]
) -> Judgement:
    """The judgement, in doubt if a record of the same title names other authors and may be the list's paper too."""
    others = [each for each in (*(each.record for each in judged), *beside) if _is_rival(known, best.record, each)]
    if all(overlap(best.record.work.authors, each.work.authors).of_shorter >= SHARED for each in others):
        return best
    return replace(best, verdict=ASK, reason=f"{best.reason}, but others have written under that title")


def _is_rival(known: Known, best: RegistryRecord, other: RegistryRecord) -> bool:
    """Whether the other record has the title too, and may be the listed paper as well as the best one by venue and date."""
    if not other.work.authors or _title(known, other) != _EQUAL:
        return False
    if other.source == "crossref" and has_no_dois(known.venue.name):
        return False
    if best.source == other.source == "arxiv" and months_apart(known, best) == 0:
        return months_apart(known, other) <= 1
    return venue_agrees(known.venue, other) is not False


def _ever_fewer(known: Known, same: list[Judgement]) -> Iterator[list[Judgement]]:
    """The records that a link, the list's venue, or an equal title sets apart from the others."""
    yield same
    yield [each for each in same if each.by_link]
    yield [each for each in same if venue_agrees(known.venue, each.record)]
    yield [each for each in same if each.title == _EQUAL]


def judge_posted(known: Known, record: RegistryRecord, published: PartialDate | None) -> Judgement:
    """Whether a preprint that a search found is the paper's; `published`: when its version of record came out, if it did."""
    title = _title(known, record)
    both = overlap(known.authors, record.work.authors) if known.authors and record.work.authors else None
    if record.linked & known.identifiers:
        return judge(known, record)
    if title not in (_EQUAL, _NEARLY):
        verdict, reason = OTHER, "another title"
    elif published and record.years and not -LATEST <= record.years[0] - published.year <= -EARLIEST:
        verdict, reason = OTHER, "years apart"
    elif any(note.startswith("withdrawn") for note in record.notes):
        verdict, reason = ASK, f"title {title}, but it was withdrawn"
    elif both:
        verdict, reason = _same_authors(title, both)
    elif title == _EQUAL and _is_descriptive(known) and venue_agrees(known.venue, record):
        verdict, reason = SAME, "title equal, its comment names the list's venue"
    elif title == _EQUAL and _is_descriptive(known) and _is_posted_then(known, record, bool(published)):
        verdict, reason = SAME, "title equal, posted when the list says"
    else:
        verdict, reason = ASK, f"title {title}, no authors to compare"
    return Judgement(record=record, verdict=verdict, reason=reason, title=title, authors=str(both) if both else "")
