"""The command as its users run it: what stands on standard output and standard error, and the exit code."""

from __future__ import annotations

import fcntl
import json
import os
import re
import shutil
import signal
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import DATA, ROOT, UNMEASURED, Result

from llm4rs_bib import load

LIST = DATA / "awesome-llm4rs.md"
FACTS = DATA / "facts.json"
SMALL = "# L\n\n## A\n\n| Paper | Year |\n|---|---|\n| [One](https://arxiv.org/abs/2401.00001) | 2024 |\n| [Two](https://arxiv.org/abs/2401.00002) | 2024 |\n"
DIFFERENT = (
    SMALL.replace("[One]", "[One Salt]")
    .replace("| 2024 |\n| [Two]", "| 2023 |\n| New | |\n| [Two]")
    .replace("## A", "## A\n\nwords")
)


def bytes_of(folder: Path):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


# import


def test_the_project_s_catalog_is_what_its_list_and_facts_make(run, tmp_path):
    assert Result(0, "", "69 rows: 69 listings, 0 left out\n") == run("import", LIST)
    assert Result(0, "", "69 works: 69 new, 0 changed, 0 unchanged, 0 left out\n") == run("curate", FACTS, "--checked", "2026-11")
    assert bytes_of(ROOT / "catalog") == bytes_of(tmp_path / "catalog")


def test_the_same_list_and_facts_again_change_nothing(run, catalog):
    before = bytes_of(catalog)
    assert Result(0, "", "69 rows: 69 listings, 0 left out\n") == run("import", LIST)
    assert Result(0, "", "69 works: 0 new, 0 changed, 69 unchanged, 0 left out\n") == run("curate", FACTS)
    assert before == bytes_of(catalog)


def test_new_rows_go_behind_their_neighbour_and_nothing_else_is_touched(run, tmp_path):
    (tmp_path / "list.md").write_text(SMALL)
    assert run("import", "list.md").code == 0
    path = tmp_path / "catalog" / "a.yaml"
    edited = "# by hand\n" + path.read_text().replace("- id: two\n", "\n# mine\n- id: two\n  key: Two2024\n")
    path.write_text(edited)
    new = "| [New](https://arxiv.org/abs/2401.00003) | 2023 |\n"
    (tmp_path / "list.md").write_text(SMALL.replace("| [Two]", f"{new}| [Two]") + "\n### B\n\n| Paper |\n|---|\n| Other |\n")
    assert Result(0, "", "4 rows: 4 listings, 0 left out; 2 new, 1 new section\n") == run("import", "list.md")
    block = "- id: new\n  title: New\n  link: https://arxiv.org/abs/2401.00003\n  date: 2023\n"
    assert edited.replace("\n# mine", f"{block}\n# mine") == path.read_text()
    assert (tmp_path / "catalog" / "b.yaml").read_text() == "- id: other\n  title: Other\n"
    assert sorted(entry.listed[0][1].id for entry in load(tmp_path / "catalog").entries) == ["new", "one", "other", "two"]


def test_what_differs_is_said_and_new_rows_are_added_all_the_same(run, tmp_path):
    (tmp_path / "list.md").write_text(SMALL)
    run("import", "list.md")
    before = bytes_of(tmp_path / "catalog")
    (tmp_path / "list.md").write_text(DIFFERENT)
    assert run("import", "list.md") == Result(
        1,
        "",
        "section a: text_before: nothing → 'words'\n"
        "list.md:9: one: title: 'One' → 'One Salt'\n"
        "list.md:9: one: date: '2024' → '2023'\n"
        "3 rows: 3 listings, 0 left out; 1 new; 2 changed: not taken (--update takes it)\n",
    )
    two = b"- id: two\n"
    new = before["a.yaml"].replace(two, b"- id: new\n  title: New\n" + two)
    assert bytes_of(tmp_path / "catalog") == before | {"a.yaml": new}


def test_what_differs_is_taken_if_asked_for_and_nothing_else_is_touched(run, tmp_path):
    (tmp_path / "list.md").write_text(SMALL)
    run("import", "list.md")
    path = tmp_path / "catalog" / "a.yaml"
    mine = (
        path.read_text()
        .replace("- id: one\n", "# mine\n- id: one   # first\n  key: K\n  override: {page: 1}\n")
        .replace("title: One", "title: 'One'")
    )
    path.write_bytes(mine.replace("\n", "\r\n").encode())
    (tmp_path / "list.md").write_text(DIFFERENT)
    result = run("import", "list.md", "--update")
    assert (result.code, result.err.splitlines()[-1]) == (0, "3 rows: 3 listings, 0 left out; 1 new; 2 changed: taken")
    taken = (
        mine.replace("'One'", "'One Salt'")
        .replace("date: 2024", "date: 2023", 1)
        .replace("- id: two\n", "- id: new\n  title: New\n- id: two\n")
    )
    assert path.read_bytes().decode() == taken.replace("\n", "\r\n")
    assert (tmp_path / "catalog" / "catalog.yaml").read_text().endswith("  columns: [Paper, Year]\n  text_before: words\n")
    assert run("import", "list.md") == Result(0, "", "3 rows: 3 listings, 0 left out\n")


def test_a_row_that_moved_is_said_and_taken_with_all_that_a_person_wrote(run, tmp_path):
    (tmp_path / "list.md").write_text(SMALL)
    run("import", "list.md")
    path = tmp_path / "catalog" / "a.yaml"
    block = "# about two\n- id: two\n  title: Two\n  link: https://arxiv.org/abs/2401.00002\n  date: 2024\n  key: K\n"
    one = path.read_text().partition("- id: two")[0]
    path.write_text(one + block)
    (tmp_path / "list.md").write_text(SMALL.replace("| [Two]", "\n## B\n\n| Paper | Year |\n|---|---|\n| [Two]"))
    said = "list.md:13: two: section: a → b\n"
    counts = "2 rows: 2 listings, 0 left out; 1 new section; 1 moved"
    assert run("import", "list.md") == Result(1, "", f"{said}{counts}: not taken (--update takes it)\n")
    assert (path.read_text(), (path.parent / "b.yaml").read_text()) == (one + block, "[]\n")
    assert run("import", "list.md", "--update").code == 0
    assert (path.read_text(), (path.parent / "b.yaml").read_text()) == (one, block)


