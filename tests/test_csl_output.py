"""What is printed is the text that was given, in each format, with its italics, bold letters and scripts."""

from __future__ import annotations

import re
import unicodedata
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from pylatexenc.latex2text import LatexNodes2Text, MacroTextSpec, get_default_latex_context_db
from pylatexenc.latexwalker import LatexWalker
from pylatexenc.latexwalker import get_default_latex_context_db as walker_db
from pylatexenc.macrospec import MacroSpec
from strategies import TEXT

from llm4rs_bib.csl import bibliography
from llm4rs_bib.csl.output import FORMATS, Format, rendered
from llm4rs_bib.csl.tokens import CLOSE, INNER, NO_CASE, QUOTE, UNQUOTE, Open

QUOTES = ("“", "”"), ("‘", "’")
ITALIC, BOLD, CAPS = Open("font-style", "italic"), Open("font-weight", "bold"), Open("font-variant", "small-caps")
SUP, SUB, UNDERLINE = Open("vertical-align", "sup"), Open("vertical-align", "sub"), Open("text-decoration", "underline")
NO_DECOR = Open("nodecor", "")


def printed(tokens, to):
    return rendered(tokens, FORMATS[to], QUOTES)


def link(address, text=None):
    return [Open("link", address), address if text is None else text, CLOSE]


# ------------------------------------------------------------------------------------------------ all formats

TITLE = [
    "Doe, ",
    CAPS,
    "J.",
    CLOSE,
    " ",
    QUOTE,
    "A ",
    ITALIC,
    "b ",
    ITALIC,
    "c",
    CLOSE,
    CLOSE,
    ",",
    UNQUOTE,
    " ",
    BOLD,
    "7",
    CLOSE,
]


@pytest.mark.parametrize(
    ("to", "text"),
    [
        ("text", "Doe, J. “A b c,” 7"),
        (
            "html",
            'Doe, <span style="font-variant:small-caps">J.</span> “A <i>b <span style="font-style:normal">c</span></i>,” <b>7</b>',
        ),
        ("markdown", "Doe, J. “A *b* c,” **7**"),
        ("latex", r"Doe, \textsc{J.} {\textquotedblleft}A \textit{b \textup{c}},{\textquotedblright} \textbf{7}"),
    ],
)
def test_a_reference_is_written_in_each_format(to, text):
    assert text.replace(r"{\textquotedblleft}", "“").replace(r"{\textquotedblright}", "”") == printed(TITLE, to)


def test_quotation_marks_alternate_by_depth():
    tokens = [QUOTE, "a ", QUOTE, "b ", INNER, "c", UNQUOTE, UNQUOTE, UNQUOTE, INNER, "d", UNQUOTE]
    assert printed(tokens, "text") == "“a ‘b “c”’”‘d’"


@pytest.mark.parametrize(
    ("around", "tag"),
    [
        (ITALIC, 'font-style:normal">'),
        (BOLD, 'font-weight:normal">'),
        (CAPS, 'font-variant:normal">'),
        (UNDERLINE, 'display:inline-block;text-decoration:none">'),
        (SUP, 'vertical-align:baseline">'),
    ],
)
def test_a_format_within_itself_and_in_nodecor_is_turned_back(around, tag):
    assert f'<span style="{tag}v.</span>' in printed([around, "a ", around, "v.", CLOSE, CLOSE], "html")
    assert f'<span style="{tag}v.</span>' in printed([around, "a ", NO_DECOR, "v.", CLOSE, CLOSE], "html")


def test_nodecor_turns_back_all_that_is_active_and_nothing_else():
    tokens = [BOLD, ITALIC, "a ", NO_DECOR, "v. ", ITALIC, "w", CLOSE, CLOSE, " b", CLOSE, CLOSE, NO_DECOR, "c", CLOSE]
    inside = '<span style="font-weight:normal"><span style="font-style:normal">v. <i>w</i></span></span>'
    assert f"<b><i>a {inside} b</i></b>c" == printed(tokens, "html")
    assert "***a*** v. *w* ***b***c".replace("***b***c", "<b><i>b</i></b>c") == printed(tokens, "markdown")


def test_a_normal_format_where_none_is_active_is_nothing():
    assert printed([Open("font-style", "normal"), "a", CLOSE, NO_CASE, "b", CLOSE], "html") == "ab"


def test_what_was_opened_is_closed():
    assert printed([ITALIC, "a", BOLD, "b"], "html") == "<i>a<b>b</b></i>"
    assert printed(["a", CLOSE, "b"], "html") == "ab"


