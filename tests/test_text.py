from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import TEXT

from llm4rs_bib import text


@pytest.mark.parametrize(
    ("raw", "kept"),
    [
        ("P < 0.05 and a > b", "P &lt; 0.05 and a &gt; b"),
        ("$k$-NN for $\\alpha$", "$k$-NN for $\\alpha$"),
        ("From $5 to $10", "From &#36;5 to &#36;10"),
        ("It costs $5 or 6$", "It costs $5 or 6$"),
        ("US$1 or C$ 2", "US&#36;1 or C&#36; 2"),
        ("$x^$ and $a_$ and R$^2$ec", "&#36;x^&#36; and &#36;a_&#36; and R$^2$ec"),
        ("Two $$ signs, $$x$$ and $x$", "Two &#36;&#36; signs, &#36;$x$&#36; and $x$"),
        ("<i>E. coli</i> & H<sub>2</sub>O", "<i>E. coli</i> & H<sub>2</sub>O"),
        ('<span class="nocase">arXiv</span>', '<span class="nocase">arXiv</span>'),
        ("<i>open", "&lt;i&gt;open"),
        ("<i><b>x</i></b>", "&lt;i&gt;&lt;b&gt;x&lt;/i&gt;&lt;/b&gt;"),
        ("<script>x</script>", "&lt;script&gt;x&lt;/script&gt;"),
        ("  two\n lines ", "two lines"),
        ("Cafe\u0301", "Café"),
    ],
)
def test_any_text_becomes_a_title(raw, kept):
    assert kept == text.title(raw)


@given(TEXT | st.text("<>/ib$&#36;lt \\a1"))
def test_a_title_made_twice_is_the_same(raw):
    assert text.title(raw) == text.title(text.title(raw))


@given(st.text("<>/ibs$up\\a1 "))
def test_a_title_says_what_the_text_said(raw):
    assert " ".join(raw.split()) == text.tagged(text.title(raw))


def test_plain_drops_tags_and_escapes():
    assert text.plain(text.title("<i>E. coli</i> < $x$ & y")) == "E. coli < $x$ & y"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("LLMRec: Large  Language-Models", "LLMRec large language models"),
        ("Größe", "Gro\u0308ße"),
        ("Naïve <i>Ranking</i>", "NAIVE ranking!"),
        ("x² ﬁne", "x2 fine"),
    ],
)
def test_titles_fold_together(one, other):
    assert text.fold(one) == text.fold(other)


@pytest.mark.parametrize(("one", "other"), [("NoteLLM", "NoteLLM-2"), ("Part I", "Part II"), ("A of B", "B of A")])
def test_titles_fold_apart(one, other):
    assert text.fold(one) != text.fold(other)


@given(TEXT)
def test_folding_twice_changes_nothing(raw):
    assert text.fold(raw) == text.fold(text.fold(raw))


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ("Towards Open-World Recommendation", ["towards", "openworld", "recommendation"]),
        ("The Ærø of the Øre: für é & ü", ["aero", "ore", "fur", "e", "u"]),
        ("CTR/CVR—Models", ["ctr", "cvr", "models"]),
        ("R²ec", ["r2ec"]),
        ("推荐系统", ["tuijianxitong"]),
    ],
)
def test_content_words_are_ascii(title, words):
    assert words == text.content_words(title)


@pytest.mark.parametrize(
    ("heading", "slug"),
    [
        ("Knowledge Enhancement", "knowledge-enhancement"),
        ("R&D: Ångström's", "r-d-angstroms"),
        ("🚀", "rocket"),
        ("–", ""),
        ("salt " * 50, "-".join(["salt"] * 24)),
        ("s" * 300, "s" * 120),
    ],
)
def test_slugs(heading, slug):
    assert slug == text.slug(heading)


def test_mojibake_is_shown_repaired():
    assert text.unmangled("Recsys â€“ the Industry") == "Recsys – the Industry"
    assert text.unmangled("Größe “quoted” ﬁne") == "Größe “quoted” ﬁne"


@pytest.mark.parametrize("cell", [None, "", "  ", "N/A", "n/a", "-", "–"])
def test_cells_that_say_nothing(cell):
    assert text.present(cell) is None


def test_cells_that_say_something():
    assert text.present(" unknown ") == "unknown"
