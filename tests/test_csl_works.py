"""The works that the CSL engine is compared on: the same each time, and of every kind."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from processor.works import works

WORKS = works(1000)
NAMES = [name for work in WORKS for name in work["author"]]


@given(count=st.integers(0, 30), seed=st.integers())
def test_the_same_seed_gives_the_same_works(count, seed):
    made = works(count, seed)
    assert made == works(count, seed)
    assert len({work["id"] for work in made}) == count


def test_another_seed_gives_other_works():
    assert works(10, 1) != works(10, 2)


def test_every_type():
    types = {"article-journal", "paper-conference", "article", "book", "chapter", "thesis", "webpage", "report"}
    assert {work["type"] for work in WORKS} == types


def test_one_to_fifty_authors():
    counts = {len(work["author"]) for work in WORKS}
    assert counts >= {*range(1, 25)}
    assert (min(counts), max(counts)) == (1, 50)


@pytest.mark.parametrize("part", ["dropping-particle", "non-dropping-particle", "suffix", "literal"])
def test_names_with(part):
    assert any(part in name for name in NAMES)


def test_names_in_chinese_and_of_one_word():
    assert any(re.match("[一-鿿]", name.get("family", "")) for name in NAMES)
    assert any(name.keys() == {"family"} for name in NAMES)


@pytest.mark.parametrize("sign", [r"\?", "“", '"', r"\$k\$", "≤", "<sup>", "<i>[^/]*<sub>"])
def test_titles_with(sign):
    assert any(re.search(sign, work["title"]) for work in WORKS)


def test_no_date():
    assert any("issued" not in work for work in WORKS)
