"""What a look-up found, as a record, and into the record that is there."""

from __future__ import annotations

from dataclasses import replace

import pytest
from fakes import DAY, RECSYS, people, posted, published

from llm4rs_bib.lookup import Found, Match
from llm4rs_bib.match import OTHER, SAME, Judgement
from llm4rs_bib.merge import Merged, candidate_of, merge
from llm4rs_bib.model import Candidate, Evidence, Finding, Name, PartialDate, Record, Work
from llm4rs_bib.sources import arxiv, crossref

TITLE, ID, DOI = "Towards Open Worlds", "2306.10933", "10.1145/3640457.3688104"
XI, LATER = ("Ann Xi", "Bo Liu"), PartialDate(2027)
XI_AND_LIU = people(*XI)
POSTED, PRINTED = posted(ID, TITLE, XI, "2023-06-19"), published(DOI, TITLE, XI, page="12-22")


def match(record, rule="title equal, 2 of 2 authors", retrieved=DAY, rejected=(), authors="2 of 2"):
    ask = (crossref.by_doi if record.source == "crossref" else arxiv.by_id)(record.id)
    judgement = Judgement(record=record, verdict=SAME, reason=rule, title="equal", authors=authors)
    return Match(judgement=judgement, ask=ask, retrieved=retrieved, rejected=rejected)


def found(published=None, preprint=None, **how):
    matches = [each and match(each, **how) for each in (published, preprint)]
    return Found(published=matches[0], preprint=matches[1], question=(), unreachable=frozenset())


def finding(record, **fields):
    ask = "doi" if record.source == "crossref" else "id"
    given = {"rule": "title equal, 2 of 2 authors", "title": "equal", "authors": "2 of 2", "retrieved": DAY, **fields}
    return Finding(source=record.source, record=record.id, asked=f"{ask} {record.id}", **given)


def machine(published=None, preprint=None, *findings):
    return Record(published=published, preprint=preprint, evidence=Evidence(source="registries", found=findings))


def checked(published=None, preprint=None, *findings):
    evidence = Evidence(source="curated", checked=DAY, seen_in=("the title page",), found=findings)
    return Record(published=published, preprint=preprint, evidence=evidence, aliases=("old",))


FULL = machine(PRINTED.work, POSTED.work, finding(PRINTED), finding(POSTED))


def test_nothing_found_of_nothing_known_is_nothing():
    assert merge(None, found()) is None
    assert [merge(each, found()) for each in (FULL, checked(PRINTED.work))] == [Merged(FULL), Merged(checked(PRINTED.work))]


def test_a_new_record_says_why_it_is_believed():
    assert merge(None, found(PRINTED, POSTED)) == Merged(FULL)


def test_what_was_turned_down_is_kept_where_it_looked_like_the_paper():
    def turned_down(doi, title, by_link=False):
        record = published(doi, "T", XI)
        return Judgement(record=record, verdict=OTHER, reason="r", title=title, authors="", by_link=by_link)

    rejected = (
        turned_down("10.1000/a", "0.40"),
        turned_down("10.1000/b", "0.40", by_link=True),
        turned_down("10.1000/c", "equal"),
    )
    [kept] = merge(None, found(PRINTED, rejected=rejected)).record.evidence.found
    assert kept == finding(PRINTED, rejected=("10.1000/b: r", "10.1000/c: r"))


# Two witnesses of one work.


def joined(doi=DOI, title=TITLE, authors=XI_AND_LIU, posted_title=TITLE, posted_authors=XI_AND_LIU):
    """The record of a publication and a preprint that spell something in two ways."""
    first = replace(PRINTED, work=replace(PRINTED.work, doi=doi, title=title, authors=authors))
    second = replace(POSTED, work=replace(POSTED.work, title=posted_title, authors=posted_authors))
    record = merge(None, found(first, second)).record
    return record.published, record.preprint


def names(*texts):
    return tuple(map(Name.parse, texts))


def test_capitals_of_a_title_come_from_the_preprint():
    work, _ = joined(title="TOWARDS OPEN WORLDS", posted_title="Towards open Worlds")
    assert (work.title, work.other_titles, work.sources) == ("Towards open Worlds", ("TOWARDS OPEN WORLDS",), {"title": "arxiv"})
    for title, posted_title in [("TOWARDS OPEN WORLDS", "Elsewhere"), ("TOWARDS X", "TOWARDS X"), ("Towards X", "TOWARDS X")]:
        work, _ = joined(title=title, posted_title=posted_title)
        assert (work.title, work.other_titles, work.sources) == (title, (), {})