def test_a_row_that_is_gone_is_said_and_kept_until_it_is_pruned(run, tmp_path):
    (tmp_path / "list.md").write_text(SMALL)
    run("import", "list.md")
    path = tmp_path / "catalog" / "a.yaml"
    path.write_text(path.read_text() + "  key: K\n# the end\n")
    before = bytes_of(path.parent)
    (tmp_path / "list.md").write_text("\n".join(SMALL.split("\n")[:-2]) + "\n")
    two = "with its key: 'Two' (catalog/a.yaml:5)\n1 row: 1 listing, 0 left out; 1 gone"
    kept = f"two: not in the list any more, kept {two}: kept (--prune removes it)\n"
    assert run("import", "list.md") == Result(1, "", kept)
    assert run("import", "list.md", "--update") == Result(1, "", kept)
    assert before == bytes_of(path.parent)
    assert run("import", "list.md", "--prune") == Result(0, "", f"two: not in the list any more, removed {two}: removed\n")
    assert path.read_text() == before["a.yaml"].decode().partition("- id: two")[0] + "# the end\n"
    assert run("import", "list.md") == Result(0, "", "1 row: 1 listing, 0 left out\n")


def test_a_row_that_was_pruned_and_comes_back_has_its_work_and_key_again(run, catalog):
    before = bytes_of(catalog)
    lines = LIST.read_text().splitlines(keepends=True)
    (catalog.parent / "list.md").write_text("".join(line for line in lines if "2306.10933" not in line))
    assert "kar: not in the list any more, removed" in run("import", "list.md", "--prune").err
    assert b"- id: kar\n" not in (catalog / "knowledge-enhancement.yaml").read_bytes()
    run("import", LIST)
    now = bytes_of(catalog)
    assert {**now, "catalog.yaml": b""} == {**before, "catalog.yaml": b""}


def test_the_wrong_list_prunes_nothing(run, tmp_path):
    (tmp_path / "list.md").write_text(SMALL)
    run("import", "list.md")
    before = bytes_of(tmp_path / "catalog")
    (tmp_path / "list.md").write_text("# M\n\n| Paper |\n|---|\n| Other |\n")
    assert run("import", "list.md", "--prune") == Result(
        2, "", "--prune: no row of this list is in the catalog; is it the right list? Nothing was written\n"
    )
    assert before == bytes_of(tmp_path / "catalog")


def test_sections_that_are_gone_go_with_their_files_if_pruned(run, tmp_path):
    (tmp_path / "list.md").write_text(SMALL + "\n## B\n\n| Paper |\n|---|\n| Other |\n\n## Contributing\n\nPlease do.\n")
    run("import", "list.md")
    (tmp_path / "list.md").write_text(SMALL)
    assert run("import", "list.md").err.splitlines()[1:3] == [
        "section b: not in the list; kept",
        "section contributing: not in the list; kept",
    ]
    assert run("import", "list.md", "--prune").code == 0
    assert sorted(bytes_of(tmp_path / "catalog")) == ["a.yaml", "catalog.yaml"]
    assert [each.slug for each in load(tmp_path / "catalog").catalog.categories] == ["a"]


def test_a_renamed_heading_is_a_changed_heading(run, tmp_path):
    (tmp_path / "list.md").write_text(SMALL)
    run("import", "list.md")
    (tmp_path / "list.md").write_text(SMALL.replace("## A", "## Better Name"))
    assert run("import", "list.md", "--update") == Result(
        0, "", "section a: heading: 'A' → 'Better Name'\n2 rows: 2 listings, 0 left out; 1 changed: taken\n"
    )
    assert "- slug: a\n  heading: Better Name\n" in (tmp_path / "catalog" / "catalog.yaml").read_text()


def test_papers_that_stand_twice_are_said(run, tmp_path):
    again = "| [One](https://arxiv.org/pdf/2401.00001) | 2024 |\n| [Other](https://arxiv.org/abs/2401.00002) | 2024 |\n"
    (tmp_path / "list.md").write_text(f"{SMALL}\n## B\n\n| Paper | Year |\n|---|---|\n{again}")
    said = (
        "list.md:14: one-2: the paper of one (list.md:7) in another section; one work\n"
        "list.md:15: other: has the link of two (list.md:8) under quite another title; they stay two papers\n"
        "4 rows: 4 listings, 0 left out\n"
    )
    assert run("import", "list.md") == Result(0, "", said)
    assert run("import", "list.md") == Result(0, "", said)
    assert [len(entry.listed) for entry in load(tmp_path / "catalog").entries] == [2, 1, 1]


def test_papers_that_stand_twice_are_said_as_far_as_one_reads(run, tmp_path):
    rows = "".join(f"| [Paper {number} of Salt](https://a.org/{number}) |\n" for number in range(15))
    (tmp_path / "list.md").write_text(f"# L\n\n| Paper |\n|---|\n{rows}{rows}")
    lines = run("import", "list.md").err.splitlines()
    assert (len(lines), lines[-2]) == (12, "… and 5 more rows of papers that stand twice")


def test_what_a_column_holds_is_said_and_remembered(run, tmp_path):
    text = SMALL.replace("Year", "Appeared").replace("| 2024 |", "| WWW |")
    (tmp_path / "list.md").write_text(text)
    assert run("import", "list.md", "--columns", "Appeared=venue") == Result(0, "", "2 rows: 2 listings, 0 left out\n")
    path = tmp_path / "catalog" / "catalog.yaml"
    assert "title: L\ncolumns:\n  Appeared: venue\ncategories:\n" in path.read_text()
    assert [entry.listed[0][1].venue for entry in load(tmp_path / "catalog").entries] == ["WWW", "WWW"]
    (tmp_path / "list.md").write_text(text.replace("WWW", "KDD"))
    before = path.read_text()
    result = run("import", "list.md", "--columns", "Appeared=-", "--update")
    assert (result.code, "list.md:7: one: Appeared: nothing → 'KDD'" in result.err.splitlines()) == (0, True)
    assert path.read_text() == before.replace("venue", "'-'")


def test_what_is_said_of_columns_is_written_without_being_asked_to_update(run, tmp_path):
    (tmp_path / "list.md").write_text(SMALL)
    run("import", "list.md")
    before = (tmp_path / "catalog" / "catalog.yaml").read_text()
    assert run("import", "list.md", "--columns", "Year=date") == Result(0, "", "2 rows: 2 listings, 0 left out\n")
    remembered = "title: L\ncolumns:\n  Year: date\n"
    assert (tmp_path / "catalog" / "catalog.yaml").read_text() == before.replace("title: L\n", remembered)


def test_columns_that_change_what_rows_say_wait_for_update(run, tmp_path):
    text = SMALL.replace("Year", "Appeared").replace("| 2024 |", "| WWW |")
    (tmp_path / "list.md").write_text(text)
    run("import", "list.md")
    before = bytes_of(tmp_path / "catalog")
    (tmp_path / "list.md").write_text(text + "| [New](https://a.org/n) | KDD |\n")
    result = run("import", "list.md", "--columns", "Appeared=venue")
    assert (result.code, result.err.splitlines()[-2:]) == (1, [
        "3 rows: 3 listings, 0 left out; 1 new; 2 changed: not taken (--update takes it)",
        "nothing was written: with --columns, what the rows say otherwise has to be taken too (--update)",
    ])  # fmt: skip
    assert bytes_of(tmp_path / "catalog") == before
    assert run("import", "list.md", "--columns", "Appeared=venue", "--update").code == 0
    cells = re.findall(r"\| (\w+) \|$", run("export", "--format", "list").out, re.MULTILINE)
    assert cells[1:] == ["WWW", "WWW", "KDD"]


