"""BibTeX and BibLaTeX of other programs, read."""

from __future__ import annotations

import re
import time
from contextlib import suppress

import pytest
from conftest import DATA
from hypothesis import example, given
from hypothesis import strategies as st
from importing import FILES, differences, names, own_list, posted, rows, stressed, written_and_read
from strategies import WORKS

from llm4rs_bib import export
from llm4rs_bib.errors import ListError
from llm4rs_bib.latex import escape
from llm4rs_bib.model import PartialDate, Work
from llm4rs_bib.readers import Found, is_bibliography, read
from llm4rs_bib.readers.bibvalue import BrokenError, values
from llm4rs_bib.readers.dates import read_date, with_month
from llm4rs_bib.readers.people import people_of
from llm4rs_bib.readers.tex import text_of, title_of, verbatim
from llm4rs_bib.text import clean
from llm4rs_bib.titles import protected

MIXED = read((DATA / "imports" / "mixed.bib").read_text(), "mixed.bib")
TOWARDS = "Towards Open-World Recommendation with LLMs"
EXPECTED = [
    (
        9,
        "knuth84",
        Work(
            type="article-journal",
            title="Literate Programming of Über-Größe: 5% & more",
            authors=names("Knuth, Donald E.", "van Beethoven, Ludwig", "Zola, Émile"),
            container_title="The Computer Journal",
            volume="27",
            issue="2",
            pages="97-111",
            issued=PartialDate(1984, 5),
            doi="10.1093/comjnl/27.2.97",
        ),
        None,
    ),
    (
        19,
        "xi2024towards",
        Work(
            type="paper-conference",
            title=TOWARDS,
            authors=names("Xi, Yunjia"),
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
        37,
        "arxiv2023",
        None,
        posted(
            "2305.00001",
            "A $k$-means of H<sub>2</sub>O",
            authors=names("van den Oord, Aäron", "{DeepMind Team}", "King, Jr., Martin"),
            issued=PartialDate(2023),
            arxiv_class="cs.LG",
        ),
    ),
    (
        47,
        "scholar2023",
        None,
        posted("2305.00002", "Scholar knows little", authors=names("Wu, Li", "Chen, Bo"), issued=PartialDate(2023)),
    ),
    (
        54,
        "DBLP:journals/corr/abs-2305-00003",
        None,
        posted(
            "2305.00003",
            "DBLP Breaks its Lines Here",
            authors=names("García, José", "Müller, Hans-Peter"),
            issued=PartialDate(2023),
            sources={},  # the file has the DOI itself
        ),
    ),
    (
        70,
        "biblatex",
        Work(
            type="webpage",
            title="A Page: And what <i>stands</i> on it",
            authors=names("de Beauvoir, Simone"),
            issued=PartialDate(2024, 5, 31),
            url="https://example.org/a_b?c=d%20e",
        ),
        None,
    ),
    (
        79,
        "child",
        Work(
            type="paper-conference",
            title="The Child",
            authors=names("Xi, Ann"),
            container_title="Proceedings of the Parents",
            publisher="Springer",
            pages="1-9",
            issued=PartialDate(2022),
        ),
        None,
    ),
    (
        94,
        "acm",
        Work(
            type="article-journal",
            title="Articles Have Numbers",
            authors=names("Liu, Bo"),
            container_title="ACM Transactions on Information Systems",
            volume="43",
            issue="1-2",
            article_number="12",
            issued=PartialDate(2025, 2),
        ),
        None,
    ),
    (
        104,
        "eid",
        Work(
            type="article-journal",
            title="An &lt;b&gt; <b>Bold</b> & <sup>2</sup>",
            authors=names("Liu, Bo", "Day, Cy"),
            container_title="Physical Review",
            article_number="012345",
            issued=PartialDate(2024),
        ),
        None,
    ),
    (
        114,
        "thesis",
        Work(
            type="thesis",
            title="A Thesis",
            authors=names("Dee, Eva"),
            publisher="A University",
            issued=PartialDate(2020),
            url="https://hdl.handle.net/1/2",
        ),
        None,
    ),
    (
        116,
        "report",
        Work(
            type="report",
            title="A Report",
            authors=names("{OpenAI}"),
            publisher="OpenAI",
            issue="7",
            issued=PartialDate(2023),
            url="https://example.org/report",
        ),
        None,
    ),
    (121, "mine", None, Work(type="preprint", title="Not Yet", authors=names("Me"))),
    (
        123,
        "round",
        Work(
            type="article-journal",
            title="Round (Brackets)",
            authors=names("Round, A. (B.)", 'Quote, C. "Dee"'),
            container_title="nowhere Journal",
            issued=PartialDate(2021),
        ),
        None,
    ),
    (
        129,
        "clé2020",
        Work(
            type="chapter",
            title="Its Key Has an Accent",
            authors=names("Accent, Ann"),
            container_title="A Book",
            issued=PartialDate(2020),
        ),
        None,
    ),
    (
        132,
        "twice",
        Work(type="paper-conference", title="First", authors=names("B, A"), container_title="X", issued=PartialDate(2020)),
        None,
    ),
    (134, "mistyped", Work(type="document", title="A Mistyped Type", authors=names("B, A"), publisher=r"\unknown Press"), None),
    (136, "twice", Work(type="book", title="Another of One Key", authors=names("D, C"), issued=PartialDate(2019)), None),
    (
        138,
        "comma",
        Work(type="article-journal", title="A Comma is Missing", authors=names("B, A"), issued=PartialDate(2020)),
        None,
    ),
    (156, "space", Work(type="article-journal", title="Spaces Behind the Sign"), None),
    (163, "early", Work(type="article-journal", title="Closed Too Early", authors=names("B, A")), None),
]


def entry(fields, kind="article", key="k"):
    """The only entry of a file."""
    [found] = read(f"@{kind}{{{key}, {fields}}}", "x.bib").entries
    return found


def complaints(text):
    found = read(text, "x.bib")
    return [*map(str, found.left_out), *found.warnings]


# A mixed file.


def test_the_works_of_a_mixed_file_are_as_a_person_reads_them():
    assert rows(MIXED) == EXPECTED


def test_groups_of_jabref_and_mendeley():
    assert {each.key: each.groups for each in MIXED.entries if each.groups} == {
        "knuth84": (("By key; old",),),
        "DBLP:journals/corr/abs-2305-00003": (("By key; old",),),
        "acm": (("Surveys",), ("Surveys", "Deep")),
        "clé2020": (("Mine", "Inner"),),
    }


def test_keywords_part_at_semicolons_or_at_commas_where_there_are_none():
    assert {each.key: each.keywords for each in MIXED.entries if each.keywords} == {
        "xi2024towards": ("LLM, recommendation", "surveys, too")
    }
    assert entry(r"title = {T}, keywords = {a, {b, c}, {\'e}, a,}").keywords == ("a", "b, c", "é")


def test_every_block_that_is_no_entry_is_left_out_with_its_line():
    assert list(map(str, MIXED.left_out)) == [
        "mixed.bib:144: open: not read: a brace or a quotation mark is not closed",
        "mixed.bib:150: notitle: has no title",
        "mixed.bib:152: IEEEexample:BSTcontrol: no publication (@ieeetranbstctl)",
        "mixed.bib:159: '@in-book{': looks like an entry, and is none for BibTeX",
        "mixed.bib:161: words: not read: title: behind its value comes 'behind a value'; is a comma missing?",
    ]


def test_what_was_not_understood_is_said_in_the_file_s_order():
    assert list(MIXED.warnings) == [
        "mixed.bib:121: mine: the date 'to appear' is not understood and was left out",
        "mixed.bib:132: twice: has two fields title; the first counts",
        "mixed.bib:134: mistyped: unknown type '@inproceeding'; did you mean @inproceedings?; taken as @misc",
        "mixed.bib:134: mistyped: 'not one' is no DOI and was left out",
        "mixed.bib:138: comma: a comma is missing before author; read as if it stood there",
        "mixed.bib:154: old: stands behind a %; not read",
        "mixed.bib:163: ', year = {2020}, }': fields outside of an entry; is there a brace too many above?",
        "mixed.bib: macros that are not defined stay as they are: nowhere",
        'mixed.bib: authors are left out by the file itself ("and others"): xi2024towards, mine',
        "mixed.bib: only others inherit from them, so they are not listed: parent2022",
        r"mixed.bib: TeX commands that are not known here stay as they are: \unknown",
        "mixed.bib: groups whose members a search finds are not read: LLM",
        "mixed.bib: fields that have no place here were left out: abstract, numpages, address, timestamp, bibsource, urldate, "
        "editor, note, foo",
    ]


def test_what_many_entries_have_is_said_once():
    entries = [
        f"@package{{k{i}, title = {{T{i}}}, file = {{f}}, author = {{A and others}}, journal = nature}}" for i in range(12)
    ]
    assert read("\n".join(entries), "x.bib").warnings == (
        "x.bib: macros that are not defined stay as they are: nature (12)",
        "x.bib: types that are not known here are taken as @misc: @package (12)",
        'x.bib: authors are left out by the file itself ("and others"): k0, k1, k2, k3, k4, k5, k6, k7, k8, k9 and 2 more',
        "x.bib: fields that have no place here were left out: file (12)",
    )


# Files.


def test_formats_go_by_the_ending_of_the_name():
    assert [is_bibliography(name) for name in ("a.bib", "A.BIB", "a.json", "a.ris", "a.md", "bib")] == [True] * 4 + [False] * 2
    with pytest.raises(ListError, match=r"^a\.bob: unknown format '\.bob'; did you mean \.bib\?$"):
        read("", "a.bob")


@pytest.mark.parametrize("text", ["no entries at all", "<html>", "@comment{jabref-meta: databaseType:bibtex;}"])
def test_a_text_without_entries_is_no_bib_file(text):
    with pytest.raises(ListError, match=r"^x\.bib:1: holds no BibTeX entries; one begins with '@article\{key,'$"):
        read(text, "x.bib")


def test_an_empty_file_has_no_entries():
    assert read("\n", "x.bib") == Found(name="x.bib")


def test_line_ends_and_a_byte_order_mark_make_no_difference():
    text = (DATA / "imports" / "mixed.bib").read_text()
    assert read("\ufeff" + text.replace("\n", "\r\n"), "mixed.bib") == read(text.replace("\n", "\r"), "mixed.bib") == MIXED


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        (
            "@article{a, title}",
            "x.bib:1: a: not read: expected a '=' after entry key 'title', but found the end of the entry ('}')",
        ),
        ("@article{title = {T}}", "x.bib:1: an entry without key: not read: expected comma after entry key, but found ="),
        ("@article{a, title = {T}}\n@article{b,", "x.bib:2: b: not read: a brace or a quotation mark is not closed"),
        ("@article{a, title = T # }", "x.bib:1: a: not read: title: a value is missing behind #"),
        ("@article{a, title = , year = 1}", "x.bib:1: a: has no title"),
        ("@string{a = {b} {c}}", "x.bib:1: the macro a: not read: behind its value comes '{c}'; is a comma missing?"),
        ("@article{a, title = {T}, crossref = {b}}", "x.bib:1: a: inherits from 'b', which is no entry of the file"),
        ("@article{, note = {n}}", "x.bib:1: has neither key nor title"),
        ("@misc{a, title = {T}, url = {example.org}}", "x.bib:1: a: 'example.org' is no address and was left out"),
        (
            "@misc{a, title = {T}, author = {A B, C D, E F}}",
            "x.bib:1: a: 'A B, C D, E F' was taken whole; write 'and' between authors",
        ),
    ],
)
def test_faults_are_said_in_one_line(text, complaint):
    assert complaint in complaints(text)


