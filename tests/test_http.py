from __future__ import annotations

import datetime as dt
import errno
import gzip
import os
import socket
import subprocess
import sys
import threading
import time
from concurrent.futures import CancelledError, ThreadPoolExecutor
from dataclasses import replace
from email.utils import format_datetime
from importlib.metadata import version

import httpx2
import pytest
from scripted import Reply, Scripted

from llm4rs_bib.errors import BibError, DenialError, Fault, SourceError, StoreError
from llm4rs_bib.http import Client, Host
from llm4rs_bib.http.client import _Tries
from llm4rs_bib.http.pace import Lane, Pool
from llm4rs_bib.http.wire import AttemptError, Wire, may_follow
from llm4rs_bib.sources.base import Answered, Ask, Reading, Refused, Request, Unreachable
from llm4rs_bib.store import Store

UNSURE = Reply(body=b'"unsure"')
DENIAL = Reply(body=b'"none"')
PAGE = Reply(body=b"<html>Please wait")
BUSY = Reply(503, b"<html>", {"Retry-After": "0.01"})  # retried at once


def read(request, status, body):
    """The body as the answer to each ask; a 404 answers with nothing."""
    if body.startswith(b"<"):
        raise SourceError(Fault("", "a page in place of JSON"))
    if body == DENIAL.body:
        raise DenialError(Fault("", "none of 3 ids"))
    if body == b'"bug"':
        raise LookupError("a bug of ours")
    return Reading(dict.fromkeys(request.asks, body.decode() if status == 200 else "[]"), certain=body != UNSURE.body)


HOST = Host("crossref", read, interval=0.02, learns=False)


def system(number):
    """The system's message for an error."""
    return f"[Errno {number}] {os.strerror(number)}"


LATE = 0.12  # seconds: a busy machine stamps an arrival late, and the next one seems to come too early


def stated(limit, interval="1s", seats=None, **more):
    """A good answer that states its host's limits."""
    headers = {"x-rate-limit-limit": limit, "x-rate-limit-interval": interval}
    return Reply(headers=headers | ({"x-concurrency-limit": seats} if seats else {}), **more)


@pytest.fixture(autouse=True)
def no_certificates(tmp_path, monkeypatch):
    """Nothing here speaks TLS, and to load the system's certificates takes longer than most tests."""
    monkeypatch.setenv("SSL_CERT_DIR", str(tmp_path))
    monkeypatch.delenv("SSL_CERT_FILE", raising=False)


@pytest.fixture
def store(tmp_path):
    with Store(tmp_path / "kept") as store:
        yield store


@pytest.fixture
def client(store):
    with Client([HOST], store, mailto=None) as client:
        yield client


def a_request(server, value="x", *, path="/works", pool="single", source="crossref", parameters=()):
    address = server if isinstance(server, str) else server.address
    return Request(source, address + path, tuple(parameters), pool, (Ask(source, "doi", value),))


def outcomes(client, *requests):
    """What became of the requests, in their order; and of all that were sent before."""
    for request in requests:
        client.send(request)
    received = {}
    while not received.keys() >= set(requests):
        outcome = client.receive()
        received[outcome.request] = outcome
    return [received[request] for request in requests]


def outcome(client, request):
    return outcomes(client, request)[0]


def wait_for(condition):
    """Go on as soon as it holds; an error if it never does."""
    end = time.monotonic() + 10
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.01)


def many(server, count, **more):
    return [a_request(server, str(i), **more) for i in range(count)]


def test_an_answer_is_kept_before_it_is_received(client, store):
    with Scripted([Reply(body=b'["a record"]'), Reply(404, b"Resource not found.")]) as server:
        first, second = a_request(server, "1"), a_request(server, "2")
        before = dt.datetime.now(dt.UTC)
        assert outcome(client, first) == Answered(first, {first.asks[0]: '["a record"]'}, store.get(first.asks[0]).retrieved)
        assert before <= store.get(first.asks[0]).retrieved <= dt.datetime.now(dt.UTC)
        assert outcome(client, second).answers == {second.asks[0]: "[]"}
        assert store.get(second.asks[0]).answer == "[]"
        assert client.requests == {"crossref": 2}


