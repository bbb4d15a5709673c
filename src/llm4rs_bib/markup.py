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
_TAG = r"<(/?)((?:\w+:)?[A-Za-z]\w*)(?:\s[^<>]*)?/?>"
_KNOWN = frozenset(
    """a br div font fn inline-formula label mixed-citation monospace named-content ovl p sans-serif sc scp scr small span strike
    styled-content tex-math title tt u underline underlined xref""".split()
)
_MATHML = r"(?s)<((?:\w+:)?math)\b[^>]*>(.*?)</\1>"
_TEX_COMMAND = r"\\[A-Za-z\"'`^~=.&%#$_{]"


def registry_title(raw: str, subtitle: str = "") -> str:
    """A registry's title (and its subtitle, if that is not in it yet) as a title of the model."""
    main, second = _with_tags(raw), _with_tags(subtitle)
    return title(_joined(main, second))


def registry_text(raw: str) -> str:
    """A registry's text of any other kind (a name, a venue), without markup."""
    return clean(_from_tex(re.sub(_TAG, "", _unescaped(raw))))


def _joined(main: str, second: str) -> str:
    second = second.strip().lstrip(":–—- ")
    plain, tail = (re.sub(r"\W+", "", each).casefold() for each in (main, second))
    if not tail or plain.endswith(tail):
        return main
    main = main.strip().removesuffix(":")
    return f"{main} {second}" if main.endswith(("?", "!")) else f"{main}: {second}"


def _unescaped(raw: str) -> str:
    """Entities read twice: one title in two hundred has them escaped twice."""
    return html.unescape(html.unescape(raw))


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
    return re.sub(r"<(?!/?su[bp]>)[^>]*>", "", inside)


def _script(inside: str, tag: str) -> str:
    parts = re.findall(r"<(?:\w+:)?(m[a-z]+)>(.*?)</(?:\w+:)?\1>", inside)
    if len(parts) != 2:
        return inside
    return f"{parts[0][1]}<{tag}>{parts[1][1]}</{tag}>"


def _from_tex(text: str) -> str:
    """TeX's dashes, accents and text commands outside math as Unicode: authors write them into arXiv's forms."""
    text = re.sub(r"(?<=\s)--(?=\s)", "–", text).replace("---", "—")
    if not re.search(_TEX_COMMAND, text):
        return text
    from pylatexenc.latex2text import LatexNodes2Text  # 100 ms that only such titles cost

    reader = LatexNodes2Text(math_mode="verbatim", strict_latex_spaces=True)
    return str(reader.latex_to_text(text.replace("%", r"\%") if r"\%" not in text else text)).strip()
