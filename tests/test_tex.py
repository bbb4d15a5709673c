"""Our .bib in a real TeX, in each set-up: nothing complained about, every author and title in the PDF with its letters and capitals."""

from __future__ import annotations

import os
import re
import unicodedata
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import unquote

import pytest
import tex
from conftest import DATA, ROOT

from llm4rs_bib import Bibliography, Catalog, Category, Entry, Listing, Lock, Name, Work, export, load

pytestmark = pytest.mark.big

BIBLIOGRAPHIES = {"built-in": load(), "stress": load(DATA / "stress")}
# BibTeX's warnings and the works of which they are true: what a style would like to print and nobody knows, or will not print.
EXPECTED_WARNINGS = {
    "empty author": lambda work: not work.authors,
    "empty year": lambda work: not work.issued,
    "empty address": lambda work: work.type != "article-journal",  # ACM wants the publisher's place, which no entry has
    "empty publisher": lambda work: not work.publisher,
    "page numbers missing in both pages and numpages fields": lambda work: not (work.pages or work.article_number),
    "no number and no volume": lambda work: not (work.issue or work.volume),
    "can't use both volume and number fields": lambda work: work.volume and work.issue and work.type == "paper-conference",
}
# In a title in sentence case a capital is a name's; only a reader knows the first word of such a title to be none.
NAMES_IN_SENTENCE_CASE = {"Bayesian", "Rome", "Twitter", "Chinese", "Amazon"}


@pytest.fixture(scope="session")
def runs(request, tmp_path_factory):
    """Each run that the session's tests ask for, begun at once."""
    wanted = {item.callspec.params["typeset"] for item in request.session.items if "typeset" in getattr(item, "fixturenames", ())}
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        yield {each: pool.submit(_typeset, tmp_path_factory.mktemp("tex"), *each) for each in sorted(wanted, key=str)}


def _typeset(folder, name, set_up):
    bibliography = BIBLIOGRAPHIES[name]
    return tex.typeset(folder, set_up, export(bibliography, set_up.format), bibliography.entries)


@pytest.fixture(
    params=[(name, set_up) for name in BIBLIOGRAPHIES for set_up in tex.SET_UPS], ids=lambda each: f"{each[0]}-{each[1]}"
)
def typeset(request, runs):
    return runs[request.param].result()


def test_latex_has_nothing_to_complain_about(typeset):
    faults = re.findall(r"^! .*(?:\n.*){3}|.*(?:undefined|multiply[ -]defined|Missing character).*", typeset.log, re.MULTILINE)
    assert not faults


def test_the_processor_warns_of_nothing_but_what_is_so(typeset):
    works = {entry.key: entry.work for entry in typeset.entries}
    warnings = re.findall(r"Warning--(.*)|((?:WARN|ERROR) .*)", typeset.messages)
    faults = [warning or fault for warning, fault in warnings if not _is_expected(warning, works)]
    faults += re.findall(r".*(?:error message|I was expecting|Too many commas|---line|--entry).*", typeset.messages)
    assert not faults


def _is_expected(warning, works):
    about, _, key = warning.rpartition(" in ")
    return about in EXPECTED_WARNINGS and key in works and EXPECTED_WARNINGS[about](works[key])


def test_every_author_is_in_the_pdf(typeset):
    set_up = typeset.set_up
    missing = []
    for entry in typeset.entries:
        names = entry.work.authors
        if set_up.style == "apa" and len(names) > 20:  # the first 19, an ellipsis, and the last
            names = names[:19] + names[-1:]
        for name in names:
            forms = [tex.shown(form, set_up.engine) for form in tex.shown_names(name, set_up.style)]
            if not any(form in typeset.text for form in forms):
                missing.append((entry.key, *forms))
    assert not missing


def test_every_title_is_in_the_pdf_with_its_capitals(typeset):
    set_up = typeset.set_up
    faults = []
    for entry in typeset.entries:
        plain = tex.shown_title(entry.work.title)
        title = tex.shown(plain, set_up.engine)
        found = _as_printed(title, typeset)
        kept = [tex.shown(word, set_up.engine) for word in plain.split() if _keeps_its_case(word)]
        if spoilt := [word for word in kept if word not in found]:
            faults.append((entry.key, *spoilt, found))
        elif not found or _first_letter(found) not in (_first_letter(title), _first_letter(title).upper()):
            faults.append((entry.key, title, found))
    assert not faults


