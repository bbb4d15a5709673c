"""CSL-JSON of other programs, read."""

from __future__ import annotations

import json

import pytest
from conftest import DATA
from hypothesis import given
from hypothesis import strategies as st
from importing import differences, names, own_list, posted, rows, stressed, written_and_read

from llm4rs_bib.errors import ListError
from llm4rs_bib.model import PartialDate, Work
from llm4rs_bib.readers import Found, read

MIXED = read((DATA / "imports" / "mixed.json").read_text(), "mixed.json")
TOWARDS = 'Towards <span class="nocase">iPhone</span> & <i>H</i><sub>2</sub>O at <b>5 &lt; 6</b>'
EXPECTED = [
    (
        2,
        "xi2024",
        Work(
            type="paper-conference",
            title=TOWARDS,
            authors=names("Xi, Yunjia", "van den Oord, Aäron", "King, Jr., Martin", "{DeepMind Team}"),
            container_title="Proceedings of the 18th ACM Conference on Recommender Systems",
            venue_short="RecSys",
            publisher="ACM",
            pages="12-22",
            issued=PartialDate(2024, 10, 14),
            doi="10.1145/3640457.3688104",
        ),
        posted("2306.10933", TOWARDS, arxiv_class="cs.IR"),
    ),
    (
        25,
        "arxiv2023",
        None,
        posted("2305.00001", "A Preprint of $k$-means", authors=names("Wu, Li"), issued=PartialDate(2023, 5, 1), sources={}),
    ),
    (
        36,
        "12",
        Work(
            type="article-journal",
            title="Of Mendeley and pandoc",
            authors=names("Plato", "{A Group}"),
            container_title="A Journal",
            volume="3",
            issue="2",
            pages="e17",
            issued=PartialDate(2024, 5),
        ),
        None,
    ),
    (37, "gpt2023", Work(type="report", title="A Report", publisher="OpenAI", issue="TR-7", issued=PartialDate(2023, 5)), None),
    (
        38,
        "preprints",
        None,
        Work(type="preprint", title="On Another Server", publisher="bioRxiv", doi="10.1101/2024.01.02.123456"),
    ),
    (39, "typo", Work(type="document", title="A Mistyped Type", authors=names("Dee")), None),
    (
        42,
        "ours",
        Work(type="article-journal", title="Of Our Own Export", container_title="A Journal"),
        posted("2305.00009", "Of Our Own Export", arxiv_class="cs.IR", issued=PartialDate(2023, 5, 9)),
    ),
]


def item(**variables):
    """The only item of a file, and what is said of it."""
    found = read(json.dumps([{"id": "k", "type": "article-journal", "title": "T", **variables}]), "x.json")
    return found.entries[0], list(found.warnings)


def work(**fields):
    return Work(**{"type": "article-journal", "title": "T", **fields})


def test_the_works_of_a_mixed_file_are_as_a_person_reads_them():
    assert rows(MIXED) == EXPECTED


def test_what_is_left_out_and_what_is_not_understood_is_said_with_its_line():
    assert list(map(str, MIXED.left_out)) == [
        "mixed.json:40: notitle: has no title",
        "mixed.json:41: stands where an object should",
    ]
    assert list(MIXED.warnings) == [
        'mixed.json:38: preprints: the date {"literal": "in press"} is not understood and was left out',
        "mixed.json:39: typo: unknown type 'inproceeding'; known: article-journal, paper-conference, article, chapter, book, thesis, "
        "report, dataset, webpage, document; taken as document",
        'mixed.json:39: typo: {"family": ""} is no name of an author and was left out',
        "mixed.json:39: typo: volume is no text and was left out",
        "mixed.json: fields that have no place here were left out: event-place, ISBN, abstract, container-title-short, note",
    ]


