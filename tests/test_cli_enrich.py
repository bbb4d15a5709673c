"""`enrich` as its users run it, against registries that are played over real HTTP."""

from __future__ import annotations

import contextlib
import dataclasses
import json
import math
import os
import pty
import re
import signal
import subprocess
import sys
import time

import pytest
from conftest import ROOT, UNMEASURED
from enriching import environment, fresh_catalog, lock_of, undated
from registries.judge import judge
from registries.made_up import made_up
from registries.papers import ours
from registries.server import serve
from scripted import Reply, Scripted

SCALE = 100  # these tests look at what is found; test_faults.py at the limits


@pytest.fixture(scope="module")
def world():
    return ours()


@pytest.fixture(scope="module")
def server(world):
    with serve(world, scale=SCALE) as server:
        yield server


@pytest.fixture
def env(server, tmp_path):
    return environment(server.address, tmp_path / "cache", SCALE)


@pytest.fixture
def fresh(tmp_path):
    return fresh_catalog(tmp_path / "catalog")


def requests_of(result):
    """The requests that the summary counts."""
    return sum(map(int, re.findall(r"(?:arxiv|crossref) (\d+)", result.err.splitlines()[-1].partition("requests:")[2])))


def test_all_69_papers_are_found_or_asked_about_and_none_is_taken_for_another(run, env, fresh, world, server):
    server.reset()
    first = run("enrich", **env)
    assert first.code == 0
    assert re.match(
        r"69 papers: 39 published, 29 preprint only, 1 in question, 0 not found, 0 unreachable; ", first.err.splitlines()[-1]
    )
    score = judge(lock_of(fresh), world.truths)
    assert score.wrong == []
    assert score.wrong_authors == []
    assert "llm-brec" not in lock_of(fresh)["listings"]
    assert list(lock_of(fresh)["questions"]) == ["llm-brec"]
    assert (score.works.found, float(score.dois) >= 0.98, float(score.arxiv_ids) >= 0.95) == (68, True, True)
    assert server.stats()["requests"]
    assert requests_of(first) <= 95
    lock = (fresh / "works.lock.json").read_bytes()
    again = run("enrich", **env)
    assert (again.code, requests_of(again), (fresh / "works.lock.json").read_bytes() == lock) == (0, 0, True)


@pytest.mark.parametrize("seed", [1, 2])
def test_papers_of_other_fields_are_found_and_none_is_taken_for_another(run, tmp_path, seed):
    made = made_up(200, seed)
    made.write(tmp_path / "catalog")
    with serve(made.world, scale=200) as server:
        assert run("enrich", **environment(server.address, tmp_path / "cache", 200)).code == 0
    score = judge(lock_of(tmp_path / "catalog"), made.world.truths)
    assert (score.wrong, score.wrong_authors) == ([], [])
    assert float(score.works) >= 0.95
    assert float(score.dois) >= 0.95


def test_ten_times_as_many_cost_a_request_for_a_hundred_ids_and_one_for_fifty_dois(run, tmp_path):
    from registries.made_up import both

    made = both(690)
    made.write(tmp_path / "catalog")
    with serve(made.world, scale=200) as server:
        result = run("enrich", **environment(server.address, tmp_path / "cache", 200))
    assert result.err.splitlines()[-1].endswith(
        "690 published, 0 preprint only, 0 in question, 0 not found, 0 unreachable; requests: arxiv 7, crossref 14"
    )


def test_checked_works_are_completed_and_what_was_checked_stays(run, env, catalog):
    before = lock_of(catalog)
    result = run("enrich", **env)
    assert result.code == 0
    after = lock_of(catalog)
    assert after["listings"] == before["listings"]
    for key, record in before["works"].items():
        for part in ("published", "preprint"):
            for field, value in record.get(part, {}).items():
                if field != "sources":
                    assert after["works"][key][part][field] == value
        assert {k: v for k, v in after["works"][key]["evidence"].items() if k != "found"} == record["evidence"]
    kar = after["works"]["xi2024towards"]["preprint"]
    assert (kar["authors"][9], kar["sources"]["authors"]) == ({"family": "Zhang", "given": "Rui"}, "arxiv")
    assert "kar: preprint authors: nothing → Xi, Yunjia; Liu, Weiwen" in result.err


def test_a_dry_run_tells_what_would_be_asked_and_asks_nothing(run, env, fresh, server):
    server.reset()
    result = run("enrich", "--dry-run", **env)
    assert (result.code, result.out) == (0, "")
    assert result.err.splitlines() == [
        f"arxiv: about 20 requests to {server.address}/api/query, one every 0.03 s",
        f"crossref: about 70 requests to {server.address}, one every 0.33 s",
        "69 papers: about 23 s; nothing was asked",
    ]
    assert server.stats()["requests"] == {}
    assert not (fresh / "works.lock.json").exists()


