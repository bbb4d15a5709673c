from __future__ import annotations

import json
from dataclasses import replace
from xml.sax.saxutils import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from llm4rs_bib.errors import DenialError, SourceError
from llm4rs_bib.model import Name, PartialDate, Work
from llm4rs_bib.sources import arxiv
from llm4rs_bib.sources.base import Ask, Reading, RegistryRecord, Request

HERE = "http://127.0.0.1:9/api/query"
HEAD = (
    '<feed xmlns="http://www.w3.org/2005/Atom" xmlns:arxiv="http://arxiv.org/schemas/atom" '
    'xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/"><id>https://arxiv.org/api/x</id><title>arXiv Query</title>'
)


def entry(
    arxiv_id="2306.10933v3", *inside, title="Towards\n  Open Worlds", published="2023-06-19T11:00:00Z", authors=("Yunjia Xi",)
):
    names = "".join(f"<author><name>{escape(each)}</name><arxiv:affiliation>U</arxiv:affiliation></author>" for each in authors)
    return (
        f"<entry><id>http://arxiv.org/abs/{arxiv_id}</id><updated>2024-01-01T00:00:00Z</updated>{''.join(inside)}{names}"
        f"<title>{escape(title)}</title><published>{published}</published></entry>"
    )


def own(tag, text):
    return f"<arxiv:{tag}>{escape(text)}</arxiv:{tag}>"


def feed(*entries, total=None, head=HEAD):
    count = len(entries) if total is None else total
    return f"{head}<opensearch:totalResults>{count}</opensearch:totalResults>{''.join(entries)}</feed>".encode()


def asked(*asks):
    return list(arxiv.requests(asks, HERE))


def fails(function, *args):
    with pytest.raises(SourceError) as caught:
        function(*args)
    return str(caught.value)


KAR, OLD, FIRST, TITLE = (
    arxiv.by_id("2306.10933"),
    arxiv.by_id("math.GT/0309136"),
    arxiv.by_first_version("2306.10933"),
    arxiv.by_title("Open Worlds"),
)
[BATCH], [SEARCH], [VERSIONS] = asked(KAR, OLD), asked(TITLE), asked(FIRST)
KEPT = '[{"id": "2306.10933v3", "title": "Towards Open Worlds", "published": "2023-06-19T11:00:00Z", "authors": ["Yunjia Xi"]}]'
KEPT_OLD = KEPT.replace("2306.10933v3", "math/0309136v1")


def test_what_can_be_asked():
    assert Ask("arxiv", "id", "2306.10933") == KAR
    assert Ask("arxiv", "id", "math/0309136") == OLD
    assert (Ask("arxiv", "version", "2306.10933v1"), Ask("arxiv", "title", "Open Worlds")) == (FIRST, TITLE)


def test_whole_requests():
    def ids(*asks):
        return (("id_list", ",".join(ask.value for ask in asks)), ("start", "0"), ("max_results", str(len(asks))))

    query = (("search_query", 'ti:"Open Worlds"'), ("start", "0"), ("max_results", "10"))
    assert asked(KAR, FIRST, TITLE, OLD) == [
        Request("arxiv", HERE, ids(KAR, OLD), "query", (KAR, OLD)),
        Request("arxiv", HERE, ids(FIRST), "query", (FIRST,)),
        Request("arxiv", HERE, query, "query", (TITLE,)),
    ]


def test_ids_are_asked_a_hundred_at_a_time_and_all_are_to_be_sent():
    asks = [arxiv.by_id(f"2306.{i:05d}") for i in range(201)]
    made = asked(*asks)
    assert [dict(request.parameters)["max_results"] for request in made] == ["100", "100", "1"]
    assert [ask for request in made for ask in request.asks] == asks
    assert list(arxiv.halves(made[0], HERE)) == [*asked(*asks[:50]), *asked(*asks[50:100])]