def test_keywords_are_the_groups_of_our_own_files_only():
    assert {each.key: (each.keywords, each.groups) for each in MIXED.entries if each.keywords} == {
        "xi2024": (("LLM", "recommendation"), ()),
        "ours": (("Sea, Salt & Co",), (("Sea, Salt & Co",),)),
    }
    two = item(keyword="Sea, Salt", custom={"listings": [{"category": "a"}, {"category": "b"}]})[0]
    assert two.groups == (("Sea",), ("Salt",))


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("{", "x.json:1: not JSON: Expecting property name enclosed in double quotes"),
        ("{}", "x.json:1: is no CSL-JSON, which is a list of objects"),
        ('{"items": 1}', "x.json:1: is no CSL-JSON, which is a list of objects"),
        ("12", "x.json:1: is no CSL-JSON, which is a list of objects"),
        ('[{"id": "a",\n"id": "b"}]', "x.json:2: the key 'id' stands twice; keep one"),
        ('{"config": {}, "items": []}', "x.json:1: is Better BibTeX's own JSON; export as Better CSL JSON instead"),
    ],
)
def test_what_is_no_csl_json_is_said_in_one_line(text, fault):
    with pytest.raises(ListError) as error:
        read(text, "x.json")
    assert str(error.value) == fault


@pytest.mark.parametrize("text", ["", " \n", "[]", '{"items": []}', '\ufeff{"references": []}'])
def test_a_file_without_items_has_no_entries(text):
    assert read(text, "x.json") == Found(name="x.json")


def test_the_list_may_stand_in_an_object():
    text = '{"text": "\\"items\\": [",\n "items": [\n  {"title": "A", "type": "book"},\n  {"title": "B", "type": "book"}\n]}'
    assert [(line, found.title) for line, _, found, _ in rows(read(text, "x.json"))] == [(3, "A"), (4, "B")]


@pytest.mark.parametrize(
    ("ids", "key"),
    [
        ({"id": "xi2024"}, "xi2024"),
        ({"id": 12}, "12"),
        ({"id": "a", "citation-key": "b"}, "b"),
        ({"id": "a", "note": "Citation Key: b"}, "b"),
        ({"id": "http://zotero.org/users/1/items/A"}, None),
        ({"id": "ITEM-1"}, None),
        ({"id": ""}, None),
    ],
)
def test_the_citation_key_comes_before_a_program_s_own_id(ids, key):
    assert item(**ids)[0].key == key


@pytest.mark.parametrize(
    ("issued", "date"),
    [
        ({"date-parts": [[2024, 5, 31]]}, PartialDate(2024, 5, 31)),
        ({"date-parts": [["2024", "5"]]}, PartialDate(2024, 5)),
        ({"date-parts": [[2024], [2025]]}, PartialDate(2024)),
        ({"date-parts": [[2024, None, ""]], "season": 1}, PartialDate(2024)),
        ({"raw": "31 May 2024"}, PartialDate(2024, 5, 31)),
        ({"literal": "Spring 2024"}, PartialDate(2024)),
        ("2024-05", PartialDate(2024, 5)),
        (2024, PartialDate(2024)),
    ],
)
def test_dates_have_many_forms(issued, date):
    found, said = item(issued=issued)
    assert (found.work, said) == (work(issued=date), [])


@pytest.mark.parametrize("issued", [{"date-parts": [[]]}, {}, "", None, {"date-parts": []}])
def test_no_date_is_no_complaint(issued):
    found, said = item(issued=issued)
    assert (found.work, said) == (work(), [])


@pytest.mark.parametrize(
    ("author", "people"),
    [
        ([{"family": "Xi", "given": "Yunjia"}], ["Xi, Yunjia"]),
        ([{"family": "Gogh", "given": "V.", "dropping-particle": "van"}], ["van Gogh, V."]),
        ([{"family": "King", "given": "M.", "suffix": "Jr."}], ["King, Jr., M."]),
        ([{"literal": "A Group"}, "B Group"], ["{A Group}", "{B Group}"]),
        ([{"given": "Plato"}], ["Plato"]),
        ({"literal": "A Group"}, ["{A Group}"]),
    ],
)
def test_names_have_many_forms(author, people):
    found, said = item(author=author)
    assert (found.work.authors, said) == (names(*people), [])