def test_offline_only_kept_answers_count(run, env, fresh):
    nothing = run("enrich", "--offline", "--only", "kar", **env)
    assert nothing.code == 3
    assert nothing.err.splitlines()[:3] == [
        "not reached: not asked: --offline",
        "left for the next run, which goes on from here: kar",
        "1 paper: 0 published, 0 preprint only, 0 in question, 0 not found, 1 unreachable; requests: none",
    ]
    assert run("enrich", "--only", "kar", **env).code == 0
    lock = (fresh / "works.lock.json").read_bytes()
    (fresh / "works.lock.json").unlink()
    assert run("enrich", "--offline", "--only", "kar", "--max-age", "0", **env).code == 0
    assert (fresh / "works.lock.json").read_bytes() == lock


def test_only_what_is_named_is_looked_up(run, env, fresh):
    assert run("enrich", "--only", "kar", "--only", "once", **env).code == 0
    assert list(lock_of(fresh)["listings"]) == ["kar", "once"]
    assert run("enrich", "--category", "model-enhancement", "--only", "slim", **env).code == 0
    assert list(lock_of(fresh)["listings"]) == ["kar", "once", "slim"]
    wrong = run("enrich", "--only", "karr", "--category", "modelenhancement", **env)
    assert (wrong.code, wrong.err.splitlines()) == (
        2,
        [
            "llm4rs-bib: unknown listing 'karr'; did you mean kar or larr or skarrec?",
            "llm4rs-bib: unknown category 'modelenhancement'; did you mean model-enhancement or knowledge-enhancement or "
            "interaction-enhancement?",
        ],
    )


@pytest.mark.parametrize(
    ("variables", "message"),
    [
        ({"LLM4RS_BIB_CROSSREF_URL": "api.crossref.org"}, "LLM4RS_BIB_CROSSREF_URL is 'api.crossref.org'; it must begin with https:// or http://"),
        ({"LLM4RS_BIB_ARXIV_URL": "ftp://x"}, "LLM4RS_BIB_ARXIV_URL is 'ftp://x'; it must begin with https:// or http://"),
        ({"LLM4RS_BIB_ARXIV_INTERVAL": "fast"}, "LLM4RS_BIB_ARXIV_INTERVAL is 'fast'; it must be a number of seconds, such as 3"),
        ({"LLM4RS_BIB_ARXIV_INTERVAL": "nan"}, "LLM4RS_BIB_ARXIV_INTERVAL is 'nan'; it must be a number of seconds, such as 3"),
        ({"LLM4RS_BIB_MAILTO": "me at home"}, "Invalid value for '--mailto': 'me at home' is no e-mail address"),
    ],
)  # fmt: skip
def test_a_variable_that_makes_no_sense_is_one_line(run, env, fresh, variables, message):
    result = run("enrich", **{**env, **variables})
    assert (result.code, result.err) == (2, f"llm4rs-bib enrich: {message} (see llm4rs-bib enrich --help)\n")


def test_a_cache_that_cannot_be_used_is_one_line(run, env, fresh, tmp_path):
    (tmp_path / "file").write_text("")
    result = run("enrich", **{**env, "LLM4RS_BIB_CACHE": str(tmp_path / "file")})
    assert (result.code, result.err) == (2, f"{tmp_path}/file: cannot be used: File exists; name another folder\n")


def test_without_a_catalog_import_is_named(run, env):
    result = run("enrich", **env)
    assert (result.code, result.err) == (2, "catalog: no catalog.yaml here; make one with: llm4rs-bib import LIST.md\n")


def test_a_terminal_shows_how_far_a_run_is_and_what_the_limits_still_ask_for(fresh, tmp_path, world):
    leader, follower = pty.openpty()
    command = [sys.executable, "-m", "llm4rs_bib", "enrich"]
    shown = b""
    with serve(world, scale=20) as server:
        env = {**os.environ, **environment(server.address, tmp_path / "cache", 20), "COLUMNS": "120", "TERM": "xterm"}
        with subprocess.Popen(command, cwd=tmp_path, stderr=follower, env=env):
            os.close(follower)
            with contextlib.suppress(OSError):  # the end of a terminal
                while piece := os.read(leader, 65536):
                    shown += piece
    os.close(leader)
    text = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", shown.decode())
    assert re.search(r"papers .* [1-9]\d?/69 0:00:\d\d 0:00:0[1-9] left at least", text)
    assert text.rstrip().splitlines()[-1].startswith("69 papers: 39 published, 29 preprint only, 1 in question, ")


