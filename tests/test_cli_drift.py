"""`drift` as its users run it; with `--online`, against registries that are played over real HTTP."""

from __future__ import annotations

import json
import re
import shutil
import subprocess

import pytest
from conftest import DATA, ROOT
from enriching import environment
from registries.papers import ours
from registries.server import serve
from scripted import Scripted

FOLDER = DATA / "drift"
SCALE = 100
SUMMARY = (
    "39 rows, 20 with findings: 2 mojibake, 5 title, 3 model, 2 published-since, 1 venue, 2 venue-year, 3 preprint-link, "
    "1 first-posting, 3 duplicate, 1 retracted"
)
UNKNOWN = "warning: nothing is known of 5 rows: llm4rs-bib enrich"


@pytest.fixture
def made_up(tmp_path):
    """The made-up list and its catalog, to change."""
    shutil.copytree(FOLDER / "catalog", tmp_path / "catalog")
    shutil.copy(FOLDER / "list.md", tmp_path)
    return tmp_path


@pytest.mark.parametrize(("form", "golden"), [("text", "found.txt"), ("markdown", "found.md"), ("json", "found.json")])
def test_a_list_is_compared_row_by_row(run, made_up, form, golden):
    result = run("drift", "list.md", "--format", form, cwd=made_up)
    assert (result.code, result.err.splitlines()) == (1, [UNKNOWN, SUMMARY])
    assert result.out == (FOLDER / golden).read_text()
    to_file = run("drift", "list.md", "-f", form, "-o", "found", cwd=made_up)
    assert (to_file.code, to_file.out, (made_up / "found").read_text()) == (1, "", result.out)


def test_without_a_list_the_catalog_is_compared_and_says_the_same(run, made_up):
    of_list, of_catalog = (json.loads(run("drift", *args, "-f", "json", cwd=made_up).out) for args in (["list.md"], []))
    assert of_catalog["findings"][0]["where"] == "catalog/moulds.yaml:1"
    for finding in (*of_list["findings"], *of_catalog["findings"]):
        finding["where"] = finding["why"] = re.sub(r" \([\w./]+:\d+\)", "", finding["why"])
    assert of_list == of_catalog


def test_the_built_in_list_has_these_findings(run):
    result = run("drift", cwd=ROOT)
    assert result.code == 1
    assert result.out == (FOLDER / "built-in.txt").read_text()
    assert result.err.splitlines() == [
        "69 rows, 43 with findings: 1 mojibake, 13 title, 2 model, 24 published-since, 5 venue, 2 venue-year, 35 preprint-link, "
        "6 first-posting"
    ]


def test_kinds_and_categories_are_selected(run, made_up):
    result = run("drift", "-k", "title", "--kind", "duplicate", "-c", "yeasts", cwd=made_up)
    assert (result.code, result.err) == (1, "2 rows, 1 with findings: 1 title\n")
    none = run("drift", "list.md", "-k", "venue", "-c", "yeasts", cwd=made_up)
    assert (none.code, none.out, none.err) == (0, "", "2 rows, 0 with findings\n")
    assert json.loads(run("drift", "-k", "venue", "-c", "yeasts", "-f", "json", cwd=made_up).out) == {
        "counts": {},
        "findings": [],
        "format": 1,
    }


def test_rows_are_known_again_by_identifier_or_title_wherever_they_stand(run, made_up):
    rows = [line for line in (made_up / "list.md").read_text().splitlines() if line.startswith("| 20")]
    spora = rows[0].replace("arXiv'24", "arXiv'23").replace("Spora: Counting Spores from Afar", "Spora: counting spores")
    head = "| Date | Venue | Model | Paper | DOI | Drift | Case |\n|---|---|---|---|---|---|---|\n"
    new = "| 2024.3 | arXiv'24 | | [How Mycelia Remembered](https://arxiv.org/abs/2402.99003) | | | |\n"
    (made_up / "list.md").write_text(f"# Awesome fungi\n\n## Elsewhere\n\n{head}{rows[10]}\n{spora}\n{new}")
    result = run("drift", "list.md", cwd=made_up)
    assert [line for line in result.out.splitlines() if re.match(r"\S|  \S", line)] == [
        "list.md:7: capnet",
        "  title: CAPNET: Which Cap Is It? → CAP-NET: Which Cap Is It? (title)",
        "list.md:8: spora",
        "  title: Spora: counting spores → Spora: Counting Spores from Afar (title)",
        "  venue: arXiv'23 → CIKM'25 (published-since)",
        "  link: https://www.arxiv.org/pdf/2403.99001v2 → https://doi.org/10.99999/spora (preprint-link)",
        "list.md:9: mycelia",  # under its former title and link
        "  title: How Mycelia Remembered → How Mycelia Remember (title)",
        "  venue: arXiv'24 → TOIS'25 (published-since)",
        "  link: https://arxiv.org/abs/2402.99003 → https://doi.org/10.99999/mycelia (preprint-link)",
        "  date: 2024.3 → 2024.2 (first-posting)",
    ]


