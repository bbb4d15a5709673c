"""Reference lists: which works, under which headings, with which numbers, as text, Markdown, HTML and LaTeX."""

from __future__ import annotations

import re
import subprocess
import sys
from html.parser import HTMLParser

import pytest
from conftest import DATA
from entries import SEA, bibliography, entry, found

from llm4rs_bib import Category, Listing, Name, Options, PartialDate, Selection, SelectionError, Work, export, load
from llm4rs_bib.csl import StyleError
from llm4rs_bib.export import render, write
from llm4rs_bib.export.references import readable

OTHER = load(DATA / "other")
NUMERIC = """<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0">
<info><title>Numbers</title><id>x</id><updated>2026-01-01T00:00:00+00:00</updated></info>
<citation><layout><text variable="citation-number"/></layout></citation>
<bibliography second-field-align="flush"><layout>
<text variable="citation-number" prefix="[" suffix="] "/>
<group delimiter=", "><names variable="author"/><text variable="title" font-style="italic"/><text variable="DOI"/></group>
</layout></bibliography></style>"""
SORTED = NUMERIC.replace('flush">', 'flush"><sort><key variable="title"/></sort>')
PLAIN = NUMERIC.replace(' second-field-align="flush"', "").replace(
    '<text variable="citation-number" prefix="[" suffix="] "/>', ""
)


def references(listed=OTHER, selection=None, **options):
    return export(listed, "references", selection, Options(**{"style": NUMERIC, "to": "text", **options}))


def section(to, listed):
    """What stands under the one heading of a list of one category."""
    return references(listed, to=to).split("Sea, Salt", 1)[1].split("\n", 2)[2].strip()


# Lists


def test_a_list_for_each_category_under_the_headings_of_all_around_it():
    assert references() == (
        "Soil\n====\n\n"
        "Fungi, moulds\n=============\n\n"
        "[1] Molds & α-Diversity in Sphagnum: A 50% Loss?, 10.5555/AbC_1<2\n\n"
        "[2] Fungi and Bacteria in One pH Gradient, 10.48550/arXiv.1911.00001\n\n"
        "Bacteria\n========\n\n"
        "[1] Fungi and Bacteria in One pH Gradient, 10.48550/arXiv.1911.00001\n\n"
        "[2] Åsa van der Doe, Soil & Co, Plato, Martin King Jr., Soil Bacteria of the Łódź Region, 10.1000/xyz#1\n\n"
        "Climate\n=======\n\n"
        "[1] A Title Without Anything\n"
    )


def test_numbers_may_go_on_through_all_lists():
    labels = [line.partition(" ")[0] for line in references(numbering="list").splitlines() if line.startswith("[")]
    assert labels == ["[1]", "[2]", "[3]", "[4]", "[5]"]


def test_one_list_has_no_headings_and_each_work_once():
    assert references(flat=True) == references(flat=True, numbering="list") == (
        "[1] Molds & α-Diversity in Sphagnum: A 50% Loss?, 10.5555/AbC_1<2\n\n"
        "[2] Fungi and Bacteria in One pH Gradient, 10.48550/arXiv.1911.00001\n\n"
        "[3] Åsa van der Doe, Soil & Co, Plato, Martin King Jr., Soil Bacteria of the Łódź Region, 10.1000/xyz#1\n\n"
        "[4] A Title Without Anything\n"
    )  # fmt: skip


def test_a_category_alone_has_its_list_only_and_what_nests_in_it():
    fungi = references(selection=Selection(categories=["fungi"]))
    assert fungi == "Fungi, moulds\n" + references().split("Fungi, moulds\n")[1].split("\nBacteria\n=")[0]
    soil = references(selection=Selection(categories=["soil"]))
    assert soil == references().partition("Climate\n===")[0].rstrip("\n") + "\n"
    assert references(selection=Selection(keys=["shared"])).count("[1] Fungi and Bacteria") == 2


def test_a_category_without_entries_has_no_list():
    assert references(selection=Selection(keys=["no-link"])) == "Climate\n=======\n\n[1] A Title Without Anything\n"


def test_the_order_is_that_of_the_category_s_rows_or_the_one_asked_for():
    a, b = (Category(slug=slug, heading=slug) for slug in "ab")
    rows = {slug: [Listing(id=f"{slug}{i}", title=f"{slug}{i}") for i in range(2)] for slug in "ab"}
    a, b = (Category(slug=slug, heading=slug, listings=tuple(rows[slug])) for slug in "ab")
    both = entry("both", title="Both")
    both = found(both.work, key="both", listed=((a, rows["a"][1]), (b, rows["b"][1])))
    first, last = (found(Work(type="book", title=title), key=title, listed=((category, rows[category.slug][0]),))
                   for title, category in (("First", a), ("Last", b)))  # fmt: skip
    listed = bibliography(first, both, last)
    expected = "a\n=\n\n[1] First\n\n[2] Both\n\nb\n=\n\n[1] Last\n\n[2] Both\n"
    assert references(listed) == expected
    by_title = references(listed, Selection(sort="title"))
    assert by_title == "a\n=\n\n[1] Both\n\n[2] First\n\nb\n=\n\n[1] Both\n\n[2] Last\n"


