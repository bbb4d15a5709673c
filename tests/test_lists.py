"""Lists in the habits of real ones: what a careful person reads in them, and that they come back as they were."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from conftest import DATA

from llm4rs_bib.awesome import Writer, parse
from llm4rs_bib.awesome.rows import FIELDS
from llm4rs_bib.catalog.yamltree import read as read_yaml
from llm4rs_bib.errors import ListError
from llm4rs_bib.listingid import name_listings
from llm4rs_bib.model import Catalog, Category

LISTS = DATA / "lists"
CASES = sorted(path.stem for path in LISTS.glob("*.md"))
EMPTY = "b-no-papers-at-all"


def plain(heading):
    return Category(slug="", heading=heading).title


def told(listing, expected):
    """The fields that the case speaks of."""
    return {name: value for name in FIELDS if (value := getattr(listing, name)) is not None and name in expected}


def merged(categories):
    """Neighbours under one heading are one section to a reader."""
    found = []
    for heading, level, listings in categories:
        if listings and found and found[-1][:2] == [heading, level]:
            found[-1][2].extend(listings)
        elif listings:
            found.append([heading, level, list(listings)])
    return found


@pytest.mark.parametrize("case", [case for case in CASES if case != EMPTY])
def test_a_list_is_read_as_a_careful_person_reads_it(case):
    expected = read_yaml((LISTS / f"{case}.yaml").read_text())
    found = parse((LISTS / f"{case}.md").read_text(), "list.md")
    read = merged((category.title, str(category.level), category.listings) for category in found.categories)
    wanted = merged(
        (plain(category["heading"]) if "heading" in category else None, category.get("level"), category["listings"])
        for category in expected["categories"]
    )
    assert [
        [told(each, fields) for each, fields in zip(have[2], want[2], strict=True)]
        for have, want in zip(read, wanted, strict=True)
    ] == [want[2] for want in wanted]
    assert [
        [have if want is not None else None for have, want in zip(got[:2], like[:2], strict=True)]
        for got, like in zip(read, wanted, strict=True)
    ] == [like[:2] for like in wanted]
    assert (found.title or "null") == expected["title"]
    left_out = {fault.where.rpartition(":")[2] for fault in found.left_out}
    assert left_out == set(expected.get("left_out", {}))


def test_a_list_without_papers_is_refused():
    with pytest.raises(ListError, match="no papers found"):
        parse((LISTS / f"{EMPTY}.md").read_text(), "list.md")


def catalog_of(found):
    return Catalog(
        title=found.title or "A List",
        heading_markdown=found.heading_markdown,
        text_above=found.text_above,
        text_before=found.text_before,
        columns=found.columns,
        categories=name_listings(found.categories),
    )


def said(markdown):
    """The lines of a list without white space and without what only draws tables."""
    lines = (re.sub(r"\s+", "", line) for line in markdown.removeprefix("\ufeff").splitlines())
    lines = (re.sub("-+", "-", line) if re.fullmatch(r"[|:-]*-[|:-]*", line) else line for line in lines)
    return [line for line in (line.removesuffix("\\").strip("|") for line in lines) if line]


@pytest.mark.parametrize(
    "path", [LISTS / f"{case}.md" for case in CASES if case != EMPTY] + [DATA / "awesome-llm4rs.md"], ids=lambda path: path.stem
)
def test_a_list_comes_back_line_by_line_and_is_read_again_as_the_same(path):
    markdown = path.read_text()
    catalog = catalog_of(parse(markdown, "list.md"))
    writer = Writer(catalog)
    again = writer.markdown()
    assert said(again) == said(markdown)
    assert catalog_of(parse(again, "list.md")) == catalog
    assert writer.complaints == []


def test_a_column_is_what_a_person_says():
    markdown = "| Work | Where | Code |\n|---|---|---|\n| A Title of Some Words | [KDD 2024](https://doi.org/10.1145/1.2) | |\n"
    with pytest.raises(ListError):
        parse(markdown.replace("[KDD 2024](https://doi.org/10.1145/1.2)", "KDD 2024"), "x.md")
    found = parse(markdown, "x.md", {"Work": "title", "Where": "venue"})
    (listing,) = found.categories[0].listings
    assert (listing.title, listing.venue, listing.link) == ("A Title of Some Words", "KDD 2024", "https://doi.org/10.1145/1.2")
    assert found.columns == {"Work": "title", "Where": "venue"}
    assert parse(markdown, "x.md", {"Work": "title", "Where": "-"}).categories[0].listings[0].venue is None


def test_tables_without_papers_are_named():
    markdown = "| Paper |\n|---|\n| A |\n\n| Company | City |\n|---|---|\n| B | C |\n\n| Task | Source |\n|---|---|\n| x | [a](https://arxiv.org/abs/2301.00001) |\n| y | |\n| z | |\n"
    found = parse(markdown, "x.md")
    assert found.remarks == (
        "x.md:5: no table of papers (Company, City); kept as text",
        "x.md:9: links to papers, but no column of titles (Task, Source); say which it is: --columns 'HEADING=title'",
        "x.md:9: 1 link to a paper stands outside of tables and bullets of papers; kept as text",
    )


def test_only_what_stands_between_the_marks_is_the_list():
    markdown = "# Mine\n\n- [Other](https://arxiv.org/abs/2301.00001)\n\n<!-- llm4rs-bib:begin -->\n\n## A\n\n| Paper |\n|---|\n| B |\n\n<!-- llm4rs-bib:end -->\n\n## Licence\n"
    found = parse(markdown, "x.md")
    assert [(category.heading, [(each.title, each.where) for each in category.listings]) for category in found.categories] == [
        ("A", [("B", "x.md:11")])
    ]
    assert (found.title, found.heading_markdown) == (None, "")


def test_what_a_list_cannot_show_is_said():
    listing = replace(parse("| Paper |\n|---|\n| A |\n", "x.md").categories[0].listings[0], id="a", venue="KDD'24")
    catalog = Catalog(title="T", categories=(Category(slug="c", heading="C", columns=("Paper",), listings=(listing,)),))
    writer = Writer(catalog)
    assert writer.markdown() == "# T\n\n## C\n\n| Paper |\n| --- |\n| A |\n"
    assert writer.complaints == ["category c: no column shows the venue of a"]


def test_a_column_is_told_by_its_heading_whatever_marks_stand_around_it():
    markdown = "| **Work** | Where |\n|---|---|\n| A Title of Some Words | [KDD 2024](https://doi.org/10.1145/1.2) |\n"
    told = {"Work": "title", "*Where*": "venue"}
    catalog = catalog_of(parse(markdown, "x.md", told))
    (listing,) = catalog.categories[0].listings
    assert (listing.title, listing.venue) == ("A Title of Some Words", "KDD 2024")
    (category,) = catalog.categories
    found = replace(catalog, categories=(replace(category, listings=(replace(listing, venue="KDD 2025"),)),))
    assert "[KDD 2025](https://doi.org/10.1145/1.2)" in Writer(found).markdown()


def test_a_sign_for_nothing_gives_way_to_what_was_found():
    markdown = "| Title | Venue | Note |\n|---|---|---|\n| [A Title of Some Words](https://arxiv.org/abs/2401.00001) | - | - |\n"
    catalog = catalog_of(parse(markdown, "x.md"))
    (category,) = catalog.categories
    (listing,) = category.listings
    assert listing.venue is None
    found = replace(catalog, categories=(replace(category, listings=(replace(listing, venue="KDD 2025"),)),))
    assert Writer(found).markdown().endswith("(https://arxiv.org/abs/2401.00001) | KDD 2025 | - |\n")


@pytest.mark.parametrize("case", [case for case in CASES if case != EMPTY])
def test_links_to_bibtex_go_in_and_are_not_read_again(case):
    catalog = catalog_of(parse((LISTS / f"{case}.md").read_text(), "list.md"))
    writer = Writer(catalog, ("BibTeX", lambda listing: f"[BibTeX](references.bib#L{len(listing.id)})"))
    written = writer.markdown()
    rows = sum(len(category.listings) for category in catalog.categories)
    assert written.count("[BibTeX](") + sum("a row in HTML has no place" in each for each in writer.complaints) == rows
    assert catalog_of(parse(written, "list.md")) == catalog


def test_html_comes_back_letter_by_letter_and_says_what_it_cannot_show():
    markdown = (LISTS / "t-html-table.md").read_text().replace("</tr>\n\n<tr>", "</tr>\n<tr>")
    catalog = catalog_of(parse(markdown, "list.md"))
    written = Writer(catalog)
    assert written.markdown() == markdown.replace("|---|---|", "| --- | --- |")
    assert written.complaints == []
    first, *others = catalog.categories
    renamed = replace(first.listings[0], title="MixTide: Beyond Storms")
    changed = Writer(replace(catalog, categories=(replace(first, listings=(renamed, *first.listings[1:])), *others)))
    assert changed.markdown() == written.markdown()
    assert changed.complaints == [
        f"{renamed.where}: mixtide: the list cannot show its title 'MixTide: Beyond Storms'; it shows None"
    ]


@pytest.mark.parametrize(
    "inside", ["<![x]>", "<!-- ", "<td", "<tr><td rowspan='x'>", "</table></table>", "<table>", "<td colspan=99999999>"]
)
def test_broken_html_is_kept_as_text(inside):
    markdown = f"# List\n\n<table>\n<tr><th>Paper</th></tr>\n{inside}\n<tr><td><a href='https://arxiv.org/abs/2301.00572'>Noise at Sea</a></td></tr>\n</table>\n\n## Papers\n\n- [Calm at Sea](https://arxiv.org/abs/2301.00573)\n"
    catalog = catalog_of(parse(markdown, "list.md"))
    assert "Calm at Sea" in [row.title for each in catalog.categories for row in each.listings]
    assert said(Writer(catalog).markdown()) == said(markdown)


def test_papers_under_a_bullet_that_only_groups_them_are_not_said_to_be_elsewhere():
    found = parse("# L\n\n## A\n\n- **[2025.01]**\n  - [Noise at Sea](https://arxiv.org/abs/2301.00572)\n", "list.md")
    assert (found.rows, found.remarks) == (1, ())
