from __future__ import annotations

import re

import bibtexparser
import pytest
from entries import bibliography, entry, found
from hypothesis import given
from hypothesis import strategies as st
from pybtex.database import parse_string
from strategies import WORKS

from llm4rs_bib import Category, Listing, Name, Options, PartialDate, Work
from llm4rs_bib.export import render

X = (Name(family="X"),)


@pytest.mark.parametrize(
    ("type", "container", "publisher", "more"),
    [
        ("article-journal", "journal", None, {}),
        ("paper-conference", "booktitle", "publisher", {}),
        ("chapter", "booktitle", "publisher", {}),
        ("book", None, "publisher", {}),
        ("thesis", None, "school", {"type": "Thesis"}),
        ("report", None, "institution", {"type": "Report"}),
        ("preprint", None, None, {}),
        ("webpage", None, None, {}),
        ("dataset", None, None, {}),
        ("document", None, None, {}),
    ],
)
def test_where_the_container_and_the_publisher_go(type, container, publisher, more):
    work = entry(type=type, container_title="Sea", publisher="P")
    for dialect, names in (("bibtex", {}), ("biblatex", {"journal": "journaltitle", "school": "institution"})):
        (block,) = bibtexparser.parse_string(render(bibliography(work), dialect)).entries
        places = {names.get(container, container): "Sea", names.get(publisher, publisher): "P"}
        expected = {"title": "Title", "key": "key", **places, **more, "keywords": r"{Sea, Salt \& Co; more}"}
        assert {name: value for name, value in expected.items() if name} == {field.key: field.value for field in block.fields}


def test_the_types_of_biblatex():
    types = ("preprint", "webpage", "document", "dataset", "thesis", "report", "paper-conference")
    text = render(bibliography(*(entry(type, type=type) for type in types)), "biblatex")
    assert re.findall(r"(?m)^@(\w+)\{(.+),$", text) == [
        ("online", "preprint"),
        ("online", "webpage"),
        ("misc", "document"),
        ("misc", "dataset"),
        ("thesis", "thesis"),
        ("report", "report"),
        ("inproceedings", "paper-conference"),
    ]


def test_what_only_biblatex_has():
    work = Work(
        type="paper-conference", title="Title", authors=X, container_title="Proceedings of the ACM Conference on Recommender Systems",
        venue_short="RecSys", issued=PartialDate(2024, 5),
    )  # fmt: skip
    text = render(bibliography(found(work, aliases=("old_2023", "older"))), "biblatex")
    assert text.splitlines()[:7] == [
        "@inproceedings{key,",
        "  ids         = {old_2023, older},",
        "  title       = {Title},",
        "  author      = {{X}},",
        "  booktitle   = {Proceedings of the {ACM} Conference on Recommender Systems},",
        "  eventtitle  = {RecSys},",
        "  date        = {2024-05},",
    ]
    assert "eventtitle" not in render(bibliography(found(work)), "biblatex", Options(venue="short"))


def test_only_titles_hold_markup():
    work = entry(container_title="Journal <b> of $x_1", publisher="P $ <i>", type="chapter", authors=X)
    text = render(bibliography(work), "bibtex")
    assert "booktitle   = {Journal {\\textless}b{\\textgreater} of \\$x\\_1}" in text
    assert "publisher   = {P \\$ {\\textless}i{\\textgreater}}" in text


def test_identifiers_are_never_escaped():
    text = render(bibliography(entry(doi="10.1002/(SICI)1<2::AID_3>3.0;2-#", authors=X)), "bibtex")
    assert "doi         = {10.1002/(SICI)1<2::AID_3>3.0;2-#}" in text
    assert "url         = {https://doi.org/10.1002/(SICI)1<2::AID_3>3.0;2-#}" in text


def test_what_would_break_an_address_is_percent_encoded():
    alone = entry(type="webpage", url="https://x.org/{a}?b=\\c d$e_f~%20&#g")
    assert "url         = {https://x.org/%7Ba%7D?b=%5Cc%20d%24e_f~%20&#g}" in render(bibliography(alone), "bibtex")


