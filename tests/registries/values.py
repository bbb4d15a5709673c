"""The values that the two registries are made of, and the truth that answers are judged by."""

from __future__ import annotations

import random
import re
import unicodedata
from dataclasses import dataclass, field


def seeded(*parts):
    """A generator that gives the same numbers for the same parts, in every process."""
    return random.Random(":".join(map(str, parts)))  # noqa: S311 - repeatable, not secret


@dataclass(frozen=True)
class Person:
    """An author: family and given name, or a group's name. A mononym has only a family name."""

    family: str = ""
    given: str = ""
    suffix: str = ""
    literal: str = ""
    printed: str = ""  # how arXiv spells the name, if not "Given Family"

    def as_printed(self):
        parts = (self.given, self.family, self.suffix)
        return self.printed or self.literal or " ".join(part for part in parts if part)


@dataclass(frozen=True)
class Preprint:
    """A paper on arXiv: its latest version, and what its first version said instead."""

    id: str
    title: str
    authors: tuple[Person, ...]
    published: str  # the day of the first version
    primary_class: str = "cs.IR"
    versions: int = 1
    first_title: str = ""
    first_authors: tuple[Person, ...] = ()
    comment: str = ""
    journal_ref: str = ""
    doi: str = ""


@dataclass(frozen=True)
class Paper:
    """A paper as it really is. Its records, its near misses and its truth are made from it."""

    listing_id: str
    title: str
    authors: tuple[Person, ...]
    year: int
    list_title: str = ""
    link: str = ""
    month: int | None = None
    type: str = "proceedings-article"
    container: str = ""
    series: str = ""
    publisher: str = ""
    volume: str = ""
    issue: str = ""
    page: str = ""
    article_number: str = ""
    doi: str | None = None
    preprint: Preprint | None = None
    alias: str = ""  # a DOI that it had before
    relation: bool = False  # the publisher deposited has-preprint
    twin: bool = False  # the same authors published under the same title twice
    sort: str = ""  # the sort of listing, for papers that are made up


@dataclass(frozen=True)
class Truth:
    """What a matcher should find for a listing. No answer is never wrong."""

    listing_id: str
    doi: str | None
    arxiv_id: str | None
    published_authors: tuple[Person, ...] | None  # as the record has them; None: it has none, or there is no record
    preprint_authors: tuple[Person, ...] | None
    title_or_link_shared: bool
    title: str = ""
    full_authors: tuple[Person, ...] = ()  # where the record has initials only: the whole names
    undecidable: bool = False  # published twice: `also_fine` has the other DOI
    also_fine: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()  # the oddities of its record
    sort: str = ""


@dataclass
class World:
    """All that the two registries know."""

    works: dict[str, dict] = field(default_factory=dict)  # Crossref's records by DOI, in lower case
    preprints: dict[str, Preprint] = field(default_factory=dict)  # arXiv's by id without version
    truths: list[Truth] = field(default_factory=list)
    aliases: dict[str, str] = field(default_factory=dict)  # superseded DOI -> the DOI that holds
    near_misses: dict[str, int] = field(default_factory=dict)  # how many of each class

    def add(self, record):
        assert record["DOI"] not in self.works, record["DOI"]
        self.works[record["DOI"]] = record

    def post(self, preprint):
        assert preprint.id not in self.preprints, preprint.id
        self.preprints[preprint.id] = preprint


def fold(title):
    """A title to compare: no tags, case, accents or punctuation, but `+` and `#` count."""
    text = re.sub(r"<[^>]*>", "", title).casefold()
    if not text.isascii():
        text = "".join(sign for sign in unicodedata.normalize("NFKD", text).casefold() if not unicodedata.combining(sign))
    return " ".join(re.findall(r"[^\W_]+|[+#]", text))


def words(text):
    """The words that a search looks for; like Lucene's, it does not know `+` and `#`."""
    return re.findall(r"[^\W_]+", fold(text))


def slug(text):
    return re.sub(r"[^a-z0-9]+", "-", fold(text)).strip("-")
