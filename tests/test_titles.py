from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import TEXT

from llm4rs_bib.text import title
from llm4rs_bib.titles import protected


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
         r"{R\&D} at 50\% of \#1 for \$5 \{x\_y\} {\textasciitilde} {\textasciicircum} "
         r"{\textbackslash} {\textless} {\textgreater}"),
        ("A {b c} {D", r"A {\textbraceleft}b c{\textbraceright} {\textbraceleft}{D}"),
        ("a{GPT b}c", r"{a{\textbraceleft}GPT} b{\textbraceright}c"),
        ("$\\alpha$-NDCG and $k_1$", r"$\alpha$-{NDCG} and $k_1$"),
        ("<i>E. coli</i> H<sub>2</sub>O x<sup>2</sup>", r"\textit{{E}. coli} {H}$_{2}${O} x$^{2}$"),
        ("a<sub>max</sub> 4<sup>th</sup> <sup><i>x</i></sup>", r"a\textsubscript{max} 4\textsuperscript{th} \textsuperscript{\textit{x}}"),
        ('The <span class="nocase">Rome</span> Road', "The {Rome} Road"),
        ("Größe – Dvořák's “Dilemma”", "Größe – Dvořák's “Dilemma”"),
        ("X-ray Images, K-means and Pre-Training", "{X-ray} Images, {K-means} and Pre-Training"),
        ("Bayesian Methods on Twitter: Amazon's Users", "{Bayesian} Methods on {Twitter}: {Amazon's} Users"),
        ("A study of methods in Dublin: New users find books", "A study of methods in {Dublin}: New users find books"),
        ("Why?! Yes!! a--b ''c'' ``d`` e,,f", r"Why?{}! {Yes}!{}! a-{}-b '{}'c'{}' `{}`d`{}` e,{},f"),
        ("α-NDCG and λόγος with μTransfer", r"{$\alpha$-NDCG} and λόγος with {$\mu$Transfer}"),
        ("“Quoted” from Why: (Almost) ¿Qué? $O(n^2)$ $k$ Σ-Net", r"“{Quoted}” from Why: ({Almost}) ¿Qué? {$O(n^{2})$} $k$ {{$\Sigma$}-Net}"),
        ("Is ChatGPT a good recommender? A study", "Is {ChatGPT} a good recommender? {A} study"),
        ("Roe v. Wade and the politics of regional St. Petersburg elections", "Roe v. {Wade} and the politics of regional {St}. {Petersburg} elections"),
        ("New York City and Monte Carlo Dropout in Hong Kong’s Labs", "New {York} City and {Monte} {Carlo} Dropout in {Hong} {Kong’s} Labs"),
        ("Deep Learning—The Past of Covid-19 (Python)", "Deep Learning—The Past of {Covid-19} ({Python})"),
        ("{0, 1}-Matrices and GPT at 50%[b]", r"\{0, 1\}-Matrices and {GPT} at 50\%{[}b]"),
        ("On $\\rm CO_2$, $O(n_k)$ and US$1 or C$ 2 for $x^$", r"On {${\rm CO_2}$}, {$O(n_{k})$} and {US\$1} or {C}\$ 2 for \$x{\textasciicircum}\$"),
        ("Tiếng Việt: ẽ ẁ ọ", r"Tiếng Việt: {\~e} {\`w} {\d{o}}"),
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


def test_tags_may_nest_in_themselves():
    assert protected("<i>a <i>b</i></i>") == r"\textit{a \textit{b}}"
