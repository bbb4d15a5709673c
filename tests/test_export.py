from __future__ import annotations

import json
import re
from dataclasses import replace

import bibtexparser
import jsonschema
import pytest
from conftest import DATA, ROOT
from hypothesis import given
from hypothesis import strategies as st
from pybtex.database import parse_string
from strategies import WORKS

from llm4rs_bib import Entry, Listing, SelectionError, export, load
from llm4rs_bib.export import FORMATS, all_files, render, select
from llm4rs_bib.model import Category, Evidence, Name, PartialDate, Record, Work

SCHEMA = json.loads((DATA / "csl-data.schema.json").read_text())


def entry(key="key", **fields):
    work = Work(**{"type": "article-journal", "title": "Title", **fields})
    category = Category(slug="c", heading="1. Sea, Salt & Co; more")
    return Entry(key=key, work=work, listed=((category, Listing(id="row", title="Title")),))


def test_a_catalog_of_another_shape():
    assert (DATA / "golden" / "other.bib").read_text() == export(load(DATA / "other"), "bibtex")
    assert (DATA / "golden" / "other.json").read_text() == export(load(DATA / "other"), "csl-json")
    jsonschema.validate(json.loads(export(load(DATA / "other"), "csl-json")), SCHEMA)


def test_a_category_has_what_nests_in_it():
    bibliography = load(DATA / "other")
    keys = {slug: [each.key for each in select(bibliography, [slug])] for slug in ("soil", "fungi", "bacteria", "climate")}
    fungi, bacteria = ["molds-2020", "shared"], ["shared", "Doe:2018"]
    assert {"soil": ["molds-2020", "shared", "Doe:2018"], "fungi": fungi, "bacteria": bacteria, "climate": ["no-link"]} == keys
    assert [each.key for each in select(bibliography, ["climate", "fungi"])] == ["molds-2020", "shared", "no-link"]


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("fugi", "unknown category 'fugi'; did you mean fungi?"),
        ("zzz", "unknown category 'zzz'; known: soil, fungi, bacteria, climate"),
    ],
)
def test_an_unknown_category(name, message):
    with pytest.raises(SelectionError) as caught:
        select(load(DATA / "other"), [name])
    assert message == str(caught.value)


def test_an_unknown_format():
    with pytest.raises(SelectionError) as caught:
        export(load(DATA / "other"), "bibtxe")
    assert str(caught.value) == "unknown format 'bibtxe'; did you mean bibtex?"


def test_the_link_of_a_listing_alone_and_of_a_person_wins():
    work = Work(type="document", title="T", doi="10.1145/x", url="https://x.org/T.pdf")
    category = Category(slug="c", heading="C")
    alone = Entry(key="k", work=work, listed=((category, Listing(id="a", title="T")),))
    record = Record(published=work, evidence=Evidence(source="curated", checked=PartialDate(2026)))
    found = replace(alone, record=record)
    by_hand = replace(found, listed=((category, Listing(id="a", title="T", override={"URL": "https://x.org/T.pdf"})),))
    assert [each.url for each in (alone, found, by_hand)] == [
        "https://x.org/T.pdf",
        "https://doi.org/10.1145/x",
        "https://x.org/T.pdf",
    ]


def test_an_empty_selection_is_an_empty_file():
    assert {format: render([], format) for format in FORMATS} == {"bibtex": "", "csl-json": "[\n]\n"}


def test_the_committed_exports_are_fresh():
    for name, text in all_files(load(ROOT / "catalog")).items():
        assert text.encode() == (ROOT / "exports" / name).read_bytes(), f"{name}: run llm4rs-bib export --all"


@pytest.mark.parametrize(
    ("type", "container", "publisher"),
    [
        ("article-journal", "journal", None),
        ("paper-conference", "booktitle", "publisher"),
        ("chapter", "booktitle", "publisher"),
        ("book", None, "publisher"),
        ("thesis", None, "school"),
        ("report", None, "institution"),
        ("preprint", None, None),
        ("webpage", None, None),
        ("dataset", None, None),
        ("document", None, None),
    ],
)
def test_where_the_container_and_the_publisher_go(type, container, publisher):
    (block,) = bibtexparser.parse_string(render([entry(type=type, container_title="Sea", publisher="P")], "bibtex")).entries
    fields = {field.key: field.value for field in block.fields}
    expected = {"title": "Title", "key": "key", container: "Sea", publisher: "P", "keywords": r"{Sea, Salt \& Co; more}"}
    assert {name: value for name, value in expected.items() if name} == fields


