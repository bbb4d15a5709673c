"""The public CSL test suite: what passes is listed in data/processor/passing.txt, so that nothing is lost.

After a change of the engine: `cd tests; python -m processor.passing`. Where the fixtures come from: .ci/run.
"""

from __future__ import annotations

import pytest
from processor.passing import LIST, MISSING, bibliographies
from processor.suite_format import rendered

pytestmark = pytest.mark.big

FIXTURES = bibliographies()
PASSING = LIST.read_text(encoding="utf-8").splitlines()
RENEW = "it passes now: cd tests; python -m processor.passing"


@pytest.mark.parametrize("name", FIXTURES or ["no-fixtures"])
def test_fixture_passes_if_it_is_listed(name):
    assert FIXTURES, MISSING
    found, wanted = rendered(FIXTURES[name]), FIXTURES[name].result
    if name in PASSING:
        assert found == wanted
    else:
        assert found != wanted, RENEW


def test_what_is_listed_is_there():
    assert FIXTURES, MISSING
    assert set(PASSING) - set(FIXTURES) == set()


def test_at_least_97_percent_are_listed():
    assert FIXTURES, MISSING
    assert len(set(PASSING)) / len(FIXTURES) >= 0.97
