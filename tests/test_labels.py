from __future__ import annotations

import pytest

from llm4rs_bib.labels import date, links, venue
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


ARXIV = ["arXiv preprint 2023", "arXiv preprint arXiv:2012.05817", "arXiv:2306.05817v2 [cs.IR]", "CoRR abs/1610.04420 (2016)"]


@pytest.mark.parametrize("label", [None, "", "arXiv'24", "2023.13", "2023.2.30", "to appear", "Foo 2023", "1823", "20245"])
def test_labels_that_are_no_dates(label):
    assert date(label) is None


@pytest.mark.parametrize(
    ("cell", "found"),
    [
        ("[Link](https://github.com/a/b_c)", [("Link", "https://github.com/a/b_c")]),
        ("[Code]( <https://x.org/a> 'T' ), https://y.org/b?c=1&d", [("Code", "https://x.org/a"), ("", "https://y.org/b?c=1&d")]),
        ("[](http://x.org/A_(b)) [mail](mailto:a@b.org) N/A", [("", "http://x.org/A_(b)")]),
        ('<a href="https://github.com/a/b"><img src="https://img.x.org/c.svg"></a>', [("", "https://github.com/a/b")]),
        ("`https://x.org/a`, **https://x.org/b**; https://x.org/c.", [("", f"https://x.org/{each}") for each in "abc"]),
        (
            "https://x.org/a;https://x.org/b，(see https://x.org/c_(d))",
            [("", f"https://x.org/{each}") for each in ("a", "b", "c_(d)")],
        ),
        (
            "[https://x.org/a](local.html) [**Code**](HTTPS://x.org/?a=1&amp;b=2) <https://x.org/c>",
            [("Code", "HTTPS://x.org/?a=1&b=2"), ("", "https://x.org/c")],
        ),
        ("<!-- https://old.org --> https://… [L][1]", []),
        (
            "[![stars](https://img.x.org/a.svg)](https://github.com/a/b) ![alone](https://img.x.org/b)",
            [("", "https://github.com/a/b")],
        ),
        ("N/A", []),
    ],
)
def test_the_addresses_in_a_cell(cell, found):
    assert found == links(cell)


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        (None, ("", None)),
        ("", ("", None)),
        ("WWW'24", ("WWW", 2024)),
        ("WWW’24", ("WWW", 2024)),
        ("RecSys`24", ("RecSys", 2024)),
        ("**RecSys 2024**", ("RecSys", 2024)),
        ("SIGIR ' 24", ("SIGIR", 2024)),
        ("AAAI-24", ("AAAI", 2024)),
        ("Recsys'99", ("Recsys", 1999)),
        ("KDD 2024", ("KDD", 2024)),
        ("KDD2024,", ("KDD", 2024)),
        ("ICLR'2024", ("ICLR", 2024)),
        ("(Findings of) ACL-24", ("Findings of ACL", 2024)),
        ("EMNLP 2023 [Findings]", ("EMNLP Findings", 2023)),
        ("WWW'24 Companion", ("WWW Companion", 2024)),
        ("SIGIR-AP 2023", ("SIGIR-AP", 2023)),
        ("TOIS", ("TOIS", None)),
        ("IJCAI-ECAI 22", ("IJCAI-ECAI 22", None)),
        ("Nature 620", ("Nature 620", None)),
        ("2024", ("", 2024)),
        ("2023.6 / TOIS'24", ("TOIS", 2024)),
        ("arXiv:2012.05817, 2023", ("arXiv", 2023)),
        ("ACL 2021 (arXiv:2012.05817)", ("ACL arXiv", 2021)),
    ],
)
def test_the_venue_and_the_year_of_a_label(label, expected):
    assert expected == venue(label)


ARXIV = ["arXiv preprint 2023", "arXiv preprint arXiv:2012.05817", "arXiv:2306.05817v2 [cs.IR]", "CoRR abs/1610.04420 (2016)"]


@pytest.mark.parametrize("label", [None, "", "2024", "arXiv 2023", "CoRR'23", "preprint", "N/A", "Under Review", *ARXIV])
def test_labels_that_name_no_place_of_publication(label):
    assert venue(label).is_preprint


@pytest.mark.parametrize("label", ["WWW'24", "arXiv Letters"])
def test_labels_that_name_one(label):
    assert not venue(label).is_preprint
