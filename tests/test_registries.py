"""The registries that we test against must be what their documentation says, and be strict: see tests/registries/."""

from __future__ import annotations

import http.client
import json
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache, partial
from urllib.parse import quote, urlencode, urlsplit
from xml.etree import ElementTree as ET

import pytest
from conftest import ROOT
from registries import faults, made_up, papers, sprinkle
from registries.judge import judge
from registries.near_misses import is_the_paper, known_titles
from registries.rules import CLASSES, ON_ARXIV
from registries.search import Index
from registries.server import serve
from registries.values import Person, fold

MAIL = "mailto=someone@example.org"
KAR = "10.1145/3640457.3688104"
ATOM = {"a": "http://www.w3.org/2005/Atom", "o": "http://a9.com/-/spec/opensearch/1.1/", "x": "http://arxiv.org/schemas/atom"}
FAST = 10_000  # a scale at which no limit is felt

ours = cache(papers.ours)


@cache
def some_made_up():
    return made_up.made_up(300, 5)


@dataclass
class Got:
    status: int
    headers: http.client.HTTPMessage
    body: bytes

    @property
    def message(self):
        return json.loads(self.body)["message"]

    @property
    def dois(self):
        return [item["DOI"] for item in self.message["items"]]

    @property
    def feed(self):
        return ET.fromstring(self.body)  # noqa: S314 - ours

    @property
    def ids(self):
        return [entry.findtext("a:id", namespaces=ATOM) for entry in self.feed.iterfind("a:entry", ATOM)]


def ask(server, path, method="GET", body=None, agent="tests", timeout=10):
    """One question on a connection of its own, following nothing."""
    connection = http.client.HTTPConnection(urlsplit(server.address).netloc, timeout=timeout)
    try:
        connection.request(method, path, body, {"User-Agent": agent})
        answer = connection.getresponse()
        return Got(answer.status, answer.headers, answer.read())
    finally:
        connection.close()


@pytest.fixture(scope="module")
def shared():
    """A server without faults, on which no limit is felt."""
    with serve(ours(), scale=FAST) as server:
        yield server


@pytest.fixture
def get(shared):
    return partial(ask, shared)


# What the worlds hold.


def test_ours_has_a_record_for_each_identifier_of_the_facts():
    facts, world = json.loads(papers.FACTS.read_text()), ours()
    assert [truth.doi for truth in world.truths] == [fact["doi"] and fact["doi"].lower() for fact in facts]
    assert [truth.arxiv_id for truth in world.truths] == [fact["arxiv"] and fact["arxiv"]["id"] for fact in facts]
    assert {truth.doi for truth in world.truths if truth.doi} <= world.works.keys()
    assert {truth.arxiv_id for truth in world.truths if truth.arxiv_id} <= world.preprints.keys()
    assert [truth.listing_id for truth in world.truths if not truth.doi and not truth.arxiv_id] == ["llm-brec"]


def test_preprints_have_other_authors_where_the_notes_say_so():
    authors = {truth.listing_id: truth for truth in ours().truths}
    assert Person("Zhang", "Rui") in authors["kar"].preprint_authors
    assert Person("Zhang", "Rui") not in authors["kar"].published_authors
    assert len(authors["when-large-language"].preprint_authors) == 12
    assert ours().preprints["2403.06642"].first_title.startswith("KELLMRec")


@pytest.mark.parametrize("world", [ours, lambda: some_made_up().world], ids=["ours", "made up"])
def test_each_oddity_occurs_in_its_share(world):
    published = [truth for truth in world().truths if truth.doi]
    seen = Counter(remark for truth in published for remark in truth.remarks)
    shares = {change.__name__.replace("_", " "): share for group in sprinkle.GROUPS.values() for change, share in group.items()}
    # Where a share is high, all that fit may be fewer.
    short = {name for name, share in shares.items() if seen[name] < 0.7 * share * len(published)}
    assert short <= {"two containers", "article number", "subtitle apart"}
    assert set(shares) - set(seen) <= {"two containers"}


def test_each_paper_has_a_near_miss_of_each_class():
    assert ours().near_misses == {rule.__name__.replace("_", " "): 69 for rule in (*CLASSES, *ON_ARXIV)}
    assert len(CLASSES) == 19


