from __future__ import annotations

import json
from dataclasses import replace

import pytest
from conftest import DATA, ROOT
from entries import bibliography, entry, found
from hypothesis import given
from hypothesis import strategies as st
from strategies import WORKS

from llm4rs_bib import Category, Listing, Name, Options, Selection, SelectionError, Work, export, load
from llm4rs_bib.export import FORMATS, render
from llm4rs_bib.export.files import all_files

OF_WORKS = [name for name in FORMATS if name != "list"]  # that one writes the list's rows
DATA_FORMATS = [name for name in OF_WORKS if name != "references"]  # what programs read, whole; lists are for people
SLUGS = ("soil", "fungi", "bacteria", "climate")  # of `other`


@pytest.mark.parametrize("format", DATA_FORMATS)
@pytest.mark.parametrize("name", ["references", "other", "stress"])
def test_the_reviewed_files_to_the_byte(name, format):
    catalogs = {"references": None, "other": DATA / "other", "stress": DATA / "stress"}
    golden = DATA / "golden" / f"{name}.{FORMATS[format].ending}"
    assert golden.read_bytes() == export(load(catalogs[name]), format).encode()


def test_the_committed_exports_are_fresh():
    for name, text in all_files(load(ROOT / "catalog")).items():
        assert text.encode() == (ROOT / "exports" / name).read_bytes(), f"{name}: run llm4rs-bib export --all"


def test_the_files_of_a_list_and_their_index():
    files = all_files(load(DATA / "other"))
    endings = ["bib", "biblatex.bib", "json", "ris", "rdf"]
    assert [
        *(f"references.{ending}" for ending in endings),
        *(f"categories/{slug}.{ending}" for slug in SLUGS for ending in endings),
        *(
            path
            for style in ("compact-numeric", "acm", "ieee", "apa")
            for path in (f"references/{style}.html", *(f"references/{style}/{slug}.md" for slug in SLUGS))
        ),
        "index.md",
    ] == list(files)
    assert (DATA / "golden" / "other-index.md").read_text() == files["index.md"]


def test_no_entries_are_an_empty_file():
    texts = {format: render(bibliography(), format) for format in OF_WORKS}
    assert texts.pop("zotero-rdf").endswith('basic/">\n</rdf:RDF>\n')
    assert texts == {"bibtex": "", "biblatex": "", "csl-json": "[\n]\n", "ris": "", "references": ""}


@pytest.mark.parametrize(
    ("format", "options", "message"),
    [
        ("bibtxe", Options(), "unknown format 'bibtxe'; did you mean bibtex or biblatex?"),
        ("ris", Options(venue="shrt"), "unknown venue form 'shrt'; did you mean short?"),
        ("ris", Options(classic_note=True), "--classic-note is for bibtex, not for ris"),
        ("bibtex", Options(zotero_note=True), "--zotero-note is for csl-json, not for bibtex"),
        ("csl-json", Options(without=("url",)), "--without is for bibtex and biblatex, not for csl-json"),
        ("bibtex", Options(without=("urls",)), "unknown field 'urls'; did you mean url?"),
        ("biblatex", Options(fields=("journal",)), "unknown field 'journal'; did you mean journaltitle or url?"),
    ],
)
def test_what_cannot_be_written(format, options, message):
    with pytest.raises(SelectionError) as caught:
        export(load(DATA / "other"), format, options=options)
    assert message == str(caught.value)


@pytest.mark.parametrize("format", OF_WORKS)
def test_signs_that_no_file_can_hold_are_left_out(format):
    names = (Name(family="Fam\x00ily", given="\ud800Given"), Name(family="\x01"), Name(literal="A\x07 Group"))
    soiled = entry(title="A\x00 ti\x1btle\ud800\ufffe", authors=names, container_title="Sea\x85 Journal", publisher="P\x02")
    names = (Name(family="Family", given="Given"), Name(literal="A Group"))
    clean = entry(title="A title", authors=names, container_title="Sea Journal", publisher="P")
    assert render(bibliography(clean), format) == render(bibliography(soiled), format)


@pytest.mark.parametrize("format", OF_WORKS)
def test_marks_of_writing_direction_stay(format):
    assert "\u200fنظم\u200e" in render(bibliography(entry(title="\u200fنظم\u200e")), format)