def test_a_style_s_own_order_wins():
    assert references(selection=Selection(categories=["fungi"]), style=SORTED).splitlines()[3:] == [
        "[1] Fungi and Bacteria in One pH Gradient, 10.48550/arXiv.1911.00001",
        "",
        "[2] Molds & α-Diversity in Sphagnum: A 50% Loss?, 10.5555/AbC_1<2",
    ]


def test_no_entries_are_an_empty_page():
    assert references(bibliography()) == references(bibliography(), to="markdown") == ""
    for to, end in (("html", "<h1>Seas</h1>\n</body>\n</html>\n"), ("latex", "\\begin{document}\n\\end{document}\n")):
        assert references(bibliography(), to=to).endswith(end)


def test_a_work_of_which_nothing_is_known_but_its_title():
    for style, text in (("compact-numeric", "[1] Title."), ("ieee", "[1] “Title.”"), ("apa", "Title. (n.d.).")):
        assert references(bibliography(entry()), style=style, flat=True) == f"{text}\n"


def test_what_the_style_prints_nothing_for_keeps_its_place_and_is_told():
    style = PLAIN.replace('<text variable="title" font-style="italic"/><text variable="DOI"/>', "")
    listed = bibliography(entry("a", authors=(Name(family="Doe"),)), entry("b"))
    written = write(listed, "references", Options(style=style, to="html"))
    assert written.warnings == ("b: the style prints nothing for it",)
    assert '<li id="ref-b" data-key="b"></li>' in written.text


# Options


@pytest.mark.parametrize(
    ("options", "error", "message"),
    [
        ({"to": "htm"}, SelectionError, "unknown output 'htm'; did you mean html?"),
        ({"numbering": "lists"}, SelectionError, "unknown numbering 'lists'; did you mean list?"),
        ({"engine": "citeproc"}, SelectionError, "unknown engine 'citeproc'; did you mean citeproc-py?"),
        ({"categories": ["fungus"]}, SelectionError, "unknown category 'fungus'; did you mean fungi?"),
        ({"locale": "de_DE"}, SelectionError, "unknown locale 'de_DE'; did you mean de-DE?"),
        ({"style": "iee"}, StyleError, "unknown style 'iee'; did you mean ieee?"),
        ({"style": "<a/>"}, StyleError, "the style: it is no CSL style: its root is 'a'"),
        ({"engine": "citeproc-py", "to": "latex"}, SelectionError, "citeproc-py writes text and html, not latex; choose one"),
        (
            {"engine": "citeproc-py", "numbering": "list"},
            SelectionError,
            "--engine citeproc-py numbers each list from 1: leave out --numbering list",
        ),
    ],
)
def test_what_cannot_be_printed(options, error, message):
    with pytest.raises(error) as caught:
        references(**options)
    assert str(caught.value) == message


@pytest.mark.parametrize("option", ["style", "locale", "to", "numbering", "flat", "engine"])
def test_options_of_lists_are_for_no_other_format(option):
    value = True if option == "flat" else "x"
    with pytest.raises(SelectionError) as caught:
        render(OTHER, "bibtex", Options(**{option: value}))
    assert str(caught.value) == f"--{option} is for references, not for bibtex"


def test_the_language_is_the_style_s_unless_another_is_asked_for():
    french = NUMERIC.replace('version="1.0"', 'version="1.0" default-locale="fr-FR"').replace(
        '<text variable="DOI"/>', '<text term="and"/>'
    )
    listed = bibliography(entry())
    assert references(listed, style=french, flat=True) == "[1] Title, et\n"
    assert references(listed, style=french, flat=True, locale="en-US") == "[1] Title, and\n"
    assert '<html lang="fr-FR">' in references(listed, style=french, to="html")
    assert '<html lang="de-DE">' in references(listed, style=french, to="html", locale="de-DE")
    assert '<html lang="en-US">' in references(listed, to="html")


def test_the_short_name_of_a_venue_is_printed_if_asked_for():
    style = NUMERIC.replace('"DOI"', '"container-title"')
    assert "Region, Soil\n" in references(style=style, venue="short")


# Titles

