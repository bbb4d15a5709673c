"""Titles and names of venues as registries send them, with HTML, JATS, MathML, TeX and entities, as our text."""

from __future__ import annotations

import html
import re

from .text import clean, title

# https://www.crossref.org/documentation/schema-library/markup-guide-metadata-segments/face-markup/ and JATS's names for them.
_FACES = {
    "i": "i", "em": "i", "italic": "i", "jats:italic": "i",
    "b": "b", "strong": "b", "bold": "b", "jats:bold": "b",
    "sub": "sub", "jats:sub": "sub", "inf": "sub", "sup": "sup", "jats:sup": "sup",
}  # fmt: skip
_TAG = r"<(/?)((?:\w+:)?[A-Za-z][\w-]*)(?:\s[^<>]*)?/?>"
_KNOWN = frozenset(
    """a br div font fn inline-formula label mixed-citation monospace named-content ovl p sans-serif sc scp scr small span strike
    styled-content tex-math title tt u underline underlined xref""".split()
)
_MATHML = r"(?s)<((?:\w+:)?math)\b[^>]*>(.*?)</\1>"
_LONGEST = 5_000  # signs of a title: a longer one is none
_MATH = r"(\$[^$]+\$)"
# What authors write into arXiv's forms. Of other commands nobody knows what they would print.
_TEX_LETTER = (
    r"""\\(?:["'`^~=.]|[uvHcdbkrt](?![A-Za-z]))\s*(?:\{\\?[A-Za-z]\}|\\[A-Za-z]\s?|[A-Za-z])"""
    r"|\\(?:ss|ae|AE|oe|OE|aa|AA|o|O|l|L|i|j)(?![A-Za-z])\s?(?:\{\})?"
)
_TEX_FONT = r"\\(?:emph|mbox|text(?:bf|it|rm|sc|sf|tt)?)\s*(?=\{)"
_TEX_NAME = r"\\((?:La|Bib)?TeX)(?:\{\}|(?![A-Za-z]))"


def registry_title(raw: str, subtitle: str = "") -> str:
    """A registry's title (and its subtitle, if that is not in it yet) as a title of the model."""
    main, second = _with_tags(raw), _with_tags(subtitle)
    return title(_joined(main, second))


def registry_text(raw: str) -> str:
    """A registry's text of any other kind (a name, a venue), without markup."""
    return clean(_from_tex(re.sub(_TAG, "", _unescaped(raw))))


def _joined(main: str, second: str) -> str:
    main, second = main.strip(), second.strip().lstrip(":–—- ")
    words, tail = (re.findall(r"\w+", each.casefold()) for each in (main, second))
    if not tail or words[-len(tail) :] == tail:
        return main
    if tail[: len(words)] == words:
        return second
    main = main.removesuffix(":")
    return f"{main} {second}" if main.endswith(("?", "!", ".")) else f"{main}: {second}"


def _unescaped(raw: str) -> str:
    """Entities read twice: one title in two hundred has them escaped twice."""
    return html.unescape(html.unescape(raw[:_LONGEST]))


def _with_tags(raw: str) -> str:
    text = re.sub(_MATHML, lambda match: f" {_math(match[2])} ", _unescaped(raw))
    text = re.sub(r" +([-,.;:)])", r"\1", text) if "math" in raw else text
    text = _from_tex(re.sub(_TAG, _as_csl, text))
    text = re.sub(r"(?<=[a-z]{2})(?=<i>[A-Z])|(?<=[a-z]</i>)(?=[a-z]{2})", " ", text)  # the space that some records lost
    return re.sub(r"<(\w+)>\s*</\1>", "", text)


def _as_csl(match: re.Match[str]) -> str:
    name = match[2].lower()
    if name in _FACES:
        return f"<{match[1]}{_FACES[name]}>"
    if name == "br":
        return " "
    return "" if name in _KNOWN or ":" in name else match[0]


def _math(inside: str) -> str:
    """MathML as text: its TeX if it brings that, else its letters, with scripts as tags."""
    if tex := re.search(r"(?s)<(?:\w+:)?annotation[^>]*tex[^>]*>(.*?)</", inside):
        return f"${tex[1].strip().strip('$')}$"
    inside = re.sub(r"\s+", "", re.sub(r"<((?:\w+:)?)(\w+)\b[^>]*?(/?)>", r"<\1\2\3>", inside))
    for script, tag in (("msub", "sub"), ("msup", "sup")):
        for whole, parts in re.findall(rf"(<(?:\w+:)?{script}>(.*?)</(?:\w+:)?{script}>)", inside):
            inside = inside.replace(whole, _script(parts, tag))
    inside = re.sub(r"<(?:\w+:)?msqrt>", "√", inside)
    return re.sub(r"<(?!/?su[bp]>)[^>]*>", "", inside)


def _script(inside: str, tag: str) -> str:
    parts = re.findall(r"<(?:\w+:)?(m[a-z]+)>(.*?)</(?:\w+:)?\1>", inside)
    if len(parts) != 2:
        return inside
    return f"{parts[0][1]}<{tag}>{parts[1][1]}</{tag}>"


def _from_tex(text: str) -> str:
    """TeX's dashes, letters with accents, fonts and escapes outside math as Unicode."""
    pieces = re.split(_MATH, re.sub(r"(?<=\s)--(?=\s)", "–", text).replace("---", "—"))
    if not any("\\" in piece for piece in pieces[::2]):
        return "".join(pieces)
    return "".join(piece if i % 2 else _without_tex(piece) for i, piece in enumerate(pieces))


def _without_tex(text: str) -> str:
    text = re.sub(_TEX_NAME, r"\1", re.sub(_TEX_FONT, "", re.sub(_TEX_LETTER, _letter, text)))
    for _ in range(3):  # braces keep capitals, for TeX
        text = re.sub(r"(?<!\\)\{([^{}]*)\}", r"\1", text)
    return re.sub(r"\\([&%#_{}$])", r"\1", text)


def _letter(match: re.Match[str]) -> str:
    from pylatexenc.latex2text import LatexNodes2Text  # 100 ms that only such titles cost

    return str(LatexNodes2Text().latex_to_text(match[0])).strip()
