"""What look-ups found, into the lock."""

from __future__ import annotations

from dataclasses import replace

import pytest
from entries import SEA
from fakes import DAY, Registries, looked, posted, published
from hypothesis import given
from hypothesis import strategies as st

from llm4rs_bib.catalog import dumps_lock
from llm4rs_bib.enrich import Outcome, apply, name_of, unsaid, with_answer
from llm4rs_bib.entries import join
from llm4rs_bib.model import Candidate, Catalog, Evidence, Listing, Lock, PartialDate, Record, Said, Work
from llm4rs_bib.papers import paper_of
from llm4rs_bib.sources.crossref import by_doi

XI, POE = ("Ann Xi", "Bo Liu"), ("Dan Poe", "Eva Rey")
SALT, SEA_AIR, SEA_ICE = "Salt of Very Old Northern Towns", "Sea Air of Very Old Towns", "Sea Ice of Very Old Towns"


def row(id, title, link=None, **fields):
    return Listing(id=id, title=title, link=link, date="2023.6", **fields)


def arxiv(number):
    return f"https://arxiv.org/abs/2306.{number:05}"


def preprint(number, title, authors, **fields):
    return posted(f"2306.{number:05}", title, authors, "2023-06-19", **fields)


def run(rows, registries, lock=Lock(), silent=lambda _: (), rebuild=False):  # noqa: B008 - it is immutable
    """One run over all rows; `silent`: a listing's id → what does not answer its look-up."""
    bibliography = join(Catalog(title="T", categories=(replace(SEA, listings=tuple(rows)),)), lock)
    found = {
        name_of(entry): looked(paper_of(entry, lock), replace(registries, silent=silent(name_of(entry)))).found
        for entry in bibliography.entries
    }
    return apply(bibliography, found, rebuild)


def became(outcome):
    """Which listings ended where."""
    lists = {name: getattr(outcome, name) for name in ("published", "preprints", "in_question", "not_found", "unreachable")}
    return {name: each for name, each in lists.items() if each}


# Keys.

ROWS = (row("a", SEA_AIR, arxiv(1)), row("b", SEA_ICE, arxiv(2)), row("c", SALT, arxiv(3)))
WORLD = Registries(tuple(preprint(number, title, XI) for number, title in ((1, SEA_AIR), (2, SEA_ICE), (3, SALT))))
KEYS = {"a": "xi2023sea", "b": "xi2023seaice", "c": "xi2023salt"}


def test_new_works_get_keys_in_the_list_s_order():
    outcome = run(ROWS, WORLD)
    assert outcome.lock.listings == KEYS
    assert became(outcome) == {"preprints": ["a", "b", "c"]}
    assert run(tuple(reversed(ROWS)), WORLD).lock.listings == {"a": "xi2023seaair", "b": "xi2023sea", "c": "xi2023salt"}


def test_keys_differ_from_all_names_of_the_catalog():
    rows = (*ROWS[:2], row("XI2023salt", SALT, arxiv(3)), row("d", "Elsewhere", key="xi2023sea"))
    assert run(rows, WORLD).lock.listings == {"a": "xi2023seaair", "b": "xi2023seaice", "XI2023salt": "xi2023saltvery"}


def test_a_work_without_authors_has_its_listing_s_id_for_a_key():
    world = Registries((preprint(1, SEA_AIR, ()),))
    assert run(ROWS[:1], world).lock.listings == {"a": "a"}


def test_old_keys_stay():
    first = run(ROWS, WORLD).lock
    world = replace(WORLD, records=(*WORLD.records, published("10.1000/ice", SEA_ICE, XI, year=2024)))
    again = run(tuple(reversed(ROWS)), world, first)
    assert again.lock.listings == KEYS
    assert again.lock.works["xi2023seaice"].published.doi == "10.1000/ice"
    assert again.news == ["b: preprint → published (Proceedings of the 18th ACM Conference on Recommender Systems, 10.1000/ice)"]
    assert became(again) == {"published": ["b"], "preprints": ["c", "a"]}


def test_the_same_again_changes_no_byte():
    first = run(ROWS, WORLD)
    again = run(ROWS, WORLD, first.lock)
    assert dumps_lock(again.lock) == dumps_lock(first.lock)
    assert (again.news, again.differences) == ([], [])


def test_entries_that_were_not_looked_up_stay_as_they_are():
    first = run(ROWS, WORLD).lock
    bibliography = join(Catalog(title="T", categories=(replace(SEA, listings=ROWS),)), first)
    assert apply(bibliography, {}) == Outcome(first)