def test_an_unclosed_entry_costs_no_other():
    text = "@misc{a, title = {A}}\n@misc{b, title = {B}\n@misc{c, title = {C}}\n"
    assert [each.key for each in read(text, "x.bib").entries] == ["a", "c"]


def test_the_words_of_a_title_stay_where_a_macro_is_joined():
    text = '@string{a = "A " # {B}}\n@STRING{c = a # { C}}\n@misc{k, title = c # " D"}'
    assert read(text, "x.bib").entries[0].work.title == "A B C D"


def test_lines_within_an_entry_that_stand_behind_a_percent_sign_are_no_fields():
    assert entry("\n% title = {Old},\n% words\n title = {New}").work.title == "New"


def test_quotation_marks_within_braces_close_nothing():
    assert entry('title = "a {"b"} c"').work.title == 'a "b" c'


# Inheritance.

PARENT = "@proceedings{p, title = {The Book}, subtitle = {Of Papers}, year = 2020, doi = {10.1000/book}, crossref = {q}}"
GRANDPARENT = "@proceedings{q, title = {Series}, publisher = {Press}, year = 1999, crossref = {P}}"


def test_a_paper_inherits_the_book_s_title_year_and_publisher_but_not_its_doi():
    text = f"@inproceedings{{k, title = {{Paper}}, crossref = {{P}}}}\n{PARENT}\n{GRANDPARENT}"
    [found] = read(text, "x.bib").entries
    assert found.published == Work(
        type="paper-conference",
        title="Paper",
        container_title="The Book: Of Papers",
        publisher="Press",
        issued=PartialDate(2020),
    )