TAGGED = bibliography(entry(title='A <i>b</i> in <span class="nocase">cD</span> &lt;script> $k<2$ H<sub>2</sub>O'))
MATH = bibliography(entry(title=r"Ranking in $O(n^2)$ with $\alpha_1$%Nets & $x^{ab}$"))


def test_markup_and_formulas_of_titles():
    assert section("text", TAGGED) == "[1] A b in cD <script> k<2 H2O"
    assert section("markdown", TAGGED).startswith("\\[1\\] *A* b *in cD \\<script")
    expected = '<div><i>A <span style="font-style:normal">b</span> in cD &lt;script&gt; k&lt;2 H<sub>2</sub>O</i></div>'
    assert expected in section("html", TAGGED)
    assert r"\textit{A \textup{b} in cD {\textless}script{\textgreater} $k<2$ H\textsubscript{2}O}" in section("latex", TAGGED)


def test_formulas_stay_formulas_in_latex_and_are_readable_elsewhere():
    for to in ("text", "markdown", "html"):
        assert "Ranking in O(n²) with α₁%Nets &" in section(to, MATH).replace("&amp;", "&")
    assert r"\textit{Ranking in $O(n^2)$ with $\alpha_1$\%Nets \& $x^{ab}$}" in section("latex", MATH)


def test_a_formula_does_not_move_a_title_in_the_order():
    listed = bibliography(
        *(entry(f"k{i}", title=title) for i, title in enumerate(("Zoo", r"$\beta$-Nets", "Ark", "Beta", "$a$b")))
    )
    orders = [re.findall(r"ref-(k\d)", references(listed, style=SORTED, to=to)) for to in ("html", "latex")]
    assert orders == [["k4", "k2", "k3", "k0", "k1"]] * 2


@pytest.mark.parametrize(
    ("math", "text"),
    [("$k$", "k"), ("$n^{-1}$", "n⁻¹"), ("$x_{ij}$", "xᵢⱼ"), ("$x^{ab}$", "x^(ab)"), ("$x^*$", "x^*"), (r"$\mathcal{O}(n\log n)$", "𝒪(n log n)"),
     (r"$\ell_2$", "ℓ₂"), (r"$\frac{1}{2}$", "1/2"), ("$a  b$", "a b")],
)  # fmt: skip
def test_formulas_in_signs_of_unicode(math, text):
    assert readable(math) == text


# Pages

TWO = Category(slug="two", heading='2. Two > 1 & "more" #1_', level=3)
AUTHOR = (Name(family="Doe", given="Jane"),)
SHOWN = bibliography(
    found(Work(type="book", title="One <b>&amp; only</b>", authors=AUTHOR, doi="10.1/a_b<c>"), key="doe2024one"),
    found(
        Work(type="book", title="[Two]", authors=AUTHOR),
        key="x y#z",
        listed=((SEA, Listing(id="x", title="T")), (TWO, Listing(id="y", title="T"))),
    ),
    title="Seas & <more>",
)


def test_markdown_is_a_part_of_a_page():
    assert references(SHOWN, to="markdown") == (
        "## Sea, Salt & Co; more\n\n"
        "\\[1\\] Jane Doe, *One* ***& only***, [10.1/a\\_b\\<c\\>](<https://doi.org/10.1/a_b%3Cc%3E>)\n\n"
        "\\[2\\] Jane Doe, *\\[Two\\]*\n\n"
        '### Two \\> 1 & \\"more\\" #1\\_\n\n'
        "\\[1\\] Jane Doe, *\\[Two\\]*\n"
    )


def test_html_is_a_whole_page():
    page = references(SHOWN, to="html")
    head, body = page.split("<body>\n")
    assert head.startswith('<!DOCTYPE html>\n<html lang="en-US">\n<head>\n<meta charset="utf-8">\n')
    assert "<title>Seas &amp; &lt;more&gt;</title>\n<style>\n" in head
    assert body == (
        "<h1>Seas &amp; &lt;more&gt;</h1>\n"
        '<section id="category-c">\n<h2>Sea, Salt &amp; Co; more</h2>\n<ol>\n'
        '<li id="ref-doe2024one" data-key="doe2024one"><div>[1]</div><div>Jane Doe, <i>One <b>&amp; only</b></i>, '
        '<a href="https://doi.org/10.1/a_b%3Cc%3E">10.1/a_b&lt;c&gt;</a></div></li>\n'
        '<li id="ref-x-y#z" data-key="x y#z"><div>[2]</div><div>Jane Doe, <i>[Two]</i></div></li>\n'
        "</ol>\n</section>\n"
        '<section id="category-two">\n<h3>Two &gt; 1 &amp; &quot;more&quot; #1_</h3>\n<ol>\n'
        '<li data-key="x y#z"><div>[1]</div><div>Jane Doe, <i>[Two]</i></div></li>\n'
        "</ol>\n</section>\n</body>\n</html>\n"
    )


