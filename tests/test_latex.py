from __future__ import annotations

import pytest
from hypothesis import given
from strategies import TEXT

from llm4rs_bib.latex import escape, escaped_name


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
        ("Åsa", r"{\r{A}}sa"),
        ("Şeyma", r"{\c{S}}eyma"),
        ("Øystein", r"{\O}ystein"),
        ("İpek", r"{\.I}pek"),
        ("Őrs", r"{\H O}rs"),
        ("Żaneta-Łucja Ćwik", r"{\.Z}aneta-{\L}ucja {\'C}wik"),
        ("Ễ", "Ễ"),  # two accents: Zotero and biber break on any command for them
        ("明", "明"),
        ("Aäron", "Aäron"),
        ("Đorđe-Þór", r"{\textup{Đ}}orđe-{\TH}ór"),
        ("Ștefan", r"{\textup{Ș}}tefan"),
        ("A=b{c}d", r"A{=}b\{c\}d"),
        ("A}b", r"A{\textbraceright}b"),
        ("", ""),
    ],
)
def test_the_first_letters_of_a_name_are_ascii(given, latex):
    assert latex == escaped_name(given)