def test_a_field_that_cannot_be_changed_in_its_place_is_named(run, tmp_path):
    (tmp_path / "list.md").write_text(SMALL)
    run("import", "list.md")
    path = tmp_path / "catalog" / "a.yaml"
    path.write_text(path.read_text().replace("title: One\n", "title: |-  # why\n    One\n"))
    before = bytes_of(path.parent)
    (tmp_path / "list.md").write_text(DIFFERENT)
    message = "catalog/a.yaml:2: a comment is in the way of what is to be changed here; change it by hand\n"
    assert run("import", "list.md", "--update") == Result(2, "", message)
    assert bytes_of(path.parent) == before


def test_a_file_that_was_divided_without_a_category_is_named(run, tmp_path):
    (tmp_path / "list.md").write_text(SMALL)
    run("import", "list.md")
    path = tmp_path / "catalog" / "a.yaml"
    one, mark, two = path.read_text().partition("- id: two")
    path.write_text(one)
    path.with_name("more.yaml").write_text(mark + two)
    before = bytes_of(path.parent)
    message = (
        "warning: catalog/more.yaml: no category of catalog.yaml has this slug; its listings are not read\n"
        "catalog/more.yaml: 1 row of the list would be new but stand here (two); give catalog.yaml a category 'more', "
        "or move the file away\n"
    )
    assert run("import", "list.md") == Result(2, "", message)
    assert bytes_of(path.parent) == before


def test_a_file_beside_that_is_none_of_ours_is_no_hindrance(run, tmp_path):
    (tmp_path / "list.md").write_text(SMALL)
    run("import", "list.md")
    (tmp_path / "catalog" / "odd.yaml").write_text("{")
    (tmp_path / "list.md").write_text(SMALL + "| New | |\n")
    warning = "warning: catalog/odd.yaml: no category of catalog.yaml has this slug; its listings are not read\n"
    assert run("import", "list.md") == Result(0, "", f"{warning}3 rows: 3 listings, 0 left out; 1 new\n")


STOPPED = """
import sys
from dataclasses import replace
from pathlib import Path
from llm4rs_bib.awesome import parse
from llm4rs_bib.catalog import read_folder
from llm4rs_bib.cli.planned import carry_out, prepare
from llm4rs_bib.update import compare
from llm4rs_bib.update.plan import plan
folder = Path("catalog")
catalog, lock, _ = read_folder(folder)
planned = plan(compare(catalog, lock, parse(Path("list.md").read_text(), "list.md")), {}, take=True, prune=True)
prepared = prepare(folder, catalog, planned)
prepared.steps[int(sys.argv[1]) :] = [("nowhere/x.yaml", "")]
carry_out(folder, planned, prepared)
"""


@pytest.mark.parametrize("done", range(10))
def test_an_import_that_was_stopped_is_mended_by_the_next(run, tmp_path, done):
    table = "| Paper | Year |\n|---|---|\n"
    one, two, three, four = (f"| [{name}](https://a.org/{name}) | 2024 |\n" for name in ("One", "Two", "Three", "Four"))
    gone = f"## Gone\n\n{table}| [Five](https://a.org/5) | 2024 |\n"
    (tmp_path / "list.md").write_text(f"# L\n\n## A\n\n{table}{one}{two}{three}\n## B\n\n{table}{four}\n{gone}")
    run("import", "list.md")
    path = tmp_path / "catalog" / "a.yaml"
    path.write_text(
        path.read_text().replace("- id: two", "# about two\n- id: two").replace("- id: three", "# about three\n- id: three")
    )
    (tmp_path / "list.md").write_text(f"# L\n\n## A\n\n{table}\n## B\n\n{table}{two}\n## C\n\n{table}{three}{four}")
    shutil.copytree(tmp_path / "catalog", tmp_path / "whole")
    assert run("--catalog", "whole", "import", "list.md", "--update", "--prune").code == 0
    stopped = subprocess.run([sys.executable, "-c", STOPPED, str(done)], cwd=tmp_path, capture_output=True, check=False)
    assert b"nowhere/x.yaml: cannot be written" in stopped.stderr
    assert (tmp_path / "catalog" / ".import.json").exists()
    assert run("import", "list.md", "--update", "--prune").code == 0
    assert bytes_of(tmp_path / "catalog") == bytes_of(tmp_path / "whole")
    assert run("import", "list.md") == Result(0, "", "3 rows: 3 listings, 0 left out\n")


BIB = "@inproceedings{xi2024, title={Alpha of Salt}, author={Xi, Ann}, booktitle={Proc. of Salt}, year=2024, doi={10.1000/a}, keywords={Sea}}\n"


def test_a_bibliography_becomes_listings_and_works(run, tmp_path):
    (tmp_path / "refs.bib").write_text(BIB)
    counts = "1 entry: 1 new listing, 1 new work, 0 known, 0 left out\n"
    assert run("import", "refs.bib", "--categories", "keywords") == Result(0, "", counts)
    (entry,) = load(tmp_path / "catalog").entries
    assert (entry.key, entry.work.title, entry.keywords) == ("xi2024", "Alpha of Salt", ("Sea",))
    before = bytes_of(tmp_path / "catalog")
    assert run("import", "refs.bib") == Result(0, "", "1 entry: 0 new listings, 0 new works, 1 known, 0 left out\n")
    assert bytes_of(tmp_path / "catalog") == before


def test_a_bibliography_without_entries_makes_no_catalog(run, tmp_path):
    (tmp_path / "refs.json").write_text('[1, {"id": "a"}]')
    lines = "refs.json:1: stands where an object should: left out\nrefs.json:1: a: has no title: left out\n"
    assert run("import", "refs.json") == Result(2, "", f"{lines}refs.json: no entries found\n")
    assert not (tmp_path / "catalog").exists()