def test_how_long_the_limits_make_what_was_sent_last(store):
    hosts = [Host("crossref", read, 0.01, learns=False), Host("arxiv", read, 0.2, learns=False)]
    with Scripted() as server, Client(hosts, store, mailto=None) as client:
        assert client.left() == 0
        for request in (*many(server, 5), *many(server, 2, source="arxiv")):
            client.send(request)
        assert 0.4 <= client.left() <= 1  # two requests to the slower host
        for _ in range(7):
            client.receive()
        assert client.left() == 0


def test_each_request_has_one_outcome(client):
    with pytest.raises(RuntimeError, match="all that was sent has been received"):
        client.receive()
    with Scripted() as server:
        assert {type(each) for each in outcomes(client, *many(server, 15))} == {Answered}
        assert len(server.seen) == client.requests["crossref"] == 15
    with pytest.raises(RuntimeError):
        client.receive()


def test_an_unknown_source_is_the_callers_mistake(client):
    with pytest.raises(KeyError):
        client.send(a_request("http://127.0.0.1", source="other"))


# Pace


@pytest.mark.parametrize(
    ("headers", "spacing", "seats"),
    [
        (("10", "1s", "3"), 0.1, 3),
        (("1", "50ms", None), 0.05, None),
        (("2", "0.05s", "1"), 0.025, 1),
        (("30", "1m", "500"), 2.0, 8),
        (("3", "1", "3"), 1 / 3, 3),
        (("0.5", "1s", "0"), 2.0, None),
        (("0", "1s", "-1"), 7.0, None),
        (("-5", "1s", "three"), 7.0, None),
        (("10", "0s", "1.5"), 7.0, None),
        (("10", "soon", "1000"), 7.0, None),
        (("nan", "inf", "٣"), 7.0, None),
        (("10", None, ""), 7.0, None),
        ((None, "1s", None), 7.0, None),
        (("1e9", "1s", None), 7.0, None),
        (("999999999", "1s", None), 7.0, None),
        (("1", "99999m", None), 7.0, None),
        (("5, 10", "1s, 1s", "1, 3"), 7.0, None),
    ],
)
def test_limits_are_read_and_nonsense_is_not(headers, spacing, seats):
    names = ("x-rate-limit-limit", "x-rate-limit-interval", "x-concurrency-limit")
    pool = Pool("crossref-single", 7.0)
    pool.learn({name: value for name, value in zip(names, headers, strict=True) if value is not None})
    assert (pool.stated, pool.seats) == (pytest.approx(spacing), seats)


def test_the_last_good_limits_stay():
    pool = Pool("crossref-single", 7.0)
    pool.learn(stated("10", seats="3").headers)
    pool.learn(stated("0", "0", "0").headers)
    pool.learn({})
    assert (pool.stated, pool.seats) == (0.1, 3)


def test_the_pace_is_the_hosts(store):
    with (
        Scripted(then=stated("1", "300ms", "3")) as server,
        Client([replace(HOST, interval=5, learns=True)], store, mailto=None) as client,
    ):
        outcomes(client, *many(server, 5))
        assert min(server.gaps()) >= 0.3 - LATE
        assert max(server.gaps()) < 5  # it learned from the first answer


def test_limits_are_learned_from_errors_too(store):
    failure = replace(stated("1", "300ms"), status=503, body=b"")
    with (
        Scripted([failure]) as server,
        Client([replace(HOST, interval=1, learns=True)], store, mailto=None) as client,
    ):
        outcomes(client, *many(server, 4))
        assert min(server.gaps()) >= 0.3 - LATE
        assert max(server.gaps()[1:]) < 1


