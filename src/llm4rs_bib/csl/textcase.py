"""Text case: `text-case` of CSL 1.0.2, on tokens, so that what is marked as case-less stays."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from .tokens import CLOSE, Open, Token, Tokens

# "Title Case Conversion": words that stay in lower case inside a title.
_STOP_WORDS = frozenset(
    """
    a about above across afore after against al along alongside amid amidst among amongst an and anenst apropos apud around
    as aside astride at athwart atop barring before behind below beneath beside besides between beyond but by c ca circa
    de despite down during et except for forenenst from given in inside into lest like modulo near next nor notwithstanding
    of off on onto or out over per plus pro qua sans since so than the through throughout thruout till to toward towards
    under underneath until unto up upon v versus via vis vs von van with within without yet à
    """.split()
)
# A word, or a mark that parts words besides spaces; an apostrophe is part of its word.
_PIECE = re.compile(r"(?:[^\s\-–—/.,;?!:\[\]()‘’“”\"']|(?<=\w)[’'](?=\w))+|[\-–—/.,;?!:\[\]()‘’“”\"']")
_RAISING = frozenset("?!:")  # marks that a capital follows
_CASELESS = {("vertical-align", "sup"), ("vertical-align", "sub"), ("font-variant", "small-caps")}
_CASELESS_KINDS = {"nocase", "nodecor"}
_WORD = re.compile(r"(?<!\w)[^\W\d_][\w’']*")
_GREEK = re.compile(r"[\u0370-\u03ff]")  # alone it is a sign of science, not a word


class _Letters(NamedTuple):
    """How a language raises and lowers letters."""

    upper: Callable[[str], str] = str.upper
    lower: Callable[[str], str] = str.lower

    def raised(self, word: str) -> str:
        """The word with its first letter raised."""
        return word if _GREEK.fullmatch(word) else self.upper(word[:1]) + word[1:]


_TURKISH = _Letters(lambda text: text.replace("i", "İ").upper(), lambda text: text.replace("İ", "i").replace("I", "ı").lower())
_OTHER = _Letters()


def cased(tokens: Tokens, how: str, lang: str) -> Tokens:
    """The tokens in the case that a style asks for: lowercase, uppercase, capitalize-first, capitalize-all, sentence, title.

    `lang`: of the text; only English has title case, only Turkish and Azeri part i and ı.
    """
    language = lang[:2].lower()
    letters = _TURKISH if language in ("tr", "az") else _OTHER
    if how == "title":
        return _in_title_case(tokens, letters) if language == "en" else tokens
    if how == "sentence":
        return _in_sentence_case(tokens, letters)
    if how == "capitalize-first":
        return _first_word_raised(tokens, letters)
    if how == "capitalize-all":
        return _each(tokens, lambda text: _WORD.sub(lambda word: letters.raised(word[0]) if word[0].islower() else word[0], text))
    change = {"lowercase": letters.lower, "uppercase": letters.upper}.get(how)
    return _each(tokens, change) if change else tokens


def _with_scope(tokens: Tokens) -> Iterator[tuple[Token, bool]]:
    """Each token, and whether it is inside text whose case stays."""
    opened: list[bool] = []
    for token in tokens:
        if isinstance(token, Open):
            opened.append(token in _CASELESS or token.kind in _CASELESS_KINDS)
        yield token, any(opened)
        if token is CLOSE and opened:
            opened.pop()


def _each(tokens: Tokens, change: Callable[[str], str]) -> Tokens:
    """The strings changed, but for those that are case-less."""
    return [type(token)(change(token)) if isinstance(token, str) and not kept else token for token, kept in _with_scope(tokens)]


def _is_all_capitals(tokens: Tokens) -> bool:
    return "".join(token for token, kept in _with_scope(tokens) if isinstance(token, str) and not kept).isupper()


def _in_sentence_case(tokens: Tokens, letters: _Letters) -> Tokens:
    """A title in capitals lowered but for its first letter; of others the first word raised ("Sentence Case Conversion")."""
    return _first_word_raised(_each(tokens, letters.lower) if _is_all_capitals(tokens) else tokens, letters)


def _first_word_raised(tokens: Tokens, letters: _Letters) -> Tokens:
    """The first letter raised, if its word is all in lower case: "arXiv" stays."""
    for i, (token, kept) in enumerate(_with_scope(tokens)):
        if isinstance(token, str) and (match := re.search(r"[^\W_][\w’']*", token)):
            if kept or not match[0].islower():
                return tokens
            raised = type(token)(token[: match.start()] + letters.raised(match[0]) + token[match.end() :])
            return [*tokens[:i], raised, *tokens[i + 1 :]]
    return tokens


class _Word(NamedTuple):
    """A word of a title: which token it is in, and where; whether its place asks for a capital."""

    token: int
    at: int
    text: str
    stands_out: bool


def _in_title_case(tokens: Tokens, letters: _Letters) -> Tokens:
    """Words in lower case raised, but for stop words inside; hyphens part words. A title all in capitals stays."""
    if _is_all_capitals(tokens):
        return tokens
    words, last = _words(tokens)
    raised = [word for word in words if word.stands_out or (len(word.text) > 1 and word.text not in _STOP_WORDS)]
    if last and len(last.text) > 1 and not last.stands_out and last.text in _STOP_WORDS:
        raised.append(last)
    out = list(tokens)
    for word in raised:
        if word.text == word.text.lower():
            text = out[word.token]
            assert isinstance(text, str)
            out[word.token] = type(text)(text[: word.at] + letters.raised(word.text) + text[word.at + len(word.text) :])
    return out


def _words(tokens: Tokens) -> tuple[list[_Word], _Word | None]:
    """The words whose case may change; and the title's last word, if it is one of them."""
    words: list[_Word] = []
    last: _Word | None = None
    raising = unmarked = True
    for i, (token, kept) in enumerate(_with_scope(tokens)):
        if not isinstance(token, str):
            unmarked = False
            continue
        if kept:
            if token.strip():
                raising, last = False, None
            continue
        for match in _PIECE.finditer(token):
            if match[0] in _MARKS:
                raising, unmarked = raising or match[0] in _RAISING, False
                continue
            opens_compound = unmarked and token[match.end() : match.end() + 1] == "-"
            last = _Word(i, match.start(), match[0], raising or opens_compound)
            words.append(last)
            raising = False
    return words, last


_MARKS = frozenset("-–—/.,;?!:[]()‘’“”\"'")