def test_a_bibliography_goes_beside_what_a_list_brought(run, tmp_path):
    (tmp_path / "list.md").write_text(SMALL)
    run("import", "list.md")
    path = tmp_path / "catalog" / "a.yaml"
    path.write_text("# mine\n" + path.read_text())
    before = bytes_of(path.parent)
    two = BIB.replace("xi2024", "two").replace("Alpha of Salt", "Two").replace("doi={10.1000/a}", "eprint={2401.00002}")
    (tmp_path / "refs.bib").write_text(BIB + two)
    counts = "2 entries: 1 new listing, 2 new works, 0 known, 0 left out"
    result = run("import", "refs.bib", "--heading", "Read")
    assert (result.code, result.err.splitlines()[-1]) == (0, counts)
    now = bytes_of(path.parent)
    assert {name: now[name] for name in now if name not in ("catalog.yaml", "works.lock.json")} == {
        "a.yaml": before["a.yaml"],
        "read.yaml": b"- id: alpha-salt\n  title: Alpha of Salt\n  link: https://doi.org/10.1000/a\n  date: 2024\n  venue: Proc. of Salt\n",
    }
    assert now["catalog.yaml"] == before["catalog.yaml"] + b"- slug: read\n  heading: Read\n  level: 2\n"
    assert [entry.key for entry in load(path.parent).entries] == ["one", "two", "xi2024"]


def test_entries_of_a_bibliography_that_cannot_be_read_are_named(run, tmp_path):
    (tmp_path / "refs.bib").write_text(BIB + "@article{empty, year = 2024}\n")
    result = run("import", "refs.bib")
    assert (result.code, result.err.splitlines()[-1]) == (1, "2 entries: 1 new listing, 1 new work, 0 known, 1 left out")
    assert [line.endswith(": left out") for line in result.err.splitlines()].count(True) == 1


def test_a_note_of_an_import_that_is_none(run, tmp_path):
    (tmp_path / "list.md").write_text(SMALL)
    run("import", "list.md")
    (tmp_path / "catalog" / ".import.json").write_text("{}")
    assert run("import", "list.md") == Result(2, "", "catalog/.import.json: is not as an import leaves it; remove it\n")


def test_what_the_list_has_in_another_order(run, tmp_path):
    (tmp_path / "list.md").write_text(SMALL + "\nwords\n\n## B\n\n| Paper |\n|---|\n| Other |\n")
    run("import", "list.md")
    damage(tmp_path / "catalog" / "catalog.yaml", "text_after: words", "text_after: |\n    words")  # as a person writes it
    before = bytes_of(tmp_path / "catalog")
    assert run("import", "list.md") == Result(0, "", "3 rows: 3 listings, 0 left out\n")
    one, two = SMALL.split("\n")[6:8]
    (tmp_path / "list.md").write_text(
        "# L\n\n## B\n\n| Paper |\n|---|\n| Other |\n\n" + SMALL[5:].replace(f"{one}\n{two}", f"{two}\n{one}") + "\nwords\n"
    )
    assert run("import", "list.md") == Result(
        1,
        "",
        "the sections stand in another order in the list; the catalog keeps its own\n"
        "section a: its rows stand in another order in the list; the catalog keeps its own\n"
        "3 rows: 3 listings, 0 left out; 2 in another order: not taken (--update takes it)\n",
    )
    assert before == bytes_of(tmp_path / "catalog")
    assert run("import", "list.md", "--update").code == 0
    assert [(each.slug, [row.id for row in each.listings]) for each in load(tmp_path / "catalog").catalog.categories] == [
        ("b", ["other"]), ("a", ["two", "one"])
    ]  # fmt: skip
    assert run("import", "list.md") == Result(0, "", "3 rows: 3 listings, 0 left out\n")


def test_another_title_and_other_words_above_are_said_and_taken(run, tmp_path):
    (tmp_path / "list.md").write_text(SMALL)
    run("import", "list.md")
    (tmp_path / "list.md").write_text("above\n\n" + SMALL.replace("# L\n", "# M\n\nbelow\n"))
    said = ["the list: title: 'L' → 'M'", "the list: text_above: nothing → 'above'", "the list: text_before: nothing → 'below'"]
    counts = "2 rows: 2 listings, 0 left out; 1 changed"
    assert run("import", "list.md").err.splitlines() == [*said, f"{counts}: not taken (--update takes it)"]
    assert run("import", "list.md", "--update").err.splitlines() == [*said, f"{counts}: taken"]
    text = (tmp_path / "catalog" / "catalog.yaml").read_text()
    assert text.startswith("format: 1\ntitle: M\ntext_above: above\ntext_before: below\ncategories:\n")


def test_a_new_row_never_gets_an_id_that_means_another_paper(run, catalog):
    damage(catalog / "knowledge-enhancement.yaml", "- id: kar\n", "- id: kar-xi\n  key: routing\n")
    text = LIST.read_text().replace("| 2023.8 / AAAI'24   | LLMRG", "| 2026 | KAR | [A](https://arxiv.org/abs/2601.00001) | a | b | |\n"
                                    "| 2026 | Routing | [B](https://arxiv.org/abs/2601.00002) | a | b | |\n| 2023.8 / AAAI'24   | LLMRG")  # fmt: skip
    (catalog.parent / "list.md").write_text(text)
    assert "71 rows: 71 listings, 0 left out; 2 new" in run("import", "list.md").err
    rows = [line.split("\t")[:3] for line in run("list", "-c", "knowledge-enhancement").out.splitlines()]
    assert rows[1:4] == [["kar-xi", "routing", "2024"], ["kar-2", "kar-2", "2026"], ["routing-2", "routing-2", "2026"]]


def test_a_new_section_does_not_overwrite_a_file(run, tmp_path):
    (tmp_path / "list.md").write_text(SMALL)
    run("import", "list.md")
    (tmp_path / "catalog" / "fungi.yaml").write_text("- id: mine\n  title: Mine\n")
    (tmp_path / "list.md").write_text(SMALL + "\n## Fungi\n\n| Paper |\n|---|\n| Other |\n")
    before = bytes_of(tmp_path / "catalog")
    expected = (
        "warning: catalog/fungi.yaml: no category of catalog.yaml has this slug; its listings are not read\n"
        "catalog/fungi.yaml: no category of catalog.yaml has this slug, and it would be overwritten; move it away\n"
    )
    assert run("import", "list.md") == Result(2, "", expected)
    assert before == bytes_of(tmp_path / "catalog")


def test_a_new_section_goes_behind_what_nests_in_its_neighbour(run, tmp_path):
    (tmp_path / "list.md").write_text(SMALL)
    run("import", "list.md")
    with (tmp_path / "catalog" / "catalog.yaml").open("a") as file:
        file.write("- slug: sub\n  heading: Sub\n  level: 3\n")
    (tmp_path / "list.md").write_text(SMALL + "\n## Fungi\n\n| Paper |\n|---|\n| Other |\n")
    assert run("import", "list.md").code == 1  # the list has no such section
    assert [each.slug for each in load(tmp_path / "catalog").catalog.categories] == ["a", "sub", "fungi"]


