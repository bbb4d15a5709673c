"""The list as a format: whole, with what was found, with links to the entries, and within another file."""

from __future__ import annotations

import re

import pytest
from conftest import DATA, ROOT

from llm4rs_bib import Options, Selection, export, load
from llm4rs_bib.awesome import parse
from llm4rs_bib.listingid import name_listings

SEED = DATA / "awesome-llm4rs.md"


def cells(markdown):
    """The cells of all tables, and the lines between."""
    lines = [line.strip() for line in markdown.splitlines() if line.strip() and not re.fullmatch(r"[|\s:-]+", line)]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def test_the_project_s_list_comes_back_cell_by_cell():
    assert cells(export(load(), "list")) == cells(SEED.read_text())


def test_what_was_found_stands_in_the_cells():
    rows = {each.id: each for category in load().catalog.categories for each in category.listings}
    found = parse(export(load(), "list", options=Options(with_venues=True)), "x.md")
    made = [each for category in name_listings(found.categories) for each in category.listings]
    assert len(made) == len(rows)
    changed = {
        name: sum(getattr(new, name) != getattr(old, name) for new, old in zip(made, rows.values(), strict=True))
        for name in ("title", "link", "date", "venue", "model", "code")
    }
    assert changed == {"title": 13, "link": 29, "date": 6, "venue": 31, "model": 0, "code": 0}
    trawl = next(each for each in made if each.title.startswith("TRAWL"))
    assert (trawl.venue, trawl.link) == ("CIKM'25", "https://doi.org/10.1145/3746252.3761533")


def test_a_column_leads_to_each_entry_and_is_not_read_again():
    plain = export(load(), "list")
    linked = export(load(), "list", options=Options(with_bibtex=True))
    targets = [int(number) for number in re.findall(r"\[BibTeX\]\(exports/references\.bib#L(\d+)\)", linked)]
    entries = (ROOT / "exports" / "references.bib").read_text().splitlines()
    assert len(targets) == 69
    assert all(re.match(r"@\w+\{\w+,$", entries[number - 1]) for number in targets)
    assert parse(linked, "x.md") == parse(plain, "x.md")
    other = export(load(), "list", options=Options(with_bibtex=True, bibtex_file="my refs (all)|é.bib"))
    assert other.replace("(my%20refs%20%28all%29%7C%C3%A9.bib#", "(exports/references.bib#") == linked
    assert parse(other, "x.md") == parse(plain, "x.md")


def test_of_a_selection_the_column_leads_into_the_whole_file_or_one_of_the_selection():
    last, sorted_ = Selection(ids=["hllm"]), Selection(sort="newest")
    whole = (ROOT / "exports" / "references.bib").read_text().splitlines()
    (line,) = re.findall(r"references\.bib#L(\d+)", export(load(), "list", last, Options(with_bibtex=True)))
    assert whole[int(line) - 1] == "@misc{chen2024hllm,"
    assert "(mine.bib#L1)" in export(load(), "list", last, Options(with_bibtex=True, bibtex_file="mine.bib"))
    lines = re.findall(r"references\.bib#L(\d+)", export(load(), "list", sorted_, Options(with_bibtex=True)))
    assert all(whole[int(line) - 1].startswith("@") for line in lines)


def test_of_a_selection_only_its_rows_are_written():
    listed = parse(export(load(), "list", Selection(categories=["model-enhancement"])), "x.md")
    assert [(each.slug, len(each.listings)) for each in listed.categories] == [("model-enhancement", 33)]
    published = parse(export(load(), "list", Selection(published=True)), "x.md")
    assert sum(len(each.listings) for each in published.categories) == 54


def test_what_no_column_shows_is_said(run, tmp_path):
    head = "# L\n\n## A\n\n"
    (tmp_path / "list.md").write_text(f"{head}| Paper | Year |\n|---|---|\n| [One](https://a.org/1) | 2024 |\n")
    run("import", "list.md")
    rows = "| [One](https://a.org/1) | | 2024 | |\n| [Two](https://a.org/2) | 7 | 2023 | KDD |\n"
    (tmp_path / "list.md").write_text(f"{head}| Title | Stars | Year | Venue |\n|---|---|---|---|\n{rows}")
    run("import", "list.md")
    assert run("export", "--format", "list").err.splitlines() == [
        "warning: category a: no column shows the venue of two",
        "warning: category a: no column 'Stars', which two would need",
    ]