def test_a_row_of_the_list_that_cannot_be_read_is_said(run, made_up):
    path = made_up / "list.md"
    path.write_text(
        "# List\n\n| Paper | Link |\n|---|---|\n| | [](x) |\n| [Decay of Wood](https://arxiv.org/abs/2402.99004) | |\n"
    )
    result = run("drift", "list.md", cwd=made_up)
    assert (result.code, result.out) == (1, "")
    assert result.err == "list.md:5: the row has no title: left out\n1 row, 0 with findings\n"


def test_a_persons_words_in_the_catalog_count_for_the_list_too(run, made_up):
    path = made_up / "catalog" / "moulds.yaml"
    path.write_text(path.read_text().replace("- id: feild\n", "- id: feild\n  override: {title: Mushrooms of the Feild}\n"))
    assert "feild" in run("drift", "list.md", "-k", "title", "-c", "moulds", cwd=FOLDER).out
    assert "feild" not in run("drift", "list.md", "-k", "title", "-c", "moulds", cwd=made_up).out


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (["-k", "titel"], "llm4rs-bib: unknown kind 'titel'; did you mean title?"),
        (["-f", "txt"], "llm4rs-bib: unknown format 'txt'; did you mean text?"),
        (["-c", "mould"], "llm4rs-bib: unknown category 'mould'; did you mean moulds?"),
        (["-k", "dead-id"], "llm4rs-bib drift: --kind dead-id needs --online (see llm4rs-bib drift --help)"),
        (
            ["-f", "patch"],
            "llm4rs-bib drift: --format patch needs the list to patch: llm4rs-bib drift LIST.md --format patch "
            "(see llm4rs-bib drift --help)",
        ),
        (["no.md"], "no.md: cannot be read: No such file or directory"),
        (["latin.md"], "latin.md:2: not UTF-8 (byte 0xe9); save the file as UTF-8"),
    ],
)
def test_wrong_usage_is_one_line(run, made_up, args, message):
    (made_up / "latin.md").write_bytes(b"# List\n\xe9\n")
    result = run("drift", *args, cwd=made_up)
    assert (result.code, result.out, result.err.splitlines()) == (2, "", [message])


def test_nothing_is_asked_without_online(run, made_up):
    with Scripted() as server:
        env = environment(server.address, made_up / "cache")
        assert run("drift", "list.md", cwd=made_up, **env).code == 1
        assert run("drift", "--online", "-k", "title", cwd=made_up, **env).code == 1  # which no registry tells
    assert server.seen == []
    assert not (made_up / "cache").exists()


# --online


@pytest.fixture(scope="module")
def server():
    with serve(ours(), scale=SCALE) as server:
        yield server


@pytest.fixture
def env(server, tmp_path):
    return environment(server.address, tmp_path / "cache", SCALE)


def relinked(catalog, **links):
    """Give rows of the project's catalog other links."""
    for path in catalog.glob("*.yaml"):
        text = path.read_text()
        for listing, link in links.items():
            text = re.sub(rf"(- id: {listing}\n(?:  .*\n)*?  link: ).*\n", rf'\g<1>"{link}"\n', text)
        path.write_text(text)


def dead(run, *args, **env):
    """(row, link, why) of each identifier that its registry does not know, with the run's code and what it said."""
    result = run("drift", "--online", "-k", "dead-id", *args, "-f", "json", **env)
    found = [(each["listing"], each["now"], each["why"]) for each in json.loads(result.out)["findings"]]
    return found, result.code, result.err.splitlines()


def test_all_identifiers_of_the_built_in_list_are_alive_and_none_is_asked_twice(run, env, catalog, server):
    server.reset()
    assert dead(run, **env) == ([], 0, ["69 rows, 0 with findings"])
    assert server.stats()["requests"] == {"arxiv": 1, "crossref list": 1}
    assert dead(run, **env) == ([], 0, ["69 rows, 0 with findings"])
    assert server.stats()["requests"] == {"arxiv": 1, "crossref list": 1}


def test_identifiers_that_their_registries_do_not_know_are_dead(run, env, catalog):
    lost = "https://arxiv.org/abs/2306.99999", "https://dl.acm.org/doi/10.1145/9999999.9999999"
    relinked(catalog, kar=lost[0], once=lost[1], sagcn="https://doi.org/10.5281/zenodo.9999999")
    found, code, said = dead(run, **env)
    assert found == [
        ("once", lost[1], "Crossref does not know 10.1145/9999999.9999999"),
        ("kar", lost[0], "arXiv does not know 2306.99999"),
    ]
    assert (code, said) == (
        1,
        ["warning: Crossref does not know 10.5281/zenodo.9999999; another agency may", "69 rows, 2 with findings: 2 dead-id"],
    )
    assert dead(run, "-c", "llm4rs-survey", **env) == ([], 0, ["10 rows, 0 with findings"])