def test_made_up_papers_have_at_least_six_near_misses_each():
    made = some_made_up().world
    assert sum(made.near_misses.values()) >= 6 * len(made.truths)
    assert made.near_misses.keys() == ours().near_misses.keys()


@pytest.mark.parametrize("kind", ["ours", "made up"])
def test_no_near_miss_could_be_right(kind):
    world = ours() if kind == "ours" else some_made_up().world
    known = papers.listed() if kind == "ours" else some_made_up().papers
    by_title = {}
    for paper in known:
        for title in known_titles(paper):
            by_title.setdefault(fold(title), []).append(paper)
    truths = {truth.listing_id: truth for truth in world.truths}
    for doi, record in world.works.items():
        if not isinstance(record["title"], list) or not record.get("author"):
            continue
        for paper in by_title.get(fold(" ".join((*record["title"], *record.get("subtitle", ())))), ()):
            truth = truths[paper.listing_id]
            assert not is_the_paper(record, paper) or doi in (truth.doi, *truth.also_fine), doi


def test_made_up_papers_are_the_same_each_time_and_never_ours():
    again = made_up.made_up(300, 5)
    assert (again.markdown(), again.world) == (some_made_up().markdown(), some_made_up().world)
    assert made_up.made_up(30, 6).markdown() != made_up.made_up(30, 5).markdown()
    assert not {fold(truth.title) for truth in again.world.truths} & {fold(truth.title) for truth in ours().truths}


def test_every_sort_of_listing_is_made_up():
    truths = some_made_up().world.truths
    assert {truth.sort for truth in truths} == set(made_up.SORTS)
    assert not any(
        truth.title_or_link_shared for truth in truths if truth.sort in ("other title", "preprint only", "venue without DOIs")
    )
    assert all(truth.undecidable and truth.also_fine for truth in truths if truth.sort == "published twice")


def test_made_up_listings_can_be_imported(run, tmp_path):
    """The catalog is in the project's format, and the Markdown list gives the same ids."""
    some_made_up().write(tmp_path / "made")
    assert run("--catalog", tmp_path / "made", "list").code == 0
    assert run("--catalog", tmp_path / "read", "import", tmp_path / "made" / "list.md").code == 0
    ids = [
        sorted(
            line
            for path in (tmp_path / name).glob("*.yaml")
            for line in path.read_text().splitlines()
            if line.startswith("- id:")
        )
        for name in ("made", "read")
    ]
    assert ids[0] == ids[1]
    assert len(ids[0]) == 300


def test_rows_with_both_identifiers_are_consistent():
    both = made_up.both(50)
    assert [(row.doi.lower(), True) for row in both.listings] == [
        (truth.doi, bool(truth.arxiv_id)) for truth in both.world.truths
    ]
    assert {truth.arxiv_id for truth in both.world.truths} == {
        row.link.split("/")[-1].removesuffix(".pdf").removesuffix("v1") for row in both.listings
    }


# Crossref.


def test_a_doi_is_found_in_any_case_and_however_it_is_written(get):
    for path in (KAR, quote(KAR, safe=""), KAR.replace("/", "%2f")):
        assert get(f"/works/{path}").message["DOI"] == KAR
    assert get("/works/10.1109%2FTKDE.2024.3392335").message["DOI"] == "10.1109/tkde.2024.3392335"


def test_an_unknown_doi_is_plain_text(get):
    for doi in ("10.1/none", "10.48550/arXiv.2306.10933"):
        got = get(f"/works/{quote(doi, safe='')}")
        assert (got.status, got.headers["Content-Type"], got.body) == (404, "text/plain", b"Resource not found.")


def test_a_superseded_doi_leads_to_the_one_that_holds(get):
    got = get("/works/10.1234%2Fsuperseded.32")
    assert (got.status, got.body) == (301, b"")
    assert get(got.headers["Location"]).message["DOI"] == "10.1145/3701551.3703546"


@pytest.mark.parametrize(
    ("doi", "agency"), [(KAR, "crossref"), ("10.48550/arXiv.2306.10933", "datacite"), ("10.5281/zenodo.1", "datacite")]
)
def test_the_agency_of_a_doi(get, doi, agency):
    assert get(f"/works/{quote(doi, safe='')}/agency").message["agency"]["id"] == agency


