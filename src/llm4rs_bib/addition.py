"""A paper that a person names → a new listing and its work: looked up, and compared with what is listed."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import NamedTuple

from . import ids, labels, text
from .enrich import Outcome, apply, candidates, name_of, with_answer
from .entries import from_listing, join, listing_ids, record_ids
from .inquiry import Inquiry, LeftOutError
from .likeness import equal, overlap, words
from .lookup import Found, Paper
from .match import DESCRIPTIVE, SHARED
from .merge import merge
from .model import Bibliography, Candidate, Category, Entry, Listing, Lock, Name, PartialDate, Record, Said
from .newrow import address, neighbour, new_row
from .papers import paper_of
from .venuelabels import venue_agrees

_ADDRESS = r"(?i)https?://"
_SEVERAL_WORDS = r"\w\S*\s+\S*\w|[^\W\d_a-zA-Z]{2}"  # or a script that does not part them
_WRAPPED = r"[<(\[](.*)[>)\]]"
_AROUND_AN_ID = r"(?i)\Aarxiv preprint (?=arxiv:)|\s*\[[a-z-]+(?:\.[a-z-]+)?\]\Z"
_LISTED = "listed already"
_BY_TITLE = f"{_LISTED} under this title"
_NAMED = 3  # of a candidate's authors


@dataclass(frozen=True, kw_only=True)
class Wish:
    """What a person asks for."""

    given: str  # a DOI, an arXiv id, an address or a title
    category: Category
    said: Listing  # the fields that the person gave; its id and title may be empty
    today: PartialDate
    also: bool = False  # although another category lists the paper


@dataclass(frozen=True, kw_only=True)
class Addition:
    """The new listing, and everything with it."""

    listing: Listing
    after: str | None  # the id of the listing that it comes behind; None: it comes first
    record: Record
    answered: Lock  # the lock as it was, with the person's answer where the listing alone does not lead to the paper
    outcome: Outcome  # with the lock as it is now
    bibliography: Bibliography


def bare(given: str) -> str:
    """An identifier or address without what stands around it in a text: `<https://…>.`, `arXiv:2306.10933 [cs.IR]`."""
    given = text.clean(given)
    found = given.rstrip(".,;")
    if match := re.fullmatch(_WRAPPED, found):
        found = match[1]
    found = re.sub(_AROUND_AN_ID, "", found)
    return found if ids.identify(found).known or re.match(_ADDRESS, found) else given


def names_paper(given: str) -> bool:
    """Whether it can be looked up: an identifier, an address, or a title of more than one word."""
    return bool(ids.identify(given).known or re.match(_ADDRESS, given) or re.search(_SEVERAL_WORDS, given))


def add(wish: Wish, bibliography: Bibliography, inquiry: Inquiry) -> Addition:
    """The listing of the paper that is meant. LeftOutError for one that is listed, not known, or not told from others."""
    draft = _draft(wish)
    is_title = bool(draft.title)
    _refuse_listed(wish, bibliography, _Sought(draft.link, listing_ids(draft), (draft.title,) if is_title else ()))
    given = None
    if not is_title:
        record = inquiry.record(_with_identifiers(draft, wish.category))
        draft, given = replace(draft, title=text.plain(record.work.title)), record.id
    found = inquiry.find(_paper(draft, wish.category))
    merged = merge(None, found)
    if merged is None:
        return add(replace(wish, given=_the_only(wish, found)), bibliography, inquiry)
    identifiers = listing_ids(draft) | record_ids(merged.record)
    _refuse_listed(wish, bibliography, _Sought(draft.link, identifiers, _titles(merged.record), merged.record.work.authors))
    said = replace(wish.said, link=wish.said.link or (draft.link if re.match(_ADDRESS, text.clean(wish.given)) else None))
    row = new_row(bibliography, wish.category, said, merged.record, is_settled=not found.question)
    return _added(wish, bibliography, inquiry, row, _Meant(_records(found), given, draft.title))


def _draft(wish: Wish) -> Listing:
    """What is known before anything is asked: the link that an identifier makes, or the title."""
    given = text.clean(wish.given)
    known = ids.identify(given)
    if re.match(_ADDRESS, given):
        return replace(wish.said, title="", link=given)
    if known.known:
        return replace(wish.said, title="", link=address(known.arxiv, known.doi))
    return replace(wish.said, title=given)


def _paper(listing: Listing, category: Category) -> Paper:
    return paper_of(Entry(key="", work=from_listing(listing), listed=((category, listing),)), Lock())


def _with_identifiers(listing: Listing, category: Category) -> Paper:
    paper = _paper(listing, category)
    if not (paper.arxiv_ids or paper.dois):
        raise LeftOutError("this address has no DOI or arXiv id; give one, or the title and the address as --link")
    return paper


def _the_only(wish: Wish, found: Found) -> str:
    """The id of the only record of a title that is hardly given twice. LeftOutError names what there is."""
    if not found.question:
        raise LeftOutError("neither arXiv nor Crossref has a paper of this title; give its DOI or arXiv id")
    [first, *others] = (each.record for each in found.question)
    given = words(wish.given)
    is_equal = len(given) >= DESCRIPTIVE and given in map(words, first.titles)  # of joined words a search misses others
    is_elsewhere = venue_agrees(labels.venue(wish.said.venue), first) is False
    if is_equal and not (others or is_elsewhere or first.notes):
        return first.id
    shown = (f"{number}. {_described(each)}" for number, each in enumerate(candidates(found), start=1))
    raise LeftOutError("which paper is meant? Give the DOI or arXiv id of the right one:", *shown)


def _described(candidate: Candidate) -> str:
    """A candidate in one line."""
    names = (candidate.authors or "").split("; ")
    people = "; ".join(names[:_NAMED]) + (f" and {len(names) - _NAMED} more" if len(names) > _NAMED else "")
    place = ", ".join(filter(None, (candidate.venue, candidate.year)))
    said = ". ".join(filter(None, (candidate.title, people, place)))
    return f"{candidate.source} {candidate.record}: {said} ({candidate.reason})"


# What is listed already


class _Sought(NamedTuple):
    """By what a listing of the paper is known."""

    link: str | None
    identifiers: frozenset[tuple[str, str]]
    titles: tuple[str, ...]
    authors: tuple[Name, ...] = ()


def _refuse_listed(wish: Wish, bibliography: Bibliography, sought: _Sought) -> None:
    """LeftOutError if the paper is listed here, or in another category and that is not wanted."""
    found = [(entry, how) for entry in bibliography.entries if (how := _sameness(entry, sought))]
    listed = [(entry, how, *place) for entry, how in found for place in entry.listed]
    here = [each for each in listed if each[2].slug == wish.category.slug]
    if not listed or (wish.also and not here):
        return
    entry, how, category, listing = (here or listed)[0]
    advice = "" if here else f", in {category.slug}; with --also it is listed in {wish.category.slug} too"
    if how == _BY_TITLE and not sought.authors:
        advice += "; if another paper is meant, give its DOI or arXiv id"
    elif how == _BY_TITLE and not entry.work.authors:
        advice += f"; if it may be another paper: llm4rs-bib enrich --only {listing.id}"
    raise LeftOutError(f"{how}: {listing.id} ({listing.where}){advice}")


def _sameness(entry: Entry, sought: _Sought) -> str | None:
    """What the entry and the paper have in common, in words; None if that is too little."""
    rows = [listing for _, listing in entry.listed]
    known = frozenset().union(*map(listing_ids, rows), record_ids(entry.record) if entry.record else ())
    if not sought.identifiers.isdisjoint(known) or any(row.link == sought.link for row in rows if row.link):
        return _LISTED
    titles = [*(text.unmangled(row.title) for row in rows), *(_titles(entry.record) if entry.record else ())]
    if not any(equal(one, other) for one in titles for other in sought.titles):
        return None
    mine, theirs = entry.work.authors, sought.authors
    return _BY_TITLE if not (mine and theirs) or overlap(mine, theirs).of_shorter >= SHARED else None


def _titles(record: Record) -> tuple[str, ...]:
    works = [work for work in (record.published, record.preprint) if work]
    return tuple(title for work in works for title in (work.title, *work.other_titles))


# Into the catalog


class _Meant(NamedTuple):
    """What the listing must lead to."""

    records: frozenset[str]
    given: str | None  # the record that the person named
    title: str  # by which they were found


def _added(wish: Wish, bibliography: Bibliography, inquiry: Inquiry, row: Listing, meant: _Meant) -> Addition:
    """The listing in its category, with what a look-up of it finds; if that is less than was meant, the person's word is kept."""
    lock = bibliography.lock
    placed, found = _found_again(wish, bibliography, inquiry, row)
    if not meant.records <= _records(found):
        if meant.given:  # renamed, say: the published title and DOI do not lead to the preprint
            lock = with_answer(lock, row.id, Said(record=meant.given, same="yes", decided=wish.today))
        else:
            row = replace(row, title=meant.title)
        placed, found = _found_again(wish, replace(bibliography, lock=lock), inquiry, row)
    outcome = apply(placed, {name_of(_entry(placed, row)): found})
    if row.id not in outcome.lock.listings:
        raise LeftOutError(f"what the row would say does not lead to {', '.join(sorted(meant.records))}; give one of these")
    return Addition(
        listing=row,
        after=neighbour(wish.category, labels.date(row.date)),
        record=outcome.lock.works[outcome.lock.listings[row.id]],
        answered=lock,
        outcome=outcome,
        bibliography=join(placed.catalog, outcome.lock),
    )


def _found_again(wish: Wish, bibliography: Bibliography, inquiry: Inquiry, row: Listing) -> tuple[Bibliography, Found]:
    """The bibliography with the row, and what a look-up of it finds."""
    catalog, after = bibliography.catalog, neighbour(wish.category, labels.date(row.date))
    rows = list(wish.category.listings)
    rows.insert(next((place for place, each in enumerate(rows, start=1) if each.id == after), 0), row)
    category = replace(wish.category, listings=tuple(rows))
    categories = tuple(category if each.slug == category.slug else each for each in catalog.categories)
    placed = join(replace(catalog, categories=categories), bibliography.lock)
    return placed, inquiry.find(paper_of(_entry(placed, row), bibliography.lock))


def _entry(bibliography: Bibliography, row: Listing) -> Entry:
    return next(entry for entry in bibliography.entries if any(listing.id == row.id for _, listing in entry.listed))


def _records(found: Found) -> frozenset[str]:
    return frozenset(match.record.id.lower() for match in (found.published, found.preprint) if match)