def test_two_listings_of_one_paper_share_a_work():
    doi = "10.1000/air"
    world = Registries((preprint(1, SEA_AIR, XI), published(doi, SEA_AIR, XI)))
    rows = (row("by-id", SEA_AIR, arxiv(1)), row("by-doi", SEA_AIR, f"https://doi.org/{doi}"), row("again", SEA_AIR, arxiv(1)))
    outcome = run(rows, world)
    assert outcome.lock.listings == dict.fromkeys(("by-id", "by-doi", "again"), "xi2024sea")
    assert list(outcome.lock.works) == ["xi2024sea"]
    assert dumps_lock(run(rows[:1], world, run(rows[:1], world).lock).lock) == dumps_lock(run(rows[:1], world).lock)


def test_two_listings_that_turned_out_to_be_one_paper_have_the_same_evidence_in_the_next_run():
    world = Registries((preprint(1, SEA_AIR, XI), published("10.1000/air", SEA_AIR, XI)))
    rows = (row("by-id", SEA_AIR, arxiv(1)), row("by-doi", SEA_AIR, "https://doi.org/10.1000/air"))
    first = run(rows, world).lock
    assert dumps_lock(run(rows, world, first).lock) == dumps_lock(first)


def test_a_listing_of_a_checked_paper_leaves_it_as_it_is():
    work = Work(type="preprint", title=SEA_AIR, arxiv_id="2306.00001")
    checked = Record(preprint=work, evidence=Evidence(source="curated", checked=DAY))
    lock = Lock(works={"k": checked}, listings={"gone": "k"})
    outcome = run((row("new", SEA_AIR),), Registries((preprint(1, SEA_AIR, XI),)), lock)
    assert (outcome.lock.works, outcome.lock.listings) == ({"k": checked}, {"gone": "k", "new": "k"})


def test_what_a_person_checked_and_a_registry_says_otherwise_is_told():
    work = Work(
        type="preprint", title=SEA_AIR, authors=WORLD.records[0].work.authors, issued=PartialDate(2022), arxiv_id="2306.00001"
    )
    lock = Lock(works={"k": Record(preprint=work, evidence=Evidence(source="curated", checked=DAY))}, listings={"a": "k"})
    assert run(ROWS[:1], WORLD, lock).differences == ["a: arxiv 2306.00001 has year 2023; checked and kept: 2022"]


# Questions.

TWINS = Registries((published("10.1000/xi", SEA_AIR, XI), published("10.1000/poe", SEA_AIR, POE)))
BARE = (row("a", SEA_AIR),)
ASKED = tuple(
    Candidate(
        source="crossref", record=f"10.1000/{who}", title=SEA_AIR, authors=authors, year="2024",
        venue="Proceedings of the 18th ACM Conference on Recommender Systems", reason="title equal, no authors to compare",
    )
    for who, authors in (("poe", "Poe, Dan; Rey, Eva"), ("xi", "Xi, Ann; Liu, Bo"))
)  # fmt: skip


def said(record, same):
    return Said(record=record, same=same, decided=DAY)


def test_a_listing_in_question_stays_without_work():
    outcome = run(BARE, TWINS)
    assert outcome.lock == Lock(questions={"a": ASKED})
    assert became(outcome) == {"in_question": ["a"]}


def test_what_is_in_question_beside_a_preprint_leaves_the_preprint():
    world = Registries((preprint(1, SEA_AIR, XI), *TWINS.records[:1], published("10.1000/xi2", SEA_AIR, XI)))
    outcome = run(ROWS[:1], world)
    assert (list(outcome.lock.works), list(outcome.lock.questions)) == (["xi2023sea"], ["a"])
    assert became(outcome) == {"in_question": ["a"]}


@pytest.mark.parametrize(("same", "key"), [("yes", "poe2024sea"), ("no", None)])
def test_an_answer_ends_the_question(same, key):
    first = run(BARE, TWINS).lock
    assert list(unsaid(first)) == [("a", each) for each in ASKED]
    lock = with_answer(first, "a", said("10.1000/POE", same))
    assert list(unsaid(lock)) == [("a", ASKED[1])]
    outcome = run(BARE, TWINS, lock)
    assert outcome.lock.listings == ({"a": key} if key else {})
    assert outcome.lock.said == lock.said
    assert list(unsaid(outcome.lock)) == ([] if key else [("a", ASKED[1])])


def test_a_new_answer_takes_the_place_of_an_earlier_one():
    lock = with_answer(with_answer(Lock(), "a", said("10.1000/x", "no")), "a", said("10.1000/y", "no"))
    assert with_answer(lock, "a", said("10.1000/X", "yes")).said == {"a": (said("10.1000/y", "no"), said("10.1000/X", "yes"))}


def test_a_person_s_no_takes_a_record_out_of_the_work():
    world = Registries((preprint(1, SEA_AIR, XI), *TWINS.records[:1]))
    lock = with_answer(run(ROWS[:1], world).lock, "a", said("10.1000/xi", "no"))
    assert run(ROWS[:1], world, lock).lock.works["xi2024sea"].published is None


