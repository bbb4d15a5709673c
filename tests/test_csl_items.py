"""Works as people and programs hand them over: odd shapes are read or left out, and never stop a list."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from llm4rs_bib.csl import bibliography
from llm4rs_bib.csl.datevalues import date_of
from llm4rs_bib.csl.items import DATES, NAMES, VARIABLES
from llm4rs_bib.errors import SelectionError

STYLE = """\
<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0"><citation><layout><text variable="title"/></layout></citation>
<bibliography><sort><key variable="volume"/></sort><layout><group delimiter="; "><names variable="author"><name initialize-with="."/></names>
<text variable="title" text-case="title"/><date variable="issued" form="text"/><number variable="volume" form="roman"/>
<text variable="page"/></group></layout></bibliography></style>"""


def printed(item, style=STYLE):
    (reference,) = bibliography([item], style).references
    return reference.text


@pytest.mark.parametrize(
    ("issued", "text"),
    [
        ({"date-parts": [[2020, 5, 7]]}, "May 7, 2020"),
        ({"date-parts": [["2020", "05"]]}, "May 2020"),
        ({"date-parts": [[2020.0, 5.0]]}, "May 2020"),
        ({"date-parts": [2020, 5]}, "May 2020"),
        ([[2020, 5]], "May 2020"),
        ([2020], "2020"),
        (2020, "2020"),
        ("2020", "2020"),
        ("2020-05-07", "May 7, 2020"),
        ("2020-05-07T12:00:00Z", "May 7, 2020"),
        ("2020-05/2021-06", "May 2020–June 2021"),
        ({"raw": "2020-05"}, "May 2020"),
        ({"raw": "spring 1999"}, "spring 1999"),
        ({"literal": "in press"}, "in press"),
        ({"date-parts": [[2020]], "season": "2"}, "Summer 2020"),
        ({"date-parts": [[2020, 21]]}, "Spring 2020"),
        ({"date-parts": [[-44]]}, "44 BC"),
        ({"date-parts": [[2020, 99, 99]]}, "2020"),
    ],
)
def test_dates_in_all_shapes(issued, text):
    assert printed({"id": "a", "issued": issued}) == text


@pytest.mark.parametrize(
    "issued", [None, {}, [], "", True, {"date-parts": []}, {"date-parts": [[None]]}, {"date-parts": "2020"}, {"year": 2020}]
)
def test_what_is_no_date_is_none(issued):
    assert date_of(issued) is None


@pytest.mark.parametrize(
    ("author", "text"),
    [
        ([{"family": "Lee", "given": "Ann"}], "A. Lee"),
        ({"family": "Lee", "given": "Ann"}, "A. Lee"),
        (["A Group", None, {}, 3, {"family": " "}], "A Group"),
        ("A Group", "A Group"),
        ([{"given": "Plato"}], "Plato"),
        ([{"family": "Lee", "given": None}], "Lee"),
        ([{"family": "van der Berg", "given": "Jan, Jr."}], "J. van der Berg Jr."),
        ([{"family": '"van Berg"', "given": "Jan"}], "J. van Berg"),
        ([{"family": "王", "given": "小明"}], "王小明"),
    ],
)
def test_names_in_all_shapes(author, text):
    assert printed({"id": "a", "author": author}).startswith(text)


def test_numbers_that_are_too_long_for_a_number_are_texts():
    assert (
        printed({"id": "a", "volume": "9" * 5000, "page": f"{'1' * 5000}-{'2' * 5000}"})
        == f"{'9' * 5000}; {'1' * 5000}–{'2' * 5000}"
    )


def test_a_page_range_format_that_is_none_leaves_the_pages():
    assert printed({"id": "a", "page": "101-9"}, STYLE.replace("<style ", '<style page-range-format="odd" ', 1)) == "101–9"


def test_notes_hold_variables_that_the_work_lacks():
    note = "volume: 4\nauthor: Lee || Ann\nauthor: Poe || Ed\ntitle: not this\nmood: fine\n: x"
    assert printed({"id": "a", "title": "the title", "note": note}) == "A. Lee, E. Poe; The Title; iv"


@pytest.mark.parametrize(
    ("items", "message"),
    [
        ({"id": "a"}, "works must come in a list, not as a dict"),
        ("[]", "works must come in a list, not as a str"),
        (None, "works must come in a list, not as a NoneType"),
        ([{"id": "a"}, "b"], "item 2 is no work in CSL-JSON but a str"),
    ],
)
def test_what_is_no_list_of_works_is_told(items, message):
    with pytest.raises(SelectionError, match=message):
        bibliography(items, STYLE)


ODD = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["family", "given", "literal", "date-parts", "raw"]), inner)
    ),
    max_leaves=6,
)


@given(
    st.lists(st.dictionaries(st.sampled_from(sorted(VARIABLES | NAMES | DATES | {"id", "type"})), ODD, max_size=6), max_size=4)
)
def test_whatever_the_fields_hold_each_work_has_its_entry(items):
    assert len(bibliography(items, STYLE, to="html").references) == len(items)