@pytest.mark.parametrize("to", FORMATS)
def test_an_entry_has_one_line_and_no_control_characters(to):
    assert printed(["a\r\n\tb\u2028c\x85", "d\x00\x1b\ud800\ufffee\u00a0f"], to) == "a b c de\u00a0f"


DISPLAYED = [
    Open("display", "block"),
    "Doe",
    CLOSE,
    Open("display", "left-margin"),
    "2024",
    CLOSE,
    Open("display", "right-inline"),
    "T.",
    CLOSE,
]


def test_blocks_are_divs_in_html_and_parted_by_spaces_elsewhere():
    div = '<div class="csl-{}">{}</div>'
    assert div.format("block", "Doe") + div.format("left-margin", "2024") + div.format("right-inline", "T.") == printed(
        DISPLAYED, "html"
    )
    assert {"Doe 2024 T."} == {printed(DISPLAYED, to) for to in ("text", "markdown", "latex")}


def test_blocks_are_parted_by_one_space():
    block = Open("display", "block")
    tokens = [block, CLOSE, "a ", block, "b", CLOSE, block, ITALIC, " c", CLOSE, CLOSE, block, ITALIC, "d"]
    assert printed(tokens, "text") == "a b c d"
    assert printed([*link("https://x.org"), block, *link("https://y.org"), CLOSE, "c"], "text") == "https://x.org https://y.orgc"


def test_a_link_holds_text_alone():
    tokens = [ITALIC, Open("link", "https://x.org"), "a", BOLD, "b", CLOSE, *link("https://y.org", "c"), CLOSE, CLOSE, "d"]
    assert printed(tokens, "html") == '<i><a href="https://x.org">abc</a></i>d'


def test_a_format_of_ones_own_may_say_nothing_of_links():
    own = Format(str.upper, {("font-style", "italic"): ("/", "/")})
    tokens = [ITALIC, "a", CLOSE, BOLD, "b", CLOSE, *link("https://x.org")]
    assert rendered(tokens, own, QUOTES) == "/A/BHTTPS://X.ORG"


# ------------------------------------------------------------------------------------------------ links

ADDRESSES = [  # address, text, HTML's href
    ("https://doi.org/10.1145/3", "10.1145/3", "https://doi.org/10.1145/3"),
    ("https://doi.org/10.1002/(SICI)1<1::AID#2>3.0;2-X?y", "10.1002/(SICI)1<1::AID#2>3.0;2-X?y", "https://doi.org/10.1002/(SICI)1%3C1::AID%232%3E3.0;2-X%3Fy"),
    ("https://x.org/a_b?q=1&lt;=2#top", None, "https://x.org/a_b?q=1&amp;lt;=2#top"),
    ('HTTP://x.org/" onclick="alert(1)', None, "HTTP://x.org/%22%20onclick=%22alert(1)"),
    ("https://x.org/é%20%zz{[^]}\\$`", None, "https://x.org/%C3%A9%20%25zz%7B%5B%5E%5D%7D%5C%24%60"),
    ("  https://x.org/a\nb", "b", "https://x.org/a%20b"),
]  # fmt: skip


@pytest.mark.parametrize(("address", "text", "href"), ADDRESSES)
def test_a_link_leads_to_its_address_percent_encoded(address, text, href):
    shown = " ".join((text or address).split()) if text != "b" else text
    found = printed(link(address, text), "html")
    assert re.fullmatch(rf'<a href="{re.escape(href)}">[^<>]*</a>', found)
    assert "".join(letter for letter, _ in html_letters(found)).strip() == shown
    (anchor,) = (
        token
        for token in MarkdownIt().parseInline(printed(link(address, text), "markdown"))[0].children
        if token.type == "link_open"
    )
    assert href.replace("&amp;", "&") == anchor.attrs["href"]


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "data:text/html,x", "//x.org", "x.org", "https://", "ftp://x.org", "vbscript:http://x", ""]
)
def test_what_does_not_lead_into_the_web_is_no_link(address):
    assert {"x"} == {printed(link(address, "x"), to) for to in FORMATS}


def test_the_resolver_in_front_of_an_identifier_is_part_of_the_link():
    tokens = ["doi: https://doi.org/", *link("https://doi.org/10.1145/3_4", "10.1145/3_4"), "."]
    assert printed(tokens, "html") == 'doi: <a href="https://doi.org/10.1145/3_4">https://doi.org/10.1145/3_4</a>.'
    assert printed(tokens, "markdown") == "doi: <https://doi.org/10.1145/3_4>."
    assert printed(tokens, "latex") == r"doi: \url{https://doi.org/10.1145/3\_4}."
    assert printed(tokens, "text") == "doi: https://doi.org/10.1145/3_4."


