"""RIS of other programs, read."""

from __future__ import annotations

import pytest
from conftest import DATA
from hypothesis import given
from hypothesis import strategies as st
from importing import differences, names, own_list, posted, rows, stressed, written_and_read

from llm4rs_bib.errors import ListError
from llm4rs_bib.model import PartialDate, Work
from llm4rs_bib.readers import Found, read
from llm4rs_bib.readers.extra import Extra, read_extra

MIXED = read((DATA / "imports" / "mixed.ris").read_bytes().decode(), "mixed.ris")
TOWARDS = "Towards <i>Open</i> World at 5 &lt; 6 &amp; &#36;10"
EXPECTED = [
    (
        5,
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
        30,
        None,
        Work(
            type="article-journal",
            title="An Article That Needs Two Lines",
            authors=names("Lin, J.", "{OpenAI}"),
            container_title="Information & Systems",
            volume="43",
            issue="2",
            article_number="12",
            issued=PartialDate(2025, 2, 3),
            doi="10.1016/j.is.2025.01",
        ),
        None,
    ),
    (48, "arxiv2023", None, posted("2305.00001", "A Preprint", authors=names("Wu, Li"), issued=PartialDate(2023))),
    (56, None, None, posted("2305.00002", "Of Semantic Scholar", authors=names("Chen, Bo"), issued=PartialDate(2023))),
    (
        63,
        "thesis",
        Work(type="thesis", title="A Thesis Without ER Before It", authors=names("Dee, Eva"), publisher="A University"),
        None,
    ),
    (72, "typo", Work(type="document", title="A Mistyped Type", pages="e7"), None),
]


def record(*lines, kind="JOUR"):
    """The only record of a file, and what is said of it."""
    found = read("\n".join([f"TY  - {kind}", "TI  - T", *lines, "ER  - "]), "x.ris")
    return found.entries[0], list(found.warnings)


def work(**fields):
    return Work(**{"type": "article-journal", "title": "T", **fields})


def test_the_works_of_a_mixed_file_are_as_a_person_reads_them():
    assert rows(MIXED) == EXPECTED


def test_what_is_left_out_and_what_is_not_understood_is_said_with_its_line():
    assert list(map(str, MIXED.left_out)) == [
        "mixed.ris:78: notitle: has no title",
        "mixed.ris:81: 'TI - Outside of a Record' stands in no record; is there a TY missing?",
    ]
    assert list(MIXED.warnings) == [
        "mixed.ris:63: thesis: the date 'in press' is not understood and was left out",
        "mixed.ris:72: typo: unknown type 'JOURNAL'; did you mean JOUR?; taken as GEN",
        'mixed.ris: authors are left out by the file itself ("and others"): thesis',
        "mixed.ris: fields that have no place here were left out: T3, AB, L1, T2",
    ]


def test_keywords_stand_on_lines_of_their_own_or_apart_by_semicolons():
    assert {each.keywords for each in MIXED.entries} == {("LLM", "recommendation", "surveys"), ("first", "second"), ()}
    assert record("KW  - a, b", "KW  - c &amp; d; e")[0].keywords == ("a, b", "c & d", "e")


@pytest.mark.parametrize("text", ["no records", "Provider: ACM\nContent: text\n"])
def test_a_text_without_records_is_no_ris_file(text):
    with pytest.raises(ListError, match=r"^x\.ris:1: holds no RIS records; each begins with a line TY$"):
        read(text, "x.ris")


def test_a_record_without_its_first_line_is_left_out():
    assert list(map(str, read("\nTI  - A\nAU  - B\nER  -", "x.ris").left_out)) == [
        "x.ris:2: 'TI - A' stands in no record; is there a TY missing?"
    ]


def test_an_empty_file_has_no_records():
    assert read(" \n", "x.ris") == Found(name="x.ris")


@pytest.mark.parametrize("newline", ["\n", "\r"])
def test_line_ends_make_no_difference(newline):
    assert read((DATA / "imports" / "mixed.ris").read_bytes().decode().replace("\r\n", newline), "mixed.ris") == MIXED


