"""Rules about where and when a paper was published."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from .. import ids, labels, text
from ..habits import habits
from ..model import Work
from ..newrow import address
from ..venuelabels import is_called
from ..venues import NAMES
from .rows import Remark, Row, Rows, first_posted

_PREPRINT_DOI = r"(?i)10\.(?:1101|64898)/\d{4}\.\d\d\.\d\d\.|10\.\d+/(?:arxiv\.|ssrn\.|rs\.|preprints|techrxiv|chemrxiv|osf\.io/)"
_PREPRINT_HOSTS = (
    "biorxiv.org",
    "medrxiv.org",
    "chemrxiv.org",
    "techrxiv.org",
    "ssrn.com",
    "preprints.org",
    "researchsquare.com",
)
_PROCEEDINGS = r"(?i)\bproceedings\b"
_YEAR = r"(?<!\d)(?:19|20)\d{2}(?!\d)"
_LATE = 2  # months of a year in which proceedings of the year before still appear
_ACRONYMS = {name.casefold(): name for name in NAMES}


def published_since(row: Row, rows: Rows) -> Iterator[Remark]:
    """The row names a preprint server, or nothing where other rows name a venue, and the paper is published."""
    if not row.published or not row.label.is_preprint:
        return
    old = text.present(row.listing.venue)
    if old or row.category.slug in rows.with_venues:
        yield Remark("venue", _published(row.published), _label(row, rows, row.published))


def preprint_link(row: Row, rows: Rows) -> Iterator[Remark]:  # noqa: ARG001  # as all rules
    """No link of the row leads to the publication, and the first leads to a preprint."""
    if not row.published or not _leads_to_preprint(row):
        return
    page = _page(row.published)
    theirs = ids.identify(page).known
    if page in row.addresses or any(theirs & ids.identify(each).known for each in row.addresses):
        return
    why = _published(row.published)
    yield Remark("link", why if page else f"{why}; no address of it is known", page)


def venue(row: Row, rows: Rows) -> Iterator[Remark]:
    """The label is the acronym of a venue that we know, and the paper was published at another that we know."""
    if row.published and _is_at_another_venue(row, rows):
        yield Remark("venue", _published(row.published), _label(row, rows, row.published))


def venue_year(row: Row, rows: Rows) -> Iterator[Remark]:
    """The label names the right venue in a wrong year.

    Proceedings may be dated a year before or after their conference: if their title gives its year, that one counts, else one
    year is let pass. An article in no volume yet may get a later year than its own, but no earlier one.
    """
    work, year = row.published, row.label.year
    if not work or not work.issued or not year or row.label.is_preprint or not _is_at(row, rows, work):
        return
    years = _years(work)
    if _is_journal(work):
        is_wrong = year != work.issued.year and (year < work.issued.year or bool(work.volume))
    else:
        is_wrong = year not in years if years else abs(year - work.issued.year) > 1
    if is_wrong:
        volume = f"volume {work.volume} of " if work.volume and not years else ""
        right = _year(row, work)
        label = rows.venue_label(row, row.label.name, right) if right else None
        yield Remark("venue", _published(work, volume), label)


def first_posting(row: Row, rows: Rows) -> Iterator[Remark]:
    """The date is not that of the first posting, in a list whose dates are; in others, it is before posting and publication."""
    given, posted = labels.date(row.listing.date), first_posted(row)
    if not given or not posted or not row.listing.date:
        return
    published = row.published.issued if row.published else None
    if rows.dates_are_postings:
        is_wrong = given.parts[:2] != posted.parts[: len(given.parts[:2])]
    else:
        is_wrong = published is not None and given.year < min(posted.year, published.year, row.label.year or posted.year)
    if is_wrong:
        is_publication = published is not None and given.parts[:2] == published.parts[:2]
        why = f"first posted {posted}{f', published {published}' if is_publication else ''}"
        look = habits([row.listing])
        yield Remark("date", why, look.date_of(posted, None) if look.date else None)


def _published(work: Work, volume: str = "") -> str:
    """Where and when, in words."""
    venue = work.container_title or work.venue_short
    date = str(work.issued or "")
    return f"published in {volume}{', '.join(filter(None, (venue, date)))}" if venue else f"published {date}".strip()


def _page(work: Work) -> str | None:
    """Where the publication is: its DOI, else its page."""
    if work.doi:
        return address(None, work.doi)
    return None if work.url is None or _is_preprint_address(work.url) else work.url


def _leads_to_preprint(row: Row) -> bool:
    link, preprint = row.listing.link, row.preprint
    if not link:
        return False
    doi = ids.identify(link).doi
    return _is_preprint_address(link) or bool(doi and preprint and preprint.doi and doi.lower() == preprint.doi.lower())


def _is_preprint_address(link: str) -> bool:
    known = ids.identify(link)
    if known.arxiv or re.match(_PREPRINT_DOI, known.doi or ""):
        return True
    try:
        host = (urlsplit(link).hostname or "").lower()
    except ValueError:  # such as "http://["
        return False
    return any(host == each or host.endswith(f".{each}") for each in _PREPRINT_HOSTS)


def _label(row: Row, rows: Rows, work: Work) -> str | None:
    """The venue label that the row should have, if the venue's short name and its year are certain."""
    name, year = rows.short_name(work), _year(row, work)
    return rows.venue_label(row, name, year) if name and year else None


def _year(row: Row, work: Work) -> int | None:
    """The year that people say with the venue, where it is certain."""
    years = _years(work)
    if len(years) == 1:
        return years.pop()
    issued = work.issued
    is_checked = row.is_curated and "issued" not in work.sources
    return issued.year if issued and (_is_journal(work) or is_checked or (issued.month or 0) > _LATE) else None


def _years(work: Work) -> set[int]:
    """The years in the title of proceedings: that of the conference."""
    return set() if _is_journal(work) else {int(year) for year in re.findall(_YEAR, work.container_title or "")}


def _is_journal(work: Work) -> bool:
    """Whether its volumes are dated by years, and not by conferences, as those of AAAI are."""
    return work.type == "article-journal" and not re.search(_PROCEEDINGS, work.container_title or "")


def _is_at_another_venue(row: Row, rows: Rows) -> bool:
    here = _ACRONYMS.get(row.label.name.casefold())
    there = rows.short_name(row.published) if row.published else None
    return here is not None and there in NAMES and here != there


def _is_at(row: Row, rows: Rows, work: Work) -> bool:
    """Whether the label's venue is the work's."""
    name = row.label.name.casefold()
    if _is_at_another_venue(row, rows):
        return False
    names = (each.casefold() for each in (rows.short_name(work), work.venue_short) if each)
    return name in names or bool(work.container_title and is_called(work.container_title, row.label.name))