@pytest.mark.parametrize(
    ("printed", "posted", "names_printed", "names_posted"),
    [
        (["XI, YUNJIA", "Liu, Bo"], ["Xi, Yunjia", "Liu, Bo"], ["Xi, Yunjia", "Liu, Bo"], ["Xi, Yunjia", "Liu, Bo"]),
        (["XI, ANN", "Liu, Bo"], ["Xi, Ann", "Liu, Bo"], ["Xi, Ann", "Liu, Bo"], ["Xi, Ann", "Liu, Bo"]),
        (["Toushik Wasi, Azmine"], ["Wasi, Azmine Toushik"], ["Toushik Wasi, Azmine"], ["Toushik Wasi, Azmine"]),
        (["Xi, A."], ["Xi, Ann"], ["Xi, A."], ["Xi, Ann"]),
        (["Liu, Bo", "Xi, Ann"], ["Xi, Ann", "Liu, Bo"], ["Liu, Bo", "Xi, Ann"], ["Xi, Ann", "Liu, Bo"]),
    ],
)
def test_capitals_of_names_come_from_the_preprint_and_their_split_from_the_publication(
    printed, posted, names_printed, names_posted
):
    work, preprint = joined(authors=names(*printed), posted_authors=names(*posted))
    assert (work.authors, preprint.authors, work.sources) == (names(*names_printed), names(*names_posted), {})


def test_authors_that_a_publication_lacks_come_from_arxiv():
    work, _ = joined(authors=())
    assert (work.authors, work.sources) == (people(*XI), {"authors": "arxiv"})
    assert merge(None, found(replace(PRINTED, work=replace(PRINTED.work, authors=())))).record.published.authors == ()


@pytest.mark.parametrize(
    ("doi", "posted", "taken"),
    [
        ("10.52202/079017-0001", ("Ann Xi", "Bo Liu"), True),
        ("10.52202/079017-0001", ("Bo Liu", "Ann Xi"), False),
        ("10.52202/079017-0001", ("Ann Xi", "Bo Liu", "Cem Lin"), False),
        (DOI, ("Ann Xi", "Bo Liu"), False),
    ],
)
def test_the_order_of_authors_that_a_printer_sorted_comes_from_arxiv(doi, posted, taken):
    work, _ = joined(doi=doi, authors=people("Bo Liu", "Ann Xi"), posted_authors=people(*posted))
    assert (work.authors, work.sources) == (
        (people(*posted), {"authors": "arxiv"}) if taken else (people("Bo Liu", "Ann Xi"), {})
    )


# What a look-up found before.


@pytest.mark.parametrize("rule", ["found before, title equal", "title equal, 2 of 2 authors"])
def test_nothing_new_leaves_the_record_as_it_is(rule):
    assert merge(FULL, found(PRINTED, POSTED, rule=rule, retrieved=LATER)) == Merged(FULL)


def test_another_reason_for_the_same_record_is_no_news_but_a_retraction_is():
    assert merge(FULL, found(PRINTED, POSTED, rule="the list's link, title equal", retrieved=LATER)) == Merged(FULL)
    retracted = replace(PRINTED, notes=("retraction 2027: 10.1000/n",))
    again = merge(FULL, found(retracted, POSTED, rule="found before, title equal", retrieved=LATER)).record
    assert again == machine(PRINTED.work, POSTED.work, finding(PRINTED, notes=retracted.notes), finding(POSTED))


def test_what_is_not_found_again_stays_unless_the_record_is_rebuilt():
    assert merge(FULL, found(PRINTED)) == Merged(FULL)
    assert merge(FULL, found(None, POSTED)) == Merged(FULL)
    assert merge(FULL, found(PRINTED), rebuild=True).record == machine(PRINTED.work, None, finding(PRINTED))
    assert merge(FULL, found(None, POSTED), rebuild=True).record == machine(None, POSTED.work, finding(POSTED))


def test_aliases_stay():
    old = replace(FULL, aliases=("old",))
    assert [merge(old, found(PRINTED, POSTED), rebuild).record for rebuild in (False, True)] == [old, old]


def test_changes_are_said_as_people_read_them():
    volume = replace(PRINTED, work=replace(PRINTED.work, title="Towards Closed Worlds", authors=people("Ann Xi"), pages=None))
    by_poe = replace(POSTED, work=replace(POSTED.work, authors=people("Dan Poe", "Ann Xi")))
    only_posted, only_printed = machine(None, POSTED.work, finding(POSTED)), machine(PRINTED.work, None, finding(PRINTED))
    assert [merge(old, new).changes for old, new in [
        (None, found(PRINTED)),
        (only_posted, found(PRINTED, POSTED)),
        (only_printed, found(PRINTED, POSTED)),
        (FULL, found(volume, by_poe)),
    ]] == [
        (),
        (f"preprint → published ({RECSYS}, {DOI})",),
        (f"preprint 10.48550/arXiv.{ID}",),
        (
            f"published title: {TITLE} → Towards Closed Worlds",
            "published authors: Xi, Ann; Liu, Bo → Xi, Ann",
            "published pages: 12-22 → nothing",
            "preprint authors: Xi, Ann; Liu, Bo → Poe, Dan; Xi, Ann",
        ),
    ]  # fmt: skip


def test_what_a_rebuilt_record_lost_is_said():
    assert merge(FULL, found(PRINTED), rebuild=True).changes != ()


def test_a_preprint_of_another_server_is_not_said_to_be_on_arxiv():
    on_ssrn = published("10.2139/ssrn.1", TITLE, XI, kind="posted-content", container=None)
    [change] = merge(machine(PRINTED.work, None, finding(PRINTED)), found(PRINTED, on_ssrn)).changes
    assert "10.2139/ssrn.1" in change
    assert "arXiv" not in change


