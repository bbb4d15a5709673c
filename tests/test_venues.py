from __future__ import annotations

import pytest

from llm4rs_bib import load
from llm4rs_bib.venues import has_no_dois, is_called, is_side_event, kind_of_venue, may_abbreviate, short_name


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


AT_RECSYS = "Proceedings of the Workshop on Search at the 17th ACM Conference on Recommender Systems"


@pytest.mark.parametrize(
    ("title", "label"),
    [
        ("Proceedings of the 17th ACM Conference on Recommender Systems", "RecSys"),
        ("Proceedings of the 17th ACM Conference on Recommender Systems", "recsys"),
        ("Companion Proceedings of the ACM Web Conference 2024", "WWW"),
        ("Proceedings of the ACM Web Conference 2024", "TheWebConf"),
        ("Findings of the Association for Computational Linguistics: ACL 2023", "ACL"),
        ("Advances in Neural Information Processing Systems 36", "NIPS"),
        ("2024 IEEE 40th International Conference on Data Engineering (ICDE)", "ICDE"),
        ("Machine Learning and Knowledge Discovery in Databases", "ECML-PKDD"),
        ("ACM Transactions on Information Systems", "TOIS"),
        ("Knowledge-Based Systems", "KBS"),
        ("World Wide Web", "WWWJ"),
        ("Nature", "nature"),
        ("SIGIR Workshop on eCom", "SIGIRW"),
        (AT_RECSYS, "RecSysW"),
        ("Proceedings of the 5th Workshop on Online Recommender Systems (ORSUM)", "ORSUM"),
        ("International Journal of Computer Vision", "IJCV Oral"),
        ("IEEE Transactions on Software Engineering", "TSE"),
        ("Physics Letters B", "Phys. Lett. B"),
        ("PLOS Computational Biology", "PLOS Comput Biol"),
        ("Journal of the Society of Gulls", "J. Soc. Gulls"),
    ],
)
def test_labels_that_stand_for_a_venue(title, label):
    assert is_called(title, label)


@pytest.mark.parametrize(
    ("title", "label"),
    [
        (AT_RECSYS, "RecSys"),
        ("World Wide Web", "WWW"),
        ("SIGIR Workshop on eCom", "SIGIR"),
        ("RecSys Posters", "RecSys"),
        ("ACM Transactions on Knowledge Discovery from Data", "TKDE"),
        ("Proceedings of the 17th ACM Conference on Recommender Systems", "RecSysW"),
        ("Proceedings of the 17th ACM Conference on Recommender Systems", "KDD"),
        ("Expert Systems", "E"),
        ("KDDCup Notes", "KDD"),
        (AT_RECSYS, "SIGIRW"),
        ("Workshop on Search at the Web Conference", "WWW"),
        ("Physics Letters B", "Phys. Lett. A"),
        ("Physics Letters B", "Phys. Lett."),
        ("Nature Communications", "Nature"),
    ],
)
def test_labels_that_stand_for_another_venue(title, label):
    assert not is_called(title, label)


@pytest.mark.parametrize(
    ("label", "container", "may"),
    [
        ("TPAMI", "IEEE Transactions on Pattern Analysis and Machine Intelligence", True),
        ("EMSE", "Empirical Software Engineering", True),
        ("JASIST", "Journal of the Association for Information Science and Technology", True),
        ("NeuroIm", "NeuroImage", True),
        ("Phys. Lett. B", "Physics Letters B", True),
        ("Gull Letters (Oral)", "Gull Letters", True),
        ("WWWJ", "World Wide Web", True),
        ("ABC", "Sea Letters", True),  # three letters say too little
        ("TOIS", "World Journal of Innovative Studies", False),
        ("JASIST", "Journal of Sea Animals", False),
        ("Gulls", "Sea Letters", False),
        ("AB" * 40, "a b " * 40, True),
        ("ABAB" + "C" * 80, "a b " * 1000, False),
    ],
)
def test_what_may_be_short_for_a_journal(label, container, may):
    assert may_abbreviate(label, container) is may


@pytest.mark.parametrize(
    ("label", "has_none"), [("ICLR", True), ("ICLR Oral", True), ("TMLR", True), ("CEUR", True), ("KDD", False), ("", False)]
)
def test_venues_whose_papers_have_no_dois(label, has_none):
    assert has_no_dois(label) is has_none


@pytest.mark.parametrize(
    ("label", "kind"),
    [
        ("KDD", "conference"),
        (" kdd ", "conference"),
        ("NIPS", "conference"),
        ("ACM MM", "conference"),
        ("TOIS", "journal"),
        ("jmlr", "journal"),
        ("SIGIRW", None),
        ("Nature", None),
        ("", None),
    ],
)
def test_kinds_of_venues(label, kind):
    assert kind == kind_of_venue(label)


@pytest.mark.parametrize(
    ("name", "is_side"),
    [
        ("Workshop on Search", True),
        ("SIGIRW", True),
        ("Posters and Demos", True),
        ("Doctoral Symposium", True),
        ("Tutorials of KDD", True),
        ("RecSys", False),
        ("WSDM", False),
        ("W", False),
        ("WWW", False),
        ("Journal of Demography", False),
    ],
)
def test_side_events(name, is_side):
    assert is_side == is_side_event(name)
