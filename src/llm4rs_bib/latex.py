"""Text as LaTeX source that classic BibTeX, biber and the importers of Zotero and JabRef all read alike.

What each of them does with which form was measured; docs/design.md has the reasons.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from .text import spans

# Signs that TeX or BibTeX would take for its own. Words in braces, so that no style can change their case.
_SIGNS = str.maketrans(
    {
        "&": r"\&",
        "%": r"\%",
        "$": r"\$",
        "#": r"\#",
        "_": r"\_",
        "{": r"{\textbraceleft}",
        "}": r"{\textbraceright}",
        "~": r"{\textasciitilde}",
        "^": r"{\textasciicircum}",
        "\\": r"{\textbackslash}",
        "<": r"{\textless}",
        ">": r"{\textgreater}",
    }
)
_TAGS = {
    "<i>": r"\textit{",
    "<b>": r"\textbf{",
    "<sub>": r"\textsubscript{",
    "<sup>": r"\textsuperscript{",
    '<span class="nocase">': "{",
}
_EDGES = re.compile(r"^(\W*)(.*?)(\W*)$", re.DOTALL)
# Combining accents and the letters that no accent makes: https://ctan.org/pkg/encguide, table of accents.
_ACCENTS = {
    "\u0300": "`", "\u0301": "'", "\u0302": "^", "\u0303": "~", "\u0304": "=", "\u0306": "u", "\u0307": ".",
    "\u0308": '"', "\u030a": "r", "\u030b": "H", "\u030c": "v", "\u0323": "d", "\u0327": "c", "\u0328": "k",
}  # fmt: skip
_LETTERS = {"Ł": "L", "ł": "l", "Ø": "O", "ø": "o", "Æ": "AE", "æ": "ae", "Œ": "OE", "œ": "oe", "Å": "AA", "å": "aa"}


def escape(text: str) -> str:
    """Text with TeX's special signs escaped; letters stay as they are, in UTF-8."""
    return text.translate(_SIGNS)


def protected(title: str) -> str:
    r"""A title as LaTeX, with each word in braces whose capitals a style must not lower.

    >>> protected("LLM-Guided Ranking at 50% Cost: iPhone & GPT-4o")
    '{LLM-Guided} Ranking at 50\\% Cost: {iPhone} \\& {GPT-4o}'
    """
    pieces = []
    for kind, piece in spans(title):
        if kind == "tag":
            pieces.append(_TAGS.get(piece, "}"))
        elif kind == "math":
            pieces.append(re.sub(r"(?<!\\)[%#&]", r"\\\g<0>", piece))
        else:
            pieces.append(protected_words(piece))
    return "".join(pieces)


def protected_words(text: str) -> str:
    """Text without markup, such as a proceedings' title, with its words protected as in a title."""
    return " ".join(map(_word, text.split(" ")))


@lru_cache(maxsize=2**14)
def _word(chunk: str) -> str:
    if chunk.isalpha() and chunk[1:].islower():  # most words: the quick way
        return chunk
    match = _EDGES.match(chunk)
    assert match is not None
    before, word, after = match.groups()
    return escape(before) + (f"{{{escape(word)}}}" if _has_own_case(word) else escape(word)) + escape(after)


def _has_own_case(word: str) -> bool:
    """Whether a style that lowers all but the first letter would spoil it: ChatGPT, P5, C, X-Reflect, LLM-based."""
    parts = [part for part in re.split(r"[-‐‑–/]", word) if part]
    articles = "A" if len(parts) == 1 else "AE"  # E-commerce
    if len(parts) > 1 and len(parts[0]) == 1 and parts[0] not in articles and parts[1][0].isupper():
        return True
    return any(_is_mixed(part) or (len(part) == 1 and part.isupper() and part not in articles) for part in parts)


def _is_mixed(part: str) -> bool:
    """Whether it has a capital behind the first letter, or a capital and a digit."""
    capital = any(c.isupper() for c in part)
    return capital and (any(c.isupper() for c in part[1:]) or any(c.isdigit() for c in part))


def initial_escaped(given: str) -> str:
    r"""A given name whose first letter, if beyond ASCII, is a LaTeX command (`{\L}ukasz`).

    IEEEtran.bst and splncs04.bst abbreviate to the first *byte*; a command in braces counts as one letter.
    """
    if not given or given[0].isascii():
        return escape(given)
    first, rest = given[0], escape(given[1:])
    if first in _LETTERS:
        return f"{{\\{_LETTERS[first]}}}{rest}"
    base, *marks = list(unicodedata.normalize("NFD", first))
    if len(marks) == 1 and marks[0] in _ACCENTS and base.isascii():
        accent = _ACCENTS[marks[0]]
        return f"{{\\{accent}{{{base}}}}}{rest}" if accent.isalpha() else f"{{\\{accent}{base}}}{rest}"
    return escape(given)