def test_a_registry_that_cannot_be_reached_leaves_papers_for_the_next_run(run, env, fresh):
    down = {**env, "LLM4RS_BIB_CROSSREF_URL": "http://127.0.0.1:9"}
    result = run("enrich", "--only", "kar", **down)
    assert result.code == 3
    assert re.fullmatch(
        r"not reached: 127\.0\.0\.1:9: cannot be reached \(.*Connection refused\), after 8 tries", result.err.splitlines()[0]
    )
    assert result.err.splitlines()[1] == "left for the next run, which goes on from here: kar"
    assert not (fresh / "works.lock.json").exists()
    assert run("enrich", "--only", "kar", **env).code == 0
    assert list(lock_of(fresh)["listings"]) == ["kar"]


def talk(env, folder, answers, *args):
    """A run whose questions are answered, each on a line of its own."""
    command = [sys.executable, "-m", "llm4rs_bib", "enrich", "--interactive", *args]
    done = subprocess.run(
        command, cwd=folder, env={**os.environ, **env}, input=answers, capture_output=True, text=True, check=False
    )
    return done.returncode, done.stderr


def test_a_question_is_answered_once(env, fresh, tmp_path):
    code, told = talk(env, tmp_path, "n\ny\n", "--only", "llm-brec")
    assert code == 0
    assert re.search(
        r"\n +listing llm-brec +arxiv \d{4}\.\d+ *\ntitle +LLM-BRec: Personalizing +LLM-BRec: Personalizing +\n", told
    )
    assert told.count("the same paper? yes, no, skip or quit (y, n, s, q): ") == 2
    lock = lock_of(fresh)
    assert [said["same"] for said in lock["said"]["llm-brec"]] == ["no", "yes"]
    assert "questions" not in lock
    record = lock["works"][lock["listings"]["llm-brec"]]
    assert [finding["rule"] for finding in record["evidence"]["found"]] == ["a person's answer"]
    summary = "1 paper: 1 published, 0 preprint only, 0 in question, 0 not found, 0 unreachable; requests: "
    assert summary in told.splitlines()[-1]
    assert talk(env, tmp_path, "", "--only", "llm-brec") == (0, f"{summary}none\n")


def test_a_question_that_is_skipped_is_asked_again(env, fresh, tmp_path):
    assert talk(env, tmp_path, "s\nq\n", "--only", "llm-brec")[0] == 0
    assert "said" not in lock_of(fresh)
    assert "the same paper?" in talk(env, tmp_path, "q\n", "--only", "llm-brec")[1]


def test_an_answer_is_kept_although_the_next_question_is_not_answered(env, fresh, tmp_path):
    code, told = talk(env, tmp_path, "n\n", "--only", "llm-brec")
    assert (code, told.endswith("(y, n, s, q): llm4rs-bib: stopped\n")) == (130, True)
    assert [said["same"] for said in lock_of(fresh)["said"]["llm-brec"]] == ["no"]


def test_openalex_leads_from_a_renamed_preprint_to_its_publication(run, env, fresh):
    arxiv, doi = "https://doi.org/10.48550/arxiv.2405.00338", "https://doi.org/10.1145/3640457.3688118"
    work = {"id": "https://openalex.org/W1", "doi": doi, "title": "Enhancing", "locations": [{"landing_page_url": arxiv}]}
    assert run("enrich", "--only", "dllm2rec", **env).err.startswith("1 paper: 0 published, 1 preprint only")
    with Scripted([], Reply(body=json.dumps({"results": [work]}).encode())) as server:
        key = {"LLM4RS_BIB_OPENALEX_URL": server.address, "LLM4RS_BIB_OPENALEX_KEY": "secret"}
        result = run("enrich", "--only", "dllm2rec", **env, **key)
    assert [(seen.path, dict(seen.query)["api_key"]) for seen in server.seen] == [("/works", "secret")]
    assert result.err.splitlines()[0].startswith("dllm2rec: preprint → published (Proceedings of the 18th ACM")
    shown = run("show", "dllm2rec").out
    assert "  decided by      OpenAlex, title equal\n" in shown
    assert "secret" not in shown + result.err