def test_the_source_of_authors_is_the_preprint_s():
    on_ssrn = published("10.2139/ssrn.1", TITLE, XI, kind="posted-content", container=None)
    record = merge(None, found(replace(PRINTED, work=replace(PRINTED.work, authors=())), on_ssrn)).record
    assert record.published.sources == {"authors": "crossref"}


# What a person checked.

BY_HAND = Work(
    type="paper-conference", title="Towards Open Worlds", container_title=f"{RECSYS} (RecSys '24)", issued=PartialDate(2024, 10)
)


@pytest.mark.parametrize("rebuild", [False, True])
def test_a_checked_work_is_completed_field_by_field(rebuild):
    merged = merge(checked(BY_HAND), found(PRINTED), rebuild)
    taken = {"authors": people(*XI), "pages": "12-22", "doi": DOI}
    work = replace(BY_HAND, **taken, sources=dict.fromkeys(taken, "crossref"))
    assert merged.record == checked(work, None, finding(PRINTED))
    assert merged.differences == ()
    was_nothing = [("authors", "Xi, Ann; Liu, Bo"), ("pages", "12-22"), ("doi", DOI)]
    assert merged.changes == tuple(f"published {name}: nothing → {now}" for name, now in was_nothing)
    assert merge(merged.record, found(PRINTED, rule="found before, title equal", retrieved=LATER)) == Merged(merged.record)


def test_a_work_that_nobody_checked_stands_beside_the_checked_one():
    record = merge(checked(PRINTED.work), found(PRINTED, POSTED)).record
    fields = ("title", "authors", "issued", "arxiv_id", "arxiv_class")
    preprint = replace(POSTED.work, sources={**dict.fromkeys(fields, "arxiv"), "doi": "derived"})
    assert record == checked(PRINTED.work, preprint, finding(PRINTED), finding(POSTED))


def test_pages_are_not_put_beside_an_article_number():
    work = replace(BY_HAND, article_number="7", authors=people(*XI), doi=DOI)
    assert merge(checked(work), found(PRINTED)).record.published == work


@pytest.mark.parametrize(
    ("by_hand", "registry", "differences"),
    [
        ({"title": "Towards Closed Worlds"}, {}, [f"title {TITLE}; checked and kept: Towards Closed Worlds"]),
        ({"title": "X", "other_titles": (TITLE,)}, {}, []),
        ({"title": "TOWARDS open-worlds!"}, {}, []),
        ({"authors": people("Bo Liu", "Ann Xi")}, {}, ["authors Xi, Ann; Liu, Bo; checked and kept: Liu, Bo; Xi, Ann"]),
        ({"authors": people("A. Xi", "Bo B. Liu")}, {}, []),
        ({"container_title": "Seas"}, {}, [f"container title {RECSYS}; checked and kept: Seas"]),
        ({"issued": PartialDate(2023)}, {}, ["year 2024; checked and kept: 2023"]),
        ({"issued": PartialDate(2024, 1, 31)}, {}, []),
        ({"volume": "1"}, {"volume": "2"}, ["volume 2; checked and kept: 1"]),
        ({"issue": "1"}, {"issue": "2"}, ["issue 2; checked and kept: 1"]),
        ({"pages": "1"}, {}, ["pages 12-22; checked and kept: 1"]),
        ({"doi": DOI.upper()}, {}, []),
    ],
)  # fmt: skip
def test_what_a_registry_says_otherwise_is_said_and_not_taken(by_hand, registry, differences):
    work = replace(BY_HAND, **{"authors": people(*XI), "doi": DOI, "pages": "12-22", **by_hand})
    merged = merge(checked(work), found(published(DOI, TITLE, XI, page="12-22", **registry)))
    assert merged.record.published == work
    assert merged.differences == tuple(f"crossref {DOI} has {each}" for each in differences)


def test_nothing_is_taken_from_a_record_of_another_doi():
    work = replace(BY_HAND, doi="10.1000/other")
    merged = merge(checked(work), found(PRINTED))
    assert (merged.record.published, merged.differences) == (
        work,
        (f"crossref {DOI} has doi {DOI}; checked and kept: 10.1000/other",),
    )


def test_why_a_field_was_completed_is_known_as_long_as_it_stands():
    record = merge(checked(BY_HAND), found(PRINTED, POSTED)).record
    assert merge(record, found(None, POSTED)) == Merged(record)


def test_a_candidate_in_the_words_by_which_a_person_can_tell_it():
    record = published(DOI, "Sea &amp; <i>Salt</i>", XI)
    assert candidate_of(record, "r") == Candidate(
        source="crossref", record=DOI, title="Sea & Salt", authors="Xi, Ann; Liu, Bo", venue=RECSYS, year="2024", reason="r"
    )
    bare = replace(POSTED, work=Work(type="preprint", title="T"), venues=("a comment",))
    assert candidate_of(bare, "r") == Candidate(source="arxiv", record=ID, title="T", venue="a comment", reason="r")
