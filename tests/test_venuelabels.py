"""What the labels of lists say of venues."""

from __future__ import annotations

import pytest
from fakes import RECSYS, published

from llm4rs_bib.labels import Venue
from llm4rs_bib.venuelabels import has_no_dois, is_called, is_side_event, kind_of_venue, may_abbreviate, venue_agrees

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


@pytest.mark.parametrize(
    ("label", "container", "fields", "agrees"),
    [
        (Venue("RecSys", 2024), RECSYS, {}, True),
        (Venue("RecSys", 2023), RECSYS, {}, True),
        (Venue("RecSys", 2022), RECSYS, {}, False),
        (Venue("RecSys", None), RECSYS, {}, True),
        (Venue("arXiv", 2022), RECSYS, {}, None),
        (Venue("RecSys", 2024), None, {}, None),
        (Venue("KDD", 2024), RECSYS, {}, False),
        (Venue("RecSys", 2024), "RecSys Workshop on Seas", {}, False),
        (Venue("KDD", 2024), "Sea Letters", {"kind": "journal-article"}, False),
        (Venue("KDD", 2024), "Sea Letters", {}, None),
        (Venue("Gulls", 2024), "Sea Letters", {"kind": "journal-article"}, False),
    ],
)
def test_whether_a_record_is_at_the_list_s_venue(label, container, fields, agrees):
    assert venue_agrees(label, published("10.1000/sea", "Sea Air", ("Ann Xi",), container=container, **fields)) is agrees
