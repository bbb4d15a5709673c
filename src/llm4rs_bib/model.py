"""What a bibliography is made of: immutable values, without files, network or clock.

Words follow CSL 1.0.2 (https://docs.citationstyles.org/en/stable/specification.html, appendices III and IV).
Text is Unicode in NFC. A title may hold CSL's inline tags and TeX math, no other field holds markup.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import MISSING, dataclass, field, fields
from functools import lru_cache
from html import unescape

# Our word for a work's type → CSL's. `preprint` is CSL's `article`: "a preprint, working paper, or similar".
TYPES: Mapping[str, str] = {
    "article-journal": "article-journal",
    "paper-conference": "paper-conference",
    "preprint": "article",
    "chapter": "chapter",
    "book": "book",
    "thesis": "thesis",
    "report": "report",
    "dataset": "dataset",
    "webpage": "webpage",
    "document": "document",
}

CURATED = "curated"  # the source of evidence: a person checked the work
REGISTRIES = "registries"  # they were asked
IMPORTED = "imported"  # another program's file says so, and nobody has checked it
DERIVED = "derived"  # the source of what follows from another field by its registry's rule

_LINK = r"\[([^]]*)\]\([^)]*\)"
_ESCAPED = r"\\([!-/:-@\[-`{-~])"  # https://spec.commonmark.org/0.31.2/#backslash-escapes
_PICTURE_OR_TAG = r"!\[[^]]*\]\([^)]*\)|</?[A-Za-z][^>]*>"
_NO_TEXT = r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]"
_NUMBER = r"^(?:\d+[.)]|\d+(?:\.\d+)+[.)]?)\s+"


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date known to the year, the month or the day. Months and days count from 1.

    Raises ValueError for a date that no calendar has, or a day without a month.
    """

    year: int
    month: int | None = None
    day: int | None = None

    def __post_init__(self) -> None:
        if self.day is not None and self.month is None:
            raise ValueError("a day needs a month")
        if not dt.MINYEAR <= self.year <= dt.MAXYEAR:
            raise ValueError(f"year {self.year} is out of range")
        dt.date(self.year, 1 if self.month is None else self.month, 1 if self.day is None else self.day)

    @staticmethod
    @lru_cache  # the same few dates come again and again
    def parse(text: str) -> PartialDate:
        """Read `2024`, `2024-05` or `2024-05-31`; ValueError for anything else."""
        parts = text.split("-")
        if [len(part) for part in parts] != [4, 2, 2][: len(parts)] or not all(
            part.isascii() and part.isdecimal() for part in parts
        ):
            raise ValueError(f"{text!r} is not a date such as 2024, 2024-05 or 2024-05-31")
        return PartialDate(*map(int, parts))

    @property
    def parts(self) -> tuple[int, ...]:
        """(2024,), (2024, 5) or (2024, 5, 31): CSL's date-parts."""
        return tuple(part for part in (self.year, self.month, self.day) if part is not None)

    def __str__(self) -> str:
        """The ISO 8601 form, as coarse as the date."""
        return "-".join(f"{part:0{4 if i == 0 else 2}d}" for i, part in enumerate(self.parts))


@dataclass(frozen=True, slots=True)
class Name:
    """A person, or a group. Particles stand in `family` ("van den Oord"), which is all that Zotero reads."""

    family: str = ""  # of a person; alone for a single name ("Plato")
    given: str = ""
    suffix: str = ""  # "Jr."
    literal: str = ""  # a group, printed as it is; then the other three are empty

    def __post_init__(self) -> None:
        if bool(self.family) == bool(self.literal):
            raise ValueError("a name needs either a family name or a literal")
        if self.literal and (self.given or self.suffix):
            raise ValueError("a group has no given name")

    @classmethod
    def parse(cls, text: str) -> Name:
        """Read `Family, Given`, `Family, Suffix, Given`, `Family` or `{Group}`; ValueError for anything else."""
        text = text.strip()
        if text.startswith("{") and text.endswith("}"):
            return cls(literal=text[1:-1].strip())
        parts = [part.strip() for part in text.split(",")]
        if len(parts) > 3 or not all(parts):
            raise ValueError(f"{text!r} is not a name such as 'Family, Given' or '{{Group}}'")
        return cls(family=parts[0], given=parts[-1] if len(parts) > 1 else "", suffix=parts[1] if len(parts) == 3 else "")

    def __str__(self) -> str:
        """The form that `parse` reads."""
        return f"{{{self.literal}}}" if self.literal else ", ".join(filter(None, (self.family, self.suffix, self.given)))


def required_fields(value_type: type) -> tuple[str, ...]:
    """The names of the fields that a value of the type cannot be without."""
    return tuple(each.name for each in fields(value_type) if each.default is MISSING and each.default_factory is MISSING)