def test_what_changed_in_the_world_is_said_and_keys_stay(run, tmp_path, fresh, world):
    kar = next(truth for truth in world.truths if truth.listing_id == "kar")
    before = dataclasses.replace(world, works={doi: each for doi, each in world.works.items() if doi.lower() != kar.doi.lower()})
    with serve(before, scale=SCALE) as server:
        env = environment(server.address, tmp_path / "cache", SCALE)
        assert run("enrich", "--only", "kar", **env).err.startswith("1 paper: 0 published, 1 preprint only")
    key = lock_of(fresh)["listings"]["kar"]
    with serve(world, scale=SCALE) as server:
        env = environment(server.address, tmp_path / "cache", SCALE)
        assert requests_of(run("enrich", "--only", "kar", **env)) == 0
        result = run("enrich", "--only", "kar", "--refresh", **env)
    assert result.err.splitlines()[0] == (
        "kar: preprint → published (Proceedings of the 18th ACM Conference on Recommender Systems, 10.1145/3640457.3688104)"
    )
    assert lock_of(fresh)["listings"]["kar"] == key
    with serve(before, scale=SCALE) as server:
        env = environment(server.address, tmp_path / "cache", SCALE)
        assert run("enrich", "--only", "kar", "--refresh", **env).code == 0
        assert lock_of(fresh)["works"][key]["published"]["doi"] == "10.1145/3640457.3688104"
        assert run("enrich", "--only", "kar", "--rebuild", **env).code == 0
        assert "published" not in lock_of(fresh)["works"][key]


def start(env, folder):
    return subprocess.Popen(
        [sys.executable, "-m", "llm4rs_bib", "enrich"],
        cwd=folder,
        env={**UNMEASURED, **env},  # a signal may come while coverage holds its lock
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509  # a job in the background has none
    )


def wait_for(server, count):
    """Until the server has been asked so often."""
    until = time.monotonic() + 60
    while sum(server.stats()["requests"].values()) < count:
        assert time.monotonic() < until
        time.sleep(0.005)


@pytest.mark.parametrize(("sign", "code", "told"), [(signal.SIGKILL, -9, ""), (signal.SIGINT, 130, "\nllm4rs-bib: stopped\n")])
def test_a_run_that_is_stopped_goes_on_where_it_was(run, tmp_path, world, sign, code, told):
    fresh, whole = fresh_catalog(tmp_path / "catalog"), fresh_catalog(tmp_path / "other" / "catalog")
    with serve(world, scale=60) as server:
        env = environment(server.address, tmp_path / "cache", 60)
        for count in (4, 25, 50):
            server.hold_after = count
            with start(env, tmp_path) as process:
                wait_for(server, count)
                process.send_signal(sign)
                assert process.communicate(timeout=20)[1] == told
                assert process.returncode == code
        server.hold_after = math.inf
        assert run("enrich", **env).code == 0
        assert sum(server.stats()["requests"].values()) <= 95 + 3 * 4
        elsewhere = {**env, "LLM4RS_BIB_CACHE": str(tmp_path / "other" / "cache")}
        assert run("enrich", cwd=tmp_path / "other", **elsewhere).code == 0
    assert undated(lock_of(fresh)) == undated(lock_of(whole))


def test_a_second_writer_is_told_to_wait(run, fresh, tmp_path, world):
    with (
        serve(world, scale=SCALE) as server,
        start(env := environment(server.address, tmp_path / "cache", SCALE), tmp_path) as process,
    ):
        server.hold_after = 2
        wait_for(server, 2)
        second = run("curate", ROOT / "tests" / "data" / "facts.json", **env)
        process.kill()
    assert (second.code, second.err) == (2, "catalog: another llm4rs-bib is writing this catalog; try again when it is done\n")


def test_evidence_says_what_was_asked_what_decided_and_what_was_rejected(run, env, fresh):
    run("enrich", "--only", "dynllm", "--only", "notellm-2", "--only", "llm-esr", **env)
    shown = run("show", "dynllm").out
    day = lock_of(fresh)["works"]["zhao2025dynllm"]["evidence"]["found"][0]["retrieved"]
    assert (
        f"crossref 10.1145/3786601, retrieved {day}\n"
        "  asked           title DynLLM: When Large Language Models Meet Dynamic Graph Recommendation Zhao\n"
        "  decided by      title equal, 9 of 9 authors\n"
        "  title           equal\n"
        "  authors         9 of 9\n"
    ) in shown
    assert re.search(r"  rejected        10\.\S+: correction of 10\.1145/3786601\n", shown)
    assert "published" not in lock_of(fresh)["works"][lock_of(fresh)["listings"]["notellm-2"]]
    assert "\n  venue           NeurIPS'24  [claimed by the list, confirmed by no registry]\n" in run("show", "llm-esr").out
    assert "\tNeurIPS'24 (claimed)\t" in run("list", "llm-esr").out