@pytest.mark.parametrize(
    ("title", "phrase"),
    [
        ("LLM-Rec: A 'Large' Model?", "LLM Rec A Large Model"),
        ('The "Best" of User\'s O’Neill', "The Best of User's O’Neill"),
        ("C++ and C# (2nd) $k$-NN, a_b", "C and C 2nd k NN a b"),
        ("推荐 系统: β", "推荐 系统 β"),
    ],
)
def test_a_phrase_has_words_alone(title, phrase):
    assert dict(asked(arxiv.by_title(title))[0].parameters)["search_query"] == f'ti:"{phrase}"'


@pytest.mark.parametrize("bad", ["abc", "", "2313.10933", "2306.10933,abc", "10.1145/3640457", "2306.109333", "math.GT/03091366"])
def test_a_malformed_id_is_never_asked(bad):
    for ask in (Ask("arxiv", "id", bad), arxiv.by_first_version(bad)):
        with pytest.raises(ValueError, match="is no arXiv id"):
            asked(KAR, ask)


def test_answers_for_ids_old_and_new():
    both = feed(entry("math.GT/0309136v1"), entry())
    assert arxiv.answers(BATCH, 200, both) == Reading({KAR: KEPT, OLD: KEPT_OLD})
    assert arxiv.answers(BATCH, 200, feed(entry())) == Reading({KAR: KEPT, OLD: "[]"})
    assert arxiv.answers(VERSIONS, 200, feed(entry("2306.10933v1"))) == Reading({FIRST: KEPT.replace("v3", "v1")})
    assert arxiv.answers(VERSIONS, 200, feed(entry())) == Reading({FIRST: "[]"})  # another version is no answer


def test_a_search_answers_for_its_hits_too():
    found = arxiv.answers(SEARCH, 200, feed(entry(), entry("math/0309136v1"), total=900))
    assert found == Reading({KAR: KEPT, OLD: KEPT_OLD, TITLE: f"{KEPT[:-1]}, {KEPT_OLD[1:]}"})


def test_an_empty_feed_is_uncertain():
    assert arxiv.answers(BATCH, 200, feed()) == Reading({KAR: "[]", OLD: "[]"}, certain=False)
    assert arxiv.answers(SEARCH, 200, feed()) == Reading({TITLE: "[]"}, certain=False)


def test_a_feed_that_knows_none_of_many_ids_is_no_answer():
    [request] = asked(*map(arxiv.by_id, ("2306.00001", "2306.00002", "2306.00003")))
    with pytest.raises(DenialError, match=r"^arXiv: sent no answer: none of 3 ids$"):
        arxiv.answers(request, 200, feed())


ERROR = (
    "<entry><id>https://arxiv.org/api/errors#incorrect_id_format_for_abc</id><title>Error</title>"
    "<summary>incorrect id\n format for abc</summary><author><name>arXiv api core</name></author></entry>"
)
LAUGHS = '<!DOCTYPE feed [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
OUTSIDE = '<!DOCTYPE feed [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize(
    ("status", "answer", "message"),
    [
        *[
            (200, each, "not a whole feed")
            for each in (
                b"",
                b"Rate exceeded.",
                b"\xff\xfe",
                feed(entry())[:-1],
                feed(entry())[:400],
                f"{LAUGHS}{HEAD}&b;</feed>".encode(),
                f"{OUTSIDE}{HEAD}&a;</feed>".encode(),
                b"<!DOCTYPE html><html/>",
                b"<?xml version='1.0' encoding='klingon'?><feed/>",
                feed(entry(title="x")).replace(b"<title>x", b"<title>&nbsp;"),
                feed(entry(title="x")).replace(b"<title>x", b"<title>\x00"),
            )
        ],
        (200, b"<html><body>Please wait</body></html>", "no feed"),
        (200, b"<feed/>", "no feed"),
        (404, feed(entry()), "no feed"),
        *[(200, feed(entry(), total=each), "no number of results") for each in ("", "-1", "1.0", "many", "\u0663")],
        (200, f"{HEAD}{entry()}</feed>".encode(), "no number of results"),
        (200, feed(entry(), total=2), "1 of 2 entries"),
        (200, feed(total=1), "0 of 1 entries"),
        (200, feed(ERROR), "an entry that tells of an error (incorrect id format for abc)"),
        (200, feed(entry(), entry(title=" ")), "an entry that tells of an error (http://arxiv.org/abs/2306.10933v3)"),
        (200, feed(entry(), entry(published="")), "an entry that tells of an error (http://arxiv.org/abs/2306.10933v3)"),
        (200, feed(entry(), entry("abc")), "an entry that tells of an error (http://arxiv.org/abs/abc)"),
    ],
)
def test_what_is_no_answer(status, answer, message):
    assert fails(arxiv.answers, BATCH, status, answer) == f"arXiv: sent no answer: {message}"