def test_a_host_that_does_not_state_limits_keeps_its_interval(store):
    with (
        Scripted(then=stated("1000", "1s", "3", takes=0.05)) as server,
        Client([replace(HOST, interval=0.3)], store, mailto=None) as client,
    ):
        outcomes(client, *many(server, 5))
        assert min(server.gaps()) >= 0.3 - LATE
        assert {seen.open for seen in server.seen} == {1}


def test_pools_have_a_pace_each(store):
    limits = {"/works/x": [stated("50", takes=0.01)] * 9, "/works": [stated("1", "400ms")] * 3}
    with Scripted(limits) as server, Client([replace(HOST, interval=1, learns=True)], store, mailto=None) as client:
        outcomes(client, *many(server, 9, path="/works/x"), *many(server, 3, pool="array"))
        assert min(server.gaps("/works")) >= 0.4 - LATE
        assert len(server.gaps("/works/x")) == 8


def test_as_many_at_once_as_the_host_allows(store):
    with (
        Scripted(then=stated("100", seats="2", takes=0.1)) as server,
        Client([replace(HOST, learns=True)], store, mailto=None) as client,
    ):
        outcomes(client, *many(server, 8))
        assert max(seen.open for seen in server.seen) == 2


def test_the_strictest_pool_limits_the_host(store):
    replies = {"/1": [stated("100", seats="1", takes=0.03)] * 6, "/3": [stated("100", seats="3", takes=0.03)] * 6}
    with Scripted(replies) as server, Client([replace(HOST, learns=True)], store, mailto=None) as client:
        outcome(client, a_request(server, path="/1", pool="one"))
        outcomes(client, *many(server, 5, path="/1", pool="one"), *many(server, 6, path="/3", pool="three"))
        assert {seen.open for seen in server.seen} == {1}


def test_stores_on_one_folder_share_pace_and_seat(tmp_path):
    slow = replace(HOST, interval=0.3)
    with (
        Scripted(then=Reply(takes=0.05)) as server,
        Store(tmp_path) as one,
        Store(tmp_path) as other,
        Client([slow], one, mailto=None) as first,
        Client([slow], other, mailto=None) as second,
    ):
        for request in many(server, 4):
            first.send(request)
            second.send(request)
        assert {type(client.receive()) for client in (first, second) for _ in range(4)} == {Answered}
        assert len(server.seen) == 8
        assert min(server.gaps()) >= 0.3 - LATE
        assert {seen.open for seen in server.seen} == {1}


CHILD = """
import sys
from pathlib import Path
from llm4rs_bib.http import *
from llm4rs_bib.sources.base import *
from llm4rs_bib.store import Store

def read(request, status, body):
    return Reading(dict.fromkeys(request.asks, body.decode()))

folder, address, count = sys.argv[1:]
host = Host("crossref", read, interval=0.3, learns=False)
with Store(Path(folder)) as store, Client([host], store, mailto=None) as client:
    for i in range(int(count)):
        client.send(Request("crossref", address, (), "single", (Ask("crossref", "doi", str(i)),)))
    for _ in range(int(count)):
        print(client.receive().answers, flush=True)
"""


def child(*args):
    return subprocess.Popen([sys.executable, "-c", CHILD, *map(str, args)], stdout=subprocess.PIPE, text=True)


def test_processes_share_pace_and_seat(tmp_path):
    with Scripted(then=Reply(takes=0.05)) as server:
        processes = [child(tmp_path, server.address, 4) for _ in range(2)]
        assert [len(process.communicate()[0].splitlines()) for process in processes] == [4, 4]
        assert min(server.gaps()) >= 0.3 - LATE
        assert {seen.open for seen in server.seen} == {1}


def test_a_killed_process_loses_no_answer(tmp_path):
    with Scripted([Reply(body=b'["kept"]')], then=Reply(special="hang")) as server:
        process = child(tmp_path, server.address, 2)
        assert "kept" in process.stdout.readline()
        process.kill()
        process.communicate()
    with Store(tmp_path) as store:
        assert [store.get(Ask("crossref", "doi", value)) is not None for value in "01"].count(True) == 1


