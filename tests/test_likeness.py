from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import TEXT

from llm4rs_bib.likeness import distance, equal, likeness, misspelt, names_model, nearly_equal, overlap, words
from llm4rs_bib.model import Name


@pytest.mark.parametrize(
    ("title", "found"),
    [
        ("C++ &amp; C# in F", ("c++", "and", "c#", "in", "f")),
        ("A* and RRT* beat noise*", ("a#", "and", "rrt#", "beat", "noise")),
        ("<i>β</i>-VAE: $\\mathcal{O}(n^2)$ R²", ("beta", "vae", "o", "n2", "r2")),
        ("User's ‘Größe’ ﬁne", ("users", "grosse", "fine")),
        ("GPT-4 LLM4Rec 3.5, 1/2", ("gpt", "4", "llm4rec", "3.5", "1/2")),
        ("推荐 系统", ("推荐", "系统")),
        ("snake_case &lt; <b>x</b> ≠ C♯", ("snake", "case", "<", "x", "<>", "c#")),
        ("$a \\leq b$, $\\infty$ ≤ √2", ("a", "≤", "b", "∞", "≤", "2")),
        ("$\\sqrt{s}=13$ TeV", ("s", "=", "13", "tev")),
        ("?!", ()),
    ],
)
def test_the_words_of_a_title(title, found):
    assert found == words(title)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("LLM4Rec: A  Survey", "LLM 4 REC a survey"),
        ("Attention-based <i>Naïve</i> Bayes", "attention based naive bayes"),
        ("β-VAE & Users'", "$\\beta$-VAE and User's"),
        ("Data-Driven R²ec", "Datadriven R2ec"),
    ],
)
def test_titles_that_are_one(one, other):
    assert equal(one, other)
    assert equal(other, one)


APART = [
    ("NoteLLM: Notes on Notes", "NoteLLM-2: Notes on Notes"),
    ("The C Language of Queries", "The C++ Language of Queries"),
    ("The C# Language of Queries", "The C++ Language of Queries"),
    ("A Search for A Star Nodes", "A* Search for A Star Nodes"),
    ("What GPT-3 Recommends", "What GPT-4 Recommends"),
    ("The Challenge of 2023", "The Challenge of 2024"),
    ("Ranking by R²ec", "Ranking by Rec"),
    ("Diets for Hypertension", "Diets for Hypotension"),
    ("On Explicit Feedback", "On Implicit Feedback"),
    ("Supervised Ranking", "Unsupervised Ranking"),
    ("Intrinsic Rewards", "Extrinsic Rewards"),
    ("Symmetric Losses", "Asymmetric Losses"),
    ("Interactive Tables", "Inactive Tables"),
    ("Notes on Notes, Part I", "Notes on Notes, Part II"),
    *[
        (f"{kind}: Notes on Old Notes", "Notes on Old Notes")
        for kind in (
            "Erratum",
            "Correction",
            "Corrigendum",
            "Retraction",
            "Reply",
            "Comment",
            "Survey",
            "Review",
            "Poster",
            "RETRACTED",
        )
    ],
    ("Retraction Note: Notes on Old Notes", "Notes on Old Notes"),
    ("KAR: Notes on Old Notes", "Notes on Old Notes"),  # unless that is the listed model
    ("Sulfate in Old Soil", "Sulfite in Old Soil"),
    ("A Good Recommendation", "A Good Recomendation"),
]


@pytest.mark.parametrize(("one", "other"), APART, ids=lambda title: title)
def test_titles_that_are_two(one, other):
    for first, second in ((one, other), (other, one)):
        assert not equal(first, second)
        assert not nearly_equal(first, second)
        assert not nearly_equal(first, second, "LLM-Rec")


@pytest.mark.parametrize(
    ("one", "other", "model"),
    [
        ("Graphs of Users", "Graph of Users", ""),
        ("Colour of Things", "Color of Things", ""),
        ("Personalised Ranking", "Personalized Ranking", ""),
        ("Analysing Users", "Analyzing Users", ""),
        ("Modelling the Data Centre", "Modeling the Data Centre", ""),
        ("The Data Centres", "The Data Center", ""),
        ("KAR: Notes on Old Notes", "Notes on Old Notes", "KAR"),
        ("LLM-Rec: Notes on Old Notes", "Notes on Old Notes", "LLM-Rec"),
    ],
)
def test_titles_that_are_nearly_one(one, other, model):
    assert nearly_equal(one, other, model)
    assert nearly_equal(other, one, model)
    assert not equal(one, other)


