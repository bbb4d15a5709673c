from __future__ import annotations

import json
from dataclasses import replace
from urllib.parse import quote

import httpx2
import pytest
from habanero import Crossref
from hypothesis import given
from hypothesis import strategies as st
from scripted import Reply, Scripted

from llm4rs_bib.errors import SourceError
from llm4rs_bib.model import Name, PartialDate, Work
from llm4rs_bib.sources import crossref
from llm4rs_bib.sources.base import Ask, Reading, RegistryRecord, Request
from llm4rs_bib.sources.crossref_record import FIELDS, record

HERE = "http://127.0.0.1:9/api"
SELECT = ",".join(FIELDS)
ODD = [
    "10.1002/(SICI)1097-461X(1998)66:4<261::AID-QUA1>3.0.CO;2-T",
    "10.1000/a#b",
    "10.1000/50%",
    "10.1000/a%2Fb?c=d&e=f+g",
    "10.1000/é |x",
]


def asked(*asks, address=HERE):
    return list(crossref.requests(asks, address))


def numbered(count, length=12):
    return [crossref.by_doi(f"10.1145/{i:0{length}d}") for i in range(count)]


def body(*items, total=None, **more):
    message = {"items": list(items), "total-results": len(items) if total is None else total}
    return json.dumps({"status": "ok", "message-type": "work-list", "message": message, **more}).encode()


def one(item, **more):
    return json.dumps({"status": "ok", "message-type": "work", "message": item, **more}).encode()


def fails(function, *args):
    with pytest.raises(SourceError) as caught:
        function(*args)
    return str(caught.value)


A, B = crossref.by_doi("10.1145/A"), crossref.by_doi("10.1145/b")
TITLE, NEXT = crossref.by_title("open world"), crossref.by_title("open world", 1)
[BATCH], [SINGLE], [SEARCH], [PAGE] = asked(A, B), asked(crossref.by_alias("10.1145/a")), asked(TITLE), asked(NEXT)
ITEM_A = {"DOI": "10.1145/A", "title": ["T <i>é</i>"], "reference": [{"key": "1"}], "score": 1.0}
KEPT_A = '[{"DOI": "10.1145/A", "title": ["T <i>é</i>"]}]'


def test_what_can_be_asked():
    assert Ask("crossref", "doi", "10.1145/a") == A
    assert crossref.by_alias("10.1145/A") == Ask("crossref", "alias", "10.1145/a")
    assert (Ask("crossref", "title", "open world"), Ask("crossref", "title, page 1", "open world")) == (TITLE, NEXT)


def test_whole_requests():
    query = (("rows", "10"), ("select", SELECT), ("query.bibliographic", "open world"))
    assert asked(B, TITLE, crossref.by_alias("10.1145/c"), A) == [
        Request("crossref", f"{HERE}/works", query, "array", (TITLE,)),
        Request("crossref", f"{HERE}/works/10.1145%2Fc", (), "single", (crossref.by_alias("10.1145/c"),)),
        Request(
            "crossref",
            f"{HERE}/works",
            (("filter", "doi:10.1145/b,doi:10.1145/a"), ("rows", "2"), ("select", SELECT)),
            "array",
            (B, A),
        ),
    ]
    assert PAGE.parameters == (("offset", "10"), *query)
    assert asked(A, address=f"{HERE}/") == asked(A)


def test_dois_are_asked_fifty_at_a_time():
    made = asked(*numbered(101))
    assert [len(request.asks) for request in made] == [50, 50, 1]
    assert [dict(request.parameters)["rows"] for request in made] == ["50", "50", "1"]
    assert [ask for request in made for ask in request.asks] == numbered(101)


def test_a_doi_with_a_comma_is_asked_alone():
    comma = crossref.by_doi("10.1000/a,b")
    assert [(request.asks, request.pool) for request in asked(A, comma, B)] == [((comma,), "single"), ((A, B), "array")]


@given(st.lists(st.integers(1, 900), min_size=1, max_size=60), st.sampled_from("a<é"))
def test_a_url_with_long_dois_stays_below_4000_bytes(lengths, letter):
    asks = [crossref.by_doi(f"10.1000/{i}{letter * min(length, 3000 // len(quote(letter)))}") for i, length in enumerate(lengths)]
    made = asked(*asks)
    for request in made:
        url = httpx2.URL(request.address).copy_merge_params(request.parameters)
        assert len(str(url)) < 4_000 or len(request.asks) == 1
    assert [ask for request in made for ask in request.asks] == asks


