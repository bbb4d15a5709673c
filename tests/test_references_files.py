"""Reference lists in the programs that read them: an HTML validator, pdfLaTeX, LuaLaTeX, pandoc."""

from __future__ import annotations

import json
import re
import subprocess
import unicodedata

import lxml.html
import pytest
import tex
from conftest import DATA, ROOT
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from readers.process import run
from test_csl_output import TOKENS, folded, html_letters, printed, without_oblique

from llm4rs_bib import export, load
from llm4rs_bib.csl import bibliography

pytestmark = pytest.mark.big

STYLES = ("ieee", "apa", "american-anthropological-association")  # labels; hanging lines; blocks
SIGNS = r"""<script>alert(1)</script> 50% of $5 & $6, C# & #1: {a}_b^c ~d \e [f] |g| *h* `i` "j" 'k' ?`l !`m --n ---o ,,p <<q>> &lt; ''r''"""
AWKWARD = [
    {
        "id": "signs",
        "type": "article-journal",
        "title": SIGNS,
        "author": [{"family": "[Doe] & Söns_", "given": "Jo#"}, {"literal": "R&D {Group} <1>"}],
        "container-title": 'Journal of A & B_c <i>in <sub>d</sub></i> <span class="nodecor">e</span>--f',
        "publisher": "P&Q_R",
        "issued": {"date-parts": [[2024, 5]]},
        "volume": "7",
        "page": "1-9",
        "DOI": "10.1002/(SICI)a_b%c#d&e~f^g<1::AID>3.0;2-X?y{z}",
    },
    {"id": "math", "type": "report", "title": "Top-$k$ in $O(n^2)$ and <i>H<sub>2</sub>O</i> for <b>x<sup>2</sup></b>", "URL": "https://x.org/~a_b/c--d%20e?f=1&g=2#h"},
    {"id": "script", "type": "webpage", "title": "1. # - + Not a list", "URL": "javascript:alert(1)"},
    {"id": "bracket", "type": "book", "title": "[Sic] * http://x_y.org/z_ www.x_y.org a@b_c.org :smile: @me"},
]  # fmt: skip


def items():
    return [*AWKWARD, *json.loads(export(load(DATA / "stress"), "csl-json"))]


def references(style, to):
    found = bibliography(items(), style, to=to).references
    assert len(found) == len(items())
    return [(each.id, f"{each.label} {each.text}".strip()) for each in found]


# ------------------------------------------------------------------------------------------------ HTML

# Not about validity: how a page is to be styled, and how long a line may be.
RULES = {
    "extends": ["html-validate:recommended"],
    "root": True,
    "rules": {"no-inline-style": "off", "no-trailing-whitespace": "off"},
}
PAGE = '<!DOCTYPE html>\n<html lang="en">\n<head><meta charset="utf-8"><title>References</title></head>\n<body><ol>\n{}\n</ol></body>\n</html>\n'


@pytest.mark.parametrize("style", STYLES)
def test_html_is_valid(style, tmp_path):
    (tmp_path / ".htmlvalidate.json").write_text(json.dumps(RULES))
    page = PAGE.format("\n".join(f"<li>{text}</li>" for _, text in references(style, "html")))
    (tmp_path / "page.html").write_text(page)
    command = ROOT / "tests" / "readers" / "node_modules" / ".bin" / "html-validate"
    done = subprocess.run([command, "--formatter=text", "page.html"], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout + done.stderr) == (0, "")
    (tmp_path / "page.html").write_text(page.replace("</i>", "</b>", 1))
    assert (
        subprocess.run([command, "page.html"], cwd=tmp_path, capture_output=True, check=False).returncode == 1
    )  # it would say so


@pytest.mark.parametrize("style", STYLES)
def test_html_shows_the_text_and_links_into_the_web_only(style):
    texts = dict(references(style, "text"))
    for id, text in references(style, "html"):
        tree = lxml.html.fromstring(f"<div>{text}</div>")
        assert re.sub(r"\s", "", texts[id]) == re.sub(r"\s", "", tree.text_content()), id
        assert {each.tag for each in tree.iterdescendants()} <= {"i", "b", "sup", "sub", "span", "div", "a"}
        assert all(each.get("href").startswith(("https://", "http://")) for each in tree.iter("a"))
    assert "<script>alert(1)</script>" in texts["signs"].lower()


# ------------------------------------------------------------------------------------------------ LaTeX