@pytest.mark.parametrize(
    ("lines", "key"),
    [
        (["ID  - xi2024"], "xi2024"),
        (["ID  - 4711"], None),
        (["ID  - 4711", "N1  - Citation Key: xi2024"], "xi2024"),
        (["ID  - a", "M2  - Citation Key: b"], "b"),
        ([], None),
    ],
)
def test_a_number_is_no_citation_key(lines, key):
    assert record(*lines)[0].key == key


@pytest.mark.parametrize(
    ("lines", "date"),
    [
        (["PY  - 2024"], PartialDate(2024)),
        (["PY  - 2024///"], PartialDate(2024)),
        (["Y1  - 2024/05/31/"], PartialDate(2024, 5, 31)),
        (["PY  - 2024", "DA  - 2024/05//"], PartialDate(2024, 5)),
        (["PY  - 2024", "DA  - 31 May"], PartialDate(2024, 5, 31)),
        (["PY  - 2024", "DA  - 2023/12/24"], PartialDate(2024)),  # then it was put online
        (["DA  - 2024-05-31"], PartialDate(2024, 5, 31)),
    ],
)
def test_the_year_is_the_publication_s_and_the_day_that_of_the_whole_date(lines, date):
    found, said = record(*lines)
    assert (found.work, said) == (work(issued=date), [])


@pytest.mark.parametrize(
    ("lines", "people"),
    [
        (["AU  - Xi, Yunjia", "AU  - Lin, Wei"], ["Xi, Yunjia", "Lin, Wei"]),
        (["A1  - Y. Xi", "A1  - Aäron van den Oord"], ["Xi, Y.", "van den Oord, Aäron"]),
        (["AU  - A Group,", "AU  - OpenAI", "AU  - King, Martin, Jr."], ["{A Group}", "{OpenAI}", "King, Jr., Martin"]),
        (["AU  - Smith &amp; Sons,", "AU  - "], ["{Smith & Sons}"]),
        (["AU  - , Plato"], ["Plato"]),
    ],
)
def test_names_have_many_forms(lines, people):
    found, said = record(*lines)
    assert (found.work.authors, said) == (names(*people), [])


@pytest.mark.parametrize(
    ("kind", "lines", "expected"),
    [
        ("JOUR", ["JO  - J. N.", "JF  - Journal Name", "T2  - Other"], work(container_title="Journal Name")),
        ("JOUR", ["JO  - J. N."], work(container_title="J. N.")),
        ("CONF", ["T2  - Proceedings", "JO  - Proc."], work(type="paper-conference", container_title="Proceedings")),
        ("CONF", ["T2  - Proceedings", "T3  - KDD '24"], work(type="paper-conference", container_title="Proceedings", venue_short="KDD")),
        ("CHAP", ["BT  - The Book"], work(type="chapter", container_title="The Book")),
        ("JOUR", ["SP  - 10", "EP  - 19"], work(pages="10-19")),
        ("JOUR", ["SP  - 10--19"], work(pages="10-19")),
        ("JOUR", ["SP  - 10–19", "EP  - 19"], work(pages="10-19")),
        ("JOUR", ["SP  - 19", "EP  - 19"], work(pages="19")),
        ("JOUR", ["EP  - 19"], work(pages="19")),
        ("JOUR", ["SP  - A-12", "EP  - A-20"], work(pages="A-12-A-20")),
        ("JOUR", ["C7  - e12", "VL  - 3", "IS  - 1-2"], work(article_number="e12", volume="3", issue="1-2")),
        ("JOUR", ["DI  - 10.1000/1", "UR  - http://dx.doi.org/10.1000/1"], work(doi="10.1000/1")),
        ("JOUR", ["M3  - Journal Article", "UR  - https://example.org"], work(url="https://example.org")),
        ("GEN", ["M2  - Type: dataset"], work(type="dataset")),
        ("UNPB", ["UR  - https://arxiv.org/abs/2306.10933", "PB  - arXiv"], posted("2306.10933", "T")),
        ("JOUR", ["JO  - arXiv preprint arXiv:2306.10933"], posted("2306.10933", "T")),
        ("ELEC", ["T2  - A Site", "UR  - https://example.org"], work(type="webpage", container_title="A Site", url="https://example.org")),
    ],
)  # fmt: skip
def test_tags_are_read_into_their_fields(kind, lines, expected):
    assert record(*lines, kind=kind)[0].work == expected


