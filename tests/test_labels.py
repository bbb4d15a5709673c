from __future__ import annotations

import pytest

from llm4rs_bib.labels import date
from llm4rs_bib.model import PartialDate


@pytest.mark.parametrize(
    ("label", "parts"),
    [
        ("2023.6", (2023, 6)),
        ("2023.10", (2023, 10)),
        ("2023-06-19", (2023, 6, 19)),
        ("2023/6", (2023, 6)),
        (" 2023 ", (2023,)),
        ("June 2023", (2023, 6)),
        ("Sept. 2023", (2023, 9)),
        ("Jun 19, 2023", (2023, 6, 19)),
    ],
)
def test_dates_of_lists(label, parts):
    assert PartialDate(*parts) == date(label)


@pytest.mark.parametrize("label", [None, "", "arXiv'24", "2023.13", "2023.2.30", "to appear", "Foo 2023", "1823", "20245"])
def test_labels_that_are_no_dates(label):
    assert date(label) is None
