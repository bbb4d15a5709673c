"""The project's own CSL styles: valid, right on awkward works, and the references that BibTeX makes for the same conferences."""

from __future__ import annotations

import json
import re
import subprocess

import citeproc
import jsonschema
import pytest
from conftest import DATA, ROOT
from lxml import etree
from processor import oracle

from llm4rs_bib import Options, Selection, export, load
from llm4rs_bib.csl import bibliography

STYLES = {path.stem: path for path in sorted((ROOT / "styles").glob("*.csl"))}
AWKWARD = json.loads((DATA / "references" / "awkward.json").read_text(encoding="utf-8"))
README = (ROOT / "styles" / "README.md").read_text(encoding="utf-8")
CATALOG = load()
WORKS = json.loads(export(CATALOG, "csl-json"))
# Two stops of which one belongs to nothing, brackets around nothing, two spaces; what an entry cannot begin with.
STRAY = re.compile(r"[,;:]\s*[.,;:]|\.\s*\.|[?!]\.|\(\s*\)|\s[.,;:?!)]|\s\s|^[^\w“]")

each_style = pytest.mark.parametrize("style", STYLES)


def lines(style, works):
    return [f"{reference.label} {reference.text}".lstrip() for reference in bibliography(works, style).references]


def faults(style):
    """What the schema of CSL says of a style's XML."""
    schema = etree.RelaxNG(etree.parse(citeproc.SCHEMA_PATH))
    schema.validate(style)
    return list(schema.error_log)


def test_each_style_has_its_golden_list():
    golden = {path.stem for path in (DATA / "references" / "own").glob("*.txt")}
    assert {"aaai", "compact-numeric", "neurips"} <= set(STYLES) == golden


def test_the_awkward_works_are_csl_json():
    jsonschema.validate(AWKWARD, json.loads((DATA / "csl-data.schema.json").read_text(encoding="utf-8")))


@each_style
def test_a_style_is_valid_by_the_schema_of_csl(style):
    assert not faults(etree.parse(STYLES[style]))


@each_style
def test_a_style_says_what_it_is_and_that_it_is_free(style):
    info = etree.parse(STYLES[style]).getroot()[0]
    said = {etree.QName(each).localname: each for each in info if each.tag is not etree.Comment}
    assert [said["id"].text, said["title-short"].text] == [f"urn:x-llm4rs-bib:style:{style}", style]
    assert said["rights"].get("license") == "https://opensource.org/license/mit"


@each_style
def test_awkward_works_are_printed_as_a_person_reviewed_them(style):
    golden = (DATA / "references" / "own" / f"{style}.txt").read_text(encoding="utf-8")
    assert lines(STYLES[style], AWKWARD) == golden.splitlines()


@pytest.mark.parametrize(
    "wrong", ["A. Li.. B", "B., , 2024", "A? In ., 2", "A ()", "A , B", "A.  B", ". B", ", B", "A?. B", "A: . B"]
)
def test_stray_punctuation_is_seen(wrong):
    assert STRAY.search(wrong)


@each_style
@pytest.mark.parametrize("works", [AWKWARD, WORKS], ids=["awkward", "catalog"])
def test_no_punctuation_is_doubled_or_leads_an_entry(style, works):
    texts = [reference.text for reference in bibliography(works, STYLES[style]).references]
    assert not [text for text in texts if STRAY.search(text)]


KEPT = {"id", "type", "title"}


def without(work, *variables):
    return {name: value for name, value in work.items() if name not in variables}


@each_style
def test_no_variable_is_needed(style):
    """Each work without one of its variables, and with its type and title only."""
    fewer = [without(work, name) for work in AWKWARD for name in work if name not in KEPT]
    fewer += [without(work, *(work.keys() - KEPT)) for work in AWKWARD]
    works = [{**work, "id": str(place)} for place, work in enumerate(fewer)]
    texts = [reference.text for reference in bibliography(works, STYLES[style]).references]
    assert (len(texts), [text for text in texts if STRAY.search(text)]) == (len(works), [])


@each_style
def test_the_readme_shows_what_a_style_prints(style):
    kar = [work for work in WORKS if work["id"] == "xi2024towards"]
    (row,) = (line for line in README.splitlines() if line.startswith(f"| `{style}`"))
    assert row.split(" | ")[-1] == f"{lines(STYLES[style], kar)[0]} |"