def test_only_titles_hold_markup():
    bib = render(
        [entry(container_title="Journal <b> of $x_1", publisher="P $ <i>", type="chapter", authors=(Name(family="X"),))], "bibtex"
    )
    assert "booktitle   = {Journal {\\textless}b{\\textgreater} of \\$x\\_1}" in bib
    assert "publisher   = {P \\$ {\\textless}i{\\textgreater}}" in bib


def test_the_publisher_of_a_preprint_is_arxiv_unless_a_person_says_otherwise():
    preprint = entry(type="preprint", arxiv_id="2401.00001")
    by_hand = replace(preprint, listed=((preprint.listed[0][0], Listing(id="a", title="T", override={"publisher": None})),))
    assert [item.get("publisher") for item in json.loads(render([preprint, by_hand], "csl-json"))] == ["arXiv", None]


def test_a_published_paper_on_arxiv_is_no_preprint_in_csl():
    (item,) = json.loads(render([entry(arxiv_id="2401.00001", container_title="TOIS")], "csl-json"))
    assert ("number" in item, "publisher" in item, item["custom"]["arxiv"]) == (False, False, {"id": "2401.00001"})


def test_null_removes_the_url():
    (category, _), *_ = entry().listed
    by_hand = replace(entry(doi="10.1145/x"), listed=((category, Listing(id="a", title="T", override={"URL": None})),))
    assert "URL" not in json.loads(render([by_hand], "csl-json"))[0]


def test_identifiers_are_never_escaped():
    bib = render([entry(doi="10.1002/(SICI)1<2::AID_3>3.0;2-#", url=None, authors=(Name(family="X"),))], "bibtex")
    assert "doi         = {10.1002/(SICI)1<2::AID_3>3.0;2-#}" in bib
    assert "url         = {https://doi.org/10.1002/(SICI)1<2::AID_3>3.0;2-#}" in bib


def test_names_as_bibtex_splits_them():
    names = (
        Name(family="van den Oord", given="Aäron"),
        Name(family="Kaiser", given="Łukasz"),
        Name(family="King", suffix="Jr.", given="Martin"),
        Name(family="Foo and Bar", given="A"),
        Name(family="Plato"),
        Name(literal="Barnes and Noble, Inc."),
        Name(family="Solo", suffix="III"),
    )
    expected = (
        r"van den Oord, Aäron and Kaiser, {\L}ukasz and King, Jr., Martin and {Foo and Bar}, A and {Plato} and "
        "{Barnes and Noble, Inc.} and Solo, III, {}"
    )
    assert f"author      = {{{expected}}}" in render([entry(authors=names)], "bibtex")


@given(st.lists(WORKS, max_size=3))
def test_any_work_is_read_back_by_two_parsers(works):
    entries = [entry(key=f"k{i}", **{name: getattr(work, name) for name in work.__slots__}) for i, work in enumerate(works)]
    bib = render(entries, "bibtex")
    library = bibtexparser.parse_string(bib)
    assert library.failed_blocks == []
    assert [each.key for each in entries] == [block.key for block in library.entries]
    assert [each.key for each in entries] == list(parse_string(bib, "bibtex").entries)


@given(st.lists(WORKS, max_size=3))
def test_any_work_is_valid_csl_json(works):
    entries = [entry(key=f"k{i}", **{name: getattr(work, name) for name in work.__slots__}) for i, work in enumerate(works)]
    items = json.loads(render(entries, "csl-json"))
    jsonschema.validate(items, SCHEMA)
    assert [len(work.authors) for work in works] == [len(item.get("author", [])) for item in items]


def test_dates_and_pages():
    bib = render([entry(issued=PartialDate(2024, 5, 3), pages="1-2, 5-7", authors=(Name(family="X"),))], "bibtex")
    assert re.findall(r"(?m)^  ((?:pages|year|month|day) .*),$", bib) == [
        "pages       = {1--2, 5--7}",
        "year        = {2024}",
        "month       = may",
        "day         = {3}",
    ]
