from __future__ import annotations

import json
from dataclasses import replace

import jsonschema
from conftest import DATA
from entries import bibliography, entry
from hypothesis import given
from hypothesis import strategies as st
from strategies import WORKS

from llm4rs_bib import Category, Listing, Options, load
from llm4rs_bib.export import render

SCHEMA = json.loads((DATA / "csl-data.schema.json").read_text())
# Types of Zotero's importer: one item of another makes it refuse the whole file.
ZOTERO = {
    "article",
    "article-journal",
    "paper-conference",
    "chapter",
    "book",
    "thesis",
    "report",
    "dataset",
    "webpage",
    "document",
}


def items(*entries, **options):
    return json.loads(render(bibliography(*entries), "csl-json", Options(**options)))


def test_the_publisher_of_a_preprint_is_arxiv_unless_a_person_says_otherwise():
    preprint = entry(type="preprint", arxiv_id="2401.00001")
    by_hand = replace(preprint, written=frozenset({"publisher"}))
    assert [item.get("publisher") for item in items(preprint, by_hand)] == ["arXiv", None]


def test_a_published_paper_on_arxiv_is_no_preprint():
    (item,) = items(entry(arxiv_id="2401.00001", container_title="TOIS"))
    assert ("number" in item, "publisher" in item, item["custom"]["arxiv"]) == (False, False, {"id": "2401.00001"})


def test_null_removes_the_url():
    assert "URL" not in items(replace(entry(doi="10.1145/x"), written=frozenset({"URL"})))[0]


def test_a_note_for_zotero_when_it_is_asked_for():
    both = entry()
    both = replace(both, listed=(*both.listed, (Category(slug="d", heading="2. Land"), Listing(id="b", title="T"))))
    assert "note" not in items(both)[0]
    assert items(both, zotero_note=True)[0]["note"] == "Category: Sea, Salt & Co; more\nCategory: Land"


def test_no_type_that_makes_zotero_refuse_the_file():
    catalogs = [load(), load(DATA / "stress"), load(DATA / "other")]
    types = {item["type"] for catalog in catalogs for item in items(*catalog.entries)}
    assert types == ZOTERO


@given(st.lists(WORKS, max_size=3))
def test_any_work_is_valid(works):
    entries = [replace(entry(f"k{i}"), work=work) for i, work in enumerate(works)]
    found = items(*entries, zotero_note=True)
    jsonschema.validate(found, SCHEMA)
    assert [len(work.authors) for work in works] == [len(item.get("author", [])) for item in found]
