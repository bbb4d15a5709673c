"""`add` as its users run it, against registries that are played over real HTTP."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
import time
from contextlib import suppress

import pytest
from conftest import UNMEASURED
from enriching import environment, lock_of
from registries import near_misses, records
from registries.papers import listed
from registries.server import serve
from registries.values import Person, Preprint, World
from scripted import Reply, Scripted

SCALE = 100
KAR = "Towards Open-World Recommendation with Knowledge Augmentation from Large Language Models"
KAR_DOI = "10.1145/3640457.3688104"
ONCE_DOI = "10.1145/3616855.3635845"
MMREC = "MMREC: LLM Based Multi-Modal Recommender System"
CATALOG = """\
format: 1
title: Awesome Papers
categories:
- {slug: knowledge, heading: Knowledge, columns: [Date / Venue, Model, Paper, Type, Code]}
- {slug: titles, heading: Only Titles, columns: [Paper, Remark]}
- {slug: bullets, heading: Bullets}
"""
KNOWLEDGE = """\
# by hand, in its own order
-   id: once   # the first
    title: "ONCE: Boosting Content-based Recommendation with Both Open- and Closed-source Large Language Models"
    link: https://dl.acm.org/doi/pdf/10.1145/3616855.3635845
    date: 2023.5
    venue: WSDM'24
    model: ONCE
    code: '[Link](https://github.com/Jyonn/ONCE)'
    columns: {Type: Text}

-   id: sagcn
    title: 'Understanding Before Recommendation: Semantic Aspect-Aware Review Exploitation via Large Language Models'
    link: https://arxiv.org/pdf/2312.16275
    date: 2023.12
    venue: arXiv'23
    code: '[Link](https://github.com/x/sagcn)'
# the end
"""
ROW = f"""\
- id: kar
  title: {KAR}
  link: https://doi.org/{KAR_DOI}
  date: 2023.6
  venue: RecSys'24
  model: KAR
  code: '[Link](https://github.com/x/kar)'