@given(st.integers(2, 50))
def test_halves_ask_for_the_same(count):
    [whole] = asked(*numbered(count))
    first, second = crossref.halves(whole, HERE)
    assert (*first.asks, *second.asks) == whole.asks
    assert [first] == asked(*first.asks)
    assert abs(len(first.asks) - len(second.asks)) <= 1


def wire(server, request):
    httpx2.get(httpx2.URL(request.address).copy_merge_params(request.parameters))
    return server.seen[-1]


@pytest.mark.parametrize("doi", ODD)
def test_dois_with_signs_arrive_as_they_are(doi):
    with Scripted() as server:
        [alone], [batch] = (
            asked(crossref.by_alias(doi), address=server.address),
            asked(crossref.by_doi(doi), address=server.address),
        )
        assert wire(server, alone).path == f"/works/{quote(doi.lower(), safe='')}"
        seen = wire(server, batch)
        assert (seen.path, dict(seen.query)["filter"]) == ("/works", f"doi:{doi.lower()}")


@pytest.mark.parametrize(
    ("ask", "arguments"),
    [
        ((A, B), {"filter": {"doi": ["10.1145/a", "10.1145/b"]}, "limit": 2, "select": list(FIELDS)}),
        (
            tuple(map(crossref.by_doi, ODD)),
            {"filter": {"doi": [doi.lower() for doi in ODD]}, "limit": len(ODD), "select": list(FIELDS)},
        ),
        ((TITLE,), {"query_bibliographic": "open world", "limit": 10, "select": list(FIELDS)}),
        ((NEXT,), {"query_bibliographic": "open world", "limit": 10, "offset": 10, "select": list(FIELDS)}),
        (
            (crossref.by_title("C++ & C#: 50% 'é'"),),
            {"query_bibliographic": "C++ & C#: 50% 'é'", "limit": 10, "select": list(FIELDS)},
        ),
        ((crossref.by_alias("10.1145/a"),), {"ids": "10.1145%2Fa"}),
    ],
)
def test_requests_are_those_that_habanero_sends(ask, arguments):
    with Scripted(then=Reply(body=body(), headers={"Content-Type": "application/json"})) as server:
        Crossref(base_url=server.address).works(**arguments)
        [request] = asked(*ask, address=server.address)
        ours, theirs = wire(server, request), server.seen[0]
    assert (ours.path, sorted(ours.query)) == (theirs.path, sorted(theirs.query))


@pytest.mark.parametrize("query", [{"select": ["titel"]}, {"query_titel": "x"}, {"sort": "titel"}, {"facet": "titel"}])
def test_what_crossref_does_not_know_is_refused_before_it_is_asked(query):
    with pytest.raises(ValueError, match="titel"):
        crossref._request(HERE, "/works", "array", (A,), **query)


def test_answers_keep_what_is_used():
    assert crossref.answers(BATCH, 200, body(ITEM_A)) == Reading({A: KEPT_A, B: "[]"})
    assert crossref.answers(SINGLE, 200, one(ITEM_A)) == Reading({SINGLE.asks[0]: KEPT_A})
    assert crossref.answers(SINGLE, 404, b"Resource not found.") == Reading({SINGLE.asks[0]: "[]"})


def test_a_search_answers_for_its_hits_too():
    item = {"DOI": "10.1145/b"}
    both = f'{KEPT_A[:-1]}, {{"DOI": "10.1145/b"}}]'
    assert crossref.answers(SEARCH, 200, body(ITEM_A, item, total=900)) == Reading(
        {A: KEPT_A, B: '[{"DOI": "10.1145/b"}]', TITLE: both}
    )


def test_an_empty_answer_is_uncertain_but_for_the_end_of_a_search():
    assert crossref.answers(BATCH, 200, body()) == Reading({A: "[]", B: "[]"}, certain=False)
    assert crossref.answers(SEARCH, 200, body()) == Reading({TITLE: "[]"}, certain=False)
    assert crossref.answers(PAGE, 200, body(total=10)) == Reading({NEXT: "[]"})