# What goes out


def test_parameters_arrive_as_they_are(client):
    parameters = [
        ("query", "C# <T> 100 % + x&y=z; Über 推荐 'a' \"b\" \\ %41 / ?\n"),
        ("filter", "doi:10.1/(a),doi:10.2/b[]"),
        ("query", ""),
    ]
    with Scripted() as server:
        assert isinstance(outcome(client, a_request(server, path="/works/10.1%2F%3Cx%3E", parameters=parameters)), Answered)
    (seen,) = server.seen
    assert sorted(seen.query) == sorted(parameters)
    assert seen.path == "/works/10.1%2F%3Cx%3E"


@pytest.mark.parametrize(
    ("mailto", "parameters", "agent", "query"),
    [
        (
            "me+bib@example.org",
            {"mailto": "me+bib@example.org"},
            "; mailto:me+bib@example.org",
            (("rows", "5"), ("mailto", "me+bib@example.org")),
        ),
        ("me@example.org", {}, "; mailto:me@example.org", (("rows", "5"),)),
        ("mé@example.org\r\nX: y", {}, "; mailto:m%C3%A9@example.org%0D%0AX%3A%20y", (("rows", "5"),)),
        (None, {}, "", (("rows", "5"),)),
    ],
)
def test_hosts_are_told_who_asks(store, mailto, parameters, agent, query):
    moved = Reply(301, b"", {"Location": "/new?rows=5"})
    with Scripted([moved]) as server, Client([replace(HOST, parameters=parameters)], store, mailto=mailto) as client:
        outcome(client, a_request(server, parameters=[("rows", "5")]))
    for seen in server.seen:
        assert seen.headers["User-Agent"] == f"llm4rs-bib/{version('llm4rs-bib')} (https://pypi.org/project/llm4rs-bib{agent})"
        assert seen.query == query
    assert [seen.path for seen in server.seen] == ["/works", "/new"]


def test_a_proxy_of_the_environment_is_used(store, monkeypatch):
    with Scripted() as server:
        monkeypatch.setenv("http_proxy", server.address)
        with Client([HOST], store, mailto=None) as client:
            assert isinstance(outcome(client, a_request("http://registry.invalid")), Answered)
    assert server.seen[0].headers["Host"] == "registry.invalid"


def test_a_proxy_that_does_not_let_us_through(store, monkeypatch):
    with Scripted() as server:
        monkeypatch.setenv("https_proxy", server.address)
        with Client([HOST], store, mailto=None) as client:
            assert why(client, "https://registry.invalid") == "cannot be reached (501 Unsupported method ('CONNECT'))"
    assert client.requests == {}


def test_a_proxy_that_cannot_be_used(store, monkeypatch):
    monkeypatch.setenv("http_proxy", "gopher://proxy")
    with pytest.raises(BibError, match=r"^the environment names a proxy that cannot be used: .*gopher"):
        Client([HOST], store, mailto=None)


# What comes back


@pytest.mark.parametrize(
    "failure",
    [
        *(Reply(status, b"<html>") for status in (500, 502, 503, 504, 418, 302)),
        Reply(204, b""),
        *(Reply(special=special, body=b"[]" * 9) for special in ("reset", "truncated")),
        Reply(body=b"[" + bytes(30_000_000)),
        PAGE,
        Reply(body=b"not gzip", headers={"Content-Encoding": "gzip"}),
        Reply(301, b"", {"Location": "/elsewhere"}),
    ],
    ids=lambda reply: f"{reply.status} {reply.special} {len(reply.body)}",
)
def test_a_failure_is_tried_again(client, store, failure):
    with Scripted(
        {"/works": [failure, Reply(body=b'["good"]')], "/elsewhere": [Reply(301, b"", {"Location": "/elsewhere"})]}
    ) as server:
        request = a_request(server)
        assert outcome(client, request).answers == {request.asks[0]: '["good"]'}
        assert store.get(request.asks[0]).answer == '["good"]'
        assert client.requests["crossref"] == len(server.seen) == (3 if failure.status == 301 else 2)


