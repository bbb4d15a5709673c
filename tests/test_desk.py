"""Many look-ups side by side: what is sent, and that the order of the answers does not matter."""

from __future__ import annotations

import json

import pytest
from fakes import ADDRESSES, DAY, NOW, Fetch, entry, item, people
from hypothesis import given
from hypothesis import strategies as st

from llm4rs_bib.desk import Desk
from llm4rs_bib.lookup import Paper
from llm4rs_bib.model import PartialDate
from llm4rs_bib.sources import arxiv, crossref, openalex
from llm4rs_bib.sources.base import Answered, Refused, Unreachable

XI, POE = ("Ann Xi", "Bo Liu"), ("Dan Poe", "Eva Rey")
SEA, SALT, AIR = (f"On the {word} of Very Old Towns" for word in ("Sea", "Salt", "Air"))
RAW = (
    entry("2306.00001", SEA, XI, "2023-06-01"),
    entry("2306.00002", SALT, POE, "2023-06-02", doi="10.1000/salt"),
    item("10.1000/sea", SEA, XI),
    item("10.1000/salt", SALT, POE),
    item("10.1000/air", AIR, XI),
)
PAPERS = {
    "sea": Paper(titles=(SEA,), arxiv_ids=("2306.00001",)),
    "sea-2": Paper(titles=(SEA,), arxiv_ids=("2306.00001",)),
    "salt": Paper(titles=(SALT,), authors=people(*POE)),
    "salt-2": Paper(titles=(SALT,), dois=("10.1000/SALT",)),
    "air": Paper(titles=(AIR,), dois=("10.1000/gone",), since=PartialDate(2024)),
}
BOTH = {name: ADDRESSES[name] for name in (arxiv.NAME, crossref.NAME)}


def answer(ask):
    """What is kept of the answer to an ask."""
    found = [raw for raw in RAW if ("DOI" in raw) == (ask.source == crossref.NAME)]
    if ask.kind == "title":
        hits = [raw for raw in found if "".join(raw["title"]) in ask.value]
    else:
        hits = [raw for raw in found if raw.get("DOI", raw.get("id")) == ask.value]
    return json.dumps(hits)


def settled(papers=PAPERS, addresses=BOTH, **fetch):
    fetch = Fetch(**{"answer": answer, **fetch})
    desk = Desk(fetch, addresses)
    return desk.settle(papers), fetch, desk.reasons


def ids(found):
    """What was found of each paper: the published work, the preprint, who was not reached."""
    return {
        name: (*(match and match.record.id for match in (each.published, each.preprint)), sorted(each.unreachable))
        for name, each in found.items()
    }


FOUND = {
    "sea": ("10.1000/sea", "2306.00001", []),
    "sea-2": ("10.1000/sea", "2306.00001", []),
    "salt": ("10.1000/salt", "2306.00002", []),
    "salt-2": ("10.1000/salt", "2306.00002", []),
    "air": (None, None, []),
}


def test_each_paper_is_found_and_nothing_is_asked_twice():
    found, fetch, reasons = settled()
    assert (ids(found), reasons) == (FOUND, {})
    assert list(found) == list(PAPERS)
    assert sorted(fetch.asks) == sorted(set(fetch.asks))
    assert dict(fetch.requests) == {name: sum(request.source == name for request in fetch.sent) for name in BOTH}


@given(st.data())
def test_the_order_of_the_answers_does_not_matter(data):
    first, fetch, _ = settled()
    found, other, _ = settled(order=lambda count: data.draw(st.integers(0, count - 1)))
    assert first == found
    assert sorted(fetch.asks) == sorted(other.asks)


@given(st.data())
def test_the_order_of_outcomes_does_not_matter_where_some_do_not_come(data):
    def gone(request):
        lost = any(ask.value in ("10.1000/gone", "2306.00001") for ask in request.asks)
        return Unreachable(request, "down") if lost else None

    first, _, reasons = settled(outcome=gone)
    found, _, other = settled(outcome=gone, order=lambda count: data.draw(st.integers(0, count - 1)))
    assert (ids(first), reasons) == (ids(found), other)


@pytest.mark.parametrize(
    ("count", "fields", "sizes"),
    [
        (100, lambda i: {"arxiv_ids": (f"2306.{i:05}",)}, [100]),
        (101, lambda i: {"arxiv_ids": (f"2306.{i:05}",)}, [100, 1]),
        (50, lambda i: {"dois": (f"10.1000/{i}",)}, [50]),
        (101, lambda i: {"dois": (f"10.1000/{i}",)}, [50, 50, 1]),
    ],
)
def test_what_is_asked_by_identifier_goes_out_together(count, fields, sizes):
    papers = {str(i): Paper(titles=(f"Paper {i}",), **fields(i)) for i in range(count)}
    _, fetch, _ = settled(papers)
    assert [len(request.asks) for request in fetch.sent[: len(sizes)]] == sizes


