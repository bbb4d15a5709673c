"""Tokens as text in a format: quotation marks by depth, formats within themselves turned back, links whole."""

from __future__ import annotations

import re

from .formats import HTML, LATEX, TEXT, Around, Format, Link, Pieces
from .markdown import MARKDOWN
from .tokens import INNER, QUOTE, UNQUOTE, Open, Sign, Token, Tokens

__all__ = ["FORMATS", "Format", "rendered"]

FORMATS: dict[str, Format] = {"text": TEXT, "html": HTML, "markdown": MARKDOWN, "latex": LATEX}
_BREAKS = re.compile(r"[\t-\r\x1c-\x1f\x85\u2028\u2029]+")
_NO_TEXT = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
# What each format is where it is turned off: in itself ("flip-flopping"), and by a "nodecor" span.
_PLAIN = {
    "vertical-align": "baseline",
    "text-decoration": "none",
    "font-weight": "normal",
    "font-variant": "normal",
    "font-style": "normal",
}


def rendered(tokens: Tokens, to: Format, quotes: tuple[Around, Around]) -> str:
    """The text of mended tokens."""
    if len(tokens) == 1 and isinstance(tokens[0], str):  # a label
        return to.written([_on_one_line(tokens[0])])
    return to.written(_settled(_linked(_quoted(tokens, quotes)), to.has_blocks))


def _quoted(tokens: Tokens, quotes: tuple[Around, Around]) -> Tokens:
    """The tokens with quotation marks as text, outer and inner ones in turn."""
    out: Tokens = []
    levels: list[int] = []  # of open quotations: 0 outer marks, 1 inner ones
    for token in tokens:
        if token is UNQUOTE:
            out.append(quotes[levels.pop() if levels else 0][1])
        elif token is QUOTE or token is INNER:
            levels.append(1 - levels[-1] if levels else int(token is INNER))
            out.append(quotes[levels[-1]][0])
        else:
            out.append(token)
    return out


def _linked(tokens: Tokens) -> list[Token | Link]:
    """The tokens with links as such; what is inside them is text alone."""
    out: list[Token | Link] = []
    address: str | None = None  # of the link that is open
    text, depth = "", 0
    for token in tokens:
        if address is None:
            if isinstance(token, Open) and token.kind == "link":
                address, text, depth = token.value, "", 0
            else:
                out.append(token)
        elif isinstance(token, str):
            text += token
        elif depth or isinstance(token, Open):
            depth += 1 if isinstance(token, Open) else -1
        else:
            out.append(_link(out, address, text))
            address = None
    return out


def _link(out: list[Token | Link], address: str, text: str) -> Link:
    """A link; a resolver in front of an identifier becomes part of it.

    https://docs.citationstyles.org/en/stable/specification.html#appendix-vi-links
    """
    before = out[-1] if out else None
    front = address.removesuffix(text) if text else ""
    if front and isinstance(before, str) and before.endswith(front):
        out[-1], text = before.removesuffix(front), address
    return Link(_on_one_line(address), _on_one_line(text))


def _settled(tokens: list[Token | Link], has_blocks: bool) -> Pieces:
    """What is printed: each format as it shows where it stands, and closed as often as it was opened."""
    out: Pieces = []
    stack: list[list[Open]] = []  # the formats that each token opened
    begins = False  # a block
    for token in tokens:
        if isinstance(token, Open):
            begins = begins or token.kind == "display"
            stack.append(_shown(token, [each for formats in stack for each in formats]))
            out += stack[-1]
        elif isinstance(token, Sign):
            out += [None] * len(stack.pop()) if stack else []
        else:
            if begins and (text := _text(token)):
                if not has_blocks and _touches(out, text):
                    _append(out, " ")
                begins = False
            _append(out, token)
    return [*out, *(None for formats in stack for _ in formats)]


def _append(out: Pieces, piece: str | Link) -> None:
    if isinstance(piece, str) and not piece.isprintable():
        piece = _on_one_line(piece)
    last = out[-1] if out else None
    if isinstance(piece, str) and isinstance(last, str):
        out[-1] = last + piece
    else:
        out.append(piece)


def _on_one_line(text: str) -> str:
    """The text with a space for line breaks, and without control characters and others that no file may hold."""
    return _NO_TEXT.sub("", _BREAKS.sub(" ", text))


def _text(piece: str | Open | Link | None) -> str:
    return piece if isinstance(piece, str) else piece.text if isinstance(piece, Link) else ""


def _touches(out: Pieces, text: str) -> bool:
    """Whether no space parts a text from what is before it."""
    last = next(filter(None, map(_text, reversed(out))), " ")
    return not (last[-1].isspace() or text[0].isspace())


def _shown(token: Open, active: list[Open]) -> list[Open]:
    """What a format amounts to inside those that are active: itself, its contrary, several of them, nothing."""
    now = {**_PLAIN, **dict(active)}
    kind, value = token
    if kind == "nodecor":
        return [Open(each, plain) for each, plain in _PLAIN.items() if now[each] != plain]
    if kind not in _PLAIN:
        return [token] if kind == "display" else []
    if now[kind] != value:
        return [token]
    return [Open(kind, _PLAIN[kind])] if value != _PLAIN[kind] else []