def test_a_list_has_twenty_rows_unless_told_otherwise(get):
    dois = [truth.doi for truth in ours().truths if truth.doi]
    path = f"/works?filter={quote(','.join(f'doi:{doi}' for doi in dois))},doi:10.1/none&{MAIL}"
    assert len(get(path).dois) == 20
    assert get(path).message["total-results"] == len(dois)
    everything = get(f"{path}&rows=1000").dois
    assert everything != dois
    assert sorted(everything) == sorted(dois)
    assert get(f"{path}&rows=5&offset=3").dois == everything[3:8]
    assert get(f"{path}&rows=0").dois == []


def test_selected_fields_only(get):
    items = get(f"/works?query.bibliographic=recommendation&rows=2&select=DOI,title&{MAIL}").message["items"]
    assert [set(item) for item in items] == [{"DOI", "title"}] * 2
    assert get(f"/works/{KAR}").message.keys() > {"reference", "abstract", "score", "title", "issued", "URL"}


@pytest.mark.parametrize(
    ("query", "kind"),
    [
        ("rows=1001", "integer-not-valid"),
        ("rows=x", "integer-not-valid"),
        ("offset=10001", "integer-not-valid"),
        ("select=DOI,subtype", "parameter-not-allowed"),
        ("query.fish=x", "parameter-not-allowed"),
        ("row=1", "parameter-not-allowed"),
        ("filter=dois:10.1/x", "filter-not-available"),
        ("filter=doi:10.1/x,y", "filter-not-available"),  # a DOI with a comma cannot be listed
    ],
)
def test_questions_that_are_refused(get, query, kind):
    got = get(f"/works?{query}")
    assert (got.status, json.loads(got.body)["message-type"], got.message[0]["type"]) == (400, "validation-failure", kind)


def test_a_search_always_finds_something_and_often_somebody_else(get):
    title = "Towards Open-World Recommendation with Knowledge Augmentation from Large Language Models"
    found = get(f"/works?{urlencode({'query.bibliographic': title, 'rows': 30})}").message
    assert found["items"][0]["DOI"] != KAR
    assert KAR in [item["DOI"] for item in found["items"]]
    scores = [item["score"] for item in found["items"]]
    assert scores == sorted(scores, reverse=True)
    assert get("/works?query.bibliographic=recommendation+zzzz").message["total-results"] > 100
    assert get("/works?query.bibliographic=zzzz").dois == []


def test_several_questions_must_all_be_met(get):
    both = get("/works?query.title=recommendation&query.author=Kankanhalli&rows=100").message["items"]
    assert both
    assert all("Kankanhalli" in json.dumps(item["author"]) for item in both)


def test_search_is_quick_among_many():
    records = some_made_up().world.works.values()
    index = Index([{**record, "DOI": f"{record['DOI']}.{copy}"} for record in records for copy in range(3)])
    begun = time.perf_counter()
    for truth in some_made_up().world.truths[:20]:
        assert index.search([("all", truth.title)])[0]
    assert time.perf_counter() - begun < 2


def test_a_long_address_is_too_long(get):
    assert get(f"/works?query={'x' * 4000}").status == 200
    assert get(f"/works?query={'x' * 4096}").status == 414
    with serve(made_up.both(1).world, scale=FAST, url_limit=100) as server:
        assert ask(server, f"/works?query={'x' * 100}").status == 414


# arXiv.


def test_ten_entries_unless_told_otherwise(get):
    ids = [truth.arxiv_id for truth in ours().truths if truth.arxiv_id]
    path = f"/api/query?id_list={','.join(ids)},2001.99999"
    assert len(get(path).ids) == 10
    everything = get(f"{path}&max_results=100")
    assert everything.feed.findtext("o:totalResults", namespaces=ATOM) == "65"
    assert sorted(name.split("/")[-1].split("v")[0] for name in everything.ids) == sorted(ids)
    posted = get("/api/query", "POST", f"id_list={','.join(ids)}&max_results=100&start=60")
    assert posted.ids == everything.ids[60:]


def test_one_malformed_id_spoils_the_batch(get):
    got = get("/api/query?id_list=2306.10933,2306.10933x")
    entry = got.feed.find("a:entry", ATOM)
    assert (got.status, entry.findtext("a:title", namespaces=ATOM)) == (400, "Error")
    assert "published" not in got.body.decode()
    assert get("/api/query?id_list=cs/0112017,math.AG/0212126").status == 200
    assert get("/api/query?id_list=2306.10933&max_results=2001").status == 400