def test_rows_whose_links_say_nothing(run, tmp_path):
    text = "# L\n\n| Paper |\n|---|\n| [One](#) |\n| [Two](#) |\n"
    (tmp_path / "list.md").write_text(text)
    run("import", "list.md")
    (tmp_path / "list.md").write_text(text.replace("| [One]", "| [Zero](#) |\n| [One]"))
    assert run("import", "list.md") == Result(0, "", "3 rows: 3 listings, 0 left out; 1 new\n")


@pytest.mark.skipif(sys.platform == "darwin", reason="file names are text on this system")
def test_a_list_whose_name_is_no_text(run, tmp_path):
    path = os.fsencode(tmp_path) + b"/\xff.md"
    with open(path, "w") as file:
        file.write("| Paper |\n|---|\n| a |\n")
    assert run("import", os.fsdecode(path)).code == 0
    assert load(tmp_path / "catalog").catalog.title == "�"


def test_a_row_that_cannot_be_put_between(run, tmp_path):
    (tmp_path / "list.md").write_text(SMALL)
    run("import", "list.md")
    (tmp_path / "catalog" / "a.yaml").write_text("[{id: one, title: One}]")
    (tmp_path / "list.md").write_text(SMALL.replace("[One](https://arxiv.org/abs/2401.00001) | 2024", "One |"))
    message = "catalog/a.yaml: the list stands in brackets; write one item a line, each beginning with '- '\n"
    assert run("import", "list.md") == Result(2, "", message)


def test_rows_that_cannot_be_read_are_named_and_the_others_kept(run, tmp_path):
    (tmp_path / "list.md").write_text(SMALL + "| a | b | c |\n")
    expected = (
        "list.md:9: the row has 3 cells under 2 headings; a '|' inside a cell is written '\\|': left out\n"
        "3 rows: 2 listings, 1 left out\n"
    )
    assert Result(1, "", expected) == run("import", "list.md")
    assert len(load(tmp_path / "catalog").entries) == 2


def test_mojibake_stays_in_the_listing_and_is_shown_repaired(run):
    shown = run("--catalog", ROOT / "catalog", "show", "survey-landing-generative").out
    assert (
        "title           Survey for Landing Generative AI in Social and E-commerce Recsys – the Industry Perspectives (in the list: "
        in shown
    )
    assert "Recsys â€“ the" in (ROOT / "catalog" / "llm4rs-survey.yaml").read_text()


@pytest.mark.parametrize(
    ("prepare", "arguments", "message"),
    [
        (None, ["import", "none.md"], "none.md: cannot be read: No such file or directory"),
        (lambda d: (d / "x.md").write_bytes(b"ok\n\xff"), ["import", "x.md"], "x.md:2: not UTF-8 (byte 0xff); save the file as UTF-8"),
        (lambda d: (d / "x.md").write_text("words"), ["import", "x.md"],
         "x.md: no papers found; a table needs a heading such as Paper or Title (or --columns), a bullet a link to a paper"),
        (lambda d: (d / "x.md").write_text(SMALL), ["import", "x.md", "--columns", "Year"],
         "llm4rs-bib import: Invalid value for '--columns': 'Year' is not a heading and its field, such as 'Publication=venue' (see llm4rs-bib import --help)"),
        (lambda d: (d / "x.md").write_text(SMALL), ["import", "x.md", "--columns", "Year=dat"],
         "llm4rs-bib import: Invalid value for '--columns': 'Year=dat': unknown field 'dat'; did you mean date? (see llm4rs-bib import --help)"),
        (lambda d: (d / "x.md").write_text(SMALL), ["import", "x.md", "--columns", "Yaer=date"],
         "--columns: unknown column 'Yaer'; did you mean Year or Paper?"),
        (None, ["import", "x.md", "--heading", "H"],
         "llm4rs-bib import: --heading is for bibliographies only (see llm4rs-bib import --help)"),
        (None, ["import", "x.BIB", "--prune"], "llm4rs-bib import: --prune is for lists only (see llm4rs-bib import --help)"),
        (None, ["import", "x.bib", "--categories", "group"],
         "llm4rs-bib import: Invalid value for '--categories': unknown kind 'group'; did you mean groups? (see llm4rs-bib import --help)"),
        (lambda d: ((d / "catalog").mkdir(), (d / "catalog" / "a.yaml").write_text("mine"), (d / "x.md").write_text(SMALL)),
         ["import", "x.md"], "catalog/a.yaml: there is no catalog.yaml beside it, and it would be overwritten; move it away"),
        (None, ["curate", "x.json"], "catalog: no catalog.yaml here; make one with: llm4rs-bib import LIST.md"),
        (None, ["--catalog", "nowhere", "list"], "nowhere: no catalog.yaml here; make one with: llm4rs-bib import LIST.md"),
        (None, ["--catalog", "a" * 300, "list"], f"{'a' * 300}: no catalog.yaml here; make one with: llm4rs-bib import LIST.md"),
        (None, ["export"], "llm4rs-bib export: give either --format F [which entries, and how] [-o FILE], or --all [--check] [-o FOLDER] "
         "(see llm4rs-bib export --help)"),
        (None, ["export", "--zotero-nte", "x"], "llm4rs-bib export: No such option '--zotero-nte'. Did you mean '--zotero-note'? (see llm4rs-bib export --help)"),
        (None, ["exprot"], "llm4rs-bib: unknown command 'exprot'; did you mean export?"),
        (None, [], None),
    ],
)  # fmt: skip
def test_wrong_use_and_unreadable_input(run, tmp_path, prepare, arguments, message):
    if prepare:
        prepare(tmp_path)
    result = run(*arguments)
    assert result.code == 2
    assert result.out == ""
    if message:
        assert f"{message}\n" == result.err


# curate


def test_a_paper_without_listing_is_named_and_the_others_taken(run, catalog):
    facts = '[{"title": "Nowhere", "type": "book", "sources": ["x"]}, {"listing": "kar", "title": "New", "type": "book", "sources": ["x"]}]'
    (catalog.parent / "f.json").write_text(facts)
    assert Result(
        1,
        "",
        'f.json: 1 (Nowhere): no listing has its title or an identifier of it; name one with "listing": left out\n'
        "xi2024towards: changed\n"
        "2 works: 0 new, 1 changed, 0 unchanged, 1 left out\n",
    ) == run("curate", "f.json")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["none.json"], "none.json: cannot be read: No such file or directory\n"),
        (
            ["catalog/works.lock.json"],
            "catalog/works.lock.json:1: must be a list of objects, one for each paper; see docs/curate.md\n",
        ),
        (
            [FACTS, "--checked", "soon"],
            "llm4rs-bib curate: Invalid value for --checked: 'soon' is not a date such as 2024, 2024-05 or 2024-05-31",
        ),
    ],
)
def test_files_that_hold_no_checked_works(run, catalog, arguments, message):
    before = bytes_of(catalog)
    result = run("curate", *arguments)
    assert (result.code, result.err.startswith(message)) == (2, True)
    assert result.err.count("\n") == 1
    assert before == bytes_of(catalog)


