"""What elements print before it is text: strings, with marks for formatting and quotes, in one flat list.

Affixes, delimiters and the texts of fields stay strings of their own, so that each boundary between two of them is a seam
at which punctuation may meet, and what is inside a field is left as it is.
"""

from __future__ import annotations

from enum import Enum
from typing import NamedTuple


class Open(NamedTuple):
    """Where a format begins: ("font-style", "italic"), ("vertical-align", "sup"), ("display", "block"), ("link", address)."""

    kind: str
    value: str


class Rest(str):
    """The text of a field behind a mark inside it: no seam, its punctuation stays."""

    __slots__ = ()


class Sign(Enum):
    """What ends the last format that was opened, and what quotation marks stand for; their form depends on depth and locale."""

    CLOSE = 0
    QUOTE = 1
    INNER = 2  # a single mark, which stays one if nothing is around it
    UNQUOTE = 3


CLOSE, QUOTE, INNER, UNQUOTE = Sign.CLOSE, Sign.QUOTE, Sign.INNER, Sign.UNQUOTE
NO_CASE = Open("nocase", "")  # text whose case stays

Token = str | Open | Sign
Tokens = list[Token]

# Two marks that meet, and what is printed for them; other pairs stay (suite: punctuation_FullMontyPlain).
_COLLISIONS = {
    "::": ":", ".:": ".:", ";:": ";", "!:": "!", "?:": "?",
    ":.": ":", "..": ".", ";.": ";", "!.": "!", "?.": "?",
    ";;": ";", ":!": "!", ";!": "!", "!!": "!", ":?": "?", ";?": "?", "??": "?", ",,": ",",
    "  ": " ", "\u00a0 ": "\u00a0", " \u00a0": "\u00a0",
}  # fmt: skip


def text_of(tokens: Tokens) -> str:
    """The strings alone."""
    return "".join(token for token in tokens if isinstance(token, str))


def mended(tokens: Tokens, punctuation_in_quote: bool) -> Tokens:
    """The tokens with punctuation that meets at a seam made one, and moved into a closing quotation where the locale wants it.

    CSL 1.0.2, "Punctuation in quotes" (`punctuation-in-quote`); the suite's punctuation_* and flipflop_* cases.
    """
    out: Tokens = []
    last = -1  # where the last string is
    for token in tokens:
        kept = _meet(out, last, token, punctuation_in_quote) if last >= 0 and type(token) is str else token
        if kept:
            if isinstance(kept, str):
                last = len(out)
            out.append(kept)
    return out


def _meet(out: Tokens, last: int, token: str, punctuation_in_quote: bool) -> str:
    """What is left of a string that follows the last one, which may lose its end."""
    before = out[last]
    assert isinstance(before, str)
    is_quoted = UNQUOTE in out[last + 1 :]
    if not token or (is_quoted and not punctuation_in_quote):
        return token
    end, first = before[-1], token[0]
    kept = _COLLISIONS.get(end + first)
    if kept == end:
        return _meet(out, last, token[1:], punctuation_in_quote) if first == " " else token[1:]
    if kept == first:
        out[last] = before[:-1] or first
        return token if before[:-1] else token[1:]
    if is_quoted and first in ",.!?" and kept is None:
        out.insert(out.index(UNQUOTE, last + 1), first)
        return token[1:]
    return token
