from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from papers import PAPER, TODAY, curated

from llm4rs_bib.checked import FIELDS, parse
from llm4rs_bib.errors import CurationError
from llm4rs_bib.model import Evidence, Name, PartialDate, Record, Work


def test_a_checked_paper_becomes_a_record():
    (found,) = curated(PAPER)
    published = Work(
        type="paper-conference",
        title="Towards &lt;Open&gt; World",
        authors=(Name(family="Xi", given="Yunjia"), Name(literal="Noah's Ark")),
        container_title="Proceedings of RecSys",
        pages="12-22",
        issued=PartialDate(2024, 10),
        doi="10.1145/3640457.3688104",
    )
    preprint = Work(
        type="preprint",
        title="Towards &lt;Open&gt; World",
        issued=PartialDate(2023, 6, 19),
        doi="10.48550/arXiv.2306.10933",
        arxiv_id="2306.10933",
        arxiv_class="cs.IR",
        other_titles=("Old &lt;World&gt;",),
        sources={"doi": "derived"},
    )
    evidence = Evidence(
        source="curated", checked=PartialDate(2026, 10), confidence="high", seen_in=("https://example.org (title page)",)
    )
    assert Record(published=published, preprint=preprint, evidence=evidence) == found.record


def test_a_preprint_s_authors_are_never_those_of_the_published_paper():
    (found,) = curated(PAPER)
    assert found.record.preprint.authors == ()


def test_a_paper_that_is_only_on_arxiv():
    paper = {
        **PAPER,
        "type": "preprint",
        "arxiv_title": "Towards -- World",
        "year": 2023,
        "month": 6,
        "doi": None,
        "checked": None,
    }
    (found,) = curated(paper)
    assert found.record.published is None
    work = found.record.work
    assert (PartialDate(2023, 6, 19), "2306.10933", "10.48550/arXiv.2306.10933") == (work.issued, work.arxiv_id, work.doi)
    assert work.other_titles == ("Towards -- World", "Old &lt;World&gt;")
    assert found.record.work.authors
    assert found.record.evidence.checked == TODAY


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"title": ""}, "f.json: 1: has no title"),
        ({"title": 7}, "f.json: 1 (7): title must be text or null"),
        ({"type": None}, "has no type; one of article-journal, paper-conference, preprint"),
        ({"type": "conference-paper"}, "unknown type 'conference-paper'; did you mean paper-conference?"),
        ({"doi": "tba"}, "'tba' is no DOI"),
        ({"arxiv": {"id": "2313.1"}}, "'2313.1' is no arXiv id"),
        ({"arxiv": {"id": "2306.10933", "v": "1"}}, "unknown field 'v'; known: id, primary_class, first_posted"),
        ({"arxiv": "2306.10933"}, "arxiv must be an object or null"),
        ({"year": "2024"}, "year must be a whole number or null"),
        ({"year": None}, "has a month or a day, but no year"),
        ({"month": 13}, "month must be in 1..12"),
        ({"authors": ["Xi"]}, "authors must be a list of objects"),
        ({"authors": [{"given": "Yunjia"}]}, "a name needs either a family name or a literal"),
        ({"authors": [{"family": "Xi", "orcid": "x"}]}, "unknown field 'orcid'"),
        ({"sources": []}, "names no sources; say where each fact was seen"),
        ({"sources": "x"}, "sources must be a list of texts"),
        ({"sources": [1]}, "sources must be a list of texts"),
        ({"confidence": "sure"}, "unknown confidence 'sure'; known: high, medium, low"),
        ({"checked": "yesterday"}, "'yesterday' is not a date"),
        ({"auhtors": []}, "unknown field 'auhtors'; did you mean authors?"),
        ({"type": "preprint"}, "the preprint's date 2024-10 is not the day it was first posted, 2023-06-19"),
    ],
)
def test_what_is_wrong_with_a_paper_is_said_in_one_line(change, message):
    with pytest.raises(CurationError) as caught:
        curated({**PAPER, **change})
    assert message in str(caught.value)
    assert str(caught.value).startswith("f.json: 1")
    assert "\n" not in str(caught.value)


def test_all_faulty_papers_are_named():
    with pytest.raises(CurationError) as caught:
        curated({**PAPER, "year": 0}, PAPER, [])
    assert str(caught.value).split("\n") == [
        "f.json: 1 (Towards <Open> World): year 0 is out of range",
        "f.json: 3: must be an object",
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{}", "f.json:1: must be a list of objects, one for each paper; see docs/curate.md"),
        ("[", "f.json:1: not JSON: Expecting value"),
        ('[{"title": "a",\n "title": "b"}]', "f.json:2: the key 'title' stands twice; keep one"),
    ],
)
def test_what_is_no_file_of_papers(text, message):
    with pytest.raises(CurationError) as caught:
        parse(text, "f.json", TODAY)
    assert message == str(caught.value)


JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5), lambda inner: st.lists(inner, max_size=2), max_leaves=3
)


@given(
    st.sampled_from([*FIELDS, "other"]), JUNK | st.dictionaries(st.sampled_from(["id", "family", "given", "x"]), JUNK, max_size=2)
)
def test_any_value_anywhere_is_taken_or_named(field, value):
    try:
        curated({**PAPER, field: value})
    except CurationError as error:
        assert str(error).startswith("f.json: 1")