def test_one_writer_at_a_time(run, catalog):
    handle = os.open(catalog, os.O_RDONLY)
    fcntl.flock(handle, fcntl.LOCK_EX)
    try:
        expected = Result(2, "", "catalog: another llm4rs-bib is writing this catalog; try again when it is done\n")
        assert expected == run("curate", FACTS)
        assert expected == run("import", LIST)
    finally:
        os.close(handle)
    assert run("curate", FACTS).code == 0


# export


def test_export_prints_the_same_bytes_each_time_and_writes_nothing(run, catalog):
    before = bytes_of(catalog)
    first = run("export", "--format", "bibtex")
    assert Result(0, (DATA / "golden" / "references.bib").read_text(), "") == first
    assert first == run("export", "--format", "bibtex")
    assert before == bytes_of(catalog)


def test_export_by_category(run, catalog):
    result = run("export", "-f", "bibtex", "-c", "interaction-enhancement", "-c", "llm4rs-survey")
    assert result.out.count("\n  title ") == 17
    assert result.out.startswith("@article{wu2024survey")


def test_export_into_a_file_keeps_its_mode_and_its_link(run, catalog):
    target = catalog.parent / "target.bib"
    target.write_text("old")
    target.chmod(0o640)
    (catalog.parent / "link.bib").symlink_to(target)
    assert Result(0, "", "") == run("export", "-f", "bibtex", "-o", "link.bib")
    assert (DATA / "golden" / "references.bib").read_bytes() == target.read_bytes()
    assert stat.S_IMODE(target.stat().st_mode) == 0o640
    assert (catalog.parent / "link.bib").is_symlink()


def test_without_a_catalog_the_built_in_list_is_used_and_said(run):
    result = run("export", "--format", "bibtex")
    note = "no ./catalog/catalog.yaml: using the built-in list, 'Awesome LLM-Enhanced Recommender Systems'\n"
    assert Result(0, (DATA / "golden" / "references.bib").read_text(), note) == result


def test_listings_without_work_are_exported_with_one_warning(run, other):
    warning = "warning: 4 listings have no work in the lock; exported from the list alone, without authors and venue\n"
    assert Result(0, (DATA / "golden" / "other.bib").read_text(), warning) == run(
        "--catalog", other, "export", "--format", "bibtex"
    )


def test_every_option_has_an_environment_variable(run, other):
    result = run(
        "export", LLM4RS_BIB_CATALOG=str(other), LLM4RS_BIB_EXPORT_FORMAT="csl-json", LLM4RS_BIB_EXPORT_CATEGORIES="climate"
    )
    assert (result.code, result.out.startswith('[\n {"id": "no-link"')) == (0, True)


def damage(path, old, new):
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        ("model-enhancement.yaml", "- id: flip", "- id: KAR", "catalog/model-enhancement.yaml:20: the id 'KAR' also stands at "
         "catalog/knowledge-enhancement.yaml:11; give one another id\n"),
        ("llm4rs-survey.yaml", "  venue: WWWJ'24", "  vennue: WWWJ'24", "catalog/llm4rs-survey.yaml:5: unknown key 'vennue'; did you mean venue?\n"
         "catalog/llm4rs-survey.yaml:29: unknown key 'vennue'; did you mean venue?\n"),
        ("catalog.yaml", "format: 1", "format: 2", "catalog/catalog.yaml:1: format 2 is not what this version reads (1); update llm4rs-bib\n"),
        ("works.lock.json", '"format": 1', '"format": 7', "catalog/works.lock.json:1: format 7 is not what this version reads (1); update llm4rs-bib\n"),
        ("works.lock.json", '"kar": "xi2024towards"', '"kar": "xi2024towrads"',
         "catalog/works.lock.json: the listing 'kar' points to 'xi2024towrads', which is no work here; restore it from git\n"),
    ],
)  # fmt: skip
def test_a_damaged_catalog_is_one_line_a_fault_and_nothing_is_printed(run, catalog, file, old, new, message):
    damage(catalog / file, old, new)
    assert Result(2, "", message) == run("export", "--format", "bibtex")


def test_an_id_that_an_import_left_twice_when_it_was_stopped(run, catalog):
    damage(catalog / "model-enhancement.yaml", "- id: flip", "- id: kar")
    (catalog / ".import.json").write_text('{"made": {}, "moved": []}')
    message = (
        "catalog/model-enhancement.yaml:20: the id 'kar' also stands at catalog/knowledge-enhancement.yaml:11; "
        "an import was stopped: run it again\n"
    )
    assert Result(2, "", message) == run("list")


def test_faults_of_all_files_are_said_at_once(run, catalog):
    damage(catalog / "model-enhancement.yaml", "- id: flip", "- di: flip")
    damage(catalog / "llm4rs-survey.yaml", "- id: all-roads-lead", "- id: all roads")
    (catalog / "interaction-enhancement.yaml").unlink()
    result = run("list")
    assert result.code == 2
    assert result.err.splitlines() == [
        "catalog/llm4rs-survey.yaml:73: the id 'all roads' may have letters, digits, '.', '_' and '-' only",
        "catalog/interaction-enhancement.yaml: cannot be read: No such file or directory",
        "catalog/model-enhancement.yaml:20: unknown key 'di'; known: id, title, link, date, venue, model, code, columns, text, key, override",
        "catalog/model-enhancement.yaml:20: the listing has no id",
    ]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["-f", "bibtxe"], "llm4rs-bib: unknown format 'bibtxe'; did you mean bibtex or biblatex?\n"),
        (["-f", "bibtex", "-c", "model"], "llm4rs-bib: unknown category 'model'; known: llm4rs-survey, knowledge-enhancement, "
         "interaction-enhancement, model-enhancement\n"),
        (["-f", "bibtex", "-c", "modelenhancement"], "llm4rs-bib: unknown category 'modelenhancement'; did you mean model-enhancement or knowledge-enhancement or "
         "interaction-enhancement?\n"),
        (["-f", "bibtex", "-o", "no/where.bib"], "no/where.bib: cannot be written: No such file or directory\n"),
        (["-f", "bibtex", "-o", "catalog"], "catalog: cannot be written: Is a directory\n"),
        (["--all", "-o", "catalog/catalog.yaml"], "catalog/catalog.yaml: cannot be made: File exists\n"),
    ],
)  # fmt: skip
def test_what_export_cannot_do(run, catalog, arguments, message):
    before = bytes_of(catalog.parent)
    assert Result(2, "", message) == run("export", *arguments)
    assert before == bytes_of(catalog.parent)


