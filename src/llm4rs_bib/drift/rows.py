"""A list's rows beside what the lock knows of their papers, and what the rows have in common."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain
from typing import NamedTuple

from .. import ids, labels, text
from ..habits import Habits, habits
from ..labels import Venue
from ..likeness import equal, words
from ..model import CURATED, IMPORTED, Bibliography, Catalog, Category, Entry, Listing, PartialDate, Work
from ..venues import short_name

Identifier = tuple[str, str]  # (kind, id), as `Ids.known` has it

# Kinds of works that are a paper's publication: a thesis or a report may be an earlier form of it.
_PUBLICATIONS = ("article-journal", "paper-conference", "chapter", "book")
_SERVERS = r"(?i)\b(?:arxiv|corr|biorxiv|medrxiv|chemrxiv|techrxiv|ssrn|preprints?)\b"
_OWN_NAME = r"(\S{2,40}?)\s?:\s"
_LIKE_A_NAME = r"[A-Z].*[A-Z]|[a-z][A-Z]|\d"


class Remark(NamedTuple):
    """What a rule says of a row."""

    field: str  # of the listing, or the heading of one of its `columns`
    why: str
    new: str | None = None  # what the field should say, where that is certain


@dataclass(frozen=True, slots=True)
class Row:
    """A row, and the works of its paper as far as they are known for sure; what a person overrode counts."""

    category: Category
    listing: Listing
    entry: Entry

    def _is_sure(self, work: Work | None) -> bool:
        """Whether a work of the record was checked or looked up: what only another program's file says is not sure."""
        record = self.entry.record
        if record is None or work is None:
            return False
        found = {each.record.lower() for each in record.evidence.found}
        return record.evidence.source != IMPORTED or any(each and each.lower() in found for each in (work.doi, work.arxiv_id))

    @property
    def is_curated(self) -> bool:
        """Whether a person checked the paper."""
        return self.entry.record is not None and self.entry.record.evidence.source == CURATED

    @property
    def published(self) -> Work | None:
        """The version of record, if its type and its venue are a publication's."""
        work, record = self.entry.work, self.entry.record
        if record is None or not self._is_sure(record.published) or work.type not in _PUBLICATIONS:
            return None
        is_posted = re.search(_SERVERS, work.container_title or "") or ids.arxiv_of_doi(work.doi or "")
        return None if is_posted else work

    @property
    def preprint(self) -> Work | None:
        """The preprint, be it beside a publication or alone."""
        work, record = self.entry.preprint or self.entry.work, self.entry.record
        return work if record and self._is_sure(record.preprint) and work.type == "preprint" else None

    @property
    def title(self) -> str | None:
        """The paper's present title: that of the version of record, else of the newest preprint."""
        return self.entry.work.title if self.entry.record and self._is_sure(self.entry.record.work) else None

    @property
    def former_titles(self) -> tuple[str, ...]:
        """What the paper was called before, or is on arXiv."""
        works = [work for work in (self.entry.work, self.entry.preprint) if work]
        return tuple(title for work in works for title in (work.title, *work.other_titles) if title != self.title)

    @property
    def label(self) -> Venue:
        """What the row says of the venue."""
        return labels.venue(text.present(self.listing.venue))

    @property
    def addresses(self) -> tuple[str, ...]:
        """All addresses in the row, those of its code too; of cells without any, the words: a bare DOI, say."""
        cells = (self.listing.code, self.listing.text, *self.listing.columns.values())
        found = ([address for _, address in labels.links(cell)] or [cell] for cell in cells if cell)
        return (*filter(None, [self.listing.link]), *chain.from_iterable(found))