def _as_printed(title, typeset):
    """The title as it is printed; nothing, if it is not, or in another case where the style keeps that."""
    if typeset.set_up.style not in tex.SENTENCE_CASE:
        return title if title in typeset.text else ""
    begin = tex.lower(typeset.text).find(tex.lower(title))
    return typeset.text[begin : begin + len(title)] if begin >= 0 else ""


def _first_letter(text):
    return next(filter(str.isalpha, text))


def _keeps_its_case(word):
    """Whether a style that lowers capitals would spoil the word: it has one inside, one beside a digit, or nothing but one."""
    parts = [re.sub(r"^\W+|\W+$", "", part) for part in re.split("[-–—/]", word)]
    alone = [part for part in parts if len(part) == 1 and part.isupper() and part not in "AE"]
    mixed = [part for part in parts if any(map(str.isupper, part[1:])) or re.search(r"[A-Z].*\d|\d.*[A-Z]", part)]
    return bool(alone or mixed or word in NAMES_IN_SENTENCE_CASE)


PRINTS_ADDRESSES = ("plainnat", "IEEEtran", "numeric", "authoryear")  # the others print none, or none beside a DOI


@pytest.mark.parametrize(
    "typeset",
    [(name, set_up) for name in BIBLIOGRAPHIES for set_up in tex.SET_UPS if set_up.style in PRINTS_ADDRESSES],
    ids=lambda each: f"{each[0]}-{each[1]}",
    indirect=True,
)
def test_addresses_are_in_the_pdf_as_they_are(typeset):
    text = unquote(typeset.text)
    assert [entry.url for entry in typeset.entries if entry.url and unquote(entry.url) not in text] == []


REFERENCES = {
    "plain": (
        "Żaneta Śliwińska, Łukasz Żółć-Kowalski, and Świętosława Łucja Ćwik. Is 100% of $5 too much? R&D in C# & F#, and item #1. "
        "Journal of R&D: 50% More & More, 36(3-4):1–27, May 2024.",
        "Martin Luther King, Jr., Élie Smith, III, J. R. R. Doe, Sr., and Ángel Óscar López, II. Suffixes behind family names. "
        "Names and Their Parts, 2:9–10, February 2024.",
        "Çağlar Işıkgöz, İpek Öztürkoğlu, and Ümit Özgür Şahin. In Vitro ranking of H2O and Bold claims on 106 items with an iPod "
        "touch. Tagged Letters, 1:7, 2020.",
    ),
    "IEEEtran": (
        "J. R. R. Tolkienson, Ø. Å. Ødegård, C.-É. Lewisson, Ł. Łoś, and J.-Ł. M. Nowak, “Initials only,” in Handbook of Initials. "
        "Initial Press, 1998, pp. 12–34.",
    ),
    "numeric": (
        "Łukasz Żółć-Kowalski, and Świętosława Łucja Ćwik. “Is 100% of $5 Too Much? R&D in C# & F#, and Item #1.” In: Journal of "
        "R&D: 50% More & More 36.3-4 (May 2024), pp. 1–27. doi: 10.5555/a_b%c#d&e;f(g). arXiv: 2401.90001 [cs.IR]. "
        "url: https://doi.org/10.5555/a_b%c#d&e;f(g).",
    ),
    "apa": (
        "Śliwińska, Ż., Żółć-Kowalski, Ł., & Ćwik, Ś. Ł. (2024). Is 100% of $5 too much? R&D in C# & F#, and item #1. Journal of "
        "R&D: 50% More & More, 36(3-4), 1–27.",
    ),
}


@pytest.mark.parametrize("typeset", [("stress", tex.SetUp("pdflatex", style)) for style in REFERENCES], ids=str, indirect=True)
def test_references_are_whole(typeset):
    for reference in REFERENCES[typeset.set_up.style]:
        assert tex.shown(reference, "pdflatex") in typeset.text


@pytest.mark.parametrize("format", tex.DIALECTS)
@pytest.mark.parametrize("name", BIBLIOGRAPHIES)
def test_biber_s_data_model_is_kept(name, format, tmp_path):
    (tmp_path / "references.bib").write_text(export(BIBLIOGRAPHIES[name], format))
    messages = tex.call(tmp_path, "biber", "--tool", "--validate-datamodel", "references.bib")
    assert "INFO - Output to references_bibertool.bib" in messages
    works = {entry.key: entry.work for entry in BIBLIOGRAPHIES[name].entries}
    warnings = re.findall(r"(?:WARN|ERROR) - (?:Datamodel: Entry '(.*?)' \(references.bib\): )?(.*)", messages)
    assert [each for each in warnings if not _is_true_of(works.get(each[0]), each[1])] == []