def _csl(name: str) -> dict[str, str]:
    return {"csl": name}


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """One publication as its registry or its publisher describes it. None and () mean "not seen", never "does not exist".

    A published paper's preprint is a work of its own, kept beside it.
    """

    type: str = field(metadata=_csl("type"))  # a key of TYPES
    title: str = field(metadata=_csl("title"))
    authors: tuple[Name, ...] = field(default=(), metadata=_csl("author"))
    container_title: str | None = field(default=None, metadata=_csl("container-title"))
    venue_short: str | None = None  # what people call the venue: "WSDM"; no ISO 4 abbreviation
    publisher: str | None = field(default=None, metadata=_csl("publisher"))
    volume: str | None = field(default=None, metadata=_csl("volume"))
    issue: str | None = field(default=None, metadata=_csl("issue"))
    pages: str | None = field(default=None, metadata=_csl("page"))  # with a plain hyphen: "10-19"
    article_number: str | None = None  # where a journal gives no pages
    issued: PartialDate | None = field(default=None, metadata=_csl("issued"))  # of a preprint: first posted
    doi: str | None = field(default=None, metadata=_csl("DOI"))  # bare, in its registry's capitals
    arxiv_id: str | None = None  # of a preprint, without version: "2306.10933"
    arxiv_class: str | None = None  # its primary class: "cs.IR"
    url: str | None = field(default=None, metadata=_csl("URL"))  # the landing page
    other_titles: tuple[str, ...] = ()  # of earlier versions, or as a registry spells it
    sources: Mapping[str, str] = field(default_factory=dict)  # field → source, where it is not the evidence's

    @property
    def landing_page(self) -> str | None:
        """Where it can be read about: on arXiv, at its DOI, else where it was seen."""
        if self.arxiv_id:
            return f"https://arxiv.org/abs/{self.arxiv_id}"
        return f"https://doi.org/{self.doi}" if self.doi else self.url


SILENT = " was not reached"  # how a finding's note of a silent source ends


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Why a registry's record is believed to be the listing's paper."""

    source: str  # "crossref", "arxiv"
    record: str  # the DOI, or the arXiv id
    retrieved: PartialDate  # when the registry said so
    asked: str  # "doi 10.1145/…", "title …"
    rule: str  # what decided, in words
    title: str  # "equal", "nearly equal", or the share of words in common: "0.86"
    authors: str | None = None  # "7 of 8" are the same; None where one side names none
    rejected: tuple[str, ...] = ()  # other records that looked like it, each with the reason
    notes: tuple[str, ...] = ()  # "retraction 2024-05-01: 10.…", "withdrawn: …"

    @property
    def is_preliminary(self) -> bool:
        """Whether a source that might have said otherwise was silent."""
        return any(note.endswith(SILENT) for note in self.notes)


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """Why we believe that a work is the listing's."""

    source: str  # CURATED, REGISTRIES or IMPORTED
    checked: PartialDate | None = None  # when a person did
    confidence: str | None = None  # "high", "medium", "low"
    seen_in: tuple[str, ...] = ()  # the pages and records, in words
    notes: str | None = None
    list_errors: tuple[str, ...] = ()  # where the list's row is wrong, as the person saw it
    found: tuple[Finding, ...] = ()  # by asking registries: the published work, the preprint


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What the lock holds of one work: the published version, its preprint, or both."""

    published: Work | None = None
    preprint: Work | None = None
    evidence: Evidence
    aliases: tuple[str, ...] = ()  # keys that the work had before

    def __post_init__(self) -> None:
        if not (self.published or self.preprint):
            raise ValueError("a record needs a published work or a preprint")

    @property
    def work(self) -> Work:
        """The version of record if there is one, else the preprint."""
        work = self.published or self.preprint
        assert work is not None
        return work


Override = str | tuple[str, ...] | None  # as a person wrote it: text, a list of names, or null


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """A row of the list, in its own words: never corrected by a machine."""

    id: str
    title: str
    link: str | None = None
    date: str | None = None
    venue: str | None = None
    model: str | None = None
    code: str | None = None
    columns: Mapping[str, str] = field(default_factory=dict)  # the category's own columns, by heading
    text: str | None = None  # the bullet's Markdown, where the fields above do not give it back
    key: str | None = None  # a citation key written by hand; it wins over the lock's
    override: Mapping[str, Override] = field(default_factory=dict)  # CSL variable → value; it wins over the lock
    where: str = field(default="", compare=False)  # file:line, for messages


@dataclass(frozen=True, slots=True, kw_only=True)
class Category:
    """A section of the list: its heading, its table, and the free text around that."""

    slug: str
    heading: str
    level: int = 2  # of the heading, 1 to 6; a deeper one nests in the category above it
    heading_markdown: str | None = (
        None  # its lines, where `## heading` does not give them back; "": a further block under the one above
    )
    columns: tuple[str, ...] = ()  # the table's headings; none: a section of bullets, or of text
    align: tuple[str, ...] = ()  # ":-", ":-:", "-:" or "-" for each column, where one is aligned
    fields: Mapping[str, str] = field(default_factory=dict, hash=False)  # heading → field, where its cells told it
    text_before: str | None = None  # Markdown between the heading and the table
    unread: Mapping[str, str] = field(
        default_factory=dict, hash=False
    )  # id of a listing ("": the top) → rows of no listing behind it
    text_after: str | None = None
    listings: tuple[Listing, ...] = field(default=(), repr=False)

    @property
    def title(self) -> str:
        """The heading without its number and Markdown: "Knowledge Enhancement" of "1. **Knowledge** Enhancement"."""
        return _without_markup(self.heading) or self.slug


@lru_cache
def _without_markup(heading: str) -> str:
    words = re.sub(_LINK, r"\1", re.sub(_PICTURE_OR_TAG, "", heading))
    words = unescape(re.sub(_ESCAPED, r"\1", words.replace("*", "").replace("`", "")))
    words = " ".join(words.split())
    if not words.isprintable():
        words = re.sub(_NO_TEXT, "", words)
    return re.sub(_NUMBER, "", words, count=1) or words


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalog:
    """The whole list, in its own order."""

    title: str
    categories: tuple[Category, ...] = ()
    heading_markdown: str | None = None  # the title's lines, where `# title` does not give them back; "": it has none
    text_above: str | None = None  # Markdown above the title
    text_before: str | None = None  # Markdown between the title and the first heading
    columns: Mapping[str, str] = field(default_factory=dict)  # a column's heading → the field that a person said it holds
    venues: Mapping[str, str] = field(default_factory=dict)  # a container's title → the short name to print for it

    @property
    def parents(self) -> Mapping[str, str | None]:
        """Slug → slug of the category that it nests in, in the list's order: the nearest one above with a lower level."""
        around: list[Category] = []
        found: dict[str, str | None] = {}
        for category in self.categories:
            while around and around[-1].level >= category.level:
                around.pop()
            found[category.slug] = around[-1].slug if around else None
            around.append(category)
        return found

    def within(self, slug: str) -> frozenset[str]:
        """The slugs of a category and of those that nest in it. KeyError if there is no such category."""
        parents = self.parents
        parents[slug]
        inside = {slug}
        for each, parent in parents.items():
            if parent in inside:
                inside.add(each)
        return frozenset(inside)


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A registry's record that may be a listing's paper: a person must say."""

    source: str
    record: str  # the DOI, or the arXiv id
    title: str
    authors: str | None = None  # "Xi, Yunjia; Liu, Weiwen; …"
    venue: str | None = None
    year: str | None = None
    reason: str  # what speaks for it, and what against


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What a person said of a candidate."""

    record: str
    same: str  # "yes", "no"
    decided: PartialDate