def test_an_entry_is_the_latest_version_unless_one_is_named(get):
    latest, first = get("/api/query?id_list=2403.06642"), get("/api/query?id_list=2403.06642v1")
    assert latest.ids[0].startswith("http://arxiv.org/abs/2403.06642v")
    assert not latest.ids[0].endswith("v1")
    assert first.ids == ["http://arxiv.org/abs/2403.06642v1"]
    titles = [" ".join(got.feed.find("a:entry", ATOM).findtext("a:title", namespaces=ATOM).split()) for got in (latest, first)]
    assert titles[0].startswith("TRAWL: ")
    assert titles[1].startswith("KELLMRec: ")
    assert get("/api/query?id_list=2403.06642v9").ids == []


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ('ti:"open world recommendation"', True),
        ("ti:knowledge AND au:Xi", True),
        ("(ti:nothing OR ti:augmentation) AND au:Xi", True),
        ("ti:augmentation ANDNOT au:Xi", False),
        ('ti:"open-world recommendation"', False),
        ("ti:open-world", False),
        ('ti:"knowledge open"', False),
        ("ti:knowledge AND ti:zzzz", False),
    ],
)
def test_search_on_arxiv(get, query, found):
    ids = get(f"/api/query?{urlencode({'search_query': query, 'max_results': 200})}").ids
    assert any("2306.10933" in name for name in ids) == found


def test_a_broken_search_on_arxiv(get):
    assert get("/api/query?search_query=ti:(x").status == 400


# Limits.


@pytest.mark.parametrize(
    ("path", "agent", "pool", "rate", "at_once"),
    [
        (f"/works/{KAR}", "x", "public-single", "5", "1"),
        ("/works?rows=0", "x", "public-array", "1", "1"),
        (f"/works/{KAR}?{MAIL}", "x", "polite-single", "10", "3"),
        ("/works?rows=0", "x/1 (mailto:a@b.c)", "polite-array", "3", "3"),
    ],
)
def test_limits_are_stated(shared, path, agent, pool, rate, at_once):
    with serve(ours(), scale=20) as server:
        said = ask(server, path, agent=agent).headers
    assert (said["x-api-pool"], said["x-rate-limit-limit"], said["x-concurrency-limit"]) == (pool, rate, at_once)
    assert said["x-rate-limit-interval"] == "50ms"


def test_at_scale_one_the_interval_is_a_second_and_the_pool_may_be_public_for_all():
    with serve(made_up.both(1).world, scale=1, pool="public") as server:
        said = ask(server, f"/works?rows=0&{MAIL}").headers
        assert (said["x-rate-limit-interval"], said["x-api-pool"]) == ("1s", "public-array")
        refused = ask(server, f"/works?rows=0&{MAIL}")
        assert (refused.status, refused.headers["Retry-After"]) == (429, "1")
        assert server.stats()["violations"]["crossref"] == {"rate": 1, "at once": 0}


def test_too_many_in_an_interval_are_refused_and_counted():
    with serve(made_up.both(1).world, scale=4) as server:  # 3 lists in 250 ms, 10 single works, 1 from arXiv in 750 ms
        assert [ask(server, f"/works?rows=0&{MAIL}").status for _ in range(5)] == [200] * 3 + [429] * 2
        assert [ask(server, f"/works/10.1/x?{MAIL}").status for _ in range(11)] == [404] * 10 + [429]
        arxiv = [ask(server, "/api/query?id_list=") for _ in range(2)]
        assert [got.status for got in arxiv] == [200, 429]
        assert arxiv[1].body == b"Rate exceeded."
        time.sleep(0.26)
        assert ask(server, f"/works?rows=0&{MAIL}").status == 200
        assert server.stats()["violations"] == {"crossref": {"rate": 3, "at once": 0}, "arxiv": {"rate": 1, "at once": 0}}


def test_asking_at_the_stated_pace_breaks_nothing():
    with serve(made_up.both(1).world, scale=20) as server:
        for _ in range(12):
            assert ask(server, f"/works?rows=0&{MAIL}").status == 200
            time.sleep(0.05 / 3 + 0.002)
        assert server.stats()["violations_in_all"] == 0