def test_a_search_may_have_more_results_than_it_sends_but_not_none():
    assert fails(arxiv.answers, SEARCH, 200, feed(total=900)) == "arXiv: sent no answer: 0 of 900 entries"


WORK = Work(
    type="preprint",
    title="Towards Open Worlds",
    authors=(Name(family="Xi", given="Yunjia"),),
    issued=PartialDate(2023, 6, 19),
    doi="10.48550/arXiv.2306.10933",
    arxiv_id="2306.10933",
    sources={"doi": "derived"},
)
RECORD = RegistryRecord(
    source="arxiv", id="2306.10933", work=WORK, kind="preprint", titles=("Towards Open Worlds",), years=(2023,)
)
WITHDRAWN = "This paper has been withdrawn by the author"


def read(*entries, request=BATCH, ask=KAR):
    return arxiv.records(ask, arxiv.answers(request, 200, feed(*entries)).answers[ask])


@pytest.mark.parametrize(
    ("found", "work", "more"),
    [
        (entry(), {}, {}),
        (entry("2306.10933"), {}, {}),
        (entry(authors=()), {"authors": ()}, {}),
        (
            entry(authors=("Aäron van\n den Oord", "Gemini Team", "et al.", " ", "王小明", 'J\\"org M\\"uller')),
            {"authors": tuple(map(Name.parse, ("van den Oord, Aäron", "{Gemini Team}", "王小明", "Müller, Jörg")))},
            {},
        ),
        (entry(title="R$^2$ec -- a \\'etude of &lt; x"), {"title": "R$^2$ec – a étude of &lt; x"}, {"titles": ("R$^2$ec – a étude of &lt; x",)}),
        (entry(title="P < 5 & more"), {"title": "P &lt; 5 & more"}, {"titles": ("P &lt; 5 & more",)}),
        (entry(published="soon"), {"issued": None}, {"years": ()}),
        (entry("2306.10933v3", '<arxiv:primary_category term="cs.IR"/>'), {"arxiv_class": "cs.IR"}, {}),
        (entry("2306.10933v3", own("doi", " 10.1145/AB 10.1000/x")), {}, {"linked": frozenset({("doi", "10.1145/ab")})}),
        (entry("2306.10933v3", own("doi", "https://doi.org/10.1145/AB")), {}, {"linked": frozenset({("doi", "10.1145/ab")})}),
        *[(entry("2306.10933v3", own("doi", each)), {}, {}) for each in ("", "to appear", "10.48550/arXiv.2306.10933")],
        (entry("2306.10933v3", own("journal_ref", "J. &amp; K\n 7"), own("comment", "RecSys'24")), {}, {"venues": ("J. & K 7", "RecSys'24")}),
        (entry("2306.10933v3", f"<summary>We\n show {'x'}</summary>"), {}, {"abstract": "We show x"}),
        (entry("2306.10933v3", own("comment", "Withdrawn: wrong")), {}, {"venues": ("Withdrawn: wrong",), "notes": ("withdrawn: Withdrawn: wrong",)}),
        (entry("2306.10933v3", f"<summary>{WITHDRAWN}</summary>"), {}, {"abstract": WITHDRAWN, "notes": (f"withdrawn: {WITHDRAWN}",)}),
        (entry("2306.10933v3", "<summary>Money is withdrawn</summary>"), {}, {"abstract": "Money is withdrawn"}),
    ],
)  # fmt: skip
def test_records(found, work, more):
    assert read(found) == (replace(RECORD, work=replace(WORK, **work), **more),)