@pytest.mark.parametrize(
    ("reply", "reason"),
    [
        (Reply(special="reset"), f"no whole answer ({system(errno.ECONNRESET)})"),
        (
            Reply(special="truncated", body=b"[]"),
            "no whole answer (peer closed connection without sending complete message body (received 1 bytes, expected 2))",
        ),
        (
            Reply(body=b"[]", headers={"Content-Encoding": "gzip"}),
            "no whole answer (Error -3 while decompressing data: incorrect header check)",
        ),
        (Reply(body=gzip.compress(bytes(30_000_000)), headers={"Content-Encoding": "gzip"}), "more than 20 MB"),
        (Reply(301, b"", {"Location": "/works"}), "301 Moved Permanently without end"),
        (Reply(302, b"", {"Location": "http://example.org/works"}), "302 Found to another host, example.org"),
        (Reply(303, b"", {"Location": "//127.0.0.1:1/works"}), "303 See Other to another host, 127.0.0.1:1"),
        (Reply(307, b"", {"Location": "http://a:b/"}), "307 Temporary Redirect to no address"),
        (PAGE, "no answer: a page in place of JSON"),
        (Reply(500, b"<html>"), "500 Internal Server Error"),
        (Reply(599), "599"),
    ],
)
def test_an_attempt_without_an_answer_says_why(client, reply, reason):
    with Scripted(then=reply) as server:
        assert why(client, server.address) == reason


def test_nothing_listens(client):
    with socket.create_server(("127.0.0.1", 0)) as unused:
        port = unused.getsockname()[1]
    assert why(client, f"http://127.0.0.1:{port}") == f"cannot be reached ({system(errno.ECONNREFUSED)})"
    assert client.requests == {}


def why(client, address):
    """What the error of one attempt says."""
    pool = Pool("crossref-single", 0.02)
    with pytest.raises(AttemptError) as error:
        client._attempt(client._lanes["crossref"], pool, a_request(address), httpx2.URL(f"{address}/works"), _Tries())
    return str(error.value)


def test_a_request_is_given_up_after_eight_tries(client):
    with Scripted([BUSY] * 8) as server:
        request = a_request(server)
        assert outcome(client, request) == Unreachable(request, f"{server.where}: 503 Service Unavailable, after 8 tries")
        assert client.requests["crossref"] == len(server.seen) == 8


def test_a_host_is_given_up_after_ten_failures_in_a_row(store):
    replies = {"/down": [BUSY] * 100, "/up": [Reply(takes=0.02)] * 20}
    with Scripted(replies) as server, Client([HOST, replace(HOST, name="arxiv")], store, mailto=None) as client:
        down, up = many(server, 20, path="/down"), many(server, 20, path="/up", source="arxiv")
        received = outcomes(client, *down, *up)
        reason = f"{server.where}: 503 Service Unavailable, 10 times in a row"
        assert received[:20] == [Unreachable(request, reason) for request in down]
        assert {type(each) for each in received[20:]} == {Answered}
        assert client.requests == {"crossref": 10, "arxiv": 20}
        assert outcome(client, down[0]) == Unreachable(down[0], reason)  # sent later
        assert len(server.seen) == 30


def test_a_success_ends_the_row(client):
    with Scripted([*[BUSY] * 6, Reply(), *[BUSY] * 6, Reply()]) as server:
        assert {type(outcome(client, request)) for request in many(server, 2)} == {Answered}


def test_what_is_no_address(client):
    request = a_request("http://a:b")
    assert outcome(client, request) == Unreachable(request, "http://a:b/works: is no address: Invalid port: 'b'")


