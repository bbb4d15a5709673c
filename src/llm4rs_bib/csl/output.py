"""Tokens as text in a format: quotation marks by depth, formats within themselves turned back, data escaped."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from .tokens import CLOSE, INNER, UNQUOTE, Open, Tokens

Around = tuple[str, str]


class Format:
    """How an output writes formats and escapes text."""

    def __init__(self, escape: Callable[[str], str], around: Mapping[tuple[str, str], Around], link: Callable[[str], Around] | None = None) -> None:
        self.escape, self.around, self.link = escape, around, link


def _html(text: str) -> str:
    return text.replace("&", "&#38;").replace("<", "&#60;").replace(">", "&#62;")


def _span(style: str) -> Around:
    return f'<span style="{style};">', "</span>"


HTML = Format(
    _html,
    {
        ("font-style", "italic"): ("<i>", "</i>"),
        ("font-style", "oblique"): ("<em>", "</em>"),
        ("font-style", "normal"): _span("font-style:normal"),
        ("font-variant", "small-caps"): _span("font-variant:small-caps"),
        ("font-variant", "normal"): _span("font-variant:normal"),
        ("font-weight", "bold"): ("<b>", "</b>"),
        ("font-weight", "normal"): _span("font-weight:normal"),
        ("text-decoration", "underline"): _span("text-decoration:underline"),
        ("text-decoration", "none"): _span("text-decoration:none"),
        ("vertical-align", "sup"): ("<sup>", "</sup>"),
        ("vertical-align", "sub"): ("<sub>", "</sub>"),
        ("vertical-align", "baseline"): ('<span style="baseline">', "</span>"),
        ("display", "block"): ('\n\n    <div class="csl-block">', "</div>\n"),
        ("display", "left-margin"): ('\n    <div class="csl-left-margin">', "</div>"),
        ("display", "right-inline"): ('<div class="csl-right-inline">', "</div>\n  "),
        ("display", "indent"): ('<div class="csl-indent">', "</div>\n  "),
    },
)
TEXT = Format(lambda text: text, {})
FORMATS = {"html": HTML, "text": TEXT}
_PLAIN = {"font-style": "normal", "font-variant": "normal", "font-weight": "normal", "text-decoration": "none", "vertical-align": "baseline"}


def rendered(tokens: Tokens, to: Format, quotes: tuple[Around, Around]) -> str:
    """The text of mended tokens."""
    out: list[str] = []
    stack: list[tuple[str, str, str]] = []  # kind, value, how it ends
    levels: list[int] = []  # of open quotations: 0 outer marks, 1 inner ones
    for token in tokens:
        if isinstance(token, str):
            out.append(to.escape(token))
        elif isinstance(token, Open):
            out.append(_opened(token, stack, to))
        elif token is CLOSE:
            if stack:
                out.append(stack.pop()[2])
        elif token is UNQUOTE:
            out.append(to.escape(quotes[levels.pop() if levels else 0][1]))
        else:
            levels.append(1 - levels[-1] if levels else int(token is INNER))
            out.append(to.escape(quotes[levels[-1]][0]))
    return "".join(out)


def _opened(token: Open, stack: list[tuple[str, str, str]], to: Format) -> str:
    kind, value = token
    if kind == "link":
        before, after = to.link(value) if to.link else ("", "")
    else:
        active = next((held for name, held, _ in reversed(stack) if name == kind), _PLAIN.get(kind, ""))
        if kind in _PLAIN and active == value:
            value = _PLAIN[kind] if value != _PLAIN[kind] else ""
        before, after = to.around.get((kind, value), ("", ""))
    stack.append((kind, value, after))
    return before