def test_a_catalog_by_hand_shows_what_its_columns_show():
    catalog = load(DATA / "other").catalog
    markdown = export(load(DATA / "other"), "list")
    found = parse(markdown, "x.md")
    titles = [each.title for category in catalog.categories for each in category.listings]
    assert [each.title for category in found.categories for each in category.listings] == titles


LIST = "# Mine\n\nWords.\n\n<!-- llm4rs-bib:begin -->\n<!-- llm4rs-bib:end -->\n\n## Licence\n"


def test_a_file_s_list_is_written_in_its_place(run, tmp_path):
    file = tmp_path / "README.md"
    file.write_text(LIST)
    assert run("export", "--format", "list", "--in-place", file).code == 0
    made = file.read_text()
    assert made.startswith("# Mine\n\nWords.\n\n<!-- llm4rs-bib:begin -->\n# Awesome LLM-Enhanced Recommender Systems\n")
    assert made.endswith("\n<!-- llm4rs-bib:end -->\n\n## Licence\n")
    assert run("export", "--format", "list", "--in-place", file).code == 0
    assert file.read_text() == made
    assert [category.listings for category in parse(made, "x.md").categories] == [
        category.listings for category in parse(SEED.read_text(), "x.md").categories
    ]


def test_words_about_the_marks_are_no_marks(run, tmp_path):
    file = tmp_path / "README.md"
    words = "Between `<!-- llm4rs-bib:begin -->` and `<!-- llm4rs-bib:end -->` the list is written."
    file.write_text(
        f"{words}\n\n<!-- llm4rs-bib:begin -->\n<!-- llm4rs-bib:end -->\n\n- [Not listed](https://arxiv.org/abs/2301.00001)\n"
    )
    assert run("export", "--format", "list", "--in-place", file).code == 0
    made = file.read_text()
    assert made.startswith(f"{words}\n\n<!-- llm4rs-bib:begin -->\n# Awesome")
    assert parse(made, "x.md").rows == 69


PUT_MARKS = (
    "put <!-- llm4rs-bib:begin --> and <!-- llm4rs-bib:end --> around its list, once, each alone on a line; nothing was written"
)


@pytest.mark.parametrize(
    "text",
    [
        "{begin} words {end}\n",
        "{begin}\n{end}\n{begin}\n{end}\n",
        "{end}\n{begin}\n",
        "{begin}\n",
    ],
)
def test_a_file_whose_marks_are_in_doubt_stays(run, tmp_path, text):
    file = tmp_path / "README.md"
    file.write_text(text.format(begin="<!-- llm4rs-bib:begin -->", end="<!-- llm4rs-bib:end -->"))
    before = file.read_bytes()
    result = run("export", "--format", "list", "--in-place", file)
    assert (result.code, result.err.splitlines()[-1]) == (2, f"{file}: {PUT_MARKS}")
    assert file.read_bytes() == before


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--format", "list", "--in-place", "F"], f"F: {PUT_MARKS}\n"),
        (["--format", "bibtex", "--in-place", "F"], "llm4rs-bib export: --in-place FILE is for --format list, without -o (see llm4rs-bib export --help)\n"),
        (["--format", "bibtex", "--with-venues"], "llm4rs-bib: --with-venues is for list, not for bibtex\n"),
    ],
)  # fmt: skip
def test_what_cannot_be_written(run, tmp_path, arguments, message):
    file = tmp_path / "F"
    file.write_text("# Mine\n")
    result = run("export", *(str(file) if each == "F" else each for each in arguments))
    assert (result.code, result.err.splitlines(keepends=True)[-1]) == (2, message.replace("F:", f"{file}:"))
    assert file.read_text() == "# Mine\n"