@pytest.mark.parametrize("status", [401, 403])
def test_a_host_that_refuses_us_is_not_asked_again(client, status):
    with Scripted([Reply(), Reply(status)]) as server:
        first, *others = many(server, 10)
        assert isinstance(outcome(client, first), Answered)
        words = {401: "401 Unauthorized", 403: "403 Forbidden"}[status]
        assert outcomes(client, *others) == [Unreachable(each, f"{server.where}: refuses us ({words})") for each in others]
        assert len(server.seen) == 2


def test_a_request_that_is_too_long_is_refused_at_once(client):
    with Scripted([Reply(414)]) as server:
        request = a_request(server)
        assert outcome(client, request) == Refused(request, f"{server.where}: 414 URI Too Long", 414)
        assert len(server.seen) == 1


def test_a_wrong_request_is_tried_once_more(client):
    with Scripted({"/once": [Reply(400), Reply()], "/works": [Reply(400)] * 3}) as server:
        request = a_request(server)
        assert isinstance(outcome(client, a_request(server, path="/once")), Answered)
        assert outcome(client, request) == Refused(request, f"{server.where}: 400 Bad Request", 400)
        assert len(server.seen) == 4


@pytest.mark.parametrize(
    ("replies", "asked"),
    [
        ([UNSURE, UNSURE, UNSURE, Reply()], 3),
        ([UNSURE, Reply(), Reply()], 2),
        ([UNSURE, UNSURE, BUSY, UNSURE, UNSURE, UNSURE, Reply()], 6),
    ],
)
def test_an_uncertain_reading_is_believed_when_it_comes_three_times_in_a_row(client, store, replies, asked):
    with Scripted(replies) as server:
        request = a_request(server)
        assert isinstance(outcome(client, request), Answered)
        assert len(server.seen) == asked
        assert store.get(request.asks[0]).answer == replies[asked - 1].body.decode()


def test_a_host_may_have_nothing_for_many_requests(client):
    with Scripted(then=UNSURE) as server:
        assert {type(each) for each in outcomes(client, *many(server, 6))} == {Answered}
        assert len(server.seen) == 18


def test_nothing_is_not_believed_of_a_host_that_denied_what_it_must_have(client):
    with Scripted([DENIAL], then=UNSURE) as server:
        reasons = {each.reason for each in outcomes(client, *many(server, 2))}
        assert reasons == {f"{server.where}: says that it has nothing, whatever is asked, 10 times in a row"}


def test_a_host_that_denied_and_then_answers_is_believed_again(client, store):
    with Scripted([DENIAL, Reply(body=b'["found"]')], then=UNSURE) as server:
        assert {type(each) for each in outcomes(client, *many(server, 2))} == {Answered}


@pytest.mark.parametrize("location", ["/two", "HERE/two", "two?a=1#x"])
def test_a_redirect_on_the_same_host_is_followed_at_the_same_pace(store, location):
    replies = {
        "/works": [Reply(301, b"", {"Location": location})],
        "/two": [Reply(308, b"", {"Location": "/three"})],
        "/three": [Reply(body=b'["found"]')],
    }
    with Scripted(replies) as server, Client([replace(HOST, interval=0.24)], store, mailto=None) as client:
        request = a_request(server)
        assert outcome(client, request).answers == {request.asks[0]: '["found"]'}
        assert [seen.path for seen in server.seen] == ["/works", "/two", "/three"]
        assert min(server.gaps()) >= 0.24 - LATE
        assert client.requests["crossref"] == 3


