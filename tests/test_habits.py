from __future__ import annotations

import pytest

from llm4rs_bib.habits import Habits, habits
from llm4rs_bib.model import Listing, PartialDate

POSTED, PUBLISHED = PartialDate(2023, 6, 9), PartialDate(2024, 10)


def rows(**cells):
    """Rows with these cells, by their field."""
    return [
        Listing(id=f"r{number}", title="T", **{name: cell}) for name, each in cells.items() for number, cell in enumerate(each)
    ]


@pytest.mark.parametrize(
    ("labels", "expected"),
    [
        (["2023.10", "2024.1"], "2023.6"),
        (["2023.10", "2024.01"], "2023.06"),
        (["2023.10"], "2023.6"),  # which of the two is not told
        (["2023-10"], "2023-06"),
        (["2023-1"], "2023-6"),
        (["2023/10", "2023/1/2", "2023/1/3"], "2023/6/9"),
        (["2023-10-11"], "2023-06-09"),
        (["2023.1.20"], "2023.6.9"),
        (["Jan 2024"], "Jun 2023"),
        (["January 2024"], "June 2023"),
        (["May 2024", "June 2024"], "June 2023"),
        (["Jan. 2024"], "Jun. 2023"),
        (["Jan, 2024"], "Jun, 2023"),
        (["Jan 31, 2024"], "Jun 9, 2023"),
        (["2024", "2023"], "2024"),  # bare years are those of publication
        (["2024", "2023.1", "2024.2"], "2023.6"),
        (["2024.2", "2024-02"], "2023-06"),  # equally common: the latest
        (["soon", ""], "2023-06"),
        ([], "2023-06"),
    ],
)
def test_a_date_is_written_like_most_others(labels, expected):
    assert habits(rows(date=labels)).date_of(POSTED, PUBLISHED) == expected


@pytest.mark.parametrize(
    ("labels", "posted", "published", "expected"),
    [
        (["2024.2"], PartialDate(2023), None, "2023"),
        (["2024.2.3"], None, PUBLISHED, "2024.10"),
        (["Jan 31, 2024"], None, PUBLISHED, "Oct 2024"),
        (["2024"], POSTED, None, "2023"),
        (["2024"], None, None, None),
        ([], None, PUBLISHED, "2024-10"),
    ],
)
def test_a_date_is_as_fine_as_it_is_known(labels, posted, published, expected):
    assert habits(rows(date=labels)).date_of(posted, published) == expected


@pytest.mark.parametrize(
    ("labels", "expected"),
    [
        (["RecSys'24", "ACL'23"], "WWW'25"),
        (["RecSys 2024"], "WWW 2025"),
        (["RecSys, 2024", "ACL'23", "Findings of ACL, 2024"], "WWW, 2025"),
        (["(KDD 2024)"], "(WWW 2025)"),
        (["KDD-24"], "WWW-25"),
        (["2024 KDD"], "2025 WWW"),
        (["arXiv’24"], "WWW’25"),
        (["KDD'20", "ACL 2020", "WWW 2020"], "WWW 2025"),
        (["2023.6 / TOIS'24", "{KDD} 2024", "KDD 2024 (oral)", "KDD", "2024"], "WWW 2025"),
        ([], "WWW 2025"),
    ],
)
def test_a_venue_is_written_like_most_others(labels, expected):
    assert habits(rows(venue=labels)).venue_of("WWW", 2025) == expected
    assert habits(rows(venue=labels)).venue_of("WWW", None) == "WWW"


@pytest.mark.parametrize(
    ("labels", "elsewhere", "expected"),
    [
        (["arXiv'24", "RecSys'24"], [], "arXiv'25"),
        (["arXiv", "RecSys'24"], [], "arXiv"),
        (["CoRR 2024", "arXiv'24", "CoRR 2023"], [], "CoRR 2025"),
        (["RecSys'24"], ["arXiv'24"], None),  # these rows do not say it
        ([None], ["arXiv'24"], "arXiv'25"),
        (["SSRN 2024", "N/A"], [], None),
    ],
)
def test_a_paper_on_arxiv_is_called_as_the_others_are(labels, elsewhere, expected):
    assert habits(rows(venue=labels), rows(venue=elsewhere)).preprint_of(2025) == expected


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (["[Link](https://a.b/1)", "N/A", "[Link](https://a.b/2)"], "[Link](https://x.y/z)"),
        (["https://a.b/1", "https://a.b/2"], "https://x.y/z"),
        (["[RecBole](https://a.b/1)", "[Other](https://a.b/2)"], "https://x.y/z"),
        (["[A](https://a.b/1) [B](https://a.b/2)"] * 2, "https://x.y/z"),
    ],
)
def test_a_code_link_is_written_as_at_least_two_others_are(cells, expected):
    assert habits(rows(code=cells)).code_of("https://x.y/z") == expected


def test_what_a_category_does_not_show_the_whole_list_does():
    everywhere = rows(date=["2024-01"], venue=["KDD 2024"], code=["[C](https://a.b/1)", "[C](https://a.b/2)"])
    found = habits(rows(date=["2024.1"]), everywhere)
    assert found == Habits(habits(rows(date=["2024.1"])).date, "{name} {year}", None, ("[C](", ")"))
