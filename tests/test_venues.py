from __future__ import annotations

import pytest

from llm4rs_bib import load
from llm4rs_bib.venues import short_name


@pytest.mark.parametrize(
    ("title", "short"),
    [
        ("Proceedings of the 17th ACM Conference on Recommender Systems", "RecSys"),
        ("Proceedings of the Twenty-First ACM Conference on Recommender Systems", "RecSys"),
        (
            "Proceedings of the 62nd Annual Meeting of the Association for Computational Linguistics (Volume 1: Long Papers)",
            "ACL",
        ),
        ("Companion Proceedings of the ACM on Web Conference 2025", "WWW Companion"),
        ("The Thirteenth International Conference on Learning Representations", "ICLR"),
        ("Proceedings of the Workshop on Search at the 17th ACM Conference on Recommender Systems", None),
        ("CEUR Workshop Proceedings", None),
        ("Annual Meeting of the Association for Computational Linguistics (Volume 4: Student Research Workshop)", None),
        ("2024 Conference on Empirical Methods in Natural Language Processing (Industry Track)", None),
        ("Proceedings of the 17th ACM International Conference on Web Search and Data Mining (WSDM '24)", "WSDM"),
        ("World Wide Web", None),  # the journal
    ],
)
def test_what_people_call_a_venue(title, short):
    assert short == short_name(title, {})


def test_a_person_s_own_names_win():
    own = {"Proceedings of the Conference on Fungi": "FUN", "ACM Conference on Recommender Systems": "ACM RecSys"}
    assert short_name("Proceedings of the 3rd Conference on Fungi", own) == "FUN"
    assert short_name("Proceedings of the 17th ACM Conference on Recommender Systems", own) == "ACM RecSys"


def test_two_names_that_differ_in_a_number_are_two():
    own = {"17th Conference on Fungi": "F 17", "18th Conference on Fungi": "F 18"}
    assert [short_name(f"{number}th Conference on Fungi", own) for number in (17, 18)] == ["F 17", "F 18"]


def test_the_table_says_what_the_checked_facts_say():
    works = [each.work for each in load().entries if each.work.container_title]
    named = {(short_name(work.container_title, {}), work.venue_short) for work in works if short_name(work.container_title, {})}
    assert all(short == checked for short, checked in named)
    assert len(named) == 18
