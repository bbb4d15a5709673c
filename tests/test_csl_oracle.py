"""Our references and citeproc-js's, on the project's works and on a thousand made up: each difference is listed, with its reason.

After a change of the engine: `cd tests; python -m processor.differences`, then read the diff of data/processor/differences.json.
"""

from __future__ import annotations

import pytest
from processor import differences
from processor.lists import STYLES, lists

WRITTEN = differences.written()


def without_reasons(listed):
    return {id: {side: text for side, text in both.items() if side != "reason"} for id, both in listed.items()}


@pytest.mark.big
@pytest.mark.parametrize("style", STYLES)
def test_the_differences_are_those_listed(style):
    assert differences.found()[style] == without_reasons(WRITTEN["styles"][style])


@pytest.mark.parametrize("style", STYLES)
def test_at_least_99_percent_are_equal(style):
    assert len(WRITTEN["styles"][style]) <= sum(map(len, lists(style))) / 100


def test_each_difference_has_a_reason_and_each_reason_a_difference():
    given = {each["reason"] for listed in WRITTEN["styles"].values() for each in listed.values()}
    assert given == WRITTEN["reasons"].keys()


def test_no_style_is_listed_that_is_not_there():
    assert WRITTEN["styles"].keys() == STYLES.keys()


def test_entries_to_move_are_as_few_as_do():
    assert differences.longest_rise([4, 0, 1, 3, 2, 5]) == {0, 1, 2, 5}