WRONG = (None, True, 7, "x", [], {})


@pytest.mark.parametrize(
    ("request_", "status", "answer", "message"),
    [
        (SINGLE, 404, b" <html>", "404 with another text than that of an unknown DOI"),
        (BATCH, 404, b"Resource not found.", "404 with another text than that of an unknown DOI"),
        *[(BATCH, 200, each, "not whole JSON") for each in (b"", b"<html>", b"\xff", body(ITEM_A)[:-1], b"[" * 100_000, b"1" * 5_000)],
        *[(BATCH, 200, json.dumps(each).encode(), "no work-list") for each in WRONG],
        *[(BATCH, 200, body(ITEM_A, status=each), "no work-list") for each in (*WRONG, "failed")],
        *[(BATCH, 200, body(ITEM_A, **{"message-type": each}), "no work-list") for each in (*WRONG, "work")],
        (SINGLE, 200, body(ITEM_A), "no work"),
        *[(BATCH, 200, body(message=each), "no message") for each in WRONG[:-1]],
        *[(BATCH, 200, body(message={"items": each, "total-results": 1}), "no items") for each in (None, True, 7, "x", {})],
        *[(BATCH, 200, body(total=each), "no items") for each in (True, 1.0, "1", [], {})],
        *[(SEARCH, 200, body(each), "a record without DOI") for each in (*WRONG, {"DOI": None}, {"DOI": ""}, {"DOI": 7})],
        *[(SINGLE, 200, one(each), "a record without DOI") for each in ({}, {"DOI": ["x"]})],
        (SINGLE, 200, one({"DOI": "10.1145/a", "title": ["\ud800"]}), "broken text"),
        (SEARCH, 200, body(total=3), "0 of 3 items"),
        (PAGE, 200, body(total=11), "0 of 11 items"),
        (BATCH, 200, body(ITEM_A, total=2), "1 of 2 items"),
    ],
)  # fmt: skip
def test_what_is_no_answer(request_, status, answer, message):
    assert fails(crossref.answers, request_, status, answer) == f"Crossref: sent no answer: {message}"


@pytest.mark.parametrize(("answer", "kept"), [(KEPT_A, 1), ("[]", 0), ('[{"DOI": "10.1145/a"}, {}]', 0)])
def test_records_are_read_from_what_was_kept(answer, kept):
    assert len(crossref.records(A, answer)) == kept


@pytest.mark.parametrize("answer", ["", "[", "{}", "null", "7", '""', "[null]", "[[]]", '["x"]', "[" * 100_000])
def test_a_kept_answer_that_is_damaged(answer):
    assert fails(crossref.records, A, answer) == "Crossref: the answer kept for '10.1145/a' is damaged; use --refresh"


KEYS = [
    "date-parts",
    "id",
    "DOI",
    "type",
    "updated",
    "name",
    "family",
    "given",
    "suffix",
    "acronym",
    "has-preprint",
    "is-review-of",
]
JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=5)
    | st.sampled_from(["10.1145/x", "2024", "<i>", "http://["]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS) | st.text(max_size=3), inner, max_size=3),
    max_leaves=8,
)
ITEMS = st.fixed_dictionaries({"DOI": st.sampled_from(["10.1145/A", "x", ""]) | JSON}, optional=dict.fromkeys(FIELDS[1:], JSON))
BODIES = (
    st.binary()
    | st.builds(lambda items, total: body(*items, total=total), st.lists(ITEMS, max_size=3), st.integers(-1, 4) | JSON)
    | ITEMS.map(one)
    | st.fixed_dictionaries({}, optional={"status": JSON, "message-type": JSON, "message": JSON}).map(
        lambda it: json.dumps(it).encode()
    )
)


@given(st.sampled_from([BATCH, SINGLE, SEARCH, PAGE]), st.sampled_from([200, 404]), BODIES)
def test_any_body_is_an_answer_or_none(request_, status, answer):
    try:
        reading = crossref.answers(request_, status, answer)
    except SourceError as error:
        assert str(error).startswith("Crossref: sent no answer: ")
        return
    assert set(request_.asks) <= set(reading.answers)
    for ask, kept in reading.answers.items():
        assert all(isinstance(each, RegistryRecord) for each in crossref.records(ask, kept))


