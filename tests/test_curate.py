from __future__ import annotations

import json
from dataclasses import replace

import pytest
from conftest import DATA, ROOT
from papers import PAPER, curated

from llm4rs_bib.catalog import dumps_lock, read_folder
from llm4rs_bib.checked import parse
from llm4rs_bib.curate import apply
from llm4rs_bib.model import Catalog, Category, Listing, Lock, Name, PartialDate

KAR = Listing(id="kar", title="Towards Open World", link="https://arxiv.org/pdf/2306.10933")
OTHER = Listing(id="other", title="Another Paper", link="https://arxiv.org/abs/2401.00001")


def catalog(*listings):
    return Catalog(title="T", categories=(Category(slug="c", heading="1. C", listings=listings or (KAR, OTHER)),))


def left_out(outcome):
    return [str(fault) for fault in outcome.left_out]


def test_a_paper_finds_its_listing_by_identifier_and_gets_a_key():
    outcome = apply(curated(PAPER), catalog(), Lock())
    assert outcome.lock.listings == {"kar": "xi2024towards"}
    assert (outcome.new, outcome.changed, outcome.unchanged, outcome.left_out) == (("xi2024towards",), (), (), ())


def test_a_paper_finds_its_listing_by_the_list_s_title():
    paper = {**PAPER, "arxiv": None, "title": "Towards Open World", "list_title": "ANOTHER paper!"}
    assert apply(curated(paper), catalog(), Lock()).lock.listings == {"other": "xi2024towards"}


def test_a_paper_in_two_categories_has_one_work():
    again = replace(KAR, id="kar-2", link="https://arxiv.org/abs/2306.10933v1")
    assert apply(curated(PAPER), catalog(KAR, again), Lock()).lock.listings == {"kar": "xi2024towards", "kar-2": "xi2024towards"}


def test_the_category_tells_listings_of_one_title_apart():
    one, two = Listing(id="one", title="Same"), Listing(id="two", title="same")
    both = Catalog(
        title="T",
        categories=(Category(slug="a", heading="1. A", listings=(one,)), Category(slug="b", heading="2. B", listings=(two,))),
    )
    paper = {**PAPER, "arxiv": None, "title": "Same", "category": "2. B"}
    assert apply(curated(paper), both, Lock()).lock.listings == {"two": "xi2024same"}
    outcome = apply(curated({**paper, "category": None}), both, Lock())
    assert left_out(outcome) == ['f.json: 1 (Same): several listings have its title; say which with "listing" or "category"']


def test_papers_that_no_listing_means_are_left_out_and_named():
    papers = [
        {**PAPER, "arxiv": None, "title": "Nowhere"},
        {**PAPER, "listing": "kra"},
        {**PAPER, "list_title": "Another Paper", "title": "Another Paper"},
    ]
    assert left_out(apply(curated(*papers), catalog(), Lock())) == [
        'f.json: 1 (Nowhere): no listing has its title or an identifier of it; name one with "listing"',
        "f.json: 2 (Towards <Open> World): unknown listing 'kra'; did you mean kar?",
        "f.json: 3 (Another Paper): its identifier is that of 'kar', its title that of 'other'; say which with \"listing\"",
    ]


def test_a_paper_cannot_be_two_works():
    first = apply(
        curated(PAPER, {**PAPER, "title": "Another Paper", "doi": None, "arxiv": {"id": "2401.00001"}}), catalog(), Lock()
    ).lock
    outcome = apply(curated({**PAPER, "listing": "kar", "arxiv": {"id": "2401.00001"}}), catalog(), first)
    assert left_out(outcome) == [
        "f.json: 1 (Towards <Open> World): is two works of the lock, xi2024towards and xi2024another; it cannot be both"
    ]
    assert first == outcome.lock


PLAIN = {"type": "book", "sources": ["x"], "year": 2024}
SMITH, JONES = [{"family": "Smith"}], [{"family": "Jones"}]


def two_papers(first, second):
    """Two rows whose links say nothing, and what the lock has after two files of facts."""
    rows = catalog(Listing(id="one", title="Paper A"), Listing(id="two", title="Paper B"))
    lock = apply(curated(*first), rows, Lock()).lock
    return apply(curated(*second), rows, lock)


