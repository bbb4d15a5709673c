"""The project's own bibliography against the checked facts: every field of all 69 papers, in every format."""

from __future__ import annotations

import json
import re

import bibtexparser
import jsonschema
import pytest
from conftest import DATA, ROOT
from pybtex.database import parse_string
from pybtex.errors import set_strict_mode

from llm4rs_bib import export, load

FACTS = json.loads((DATA / "facts.json").read_text())
ENTRY_TYPES = {"article-journal": "article", "paper-conference": "inproceedings", "preprint": "misc"}
MONTHS = [None, "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]


@pytest.fixture(scope="module")
def bibliography():
    return load(ROOT / "catalog")


@pytest.fixture(scope="module")
def bibtex(bibliography):
    return export(bibliography, "bibtex")


@pytest.fixture(scope="module")
def csl(bibliography):
    return json.loads(export(bibliography, "csl-json"))


def plain(latex):
    return re.sub(r"\\([&%#_$])", r"\1", re.sub(r"[{}]", "", latex))


def arxiv(fact):
    return fact["arxiv"] or {"id": None, "primary_class": None, "first_posted": None}


def day(fact):
    return str(int(arxiv(fact)["first_posted"][8:])) if fact["type"] == "preprint" else None


def landing_page(fact):
    if fact["type"] == "preprint":
        return f"https://arxiv.org/abs/{fact['arxiv']['id']}"
    return f"https://doi.org/{fact['doi']}" if fact["doi"] else fact["url"]


def doi(fact):
    return f"10.48550/arXiv.{fact['arxiv']['id']}" if fact["type"] == "preprint" else fact["doi"]


def expected_fields(fact):
    container = "journal" if fact["type"] == "article-journal" else "booktitle"
    fields = {
        "title": fact["title"],
        container: fact["container_title"],
        "publisher": fact["publisher"] if fact["type"] == "paper-conference" else None,
        "volume": fact["volume"],
        "number": fact["issue"],
        "pages": (fact["pages"] or fact["article_number"] or "").replace("-", "--") or None,
        "year": str(fact["year"]),
        "month": MONTHS[fact["month"] or 0],
        "day": day(fact),
        "eprint": arxiv(fact)["id"],
        "eprinttype": "arxiv" if fact["arxiv"] else None,
        "eprintclass": arxiv(fact)["primary_class"],
        "doi": doi(fact),
        "url": landing_page(fact),
        "keywords": re.sub(r"^\d+\. ", "", fact["category"]),
    }
    return {name: value for name, value in fields.items() if value}


def test_bibtex_has_every_field_of_the_facts_and_no_other(bibtex):
    library = bibtexparser.parse_string(bibtex)
    assert library.failed_blocks == []
    assert len(library.entries) == 69
    for fact, entry in zip(FACTS, library.entries, strict=True):
        fields = {field.key: plain(field.value) for field in entry.fields}
        authors = fields.pop("author").split(" and ")
        assert [f"{each['family']}, {each['given']}" for each in fact["authors"]] == authors
        assert expected_fields(fact) == fields, entry.key
        assert ENTRY_TYPES[fact["type"]] == entry.entry_type


def test_pybtex_finds_the_same_titles_and_names(bibtex):
    set_strict_mode(True)
    entries = parse_string(bibtex, "bibtex").entries.values()
    for fact, entry in zip(FACTS, entries, strict=True):
        assert fact["title"] == plain(entry.fields["title"])
        people = [
            (" ".join([*person.first_names, *person.middle_names]), " ".join([*person.prelast_names, *person.last_names]))
            for person in entry.persons["author"]
        ]
        assert [(each["given"], each["family"]) for each in fact["authors"]] == people


def test_csl_json_has_every_field_of_the_facts_and_no_other(csl):
    for fact, found in zip(FACTS, csl, strict=True):
        item = dict(found)
        custom = item.pop("custom")
        issued = [int(part) for part in (fact["year"], fact["month"], day(fact)) if part]
        expected = {
            "type": "article" if fact["type"] == "preprint" else fact["type"],
            "title": fact["title"],
            "author": fact["authors"],
            "container-title": fact["container_title"],
            "publisher": "arXiv" if fact["type"] == "preprint" else fact["publisher"],
            "volume": fact["volume"],
            "issue": fact["issue"],
            "page": fact["pages"] or fact["article_number"],
            "number": f"arXiv:{fact['arxiv']['id']}" if fact["type"] == "preprint" else None,
            "issued": {"date-parts": [issued]},
            "DOI": doi(fact),
            "URL": landing_page(fact),
            "keyword": re.sub(r"^\d+\. ", "", fact["category"]),
        }
        assert item.pop("id") == item.pop("citation-key")
        assert {name: value for name, value in expected.items() if value} == item
        assert {name: value for name, value in arxiv(fact).items() if value} == custom.get("arxiv", {})
        assert len(custom["listings"]) == 1


def test_csl_json_carries_what_the_list_says(csl):
    by_id = {item["custom"]["listings"][0]["id"]: item["custom"]["listings"][0] for item in csl}
    assert by_id["kar"] == {
        "id": "kar",
        "category": "knowledge-enhancement",
        "model": "KAR",
        "code": "[Link](https://github.com/YunjiaXi/Open-World-Knowledge-Augmented-Recommendation)",
        "columns": {"Knowledge Type": "Summarization & Reasoning", "Foundation Model (Finetuned/Non-finetuned)": "ChatGLM (N)"},
    }
    assert "code" not in by_id["llmrg"]  # the list says N/A


def test_csl_json_is_valid(csl):
    jsonschema.validate(csl, json.loads((DATA / "csl-data.schema.json").read_text()))


def test_keys_are_distinct_and_as_the_rule_says(bibliography):
    keys = [entry.key for entry in bibliography.entries]
    assert len(set(keys)) == 69
    assert {"xi2024towards", "wei2024llmrec", "zhang2025notellm2", "wu2024survey"} <= set(keys)


def test_published_and_preprint_are_both_kept(bibliography):
    for fact, entry in zip(FACTS, bibliography.entries, strict=True):
        record = entry.record
        assert (fact["type"] != "preprint") == bool(record.published)
        assert bool(fact["arxiv"]) == bool(record.preprint)
        if record.published and record.preprint:
            assert record.preprint.authors == ()
            assert fact.get("arxiv_title", fact["title"]) == record.preprint.title
            assert tuple(fact.get("earlier_titles", ())) == record.preprint.other_titles
            assert (record.preprint.sources["doi"], record.evidence.source) == ("derived", "curated")
        assert tuple(fact["sources"]) == record.evidence.seen_in
        assert (fact["notes"], tuple(fact["list_errors"])) == (record.evidence.notes, record.evidence.list_errors)