@given(st.text() | JSON.map(json.dumps) | st.lists(ITEMS, max_size=2).map(json.dumps))
def test_anything_kept_is_read_or_damaged(answer):
    try:
        crossref.records(A, answer)
    except SourceError as error:
        assert str(error) == "Crossref: the answer kept for '10.1145/a' is damaged; use --refresh"


def date(*parts):
    return {"date-parts": [list(parts)]}


ITEM = {
    "DOI": "10.1145/3640457.AB",
    "type": "proceedings-article",
    "title": ["Towards Open Worlds"],
    "author": [{"given": "Yunjia", "family": "Xi", "sequence": "first", "affiliation": []}],
    "container-title": ["Proceedings of the 18th Conference"],
    "publisher": "ACM",
    "page": "12\u201322",
    "issued": date(2024, 10, 8),
}
WORK = Work(
    type="paper-conference",
    title="Towards Open Worlds",
    authors=(Name(family="Xi", given="Yunjia"),),
    container_title="Proceedings of the 18th Conference",
    publisher="ACM",
    pages="12-22",
    issued=PartialDate(2024, 10, 8),
    doi="10.1145/3640457.AB",
)
RECORD = RegistryRecord(
    source="crossref",
    id="10.1145/3640457.AB",
    work=WORK,
    kind="proceedings-article",
    titles=("Towards Open Worlds",),
    venues=("Proceedings of the 18th Conference",),
    years=(2024,),
)


def titled(title, *others, **more):
    return {"work": {"title": title}, "titles": (title, *others), **more}


def by(*authors):
    return {"work": {"authors": tuple(map(Name.parse, authors))}}


def in_(container, *venues, **more):
    return {"work": {"container_title": container, **more}, "venues": venues or (container,)}


def dated(issued, *years, field=None):
    return {
        "work": {"issued": issued and PartialDate(*issued), "sources": {"issued": f"crossref {field}"} if field else {}},
        "years": years,
    }


def typed(kind, type, **more):
    return {"kind": kind, "work": {"type": type, **more}}


XI = {"given": "Yunjia", "family": "Xi"}
LNCS, VOLUME = "Lecture Notes in Computer Science", "Advances in Retrieval"
PRINTED, ONLINE = "published-print", "published-online"
EMPTY = (None, [], {}, "", [None], [[]], [{}], [""], 0.5)


