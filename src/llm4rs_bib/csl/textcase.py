"""Text case: `text-case` of CSL 1.0.2, on tokens, so that what is marked as case-less stays."""

from __future__ import annotations

import re
from collections.abc import Callable

from .tokens import CLOSE, Open, Tokens

# "Title Case Conversion": English stop words, lowered inside a title.
_STOP_WORDS = frozenset(
    """
    a according across afore after against ahead along alongside amid amidst among amongst an and anenst apart apropos
    around as aside astride at athwart atop back barring because before behind below beneath beside besides between beyond
    but by c ca circa close d’ de despite down due during et except far for forenenst from given in inside instead into
    la le lest like modulo near next nor notwithstanding of off on onto or out over per plus pro qua regardless sans since
    so subsequent than that the through throughout thru thruout till to toward towards under underneath until unto up upon
    van versus via vis-à-vis von vs. v. vs v with within without yet
    """.split()
)
_WORD = r"[^\s/–—]+"
_WORDS = re.compile(r"[^\W_][\w’'.]*|[^\w\s]+|\s+|_+")
_CASELESS = {("vertical-align", "sup"), ("vertical-align", "sub"), ("font-variant", "small-caps")}


def cased(tokens: Tokens, how: str, is_english: bool) -> Tokens:
    """The tokens in the case that a style asks for: "lowercase", "uppercase", "capitalize-first", "capitalize-all", "sentence", "title"."""
    if how == "title":
        return _in_title_case(tokens) if is_english else tokens
    if how == "sentence":
        return _in_sentence_case(tokens)
    if how == "capitalize-first":
        return _first_word(tokens)
    return _each(tokens, _WHOLE[how])


def _capitalized(text: str) -> str:
    return re.sub(r"[^\W\d_][\w’']*", lambda match: _upper_first(match[0]) if match[0].islower() else match[0], text)


_WHOLE: dict[str, Callable[[str], str]] = {"lowercase": str.lower, "uppercase": str.upper, "capitalize-all": _capitalized}


def _upper_first(word: str) -> str:
    return word[:1].upper() + word[1:]


def _each(tokens: Tokens, change: Callable[[str], str]) -> Tokens:
    """The strings changed, but for those that are case-less."""
    return [type(token)(change(token)) if isinstance(token, str) and not kept else token for token, kept in _with_depth(tokens)]


def _with_depth(tokens: Tokens) -> list[tuple[str | Open | object, bool]]:
    """Each token, and whether it is inside text whose case stays."""
    found, opened = [], []
    for token in tokens:
        if isinstance(token, Open):
            opened.append(token.kind == "nocase" or token in _CASELESS)
        found.append((token, any(opened)))
        if token is CLOSE:
            opened.pop()
    return found


def _first_word(tokens: Tokens) -> Tokens:
    """The first letter raised, if its word is all in lower case: "arXiv" stays."""
    out, done = [], False
    for token, kept in _with_depth(tokens):
        if isinstance(token, str) and not done and (match := re.search(r"[^\W_]", token)):
            done = True
            word = re.match(r"[\w’']+", token[match.start() :])
            if not kept and word and word[0].islower():
                token = type(token)(token[: match.start()] + _upper_first(token[match.start() :]))
        out.append(token)
    return out


def _in_sentence_case(tokens: Tokens) -> Tokens:
    """A title in capitals is lowered but for its first letter; else the first word is capitalized ("Sentence Case Conversion")."""
    text = "".join(token for token, kept in _with_depth(tokens) if isinstance(token, str) and not kept)
    if text.isupper():
        return _first_word(_each(tokens, str.lower))
    return _first_word(tokens)


def _in_title_case(tokens: Tokens) -> Tokens:
    """Words in lower case raised, but stop words inside; hyphens part words ("Title Case Conversion")."""
    letters = [token for token, kept in _with_depth(tokens) if isinstance(token, str) and not kept]
    return tokens if "".join(letters).isupper() else _titled(tokens)


def _titled(tokens: Tokens) -> Tokens:
    marked = _with_depth(tokens)
    pieces = [(i, match) for i, (token, _) in enumerate(marked) if isinstance(token, str) for match in _WORDS.finditer(token)]
    words = [(i, match) for i, match in pieces if match[0][0].isalnum()]
    if not words:
        return tokens
    raised: dict[int, list[tuple[int, str]]] = {}
    last = words[-1]
    before = ""  # what stands between this word and the one before
    seen = False
    for place, (i, match) in enumerate(pieces):
        word = match[0]
        if not word[0].isalnum():
            before += word
            continue
        after = pieces[place + 1][1][0] if place + 1 < len(pieces) else ""
        edge = not seen or after.startswith("-") or re.search(r"[:?!]", before) is not None
        edge = edge or ((i, match) == last and len(word) > 1)
        counts = len(word) > 1 and word not in _STOP_WORDS
        if word.islower() and not marked[i][1] and (edge or counts):
            raised.setdefault(i, []).append((match.start(), _upper_first(word)))
        seen, before = True, ""
    out = list(tokens)
    for i, changes in raised.items():
        text = out[i]
        assert isinstance(text, str)
        for at, new in changes:
            text = text[:at] + new + text[at + len(new) :]
        out[i] = type(tokens[i])(text)
    return out