def test_too_many_at_once_are_refused_and_counted():
    with serve(made_up.both(1).world, scale=1, latency=0.2) as server, ThreadPoolExecutor(5) as pool:
        got = list(pool.map(lambda _: ask(server, f"/works/10.1/x?{MAIL}").status, range(5)))
        assert sorted(got) == [404] * 3 + [429] * 2
        assert server.stats()["violations"]["crossref"] == {"rate": 0, "at once": 2}
        assert server.stats()["open_at_most"] == {"crossref": 3, "arxiv": 0}


def test_who_has_the_whole_answer_or_gave_up_may_ask_again():
    """One after the other is never two at once, however fast; nor is a hung request that its client has closed."""
    with serve(made_up.both(1).world, scale=FAST) as server:
        connection = http.client.HTTPConnection(urlsplit(server.address).netloc)
        for _ in range(100):
            connection.request("GET", "/works/10.1/x")
            connection.getresponse().read()
            assert ask(server, "/works/10.1/x").status == 404
        connection.close()
        assert server.stats()["violations_in_all"] == 0
    with serve(made_up.both(1).world, scale=10, faults="hang") as server:
        for _ in range(20):
            time.sleep(0.021)
            try:
                ask(server, "/works/10.1/x", timeout=0.02)
            except TimeoutError:
                continue
        assert server.stats()["faults"]["hang"] > 1
        assert server.stats()["violations_in_all"] == 0


# What is counted.


def test_what_is_asked_twice_is_counted():
    with serve(ours(), scale=FAST) as server:
        for path in (
            f"/works/{KAR}",
            f"/works?filter=doi:{KAR.upper()}",
            "/api/query?id_list=2306.10933",
            "/works?query.title=a",
            "/works/x",
        ):
            ask(server, path)
        stats = server.stats()
        assert (stats["asked_twice"], stats["asked_twice_examples"]) == (1, [f"doi {KAR}"])
        assert stats["requests"] == {"crossref single": 2, "crossref list": 1, "arxiv": 1, "crossref search": 1}
        assert stats["bytes"]["arxiv"] > 500
        assert json.loads(ask(server, "/_stats").body)["asked_twice"] == 1
        ask(server, "/_reset")
        assert server.stats()["requests"] == {}


# What goes wrong.


def classes_of(mix, path, requests=90, seed=3, scale=FAST, **options):
    """What came of each of many requests: a status, or the name of what was wrong."""
    with serve(ours(), scale=scale, faults=mix, seed=seed) as server:
        came = [outcome(server, path, **options) for _ in range(requests)]
        return came, server.stats()


def outcome(server, path, timeout=5):
    try:
        got = ask(server, path, timeout=timeout)
    except http.client.IncompleteRead:
        return "incomplete"
    except (ConnectionResetError, http.client.BadStatusLine):
        return "reset"
    except TimeoutError:
        return "timeout"
    return got.status if got.status != 200 else kind_of(got.body, is_feed="/api/" in path)


def kind_of(body, *, is_feed):
    try:
        if "<html>" in (text := body.decode()):
            return "HTML"
        found = ET.fromstring(text).tag.endswith("}feed") if is_feed else json.loads(text)["message"]["items"]  # noqa: S314
    except UnicodeDecodeError:
        return "not UTF-8"
    except (ValueError, ET.ParseError):
        return "unreadable"
    except (TypeError, KeyError):
        return "spoilt"
    return "good" if found else "empty"


LIST = f"/works?filter=doi:{KAR}"
ENTRY = "/api/query?id_list=2306.10933"


@pytest.mark.parametrize(
    ("mix", "wrong"),
    [
        ("none", set()),
        ("429", {429}),
        ("5xx", {500, 502, 503, 504}),
        ("resets", {"reset"}),
        ("truncated", {"incomplete", "unreadable"}),
        ("html200", {"HTML"}),
        ("utf8", {"not UTF-8"}),
        ("loops", {301, 302}),
        ("empty", {"empty"}),
        ("outage", {503}),
    ],
)
def test_each_mix_does_what_its_name_says(mix, wrong):
    came, stats = classes_of(
        mix, LIST, seed=next(s for s in range(99) if mix != "outage" or faults.stretch(mix, s)[0] == "crossref")
    )
    assert wrong <= set(came) <= wrong | {"good"} | ({"incomplete"} if mix == "resets" else set())
    assert stats["violations_in_all"] == 0
    if wrong:
        assert 0.08 < sum(each != "good" for each in came) / len(came) < (0.9 if mix == "loops" else 0.4)