def test_names_as_bibtex_splits_them():
    names = {
        Name(family="van den Oord", given="Aäron"): "van den Oord, Aäron",
        Name(family="Kaiser", given="Łukasz Élie-Øre"): r"Kaiser, {\L}ukasz {\'E}lie-{\O}re",
        Name(family="Özgür", given="Çağlar"): r"{\"O}zgür, {\c{C}}ağlar",
        Name(family="King", suffix="Jr.", given="Martin"): "King, Jr., Martin",
        Name(family="Low", suffix="Jr., III", given="M"): "Low, Jr. III, M",
        Name(family="Foo and Bar", given="A"): "{Foo and Bar}, A",
        Name(family="And", given="and"): "{And}, {and}",
        Name(family="smith", given="john"): "{smith}, john",
        Name(family="al-Farabi", given="A"): "{al-Farabi}, A",
        Name(family="Núñez y Nuño", given="A"): r"N{\'u}{\~n}ez {y} Nuño, A",
        Name(family="von smith", given="A"): "von {smith}, A",
        Name(family="van der Berg", given="A"): "van der Berg, A",
        Name(family="Guð", given="A"): "Guð, A",
        Name(family="X=y", given="A"): "X{=}y, A",
        Name(family="Plato"): "{Plato}",
        Name(family="Solo", suffix="III"): "Solo, III, {}",
        Name(family="&", given="A"): r"{\&}, A",
        Name(literal="AT&T Labs"): r"AT{\&}{T Labs}",
        Name(literal="Grünes Lab"): r"Gr{\"u}{nes Lab}",
        Name(family="O’Neill", given="N’Go"): r"O{\textquoteright}Neill, N’Go",
        Name(literal="Barnes and Noble, Inc."): "{Barnes and Noble, Inc.}",
        Name(literal="Électricité & Co"): r"{\'E}le{ctricité \& Co}",
        Name(family="Ngọc", given="Ị"): r"Ng{\d{o}}c, {\d{I}}",
        Name(family="Ṣẹ́gun", given="Ṣẹ́"): "{\\d{S}}ẹ́gun, {\\d{S}}ẹ́",  # two accents: no reader takes a command
        Name(family="王", given="小明"): "王, 小明",
    }
    text = render(bibliography(entry(authors=tuple(names))), "bibtex")
    (authors,) = re.findall("(?m)^  author      = {(.*)},$", text)
    assert list(names.values()) == re.split(" and (?![^{}]*})", authors)


def test_dates_and_pages():
    text = render(
        bibliography(entry(issued=PartialDate(2024, 5, 3), pages="1-2, 5-7, A-12-A-20", volume="3--4", authors=X)), "bibtex"
    )
    assert re.findall(r"(?m)^  ((?:volume|pages|year|month|day) .*),$", text) == [
        "volume      = {3-4}",
        "pages       = {1--2, 5--7, A-12--A-20}",
        "year        = {2024}",
        "month       = may",
        "day         = {3}",
    ]


def test_a_note_for_classic_styles_when_it_is_asked_for():
    preprint = bibliography(entry(type="preprint", arxiv_id="2401.00001"), entry("b", arxiv_id="2401.00002"))
    assert "howpublished" not in render(preprint, "bibtex")
    assert re.findall("howpublished.*", render(preprint, "bibtex", Options(classic_note=True))) == [
        "howpublished = {arXiv:2401.00001},"
    ]


def test_fields_are_chosen():
    one = bibliography(entry(doi="10.1145/x", authors=X))
    assert render(one, "bibtex", Options(fields=("title", "doi"))) == (
        "@article{key,\n  title       = {Title},\n  doi         = {10.1145/x}\n}\n"
    )
    assert render(one, "bibtex", Options(without=("groups", "keywords", "url"))) == (
        "@article{key,\n  title       = {Title},\n  author      = {{X}},\n  doi         = {10.1145/x}\n}\n"
    )


def test_groups_nest_as_the_categories_do():
    headings = {"a": ("1. A; B\\C", 1), "b": ("{B} @ b", 2), "c": ("C", 3), "d": ("D", 2), "e": ("E", 1)}
    categories = {slug: Category(slug=slug, heading=heading, level=level) for slug, (heading, level) in headings.items()}
    works = [
        found(
            Work(type="book", title="T"), key=key, listed=tuple((categories[slug], Listing(id=key, title="T")) for slug in slugs)
        )
        for key, slugs in {"one": "c", "two": "ce", "three": "aa"}.items()
    ]
    text = render(bibliography(*works, categories=tuple(categories.values())), "bibtex")
    assert text[text.index("@comment") :] == (
        "@comment{jabref-meta: groupsversion:3;}\n"
        "\n"
        "@comment{jabref-meta: groupstree:\n"
        "0 AllEntriesGroup:;\n"
        "1 ExplicitGroup:A\\\\\\; B\\\\\\\\C\\;0\\;three\\;;\n"
        "2 ExplicitGroup:(B) ＠ b\\;0\\;;\n"
        "3 ExplicitGroup:C\\;0\\;one\\;two\\;;\n"
        "1 ExplicitGroup:E\\;0\\;two\\;;\n"
        "}\n"
    )


@given(st.lists(WORKS, max_size=3), st.sampled_from(["bibtex", "biblatex"]))
def test_any_work_is_read_back_by_two_parsers(works, dialect):
    entries = [entry(key=f"k{i}", **{name: getattr(work, name) for name in work.__slots__}) for i, work in enumerate(works)]
    text = render(bibliography(*entries), dialect)
    library = bibtexparser.parse_string(text)
    assert library.failed_blocks == []
    assert [each.key for each in entries] == [block.key for block in library.entries]
    assert [each.key for each in entries] == list(parse_string(text, "bibtex").entries)