def test_five_hops_are_followed_and_not_six(client):
    replies = {f"/{i}": [Reply(301, b"", {"Location": f"/{i + 1}"})] * 2 for i in range(1, 7)} | {
        "/0": [Reply(301, b"", {"Location": "/1"}), Reply()]
    }
    with Scripted(replies) as server:
        assert isinstance(outcome(client, a_request(server, path="/2")), Answered)
        assert [seen.path for seen in server.seen] == ["/2", "/3", "/4", "/5", "/6", "/7"]
        server.seen.clear()
        assert isinstance(outcome(client, a_request(server, path="/0")), Answered)
        assert [seen.path for seen in server.seen] == ["/0", "/1", "/2", "/3", "/4", "/5", "/0"]


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ("https://api.example.org/x", True),
        ("https://api.example.org:8443/x", True),
        ("http://api.example.org:80/x", True),
        ("http://api.example.org:81/x", False),
        ("http://example.org/x", False),
        ("ftp://api.example.org/x", False),
    ],
)
def test_https_in_place_of_http_is_the_same_host(target, expected):
    assert may_follow(httpx2.URL("http://api.example.org/works"), httpx2.URL(target)) is expected


def test_https_is_not_left():
    assert not may_follow(httpx2.URL("https://api.example.org/"), httpx2.URL("http://api.example.org/"))


# Waiting


def test_a_host_says_how_long_to_wait(store):
    waits = []
    with (
        Scripted({"/works": [Reply(429, b"", {"Retry-After": "2"})]}) as server,
        Client([HOST], store, mailto=None, on_wait=lambda *wait: waits.append(wait)) as client,
    ):
        client.send(a_request(server))
        wait_for(lambda: store.postponed("crossref"))
        outcomes(client, *many(server, 5, path="/other", pool="array"), a_request(server, "last"))
        first, *others = sorted(seen.at for seen in server.seen)
        assert len(others) == 7
        assert min(others) - first >= 2  # all pools
        assert [source for source, _ in waits] == ["crossref"]
        assert 1 < waits[0][1] <= 2


def test_a_host_says_until_when_to_wait(client):
    until = dt.datetime.now(dt.UTC).replace(microsecond=0) + dt.timedelta(seconds=2)
    with Scripted([Reply(503, b"", {"Retry-After": format_datetime(until, usegmt=True)})]) as server:
        assert isinstance(outcome(client, a_request(server)), Answered)
        wall = time.time() - time.monotonic()
        assert server.seen[1].at + wall >= until.timestamp()


def test_a_wait_that_is_too_long(client):
    with Scripted([Reply(429, b"", {"Retry-After": "3600"})]) as server:
        requests = many(server, 3)
        before = dt.datetime.now().astimezone()
        (reason,) = {each.reason for each in outcomes(client, *requests)}
        until = {f"{before + dt.timedelta(seconds=3600 + late):%Y-%m-%d %H:%M}" for late in (0, 30)}
        assert reason in {f"{server.where}: 429 Too Many Requests, and asks us to wait until {each}" for each in until}
        assert len(server.seen) == 1


@pytest.mark.parametrize(
    "after", ["0", "-1", "soon", "Sun, 06 Nov 1994 08:49:37 GMT", "Sun, 99 Nov 99999999999 08:49:37 GMT", ""]
)
def test_a_wait_that_says_nothing(client, after):
    with Scripted([Reply(503, b"", {"Retry-After": after})]) as server:
        assert isinstance(outcome(client, a_request(server)), Answered)


def test_a_host_that_says_we_are_too_fast_is_asked_at_half_the_pace(store):
    with Scripted([Reply(429)]) as server, Client([replace(HOST, interval=0.12)], store, mailto=None) as client:
        assert {type(each) for each in outcomes(client, *many(server, 6))} == {Answered}
        assert min(server.gaps()[1:]) >= 0.24 - LATE


def test_ten_good_answers_bring_the_stated_pace_back():
    lane, pool = Lane("crossref", 0.02), Pool("crossref-single", 0.5)
    pool.caution = 10
    spacings = []
    for _ in range(11):
        spacings.append(pool.spacing)
        lane.succeed(pool)
    assert spacings == [1.0] * 10 + [0.5]


