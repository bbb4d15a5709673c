"""Which paper a person means, and whether it is listed: against registries made by hand."""

from __future__ import annotations

import json

import pytest
from fakes import ADDRESSES, DAY, Fetch, entry, item

from llm4rs_bib.addition import Wish, add, bare, names_paper
from llm4rs_bib.entries import join
from llm4rs_bib.inquiry import Inquiry, LeftOutError
from llm4rs_bib.model import Catalog, Category, Listing, Lock
from llm4rs_bib.sources import arxiv, crossref
from llm4rs_bib.sources.base import Answered, Refused, Unreachable

ANN, DAN = ("Ann Xi", "Bo Liu"), ("Dan Poe", "Eva Rey")
SEA = "On the Sea of Very Old Towns"
BOTH = {name: ADDRESSES[name] for name in (arxiv.NAME, crossref.NAME)}


def answers(*raw):
    """A registry's answers to asks for records and for titles."""

    def answer(ask):
        found = [each for each in raw if ("DOI" in each) == (ask.source == crossref.NAME)]
        if ask.kind == "title":
            return json.dumps([each for each in found if "".join(each["title"]).casefold() in ask.value.casefold()])
        return json.dumps([each for each in found if each.get("DOI", each.get("id")) == ask.value])

    return answer


def added(given, *raw, rows=(), said=None, slug="c", also=False, lock=None, **fetch):
    """What comes of a wish, in a catalog with the rows and another, empty category."""
    categories = (Category(slug="c", heading="C", listings=tuple(rows)), Category(slug="d", heading="D"))
    bibliography = join(Catalog(title="L", categories=categories), lock or Lock())
    said = said or Listing(id="new", title="", where="new.yaml")
    wish = Wish(given=given, category=categories["cd".index(slug)], said=said, today=DAY, also=also)
    return add(wish, bibliography, Inquiry(Fetch(**{"answer": answers(*raw), **fetch}), BOTH))


def left_out(*args, **kwargs):
    """Why the paper is not added."""
    with pytest.raises(LeftOutError) as error:
        added(*args, **kwargs)
    return (*error.value.lines, error.value.unreached)


def found(addition):
    """The records of an addition, and its row's title and link."""
    return sorted(each.record for each in addition.record.evidence.found), addition.listing.title, addition.listing.link


@pytest.mark.parametrize(
    ("given", "is_one"),
    [
        ("2306.00001", True),
        ("arXiv:math/0309136v1", True),
        ("10.1000/a", True),
        ("https://x.y", True),
        ("Two Words", True),
        ("推荐系统综述", True),
        ("Towards", False),
        ("2313.00001", False),
        ("10.1000", False),
        ("Why ?", False),
        ("", False),
    ],
)
def test_what_names_a_paper(given, is_one):
    assert names_paper(given) == is_one


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (" <https://doi.org/10.1000/a>. ", "https://doi.org/10.1000/a"),
        ("(10.1000/a),", "10.1000/a"),
        ("10.1000/(a)b", "10.1000/(a)b"),
        ("arXiv:2306.00001v2 [cs.IR]", "arXiv:2306.00001v2"),
        ("arXiv preprint arXiv:2306.00001", "arXiv:2306.00001"),
        ("Why Not? (A Title.)", "Why Not? (A Title.)"),
    ],
)
def test_an_identifier_may_be_copied_with_the_signs_around_it(given, expected):
    assert bare(given) == expected


def test_the_only_paper_of_a_telling_title_is_taken_by_its_id():
    preprint = entry("2306.00001", SEA, ANN, "2023-06-01")
    assert found(added(SEA.upper(), preprint)) == (["2306.00001"], SEA, "https://arxiv.org/abs/2306.00001")


@pytest.mark.parametrize(
    ("given", "said", "raw"),
    [
        (SEA, {"venue": "KDD'24"}, item("10.1000/sea", SEA, ANN)),  # elsewhere
        ("Very Old Towns", {}, item("10.1000/sea", "Very Old Towns", ANN)),  # a title that is soon given again
        (f"{SEA}s", {}, item("10.1000/sea", SEA, ANN)),
        (SEA.replace("Old Towns", "Oldtowns"), {}, item("10.1000/sea", SEA, ANN)),
        (SEA, {}, entry("2306.00001", SEA, ANN, "2023-06-01", comment="This paper has been withdrawn")),
    ],
)
def test_the_only_record_is_not_taken_if_anything_speaks_against_it(given, said, raw):
    query = answers(raw)
    answer = lambda ask: json.dumps([raw]) if ask.kind == "title" and ("DOI" in raw) == (ask.source == "crossref") else query(ask)  # noqa: E731
    lines = left_out(given, said=Listing(id="", title="", **said), answer=answer)
    assert lines[0] == "which paper is meant? Give the DOI or arXiv id of the right one:"
    assert lines[1].startswith(f"1. {'crossref 10.1000/sea' if 'DOI' in raw else 'arxiv 2306.00001'}: ")
    assert lines[2:] == (False,)