@pytest.mark.parametrize(
    ("tokens", "markdown", "latex"),
    [
        (link("https://x.org/(a)_b"), "<https://x.org/(a)_b>", r"\url{https://x.org/(a)\_b}"),
        (
            link("https://x.org/a%20b#c"),
            r"[https\://x.org/a%20b#c](<https://x.org/a%20b#c>)",
            r"\url{https://x.org/a\%20b\#c}",
        ),
        (
            link("https://doi.org/10.1/a_b~c&d", "10.1/a_b~c&d"),
            r"[10.1/a\_b\~c&d](<https://doi.org/10.1/a_b~c&d>)",
            r"\href{https://doi.org/10.1/a\_b\~c\&d}{10.1/a\_b{\textasciitilde}c\&d}",
        ),
        (
            link("https://doi.org/10.1/a_b", "10.1/a_b"),
            r"[10.1/a\_b](<https://doi.org/10.1/a_b>)",
            r"\href{https://doi.org/10.1/a\_b}{\nolinkurl{10.1/a\_b}}",
        ),
        (
            ["Wow!", *link("https://x.org/$1*2*&amp;", "a]b")],
            r"Wow\![a\]b](<https://x.org/%241*2*&amp;amp;>)",
            r"Wow!\href{https://x.org/\%241*2*\&amp;}{a]b}",
        ),
        (
            [ITALIC, "see ", *link("https://x.org/", "x"), CLOSE],
            "*see [x](<https://x.org/>)*",
            r"\textit{see \href{https://x.org/}{\nolinkurl{x}}}",
        ),
    ],
)  # fmt: skip
def test_links_in_markdown_and_latex(tokens, markdown, latex):
    assert markdown == printed(tokens, "markdown")
    assert latex == printed(tokens, "latex")


# ------------------------------------------------------------------------------------------------ HTML

VOID = {
    "font-style:normal": ("font-style", ""),
    "font-weight:normal": ("font-weight", ""),
    "vertical-align:baseline": ("script", ""),
}
TAGS = {"i": ("font-style", "i"), "em": ("font-style", "i"), "b": ("font-weight", "b"), "strong": ("font-weight", "b"), "sup": ("script", "sup"), "sub": ("script", "sub")}  # fmt: skip


