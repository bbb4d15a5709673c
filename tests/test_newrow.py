from __future__ import annotations

import pytest

from llm4rs_bib.model import Bibliography, Catalog, Category, Evidence, Listing, Lock, PartialDate, Record, Work
from llm4rs_bib.newrow import CELLS, address, fields_shown, neighbour, new_row

RECSYS = "Proceedings of the 18th ACM Conference on Recommender Systems"
ALL = ("Date / Venue", "Model", "Paper", "Code")


def category(*rows, columns=ALL, **fields):
    return Category(slug="c", heading="C", columns=columns, listings=rows, **fields)


def dated(*dates):
    return category(*(Listing(id=f"r{number}", title="T", date=date) for number, date in enumerate(dates)))


def record(published=None, preprint=None):
    return Record(published=published, preprint=preprint, evidence=Evidence(source="registries"))


def published(title="A Title", container=RECSYS, year=2024, **fields):
    return Work(
        type="paper-conference", title=title, container_title=container, issued=PartialDate(year, 10), doi="10.1/x", **fields
    )


def posted(title="A Title", **fields):
    return Work(**{"type": "preprint", "title": title, "issued": PartialDate(2023, 6, 9), "arxiv_id": "2306.00001", **fields})


def row(found, said=None, here=None, is_settled=True, **catalog):
    here = here or category(Listing(id="a", title="T", date="2024.1", venue="arXiv'24"))
    bibliography = Bibliography(catalog=Catalog(title="L", categories=(here,), **catalog), lock=Lock(), entries=())
    return new_row(bibliography, here, said or Listing(id="", title=""), found, is_settled=is_settled)


def test_a_published_paper_in_the_words_of_the_list():
    assert row(record(published(), posted())) == Listing(
        id="title", title="A Title", link="https://doi.org/10.1/x", date="2023.6", venue="RecSys'24"
    )


def test_a_preprint_in_the_words_of_the_list():
    expected = Listing(id="title", title="A Title", link="https://arxiv.org/abs/2306.00001", date="2023.6", venue="arXiv'23")
    assert row(record(preprint=posted())) == expected


def test_a_venue_is_left_out_while_the_publication_is_in_question():
    assert row(record(preprint=posted()), is_settled=False).venue is None


@pytest.mark.parametrize(
    ("work", "venues", "venue"),
    [
        (published(container="Journal of Mushrooms"), {}, None),
        (published(container="Journal of Mushrooms"), {"Journal of Mushrooms": "JM"}, "JM'24"),
        (published(container="Journal of Mushrooms", venue_short="JoM"), {}, "JoM'24"),
        (published(container=None), {}, None),
        (published(container="Proceedings of the ACM Web Conference 2024", year=2023), {}, "WWW'24"),
        (published(container="Proceedings of the ACM Web Conference 2024 and 2025", year=2023), {}, None),
        (Work(type="paper-conference", title="T", container_title=RECSYS), {}, "RecSys"),
    ],
)
def test_a_venue_is_written_if_its_short_name_is_known(work, venues, venue):
    assert row(record(work), venues=venues).venue == venue


@pytest.mark.parametrize(
    ("titles", "expected"),
    [
        (("A title of <i>many</i> words", "A Title of Many Words"), "A Title of Many Words"),
        (("A Title of Many Words", "A title of many words"), "A Title of Many Words"),
        (("A title of many words", "A TITLE OF MANY WORDS"), "A title of many words"),
        (("A new title", "An Old Title"), "A new title"),
        (("1 &lt; 2", "1 &lt; 2"), "1 < 2"),
    ],
)
def test_the_present_title_in_the_capitals_of_a_title(titles, expected):
    assert row(record(published(titles[0]), posted(titles[1]))).title == expected


def test_what_the_person_said_stays_and_only_an_address_is_dressed():
    coded = category(*(Listing(id=each, title="T", code=f"[Link](https://a.b/{each})") for each in "ab"))
    said = Listing(id="", title="", link="l", date="d", venue="v", model="KAR", code="https://x.y", where="f.yaml")
    expected = Listing(id="kar", title="A Title", link="l", date="d", venue="v", model="KAR", code="[Link](https://x.y)")
    assert row(record(published()), said, coded) == expected
    assert row(record(published()), said, coded).where == "f.yaml"
    assert row(record(published()), Listing(id="I", title="", code="soon"), coded).code == "soon"


@pytest.mark.parametrize(
    ("columns", "fields", "told", "shown"),
    [
        (ALL, {}, {}, set(CELLS)),
        (("Paper", "Venue", "Type"), {}, {}, {"title", "link", "venue"}),
        (("Paper", "When"), {"When": "date"}, {}, {"title", "link", "date"}),
        (("Paper", "When"), {"When": "date"}, {"When": "-"}, {"title", "link"}),
        ((), {}, {}, set(CELLS)),
    ],
)
def test_the_fields_that_a_category_shows(columns, fields, told, shown):
    here = category(columns=columns, fields=fields)
    assert fields_shown(Catalog(title="L", columns=told), here) == shown


def test_what_no_column_shows_is_not_written():
    expected = Listing(id="title", title="A Title", link="https://doi.org/10.1/x")
    assert row(record(published(), posted()), here=category(columns=("Paper",))) == expected


def test_a_doi_with_signs_stays_a_link_in_markdown():
    assert address(None, "10.1002/(SICI)1097:8<693::AID-1>3.0.CO;2-L#x") == (
        "https://doi.org/10.1002/(SICI)1097:8%3C693::AID-1%3E3.0.CO;2-L%23x"
    )
    assert address(None, None) is None


@pytest.mark.parametrize(
    ("dates", "date", "behind"),
    [
        ([], (2024, 1), None),
        (["2023.1", "2023.5", "2024.1"], (2023, 5), "r1"),
        (["2023.1", "2023.5", "2024.1"], (2023, 7), "r1"),
        (["2023.1", "2023.5", "2024.1"], (2025,), "r2"),
        (["2023.1", "2023.5", "2024.1"], (2022, 1), None),
        (["2023.1", "N/A", "2023.5"], (2023, 2), "r0"),
        (["2024.1", "2023.5", "2023.1"], (2023, 5), "r0"),
        (["2024.1", "2023.5", "2023.1"], (2024, 2), None),
        (["2024.1", "2023.5", "2023.1"], (2022, 2), "r2"),
        (["2024.1", "soon", "2023.1"], (2023, 5), "r1"),
        (["2024", "2024", "2023"], (2024, 5), None),
        (["2023.5", "2024.1", "2023.9"], (2023, 7), "r2"),  # they do not stand by date
        (["2023.5", "2023.5"], (2022, 7), "r1"),
        (["2023.5"], (2022, 7), "r0"),
        (["2023.1", "2023.5"], None, "r1"),
    ],
)
def test_a_row_comes_where_its_date_belongs(dates, date, behind):
    assert neighbour(dated(*dates), PartialDate(*date) if date else None) == behind