@pytest.mark.parametrize(
    ("one", "other", "is_slip"),
    [
        ("A Good Recommendation", "A Good Recomendation", True),
        ("Sulfate in Soil", "Sulfite in Soil", True),  # why a person is asked
        ("A Good Recommendation", "A Goood Recomendation", False),
        ("A Good Recommendation", "A Bad Recommendation", False),
        ("What GPT-30000 Does", "What GPT-30001 Does", False),
        ("Explicit Feedback", "Implicit Feedback", False),
        ("Recommendation", "Recommendation Again", False),
    ],
)
def test_titles_that_may_be_misspelt(one, other, is_slip):
    assert misspelt(one, other) == misspelt(other, one) == is_slip


@pytest.mark.parametrize(
    ("one", "other", "share"),
    [
        ("Ranking with Large Models", "Large Models for Rankings", 1.0),
        ("Ranking Users", "Ranking Items", 0.5),
        ("Ranking Users", "Baking Bread", 0.0),
        ("Ranking GPT-3 Users", "Ranking GPT-4 Users", 0.0),
        ("Ranking C Users", "Ranking C++ Users", 0.0),
        ("Erratum: Ranking Users", "Ranking Users", 0.8),
        ("The", "The", 0.0),
        ("", "Ranking", 0.0),
    ],
)
def test_the_share_of_words_in_common(one, other, share):
    assert share == likeness(one, other) == likeness(other, one)


@given(TEXT, TEXT)
def test_likeness_and_equality_are_symmetric(one, other):
    assert equal(one, one)
    assert equal(one, other) == equal(other, one)
    assert nearly_equal(one, other) == nearly_equal(other, one)
    assert 0 <= likeness(one, other) == likeness(other, one) <= 1


@given(st.sampled_from([title for pair in APART for title in pair]), st.sampled_from(["+", "#", "2"]), st.integers(0, 9))
def test_a_digit_or_a_sign_more_makes_another_title(title, sign, at):
    parts = title.split()
    at %= len(parts)
    changed = " ".join([*parts[:at], parts[at].rstrip(":,") + sign, *parts[at + 1 :]])
    assert not equal(title, changed)
    assert not nearly_equal(title, changed)
    assert likeness(title, changed) == 0


SHORT = st.text("abcé", max_size=6)


@given(SHORT, SHORT, SHORT)
def test_distance_is_a_metric(a, b, c):
    assert (distance(a, b) == 0) == (a == b)
    assert distance(a, b) == distance(b, a)
    assert distance(a, c) <= distance(a, b) + distance(b, c)
    assert abs(len(a) - len(b)) <= distance(a, b) <= max(len(a), len(b))


@pytest.mark.parametrize(
    ("one", "other", "edits"), [("", "abc", 3), ("abc", "abd", 1), ("kitten", "sitting", 3), ("ab", "ba", 2)]
)
def test_letters_to_change(one, other, edits):
    assert edits == distance(one, other)


LI, ROE, XI = Name(family="Li", given="J."), Name(family="Roe", given="Max"), Name(family="Xi")


@pytest.mark.parametrize(
    ("one", "other", "shown", "of_shorter", "of_all"),
    [
        ((LI, ROE), (ROE, LI), "2 of 2", 1.0, 1.0),
        ((LI,), (LI, ROE, XI), "1 of 3", 1.0, 1 / 3),
        ((LI, LI), (LI, ROE), "1 of 2", 0.5, 1 / 3),
        ((LI,), (ROE,), "0 of 1", 0.0, 0.0),
        ((), (ROE,), "0 of 1", 0.0, 0.0),
        ((), (), "0 of 0", 0.0, 0.0),
    ],
)
def test_the_people_that_two_lists_share(one, other, shown, of_shorter, of_all):
    for found in (overlap(one, other), overlap(other, one)):
        assert (str(found), found.of_shorter, found.of_all) == (shown, of_shorter, of_all)


@pytest.mark.parametrize(
    ("model", "text", "named"),
    [
        ("AlphaRec", "We show AlphaRec.", True),
        ("AlphaRec", "We show AlphaRec-2, AlphaRecs and alpharec.", False),
        ("P5", "P5", False),  # too short
        ("GP5", "(GP5)", True),
        ("LANE", "LANE", False),  # may be a word
        ("Single", "Single", False),
        ("a+b", "a+b", False),
        ("", "", False),
    ],
)
def test_a_text_that_names_a_model(model, text, named):
    assert named == names_model(model, text)