def test_a_full_disk_leaves_the_old_file(catalog):
    target = catalog.parent / "old.bib"
    target.write_text("old")
    limited = f"ulimit -f 8; trap '' XFSZ; exec {sys.executable} -m llm4rs_bib export --format bibtex -o old.bib"
    done = subprocess.run(["bash", "-c", limited], cwd=catalog.parent, env=UNMEASURED, capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (2, b"old.bib: cannot be written: File too large\n")
    assert target.read_text() == "old"
    assert sorted(path.name for path in catalog.parent.iterdir()) == ["catalog", "old.bib"]


def test_a_lock_entry_whose_listing_is_gone_is_a_warning(run, catalog):
    damage(
        catalog / "model-enhancement.yaml",
        (catalog / "model-enhancement.yaml").read_text().split("- id: rlmrec")[0].split("- id: flip")[1],
        "\n  title: x\n",
    )
    damage(catalog / "works.lock.json", '"kar": "xi2024towards"', '"rak": "xi2024towards"')
    result = run("export", "--format", "bibtex")
    assert (result.code, result.out.count("\n  title ")) == (0, 69)
    (catalog / "interaction-enhancement.yaml").write_text("")
    warnings = run("list", "zzz").err.splitlines()
    assert warnings == [
        "warning: 7 listings of the lock are not in the catalog any more (large-language-models-as, llamarec, llm-ins, …); "
        "their works are kept"
    ]


def test_a_file_that_no_category_names_is_a_warning(run, catalog):
    (catalog / "notes.yaml").write_text("- id: x\n  title: y\n")
    assert (
        run("list", "zzz").err
        == "warning: catalog/notes.yaml: no category of catalog.yaml has this slug; its listings are not read\n"
    )


def test_exports_are_written_and_checked(run, catalog):
    folder = catalog.parent / "exports"
    assert Result(0, "", "46 files written\n") == run("export", "--all")
    assert bytes_of(ROOT / "exports") == bytes_of(folder)
    assert Result(0, "", "") == run("export", "--all", "--check")
    (folder / "references.bib").write_text("changed")
    (folder / "categories" / "model-enhancement.json").unlink()
    shutil.copy(folder / "references.json", folder / "categories" / "old.json")
    (folder / "mine.json").write_text("{}")
    assert Result(
        1,
        "",
        "exports/references.bib: not fresh; run llm4rs-bib export --all\n"
        "exports/categories/model-enhancement.json: not fresh; run llm4rs-bib export --all\n"
        "exports/categories/old.json: not written by export --all any more; delete it\n",
    ) == run("export", "--all", "--check")


def test_a_reader_that_has_seen_enough(catalog):
    piped = f"{sys.executable} -m llm4rs_bib export --format bibtex | head -n 1"
    done = subprocess.run(["bash", "-c", piped], cwd=catalog.parent, capture_output=True, check=False)
    assert (done.stdout, done.stderr) == (b"@article{wu2024survey,\n", b"")


@pytest.mark.skipif(sys.platform != "linux", reason="no /dev/full on this system")
@pytest.mark.parametrize("arguments", ["list", "--help", "export --format bibtex"])
def test_a_standard_output_that_takes_nothing(catalog, arguments):
    full = f"{sys.executable} -m llm4rs_bib {arguments} > /dev/full"
    done = subprocess.run(["bash", "-c", full], cwd=catalog.parent, env=UNMEASURED, capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (2, b"standard output: cannot be written: No space left on device\n")
    closed = f"{sys.executable} -m llm4rs_bib list >&-"
    done = subprocess.run(["bash", "-c", closed], cwd=catalog.parent, env=UNMEASURED, capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (2, b"standard output: cannot be written: it is closed\n")


def test_ctrl_c(catalog):
    os.mkfifo(catalog.parent / "facts.json")
    process = subprocess.Popen(
        [sys.executable, "-m", "llm4rs_bib", "curate", "facts.json"],
        cwd=catalog.parent,
        stderr=subprocess.PIPE,
        env=UNMEASURED,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509  # a job in the background has none
    )
    with open(catalog.parent / "facts.json", "w"):  # it is reading now
        process.send_signal(signal.SIGINT)
        assert (process.communicate(timeout=60)[1].strip(), process.returncode) == (b"llm4rs-bib: stopped", 130)


def test_export_needs_none_of_the_heavy_libraries(catalog):
    code = (
        "import sys; from llm4rs_bib.cli import run\n"
        "assert run() == 0\n"
        "heavy = {'habanero', 'httpx2', 'httpx', 'lxml', 'citeproc', 'rich', 'markdown_it', 'ftfy', 'anyascii'}\n"
        "print(sorted(heavy & sys.modules.keys()), file=sys.stderr)"
    )
    command = [sys.executable, "-c", code, "export", "--format", "bibtex"]
    done = subprocess.run(command, cwd=catalog.parent, capture_output=True, check=True)
    assert done.stderr == b"[]\n"


@pytest.mark.skipif(shutil.which("unshare") is None, reason="no network name spaces on this system")
def test_export_runs_with_the_network_switched_off(catalog):
    command = ["unshare", "--net", "--map-root-user", sys.executable, "-m", "llm4rs_bib", "export", "--format", "bibtex"]
    done = subprocess.run(command, cwd=catalog.parent, capture_output=True, check=False)
    if b"unshare failed" in done.stderr:
        pytest.skip("this user may not make a network name space")
    assert (DATA / "golden" / "references.bib").read_bytes() == done.stdout


# show and list


@pytest.mark.parametrize("name", ["kar", "KAR", "xi2024towards", "10.1145/3640457.3688104", "https://doi.org/10.1145/3640457.3688104",
                                  "2306.10933", "arXiv:2306.10933v3", "https://arxiv.org/pdf/2306.10933"])  # fmt: skip
def test_an_entry_is_shown_by_any_of_its_names(run, catalog, name):
    result = run("show", name)
    assert (result.code, result.err) == (0, "")
    assert (DATA / "golden" / "show-kar.txt").read_text() == result.out


def test_a_listing_without_work_and_an_override_are_shown(run, other):
    assert (DATA / "golden" / "show-other.txt").read_text() == "".join(
        run("--catalog", other.name, "show", name).out for name in ("shared", "Doe:2018")
    )


def test_what_another_program_s_file_said_is_shown_with_its_place(run, tmp_path):
    (tmp_path / "refs.bib").write_text(BIB)
    run("import", "refs.bib")
    shown = run("show", "xi2024").out.splitlines()
    assert "  doi             10.1000/a  [imported]" in shown
    assert shown[-2:] == ["imported", "  seen in         refs.bib: xi2024"]


def test_an_override_shows_where_it_was_written(run, catalog):
    damage(
        catalog / "knowledge-enhancement.yaml",
        "  model: KAR\n",
        "  model: KAR\n  key: Mine\n  override:\n    page: 1-2\n    publisher: null\n",
    )
    shown = run("show", "kar").out.splitlines()
    assert shown[0] == "Mine (also xi2024towards)"
    assert "  pages           1-2  [override, catalog/knowledge-enhancement.yaml:11]" in shown
    assert "  publisher       (removed)  [override, catalog/knowledge-enhancement.yaml:11]" in shown


def test_an_unknown_entry(run, catalog):
    assert Result(2, "", "llm4rs-bib: unknown entry 'kra'; did you mean kar?\n") == run("show", "kra")


def test_the_table_is_plain_text_when_piped(run, catalog):
    result = run("list")
    assert (result.code, result.out.count("\n"), result.err) == (0, 69, "")
    rows = [line.split("\t") for line in result.out.splitlines()]
    assert next(row for row in rows if row[0] == "kar")[:5] == ["kar", "xi2024towards", "2024", "RecSys", "knowledge-enhancement"]


def test_the_table_is_filtered_by_words_and_categories(run, catalog):
    assert sorted(line.split("\t")[0] for line in run("list", "wsdm", "-c", "interaction-enhancement").out.splitlines()) == [
        "llm-ins",
        "llmrec",
    ]
    assert run("list", "no such words").out == ""


def test_a_category_s_table_has_no_rows_of_others(run, other):
    rows = run("--catalog", other, "list", "-c", "fungi").out.splitlines()
    assert [row.split("\t")[0] for row in rows] == ["molds-2020", "shared"]


def test_the_table_on_a_terminal(catalog):
    import pty

    leader, follower = pty.openpty()
    env = {**os.environ, "COLUMNS": "120", "TERM": "xterm"}
    subprocess.run(
        [sys.executable, "-m", "llm4rs_bib", "list", "RLMRec"], cwd=catalog.parent, stdout=follower, env=env, check=True
    )
    os.close(follower)
    shown = os.read(leader, 65536).decode()
    os.close(leader)
    assert "category" in shown.splitlines()[1]
    assert "ren2024representation" in shown


# help


def test_without_a_command_the_help_is_shown(run):
    assert run() == Result(2, "", run("--help").out)


def test_every_command_says_what_it_does(run):
    shown = run("--help").out
    assert "..." not in shown.partition("Commands:")[2]  # none is cut off
    for name in ("import", "add", "enrich", "curate", "export", "show", "list", "drift", "styles"):
        assert f"\n  {name} " in shown
        assert run(name, "--help").out.startswith(f"Usage: llm4rs-bib {name} ")
    assert run("--version").out == "llm4rs-bib 0.1.0\n"


def test_export_takes_a_part_in_another_form(run, other):
    asked = ["--where", "Biome~bog", "--key", "Doe:2018", "--venue", "short", "--without", "groups,keywords", "--sort", "title"]
    nothing = run("--catalog", other, "export", "-f", "bibtex", *asked)
    assert (nothing.code, nothing.out) == (0, "")
    one = run("--catalog", other, "export", "-f", "bibtex", *asked[2:])
    assert one.out.splitlines()[:4] == [
        "@article{Doe:2018,",
        "  title       = {Soil Bacteria of the Łódź Region},",
        r"  author      = {van der Doe, {\r{A}}sa and {Soil \& Co} and {Plato} and King, Jr., Martin},",
        "  journal     = {Soil},",
    ]
    assert "keywords" not in one.out
    assert "@comment" not in one.out


def test_export_says_what_it_leaves_out_and_what_is_unknown(run, other):
    since = run("--catalog", other, "export", "-f", "ris", "--since", "2019")
    assert since.out.count("TY  - ") == 2
    assert since.err.splitlines()[0] == "warning: 1 entry has no date: left out"
    preprints = run("export", "-f", "csl-json", "--version", "preprint", "--id", "kar", "--published")
    assert json.loads(preprints.out)[0]["type"] == "article"
    assert "warning: 1 preprint is exported without authors: the lock has those of the published paper only" in preprints.err


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--since", "May"], "Invalid value for '--since': 'May' is not a date such as 2024, 2024-05 or 2024-05-31"),
        (
            ["--where", "GPT"],
            "Invalid value for '--where': 'GPT' is not a condition such as 'Foundation Model~GPT' (holds) or 'Model=KAR' (is)",
        ),
    ],
)
def test_conditions_that_cannot_be_read(run, arguments, message):
    expected = f"llm4rs-bib export: {message} (see llm4rs-bib export --help)\n"
    assert Result(2, "", expected) == run("export", "-f", "ris", *arguments)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--id", "karr"], "unknown id 'karr'; did you mean kar or larr or skarrec?"),
        (["--where", "Modle~x"], "unknown column 'Modle'; did you mean model or code?"),
        (["--classic-note"], "--classic-note is for bibtex, not for ris"),
        (["--sort", "date"], "unknown order 'date'; known: list, key, author, title, newest, oldest"),
    ],
)
def test_what_is_not_there_to_select(run, catalog, arguments, message):
    assert Result(2, "", f"llm4rs-bib: {message}\n") == run("export", "-f", "ris", *arguments)