def test_html_of_a_style_without_labels():
    listed = bibliography(entry("a", title="T"))
    assert references(listed, style=PLAIN, to="html", flat=True).split("<h1>Seas</h1>\n")[1] == (
        '<ul>\n<li id="ref-a" data-key="a"><i>T</i></li>\n</ul>\n</body>\n</html>\n'
    )


def test_an_html_page_is_balanced_and_an_id_stands_once():
    page = references(to="html", style="ieee")
    seen = _Page()
    seen.feed(page)
    assert seen.open == []
    assert len(seen.ids) == len(set(seen.ids)) == 4 + 4  # categories, works


class _Page(HTMLParser):
    def __init__(self):
        super().__init__()
        self.open, self.ids = [], []

    def handle_starttag(self, tag, attrs):
        self.ids += [value for name, value in attrs if name == "id"]
        if tag != "meta":
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


def test_latex_is_a_whole_document():
    preamble, body = references(SHOWN, to="latex").split("\\begin{document}\n")
    assert "\\documentclass{article}\n" in preamble
    settings = "\\setlength{\\leftmargin}{\\labelwidth}\\addtolength{\\leftmargin}{\\labelsep}"
    opening = f"\\begin{{list}}{{}}{{\\settowidth{{\\labelwidth}}{{{{[}}1]}}{settings}}}\n"
    assert body == (
        "\n\\section*{Sea, Salt \\& Co; more}\n"
        + opening
        + "\\item[{{[}1]}] \\hypertarget{ref-doe2024one}{}Jane Doe, \\textit{One \\textbf{\\& only}}, "
        "\\href{https://doi.org/10.1/a\\_b\\%3Cc\\%3E}{10.1/a\\_b{\\textless}c{\\textgreater}}\n"
        "\\item[{{[}2]}] \\hypertarget{ref-x-y-z}{}Jane Doe, \\textit{[Two]}\n"
        "\\end{list}\n"
        '\n\\subsection*{Two {\\textgreater} 1 \\& "more" \\#1\\_}\n'
        + opening
        + "\\item[{{[}1]}] Jane Doe, \\textit{[Two]}\n"
        "\\end{list}\n\\end{document}\n"
    )  # fmt: skip


@pytest.mark.big
@pytest.mark.parametrize("program", ["pdflatex", "lualatex"])
@pytest.mark.parametrize("style", ["ieee", "apa", NUMERIC])
def test_latex_compiles(tmp_path, program, style):
    for i, listed in enumerate((OTHER, load(), SHOWN, MATH, TAGGED)):
        (tmp_path / f"{i}.tex").write_text(references(listed, to="latex", style=style))
        command = [program, "-interaction=nonstopmode", "-halt-on-error", f"{i}.tex"]
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, check=False)
        assert done.returncode == 0, done.stdout.decode(errors="replace")[-2000:]


@pytest.mark.big
@pytest.mark.parametrize("program", ["pdflatex", "lualatex"])
@pytest.mark.parametrize("style", ["ieee", "apa", "neurips", "acm"])
def test_no_address_runs_off_the_page(tmp_path, program, style):
    (tmp_path / "list.tex").write_text(references(load(), to="latex", style=style))
    done = subprocess.run([program, "-interaction=nonstopmode", "list.tex"], cwd=tmp_path, capture_output=True, check=True)
    assert b"Overfull" not in done.stdout


# citeproc-py


def test_citeproc_py_prints_the_same_items_its_own_way():
    listed = bibliography(entry("a", title="Seas <i>x</i> <script>&", authors=AUTHOR, issued=PartialDate(2024)))
    assert references(listed, style="ieee", engine="citeproc-py", flat=True) == "[1]J. Doe, “Seas <i>x</i> <script>&”, 2024.\n"
    page = references(listed, style="ieee", engine="citeproc-py", to="html", flat=True)
    assert '<li id="ref-a" data-key="a">[1]J. Doe, “Seas <i>x</i> &lt;script&gt;&amp;”, 2024.</li>' in page


def test_what_citeproc_py_stumbles_over_is_one_line():
    broken = NUMERIC.replace('<text variable="DOI"/>', '<text macro="none"/>')
    code = (
        "from llm4rs_bib.csl.library import find; from llm4rs_bib.csl.plain import plain_references\n"
        f"try: plain_references([{{'id': 'a', 'title': 'T'}}], find({broken!r}), locale='en-US', to='text')\n"
        "except Exception as error: print(type(error).__name__, error)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    assert done.stdout.startswith("StyleError the style: citeproc-py cannot print it: ")
    assert done.stdout.count("\n") == 1