def test_a_pool_reserves_a_little_more_than_its_spacing():
    pool = Pool("crossref-single", 1.0)
    assert pool.gap == pytest.approx(1.054)
    pool.measure(0.2)  # the first may have been late
    assert pool.gap == pytest.approx(1.114)
    pool.measure(0.2)
    assert pool.gap == pytest.approx(1.054)
    pool.measure(0.23)
    assert pool.gap == pytest.approx(1.084)
    pool.measure(9)
    assert pool.gap == pytest.approx(1.114)


def test_time_outs_follow_the_hosts_speed():
    lane = Lane("crossref", 0.02)
    assert [lane.time_out(doublings) for doublings in (0, 1, 2, 9)] == [30, 60, 60, 60]
    lane.durations.extend([0.01, 0.01, 0.4, 9, 9])
    assert [lane.time_out(doublings) for doublings in (0, 1, 2, 9)] == [8, 16, 32, 60]
    lane.durations.extend([0.01] * 9)
    assert lane.time_out(0) == 3
    lane.durations.extend([9] * 25)
    assert lane.time_out(0) == 30


def test_an_exchange_ends_at_its_deadline():
    a_part = Reply(special="drip", body=gzip.compress(b"x")[:10], headers={"Content-Encoding": "gzip"})
    slow = {
        "/drip": Reply(special="drip"),
        "/headers": Reply(special="drip headers"),
        "/hang": Reply(special="hang"),
        "/gzip": a_part,
    }
    wire = Wire("test")
    with Scripted({path: [Reply(), reply] for path, reply in slow.items()}) as server, ThreadPoolExecutor() as threads:

        def get(path, time_out):
            wire.get(httpx2.URL(server.address + path), time_out, lambda: None, lambda _: None)

        list(threads.map(get, slow, [5] * 4))  # the connections are kept, and used again
        errors = [future.exception() for future in [threads.submit(get, path, 0.6) for path in slow]]
    assert {(type(error), str(error), error.timed_out) for error in errors} == {(AttemptError, "no answer within 1 s", True)}
    wire.close()


def test_a_host_that_hangs_once_is_asked_again(client):
    with Scripted([Reply()] * 5 + [Reply(special="hang")]) as server:
        assert {type(each) for each in outcomes(client, *many(server, 7))} == {Answered}
        assert len(server.seen) == 8
        assert max(server.gaps()) < 20  # it usually takes a moment: nobody waits 30 s for it


# The end


@pytest.mark.parametrize(
    "reply", [Reply(429, b"", {"Retry-After": "250"}), Reply(special="hang"), Reply(special="drip")], ids=["wait", "hang", "drip"]
)
def test_close_ends_any_wait(store, reply):
    with Scripted([reply]) as server:
        client = Client([HOST], store, mailto=None)
        for request in [*many(server, 20), *many(server, 3, pool="array")]:
            client.send(request)
        wait_for(lambda: server.seen)
        time.sleep(0.1)
        threads = threading.active_count()
        start = time.monotonic()
        client.close()
        assert time.monotonic() - start < 3
        assert threading.active_count() < threads
    assert [ended(client) for _ in range(23)].count(True) >= 20  # others may have been answered before
    with pytest.raises(RuntimeError):
        client.send(a_request(server))


def ended(client):
    """Whether the next request to be received ended with the client."""
    try:
        client.receive()
    except CancelledError:
        return True
    return False


def test_a_bug_in_reading_reaches_the_caller(client):
    with Scripted([Reply(body=b'"bug"')]) as server:
        client.send(a_request(server))
        with pytest.raises(LookupError, match="a bug of ours"):
            client.receive()
        assert isinstance(outcome(client, a_request(server)), Answered)


def test_a_store_that_fails_reaches_the_caller(client, store):
    store._db.execute("DROP TABLE answers")
    with Scripted() as server:
        client.send(a_request(server))
        with pytest.raises(
            StoreError, match=r"answers.sqlite: cannot be used: no such table: answers; try again, or name another folder$"
        ):
            client.receive()
