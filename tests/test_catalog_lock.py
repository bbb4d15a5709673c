from __future__ import annotations

import json
from dataclasses import replace

import pytest
from conftest import ROOT
from hypothesis import given
from hypothesis import strategies as st
from strategies import DATES, TEXT, locks

from llm4rs_bib.catalog import dumps_lock, loads_lock
from llm4rs_bib.errors import LockError
from llm4rs_bib.model import TYPES, Candidate, Evidence, Finding, Lock, PartialDate, Record, Said, Work

LOCK = ROOT / "catalog" / "works.lock.json"


@given(locks())
def test_a_lock_reads_what_it_writes(lock):
    assert lock == loads_lock(dumps_lock(lock), "x")


MAYBE, FEW = st.none() | TEXT, st.lists(TEXT, max_size=2).map(tuple)
CANDIDATES = st.builds(Candidate, source=TEXT, record=TEXT, title=TEXT, authors=MAYBE, venue=MAYBE, year=MAYBE, reason=TEXT)
SAID = st.builds(Said, record=TEXT, same=st.sampled_from(["yes", "no"]), decided=DATES)
FINDINGS = st.builds(
    Finding, source=TEXT, record=TEXT, retrieved=DATES, asked=TEXT, rule=TEXT, title=TEXT, authors=MAYBE, rejected=FEW, notes=FEW
)


def of_listings(values):
    return st.dictionaries(TEXT, st.lists(values, min_size=1, max_size=2).map(tuple), max_size=2)


@given(locks(), of_listings(CANDIDATES), of_listings(SAID), st.lists(FINDINGS, max_size=2).map(tuple))
def test_a_lock_reads_the_questions_answers_and_findings_that_it_writes(lock, questions, said, findings):
    works = {key: replace(each, evidence=replace(each.evidence, found=findings)) for key, each in lock.works.items()}
    lock = replace(lock, works=works, questions=questions, said=said)
    assert lock == loads_lock(dumps_lock(lock), "x")


FINDING = Finding(
    source="crossref", record="10.1/x", retrieved=PartialDate(2026, 11, 23), asked="title T", rule="title equal, 2 of 2 authors",
    title="equal", authors="2 of 2", rejected=("10.1/y: other authors",),
)  # fmt: skip


def test_what_registries_said_and_people_decided_is_written_as_people_read_it():
    record = Record(preprint=Work(type="preprint", title="T"), evidence=Evidence(source="registries", found=(FINDING,)))
    asked = Candidate(
        source="crossref", record="10.1/z", title="T", authors="Xi, Ann", year="2024", reason="no authors to compare"
    )
    said = Said(record="10.1/z", same="no", decided=PartialDate(2026))
    text = dumps_lock(Lock(works={"k": record}, listings={"a": "k"}, questions={"b": (asked,)}, said={"b": (said,)}))
    assert json.loads(text) == {
        "format": 1,
        "listings": {"a": "k"},
        "questions": {"b": [{
            "source": "crossref", "record": "10.1/z", "title": "T", "authors": "Xi, Ann", "year": "2024", "reason": "no authors to compare",
        }]},
        "said": {"b": [{"record": "10.1/z", "same": "no", "decided": "2026"}]},
        "works": {"k": {"preprint": {"type": "preprint", "title": "T"}, "evidence": {"source": "registries", "found": [{
            "source": "crossref", "record": "10.1/x", "retrieved": "2026-11-23", "asked": "title T", "rule": "title equal, 2 of 2 authors",
            "title": "equal", "authors": "2 of 2", "rejected": ["10.1/y: other authors"],
        }]}}},
    }  # fmt: skip
    assert list(json.loads(text)) == ["format", "listings", "questions", "said", "works"]
    assert "questions" not in dumps_lock(Lock())


def test_the_project_s_lock_is_written_as_it_is_read():
    text = LOCK.read_text()
    assert text == dumps_lock(loads_lock(text, "x"))


def test_a_lock_is_sorted_one_work_after_the_other():
    data = json.loads(LOCK.read_text())
    assert sorted(data["works"]) == list(data["works"])
    assert sorted(data["listings"]) == list(data["listings"])
    assert '     {"family": "Boz", "given": "Artun"},\n' in LOCK.read_text()


def work(**fields):
    return {"preprint": {"type": "preprint", "title": "T", **fields}, "evidence": {"source": "curated", "checked": "2026"}}


def lock(**parts):
    return json.dumps({"format": 1, **parts})


CANDIDATE = {"source": "s", "record": "x", "title": "T", "reason": "r"}
FOUND = {"source": "s", "record": "x", "retrieved": "2026", "asked": "a", "rule": "r", "title": "equal"}


