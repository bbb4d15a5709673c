"""A field's text as tokens: its tags as formats, its quotation marks as signs, its apostrophes curly.

The rich text of CSL-JSON: https://citeproc-js.readthedocs.io/en/latest/csl-json/markup.html#html-like-formatting-tags
"""

from __future__ import annotations

import re
from functools import lru_cache

from .tokens import CLOSE, INNER, NO_CASE, QUOTE, UNQUOTE, Open, Rest, Sign, Tokens

QuotePairs = tuple[tuple[str, str], tuple[str, str]]  # outer and inner quotation marks, each as it opens and closes
ENGLISH: QuotePairs = (("“", "”"), ("‘", "’"))

_TAGS = {
    "i": Open("font-style", "italic"),
    "b": Open("font-weight", "bold"),
    "sup": Open("vertical-align", "sup"),
    "sub": Open("vertical-align", "sub"),
    "sc": Open("font-variant", "small-caps"),
    'span style="font-variant:small-caps;"': Open("font-variant", "small-caps"),
    'span style="font-variant: small-caps;"': Open("font-variant", "small-caps"),
    'span class="nocase"': NO_CASE,
    'span class="nodecor"': Open("nodecor", ""),
}
_SPAN = r"span(?: style=\"font-variant: ?small-caps;\"| class=\"no(?:case|decor)\")?"
_MARKUP = re.compile(rf"<(/?)(i|b|sup|sub|sc|{_SPAN})>|[\"“”„'‘’‚«»‹›]|&#39;|&quot;")
_PLAIN = re.compile(r"[<\"“”„'‘’‚&«»‹›]")
_BEFORE_QUOTE = " \t\u00a0([{-–—/"


@lru_cache(maxsize=2**14)
def _tokens_of(text: str, quotes: QuotePairs) -> tuple[object, ...]:
    return tuple(_cut(text, quotes))


def tokens_of(text: str, quotes: QuotePairs) -> Tokens:
    """A field's text as tokens: its tags as formats, its quotation marks as signs that open or close.

    `quotes`: the outer and inner marks of the locale; of the curly marks only these are read.
    """
    return [text] if not _PLAIN.search(text) else list(_tokens_of(text, quotes))  # type: ignore[arg-type]


def _cut(text: str, quotes: QuotePairs) -> Tokens:
    """Tags that nobody closes stay text, and so do quotation marks without a partner."""
    marks = list(_MARKUP.finditer(text))
    tags = _paired_tags(marks)
    signs = _paired_quotes(text, [mark for mark in marks if not mark[2]], quotes)
    out: Tokens = []
    at = 0
    for mark in marks:
        token = tags.get(mark.start()) or signs.get(mark.start())
        if token is None:
            if mark[0] == "'":  # an apostrophe
                _append(out, text[at : mark.start()] + "’")
                at = mark.end()
            continue
        _append(out, text[at : mark.start()])
        out.append(token)  # type: ignore[arg-type]
        at = mark.end()
    _append(out, text[at:])
    return out


def _append(out: Tokens, text: str) -> None:
    if not text:
        return
    if out and isinstance(out[-1], str):
        out[-1] = type(out[-1])(out[-1] + text)
    else:
        out.append(Rest(text) if out else text)


def _paired_tags(marks: list[re.Match[str]]) -> dict[int, Open | object]:
    found: dict[int, Open | object] = {}
    stack: list[re.Match[str]] = []
    for mark in (mark for mark in marks if mark[2]):
        if not mark[1]:
            stack.append(mark)
            continue
        kind = mark[2].split(" ")[0]
        at = next((i for i in reversed(range(len(stack))) if stack[i][2].split(" ")[0] == kind), None)
        if at is None:
            continue
        opening = stack[at]
        del stack[at:]
        if opening[2] in _TAGS:
            found[opening.start()], found[mark.start()] = _TAGS[opening[2]], CLOSE
    return found


def _paired_quotes(text: str, marks: list[re.Match[str]], quotes: QuotePairs) -> dict[int, Sign]:
    """The quotation marks that open and close; an apostrophe is none. Of straight ones the first form is the outer one."""
    found: dict[int, Sign] = {}
    stack: list[tuple[int, str, Sign]] = []
    curly = {opening: (closing, sign) for (opening, closing), sign in zip(quotes, (QUOTE, INNER), strict=True)}
    outer = ""
    for mark in marks:
        sign = {"&#39;": "'", "&quot;": '"'}.get(mark[0], mark[0])
        before, after = _plain_before(text, mark.start()), _plain_after(text, mark.end())
        at = next((i for i in reversed(range(len(stack))) if stack[i][1] == sign and stack[i][0] + 1 < mark.start()), None)
        if sign in curly and (at is None or before in _BEFORE_QUOTE):
            stack.append((mark.start(), *curly[sign]))
        elif at is not None and before.strip() and not (after.isalnum() and sign in "'’"):
            opening, _, token = stack[at]
            del stack[at:]
            found[opening], found[mark.start()] = token, UNQUOTE
        elif sign in "'\"" and (before in _BEFORE_QUOTE or before in "\"'“‘") and after.strip():
            outer = outer or sign
            stack.append((mark.start(), sign, QUOTE if sign == outer else INNER))
    return found


def _plain_before(text: str, at: int) -> str:
    """The sign in front of a place, tags aside."""
    bare = re.sub(r"(?:<[^<>]*>)+$", "", text[:at])
    return bare[-1:]


def _plain_after(text: str, at: int) -> str:
    bare = re.sub(r"^(?:<[^<>]*>)+", "", text[at:])
    return bare[:1]
