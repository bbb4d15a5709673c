"""Where answers come from: what is kept, while it is fresh; the network only where it may be used."""

from __future__ import annotations

import datetime as dt

import pytest
from fakes import NOW
from scripted import Reply, Scripted

from llm4rs_bib.fetch import Ages, Offline, Online, lasts
from llm4rs_bib.http import Client, Host
from llm4rs_bib.sources import crossref
from llm4rs_bib.sources.base import NOTHING, Answered, Request, Unreachable
from llm4rs_bib.store import Store

DAY = dt.timedelta(days=1)
SECOND = dt.timedelta(seconds=1)
SEA, AIR = crossref.by_doi("10.1000/sea"), crossref.by_doi("10.1000/air")
SOMETHING = '[{"DOI": "10.1000/sea"}]'


@pytest.fixture
def store(tmp_path):
    with Store(tmp_path / "kept") as store:
        yield store


@pytest.mark.parametrize(
    ("longest", "answer", "oldest"),
    [
        (30 * DAY, SOMETHING, 30 * DAY),
        (30 * DAY, NOTHING, 7 * DAY),
        (3 * DAY, NOTHING, 3 * DAY),
        (0 * DAY, SOMETHING, 0 * DAY),
        (0 * DAY, NOTHING, 0 * DAY),
    ],
)
def test_how_old_an_answer_may_be(longest, answer, oldest):
    ages = Ages(NOW, longest)
    assert [ages.is_fresh(answer, NOW - age) for age in (oldest, oldest + SECOND)] == [True, False]


def test_offline_any_age_will_do():
    assert all(Ages(NOW).is_fresh(answer, NOW - 10_000 * DAY) for answer in (SOMETHING, NOTHING))


def test_what_is_kept_is_given_with_its_time_while_it_is_fresh(store):
    store.put({SEA: SOMETHING, AIR: NOTHING}, NOW - 8 * DAY)
    fetch = Offline(store, Ages(NOW, 30 * DAY))
    assert [fetch.kept(ask) for ask in (SEA, AIR, crossref.by_doi("10.1000/x"))] == [(SOMETHING, NOW - 8 * DAY), None, None]
    assert Offline(store, Ages(NOW)).kept(AIR) == (NOTHING, NOW - 8 * DAY)
    assert Offline(store, Ages(NOW, 7 * DAY)).kept(SEA) is None


def test_refresh_asks_again_but_not_for_what_came_in_this_run(store):
    store.put({SEA: SOMETHING}, NOW)
    store.put({AIR: SOMETHING}, NOW - SECOND)
    fetch = Offline(store, Ages(NOW, 0 * DAY))
    assert [fetch.kept(ask) for ask in (SEA, AIR)] == [(SOMETHING, NOW), None]


def test_offline_requests_are_counted_and_not_answered(store):
    fetch = Offline(store, Ages(NOW))
    requests = [Request(source, "http://nowhere.invalid", (), "pool", ()) for source in ("crossref", "arxiv", "crossref")]
    for request in requests:
        fetch.send(request)
    assert [fetch.receive() for _ in requests] == [Unreachable(request, "not asked: --offline") for request in requests]
    assert (fetch.planned, fetch.requests) == ({"crossref": 2, "arxiv": 1}, {})


def test_online_what_is_not_kept_comes_from_the_network_and_is_kept(store):
    body = b'{"status": "ok", "message-type": "work-list", "message": {"total-results": 1, "items": [{"DOI": "10.1000/sea"}]}}'
    with Scripted([Reply(body=body)]) as server:
        with Client([Host(crossref.NAME, crossref.answers, 0.01, learns=False)], store, mailto=None) as client:
            fetch = Online(store, Ages(NOW, DAY), client)
            assert fetch.kept(SEA) is None
            [request] = crossref.requests([SEA], server.address)
            fetch.send(request)
            outcome = fetch.receive()
        assert (type(outcome), outcome.request, outcome.answers) == (Answered, request, {SEA: SOMETHING})
        assert fetch.kept(SEA) == (SOMETHING, outcome.retrieved)
        assert fetch.requests == {"crossref": 1} == {"crossref": len(server.seen)}


def test_how_long_so_many_requests_take():
    pace = {"crossref": 1 / 3, "arxiv": 3.0}
    assert [lasts(each, pace) for each in ({}, {"crossref": 30}, {"crossref": 30, "arxiv": 2}, {"crossref": 30, "arxiv": 4})] == [
        0.0, 10.0, 10.0, 12.0,
    ]  # fmt: skip