def test_a_parent_that_is_a_book_by_itself_is_listed_and_so_is_one_without_children():
    text = "@incollection{k, title = {Chapter}, crossref = {b}}\n@book{b, title = {Book}}\n@proceedings{p, title = {Alone}}"
    assert [(each.work.title, each.work.container_title) for each in read(text, "x.bib").entries] == [
        ("Chapter", "Book"),
        ("Book", None),
        ("Alone", None),
    ]


def test_xdata_gives_all_its_fields_and_is_no_entry():
    text = "@xdata{x, doi = {10.1000/1}, journaltitle = {J}}\n@article{k, title = {T}, xdata = {x}}"
    assert [each.published for each in read(text, "x.bib").entries] == [
        Work(type="article-journal", title="T", container_title="J", doi="10.1000/1")
    ]


# Preprints and publications.

DOI = "doi = {10.1000/1}"


@pytest.mark.parametrize(
    ("kind", "fields", "types"),
    [
        ("misc", "eprint = {2306.10933}", ("preprint",)),
        ("misc", "eprint = {arXiv:2306.10933v2}, eprinttype = {arXiv}", ("preprint",)),
        ("online", "url = {https://arxiv.org/abs/2306.10933}", ("preprint",)),
        ("misc", "howpublished = {arXiv:2306.10933}", ("preprint",)),
        ("misc", r"howpublished = {\url{https://arxiv.org/abs/2306.10933}}", ("preprint",)),
        ("misc", "note = {arXiv:2306.10933 [cs]}", ("preprint",)),
        ("misc", "number = {arXiv:2306.10933}, publisher = {arXiv}", ("preprint",)),
        ("article", "arxivId = {2306.10933}", ("preprint",)),
        ("article", "journal = {ArXiv}, volume = {abs/2306.10933}", ("preprint",)),
        ("article", "journal = {arXiv e-prints}, pages = {arXiv:2306.10933}", ("preprint",)),
        ("techreport", "eprint = {2306.10933}, institution = {arXiv}", ("preprint",)),
        ("techreport", "eprint = {2306.10933}, institution = {OpenAI}", ("report", "preprint")),
        ("inproceedings", "eprint = {2306.10933}, booktitle = {B}", ("paper-conference", "preprint")),
        ("inproceedings", "eprint = {2306.10933}", ("paper-conference", "preprint")),
        ("article", f"eprint = {{2306.10933}}, {DOI}", ("article-journal", "preprint")),
        ("article", "url = {https://arxiv.org/pdf/2306.10933}, journal = {J}", ("article-journal", "preprint")),
        ("misc", f"eprint = {{2306.10933}}, {DOI}", ("document", "preprint")),
        ("article", f"journal = {{arXiv preprint arXiv:2306.10933}}, {DOI}", ("document", "preprint")),
        ("phdthesis", "eprint = {2306.10933}, school = {S}", ("thesis", "preprint")),
        ("article", f"journal = {{bioRxiv}}, {DOI}", ("preprint",)),
        ("article", f"journal = {{SSRN Electronic Journal}}, {DOI}", ("preprint",)),
        ("unpublished", "note = {draft}", ("preprint",)),
        ("article", "journal = {J}, eprint = {12345678}, eprinttype = {pubmed}", ("article-journal",)),
        ("article", "journal = {J}, note = {Extends arXiv:2306.10933}", ("article-journal",)),
        ("article", "journal = {CorRosion Science}", ("article-journal",)),
        ("misc", "", ("document",)),
        ("dataset", DOI, ("dataset",)),
    ],
)
def test_what_is_published_and_what_is_posted(kind, fields, types):
    found = entry(f"title = {{T}}, {fields}", kind)
    assert tuple(work.type for work in (found.published, found.preprint) if work) == types
    if found.preprint and "2306" in fields:
        assert found.preprint.arxiv_id == "2306.10933"