@dataclass(frozen=True)
class Rows:
    """All rows, in the list's order, and what a rule must know of the others."""

    rows: tuple[Row, ...]
    catalog: Catalog
    unknown: Mapping[Identifier, str] = field(default_factory=dict)  # what registries do not know → which of them
    notes: Mapping[Identifier, tuple[str, ...]] = field(default_factory=dict)  # what they note about a record: "withdrawn: …"

    @classmethod
    def of(cls, bibliography: Bibliography) -> Rows:
        """The rows of a catalog."""
        entries = {listing.id: entry for entry in bibliography.entries for _, listing in entry.listed}
        catalog = bibliography.catalog
        rows = (Row(category, listing, entries[listing.id]) for category in catalog.categories for listing in category.listings)
        return cls(tuple(rows), catalog)

    @cached_property
    def _looks(self) -> Mapping[str, Habits]:
        """Slug → how the category's rows are written, or all rows where its own show no form."""
        everywhere = [row.listing for row in self.rows]
        looks = {category.slug: habits(category.listings) for category in self.catalog.categories}
        return {slug: look if look.venue else habits(everywhere) for slug, look in looks.items()}

    def venue_label(self, row: Row, name: str, year: int) -> str | None:
        """A venue's label in the row's own form, else in that of its neighbours; None where none shows a form."""
        look = habits([row.listing])
        look = look if look.venue else self._looks[row.category.slug]
        return look.venue_of(name, year) if look.venue else None

    def within(self, categories: Collection[str]) -> tuple[Row, ...]:
        """The rows of these categories and of what nests in them; all, where none are named."""
        inside = frozenset().union(*(self.catalog.within(slug) for slug in categories))
        return tuple(row for row in self.rows if not categories or row.category.slug in inside)

    @cached_property
    def with_venues(self) -> frozenset[str]:
        """The slugs of the categories in which some row names a venue."""
        return frozenset(row.category.slug for row in self.rows if text.present(row.listing.venue))

    @cached_property
    def dates_are_postings(self) -> bool:
        """Whether most of the rows that can be compared are dated with the month in which the preprint was first posted."""
        agree = [given.parts == posted.parts[:2] for row in self.rows if (given := month(row)) and (posted := first_posted(row))]
        return 2 * sum(agree) > len(agree)

    @cached_property
    def models_are_names(self) -> bool:
        """Whether most of the rows that can be compared name as model what stands before the colon of their title."""
        pairs = [(model, name) for row in self.rows if (model := model_of(row)) and (name := own_name(row.listing.title))]
        return 2 * sum(equal(model, name) for model, name in pairs) > len(pairs)

    @cached_property
    def words_in_titles(self) -> Counter[str]:
        """In how many titles a word stands that is not their own name."""
        return Counter(word for row in self.rows if row.title for word in set(words(row.title.partition(": ")[2] or row.title)))

    @cached_property
    def _sections(self) -> Mapping[str, str]:
        """Slug → slug of the first block under the same heading."""
        found: dict[str, str] = {}
        section = ""
        for category in self.catalog.categories:
            section = section if category.heading_markdown == "" and section else category.slug
            found[category.slug] = section
        return found

    @cached_property
    def _first(self) -> Mapping[object, Row]:
        """What rows may share → the first that has it."""
        found: dict[object, Row] = {}
        for row in self.rows:
            for fact in (*self._facts(row, "paper"), *self._facts(row, "link"), *self._facts(row, "title")):
                found.setdefault(fact, row)
        return found

    def _facts(self, row: Row, kind: str) -> list[object]:
        section = self._sections[row.category.slug]
        if kind == "paper":
            return [(section, row.entry.key)]
        if kind == "link":
            return [*sorted(ids.identify(row.listing.link).known)]
        return [(section, "title", text.fold(text.unmangled(row.listing.title)))]

    def earlier(self, row: Row, kind: str) -> Row | None:
        """The first row with the same link, or in the same section with the same paper or title; None if it is the row itself."""
        found = (self._first[fact] for fact in self._facts(row, kind))
        return next((other for other in found if other is not row), None)

    def short_name(self, work: Work) -> str | None:
        """What people call the work's venue; the person's own table comes first, then ours."""
        return (work.container_title and short_name(work.container_title, self.catalog.venues)) or work.venue_short


def own_name(title: str | None) -> str | None:
    """What a title calls its subject before the colon, if it looks like a name.

    >>> own_name("LLM-ESR: Large Language Models Enhancement"), own_name("Survey: A View"), own_name("A Name: Not One")
    ('LLM-ESR', None, None)
    """
    match = re.match(_OWN_NAME, text.plain(title or ""))
    return match[1] if match and re.search(_LIKE_A_NAME, match[1]) else None


def model_of(row: Row) -> str | None:
    """The model that the row names, if that is one word."""
    model = text.present(row.listing.model)
    return model if model and re.fullmatch(r"[^\s/,;&]{2,}", model) else None


def month(row: Row) -> PartialDate | None:
    """The year and the month in which the row is dated, if it says a month."""
    date = labels.date(row.listing.date)
    return PartialDate(date.year, date.month) if date and date.month else None


def first_posted(row: Row) -> PartialDate | None:
    """When the preprint was first posted, if that is known to the month and nothing was published before."""
    posted = row.preprint.issued if row.preprint else None
    published = row.published.issued if row.published else None
    if posted is None or posted.month is None:
        return None
    return None if published and published.parts < posted.parts[: len(published.parts)] else posted
