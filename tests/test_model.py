from __future__ import annotations

import pytest
from hypothesis import given
from strategies import DATES

from llm4rs_bib.model import Catalog, Category, Evidence, Name, PartialDate, Record, Work


@pytest.mark.parametrize(
    ("text", "parts"), [("2024", (2024,)), ("2024-05", (2024, 5)), ("2024-05-31", (2024, 5, 31)), ("0001-01-01", (1, 1, 1))]
)
def test_a_date_is_as_coarse_as_known(text, parts):
    assert parts == PartialDate.parse(text).parts
    assert text == str(PartialDate.parse(text))


@given(DATES)
def test_a_date_reads_what_it_writes(date):
    assert date == PartialDate.parse(str(date))


@pytest.mark.parametrize(
    "text", ["", "24", "2024-5", "2024-13", "2023-02-29", "2024-05-31T00:00", "to appear", "0000", "2024-00", "2024-01-00"]
)
def test_what_is_no_date_is_refused(text):
    with pytest.raises(ValueError, match=r"date|month|day|year"):
        PartialDate.parse(text)


@pytest.mark.parametrize("year", [0, -1, 10**4, 10**30])
def test_a_year_is_one_of_the_calendar(year):
    with pytest.raises(ValueError, match="out of range"):
        PartialDate(year)


def test_a_day_needs_a_month():
    with pytest.raises(ValueError, match="a day needs a month"):
        PartialDate(2024, None, 3)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("van den Oord, Aäron", Name(family="van den Oord", given="Aäron")),
        ("King, Jr., Martin", Name(family="King", suffix="Jr.", given="Martin")),
        ("Plato", Name(family="Plato")),
        ("{Google Research, and OpenAI}", Name(literal="Google Research, and OpenAI")),
    ],
)
def test_names_read_what_they_write(text, name):
    assert name == Name.parse(text)
    assert text == str(name)


@pytest.mark.parametrize("text", ["", ",", "A,", ", B", "A, B, C, D", "{}"])
def test_what_is_no_name_is_refused(text):
    with pytest.raises(ValueError, match="name"):
        Name.parse(text)


def test_a_group_has_no_given_name():
    with pytest.raises(ValueError, match="a group has no given name"):
        Name(literal="OpenAI", given="Sam")


def test_a_record_holds_a_work():
    with pytest.raises(ValueError, match="a record needs a published work or a preprint"):
        Record(evidence=Evidence(source="curated", checked=PartialDate(2026)))


@pytest.mark.parametrize(
    ("heading", "title"),
    [
        ("1. Knowledge Enhancement", "Knowledge Enhancement"),
        ("2.3 Sub", "Sub"),
        ("4) Four", "Four"),
        ("LLM4RS Survey", "LLM4RS Survey"),
        ("3D Gaussians", "3D Gaussians"),
        ("2024 Papers", "2024 Papers"),
        ("1. **Bold** [and](http://x) `code`", "Bold and code"),
        ("1.", "1."),
        (r"Search &amp; Recommendation \[new\]", "Search & Recommendation [new]"),
    ],
)
def test_a_category_s_title_has_no_number_and_no_markup(heading, title):
    assert title == Category(slug="x", heading=heading).title


def test_a_category_holds_those_nested_in_it():
    levels = [("a", 2), ("b", 3), ("c", 4), ("d", 3), ("e", 2)]
    catalog = Catalog(title="T", categories=tuple(Category(slug=slug, heading=slug, level=level) for slug, level in levels))
    assert {"a", "b", "c", "d"} == catalog.within("a")
    assert {"b", "c"} == catalog.within("b")
    assert {"e"} == catalog.within("e")
    with pytest.raises(KeyError):
        catalog.within("f")


def test_a_landing_page_is_arxiv_s_then_the_doi_s_then_the_one_seen():
    assert (
        Work(type="preprint", title="T", arxiv_id="2306.10933", doi="10.1/x").landing_page == "https://arxiv.org/abs/2306.10933"
    )
    assert Work(type="book", title="T", doi="10.1000/X", url="https://x.org").landing_page == "https://doi.org/10.1000/X"
    assert Work(type="book", title="T", url="https://x.org").landing_page == "https://x.org"
    assert Work(type="book", title="T").landing_page is None
