"""What any rendering element may ask for: affixes, formatting, quotes, text case, periods left out."""

from __future__ import annotations

from collections.abc import Callable
from xml.etree.ElementTree import Element

from .textcase import cased
from .tokens import CLOSE, INNER, QUOTE, UNQUOTE, Open, Token, Tokens

Wrap = Callable[[Tokens], Tokens]
_FORMATS = ("vertical-align", "text-decoration", "font-weight", "font-variant", "font-style")  # the outermost first
_PLAIN = {"normal", "none", "baseline"}


def opened(element: Element) -> list[Token]:
    """The formats that the element opens, the outermost first. CSL 1.0.2, "Formatting" and "Display"."""
    found: list[Token] = [Open("display", element.get("display", ""))] if element.get("display") else []
    return found + [Open(name, value) for name in _FORMATS if (value := element.get(name))]


def inside(element: Element, *, case: bool = True) -> Callable[[Tokens, str], Tokens] | None:
    """What the element does to its own text: text case (unless `case` is false), periods, quotes; None if nothing."""
    how = element.get("text-case") if case else None
    strip = element.get("strip-periods") == "true"
    unquoted = element.get("quotes") == "false"
    if not how and not strip and not unquoted:
        return None

    def change(tokens: Tokens, lang: str) -> Tokens:
        if strip:
            tokens = [type(token)(token.replace(".", "")) if isinstance(token, str) else token for token in tokens]
        if unquoted:
            tokens = _with_outer_quotes(tokens)
        return cased(tokens, how, lang) if how else tokens

    return change


def _with_outer_quotes(tokens: Tokens) -> Tokens:
    """What a field quotes, in outer quotation marks whichever it has: no other quotation is around it."""
    depth = 0
    out: Tokens = []
    for token in tokens:
        depth += (token in (QUOTE, INNER)) - (token is UNQUOTE)
        out.append(QUOTE if token is INNER and depth == 1 else token)
    return out


def wrapper(element: Element, quotes: bool = True, affixes: bool = True) -> Wrap | None:
    """Puts formats, quotes and affixes around tokens; None if the element has none of them."""
    front: Tokens = []
    end: Tokens = []
    formats = opened(element)
    display = formats[:1] if formats and isinstance(formats[0], Open) and formats[0].kind == "display" else []
    rest = formats[len(display) :]
    if affixes and (prefix := element.get("prefix")):
        front.append(prefix)
    front += rest
    if quotes and element.get("quotes") == "true":
        front.append(QUOTE)
        end.append(UNQUOTE)
    end += [CLOSE] * len(rest)
    if affixes and (suffix := element.get("suffix")):
        end.append(suffix)
    front, end = [*display, *front], [*end, *([CLOSE] * len(display))]
    if not front and not end:
        return None
    return lambda tokens: [*front, *tokens, *end]