@dataclass(frozen=True, slots=True, kw_only=True)
class Lock:
    """What was found out: records by citation key, and which listing each belongs to."""

    works: Mapping[str, Record] = field(default_factory=dict)
    listings: Mapping[str, str] = field(default_factory=dict)  # listing id → citation key
    questions: Mapping[str, tuple[Candidate, ...]] = field(default_factory=dict)  # listing id → what a person must decide
    said: Mapping[str, tuple[Said, ...]] = field(default_factory=dict)  # listing id → what a person decided


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What is exported: a work under its key, with the listings that name it."""

    key: str
    work: Work  # the version of record, else the preprint, else what the listing says; overrides applied
    preprint: Work | None = None  # beside a published work
    record: Record | None = None  # None: no work is known yet, and `work` was made from the listing
    listed: tuple[tuple[Category, Listing], ...]  # in the list's order, at least one
    aliases: tuple[str, ...] = ()
    written: frozenset[str] = frozenset()  # the CSL variables that a person wrote by hand

    @property
    def url(self) -> str | None:
        """The work's landing page; where a person wrote another (or null) or only the list is known, that one."""
        if "URL" in self.written:
            return self.work.url
        return (self.work.url if self.record is None else None) or self.work.landing_page

    @property
    def publisher(self) -> str | None:
        """The work's publisher; arXiv for a preprint there, unless a person wrote otherwise."""
        is_on_arxiv = self.work.type == "preprint" and self.work.arxiv_id
        return self.work.publisher or ("arXiv" if is_on_arxiv and "publisher" not in self.written else None)

    @property
    def on_arxiv(self) -> Work | None:
        """The version that is on arXiv: the work itself, or its preprint."""
        version = self.preprint or self.work
        return version if version.arxiv_id else None

    @property
    def keywords(self) -> tuple[str, ...]:
        """The titles of its categories."""
        return tuple(dict.fromkeys(category.title for category, _ in self.listed))


@dataclass(frozen=True, slots=True, kw_only=True)
class Bibliography:
    """A catalog and its lock, joined."""

    catalog: Catalog
    lock: Lock
    entries: tuple[Entry, ...]  # in the list's order
    warnings: tuple[str, ...] = ()  # one line each

    @property
    def by_category(self) -> Mapping[str, tuple[Entry, ...]]:
        """Slug → the entries listed there, in the list's order; without categories that have none, nor any nested in them."""
        own: dict[str, list[Entry]] = {}
        for entry in self.entries:
            for slug in dict.fromkeys(category.slug for category, _ in entry.listed):
                own.setdefault(slug, []).append(entry)
        slugs = [category.slug for category in self.catalog.categories]
        return {slug: tuple(own.get(slug, ())) for slug in slugs if not own.keys().isdisjoint(self.catalog.within(slug))}