def test_an_arxiv_id_in_place_of_a_volume_or_of_pages_is_none():
    assert entry("title = {T}, journal = {CoRR}, volume = {abs/2306.10933}, pages = {arXiv--2306}").work == posted(
        "2306.10933", "T"
    )


@pytest.mark.parametrize(
    ("written", "doi"),
    [
        ("10.1000/A_b", "10.1000/A_b"),
        (r"10.1000/a\_b", "10.1000/a_b"),
        (r"10.1000/a{\_}b", "10.1000/a_b"),
        ("https://doi.org/10.1000/1", "10.1000/1"),
        ("http://dx.doi.org/10.1000/1", "10.1000/1"),
        ("DOI: 10.1000/1.", "10.1000/1"),
        (
            "10.1002/(SICI)1097-4571(199806)49:8<693::AID-ASI4>3.0.CO;2-O",
            "10.1002/(SICI)1097-4571(199806)49:8<693::AID-ASI4>3.0.CO;2-O",
        ),
    ],
)
def test_dois_are_bare(written, doi):
    assert entry(f"title = {{T}}, journal = {{J}}, doi = {{{written}}}").work.doi == doi


def test_the_address_of_the_doi_is_no_other_one():
    assert entry("title = {T}, url = {https://doi.org/10.1000/1}").work == Work(
        type="article-journal", title="T", doi="10.1000/1"
    )
    fields = "title = {T}, doi = {10.1000/1}, url = {https://example.org/x https://example.org/y}"
    assert entry(fields).work.url == "https://example.org/x"


