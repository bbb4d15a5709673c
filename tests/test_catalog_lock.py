from __future__ import annotations

import json

import pytest
from conftest import ROOT
from hypothesis import given
from strategies import locks

from llm4rs_bib.catalog import dumps_lock, loads_lock
from llm4rs_bib.errors import LockError
from llm4rs_bib.model import TYPES

LOCK = ROOT / "catalog" / "works.lock.json"


@given(locks())
def test_a_lock_reads_what_it_writes(lock):
    assert lock == loads_lock(dumps_lock(lock), "x")


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


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "x.json:1: not JSON: Expecting value"),
        ('{"format": 1,\n<<<<<<< HEAD\n', "x.json:2: not JSON: Expecting property name enclosed in double quotes"),
        ("[]", 'x.json:1: must be an object that begins with "format": 1'),
        ('{"format": 2}', "x.json:1: format 2 is not what this version reads (1); update llm4rs-bib"),
        (lock(work={}), "x.json: unknown key 'work'; did you mean works?"),
        (lock(works=[]), "x.json: works and listings must be objects"),
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
        ('{"format": 1, "works": {"\\ud800": {}}}', "x.json: holds half a surrogate pair (\\ud800 to \\udfff); no text has that"),
        (f'{{"format": {"1" * 5000}}}', "x.json:1: not JSON that this program reads: a number of thousands of digits"),
        ("[" * 100_000, "x.json:1: not JSON that this program reads: nested too deeply"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_lock_is_said_in_one_line(text, message):
    with pytest.raises(LockError) as caught:
        loads_lock(text, "x.json")
    assert message == str(caught.value)
