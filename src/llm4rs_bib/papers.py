"""What is known of a catalog's papers before anything is asked."""

from __future__ import annotations

import re
from collections.abc import Iterator

from . import ids, labels, text
from .labels import Venue
from .lookup import Paper
from .model import CURATED, IMPORTED, Entry, Listing, Lock, Name, Override, Record, Work
from .overrides import read_override

# Columns whose cells may hold the paper's own identifiers.
_OWN_LINKS = r"(?i)\b(?:doi|arxiv|preprint|paper|pdf|publication|published)\b"


def paper_of(entry: Entry, lock: Lock, rebuild: bool = False) -> Paper:
    """The entry as its look-up begins. A person's override comes before what was checked, that before the list's words.

    What a file said is compared like the list's words: its authors, and its identifiers as if the list linked to them.
    `rebuild`: what an earlier look-up found does not count.
    """
    listings = [listing for _, listing in entry.listed]
    checked = entry.record if entry.record and entry.record.evidence.source == CURATED else None
    of_file = list(_of_file(entry.record, rebuild)) if entry.record else []
    known = [each for listing in listings for each in _identifiers(listing)]
    known += [ids.Ids(doi=work.doi, arxiv=work.arxiv_id) for work in of_file]
    works = [checked.work] if checked else of_file
    venues = _checked_venues(checked)
    label = labels.venue(next((listing.venue for listing in listings if text.present(listing.venue)), None))
    return Paper(
        titles=tuple(dict.fromkeys(_titles(listings, checked))),
        authors=_authors(listings) or next((work.authors for work in works if work.authors), ()),
        since=next((date for listing in listings if (date := labels.date(listing.date))), None),
        venue=Venue(venues[0], None) if venues else label,
        checked_venues=venues,
        model=next((model for listing in listings if (model := text.present(listing.model))), ""),
        arxiv_ids=tuple(dict.fromkeys(each.arxiv for each in known if each.arxiv)),
        dois=tuple(dict.fromkeys(doi for each in known if (doi := _doi(each)))),
        earlier=tuple(_earlier(checked if rebuild else entry.record)),
        numbers=frozenset(number for each in known for number in (each.ieee, each.aaai) if number),
        answered={said.record.lower(): said.same == "yes" for listing in listings for said in lock.said.get(listing.id, ())},
    )


def _earlier(record: Record | None) -> Iterator[str]:
    """What need not be searched for again; what was found while a source was silent must be found again, for its own reasons."""
    findings = record.evidence.found if record else ()
    preliminary = {finding.record.lower() for finding in findings if finding.is_preliminary}
    for work in _works(record):
        yield from (each for each in (work.arxiv_id, work.doi) if each and each.lower() not in preliminary)


def _of_file(record: Record, rebuild: bool) -> Iterator[Work]:
    """The works that only an imported file speaks of; to rebuild a record, all that it may have spoken of."""
    found = {finding.record.lower() for finding in record.evidence.found}
    for work in _works(record) if record.evidence.source == IMPORTED else ():
        if rebuild or found.isdisjoint(each.lower() for each in (work.doi, work.arxiv_id) if each):
            yield work


def _works(record: Record | None) -> list[Work]:
    return [work for work in (record.published, record.preprint) if work] if record else []


def _override(listings: list[Listing], variable: str) -> Override:
    """What a person wrote; where two listings of one paper disagree, the first in the list counts."""
    return next((listing.override[variable] for listing in listings if variable in listing.override), None)


def _titles(listings: list[Listing], checked: Record | None) -> Iterator[str]:
    if isinstance(written := _override(listings, "title"), str):
        yield text.title(written)
    for work in _works(checked):
        yield from (work.title, *work.other_titles)
    for listing in listings:
        yield text.title(text.unmangled(listing.title))


def _authors(listings: list[Listing]) -> tuple[Name, ...]:
    names = read_override("author", written) if isinstance(written := _override(listings, "author"), tuple) else ()
    return names if isinstance(names, tuple) else ()


def _checked_venues(checked: Record | None) -> tuple[str, ...]:
    """What the venue of a checked publication is called, in short and in full."""
    published = checked.published if checked else None
    return tuple(filter(None, (published.venue_short, published.container_title))) if published else ()


def _identifiers(listing: Listing) -> Iterator[ids.Ids]:
    """Of the listing's link, of what a person wrote over it, and of columns of its own for identifiers."""
    yield ids.identify(listing.link)
    for variable in ("DOI", "URL"):
        if isinstance(written := listing.override.get(variable), str):
            yield ids.identify(written)
    for heading, cell in listing.columns.items():
        if re.search(_OWN_LINKS, heading):
            yield from (ids.identify(address) for address in [link for _, link in labels.links(cell)] or [cell])


def _doi(known: ids.Ids) -> str | None:
    """The DOI in a link; of a paper in the ACL Anthology the one that the Anthology registers."""
    return known.doi or (f"10.18653/v1/{known.acl}" if known.acl else None)