@pytest.mark.parametrize(
    ("fields", "venue"),
    [
        ("booktitle = {Long Name}, series = {KDD '24}", ("Long Name", "KDD")),
        ("booktitle = {Long Name}, series = {LNCS}", ("Long Name", None)),
        ("booktitle = {Long Name}, series = {AAAI'24/IAAI'24}", ("Long Name", None)),
        ("booktitle = {Long Name}, eventtitle = {WSDM}", ("Long Name", "WSDM")),
        ("booktitle = {Long Name}, eventtitle = {RecSys '24: The 18th Conference}", ("Long Name", "RecSys")),
        ("booktitle = {Long Name}, eventtitle = {The 18th Conference on Recommender Systems}", ("Long Name", None)),
        ("eventtitle = {The 18th Conference}", ("The 18th Conference", None)),
        ("booktitle = {WSDM}, eventtitle = {WSDM}", ("WSDM", None)),
    ],
)
def test_what_people_call_a_venue(fields, venue):
    found = entry(f"title = {{T}}, {fields}", "inproceedings").work
    assert (found.container_title, found.venue_short) == venue


# TeX.


@pytest.mark.parametrize(
    ("tex", "text"),
    [
        (r"\'{\i}\'\i {\'\i} \c{c}\c c \v{S}t \'{\^e} \t{oo}", "ííí çç Št ế o͡o"),
        (r"x\^{}2 a\~{}b", "x^2 a~b"),
        (r"Stra\ss e, \O re, \AA ngstr\"om, Erd{\H o}s, \DJ or\dj e", "Straße, Øre, Ångström, Erdős, Đorđe"),
        (r"{\em foo bar} baz", "<i>foo bar</i> baz"),
        (r"\emph word \textbf{open", "word <b>open</b>"),
        (r"``Quote'' -- and --- {-}{-} '{}'", "“Quote” – and — -- ''"),
        (r"\enquote{Quote} \href{http://x}{shown} \url{http://y_z}", "“Quote” shown http://y_z"),
        (r"$\alpha$-test {$\Gamma$} \ensuremath{\beta} $x_1$ \(y\)", "α-test Γ β $x_1$ $y$"),
        (r"a < b, <i>c</i> at $5 and \$10", "a &lt; b, <i>c</i> at &#36;5 and &#36;10"),
        (r"\foo{bar} {\foo bar}", r"\foo{bar} \foo bar"),
        ("}}{{{", ""),
        ("\\", "\\"),
        (r"\today", r"\today"),
        (r"{\LaTeX} and \TeX{}~2\,pm\\next", "LaTeX and TeX 2 pm next"),
    ],
)
def test_tex_is_read_as_it_prints(tex, text):
    assert title_of(tex) == text


