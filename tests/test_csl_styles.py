"""Ten hard items (data/processor/hard.json) in the 2,759 official styles that print a list.

After a change of the engine: `cd tests; python -m processor.styles`, which tells what differs and writes the lists anew.
"""

from __future__ import annotations

import pytest
from processor import styles

pytestmark = pytest.mark.long


@pytest.fixture(scope="module")
def rows():
    return styles.rows(styles.with_bibliography())


def test_no_style_fails(rows):
    assert {row.style: row.fault for row in rows if row.fault} == {}


def test_each_item_has_its_entry(rows):
    ids = {item["id"] for item in styles.HARD}
    assert [row.style for row in rows if row.found.keys() != ids] == []


def test_empty_entries_are_those_listed(rows):
    assert styles.empty(rows) == styles.listed("empty.txt")


def test_citeproc_js_fails_where_it_is_listed(rows):
    assert styles.thrown(rows) == styles.listed("thrown.txt")


def test_at_least_95_percent_of_the_entries_are_equal(rows):
    equal, count = styles.equal(rows)
    assert count > 27_000
    assert equal / count >= 0.95