class Letters(HTMLParser):
    """The letters of a text in HTML, each with its font and script."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.stack, self.found = [], []

    def handle_starttag(self, tag, attrs):
        style = dict(attrs).get("style")
        self.stack.append((tag, TAGS.get(tag) or VOID.get(style)))

    def handle_endtag(self, tag):
        assert self.stack.pop()[0] == tag

    def handle_data(self, data):
        now = dict(filter(None, (what for _, what in self.stack)))
        self.found += [(letter, frozenset(filter(None, now.values()))) for letter in data]


def html_letters(text):
    parser = Letters()
    parser.feed(text)
    parser.close()
    assert not parser.stack
    return parser.found


def folded(letters):
    """The letters without white space at the ends, with plain white space made one and without its fonts."""
    out = []
    for letter, fonts in letters:
        if not letter.isspace():
            out.append((letter, fonts))
        elif out and not (letter in " \t\n" and out[-1][0] == " "):
            out.append((" " if letter in " \t\n" else letter, frozenset()))
    while out and out[-1][0].isspace():
        out.pop()
    return out


SIGNS = "".join(map(chr, range(0x20, 0x7F)))
# Texts with a taste for the signs that formats mind, and all of Unicode.
TEXTS = TEXT | st.text(st.sampled_from(SIGNS + "aB1 –“”é€\u00a0"), min_size=1, max_size=12) | st.sampled_from(
    ["<script>alert(1)</script>", "&lt;", "&amp", "--", "---", "...", "''", "``", ",,", "<<", "?`", "!`", "1.", "A.  b", "# ", "- ", "$a$", "http://a_b", "www.x_y.z", "a@b.c", ":smile:", "\\", "![", "](", "{.a}", "[^1]", "~~"]
)  # fmt: skip
FONTS = st.sampled_from([ITALIC, BOLD, CAPS, SUP, SUB, UNDERLINE, NO_DECOR, NO_CASE, Open("font-style", "oblique")])
TOKENS = st.recursive(
    st.lists(TEXTS, max_size=3) | TEXTS.map(lambda text: link(f"https://x.org/{text}", text)) | st.just([QUOTE, "q", UNQUOTE]),
    lambda inner: (
        st.lists(inner, max_size=3).map(lambda parts: [token for part in parts for token in part])
        | st.tuples(FONTS, inner).map(lambda part: [part[0], *part[1], CLOSE])
    ),
    max_leaves=8,
)


def without_oblique(tokens):
    return [ITALIC if token == Open("font-style", "oblique") else token for token in tokens]


@given(TOKENS)
def test_html_shows_the_text(tokens):
    text = printed(tokens, "text")
    assert text == "".join(letter for letter, _ in html_letters(printed(tokens, "html")))


@given(TEXTS)
def test_html_is_escaped(text):
    assert not re.search("[<>]|&(?!(?:amp|lt|gt);)", printed([text], "html"))
    assert not re.search(
        '[<>"]|&(?!amp;)', re.sub(r'^<a href="|">.*</a>$', "", printed(link(f"https://x.org/{text}", "x"), "html"))
    )


# ------------------------------------------------------------------------------------------------ Markdown


def markdown_letters(text):
    """The letters of one paragraph, as CommonMark reads it."""
    tokens = MarkdownIt("commonmark").parse(text)
    assert [token.type for token in tokens] == ["paragraph_open", "inline", "paragraph_close"] if text else not tokens
    html = MarkdownIt("commonmark").render(text)
    return html_letters(re.sub(r"</?p>|<a [^>]*>|</a>", "", html))


@given(TOKENS)
def test_markdown_shows_the_text_with_its_fonts(tokens):
    tokens = without_oblique(tokens)
    assert folded(html_letters(printed(tokens, "html"))) == folded(markdown_letters(printed(tokens, "markdown")))


@pytest.mark.parametrize(
    ("tokens", "markdown"),
    [
        ([ITALIC, "foo", CLOSE, "bar"], "<i>foo</i>bar"),
        (["(", ITALIC, "foo", CLOSE, ")"], "(*foo*)"),
        (["“", ITALIC, "“x”", CLOSE, "”"], "“*“x”*”"),
        (["a ", ITALIC, " b ", CLOSE, " c"], "a  *b*  c"),
        (["a", ITALIC, " b", CLOSE, "."], "a *b*."),
        ([ITALIC, "a.", CLOSE, " b"], "*a.* b"),
        ([ITALIC, "a.", CLOSE, ","], "*a.*,"),
        ([ITALIC, BOLD, "a", CLOSE, " b", CLOSE], "***a*** *b*"),
        ([ITALIC, "a", CLOSE, BOLD, "b", CLOSE], "<i>a</i>**b**"),
        ([ITALIC, " ", CLOSE, "a", BOLD, CLOSE], "a"),
        (["H", SUB, "2", CLOSE, "O ", CAPS, "x", CLOSE, UNDERLINE, "y", CLOSE], "H<sub>2</sub>O xy"),
        ([ITALIC, "x", SUP, "2", CLOSE, " y", CLOSE], "*x<sup>2</sup> y*"),
        (["€", ITALIC, "5", CLOSE], "€<i>5</i>"),
        ([ITALIC, "Lessard ", NO_DECOR, "v.", CLOSE, " Schmidt", CLOSE], "*Lessard* v. *Schmidt*"),
    ],
)
def test_emphasis_is_written_so_that_all_readers_see_it(tokens, markdown):
    assert markdown == printed(tokens, "markdown")


@pytest.mark.parametrize(
    ("text", "markdown"),
    [
        ("1986. A great year", r"1986\. A great year"),
        ("2) x", r"2\) x"),
        ("(a) x", r"(a\) x"),
        ("ii. x", r"ii\. x"),
        ("A.  x", r"A\.  x"),
        ("J. Doe and A. B. Roe, pp. 1–3.", "J. Doe and A. B. Roe, pp. 1–3."),
        ("# x", r"\# x"),
        ("C# in #1", "C# in #1"),
        ("- x - y", r"\- x - y"),
        ("+1 = 2", r"\+1 = 2"),
        (": x: y", r"\: x: y"),
        ("R&D &lt; &amp &#38;", r"R&D \&lt; &amp \&#38;"),
        ("US$5", r"US\$5"),
        ("$5 or $6", r"<span>\$</span>5 or <span>\$</span>6"),
        ("a_b *c* [Online] <i> `d` {e} ~f~ x^2 a|b \\", r"a\_b \*c\* \[Online\] \<i\> \`d\` \{e} \~f\~ x\^2 a\|b \\"),
        ("see http://a_b, www.x_y.z", r"see http\://a\_b, www\.x\_y.z"),
        ("@doe a@b.c", r"\@doe a@b.c"),
        (":smile: 10:20", r"\:smile: 10:20"),
        ("a -- b ... 'c' \"d\"", r"""a -\- b .\.\. \'c\' \"d\" """.strip()),
        ("wow! [x]", r"wow! \[x\]"),
    ],
)
def test_signs_are_escaped_in_markdown_where_they_mean_something(text, markdown):
    assert markdown == printed([text], "markdown")


