from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import TEXT

from llm4rs_bib.latex import escape, initial_escaped, protected
from llm4rs_bib.text import title


@pytest.mark.parametrize(
    ("raw", "latex"),
    [
        ("Foundation Models for CTR Prediction", "Foundation Models for {CTR} Prediction"),
        ("ChatGPT, LLMs and LLM4Rec: (LLaMA-2)", "{ChatGPT}, {LLMs} and {LLM4Rec}: ({LLaMA-2})"),
        ("LLM-Guided Open-World Ranking", "{LLM-Guided} Open-World Ranking"),
        ("X-Reflect and E-commerce at Top-k or Top-K", "{X-Reflect} and E-commerce at Top-k or {Top-K}"),
        ("P5, GPT-4o, iPhone, 3D and 50 Things", "{P5}, {GPT-4o}, {iPhone}, {3D} and 50 Things"),
        ("A Vitamin C Trial", "A Vitamin {C} Trial"),
        ("R&D at 50% of #1 for $5 {x_y} ~ ^ \\ < >",
         r"{R\&D} at 50\% of \#1 for \$5 {\textbraceleft}x\_y{\textbraceright} {\textasciitilde} {\textasciicircum} "
         r"{\textbackslash} {\textless} {\textgreater}"),
        ("$\\alpha$-NDCG and $k_1$", r"$\alpha$-{NDCG} and $k_1$"),
        ("<i>E. coli</i> H<sub>2</sub>O x<sup>2</sup>", r"\textit{{E}. coli} {H}\textsubscript{2}{O} x\textsuperscript{2}"),
        ('The <span class="nocase">Rome</span> Road', "The {Rome} Road"),
        ("Größe – Dvořák's “Dilemma”", "Größe – Dvořák's “Dilemma”"),
    ],
)  # fmt: skip
def test_a_title_is_escaped_and_its_own_capitals_protected(raw, latex):
    assert latex == protected(title(raw))


@given(TEXT | st.text("{}\\$<>/ib% "))
def test_braces_balance(raw):
    depth = 0
    for c in protected(title(raw)).replace("\\{", "").replace("\\}", ""):
        depth += {"{": 1, "}": -1}.get(c, 0)
        assert depth >= 0
    assert depth == 0


@given(TEXT)
def test_no_sign_of_tex_is_left_bare(raw):
    latex = escape(raw)
    for bare in "%#&_$":
        assert bare not in latex.replace(f"\\{bare}", "")


@pytest.mark.parametrize(
    ("given", "latex"),
    [
        ("Łukasz", r"{\L}ukasz"),
        ("Élodie", r"{\'E}lodie"),
        ("Åsa", r"{\AA}sa"),
        ("Şeyma", r"{\c{S}}eyma"),
        ("Øystein", r"{\O}ystein"),
        ("İpek", r"{\.I}pek"),
        ("Żaneta-Ł", r"{\.Z}aneta-Ł"),
        ("Ễ", "Ễ"),  # two accents: Zotero and biber break on any command for them
        ("明", "明"),
        ("Aäron", "Aäron"),
        ("", ""),
    ],
)
def test_the_first_letter_of_a_given_name_is_ascii(given, latex):
    assert latex == initial_escaped(given)