def test_plain_text_has_neither_tags_nor_entities():
    assert text_of(r"{\emph{Information} \&amp; {\textless}Management{\textgreater}}") == "Information & <Management>"


def test_addresses_are_taken_verbatim():
    assert verbatim(r"\url{http://a.b/\~{}x\_y\%20z\#{q}}") == "http://a.b/~x_y%20z#q"


@given(st.text().map(clean).filter(lambda text: not re.search(r"``|&#?\w+;?", text)))
@example("a--b---c ''d'' {e} }f{ \\g $h$ <i>j</i> ~k^ α-i R²ec ẽ Ǹ [l] \\[m]")
def test_what_we_escape_is_read_back(text):
    assert text_of(escape(text)) == text


@given(WORKS)
def test_titles_are_read_as_we_write_them(work):
    title = title_of(protected(work.title))
    assert protected(title) == protected(work.title)


@pytest.mark.parametrize(
    ("written", "message"),
    [("=", "'=' stands where a value should begin"), ("{a", "a brace or a quotation mark is not closed"), ('"{"', "a brace or a quotation mark is not closed")],
)  # fmt: skip
def test_what_is_no_value_is_said(written, message):
    with pytest.raises(BrokenError) as error:
        list(values("title", written, str))
    assert str(error.value) == message


# People and dates.