def test_a_journal_article_with_an_arxiv_address_has_a_preprint_beside():
    found, _ = record("JF  - J", "DO  - 10.1000/1", "UR  - https://doi.org/10.1000/1", "UR  - https://arxiv.org/abs/2306.10933")
    assert (found.published, found.preprint) == (work(container_title="J", doi="10.1000/1"), posted("2306.10933", "T"))


def test_the_lines_of_zotero_s_extra_field():
    lines = ["Citation Key: a", "type: dataset", "DOI: 10.1/x", "arXiv:2306.10933 [cs.IR] (v2)", "Category: C", ""]
    assert read_extra(lines) == Extra(key="a", type="dataset", doi="10.1/x", arxiv="arXiv:2306.10933 [cs.IR]")
    assert read_extra(["Citation Key: a", "Citation Key: b", "words", "type: nothing"]) == Extra(key="a", is_all=False)


# The project's own files.

LOST = {
    ("published", "venue_short"): "no tag for it",
    ("published", "pages"): "an article's number stands there too, and cannot be told from a page",
    ("published", "article_number"): "see pages",
    ("published", "url"): "of a work with a DOI its address",
    ("preprint", "title"): "beside a publication only the id and the class are written",
    ("preprint", "issued"): "see title",
    ("preprint", "other_titles"): "no tag for it",
    ("preprint", "publisher"): "arXiv's is told by the id",
    ("preprint", "url"): "arXiv's is told by the id",
    ("preprint", "sources"): "the file says a DOI that follows from the id itself",
}


def test_the_project_s_list_is_read_as_it_was_written():
    found = written_and_read("ris")
    assert [each.key for each in found.entries] == [each.key for each in own_list().entries]
    assert list(differences(found, LOST)) == []
    assert (found.left_out, found.warnings) == ((), ())
    assert {each.key: each.keywords for each in found.entries} == {each.key: each.keywords for each in own_list().entries}


def test_of_what_the_format_cannot_carry_each_field_is_lost_indeed():
    assert {tuple(where.split()) for _, where, _, _ in differences(written_and_read("ris"), {})} == set(LOST)


def test_hard_cases_are_read_as_they_were_written():
    assert stressed("ris") == {
        ("osz2022rank", "pages"), ("osz2022rank", "article_number"), ("crowd2024", "pages"), ("crowd2024", "article_number"),
        ("only-arxiv", "url"),
        ("isikgoz2020vitro", "title"), ("only-arxiv", "title"),  # without markup
        ("plato:2001", "authors"), ("groups2023+report", "authors"),  # a single name is a group's; no comma in a group's
    }  # fmt: skip


# Anything.

_LINES = st.sampled_from(
    "TY  - JOUR|TY  - UNPB|TY - X|ER  - |TI  - A|T1  - <i>|AU  - B, C|AU  - ,|A1  - &amp;|PY  - 2024|DA  - 5|SP  - 1|EP  - |DO  - 10.1/x|UR  - http://[|KW  - ;|"
    "M2  - arXiv:2306.10933|ID  - k|N1  - |words|AN  - arXiv|  ".split("|")
)


@given(st.lists(_LINES | st.text(max_size=8), max_size=25))
def test_any_text_ends_in_entries_or_in_one_of_our_errors(lines):
    try:
        found = read("\n".join(lines), "x.ris")
    except ListError as error:
        assert str(error).startswith("x.ris:")
    else:
        assert all(each.work.title for each in found.entries)


def test_a_text_that_goes_on_and_on_is_read_in_no_time():
    text = "TY  - JOUR\nTI  - T\nAB  - a\n" + "on and on\n" * 100_000 + "ER  - \n"
    assert read(text, "x.ris").entries[0].work == work()