def test_nulls_stand_in_the_envelope():
    with serve(ours(), scale=FAST, faults="nulls", seed=2) as server:
        odd = [got.body for _ in range(150) if not is_plain((got := ask(server, LIST)).body)]
        assert len(odd) > 15
        assert b"null" in odd
        assert server.stats()["faults"]["nulls"] == len(odd)
        assert {ask(server, ENTRY).feed.tag for _ in range(60)} > {f"{{{ATOM['a']}}}feed"}


def is_plain(body):
    message = (json.loads(body) or {}).get("message") if isinstance(json.loads(body), dict) else None
    items = message.get("items") if isinstance(message, dict) else None
    return isinstance(items, list) and len(items) == 1 and isinstance(items[0], dict)


def test_feeds_are_spoilt_too():
    for mix, wrong in (("utf8", "not UTF-8"), ("truncated", "incomplete"), ("html200", "HTML")):
        came, _ = classes_of(mix, ENTRY, requests=40)
        assert wrong in came


def test_slow_answers_are_whole_but_late():
    with serve(ours(), scale=20, faults="slow", seed=1) as server:
        number = next(n for n in range(1, 99) if faults.drawn("slow", 1, n)[0])
        for _ in range(number - 1):
            time.sleep(0.012)
            ask(server, f"/works/{KAR}?{MAIL}")
        begun = time.perf_counter()
        assert ask(server, f"/works/{KAR}?{MAIL}").message["DOI"] == KAR
        assert time.perf_counter() - begun > 0.15


def test_hanging_ends_with_the_client_or_in_time():
    came, stats = classes_of("hang", LIST, requests=20, seed=4, scale=1000, timeout=0.05)
    assert came.count("timeout") == stats["faults"]["hang"] > 0
    with serve(ours(), scale=FAST, faults="hang", seed=4) as server:
        begun = time.perf_counter()
        assert "reset" in [outcome(server, LIST) for _ in range(20)]  # closed without an answer after 120 s, by the scale
        assert time.perf_counter() - begun < 5


def test_huge_answers_are_huge():
    with serve(ours(), scale=FAST, faults="huge", seed=1) as server:
        number = next(n for n in range(1, 99) if faults.drawn("huge", 1, n)[0])
        assert [len(ask(server, LIST).body) > 50_000_000 for _ in range(number)] == [False] * (number - 1) + [True]


def test_redirects_lead_to_themselves_in_a_circle_and_elsewhere():
    with serve(ours(), scale=FAST, faults="loops", seed=1) as server:
        places = Counter()
        for _ in range(200):
            got = ask(server, LIST)
            if got.status != 200:
                place = got.headers["Location"]
                places["itself" if place == LIST else "circle" if place == "/_loop/a" else urlsplit(place).hostname] += 1
        assert set(places) == {"itself", "circle", "localhost"}
        assert ask(server, ask(server, "/_loop/a").headers["Location"]).headers["Location"] == "/_loop/a"
        with pytest.raises(urllib.error.HTTPError, match="infinite loop"):
            urllib.request.urlopen(f"{server.address}/_loop/a", timeout=5)  # noqa: S310
        assert server.stats()["requests"]["redirects followed in a circle"] > 2


def test_the_same_seed_gives_the_same_faults():
    runs = [classes_of("all", LIST, requests=60, seed=seed, timeout=0.1)[0] for seed in (7, 7, 8)]
    assert runs[0] == runs[1] != runs[2]


@pytest.mark.parametrize("mix", faults.MIXES)
def test_shares(mix):
    share = sum(faults.MIXES[mix].values())
    assert share == 0 if mix in ("none", "outage") else 0.15 <= share <= 0.25
    if mix == "all":
        assert {fault for other in faults.MIXES.values() for fault in other} == set(faults.MIXES["all"])