@pytest.mark.parametrize(
    ("tex", "people"),
    [
        ("Xi, Yunjia and Wei Lin", ["Xi, Yunjia", "Lin, Wei"]),
        (r"{van den Oord}, A{\"a}ron and Aäron van den Oord", ["van den Oord, Aäron"] * 2),
        ("King, Jr., Martin and Martin, Bob, Jr.", ["King, Jr., Martin", "Martin, Jr., Bob"]),
        (
            r"{Barnes and Noble} and OpenAI and Gemini Team and {\'E}co{le Polytechnique}",
            ["{Barnes and Noble}", "{OpenAI}", "{Gemini Team}", "{École Polytechnique}"],
        ),
        ("Plato and {Plato}", ["Plato", "{Plato}"]),
        (r"N{\'u}{\~n}ez {y} Nu{\~n}o, Juan", ["Núñez y Nuño, Juan"]),
        ("family=Beauvoir, given=Simone, prefix=de and given={Ann, B.}, family=Lee", ["de Beauvoir, Simone", "Lee, Ann, B."]),
        ("Xi, Yunjia and\n  Lin, Wei AND Wu, Li", ["Xi, Yunjia", "Lin, Wei", "Wu, Li"]),
        ("", []),
        ("and {} and {}{}, {}", []),
    ],
)
def test_names_are_parted_as_bibtex_does(tex, people):
    assert [str(name) for name in people_of(tex).names] == people


@pytest.mark.parametrize("tex", ["Xi, Yunjia and others", "Xi, Yunjia et al.", "Xi, Yunjia, et al", "Xi, Yunjia and et al."])
def test_others_are_no_author(tex):
    assert (list(map(str, people_of(tex).names)), people_of(tex).others) == (["Xi, Yunjia"], True)


@pytest.mark.parametrize(
    ("written", "date"),
    [
        ("2024-05-31", "2024-05-31"), ("2024-05-31/2024-06-02", "2024-05-31"), ("2024/2025", "2024"), ("2024~", "2024"),
        ("2024-21", "2024"), ("2024-XX-XX", "2024"), ("2024-02-31", "2024-02"), ("2024-13", "2024"), ("2024/05/31/", "2024-05-31"),
        ("2024///", "2024"), ("2024/May/31", "2024-05-31"), ("31 May 2024", "2024-05-31"), ("Sept. 2024", "2024-09"),
        ("12/2023", "2023-12"), ("Mayor 2024", "2024"), ("2024a", "2024"), ("c. 2024", "2024"), ("20240531", "None"), ("201X", "None"),
    ],
)  # fmt: skip
def test_dates_are_read_as_far_as_they_go(written, date):
    assert str(read_date(written)) == date


@pytest.mark.parametrize(
    ("month", "day", "date"),
    [
        ("may", "", "2024-05"), ("5", "7", "2024-05-07"), ("May~31", "", "2024-05-31"), ("14 oct", "", "2024-10-14"),
        ("5--6", "", "2024-05"), ("may/jun", "", "2024-05"), ("Winter", "", "2024"), ("13", "", "2024"), ("", "7", "2024"),
    ],
)  # fmt: skip
def test_months_have_names_and_numbers(month, day, date):
    assert str(with_month(2024, month, day)) == date


# The project's own files.

LOST = {
    ("published", "venue_short"): "only biblatex has a field for it, of conferences",
    ("published", "publisher"): "@article has no publisher in biblatex's model",
    ("published", "pages"): "an article's number stands there too, and cannot be told from a page",
    ("published", "article_number"): "see pages",
    ("published", "url"): "of a work with a DOI its address",
    ("preprint", "title"): "beside a publication only the id and the class are written",
    ("preprint", "issued"): "see title",
    ("preprint", "other_titles"): "no field for it",
    ("preprint", "publisher"): "arXiv's is told by the id",
    ("preprint", "url"): "arXiv's is told by the id",
    ("preprint", "sources"): "the file says a DOI that follows from the id itself",
}


@pytest.mark.parametrize("format", ["bibtex", "biblatex"])
def test_the_project_s_list_is_read_as_it_was_written(format):
    found = written_and_read(format)
    assert [each.key for each in found.entries] == [each.key for each in own_list().entries]
    assert list(differences(found, LOST)) == []
    assert (found.left_out, found.warnings) == ((), ())


