"""What is said of tables that are not read, or not wholly."""

from __future__ import annotations

import pytest

from llm4rs_bib.awesome import parse
from llm4rs_bib.errors import ListError

PAPERS = "| Title | Venue |\n|---|---|\n| [Bells in a Bottle](https://arxiv.org/abs/2401.08045) | KDD |\n"
READINGS = (
    "| Week | Topic | Readings |\n|---|---|---|\n"
    "| 1 | Bells | [Bells](https://arxiv.org/abs/2401.08046) [Horns](https://arxiv.org/abs/2401.08047) |\n"
)


def test_a_table_with_links_to_papers_says_how_it_is_read():
    found = parse(f"{PAPERS}\n{READINGS}", "x.md")
    assert found.remarks == (
        "x.md:5: links to papers, but no column of titles (Week, Topic, Readings); say which it is: --columns 'HEADING=title'",
        "x.md:5: 2 links to papers stand outside of tables and bullets of papers; kept as text",
    )
    assert [each.title for each in parse(READINGS, "x.md", {"Topic": "title"}).categories[0].listings] == ["Bells"]


def test_a_table_of_which_few_rows_link_to_papers_says_how_it_is_read():
    rows = "".join(f"| Story {n} | 2024 | [News](https://news.example.org/{n}) |\n" for n in range(3))
    table = f"| Title | Date | URL |\n|---|---|---|\n{rows}| A Title of Some Words | 2024 | https://arxiv.org/abs/2401.08048 |\n"
    assert parse(f"{PAPERS}\n{table}", "x.md").remarks == (
        "x.md:5: few of the rows link to papers (Title, Date, URL); kept as text; to read them: --columns 'Title=title'",
        "x.md:5: 1 link to a paper stands outside of tables and bullets of papers; kept as text",
    )
    assert len(parse(table, "x.md", {"Title": "title"}).categories[0].listings) == 4


def test_a_list_that_is_refused_names_its_tables_with_links_to_papers():
    with pytest.raises(ListError) as error:
        parse(READINGS, "x.md")
    assert str(error.value).splitlines() == [
        "x.md: no papers found; a table needs a heading such as Paper or Title (or --columns), a bullet a link to a paper",
        "x.md:1: links to papers, but no column of titles (Week, Topic, Readings); say which it is: --columns 'HEADING=title'",
        "x.md:1: 2 links to papers stand outside of tables and bullets of papers; kept as text",
    ]


def test_further_papers_of_a_row_are_named():
    two = "[A Bell of Bronze](https://arxiv.org/abs/2401.08049)<br>[A Horn of Tin](https://arxiv.org/abs/2401.08050)"
    found = parse(f"| Paper | Year |\n|---|---|\n| {two} | 2024 |\n", "x.md")
    assert [each.title for each in found.categories[0].listings] == ["A Bell of Bronze"]
    assert found.remarks == ("x.md:3: several papers in this row; the first of each is read",)