def test_what_is_kept_is_not_asked():
    _, fetch, _ = settled()
    kept = {ask: answer(ask) for ask in fetch.asks}
    found, second, _ = settled(kept=kept)
    assert (ids(found), second.sent) == (FOUND, [])
    del kept[arxiv.by_id("2306.00001")]
    found, third, _ = settled(kept=kept)
    assert (ids(found), third.asks) == (FOUND, [arxiv.by_id("2306.00001")])
    assert {match.retrieved for each in found.values() for match in (each.published, each.preprint) if match} == {DAY}


DAMAGED = arxiv.by_id("2306.00001")


@pytest.mark.parametrize(
    "kept", [
        "", "{", '[{"id": 1}]', "[1]", "null", "{}",
    ],
)  # fmt: skip
def test_a_damaged_kept_answer_is_asked_again(kept):
    found, fetch, _ = settled(kept={DAMAGED: kept})
    assert (ids(found), fetch.asks.count(DAMAGED)) == (FOUND, 1)


def test_a_source_that_answered_in_the_end_is_not_said_to_be_out_of_reach():
    _, _, reasons = settled(kept={DAMAGED: "{"})
    assert reasons == {}


def test_an_answer_that_is_damaged_is_none():
    def spoilt(request):
        return Answered(request, dict.fromkeys(request.asks, "{"), None) if DAMAGED in request.asks else None

    found, fetch, reasons = settled({"sea": PAPERS["sea"]}, outcome=spoilt)
    assert ids(found) == {"sea": (None, None, ["arxiv"])}
    assert reasons == {"arxiv": "arXiv: the answer kept for '2306.00001' is damaged; use --refresh"}
    assert fetch.asks.count(DAMAGED) == 1


EIGHT = {str(i): Paper(titles=(f"Paper {i}",), arxiv_ids=(f"2306.0000{i}",), dois=(f"10.1000/{i}",)) for i in range(8)}


@pytest.mark.parametrize(
    ("bad", "unreachable"),
    [
        (crossref.by_doi("10.1000/3"), ["3"]),
        (arxiv.by_id("2306.00003"), ["3"]),
        (openalex.by_arxiv_id("2306.00003"), ["3"]),
    ],
)
def test_what_is_refused_is_halved_until_one_is_left(bad, unreachable):
    def posted(ask):
        return json.dumps([entry(ask.value, f"Paper {ask.value[-1]}", XI, "2023-06-01")] if ask.kind == "id" else [])

    def refused(request):
        return Refused(request, "400 Bad Request", 400) if bad in request.asks else None

    _, first, _ = settled(EIGHT, ADDRESSES, answer=posted)
    kept = {ask: posted(ask) for ask in first.asks if (ask.source, ask.kind) != (bad.source, bad.kind)}
    found, fetch, reasons = settled(EIGHT, ADDRESSES, answer=posted, kept=kept, outcome=refused)
    sent = [request for request in fetch.sent if request.asks[0].kind == bad.kind]
    assert [len(request.asks) for request in sent] == [8, 4, 4, 2, 2, 1, 1]
    assert [name for name, each in found.items() if each.unreachable == {bad.source}] == unreachable
    assert [name for name, each in found.items() if each.unreachable] == unreachable
    assert reasons == {bad.source: "400 Bad Request"}


def test_who_is_not_reached_and_why():
    def down(request):
        return Unreachable(request, f"{request.source}: 503") if request.source == crossref.NAME else None

    found, _, reasons = settled(outcome=down)
    assert ids(found) == {
        "sea": (None, "2306.00001", ["crossref"]),
        "sea-2": (None, "2306.00001", ["crossref"]),
        "salt": (None, "2306.00002", ["crossref"]),
        "salt-2": (None, None, ["crossref"]),
        "air": (None, None, ["crossref"]),
    }
    assert reasons == {"crossref": "crossref: 503"}


def test_one_hears_how_many_papers_are_done():
    heard = []
    Desk(Fetch(answer), BOTH, lambda done, of: heard.append((done, of))).settle(PAPERS)
    assert heard == [(done, 5) for done in range(1, 6)]
    assert Desk(Fetch(answer), BOTH).settle({}) == {}


def test_the_bridge_is_used_only_where_it_has_an_address():
    sea = {"sea": Paper(titles=(SEA,), arxiv_ids=("2306.00001",), answered={"10.1000/sea": False})}
    asked = [sorted({ask.source for ask in settled(sea, addresses)[1].asks}) for addresses in (BOTH, ADDRESSES)]
    assert asked == [["arxiv", "crossref"], ["arxiv", "crossref", "openalex"]]


def test_an_answer_that_came_along_with_another_is_not_asked_for():
    """A search that brings the paper's record answers for its DOI as well."""
    salt = {"salt": PAPERS["salt"]}

    def with_hits(request):
        texts = {ask: answer(ask) for ask in request.asks}
        hits = {crossref.by_doi("10.1000/salt"): answer(crossref.by_doi("10.1000/salt"))}
        return Answered(request, texts | hits if request.asks[0].kind == "title" else texts, NOW)

    late = {"late": Paper(titles=("Elsewhere",), arxiv_ids=("2306.00002",), answered={"2306.00002": True})}
    asked = [settled(late | salt, outcome=each, order=lambda count: count - 1)[1].asks for each in (lambda _: None, with_hits)]
    assert [crossref.by_doi("10.1000/salt") in asks for asks in asked] == [True, False]