def test_candidates_are_told_apart_by_a_few_authors_venue_and_year():
    many = [f"{given} Xi" for given in ("Ann", "Bea", "Cid", "Dee", "Eve")]
    assert left_out(SEA, item("10.1000/b", SEA, many), item("10.1000/a", SEA, DAN, year=2025, container=None)) == (
        "which paper is meant? Give the DOI or arXiv id of the right one:",
        f"1. crossref 10.1000/a: {SEA}. Poe, Dan; Rey, Eva. 2025 (title equal, no authors to compare)",
        f"2. crossref 10.1000/b: {SEA}. Xi, Ann; Xi, Bea; Xi, Cid and 2 more. "
        "Proceedings of the 18th ACM Conference on Recommender Systems, 2024 (title equal, no authors to compare)",
        False,
    )


def test_an_alias_leads_to_the_record_of_the_doi_that_holds():
    record = item("10.1000/sea", SEA, ANN)
    answer = lambda ask: json.dumps([record]) if ask.value == "10.1000/sea" or ask.kind == "alias" else "[]"  # noqa: E731
    assert found(added("10.1000/old", answer=answer)) == (["10.1000/sea"], SEA, "https://doi.org/10.1000/sea")


@pytest.mark.parametrize(
    ("outcome", "line"),
    [
        (lambda request: Unreachable(request, "arxiv: down"), "not reached: arxiv: down"),
        (lambda request: Refused(request, "arxiv: 400 Bad Request", 400), "not reached: arxiv: 400 Bad Request"),
        (
            lambda request: Answered(request, dict.fromkeys(request.asks, "{}"), None),
            "not reached: arXiv: the answer kept for '2306.00001' is damaged; use --refresh",
        ),
    ],
)
def test_a_registry_that_does_not_answer_is_no_registry_that_has_nothing(outcome, line):
    assert left_out("2306.00001", outcome=outcome) == (line, True)


def test_what_was_kept_and_is_damaged_is_asked_again():
    preprint = entry("2306.00001", SEA, ANN, "2023-06-01")
    addition = added("2306.00001", preprint, kept={arxiv.by_id("2306.00001"): "{}"})
    assert found(addition) == (["2306.00001"], SEA, "https://arxiv.org/abs/2306.00001")


@pytest.mark.parametrize(
    ("row", "line"),
    [
        ({"link": "http://arxiv.org/abs/2306.00001v3"}, "listed already: a (c.yaml:1)"),
        ({"link": "https://doi.org/10.1000/SEA"}, "listed already: a (c.yaml:1)"),
        ({"link": "#", "override": {"DOI": "10.1000/sea"}}, "listed already: a (c.yaml:1)"),
        (
            {"title": "On the sea of very-old towns"},
            "listed already under this title: a (c.yaml:1); if it may be another paper: llm4rs-bib enrich --only a",
        ),
    ],
)
def test_a_paper_that_a_row_names_is_not_added(row, line):
    raw = entry("2306.00001", SEA, ANN, "2023-06-01"), item("10.1000/sea", SEA, ANN)
    rows = [Listing(**{"id": "a", "title": "?", "where": "c.yaml:1", **row})]
    assert left_out("2306.00001", *raw, rows=rows) == (line, False)
    with_also = f"{line}, in c; with --also it is listed in d too"
    if "title" not in row:
        assert left_out("2306.00001", *raw, rows=rows, slug="d") == (with_also, False)
    assert added("2306.00001", *raw, rows=rows, slug="d", also=True).listing.id == "new"


def test_an_address_without_identifier_is_known_again():
    rows = [Listing(id="a", title="?", link="https://example.org/a.pdf", where="c.yaml:1")]
    assert left_out("https://example.org/a.pdf", rows=rows) == ("listed already: a (c.yaml:1)", False)


def test_the_work_of_a_row_that_is_gone_is_used_again():
    raw = entry("2306.00001", SEA, ANN, "2023-06-01"), item("10.1000/sea", SEA, ANN)
    first = added("2306.00001", *raw)
    again = added("10.1000/sea", *raw, lock=first.outcome.lock, said=Listing(id="newer", title=""))
    assert again.outcome.lock.works == first.outcome.lock.works
    assert again.outcome.lock.listings == {"new": "xi2024sea", "newer": "xi2024sea"}


def test_what_the_row_does_not_lead_to_is_remembered_as_said():
    raw = entry("2306.00001", "Old Towns and Their Seas", ANN, "2023-06-01", doi="10.1000/sea"), item("10.1000/sea", SEA, ANN)
    addition = added("2306.00001", *raw)
    assert found(addition) == (["10.1000/sea", "2306.00001"], SEA, "https://doi.org/10.1000/sea")
    assert [(each.record, each.same, each.decided) for each in addition.answered.said["new"]] == [("2306.00001", "yes", DAY)]
    assert addition.outcome.lock.said == addition.answered.said
