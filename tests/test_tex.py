"""The .bib in a real TeX: every paper cited, nothing complained about, letters and capitals in the PDF."""

from __future__ import annotations

import json
import re
import subprocess

import pytest
from conftest import DATA, ROOT

pytestmark = pytest.mark.big

DOCUMENT = r"""\documentclass{article}
\usepackage[T1]{fontenc}
\usepackage{lmodern,url,hyperref%s}
\begin{document}\pagestyle{empty}
\nocite{*} Papers. %s
\bibliographystyle{%s}
\bibliography{references}
\end{document}
"""
FACTS = json.loads((DATA / "facts.json").read_text())
# AAAI's proceedings have a volume and a number; plain.bst and plainnat.bst print the volume and say this.
EXPECTED_WARNINGS = {f"can't use both volume and number fields in {key}" for key in ("wang2024llmrg", "jia2025learn")}


def tex(folder, *command):
    done = subprocess.run(command, cwd=folder, capture_output=True, check=False)
    output = done.stdout.decode(errors="replace")
    assert done.returncode == 0, output
    return output


@pytest.fixture(scope="module", params=["plain", "plainnat"])
def built(request, tmp_path_factory):
    """The log of BibTeX, the log of the last LaTeX run, and the PDF's text on one line."""
    folder = tmp_path_factory.mktemp(request.param)
    bib = (ROOT / "exports" / "references.bib").read_text()
    (folder / "references.bib").write_text(bib)
    keys = re.findall(r"^@\w+\{(.+),$", bib, re.MULTILINE)
    natbib = ",natbib" if request.param == "plainnat" else ""
    cites = " ".join(f"\\cite{{{key}}}" for key in keys)
    (folder / "paper.tex").write_text(DOCUMENT % (natbib, cites, request.param))
    latex = ("pdflatex", "-interaction=nonstopmode", "-halt-on-error", "paper")
    tex(folder, *latex)
    bibtex = tex(folder, "bibtex", "paper")
    for _ in range(2):
        log = tex(folder, *latex)
    text = tex(folder, "pdftotext", "-raw", "paper.pdf", "-")
    return bibtex, log, joined(text)


def joined(text):
    """Words of the text, apart by single spaces, put together where TeX broke them at a hyphen."""
    return " ".join(re.sub(r"-\n", "-", text).split())


def test_bibtex_has_nothing_to_complain_about(built):
    bibtex, _, _ = built
    assert set(re.findall(r"Warning--(.*)", bibtex)) == EXPECTED_WARNINGS
    assert "error" not in bibtex.lower()


def test_no_citation_is_undefined(built):
    _, log, _ = built
    assert "undefined" not in log
    assert "multiply defined" not in log


def test_all_papers_are_in_the_pdf_with_their_capitals(built):
    _, _, text = built
    letters = re.sub(r"[^\w]", "", text)
    for fact in FACTS:
        authors = [f"{each['given']} {each['family']}" for each in fact["authors"]]
        for author in authors:
            assert re.sub(r"[^\w]", "", author) in letters, author
        assert re.sub(r"[^\w]", "", fact["title"]).lower() in letters.lower(), fact["title"]
    for word in ("LLM", "LLMs", "CTR", "LLMRec", "NoteLLM-2", "X-Reflect", "LLM-Enhanced", "HRGraph", "LLM4DSR"):
        assert word in text, word
    assert not re.search(r"\b(llms?|ctr|chatgpt|Llms?|Ctr)\b", text)


def test_chatgpt_keeps_its_capitals(tmp_path):
    from llm4rs_bib.export import render
    from llm4rs_bib.model import Category, Entry, Listing, Name, Work

    names = (Name(family="Łukasz", given="Éva"), Name(literal="Barnes and Noble"))
    work = Work(type="article-journal", title="Is ChatGPT Good at CTR with an LLM?", authors=names, container_title="R & D")
    entry = Entry(key="k", work=work, listed=((Category(slug="c", heading="C"), Listing(id="k", title="T")),))
    (tmp_path / "references.bib").write_text(render([entry], "bibtex"))
    (tmp_path / "paper.tex").write_text(DOCUMENT % ("", r"\cite{k}", "plain"))
    latex = ("pdflatex", "-interaction=nonstopmode", "-halt-on-error", "paper")
    for command in (latex, ("bibtex", "paper"), latex, latex):
        tex(tmp_path, *command)
    text = joined(tex(tmp_path, "pdftotext", "-raw", "paper.pdf", "-"))
    assert "Éva Łukasz and Barnes and Noble. Is ChatGPT good at CTR with an LLM? R & D." in text