def test_a_registry_that_is_not_reached_knows_nothing_of_what_is_dead(run, env, catalog):
    relinked(catalog, kar="https://arxiv.org/abs/2306.99999", once="https://doi.org/10.1145/9999999.9999999")
    down = {**env, "LLM4RS_BIB_CROSSREF_URL": "http://127.0.0.1:9"}
    found, code, said = dead(run, "-c", "knowledge-enhancement", **down)
    assert found == [("kar", "https://arxiv.org/abs/2306.99999", "arXiv does not know 2306.99999")]
    assert code == 3
    assert re.fullmatch(r"not reached: 127\.0\.0\.1:9: cannot be reached \(.*\), .*", said[0])
    assert said[1:] == [
        "left for the next run: 10.1145/3626772.3657782, 10.1145/9999999.9999999",
        "19 rows, 1 with findings: 1 dead-id",
    ]
    found, code, _ = dead(run, "-c", "knowledge-enhancement", **env)
    assert ([each[0] for each in found], code) == (["once", "kar"], 1)


def test_what_a_registry_notes_about_a_linked_paper_is_said(run, tmp_path, catalog):
    feed = """<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom" xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/"
     xmlns:arxiv="http://arxiv.org/schemas/atom"><opensearch:totalResults>1</opensearch:totalResults><entry>
     <id>http://arxiv.org/abs/2306.10933v5</id><published>2023-06-19T00:00:00Z</published><title>KAR</title>
     <summary>s</summary><arxiv:comment>Withdrawn by the authors</arxiv:comment></entry></feed>"""
    from scripted import Reply

    only = catalog / "knowledge-enhancement.yaml"
    only.write_text(re.search(r"- id: kar\n(?:  .*\n)*", only.read_text())[0])
    with Scripted([], Reply(body=feed.encode(), headers={"Content-Type": "application/atom+xml"})) as server:
        env = environment(server.address, tmp_path / "cache", SCALE)
        result = run("drift", "--online", "-c", "knowledge-enhancement", "-k", "retracted", **env)
    assert result.code == 1
    assert result.out.splitlines() == [
        "catalog/knowledge-enhancement.yaml:1: kar",
        "  link: https://arxiv.org/pdf/2306.10933 (retracted)",
        "    2306.10933: withdrawn: Withdrawn by the authors",
    ]


# --format patch


@pytest.mark.parametrize("ends", ["\n", "\r\n"], ids=["LF", "CRLF"])
def test_the_patch_of_the_built_in_list_is_taken_and_leaves_nothing_to_correct(run, tmp_path, catalog, ends):
    text = (DATA / "awesome-llm4rs.md").read_text().rstrip("\n").replace("\n", ends)
    folder = tmp_path / "docs"
    folder.mkdir()
    (folder / "my list.md").write_bytes(text.encode())
    result = run("drift", "docs/my list.md", "-f", "patch", "-o", "drift.patch")
    assert (result.code, result.out) == (1, "")
    assert [line for line in result.err.splitlines() if line.startswith("warning")] == []
    subprocess.run(
        ["git", "apply", "--whitespace=error-all", "drift.patch"] if ends == "\n" else ["git", "apply", "drift.patch"],
        cwd=tmp_path,
        check=True,
    )
    new = (folder / "my list.md").read_bytes().decode()
    old_lines, new_lines = text.split(ends), new.split(ends)
    assert len(old_lines) == len(new_lines)
    changed = sum(pair[0] != pair[1] for pair in zip(old_lines, new_lines, strict=True))
    assert changed == 43
    left = json.loads(run("drift", "docs/my list.md", "-f", "json").out)["findings"]
    assert {(each["kind"], each["new"]) for each in left} == {("preprint-link", None)}
    lock, ids = (catalog / "works.lock.json").read_bytes(), re.compile("^- id: .*", re.MULTILINE)
    before = {path.name: ids.findall(path.read_text()) for path in catalog.glob("*.yaml")}
    taken = run("import", "docs/my list.md", "--update", "--prune")  # rows are known by their works, whatever has changed
    assert (taken.code, taken.err.splitlines()[-1]) == (0, "69 rows: 69 listings, 0 left out; 43 changed: taken")
    assert {path.name: ids.findall(path.read_text()) for path in catalog.glob("*.yaml")} == before
    assert (catalog / "works.lock.json").read_bytes() == lock
