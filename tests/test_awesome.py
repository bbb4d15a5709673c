from __future__ import annotations

import pytest
from conftest import DATA

from llm4rs_bib.awesome import parse
from llm4rs_bib.errors import ListError
from llm4rs_bib.model import Category, Listing

LIST = """\
# A List

Words before.

## 1. Tools

Words about tools.

| Date / Venue | Model | Paper | Kind | Code |
|---|:--|---|---|---|
| 2023.5 / WSDM'24 | **ONCE** | [ONCE: Boosting](https://arxiv.org/pdf/2305.06566) | a \\| b | [Link](https://x.org) |
| 2023.10 | | A Title Without Link | | N/A |
| KDD'24 | | [*Fine* `x`](http://x.org/a_b) (oral) | | |

Words behind.
- a bullet

### Nested
"""


def test_a_list_is_read_in_its_own_words():
    found = parse(LIST, "list.md")
    columns = ("Date / Venue", "Model", "Paper", "Kind", "Code")
    tools = Category(
        slug="tools",
        heading="1. Tools",
        level=2,
        columns=columns,
        align=("-", ":-", "-", "-", "-"),
        text_before="Words about tools.",
        text_after="Words behind.\n- a bullet",
        listings=(
            Listing(
                id="",
                title="ONCE: Boosting",
                link="https://arxiv.org/pdf/2305.06566",
                date="2023.5",
                venue="WSDM'24",
                model="ONCE",
                code="[Link](https://x.org)",
                columns={"Model": "**ONCE**", "Kind": "a | b"},
            ),
            Listing(id="", title="A Title Without Link", date="2023.10", code="N/A"),
            Listing(
                id="",
                title="Fine x",
                link="http://x.org/a_b",
                venue="KDD'24",
                columns={"Paper": "[*Fine* `x`](http://x.org/a_b) (oral)"},
            ),
        ),
    )
    nested = Category(slug="nested", heading="Nested", level=3)
    assert ("A List", "Words before.", (tools, nested), ()) == (found.title, found.text_before, found.categories, found.left_out)
    assert [listing.where for listing in found.categories[0].listings] == ["list.md:11", "list.md:12", "list.md:13"]
    assert found.rows == 3


def left_out(markdown):
    found = parse(markdown, "x.md")
    return [str(fault) for fault in found.left_out], [each.title for category in found.categories for each in category.listings]


def test_every_row_is_accounted_for():
    markdown = """\
| Paper | Year |
|---|---|
| [a](x) | 2023 |
| b | 2 | 3 |
| | 2023 |
|  |  |
| c
glued words

| stray | row |

| Dataset | Size |
|---|---|
| d | 1 |

```
| code | no row |
```
"""
    complaints, titles = left_out(markdown)
    assert titles == ["a", "c"]
    assert complaints == [
        "x.md:4: the row has 3 cells under 2 headings; a '|' inside a cell is written '\\|'",
        "x.md:5: the row has no title",
        "x.md:8: the line has no '|' but goes on with the table; put an empty line before it",
        "x.md:10: the line begins with '|' but is in no table; tables need a line |---|---|",
    ]


def test_papers_before_any_heading_and_several_tables_under_one():
    markdown = "| Title |\n|---|\n| a |\n\n# T\n\n| Paper |\n|---|\n| b |\n\nmore\n\n| Paper |\n|---|\n| c |\n"
    found = parse(markdown, "x.md")
    assert [(each.slug, each.heading, [row.title for row in each.listings], each.text_after) for each in found.categories] == [
        ("papers", "Papers", ["a"], None),
        ("t", "T", ["b"], "more"),
        ("t-2", "T", ["c"], None),
    ]


def test_a_file_s_mark_and_what_stands_above_the_title():
    found = parse("\ufeff<img src=x>\n\nPreface\n\n# T\n\nintro\n\n## A\n\n| Paper |\n|---|\n| a |\n", "x.md")
    assert (found.title, found.text_above, found.text_before) == ("T", "<img src=x>\n\nPreface", "intro")
    assert parse("\ufeff| Paper |\n|---|\n| a |\n", "x.md").rows == 1


@pytest.mark.parametrize("sign", ["\u2028", "\x85", "\x0b", "\x1c", "\r\n"])
def test_lines_are_counted_as_markdown_does(sign):
    found = parse(f"# T\n\nin{sign}tro\n\n## A\n\n| Paper |\n|---|\n| a |\n", "x.md")
    assert (found.rows, found.left_out) == (1, ())
    assert found.categories[0].text_before is None
    assert f"x.md:{10 if sign == chr(13) + chr(10) else 9}" == found.categories[0].listings[0].where


def test_a_column_of_titles_beside_one_of_papers():
    for heading, cells in (
        ("| Paper | Title |", "| [PDF](http://x/1.pdf) | Real One |"),
        ("| Title | Paper |", "| Real One | [PDF](http://x/1.pdf) |"),
    ):
        (listing,) = parse(f"{heading}\n|---|---|\n{cells}\n", "x.md").categories[0].listings
        expected = Listing(id="", title="Real One", link="http://x/1.pdf", columns={"Paper": "[PDF](http://x/1.pdf)"})
        assert expected == listing


def test_a_heading_that_comes_twice_keeps_its_cells_apart():
    found = parse("| Title | Link | Link |\n|---|---|---|\n| a | b | c |\n", "x.md")
    (listing,) = found.categories[0].listings
    assert listing.columns == {"Link": "b", "Link (2)": "c"}


@pytest.mark.parametrize(
    ("heading", "cell", "date", "venue"),
    [
        ("Date / Venue", "2023.6 / TOIS'24", "2023.6", "TOIS'24"),
        ("Date/Venue", "2023.6/TOIS'24", "2023.6", "TOIS'24"),
        ("Venue / Date", "TOIS / 2023", "2023", "TOIS"),
        ("**Date**", "2023.6", "2023.6", None),
        ("Venue", "ACM / IEEE", None, "ACM / IEEE"),
        ("Date / Venue", "ACM/IEEE", None, "ACM/IEEE"),
    ],
)
def test_dates_and_venues_are_known_by_their_headings(heading, cell, date, venue):
    (listing,) = parse(f"| Paper | {heading} |\n|---|---|\n| a | {cell} |\n", "x.md").categories[0].listings
    assert (date, venue) == (listing.date, listing.venue)


def test_a_list_without_papers_is_refused():
    with pytest.raises(
        ListError,
        match=r"x.md: no papers found; a table needs a heading such as Paper or Title \(or --columns\), a bullet a link to a paper",
    ):
        parse("# Words\n\n- a bullet\n", "x.md")


def test_the_project_s_list():
    found = parse((DATA / "awesome-llm4rs.md").read_text(), "x")
    assert (found.rows, found.left_out) == (69, ())
    assert [len(category.listings) for category in found.categories] == [10, 19, 7, 33]
    assert (
        found.categories[0].listings[8].title
        == "Survey for Landing Generative AI in Social and E-commerce Recsys â€“ the Industry Perspectives"
    )
