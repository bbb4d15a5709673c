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
    INNER = 2  # opens a quotation in inner marks, or in outer ones inside those
    UNQUOTE = 3


CLOSE, QUOTE, INNER, UNQUOTE = Sign.CLOSE, Sign.QUOTE, Sign.INNER, Sign.UNQUOTE
NO_CASE = Open("nocase", "")  # text whose case stays

Token = str | Open | Sign
Tokens = list[Token]

# Two marks that meet, and what is printed for them; other pairs stay (suite: punctuation_FullMontyPlain).
_COLLISIONS = {
    "::": ":", ";:": ";", "!:": "!", "?:": "?",
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
    """The tokens with strings that meet made one, as well as the punctuation at their seam, which may move into a quotation.

    CSL 1.0.2, "Punctuation in quotes" (`punctuation-in-quote`); the suite's punctuation_* and flipflop_* cases.
    """
    seams = _Seams(punctuation_in_quote)
    for token in tokens:
        if not isinstance(token, str):
            seams.out.append(token)
            seams.is_apart = True
        elif token:
            seams.add(token)
    return seams.out


class _Seams:
    """Tokens put together; what the last string needs to know when another meets it."""

    __slots__ = ("_in_quote", "_moved", "_place", "_text", "is_apart", "out")

    def __init__(self, in_quote: bool) -> None:
        self.out: Tokens = []
        self.is_apart = True  # whether marks stand behind the last string
        self._in_quote = in_quote
        self._text = ""  # the last string, as it stands in the list
        self._place = -1
        self._moved = False  # whether it ends in a mark that has moved into a quotation

    def add(self, token: str) -> None:
        """A string; the rest of a field has no seam."""
        text = self._text
        if text and type(token) is str and (text[-1] + token[0] in _COLLISIONS or (self.is_apart and token[0] in ",.!?")):
            token = self._mended(token)
            if not token:
                return
        if self.is_apart:
            self._place, self._text, self.is_apart = len(self.out), token, False
            self.out.append(token)
        else:
            self._text = self.out[self._place] = self._text + token
        self._moved = False

    def _set(self, text: str) -> None:
        self._text = self.out[self._place] = text

    def _mended(self, token: str) -> str:
        """What is left of the string, when the last one has lost its end, or gained a mark before its quotation closes."""
        while token:
            pair = self._text[-1] + token[0]
            kept = _COLLISIONS.get(pair)
            is_quoted = UNQUOTE in self.out[self._place + 1 :]
            if is_quoted and not self._in_quote:
                return token[1:] if kept == pair[0] and pair[1] == "." else token
            if kept == pair[0]:
                token = token[1:]
                if kept != " ":
                    return token
            elif kept == pair[1]:
                self._set(self._text[:-1] + kept)
                return token[1:]
            elif is_quoted and kept is None and pair[1] in ",.!?" and not (pair == ".," and self._moved):
                self._move_in(pair[1])
                token = token[1:]
            else:
                return token
        return token

    def _move_in(self, mark: str) -> None:
        at = self.out.index(UNQUOTE, self._place + 1)
        if at == self._place + 1:
            self._set(self._text + mark)
        else:  # a format closes before the quotation
            self._place, self._text = at, mark
            self.out.insert(at, mark)
        self._moved = True