def test_options_from_the_environment(run, other):
    env = {"LLM4RS_BIB_EXPORT_FORMAT": "ris", "LLM4RS_BIB_EXPORT_CATEGORY": "fungi climate", "LLM4RS_BIB_VERSION": "0.1.0"}
    assert run("--catalog", other, "export", **env).out.count("TY  - ") == 3
    assert run("--catalog", other, "export", **env, LLM4RS_BIB_EXPORT_WHERE="Biome~bog\nTitle~molds").out.count("TY  - ") == 1
    assert run("--catalog", other, "export", "--all", LLM4RS_BIB_EXPORT_FORMAT="ris").code == 0


def test_an_empty_path_is_refused(run, other):
    expected = "llm4rs-bib export: Invalid value for '--output' / '-o': must not be empty (see llm4rs-bib export --help)\n"
    assert Result(2, "", expected) == run("export", "--all", "-o", "")
    assert run("--catalog", "", "list").code == 2


def test_leftovers_are_found_when_no_category_is_left(run, other):
    run("--catalog", other, "export", "--all")
    (other / "catalog.yaml").write_text("format: 1\ntitle: x\ncategories: []\n")
    checked = run("--catalog", other, "export", "--all", "--check")
    assert checked.code == 1
    assert "exports/categories/soil.rdf: not written by export --all any more; delete it" in checked.err