def test_an_identifier_that_was_wrong_can_go_to_another_paper():
    wrong = {**PLAIN, "title": "Paper A", "authors": SMITH, "arxiv": {"id": "2401.00001"}}
    right = {**wrong, "arxiv": {"id": "2401.00002"}}
    other = {**PLAIN, "title": "Paper B", "authors": JONES, "arxiv": {"id": "2401.00001"}}
    outcome = two_papers([wrong], [right, other])
    assert outcome.lock.listings == {"one": "smith2024paper", "two": "jones2024paper"}
    outcome = two_papers([wrong], [other, right])
    assert outcome.lock.listings == {"one": "smith2024paper"}
    assert left_out(outcome) == [
        "f.json: 1 (Paper B): its identifier is that of the work smith2024paper, 'Paper A'; one of the two is wrong"
    ]


def test_a_provisional_key_leaves_no_trace_but_an_alias():
    unknown = {**PLAIN, "title": "Paper A", "arxiv": {"id": "2401.00001"}}
    known = {**unknown, "authors": SMITH, "arxiv": {"id": "2401.00002"}}
    other = {**PLAIN, "title": "Paper B", "authors": JONES, "arxiv": {"id": "2401.00001"}}
    outcome = two_papers([unknown], [known, other])
    assert outcome.lock.listings == {"one": "smith2024paper", "two": "jones2024paper"}
    assert outcome.lock.works["smith2024paper"].aliases == ("one",)


@pytest.mark.parametrize("known", [{"authors": SMITH}, {}])
def test_a_key_outlives_the_listing_s_id(known):
    facts = {**PLAIN, "title": "Paper A", **known}
    before = apply(curated(facts), catalog(Listing(id="one", title="Paper A")), Lock()).lock
    renamed = catalog(Listing(id="uno", title="Paper A"))
    outcome = apply(curated({**facts, "authors": SMITH}), renamed, before)
    assert outcome.lock.listings["uno"] == "smith2024paper"
    assert list(outcome.lock.works) == ["smith2024paper"]
    assert outcome.lock.works["smith2024paper"].aliases == (() if known else ("one",))


def test_a_namesake_of_a_work_whose_listing_is_gone_is_another_paper():
    before = apply(
        curated({**PLAIN, "title": "Paper A", "authors": SMITH}), catalog(Listing(id="one", title="Paper A")), Lock()
    ).lock
    outcome = apply(curated({**PLAIN, "title": "Paper A", "authors": JONES}), catalog(Listing(id="uno", title="Paper A")), before)
    assert outcome.lock.listings == {"one": "smith2024paper", "uno": "jones2024paper"}


def test_one_paper_twice_with_other_facts():
    facts = {**PLAIN, "title": "Paper A", "authors": SMITH}
    outcome = two_papers([], [facts, facts, {**facts, "authors": JONES}])
    assert left_out(outcome) == ["f.json: 3 (Paper A): is the same work as f.json: 1 (Paper A), with other facts; keep one"]
    assert outcome.lock.works["smith2024paper"].work.authors == (Name(family="Smith"),)


def test_a_key_stays_when_the_facts_change():
    first = apply(curated(PAPER), catalog(), Lock()).lock
    outcome = apply(curated({**PAPER, "title": "Renamed", "year": 2025, "list_title": KAR.title}), catalog(), first)
    assert outcome.changed == ("xi2024towards",)
    assert outcome.lock.works["xi2024towards"].work.title == "Renamed"
    assert outcome.lock.listings == {"kar": "xi2024towards"}


def test_the_same_facts_again_change_nothing_not_even_the_date():
    papers = {**PAPER, "checked": None}
    first = apply(parse(json.dumps([papers]), "f.json", PartialDate(2026)), catalog(), Lock()).lock
    outcome = apply(curated(papers), catalog(), first)
    assert (first, ("xi2024towards",)) == (outcome.lock, outcome.unchanged)


def test_a_work_without_year_has_the_listing_s_id_until_the_year_is_known():
    first = apply(curated({**PAPER, "year": None, "month": None}), catalog(), Lock()).lock
    assert first.listings == {"kar": "kar"}
    then = apply(curated(PAPER), catalog(), first).lock
    assert then.listings == {"kar": "xi2024towards"}
    assert then.works["xi2024towards"].aliases == ("kar",)


def test_keys_are_unique_among_all_keys_and_ids():
    taken = Listing(id="XI2024towards", title="z")
    byhand = Listing(id="w", title="w", key="xi2024towardsopen")
    outcome = apply(curated(PAPER), catalog(KAR, taken, byhand), Lock())
    assert outcome.new == ("xi2024towardsopenworld",)


def test_the_project_s_lock_is_what_the_checked_facts_give():
    catalog, lock, _ = read_folder(ROOT / "catalog")
    facts = parse((DATA / "facts.json").read_text(), "facts.json", PartialDate(2026, 11))
    assert dumps_lock(lock) == dumps_lock(apply(facts, catalog, Lock()).lock)