# ------------------------------------------------------------------------------------------------ LaTeX

_ARGUMENTS = {"textulc": "{", "textup": "{", "textmd": "{", "textsl": "{", "underline": "{"}
_WALKER = walker_db()
_WALKER.add_context_category(
    "ours", prepend=True, macros=[*(MacroSpec(name, each) for name, each in _ARGUMENTS.items()), MacroSpec("href", "{{")]
)
_SIGNS = {"/": "", "textless": "<", "textgreater": ">", "textasciicircum": "^"}
_SHOWN = get_default_latex_context_db()
_SHOWN.add_context_category(
    "ours",
    prepend=True,
    macros=[
        *(MacroTextSpec(name, "%s") for name in _ARGUMENTS),
        MacroTextSpec("href", "%(2)s"),
        *(MacroTextSpec(name, sign) for name, sign in _SIGNS.items()),
    ],
)


def latex_text(text):
    """A text in LaTeX as it is read; in addresses no two signs are read as one."""
    text = re.sub(r"\\(?:nolink)?url\{(.*?)\}", _address, text)
    nodes, _, _ = LatexWalker(text, latex_context=_WALKER, tolerant_parsing=False).get_latex_nodes()
    return LatexNodes2Text(latex_context=_SHOWN, strict_latex_spaces=True).nodelist_to_text(nodes)


def _address(url):
    return re.sub("[-',?!]", r"{\g<0>}", url[1].replace(r"\~", r"{\textasciitilde}"))


def same(text):
    """A text without white space, in NFC, with those quotation marks that TeX turns as typed."""
    return re.sub(r"\s", "", unicodedata.normalize("NFC", text)).translate(str.maketrans("’‘”", "'`\""))


@given(TOKENS)
def test_latex_shows_the_text(tokens):
    assert same(printed(tokens, "text")) == same(latex_text(printed(tokens, "latex")))


@pytest.mark.parametrize(
    ("text", "latex"),
    [
        (
            r"50% of $5 & #1 a_b {c} x^y ~z \w",
            r"50\% of \$5 \& \#1 a\_b \{c\} x{\textasciicircum}y {\textasciitilde}z {\textbackslash}w",
        ),
        ("a--b --- ?` !` '' `` ,, <<", r"a-\/-b -\/-\/- ?\/` !\/` '\/' `\/` ,\/, {\textless}\/{\textless}"),
        ("–- ’’ ‘‘ ?‘ !‘ `‘ '’", r"–\/- ’\/’ ‘\/‘ ?\/‘ !\/‘ `\/‘ '\/’"),
        ("[1] x [2]", "{[}1] x [2]"),
        ("* x", "{*} x"),
        ("Nguye\u0302\u0303n, “ẽ” – α", r"Nguyễn, “{\~e}” – $\alpha$"),
    ],
)
def test_signs_of_tex_are_escaped(text, latex):
    assert latex == printed([text], "latex")


@given(TEXTS)
def test_an_entry_in_latex_does_not_begin_with_what_item_takes(text):
    assert printed([text], "latex").strip()[:1] not in ("[", "*")


# ------------------------------------------------------------------------------------------------ whole references

STYLE = """
<style xmlns="http://purl.org/net/xbiblio/csl" version="1.0" class="in-text"><info><title>T</title><id>t</id></info>
<bibliography><layout suffix="."><group delimiter=", ">
<names variable="author"/><text variable="title" quotes="true"/><text variable="publisher" font-style="italic" vertical-align="sup"/>
<text variable="DOI" prefix="https://doi.org/"/></group></layout></bibliography></style>
"""
ITEMS = st.fixed_dictionaries(
    {"id": st.just("a"), "type": st.just("book"), "title": TEXTS, "publisher": TEXTS, "DOI": TEXTS},
    optional={"author": st.builds(lambda text: [{"literal": text}], TEXTS) | st.builds(lambda *parts: [dict(zip(("family", "given"), parts, strict=True))], TEXTS, TEXTS)},
)  # fmt: skip


@given(ITEMS)
def test_a_reference_says_the_same_in_each_format(item):
    text, html, markdown, latex = (bibliography([item], STYLE, to=to).references[0].text for to in FORMATS)
    assert text.strip() == "".join(letter for letter, _ in html_letters(html)).strip()
    assert folded(html_letters(html)) == folded(markdown_letters(markdown))
    assert same(text) == same(latex_text(latex))