def _is_true_of(work, warning):
    """Whether biblatex's data model asks for what the work does not have, or the model does not hold."""
    match warning:
        case "Missing mandatory field - one of 'date, year' must be defined":
            return not work.issued
        case "Missing mandatory field 'editor'":
            return work.type == "chapter"
        case "Invalid value of field 'volume' must be datatype 'integer' - ignoring field":
            return not work.volume.isdigit()
    return False


def test_pdflatex_sets_all_letters_but_those_of_the_rule(tmp_path):
    blocks = (0xA1, 0x530), (0xE3F, 0xE40), (0x1E00, 0x2C00), (0x3000, 0x3100), (0xFB00, 0xFB10), (0x1F600, 0x1F610)
    codes = [
        code for first, last in blocks for code in range(first, last) if unicodedata.category(chr(code)) not in ("Cn", "Zl", "Zp")
    ]
    composed = [chr(code) for code in codes if unicodedata.is_normalized("NFC", chr(code))]
    head = "\\documentclass{article}\n\\usepackage[T1]{fontenc}\n\\usepackage{lmodern}\n\\begin{document}\n"
    (tmp_path / "letters.tex").write_text(head + "".join(f"x{letter}x\\par\n" for letter in composed) + "\\end{document}\n")
    tex.call(tmp_path, "pdflatex", "-interaction=nonstopmode", "letters")
    log = (tmp_path / "letters.log").read_bytes().decode(errors="replace")
    lines = {int(line) for line in re.findall(r"(?ms)^! .*?^l\.(\d+)", log)}
    refused = {letter for number, letter in enumerate(composed, head.count("\n") + 1) if number in lines}
    assert refused == {letter for letter in composed if not tex.settable(letter * 2)}


def test_the_docs_name_what_pdflatex_cannot_set():
    page = (ROOT / "docs" / "latex.md").read_text()
    rows = re.findall(r"^\| (.+?) \| ((?:[0-9A-F]{4,6}(?:–[0-9A-F]{4,6})?(?:, )?)+) \|", page, re.MULTILINE)
    assert {name: codes.replace(", ", " ").replace("–", "-") for name, codes in rows} == tex.UNSETTABLE
    (with_bibtex,) = re.findall(r"(?s)turns into letters again: (.+?)\.\n", page)
    assert " ".join(with_bibtex.split()).replace(", ", " ").replace("–", "-") == tex.WITH_BIBTEX


def test_bibtex_gets_the_letters_with_one_accent_as_commands(tmp_path):
    accented = [chr(code) for first, last in tex.ranges(tex.WITH_BIBTEX) for code in range(ord(first), ord(last) + 1)]
    assert not any(map(tex.settable, accented))
    names = tuple(Name(family=each, given=each) for each in accented)
    done = _alone(tmp_path, "plain", Work(type="preprint", title=" ".join(accented), authors=names))
    assert re.findall(r"^! .*", done.log, re.MULTILINE) == []
    assert _bases("".join(accented)) in _bases(done.text)


def _alone(folder, style, work):
    """The run of pdfLaTeX over a bibliography of one work."""
    entry = Entry(key="k", work=work, listed=((Category(slug="c", heading="C"), Listing(id="k", title="T")),))
    bibliography = Bibliography(catalog=Catalog(title="T"), lock=Lock(), entries=(entry,))
    done = tex.typeset(folder, tex.SetUp("pdflatex", style), export(bibliography, "bibtex"), [entry])
    assert done.entries
    return done


def _bases(text):
    """The letters of a text in lower case and without accents."""
    return re.sub("[^a-z]", "", unicodedata.normalize("NFD", text).lower())


def test_the_docs_name_the_set_ups():
    page = (ROOT / "docs" / "latex.md").read_text()
    for set_up in tex.SET_UPS:
        assert re.search(
            rf"^\|.*\b{set_up.engine}\b.*\|.*\b{set_up.processor}\b.*\|.*`{set_up.style}`", page, re.MULTILINE | re.IGNORECASE
        )


@pytest.mark.parametrize("style", ["plain", "numeric"])
def test_a_greek_letter_that_stands_alone_is_printed(style, tmp_path):
    assert not tex.settable("λόγος")
    done = _alone(
        tmp_path, style, Work(type="preprint", title="The α-β Search of Σ-Nets", authors=(Name(family="Doe", given="Jo"),))
    )
    assert re.findall(r"^! .*", done.log, re.MULTILINE) == []
    assert "α-β" in done.text
    assert "Σ-Nets" in done.text