@pytest.mark.parametrize(
    ("variables", "expected"),
    [
        ({"type": "article", "number": "arXiv:2306.10933"}, posted("2306.10933", "T")),
        ({"type": "article", "URL": "http://arxiv.org/abs/2306.10933v2", "publisher": "arXiv"}, posted("2306.10933", "T")),
        ({"type": "article-journal", "container-title": "arXiv [cs.IR]", "note": "arXiv: 2306.10933"}, posted("2306.10933", "T")),
        ({"type": "document", "note": "Type: dataset\nDOI: 10.1000/1"}, work(type="dataset", doi="10.1000/1")),
        ({"type": "article-magazine", "container-title": ["M"]}, work(container_title="M")),
        ({"type": "speech", "event": "WSDM"}, work(type="document", container_title="WSDM")),
        ({"type": "post-weblog", "URL": "https://example.org"}, work(type="webpage", url="https://example.org")),
        ({"volume": 3, "issue": 1.5, "page": "1--2"}, work(volume="3", issue="1.5", pages="1-2")),
        ({"title": 'A <span style="font-variant:small-caps;">B</span> C &amp; D'}, work(title="A B C &amp; D")),
    ],
)
def test_variables_are_read_into_their_fields(variables, expected):
    assert item(**variables)[0].work == expected


def test_an_item_without_a_type_is_a_document():
    found, said = item(type=None)
    assert found.work == work(type="document")
    assert said == ["x.json:1: k: has no type; taken as document"]


# The project's own files.

LOST = {
    ("published", "venue_short"): "no variable for it",
    ("published", "pages"): "an article's number stands there too, and cannot be told from a page",
    ("published", "article_number"): "see pages",
    ("published", "url"): "of a work with a DOI its address",
    ("preprint", "title"): "beside a publication only id, class and date are written",
    ("preprint", "other_titles"): "no variable for it",
    ("preprint", "publisher"): "arXiv's is told by the id",
    ("preprint", "url"): "arXiv's is told by the id",
    ("preprint", "sources"): "the file says a DOI that follows from the id itself",
}


def test_the_project_s_list_is_read_as_it_was_written():
    found = written_and_read("csl-json")
    assert [each.key for each in found.entries] == [each.key for each in own_list().entries]
    assert list(differences(found, LOST)) == []
    assert (found.left_out, found.warnings) == ((), ())
    assert {each.key: each.groups for each in found.entries} == {
        each.key: tuple((title,) for title in each.keywords) for each in own_list().entries
    }


def test_of_what_the_format_cannot_carry_each_field_is_lost_indeed():
    assert {tuple(where.split()) for _, where, _, _ in differences(written_and_read("csl-json"), {})} == set(LOST)


def test_hard_cases_are_read_as_they_were_written():
    assert stressed("csl-json") == {
        ("osz2022rank", "pages"), ("osz2022rank", "article_number"), ("crowd2024", "pages"), ("crowd2024", "article_number"),
        ("only-arxiv", "url"),
    }  # fmt: skip


# Anything.

_VARIABLES = st.sampled_from(
    "id type title author issued DOI URL page volume number note custom keyword citation-key container-title event-title".split()
)
_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8) | st.sampled_from(["article", "2306.10933", "10.1/x"]),
    lambda each: st.lists(each, max_size=3) | st.dictionaries(st.sampled_from(["family", "literal", "date-parts", "raw", "arxiv", "id", "listings"]), each, max_size=3),
    max_leaves=8,
)  # fmt: skip


@given(st.lists(st.dictionaries(_VARIABLES, _JSON, max_size=8) | _JSON, max_size=3) | _JSON)
def test_any_json_ends_in_entries_or_in_one_of_our_errors(value):
    try:
        found = read(json.dumps(value), "x.json")
    except ListError as error:
        assert str(error).startswith("x.json:")
    else:
        items = value.get("items", value.get("references")) if isinstance(value, dict) else value
        assert len(found.entries) + len(found.left_out) == len(items or ())


@given(st.text())
def test_any_text_ends_in_entries_or_in_one_of_our_errors(text):
    try:
        read(text, "x.json")
    except ListError as error:
        assert str(error).startswith("x.json")