@pytest.mark.parametrize("format", DATA_FORMATS)
def test_long_titles_and_lists_of_authors_are_written_whole(format):
    title, names = "Ranking " * 1250, tuple(Name(family=f"Family{i}", given="Given") for i in range(3000))
    text = render(bibliography(entry(title=title.strip(), authors=names)), format)
    assert text.count("Ranking") == 1250
    assert text.count("Family") == 3000
    assert "others" not in text


def test_short_venues_in_all_formats():
    catalog = {"venues": {"Sea Conference": "SeaC"}}
    names = (
        "Proceedings of the 3rd Sea Conference",
        "Proceedings of the 17th ACM Conference on Recommender Systems",
        "Local Notes",
        "Other",
    )
    works = [
        Work(type="paper-conference", title="T", container_title=name, venue_short="LN" if "Local" in name else None)
        for name in names
    ]
    listed = bibliography(
        *(entry(f"k{i}", **{name: getattr(work, name) for name in work.__slots__}) for i, work in enumerate(works)), **catalog
    )
    items = json.loads(render(listed, "csl-json", Options(venue="short")))
    assert [item["container-title"] for item in items] == ["SeaC", "RecSys", "LN", "Other"]
    for format in OF_WORKS:
        text = render(listed, format, Options(venue="short"))
        assert ("SeaC" in text, "Proceedings" in text) == (True, False)


def test_a_preprint_beside_its_paper_has_an_entry_of_its_own():
    published = Work(type="article-journal", title="T", authors=(Name(family="X"),), doi="10.1145/x")
    preprint = Work(type="preprint", title="Old T", arxiv_id="2401.00001", doi="10.48550/arXiv.2401.00001")
    listed = bibliography(found(published, preprint, written=frozenset({"URL"})))
    both = json.loads(export(listed, "csl-json", Selection(version="both")))
    assert [(item["id"], item["title"], item["type"], item.get("URL")) for item in both] == [
        ("key", "T", "article-journal", None),
        ("key-preprint", "Old T", "article", "https://arxiv.org/abs/2401.00001"),
    ]


@given(st.lists(WORKS, max_size=3), st.sampled_from(sorted(DATA_FORMATS)))
def test_any_work_is_written(works, format):
    entries = [replace(entry(f"k{i}"), work=work) for i, work in enumerate(works)]
    text = render(bibliography(*entries), format)
    assert all(f"k{i}" in text for i in range(len(works)))
    assert text.encode().decode() == text


@pytest.mark.parametrize("format", OF_WORKS)
def test_what_a_lock_written_by_hand_may_hold(format):
    soiled = Work(
        type="article-journal", title="a <i>b <sub> $}$", authors=(Name(family=" ", given="A"), Name(family=" B  C ")), pages="1–5",
        container_title="  ", arxiv_id="2401.00001\nER  - ", arxiv_class="cs.IR}\n",
    )  # fmt: skip
    clean = Work(
        type="article-journal", title="a &lt;i&gt;b &lt;sub&gt; &#36;}&#36;", authors=(Name(family="B C"),), pages="1-5",
        arxiv_id="2401.00001 ER -", arxiv_class="cs.IR}",
    )  # fmt: skip
    assert render(bibliography(found(clean)), format) == render(bibliography(found(soiled)), format)
    paper = Work(type="book", title="T")
    assert render(bibliography(found(paper, clean)), format) == render(bibliography(found(paper, soiled)), format)


def test_two_categories_never_share_a_file():
    slugs = [Category(slug=slug, heading=slug) for slug in ("a", "a.biblatex")]
    works = [
        found(Work(type="book", title="T"), key=each.slug, listed=((each, Listing(id=each.slug, title="T")),)) for each in slugs
    ]
    with pytest.raises(SelectionError) as caught:
        all_files(bibliography(*works))
    expected = "categories/a.biblatex.bib would be the file of two categories; give 'a.biblatex' another slug"
    assert str(caught.value) == expected


def test_titles_in_the_index_are_no_markdown():
    index = all_files(bibliography(entry(), title="A|B <div> [x](y) *z* `c` \\_"))["index.md"]
    assert "| A\\|B \\<div> \\[x\\](y) \\*z\\* \\`c\\` \\\\\\_ | 1 |" in index