def test_what_is_found_nowhere_is_said_and_forgotten():
    outcome = run(BARE, Registries(), Lock(questions={"a": ASKED}))
    assert (outcome.lock, became(outcome)) == (Lock(), {"not_found": ["a"]})


# Sources that are not reached.


@pytest.mark.parametrize("silent", ["arxiv", "crossref"])
def test_a_paper_with_an_unreachable_source_is_left_as_it_was(silent):
    first = run(ROWS, WORLD).lock
    for lock in (Lock(), first, Lock(questions={"a": ASKED})):
        outcome = run(ROWS, WORLD, lock, silent=lambda _: (silent,))
        assert (outcome.lock, became(outcome)) == (lock, {"unreachable": ["a", "b", "c"]})


def test_the_list_s_doi_settles_the_work_though_arxiv_is_not_reached():
    world = Registries((preprint(1, SEA_AIR, XI), published("10.1000/xi", SEA_AIR, XI)))
    rows = (row("a", SEA_AIR, "https://doi.org/10.1000/xi"),)
    outcome = run(rows, world, silent=lambda _: ("arxiv",))
    assert (outcome.lock.listings, became(outcome)) == ({"a": "xi2024sea"}, {"unreachable": ["a"]})
    assert dumps_lock(run(rows, world, outcome.lock).lock) == dumps_lock(run(rows, world).lock)


def test_a_key_that_an_earlier_paper_may_need_is_not_given_away():
    outcome = run(ROWS, WORLD, silent=lambda name: ("arxiv",) if name == "a" else ())
    assert (outcome.lock.listings, became(outcome)) == ({"c": "xi2023salt"}, {"preprints": ["c"], "unreachable": ["a", "b"]})


def twice(rows, world, silent):
    """The locks of a run in which some sources are silent and one in which none is; and that of a single run."""
    return run(rows, world, run(rows, world, silent=silent).lock).lock, run(rows, world).lock


def test_the_order_of_authors_does_not_depend_on_which_source_answers_first():
    """A printer sorts the authors; who is the first, arXiv says."""
    doi = "10.52202/079017-0001"
    world = Registries((preprint(1, SEA_AIR, ("Zoe Xi", "Bo Liu")), published(doi, SEA_AIR, ("Bo Liu", "Zoe Xi"))))
    two, one = twice((row("a", SEA_AIR, f"https://doi.org/{doi}"),), world, lambda _: ("arxiv",))
    assert two.listings == one.listings


def test_two_links_of_the_list_do_not_settle_it_while_one_is_not_answered():
    world = Registries(
        (published("10.1000/first", SEA_AIR, XI, year=2023, container="Seas"), published("10.1000/then", SEA_AIR, XI))
    )
    rows = (row("a", SEA_AIR, "https://doi.org/10.1000/first", venue="RecSys'24", columns={"DOI": "10.1000/then"}),)
    two, one = twice(rows, world, lambda _: (by_doi("10.1000/then"),))
    assert two.listings == one.listings


MANY = (
    row("a", SEA_AIR, arxiv(1)), row("b", SEA_ICE, arxiv(2)), row("c", SALT, arxiv(3)), row("d", SEA_AIR, "https://doi.org/10.1000/air"),
    row("e", "Sea of Very Old Towns", arxiv(4)), row("f", "Sea Salt of Very Old Towns"), row("g", SEA_ICE, arxiv(5)),
    row("h", "Sea Ice and More of It in Towns"),
)  # fmt: skip
ALL = Registries(
    (
        *WORLD.records, published("10.1000/air", SEA_AIR, XI), preprint(4, "Old Towns by the Sea at Night", XI),
        preprint(6, "Sea Salt of Very Old Towns", XI), preprint(5, SEA_ICE, POE), published("10.1000/ice", SEA_ICE, POE, year=2023),
    ),
    first={"2306.00004": preprint(4, "Sea of Very Old Towns", XI)},
)  # fmt: skip
SILENT = st.sampled_from([(), ("arxiv",), ("crossref",), ("arxiv", "crossref"), ("id",), ("title",), ("version",)])


@given(st.permutations(MANY), st.fixed_dictionaries({each.id: SILENT for each in MANY}))
def test_a_run_that_is_repeated_until_all_answer_ends_with_the_works_and_keys_of_a_single_one(rows, silent):
    two, one = twice(rows, ALL, silent.get)
    assert two.listings == one.listings
    assert {key: (each.published, each.preprint) for key, each in two.works.items()} == {
        key: (each.published, each.preprint) for key, each in one.works.items()
    }


@given(st.permutations([each for each in MANY if each.id != "d"]), st.fixed_dictionaries({each.id: SILENT for each in MANY}))
def test_and_with_its_lock_where_no_paper_is_listed_under_two_identifiers(rows, silent):
    two, one = twice(rows, ALL, silent.get)
    assert dumps_lock(two) == dumps_lock(one)
