from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from llm4rs_bib.errors import SourceError
from llm4rs_bib.model import Work
from llm4rs_bib.sources import openalex
from llm4rs_bib.sources.base import Ask, Reading, RegistryRecord, Request

HERE = "http://127.0.0.1:9/api"
KAR, OTHER = openalex.by_arxiv_id("2306.10933"), openalex.by_arxiv_id("2401.00001")
POSTED, PRINTED = "https://doi.org/10.48550/arxiv.2306.10933", "https://doi.org/10.1145/3640457.AB"


def asked(*asks, address=HERE):
    return list(openalex.requests(asks, address))


[BOTH] = asked(KAR, OTHER)


def body(*works):
    return json.dumps({"meta": {"count": len(works)}, "results": works}).encode()


def fails(function, *args):
    with pytest.raises(SourceError) as caught:
        function(*args)
    return str(caught.value)


def test_whole_requests():
    parameters = (
        ("filter", "doi:10.48550/arxiv.2306.10933|10.48550/arxiv.2401.00001"),
        ("select", "id,doi,title,locations"),
        ("per_page", "100"),
    )
    assert asked(KAR, OTHER) == [Request("openalex", f"{HERE}/works", parameters, "list", (KAR, OTHER))]
    assert asked(KAR, OTHER, address=f"{HERE}/") == asked(KAR, OTHER)
    assert Ask("openalex", "arxiv", "2306.10933") == KAR


def test_preprints_are_asked_fifty_at_a_time():
    asks = [openalex.by_arxiv_id(f"2306.{i:05d}") for i in range(101)]
    made = asked(*asks)
    assert [len(request.asks) for request in made] == [50, 50, 1]
    assert list(openalex.halves(made[0], HERE)) == [*asked(*asks[:25]), *asked(*asks[25:50])]


@pytest.mark.parametrize(
    ("work", "dois"),
    [
        ({"doi": POSTED}, ["10.48550/arxiv.2306.10933"]),
        (
            {"doi": PRINTED, "locations": [{"landing_page_url": "http://arxiv.org/abs/2306.10933v2"}]},
            ["10.1145/3640457.ab", "10.48550/arxiv.2306.10933"],
        ),
        (
            {
                "doi": POSTED,
                "locations": [None, {"landing_page_url": None}, {"landing_page_url": "http://["}, {"landing_page_url": PRINTED}],
            },
            ["10.48550/arxiv.2306.10933", "10.1145/3640457.ab"],
        ),
    ],
)
def test_answers(work, dois):
    kept = json.dumps([{"title": "Tö", "dois": dois}], ensure_ascii=False)
    assert openalex.answers(BOTH, 200, body({"title": "Tö", **work})) == Reading({KAR: kept, OTHER: "[]"})


@pytest.mark.parametrize(
    "work", [{}, {"doi": None, "locations": None}, {"doi": PRINTED, "locations": {}}, {"doi": 7, "locations": [7]}]
)
def test_a_work_that_holds_no_preprint_of_ours_answers_nothing(work):
    assert openalex.answers(BOTH, 200, body(work)) == Reading({KAR: "[]", OTHER: "[]"})


@pytest.mark.parametrize(
    ("status", "answer", "message"),
    [
        *[(200, each, "not whole JSON") for each in (b"", b"<html>", b"\xff", body({})[:-1], b"[" * 100_000)],
        *[
            (200, each, "no list of works")
            for each in (b"null", b"[]", b"{}", b'{"results": null}', b'{"results": {}}', b'{"results": [null]}')
        ],
        (404, body(), "no list of works"),
        (200, body({"doi": POSTED, "title": "\ud800"}), "broken text"),
    ],
)
def test_what_is_no_answer(status, answer, message):
    assert fails(openalex.answers, BOTH, status, answer) == f"OpenAlex: sent no answer: {message}"


@pytest.mark.parametrize(("title", "called"), [("<i>T</i> &amp; U", "<i>T</i> & U"), (None, "2306.10933"), ("", "2306.10933")])
def test_a_record_links_what_was_published(title, called):
    answer = json.dumps([{"title": title, "dois": ["10.48550/arxiv.2306.10933", "10.1145/ab"]}])
    expected = RegistryRecord(
        source="openalex",
        id="2306.10933",
        work=Work(type="preprint", title=called),
        kind="merged",
        titles=(called,),
        linked=frozenset({("doi", "10.1145/ab")}),
    )
    assert openalex.records(KAR, answer) == (expected,)


@pytest.mark.parametrize(
    "answer",
    ["", "[", "null", "7", "[null]", "[{}]", '[{"title": "T", "dois": null}]', '[{"title": "T", "dois": [7]}]', *(each for each in ("{}", '""'))],
)  # fmt: skip
def test_a_kept_answer_that_is_damaged(answer):
    assert fails(openalex.records, KAR, answer) == "OpenAlex: the answer kept for '2306.10933' is damaged; use --refresh"


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.sampled_from([POSTED, PRINTED, "http://["]),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["doi", "title", "landing_page_url"]), inner, max_size=3)
    ),
    max_leaves=6,
)
PLACES = st.lists(st.fixed_dictionaries({"landing_page_url": JSON}), max_size=3) | JSON
WORKS = st.fixed_dictionaries({}, optional={"doi": JSON, "title": JSON, "locations": PLACES})
BODIES = (
    st.binary()
    | JSON.map(lambda value: json.dumps(value).encode())
    | st.lists(WORKS | JSON, max_size=3).map(lambda works: body(*works))
)


@given(st.sampled_from([200, 404]), BODIES)
def test_any_body_is_an_answer_or_none(status, answer):
    try:
        reading = openalex.answers(BOTH, status, answer)
    except SourceError as error:
        assert str(error).startswith("OpenAlex: sent no answer: ")
        return
    assert set(reading.answers) == {KAR, OTHER}
    for ask, kept in reading.answers.items():
        assert all(record.id == ask.value for record in openalex.records(ask, kept))