def test_the_style_in_the_readme_is_valid_and_prints():
    (style,) = re.findall(r"```xml\n(.*?)```", README, re.DOTALL)
    assert not faults(etree.fromstring(style.encode()))
    assert lines(style, AWKWARD[:3]) == [
        "[1] Y. B. Koren. Matrix factorization at the edge. Journal of Recommenders, 2019.",
        "[2] J.-P. Müller, C. O’Neil. Ranking by reading. Proceedings of the 2nd Conference on Ranking, 2021.",
        "[3] A. Adams, B. Brown, C. Clark. Which words do recommenders need? Proceedings of the 2nd Conference on Ranking, 2021.",
    ]


@pytest.mark.big
@each_style
def test_citeproc_js_prints_the_same(style):
    answers = [list(answer.texts.items()) for answer in oracle.theirs([STYLES[style]], [AWKWARD, WORKS])]
    assert [list(oracle.ours(STYLES[style], works).items()) for works in (AWKWARD, WORKS)] == answers


# ------------------------------------------------------------------------------------------------ BibTeX

PRINTED = "title author journal booktitle volume number pages year publisher howpublished doi url".split()
# With which custom-bib makes the author kit's aaai24.bst, as that file says; https://ctan.org/pkg/custom-bib
AAAI = (
    "ay,nat,ed-au,nm-rev,ed-rev,jnrlst,aunm-semi,mcite,mct-1,mct-x3,keyxyr,dt-beg,yr-per,yrp-per,note-yr,atit-u,volp-sp,"
    "num-xser,bkpg-x,add-pub,isbn,ppx,ed,xedn,and-com,and-com-ed,etal-xc,nfss"
)
DOCSTRIP = rf"""\input docstrip.tex \keepsilent \askforoverwritefalse \nopreamble \nopostamble
\generate{{\file{{aaai.bst}}{{\from{{merlin.mbs}}{{head,{AAAI}}}\from{{merlin.mbs}}{{tail,{AAAI}}}}}}}\endbatchfile
"""


def bibtex(folder, style, selection):
    """The references of a list as BibTeX prints them, without TeX's commands. A DOI's own address is no URL to be printed beside it."""
    bib = export(CATALOG, "bibtex", selection, Options(fields=PRINTED, classic_note=True))
    (folder / "works.bib").write_text(re.sub(r",\n\s*url\s*= \{https://doi\.org/.*?\}", "", bib), encoding="utf-8")
    (folder / "works.aux").write_text(f"\\citation{{*}}\n\\bibdata{{works}}\n\\bibstyle{{{style}}}\n")
    subprocess.run(["bibtex", "works"], cwd=folder, check=True, capture_output=True)
    written = (folder / "works.bbl").read_text(encoding="utf-8").partition(r"\end{thebibliography}")[0]
    return [_plain(each) for each in re.split(r"\\bibitem\[.*?\]\{[^}]*\}\n", written, flags=re.DOTALL)[1:]]


def _plain(tex):
    tex = re.sub(r"\\penalty0\s+", "", tex).replace(r"\doi{", "doi: {")
    tex = re.sub(r"\\(?:newblock|emph|url|natexlab)\b|[{}]", "", tex)
    return " ".join(tex.replace("--", "–").replace("~", " ").split())


def ours(style, selection):
    return lines(STYLES[style], json.loads(export(CATALOG, "csl-json", selection)))


@pytest.mark.big
def test_neurips_prints_what_bibtex_prints_with_plainnat(tmp_path):
    """All that is published; plainnat has titles in lower case, and nothing of its own for preprints."""
    published = Selection(published=True)
    expected = [text.casefold() for text in bibtex(tmp_path, "plainnat", published)]
    assert [text.casefold() for text in ours("neurips", published)] == expected


@pytest.mark.big
def test_aaai_prints_what_bibtex_prints_with_the_style_of_the_author_kit(tmp_path):
    (tmp_path / "aaai.ins").write_text(DOCSTRIP)
    subprocess.run(["tex", "aaai.ins"], cwd=tmp_path, check=True, capture_output=True)
    assert ours("aaai", Selection()) == bibtex(tmp_path, "aaai", Selection())