"""


def known_world():
    """Some of our papers without oddities, a twin of one, a correction of another, and papers of others under our titles."""
    world, papers = World(), {paper.listing_id: paper for paper in listed()}
    names = ("once", "kar", "sagcn", "lsvcr", "mmrec", "seralm", "how-can-recommender", "llm-ins", "survey-large-language")
    for paper in map(papers.__getitem__, names):
        if paper.doi:
            world.add(records.of_paper(paper))
        if paper.preprint:
            world.post(paper.preprint)
        if paper.alias:
            world.aliases[paper.alias] = paper.doi.lower()
    near_misses.add_twin(world, papers["how-can-recommender"], 1)
    others = [Person("Doe", "Jane"), Person("Roe", "Richard")]
    update = {"update-to": [{"DOI": KAR_DOI, "type": "correction", "label": "Correction"}]}
    world.add(records.record("10.1145/1.correction", f"Correction to: {KAR}", papers["kar"].authors, [2025], update))
    retraction = {"updated-by": [{"DOI": "10.1000/r", "type": "retraction", "updated": {"date-parts": [[2025, 1, 2]]}}]}
    world.add(records.record("10.1000/others", KAR, others, [2024, 3], {"container-title": ["Other Things"], **retraction}))
    world.post(Preprint("2401.00001", "A Title That Two Groups Gave to Their Papers", tuple(others), "2024-01-02"))
    world.post(Preprint("2401.00002", "A Title That Two Groups Gave to Their Papers", (Person("Li", "Wei"),), "2024-01-03"))
    return world


@pytest.fixture(scope="module")
def server():
    with serve(known_world(), scale=SCALE) as server:
        yield server


@pytest.fixture
def env(server, tmp_path):
    return environment(server.address, tmp_path / "cache", SCALE)


@pytest.fixture
def folder(tmp_path):
    """A catalog with two rows by hand."""
    folder = tmp_path / "catalog"
    folder.mkdir()
    (folder / "catalog.yaml").write_text(CATALOG)
    (folder / "knowledge.yaml").write_text(KNOWLEDGE)
    (folder / "titles.yaml").write_text("[]\n")
    return folder


def content(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def row_of(folder, name, slug="knowledge"):
    """The lines of a listing, without indentation."""
    blocks = (folder / f"{slug}.yaml").read_text().split("- ")
    [block] = [block for block in blocks if block.lstrip().startswith(f"id: {name}\n")]
    return [line.strip() for line in block.splitlines() if line.strip() and not line.startswith("#")]


def test_a_paper_goes_where_its_date_belongs_and_every_other_byte_stays(run, env, folder):
    result = run("add", "2306.10933", "-c", "knowledge", "--model", "KAR", "--code", "https://github.com/x/kar", **env)
    assert (result.code, result.err) == (0, "1 paper: 1 added, 0 left out, 0 unreachable\n")
    head, behind, rest = KNOWLEDGE.partition("    columns: {Type: Text}\n")
    assert (folder / "knowledge.yaml").read_text() == head + behind + ROW + rest


def test_what_was_found_is_shown(run, env, folder):
    result = run("add", "2306.10933", "-c", "knowledge", **env)
    assert result.out == (
        f"title      {KAR}\n"
        "authors    Xi, Yunjia; Liu, Weiwen; Lin, Jianghao; Cai, Xiaoling; Zhu, Hong; Zhu, Jieming; Chen, Bo; Tang, Ruiming; "
        "Zhang, Weinan; Yu, Yong\n"
        "published  Proceedings of the 18th ACM Conference on Recommender Systems, 2024-10, 10.1145/3640457.3688104\n"
        "preprint   arXiv, 2023-06-19, 2306.10933\n"
        "key        xi2024towards\n"
        "\n"
        "catalog/knowledge.yaml, behind once:\n"
        "- id: towards-openworld-recommendation\n"
        f"  title: {KAR}\n"
        f"  link: https://doi.org/{KAR_DOI}\n"
        "  date: 2023.6\n"
        "  venue: RecSys'24\n"
    )


@pytest.mark.parametrize(
    ("given", "link"),
    [
        (KAR_DOI, f"https://doi.org/{KAR_DOI}"),
        (f"doi:{KAR_DOI.upper()}", f"https://doi.org/{KAR_DOI}"),
        ("arXiv:2306.10933v1", f"https://doi.org/{KAR_DOI}"),
        ("10.48550/arXiv.2306.10933", f"https://doi.org/{KAR_DOI}"),
        ("https://arxiv.org/pdf/2306.10933v2", "https://arxiv.org/pdf/2306.10933v2"),
        (f"https://dl.acm.org/doi/abs/{KAR_DOI}", f"https://dl.acm.org/doi/abs/{KAR_DOI}"),
        (f"  {KAR}\n", f"https://doi.org/{KAR_DOI}"),
        (KAR.upper(), f"https://doi.org/{KAR_DOI}"),
    ],
)
def test_an_identifier_an_address_and_a_title_lead_to_the_same_work(run, env, folder, given, link):
    assert run("add", given, "-c", "knowledge", "--id", "kar", **env).code == 0
    assert row_of(folder, "kar") == [
        "id: kar", f"title: {KAR}", f"link: {link}", "date: 2023.6", "venue: RecSys'24"
    ]  # fmt: skip
    work = lock_of(folder)["works"]["xi2024towards"]
    assert (work["published"]["doi"], work["preprint"]["arxiv_id"]) == (KAR_DOI, "2306.10933")


@pytest.mark.parametrize(
    "given", ["2306.10933", "https://arxiv.org/abs/2403.13574", "2403.13574", MMREC, "10.1145/3626772.3657782", "2306.05817"]
)
def test_enrich_has_nothing_to_do_afterwards(run, env, folder, given):
    assert run("add", given, "-c", "knowledge", "--id", "new", **env).code == 0
    before = content(folder)
    again = run("enrich", "--only", "new", **env)
    assert (again.code, content(folder)) == (0, before)
    assert run("enrich", "--only", "new", "--rebuild", **env).code == 0
    assert content(folder) == before


@pytest.mark.parametrize("given", ["2306.10933", KAR, "https://arxiv.org/abs/2403.13574", MMREC, "10.1145/3626772.3657782"])
def test_the_lock_is_what_enrich_makes_of_the_row(run, env, folder, given):
    assert run("add", given, "-c", "knowledge", "--id", "new", **env).code == 0
    lock = (folder / "works.lock.json").read_bytes()
    (folder / "works.lock.json").unlink()
    assert run("enrich", "--only", "new", **env).code == 0
    assert (folder / "works.lock.json").read_bytes() == lock


def test_a_renamed_preprint_is_remembered_as_the_persons_answer(run, env, folder):
    assert run("add", "2403.13574", "-c", "knowledge", "--id", "new", **env).code == 0
    lock = lock_of(folder)
    assert [(said["record"], said["same"]) for said in lock["said"]["new"]] == [("2403.13574", "yes")]
    work = lock["works"][lock["listings"]["new"]]
    assert work["preprint"]["arxiv_id"] == "2403.13574"
    assert row_of(folder, "new")[1:3] == [
        "title: Enhancing Sequential Recommender with Large Language Models for Joint Video and Comment Recommendation",
        "link: https://doi.org/10.1145/3705328.3748075",
    ]


def test_a_preprint_is_written_as_the_others_are(run, env, folder):
    assert run("add", "2408.04211", "-c", "knowledge", **env).code == 0
    assert row_of(folder, "mmrec") == [
        "id: mmrec", f"title: '{MMREC}'", "link: https://arxiv.org/abs/2408.04211", "date: 2024.8", "venue: arXiv'24"
    ]  # fmt: skip


def test_only_what_the_columns_show_is_written(run, env, folder):
    assert run("add", "2306.10933", "-c", "titles", **env).code == 0
    assert (folder / "titles.yaml").read_text() == (
        f"- id: towards-openworld-recommendation\n  title: {KAR}\n  link: https://doi.org/{KAR_DOI}\n"
    )


def test_a_first_bullet_begins_its_file(run, env, folder):
    assert run("add", "2306.10933", "-c", "bullets", "--model", "KAR", **env).code == 0
    assert (folder / "bullets.yaml").read_text() == (
        f"- id: kar\n  title: {KAR}\n  link: https://doi.org/{KAR_DOI}\n  date: 2023.6\n  venue: RecSys'24\n  model: KAR\n"
    )
    assert run("list", "kar").out.startswith("kar\txi2024towards\t2024\tProceedings of the 18th ACM")


def test_what_the_person_says_goes_first(run, env, folder):
    said = (
        "--link",
        "https://openreview.net/forum?id=x",
        "--date",
        "soon",
        "--venue",
        "somewhere",
        "--code",
        "none yet",
        "--id",
        "My.1",
    )
    assert run("add", "2306.10933", "-c", "knowledge", *said, **env).code == 0
    assert row_of(folder, "My.1") == [
        "id: My.1", f"title: {KAR}", "link: https://openreview.net/forum?id=x", "date: soon", "venue: somewhere", "code: none yet"
    ]  # fmt: skip
    work = lock_of(folder)["works"]["xi2024towards"]
    assert (work["published"]["doi"], work["preprint"]["arxiv_id"]) == (KAR_DOI, "2306.10933")


def test_without_a_category_the_only_one_is_meant(run, env, folder):
    (folder / "catalog.yaml").write_text("".join(CATALOG.splitlines(keepends=True)[:4]))
    (folder / "titles.yaml").unlink()
    assert run("add", "2306.10933", **env).code == 0
    assert "2306.10933" in (folder / "works.lock.json").read_text()


def test_several_papers_are_added_one_after_the_other_and_each_is_accounted_for(run, env, folder):
    result = run("add", "2408.04211", "10.1145/3626772.3657782", KAR_DOI, "2306.10933", "2312.99999", "-c", "knowledge", **env)
    assert result.code == 1
    assert result.err.splitlines() == [
        "2306.10933: listed already: towards-openworld-recommendation (catalog/knowledge.yaml)",
        "2312.99999: arXiv does not know it",
        "5 papers: 3 added, 2 left out, 0 unreachable",
    ]
    ids = [line.split()[2] for line in (folder / "knowledge.yaml").read_text().splitlines() if " id: " in line]
    assert ids == ["once", "towards-openworld-recommendation", "sagcn", "enhancing-sequential-recommenders", "mmrec"]
    assert sorted(lock_of(folder)["listings"]) == [
        "enhancing-sequential-recommenders",
        "mmrec",
        "towards-openworld-recommendation",
    ]


def test_a_dry_run_shows_and_writes_nothing(run, env, folder):
    before = content(folder)
    result = run("add", "2306.10933", KAR_DOI, "-c", "knowledge", "--dry-run", **env)
    assert (result.code, content(folder)) == (1, before)
    assert result.out.startswith(f"title      {KAR}\n")
    assert result.err.splitlines() == [
        f"{KAR_DOI}: listed already: towards-openworld-recommendation (catalog/knowledge.yaml)",
        "2 papers: 1 added, 1 left out, 0 unreachable; nothing was written",
    ]


TWINS = (
    "  1. arxiv 2401.00001: A Title That Two Groups Gave to Their Papers. Doe, Jane; Roe, Richard. 2024 (title equal, no authors to compare)",
    "  2. arxiv 2401.00002: A Title That Two Groups Gave to Their Papers. Li, Wei. 2024 (title equal, no authors to compare)",
)


@pytest.mark.parametrize(
    ("given", "lines"),
    [
        ("2312.99999", ["2312.99999: arXiv does not know it"]),
        ("10.1145/12.34", ["10.1145/12.34: Crossref does not know it"]),
        ("10.1145/1.correction", [f"10.1145/1.correction: it is no paper: correction of {KAR_DOI}"]),
        ("https://openreview.net/forum?id=x", ["https://openreview.net/forum?id=x: this address has no DOI or arXiv id; give one, or the title and the address as --link"]),
        ("No Paper Anywhere Has This Title", ["No Paper Anywhere Has This Title: neither arXiv nor Crossref has a paper of this title; give its DOI or arXiv id"]),
        ("A Title That Two Groups Gave to Their Papers", ["A Title That Two Groups Gave to Their Papers: which paper is meant? Give the DOI or arXiv id of the right one:", *TWINS]),
        ("10.1145/3616855.3635845", ["10.1145/3616855.3635845: listed already: once (catalog/knowledge.yaml:2)"]),
        ("2305.06566", ["2305.06566: listed already: once (catalog/knowledge.yaml:2)"]),
        ("10.1145/3704999", ["10.1145/3704999: listed already: sagcn (catalog/knowledge.yaml:11)"]),
        ("ONCE: boosting content-based recommendation with both open and closed source large language models", ["ONCE: boosting content-based recommendation with both open and closed source large language models: listed already under this title: once (catalog/knowledge.yaml:2); if another paper is meant, give its DOI or arXiv id"]),
    ],
)  # fmt: skip
def test_what_cannot_be_added_is_said_and_nothing_is_written(run, env, folder, given, lines):
    before = content(folder)
    result = run("add", given, "-c", "knowledge", **env)
    assert (result.code, result.out, content(folder)) == (1, "", before)
    assert result.err.splitlines() == [*lines, "1 paper: 0 added, 1 left out, 0 unreachable"]


def test_a_paper_of_others_under_a_listed_title_is_added(run, env, folder):
    assert run("add", "2306.10933", "-c", "knowledge", "--id", "kar", **env).code == 0
    added = run("add", "10.1000/others", "-c", "knowledge", "--id", "others", **env)
    assert added.out.splitlines()[1:5] == [
        "authors    Doe, Jane; Roe, Richard",
        "published  Other Things, 2024-03, 10.1000/others",
        "note       retraction 2025-01-02: 10.1000/r",
        "key        doe2024towards",
    ]
    assert row_of(folder, "others")[1:] == [f"title: {KAR}", "link: https://doi.org/10.1000/others", "date: 2024.3"]
    again = run("add", KAR, "-c", "knowledge", **env)
    assert (
        again.err.splitlines()[0]
        == f"{KAR}: listed already under this title: kar (catalog/knowledge.yaml:10); if another paper is meant, give its DOI or arXiv id"
    )


def test_a_paper_is_listed_in_two_categories_if_that_is_wanted(run, env, folder):
    assert run("add", "2306.10933", "-c", "knowledge", "--id", "kar", **env).code == 0
    lock = lock_of(folder)
    refused = run("add", KAR_DOI, "-c", "titles", **env)
    assert (refused.code, refused.err.splitlines()[0]) == (
        1,
        f"{KAR_DOI}: listed already: kar (catalog/knowledge.yaml:10), in knowledge; with --also it is listed in titles too",
    )
    assert run("add", KAR_DOI, "-c", "titles", "--also", **env).code == 0
    assert lock_of(folder) == {**lock, "listings": {"kar": "xi2024towards", "towards-openworld-recommendation": "xi2024towards"}}
    again = run("add", KAR_DOI, "-c", "titles", "--also", **env)
    assert again.err.splitlines()[0] == f"{KAR_DOI}: listed already: towards-openworld-recommendation (catalog/titles.yaml:1)"


def test_a_published_version_in_question_is_left_to_enrich(run, env, folder):
    result = run("add", "2306.05817", "-c", "knowledge", "--id", "new", **env)
    assert result.code == 0
    asked = [line.partition(", ")[0] for line in result.err.splitlines()]
    assert asked[0].startswith("new: is it crossref 10.1145/")
    assert len(asked) == 4
    assert result.err.splitlines()[2] == "decide with: llm4rs-bib enrich --interactive"
    assert row_of(folder, "new")[2:] == ["link: https://arxiv.org/abs/2306.05817", "date: 2023.6"]


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (["2306.10933"], "llm4rs-bib add: say the category with --category: knowledge, titles, bullets (see llm4rs-bib add --help)"),
        (["2306.10933", "-c", "knowlege"], "llm4rs-bib: unknown category 'knowlege'; did you mean knowledge?"),
        (["Towards", "Open-World", "-c", "knowledge"], "llm4rs-bib add: 'Towards' is no DOI, arXiv id or URL, and a title of several words stands in quotes (see llm4rs-bib add --help)"),
        (["2313.10933", "-c", "knowledge"], "llm4rs-bib add: '2313.10933' is no DOI, arXiv id or URL, and a title of several words stands in quotes (see llm4rs-bib add --help)"),
        (["2306.10933", "2408.04211", "-c", "knowledge", "--model", "KAR"], "llm4rs-bib add: --model can be said of one paper only; there are 2 (see llm4rs-bib add --help)"),
        (["2306.10933", "-c", "titles", "--model", "KAR"], "llm4rs-bib: titles has no column for --model"),
        (["2306.10933", "-c", "knowledge", "--id", "SAGCN"], "llm4rs-bib: the id 'SAGCN' is taken; give another"),
        (["2306.10933", "-c", "knowledge", "--id", "k a"], "llm4rs-bib: the id 'k a' may have letters, digits, '.', '_' and '-' only"),
        ([], "llm4rs-bib add: Missing argument 'PAPER…'. (see llm4rs-bib add --help)"),
    ],
)  # fmt: skip
def test_wrong_usage_is_one_line(run, env, folder, server, args, message):
    before, asked = content(folder), server.stats()["requests"]
    result = run("add", *args, **env)
    assert (result.code, result.out, result.err) == (2, "", f"{message}\n")
    assert (content(folder), server.stats()["requests"]) == (before, asked)


def test_without_a_catalog_import_is_named(run, env):
    result = run("add", "2306.10933", **env)
    assert (result.code, result.err) == (2, "catalog: no catalog.yaml here; make one with: llm4rs-bib import LIST.md\n")


def test_a_file_into_which_no_row_can_be_put_is_named(run, env, folder):
    (folder / "titles.yaml").write_text("[{id: a, title: x}]\n")
    result = run("add", "2306.10933", "-c", "titles", **env)
    assert (result.code, result.out) == (2, "")
    assert result.err == "catalog/titles.yaml: the list stands in brackets; write one item a line, each beginning with '- '\n"
    assert not (folder / "works.lock.json").exists()


def test_a_registry_that_cannot_be_reached_leaves_the_paper_for_later(run, env, folder):
    before = content(folder)
    down = run("add", "2306.10933", "-c", "knowledge", **{**env, "LLM4RS_BIB_CROSSREF_URL": "http://127.0.0.1:9"})
    assert (down.code, down.out, content(folder)) == (3, "", before)
    assert down.err.startswith("2306.10933: not reached: 127.0.0.1:9: cannot be reached (")
    assert down.err.splitlines()[1:] == ["1 paper: 0 added, 0 left out, 1 unreachable"]
    assert run("add", "2306.10933", "-c", "knowledge", **env).code == 0


def test_offline_only_kept_answers_count(run, env, folder):
    nothing = run("add", "2306.10933", "-c", "knowledge", "--offline", **env)
    assert (nothing.code, nothing.err.splitlines()[0]) == (3, "2306.10933: not reached: not asked: --offline")
    shown = run("add", "2306.10933", "-c", "knowledge", "--dry-run", **env)
    assert run("add", "2306.10933", "-c", "knowledge", "--offline", **env).out == shown.out
    assert "xi2024towards" in lock_of(folder)["works"]


def test_line_ends_and_a_last_line_without_one_stay(run, env, folder):
    text = "- id: a\r\n  title: One\r\n# end"
    (folder / "titles.yaml").write_bytes(text.encode())
    assert run("add", "2306.10933", "-c", "titles", "--id", "kar", **env).code == 0
    assert (folder / "titles.yaml").read_bytes().decode() == (
        f"- id: a\r\n  title: One\r\n- id: kar\r\n  title: {KAR}\r\n  link: https://doi.org/{KAR_DOI}\r\n# end"
    )


def test_a_row_whose_work_could_not_be_written_gets_it_from_enrich(run, env, folder, tmp_path):
    (folder / "works.lock.json").symlink_to(tmp_path / "gone" / "lock.json")
    cut = run("add", "2306.10933", "-c", "knowledge", "--id", "kar", **env)
    assert (cut.code, cut.err) == (2, "catalog/works.lock.json: cannot be written: No such file or directory\n")
    assert row_of(folder, "kar")[0] == "id: kar"
    (tmp_path / "gone").mkdir()
    assert run("add", "2306.10933", "-c", "knowledge", **env).err.startswith("2306.10933: listed already: kar (")
    done = run("enrich", "--only", "kar", **env)
    assert done.err == "1 paper: 1 published, 0 preprint only, 0 in question, 0 not found, 0 unreachable; requests: none\n"
    assert lock_of(folder)["listings"] == {"kar": "xi2024towards"}


def test_what_only_the_person_knows_is_written_before_the_row(run, env, folder, tmp_path):
    before = content(folder)
    (folder / "works.lock.json").symlink_to(tmp_path / "gone" / "lock.json")
    assert run("add", "2403.13574", "-c", "knowledge", **env).code == 2
    (folder / "works.lock.json").unlink()
    assert content(folder) == before


def test_a_row_that_would_not_lead_to_its_paper_is_not_written(run, env, folder):
    (folder / "catalog.yaml").write_text(f"{CATALOG}venues: {{ACM Conference on Recommender Systems: KDD}}\n")
    before = content(folder)
    result = run("add", KAR, "-c", "knowledge", "--link", "https://openreview.net/forum?id=x", **env)
    assert (result.code, content(folder)) == (1, before)
    assert result.err.splitlines()[0] == (
        f"{KAR}: what the row would say does not lead to {KAR_DOI}, 2306.10933; give one of these"
    )


def test_a_row_without_a_work_is_no_other_paper_until_its_authors_are_known(run, env, folder):
    (folder / "titles.yaml").write_text(f"- id: a\n  title: {KAR}\n  link: https://ieeexplore.ieee.org/document/1\n")
    result = run("add", "2306.10933", "-c", "titles", **env)
    assert result.err.splitlines()[0] == (
        "2306.10933: listed already under this title: a (catalog/titles.yaml:1); if it may be another paper: llm4rs-bib enrich --only a"
    )


def test_a_second_writer_is_told_to_wait(run, env, folder):
    with Scripted([], Reply(special="hang")) as slow:
        command = [sys.executable, "-m", "llm4rs_bib", "add", KAR_DOI, "-c", "knowledge"]
        environ = {**UNMEASURED, **env, "LLM4RS_BIB_CROSSREF_URL": slow.address}
        with subprocess.Popen(command, cwd=folder.parent, env=environ) as first:
            while not slow.seen:
                time.sleep(0.01)
            second = run("add", "2306.10933", "-c", "knowledge", **env)
            first.kill()
    assert (second.code, second.err) == (2, "catalog: another llm4rs-bib is writing this catalog; try again when it is done\n")


def test_a_terminal_shows_what_is_found_and_no_rest_of_a_bar(env, folder):
    leader, follower = pty.openpty()
    command = [sys.executable, "-m", "llm4rs_bib", "add", "2306.10933", "-c", "titles"]
    with subprocess.Popen(
        command, cwd=folder.parent, stderr=follower, stdout=subprocess.PIPE, env={**os.environ, **env}
    ) as process:
        os.close(follower)
        shown = b""
        with suppress(OSError):  # the end of a terminal
            while piece := os.read(leader, 65536):
                shown += piece
        assert process.stdout.read().startswith(b"title      Towards")
    os.close(leader)
    assert shown.rstrip().endswith(b"1 paper: 1 added, 0 left out, 0 unreachable")