def found(value):
    return lock(works={"k": {**work(), "evidence": {"source": "registries", "found": value}}})


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "x.json:1: not JSON: Expecting value"),
        ('{"format": 1,\n<<<<<<< HEAD\n', "x.json:2: not JSON: Expecting property name enclosed in double quotes"),
        ("[]", 'x.json:1: must be an object that begins with "format": 1'),
        ('{"format": 2}', "x.json:1: format 2 is not what this version reads (1); update llm4rs-bib"),
        (lock(work={}), "x.json: unknown key 'work'; did you mean works?"),
        (lock(works=[]), "x.json: works must be an object"),
        (lock(listings={"kar": "xi"}), "x.json: the listing 'kar' points to 'xi', which is no work here; restore it from git"),
        ('{"format": 1,\n "works": {},\n "works": {}}', "x.json:3: the key 'works' stands twice; keep one"),
        (lock(works={"k": work(titel="x")}), "x.json: k: work: unknown field 'titel'; did you mean title?"),
        (lock(works={"k": work(pages=7)}), "x.json: k: pages must be text"),
        (lock(works={"k": work(type="poem")}), f"x.json: k: work: unknown type 'poem'; known: {', '.join(TYPES)}"),
        (lock(works={"k": work(issued="May")}), "x.json: k: 'May' is not a date such as 2024, 2024-05 or 2024-05-31"),
        (lock(works={"k": work(authors="Xi")}), "x.json: k: authors must be a list"),
        (lock(works={"k": work(authors=["Xi"])}),
         "x.json: k: a name must be an object with family, given, literal, suffix; found 'Xi'"),
        (lock(works={"k": work(authors=[{"family": 1}])}), "x.json: k: each part of a name must be text; found 1"),
        (lock(works={"k": work(authors=[{"given": "A"}])}), "x.json: k: a name needs either a family name or a literal"),
        (lock(works={"k": work(sources=["x"])}), "x.json: k: sources must be an object"),
        (lock(works={"k": {"evidence": {"source": "curated", "checked": "2026"}}}), "x.json: k: a record needs a published work or a preprint"),
        (lock(works={"k": {"preprint": {"type": "preprint", "title": "T"}}}), "x.json: k: evidence: must be an object"),
        (lock(works={"k": []}), "x.json: k: record: must be an object"),
        (lock(works={"k": {"preprint": {"type": "preprint"}, "evidence": {"source": "c", "checked": "2026"}}}), "x.json: k: work: has no title"),
        (lock(works={"k": work(title="")}), "x.json: k: work: has no title"),
        (lock(works={"k, {": work()}), "x.json: k, {: 'k, {' is no citation key; restore it from git"),
        (lock(works={"k": {**work(), "aliases": [""]}}), "x.json: k: '' is no citation key; restore it from git"),
        (lock(questions=[]), "x.json: questions must be an object"),
        (lock(questions={"a": {}}), "x.json: a: candidates must be a list"),
        (lock(questions={"a": ["x"]}), "x.json: a: candidate: must be an object"),
        (lock(questions={"a": [{"record": "x", "source": "s", "title": "T"}]}), "x.json: a: candidate: has no reason"),
        (lock(questions={"a": [{**CANDIDATE, "authors": ["Xi"]}]}), "x.json: a: authors must be text"),
        (lock(questions={"a": [{**CANDIDATE, "weight": "1"}]}),
         "x.json: a: candidate: unknown field 'weight'; known: authors, reason, record, source, title, venue, year"),
        (lock(said="yes"), "x.json: said must be an object"),
        (lock(said={"a": [{"record": "x", "same": "maybe", "decided": "2026"}]}), "x.json: a: said: same is 'maybe'; it must be yes or no"),
        (lock(said={"a": [{"record": "x", "same": "yes"}]}), "x.json: a: said: has no decided"),
        (lock(said={"a": [{"record": "x", "same": "yes", "decided": "today"}]}),
         "x.json: a: 'today' is not a date such as 2024, 2024-05 or 2024-05-31"),
        (found("x"), "x.json: k: found must be a list"),
        (found(["x"]), "x.json: k: finding: must be an object"),
        (found([{**FOUND, "notes": "x"}]), "x.json: k: notes must be a list"),
        (found([{**FOUND, "authors": ["Xi"]}]), "x.json: k: authors must be text"),
        (found([{key: FOUND[key] for key in FOUND if key != "rule"}]), "x.json: k: finding: has no rule"),
        ('{"format": 1, "works": {"\\ud800": {}}}', "x.json: holds half a surrogate pair (\\ud800 to \\udfff); no text has that"),
        (f'{{"format": {"1" * 5000}}}', "x.json:1: not JSON that this program reads: a number of thousands of digits"),
        ("[" * 100_000, "x.json:1: not JSON that this program reads: nested too deeply"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_lock_is_said_in_one_line(text, message):
    with pytest.raises(LockError) as caught:
        loads_lock(text, "x.json")
    assert message == str(caught.value)