def test_a_fault_never_hides_a_violation():
    with serve(made_up.both(1).world, scale=1, faults="5xx") as server:
        assert {ask(server, "/works/10.1/x").status for _ in range(5)} <= {404, 500, 502, 503, 504}
        assert [ask(server, "/works/10.1/x").status for _ in range(3)] == [429] * 3
        assert server.stats()["violations_in_all"] == 3


def test_a_server_stops_although_somebody_waits():
    with serve(
        made_up.both(1).world, scale=1, faults="hang", seed=next(s for s in range(99) if faults.drawn("hang", s, 1)[0])
    ) as server:
        waiting = socket.create_connection(urlsplit(server.address).netloc.split(":"))
        waiting.sendall(b"GET /works/x HTTP/1.1\r\nHost: x\r\n\r\n")
        time.sleep(0.1)
        begun = time.perf_counter()
    assert time.perf_counter() - begun < 2
    waiting.close()


# The judge, and the server as a process.


def lock_of(world):
    """What a matcher that knows everything would write."""
    works = {}
    for truth in world.truths:
        persons = [[as_json(person) for person in people or ()] for people in (truth.published_authors, truth.preprint_authors)]
        published = {"title": truth.title, "doi": truth.doi, "authors": persons[0]} if truth.doi else None
        preprint = {"title": truth.title, "arxiv_id": truth.arxiv_id, "authors": persons[1]} if truth.arxiv_id else None
        works[truth.listing_id] = {name: work for name, work in (("published", published), ("preprint", preprint)) if work}
    return {"format": 1, "listings": {name: name for name in works}, "works": works}


def as_json(person):
    parts = {"family": person.family, "given": person.given, "suffix": person.suffix, "literal": person.literal}
    return {name: text for name, text in parts.items() if text}


@pytest.mark.parametrize("world", [ours, lambda: some_made_up().world], ids=["ours", "made up"])
def test_who_knows_everything_is_right(world):
    score = judge(lock_of(world()), world().truths)
    assert not score.wrong + score.missing + score.wrong_authors
    assert {
        float(share) for share in (score.dois, score.works, score.arxiv_ids, score.published_authors, score.preprint_authors)
    } == {1.0}


def test_what_is_wrong_is_said_with_both_titles():
    lock = lock_of(ours())
    lock["works"]["kar"]["published"] |= {"doi": "10.1/other", "title": "Another"}
    lock["works"]["once"]["preprint"]["authors"].reverse()
    del lock["works"]["sagcn"]["published"]
    lock["listings"].pop("cela")
    score = judge(lock, ours().truths)
    title = "Towards Open-World Recommendation with Knowledge Augmentation from Large Language Models"
    assert score.wrong[0].startswith(f"kar: DOI 10.1/other “Another”, not {KAR} “{title}”")
    assert len(score.wrong) == 1
    assert [text.split(":")[0] for text in score.missing] == ["sagcn", "cela"]
    assert [text.split(":")[0] for text in score.wrong_authors] == ["once"]
    assert (score.works.found, score.works.of) == (68, 69)
    assert "wrong: 1" in str(score)


def test_twice_published_papers_allow_two_answers_and_none():
    undecidable = [truth for truth in ours().truths if truth.undecidable]
    assert len(undecidable) == 3
    for doi, wrong in ((undecidable[0].doi, 0), (undecidable[0].also_fine[0], 0), (None, 0), ("10.1/third", 1)):
        lock = {"listings": {undecidable[0].listing_id: "k"}, "works": {"k": {"published": {"doi": doi}}}}
        assert len(judge(lock, undecidable[:1]).wrong) == wrong


def test_the_server_runs_as_a_process(tmp_path):
    command = [sys.executable, "-m", "registries", "--papers", "made-up:5:1", "--catalog", str(tmp_path), "--scale", "50"]
    with subprocess.Popen(command, cwd=ROOT / "tests", stdout=subprocess.PIPE, text=True) as process:
        try:
            address = process.stdout.readline().strip()
            with urllib.request.urlopen(f"{address}/api/query?search_query=all:the", timeout=5) as answer:  # noqa: S310
                assert answer.status == 200
        finally:
            process.terminate()
    assert {path.name for path in tmp_path.iterdir()} >= {"catalog.yaml", "list.md", "truths.json"}
    assert threading.active_count() < 20