def test_an_old_id_has_no_class():
    work = replace(WORK, doi="10.48550/arXiv.math/0309136", arxiv_id="math/0309136")
    assert read(entry("math.GT/0309136v2"), ask=OLD) == (replace(RECORD, id="math/0309136", work=work),)


def test_elements_are_read_by_name_in_any_prefix():
    answer = feed(entry("2306.10933v3", own("comment", "c"))).replace(b"arxiv:", b"x:").replace(b"xmlns:arxiv", b"xmlns:x")
    assert [record.venues for record in arxiv.records(KAR, arxiv.answers(BATCH, 200, answer).answers[KAR])] == [("c",)]


DAMAGED = [
    "",
    "[",
    "null",
    "7",
    "[null]",
    "[[]]",
    '["x"]',
    "[{}]",
    KEPT.replace("2306", "2313"),
    KEPT.replace("Towards Open Worlds", ""),
    "[" * 100_000,
]


@pytest.mark.parametrize("answer", [*DAMAGED, "{}", '""'])
def test_a_kept_answer_that_is_damaged(answer):
    assert fails(arxiv.records, KAR, answer) == "arXiv: the answer kept for '2306.10933' is damaged; use --refresh"


GOOD = feed(entry("2306.10933v3", own("comment", "c")), entry("math/0309136v1"))
WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=8)


@st.composite
def mutated(draw):
    """A good feed with some bytes changed."""
    start = draw(st.integers(0, len(GOOD)))
    end = draw(st.integers(start, min(start + 30, len(GOOD))))
    return (
        GOOD[:start]
        + draw(st.sampled_from([b"", b"<", b">", b"&", b"&#0;", b"\xff", b"</entry>"]) | st.binary(max_size=3))
        + GOOD[end:]
    )


FEEDS = st.builds(
    lambda titles, ids, total: feed(
        *(entry(escape(each), title=title) for each, title in zip(ids, titles, strict=False)), total=escape(total)
    ),
    st.lists(WORDS, max_size=3),
    st.lists(st.sampled_from(["2306.10933v1", "math/0309136"]) | WORDS, max_size=3),
    st.sampled_from("0129") | WORDS,
)


@given(st.sampled_from([BATCH, SEARCH, VERSIONS]), st.sampled_from([200, 404]), st.binary() | mutated() | FEEDS)
def test_any_body_is_an_answer_or_none(request_, status, answer):
    try:
        reading = arxiv.answers(request_, status, answer)
    except SourceError as error:
        assert str(error).startswith("arXiv: sent no answer: ")
        return
    assert set(request_.asks) <= set(reading.answers)
    for kept in reading.answers.values():
        kept.encode()


FIELDS = ("id", "title", "published", "authors", "doi", "class", "comment", "summary", "journal_ref")
VALUES = (
    st.none() | st.integers() | WORDS | st.lists(WORDS, max_size=2) | st.sampled_from(["2306.10933", "2023-06-19", "10.1145/x"])
)


@given(st.lists(st.fixed_dictionaries({}, optional=dict.fromkeys(FIELDS, VALUES)) | VALUES, max_size=2).map(json.dumps) | WORDS)
def test_anything_kept_is_read_or_damaged(answer):
    try:
        assert all(record.titles == (record.work.title,) for record in arxiv.records(KAR, answer))
    except SourceError as error:
        assert str(error) == "arXiv: the answer kept for '2306.10933' is damaged; use --refresh"