@pytest.mark.parametrize(
    ("change", "differs"),
    [
        ({}, {}),
        # Titles
        ({"title": "Open  \n Worlds"}, titled("Open Worlds")),
        ({"title": ["<i>E. coli</i> &amp;amp; H<sub>2</sub>O"]}, titled("<i>E. coli</i> & H<sub>2</sub>O")),
        ({"title": ["A<mml:math><mml:mi>k</mml:mi></mml:math>B"]}, titled("A k B")),
        ({"title": ["<jats:italic>A</jats:italic> \\'etude of $k$"]}, titled("<i>A</i> étude of $k$")),
        ({"title": ["", " ", "Open"]}, titled("Open")),
        ({"title": ["Open", "Offen", "Open"]}, titled("Open", lesser_titles=("Offen", "Open"))),
        ({"title": ["Open"], "original-title": ["Offen"]}, titled("Open", lesser_titles=("Offen",))),
        ({"title": ["OPEN WORLDS"]}, titled("OPEN WORLDS")),
        ({"title": ["1984"]}, titled("1984")),
        ({"title": [1984]}, titled("1984")),
        ({"title": ["Open"], "subtitle": ["A Study"]}, titled("Open: A Study", lesser_titles=("Open",))),
        ({"title": ["Open:"], "subtitle": [": A Study"]}, titled("Open: A Study", lesser_titles=("Open:",))),
        ({"title": ["Open?"], "subtitle": ["A Study"]}, titled("Open? A Study", lesser_titles=("Open?",))),
        ({"title": ["Open: A Study"], "subtitle": ["A study"]}, titled("Open: A Study", lesser_titles=("Open: A Study",))),
        ({"subtitle": []}, {}),
        # Authors
        *[({"author": each}, by()) for each in EMPTY],
        ({"author": [{"given": "", "family": ""}, XI, None, "Jane Roe", {"sequence": "first"}]}, by("Xi, Yunjia")),
        ({"author": XI}, by("Xi, Yunjia")),
        ({"author": [{"name": "Noah&amp;s Team"}, {"name": "X", **XI}]}, by("{Noah&s Team}", "Xi, Yunjia")),
        ({"author": [{"family": "Plato"}, {"given": "Sappho"}, {"given": "Jin-Fu Chang"}]}, by("Plato", "Sappho", "Chang, Jin-Fu")),
        ({"author": [{"family": "Der Aalst", "given": "Wil van"}, {"family": "S. Yu", "given": "P."}]}, by("van Der Aalst, Wil", "Yu, P. S.")),
        ({"author": [{"family": "King", "given": "M. L.", "suffix": "Jr."}, {"family": "Low III", "given": "A"}]}, by("King, Jr., M. L.", "Low, III, A")),
        ({"author": [{"family": "XI", "given": "YUNJIA"}, {"family": "LI", "given": "J. H."}]}, by("Xi, Yunjia", "Li, J. H.")),
        ({"author": [{"family": "XI", "given": "Y"}, {"family": "Li", "given": "J"}]}, by("XI, Y", "Li, J")),
        ({"author": [XI, {"given": "et", "family": "al."}, {"family": "et al."}]}, by("Xi, Yunjia")),
        ({"author": [XI, {"name": "et al."}]}, by("Xi, Yunjia")),
        ({"author": [{"given": "Yunjia\n ", "family": " X&#105; "}]}, by("Xi, Yunjia")),
        # Dates
        *[({"issued": each}, dated(None)) for each in (*EMPTY, date(), date(None), date(0), date(999, 5), {"date-parts": [2024]}, date("x"))],
        ({"issued": date(2024)}, dated((2024,), 2024)),
        ({"issued": date("2024", "05")}, dated((2024, 5), 2024)),
        ({"issued": date(2024, 2, 30)}, dated((2024, 2), 2024)),
        ({"issued": date(2024, 13, 1)}, dated((2024,), 2024)),
        ({"issued": date(2024, None, 1)}, dated((2024,), 2024)),
        ({"issued": date(2024, 0)}, dated((2024,), 2024)),
        ({"issued": date(2023, 12), ONLINE: date(2023, 12), PRINTED: date(2024, 3)}, dated((2024, 3), 2023, 2024, field=PRINTED)),
        ({"issued": date(2024, 1), ONLINE: date(2024, 1), PRINTED: date(2024, 3)}, dated((2024, 1), 2024)),
        ({"issued": date(None), PRINTED: date(2024)}, dated((2024,), 2024, field=PRINTED)),
        ({"issued": date(None), ONLINE: date(2023, 5)}, dated((2023, 5), 2023, field=ONLINE)),
        ({"type": "book", "issued": date(2023), PRINTED: date(2024)}, typed("book", "book", issued=PartialDate(2023)) | {"years": (2023, 2024)}),
        # Containers, events
        *[({"container-title": each}, {"work": {"container_title": None}, "venues": ()}) for each in EMPTY],
        ({"container-title": False}, {"work": {"container_title": None}, "venues": ()}),
        ({"container-title": "Info &amp; Retrieval"}, in_("Info & Retrieval")),
        ({"container-title": ["J &amp;amp; K", "J & K"]}, in_("J & K")),
        ({"container-title": [LNCS, VOLUME]}, in_(VOLUME, LNCS, VOLUME)),
        ({"container-title": [VOLUME, LNCS]}, in_(VOLUME, VOLUME, LNCS)),
        ({"container-title": [LNCS]}, in_(LNCS)),
        ({"event": {"name": "RecSys\n &#39;24", "acronym": ["R"], "location": "Bari"}}, {"venues": (*RECORD.venues, "RecSys '24", "R")}),
        ({"event": "RecSys '24"}, {"venues": (*RECORD.venues, "RecSys '24")}),
        *[({"event": each}, {}) for each in (None, [], {}, {"name": None}, {"name": 0.5}, {"name": []})],
        # Numbers
        ({"page": None, "article-number": "e12"}, {"work": {"pages": None, "article_number": "e12"}}),
        ({"volume": 7, "issue": "1\u20132", "publisher": "A &amp; B"}, {"work": {"volume": "7", "issue": "1–2", "publisher": "A & B"}}),
        ({"volume": [], "issue": None, "publisher": "", "page": "5 -- 9"}, {"work": {"publisher": None, "pages": "5-9"}}),
        # Types
        ({"type": "journal-article"}, typed("journal-article", "article-journal")),
        ({"type": "book-chapter"}, typed("book-chapter", "chapter")),
        ({"type": "book-chapter", "event": "ECIR"}, typed("book-chapter", "paper-conference") | {"venues": (*RECORD.venues, "ECIR")}),
        ({"type": "book-chapter", "container-title": [VOLUME, LNCS]}, typed("book-chapter", "paper-conference", container_title=VOLUME) | {"venues": (VOLUME, LNCS)}),
        ({"type": "posted-content"}, typed("posted-content", "preprint", container_title=None)),
        ({"type": "monograph"}, typed("monograph", "book")),
        ({"type": "dissertation"}, typed("dissertation", "thesis")),
        ({"type": "report"}, typed("report", "report")),
        ({"type": "dataset"}, typed("dataset", "dataset")),
        ({"type": "peer-review"}, typed("peer-review", "document")),
        *[({"type": each}, typed("other", "document")) for each in (None, "", [])],
        # Relations, updates
        ({"relation": {"has-preprint": [{"id": "10.48550/arXiv.2306.10933", "id-type": "doi"}]}}, {"linked": frozenset({("arxiv", "2306.10933")})}),
        ({"relation": {"is-same-as": [{"id": "10.1145/3640457.aB"}, {"id": "https://doi.org/10.1000/X"}]}}, {"linked": frozenset({("doi", "10.1000/x")})}),
        ({"relation": {"is-preprint-of": {"id": "10.1000/x"}, "cites": [{"id": "10.1000/y"}], "has-review": [{"id": "10.1000/z"}]}}, {"linked": frozenset({("doi", "10.1000/x")})}),
        ({"relation": {"is-review-of": [{"id": "10.1000/x"}]}}, {"about": "is-review-of 10.1000/x"}),
        *[({"relation": each}, {}) for each in (*EMPTY, {"has-preprint": None}, {"has-preprint": [{"id": None}]}, {"is-review-of": ["x"]})],
        ({"update-to": [{"DOI": "10.1000/x", "type": "correction"}]}, {"about": "correction of 10.1000/x"}),
        ({"update-to": [{"DOI": "10.1000/x"}]}, {"about": "update of 10.1000/x"}),
        ({"update-to": [{"DOI": "10.1145/3640457.ab", "type": "correction"}, {"DOI": "10.1000/x", "type": "new_version"}]}, {}),
        ({"updated-by": [{"DOI": "10.1000/n", "type": "expression_of_concern", "updated": date(2024, 5, 1)}]}, {"notes": ("expression of concern 2024-05-01: 10.1000/n",)}),
        (
            {"updated-by": [{"DOI": "10.1000/n", "type": "retraction"}, {"DOI": "10.1000/m", "type": "retraction"}, {"DOI": "10.1000/o", "type": "new_version"}, {"type": None}]},
            {"notes": ("retraction: 10.1000/n",)},
        ),
    ],
)  # fmt: skip
def test_records_with_oddities(change, differs):
    work = replace(WORK, **differs.get("work", {}))
    assert record({**ITEM, **change}) == replace(RECORD, **{**differs, "work": work})


@pytest.mark.parametrize(
    "change", [*({"title": each} for each in EMPTY), {"title": ["<i></i>"]}, {"DOI": ""}, {"DOI": "x"}, {"DOI": None}]
)
def test_a_record_without_title_or_doi_is_none(change):
    assert record({**ITEM, **change}) is None


@pytest.mark.parametrize("tex", ["\\sqrt", "\\verb", "\\input"])
def test_a_title_in_broken_tex_damages_no_answer(tex):
    assert len(crossref.records(A, json.dumps([{**ITEM, "title": [tex]}, ITEM]))) == 2


@given(
    st.fixed_dictionaries({"DOI": st.just("10.1145/x"), "title": st.just("T") | JSON}, optional=dict.fromkeys(FIELDS[3:], JSON))
)
def test_any_values_give_a_record_or_none(item):
    found = record(item)
    assert found is None or (found.id, found.titles[0]) == ("10.1145/x", found.work.title)
