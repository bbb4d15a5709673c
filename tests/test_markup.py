from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from llm4rs_bib.markup import registry_text, registry_title
from llm4rs_bib.text import clean, title

MATH = "<mml:math><mml:{0}><mml:mi>x</mml:mi><mml:mn>2</mml:mn></mml:{0}></mml:math>"
BOTH = '<mml:math><mml:semantics><mml:mi>k</mml:mi><mml:annotation encoding="application/x-tex">k</mml:annotation></mml:semantics></mml:math>'


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("<i>E. coli</i> &amp; H<sub>2</sub>O", "<i>E. coli</i> & H<sub>2</sub>O"),
        ("<em>a</em> <jats:italic>b</jats:italic> <I>c</I> <strong>d</strong>", "<i>a</i> <i>b</i> <i>c</i> <b>d</b>"),
        ("R<jats:sup>2</jats:sup> H<inf>2</inf>", "R<sup>2</sup> H<sub>2</sub>"),
        ("<scp>Abc</scp><span class='x'> d</span> <jats:sc>e</jats:sc><p>f</p> <tt>g</tt>", "Abc d ef g"),
        ("One<br/>Two<br>Three", "One Two Three"),
        ("<em>In vivo</em>imaging of<i>Mus</i>", "<i>In vivo</i> imaging of <i>Mus</i>"),
        ("Empty <i> </i>tags", "Empty tags"),
        ("<b>open", "&lt;b&gt;open"),
        ("The <T> of P < 0.05 and x > 3", "The &lt;T&gt; of P &lt; 0.05 and x &gt; 3"),
        ("A &lt; B &amp;lt; C &amp;amp; D", "A &lt; B &lt; C & D"),
        ("&lt;i&gt;x&lt;/i&gt; &amp;lt;sub&amp;gt;2&amp;lt;/sub&amp;gt;", "<i>x</i> <sub>2</sub>"),
        ("J&uuml;rgen&nbsp;K &#x2B; &#8211;", "Jürgen K + –"),
        ("Line\n   break\tand \u2028 more", "Line break and more"),
        ("Cafe\u0301 \x00\x1bx", "Café x"),
        (MATH.format("msup") + "-VAE", "x<sup>2</sup>-VAE"),
        ("The " + MATH.format("msub") + " , again", "The x<sub>2</sub>, again"),
        ("A<math><mi>k</mi></math>B", "A k B"),
        (BOTH + "-means", "$k$-means"),
        ("$\\alpha$-NN costs $5", "$\\alpha$-NN costs &#36;5"),
        ("Schr\\\"odinger's {\\'e}tude \\v{C} {\\aa}n na\\\"\\i ve \\o re", "Schrödinger's étude Č ån naïve øre"),
        ("\\textit{Foo} \\textbf{bar} \\emph{baz} AT\\&T 100\\% a\\_b", "Foo bar baz AT&T 100% a_b"),
        ("5% of \\'e", "5% of é"),
        ("\\'e for $\\sqrt{n} \\'e$", "é for $\\sqrt{n} \\'e$"),
        ("Plain {braces} -- and---dashes", "Plain {braces} – and—dashes"),
        ("--fast a-b", "--fast a-b"),
        ("100% C:/x", "100% C:/x"),
        ("", ""),
        ("<inline-formula><tex-math>$x_1$</tex-math></inline-formula>", "$x_1$"),
        ("<sans-serif>A</sans-serif>", "A"),
        ("\\mbox{COMET}-2", "COMET-2"),
        ("\\LaTeX for \\TeX", "LaTeX for TeX"),
        ("100\\% of \\'e, 5% of a", "100% of é, 5% of a"),
    ],
)
def test_titles_of_registries(raw, expected):
    assert expected == registry_title(raw)


@pytest.mark.parametrize("raw", ["\\sqrt", "\\input", "\\footnote", "\\verb", "A \\verb", "{" * 3000 + "\\'e"])
def test_tex_that_nobody_can_read_stays_a_title(raw):
    assert registry_title(raw)


@pytest.mark.parametrize(
    ("main", "subtitle", "expected"),
    [
        ("Foo", "Bar", "Foo: Bar"),
        ("Foo:", "Bar", "Foo: Bar"),
        ("Foo", ": Bar", "Foo: Bar"),
        ("Foo", "– Bar", "Foo: Bar"),
        ("Foo: Bar", "Bar", "Foo: Bar"),
        ("Foo – bar", "Bar.", "Foo – bar"),
        ("Foo", "FOO", "Foo"),
        ("Foo?", "Bar", "Foo? Bar"),
        ("Foo!", "Bar", "Foo! Bar"),
        ("Foo", "  ", "Foo"),
        ("<i>Foo</i>", "<em>Bar</em> &amp; Baz", "<i>Foo</i>: <i>Bar</i> & Baz"),
        ("Foo", "A Foo Reproduced", "Foo: A Foo Reproduced"),
        ("Foo:", "Foo: Bar", "Foo: Bar"),
        ("Generative AI", "I", "Generative AI: I"),
    ],
)
def test_a_subtitle_is_joined_unless_it_is_there(main, subtitle, expected):
    assert expected == registry_title(main, subtitle)


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("ACM &amp;amp; IEEE", "ACM & IEEE"),
        ("<i>Nature</i>\n  Methods", "Nature Methods"),
        ("J&uuml;rgen", "Jürgen"),
        ('Proc. \\& Foo M\\"uller', "Proc. & Foo Müller"),
        ("a < b > c $5", "a < b > c $5"),
    ],
)
def test_texts_of_registries_have_no_markup(raw, expected):
    assert expected == registry_text(raw)


# Commands without their arguments are left out: see above.
PIECES = (
    "< > / i b &amp; &lt; $ &#36; { } \\' \\alpha \\\" a % - : <sub> </sub> <mml:math> </mml:math> <math> ~ ^ _ \n ? é".split(" ")
)


@given(st.text() | st.lists(st.sampled_from(PIECES), max_size=15).map("".join), st.text(max_size=5))
def test_any_text_gives_a_title_of_the_model(raw, subtitle):
    found = registry_title(raw, subtitle)
    assert found == title(found)
    assert registry_text(raw) == clean(registry_text(raw))


@given(st.text(st.characters(categories=["L", "N"]), min_size=1), st.text("abc ", min_size=1))
def test_plain_words_stay(one, other):
    assert registry_title(f"{one} {other}") == clean(f"{one} {other}")