DOCUMENT = r"""\documentclass{article}
%s
\usepackage[paperwidth=500cm,paperheight=100cm,margin=2cm]{geometry}
\usepackage{hyperref}
\raggedright \pagestyle{empty}
\begin{document}
\begin{itemize}
%s
\end{itemize}
\end{document}
"""
# With the ligatures that fontspec has unasked.
FONTS = {engine: fonts.replace("TeXOff", "TeX") for engine, fonts in tex._FONTS.items()}


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("engine", FONTS)
def test_latex_compiles_and_the_pdf_shows_the_text(engine, style, tmp_path):
    texts = {id: text for id, text in references(style, "text") if engine == "lualatex" or tex.settable(text)}
    assert len(texts) > len(items()) / 2
    entries = "\n".join(rf"\item {text}" for id, text in references(style, "latex") if id in texts)
    babel = r"\usepackage[bidi=basic,american]{babel}" if engine == "lualatex" else ""
    (tmp_path / "page.tex").write_text(DOCUMENT % (FONTS[engine] + babel, entries))
    tex.call(tmp_path, engine, "-interaction=nonstopmode", "page")
    log = (tmp_path / "page.log").read_bytes().decode(errors="replace")
    assert re.findall(r"^! .*(?:\n.*){3}|.*Missing character.*", log, re.MULTILINE) == []
    shown = tex.letters(tex.call(tmp_path, "pdftotext", "-raw", "page.pdf", "-"))
    assert [part for text in texts.values() for part in parts(text) if tex.shown(part, engine) not in shown] == []


def parts(text):
    """A text, or its words if some run from right to left, as their order in a PDF is another one."""
    return re.findall(r"\w+", text) if any(unicodedata.bidirectional(letter) in ("R", "AL") for letter in text) else [text]


@pytest.mark.parametrize("engine", FONTS)
def test_links_of_a_pdf_lead_to_their_addresses(engine, tmp_path):
    entries = "\n".join(rf"\item \emph{{{text}}}" for id, text in references("apa", "latex") if id in ("signs", "math", "script"))
    compression = r"\ifdefined\pdfcompresslevel\pdfcompresslevel=0\pdfobjcompresslevel=0\else\pdfvariable compresslevel=0\pdfvariable objcompresslevel=0\fi"  # fmt: skip
    (tmp_path / "page.tex").write_text(DOCUMENT % (FONTS[engine] + compression, entries))
    tex.call(tmp_path, engine, "-interaction=nonstopmode", "page")
    found = re.findall(r"/URI ?\(((?:[^()\\]|\\.)*)\)", (tmp_path / "page.pdf").read_bytes().decode("latin-1"))
    assert {
        "https://doi.org/10.1002/(SICI)a_b%25c%23d&e~f%5Eg%3C1::AID%3E3.0;2-X%3Fy%7Bz%7D",
        "https://x.org/~a_b/c--d%20e?f=1&g=2#h",
    } == {re.sub(r"\\(.)", r"\1", each) for each in found}


# ------------------------------------------------------------------------------------------------ Markdown

READERS = ("gfm", "commonmark_x")  # GitHub's, and CommonMark with all that pandoc adds
_MARK = "Next entry"


def as_html(entries, format, folder):
    """Entries in Markdown as pandoc reads them, each a paragraph of its own."""
    (folder / "page.md").write_text("".join(f"{_MARK}\n\n{entry}\n\n" for entry in entries))
    html = run("pandoc", f"--from={format}", "--to=html", "--wrap=none", "page.md", cwd=folder)
    found = html.split(f"<p>{_MARK}</p>\n")[1:]
    assert len(entries) == len(found)
    return [re.sub(r"^<p>|</p>\n*$", "", each) for each in found]


def letters(html):
    """The letters of HTML in NFC, as pandoc writes them, with their fonts, links aside."""
    return folded(html_letters(unicodedata.normalize("NFC", re.sub("<a [^>]*>|</a>|</?div[^>]*>", "", html))))


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("style", STYLES[:2])  # without blocks
def test_pandoc_reads_text_and_italics_in_markdown(style, reader, tmp_path):
    entries = [text for _, text in references(style, "markdown")]
    wanted = [letters(text) for _, text in references(style, "html")]
    assert wanted == [letters(html) for html in as_html(entries, reader, tmp_path)]
    assert sum("i" in fonts for entry in wanted for _, fonts in entry) > 100


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("style", STYLES)
def test_pandoc_shows_the_text_of_markdown(style, reader, tmp_path):
    (tmp_path / "page.md").write_text("\n\n".join(text for _, text in references(style, "markdown")))
    html = run("pandoc", f"--from={reader}", "--to=html", "--wrap=none", "page.md", cwd=tmp_path)
    paragraphs = [each.text_content() for each in lxml.html.fromstring(html).iter("p")]
    assert [" ".join(unicodedata.normalize("NFC", text).split()) for _, text in references(style, "text")] == [
        " ".join(text.split()) for text in paragraphs
    ]


@pytest.mark.parametrize("reader", READERS)
def test_pandoc_reads_any_text_and_its_fonts(reader, tmp_path_factory):
    folder = tmp_path_factory.mktemp("markdown")

    @settings(max_examples=5, suppress_health_check=list(HealthCheck))
    @given(st.lists(TOKENS.map(without_oblique), min_size=80, max_size=80))
    def reads(many):
        many = [tokens for tokens in many if printed(tokens, "markdown")]
        found = as_html([printed(tokens, "markdown") for tokens in many], reader, folder)
        assert [letters(printed(tokens, "html")) for tokens in many] == [letters(html) for html in found]

    reads()
