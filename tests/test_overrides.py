from __future__ import annotations

import pytest

from llm4rs_bib.model import Name, PartialDate, Work
from llm4rs_bib.overrides import overridden, read_override


def test_pages_by_hand_stand_for_an_article_number_too():
    work = Work(type="article-journal", title="T", article_number="60")
    assert overridden(work, {"page": None}) == Work(type="article-journal", title="T")


def test_overrides_win_field_by_field():
    work = Work(type="preprint", title="Old", pages="1-2", doi="10.1/x")
    new = overridden(work, {"title": "New", "DOI": None, "author": ("Doe, Jane",), "issued": "2024-03"})
    expected = Work(
        type="preprint", title="New", pages="1-2", authors=(Name(family="Doe", given="Jane"),), issued=PartialDate(2024, 3)
    )
    assert expected == new


@pytest.mark.parametrize(
    ("variable", "written", "value"),
    [
        ("DOI", "https://doi.org/10.1145/X", "10.1145/X"),
        ("page", "10--19", "10-19"),
        ("page", "e1, 3 – 4", "e1, 3-4"),
        ("title", " By\n<i>Hand < ", "By &lt;i&gt;Hand &lt;"),
        ("author", ("Doe,  Jane\u0007",), (Name(family="Doe", given="Jane"),)),
        ("publisher", None, None),
    ],
)
def test_what_a_person_wrote_is_put_in_the_model_s_form(variable, written, value):
    assert value == read_override(variable, written)


@pytest.mark.parametrize(
    ("variable", "value", "message"),
    [
        ("DOY", "x", "unknown variable 'DOY'; did you mean DOI?"),
        ("author", "Doe, Jane", "must be a list of names"),
        ("volume", ("1",), "must be text, not a list"),
        ("title", None, "cannot be removed"),
        ("issued", "spring", "'spring' is not a date"),
        ("type", "poem", "unknown type 'poem'; known: article-journal"),
        ("DOI", "soon", "'soon' is no DOI"),
    ],
)
def test_a_wrong_override_is_refused(variable, value, message):
    with pytest.raises(ValueError, match=message):
        read_override(variable, value)


def test_another_container_has_another_short_name():
    found = Work(type="paper-conference", title="T", container_title="Proceedings", venue_short="WSDM")
    assert overridden(found, {"container-title": "Letters"}).venue_short is None
    assert overridden(found, {"container-title": None}).venue_short is None
    assert overridden(found, {"page": "1"}).venue_short == "WSDM"