def test_of_what_a_format_cannot_carry_each_field_is_lost_indeed():
    lost = {
        tuple(where.split()) for format in ("bibtex", "biblatex") for _, where, _, _ in differences(written_and_read(format), {})
    }
    assert lost == set(LOST)
    conferences = [each for each in own_list().entries if each.work.type == "paper-conference"]
    by_key = {each.key: each.published for each in written_and_read("biblatex").entries}
    assert all(by_key[each.key].venue_short == each.record.published.venue_short for each in conferences)


_BOTH = {
    ("osz2022rank", "pages"), ("osz2022rank", "article_number"), ("crowd2024", "pages"), ("crowd2024", "article_number"),
    ("sliwinska2024100", "publisher"),  # of an article
    ("10.5555/zenodo.1_000", "type"), ("10.5555/zenodo.1_000", "publisher"),  # a dataset is a @misc, which has no publisher
    ("isikgoz2020vitro", "title"),  # braces keep capitals: they are no tags
    ("tepestutea2021ranking", "title"),  # a letter alone in a formula is a letter
    ("plato:2001", "authors"),  # a single name in braces is a group's
    ("only-arxiv", "url"), ("curly/address", "url"),  # a version's address; with %7B for a brace
}  # fmt: skip


@pytest.mark.parametrize(("format", "types"), [("bibtex", {("page.2022-08", "type")}), ("biblatex", set())])
def test_hard_cases_are_read_as_they_were_written(format, types):
    assert stressed(format) == _BOTH | types


def test_our_groups_are_read_as_the_list_s_categories():
    found = {each.key: each.groups for each in written_and_read("bibtex").entries}
    assert found == {each.key: tuple((title,) for title in each.keywords) for each in own_list().entries}


# Anything.

_WORDS = st.sampled_from(
    ["@article{", "@string{", "@comment{jabref-meta: grouping:\n", "@misc(", "k,", "title", "author", "date", " = ", "{", "}", '"', ",", "#", "\\", "\\'", "$",
     "\n", "%", "1 StaticGroup:a\\;0;", "crossref", "k", "eprint", "2306.10933", "10.1/x", " and ", "ü", "\x00", "\\emph", "&lt;", "<i>", ";", "--", "jan", ")"]
)  # fmt: skip


@given(st.lists(_WORDS | st.text(max_size=5), max_size=40).map("".join))
@example('@article{"')
@example("@comment{jabref-meta: grouping:99999999999 StaticGroup:\\;}")
def test_any_text_ends_in_entries_or_in_one_of_our_errors(text):
    try:
        found = read(text, "x.bib")
    except ListError as error:
        assert str(error).startswith("x.bib:")
    else:
        assert all(each.work.title for each in found.entries)


@pytest.mark.parametrize(
    "text",
    [
        "@a{" * 20_000,
        "@article{a,\n" * 20_000,
        "@article{a, title = {x" * 20_000,
        "@article{a, title = {" + "{" * 20_000 + "x" + "}" * 20_000 + "}}",
        "@article{a, title = {" + "\\(" * 20_000 + "}}",
        "@article{a, title = {x}, author = {" + "a and " * 20_000 + "}}",
        "@article{a, title = " + "a # " * 20_000 + "b}",
        "@article{a, title = {x}, keywords = {" + "{,;" * 20_000 + "}" * 20_000 + "}}",
        "@comment{jabref-meta: grouping:" + "1 StaticGroup:a;" * 20_000 + "}",
        "".join(f"@article{{k{i}, title = {{T}}, crossref = {{k{i + 1}}}}}\n" for i in range(300)),
    ],
    ids=range(10),
)
def test_no_text_takes_time_without_end(text):
    start = time.process_time()
    with suppress(ListError):
        read(text, "x.bib")
    assert time.process_time() - start < 10


def test_the_names_of_our_files_are_known():
    assert all(is_bibliography(name) for name in FILES.values())
    assert read(export(own_list(), "bibtex"), "a.bib").name == "a.bib"
