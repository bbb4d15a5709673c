"""What elements print before it is text: strings, with marks for formatting and quotes, in one flat list.

Affixes, delimiters and the texts of fields stay strings of their own, so that each boundary between two of them is a seam
at which punctuation may meet, and what is inside a field is left as it is.
"""

from __future__ import annotations

from collections.abc import Sequence
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


def joined(lists: Sequence[Tokens], delimiter: str) -> Tokens:
    """The lists that hold something, with the delimiter between them."""
    out: Tokens = []
    for tokens in filter(None, lists):
        if out and delimiter:
            out.append(delimiter)
        out += tokens
    return out


def mended(tokens: Tokens, punctuation_in_quote: bool) -> Tokens:
    """The tokens with punctuation that meets at a seam made one, and moved into a closing quotation where the locale wants it.

    CSL 1.0.2, "Punctuation in quotes" (`punctuation-in-quote`); the suite's punctuation_* and flipflop_* cases.
    """
    seams = _Seams(punctuation_in_quote)
    for token in tokens:
        seams.add(token)
    return seams.out


class _Seams:
    """Tokens put together, punctuation mended where two strings meet."""

    def __init__(self, punctuation_in_quote: bool) -> None:
        self.out: Tokens = []
        self._last = -1  # where the last string is
        self._in_quote = punctuation_in_quote

    def add(self, token: Token) -> None:
        """The next token."""
        if type(token) is str and self._last >= 0:  # the rest of a field has no seam
            token = self._met(token)
        if isinstance(token, str):
            if not token:
                return
            self._last = len(self.out)
        self.out.append(token)

    def _met(self, token: str) -> str:
        """What is left of a string behind the last one, which may lose its end or gain a mark before its quotation closes."""
        before = self.out[self._last]
        assert isinstance(before, str)
        is_quoted = UNQUOTE in self.out[self._last + 1 :]
        if not token:
            return token
        pair = before[-1] + token[0]
        kept = _COLLISIONS.get(pair)
        if is_quoted and not self._in_quote:
            return token[1:] if kept == pair[0] and pair[1] == "." else token
        if kept == pair[0]:
            return self._met(token[1:]) if kept == " " else token[1:]
        if kept == pair[1]:
            self.out[self._last] = before[:-1] or kept
            return token if before[:-1] else token[1:]
        if is_quoted and kept is None and pair[1] in ",.!?" and not (pair == ".," and type(before) is str and before == "."):
            self._last = self.out.index(UNQUOTE, self._last + 1)
            self.out.insert(self._last, pair[1])
            return self._met(token[1:])
        return token
