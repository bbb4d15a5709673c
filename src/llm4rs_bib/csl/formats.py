r"""The formats of the output: what stands around italics, links and blocks, and how text is escaped.

Plain text, HTML5, and LaTeX for pdfLaTeX and LuaLaTeX, whose links want the package hyperref. Markdown has a module of its own.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import NamedTuple

from ..latex import escaped, with_commands
from ..text import nfc
from .tokens import Open

Around = tuple[str, str]


class Link(NamedTuple):
    """An address, and the text that leads to it."""

    address: str
    text: str


Pieces = list[str | Open | Link | None]  # None closes what was opened last


class Format:
    """How an output writes formats and links, and escapes text. What it has no form for is shown plain."""

    def __init__(
        self,
        escape: Callable[[str], str],
        around: Mapping[tuple[str, str], Around],
        link: Callable[[str, str], str] | None = None,
    ) -> None:
        self.escape, self.around, self.link = escape, around, link
        self.has_blocks = any(kind == "display" for kind, _ in around)

    def written(self, pieces: Pieces) -> str:
        """The text of an entry."""
        out: list[str] = []
        ends: list[str] = []
        for piece in pieces:
            if piece is None:
                out.append(ends.pop())
            elif isinstance(piece, str):
                out.append(self.escape(piece))
            elif isinstance(piece, Open):
                before, after = self.around.get(piece, ("", ""))
                out.append(before)
                ends.append(after)
            else:
                out.append(self.link(*piece) if self.link else self.escape(piece.text))
        return "".join(out)


TEXT = Format(lambda text: text, {})

# Addresses

# All but the signs of RFC 3986; "$" and brackets too, which Markdown minds.
_UNSAFE = re.compile(r"[^\w.~:/?#@!&'()*+,;=%-]|%(?![0-9A-Fa-f]{2})", re.ASCII)
_DOI = re.compile(r"https?://(?:dx\.)?doi\.org/10\.", re.IGNORECASE)


def web_address(address: str) -> str:
    """An address for a link, percent-encoded; nothing, if it does not lead into the web ("javascript:").

    >>> web_address("https://doi.org/10.1002/(SICI)1<1::AID#2>3.0;2-é")
    'https://doi.org/10.1002/(SICI)1%3C1::AID%232%3E3.0;2-%C3%A9'
    """
    address = address.strip()
    if not re.match(r"https?://[^\s/]", address, re.IGNORECASE):
        return ""
    address = _UNSAFE.sub(_percent, address)
    return re.sub("[?#]", _percent, address) if _DOI.match(address) else address  # part of a DOI, not behind it


def _percent(match: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in match[0].encode())


# HTML


def _html(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _span(style: str) -> Around:
    return f'<span style="{style}">', "</span>"


def _html_link(address: str, text: str) -> str:
    to = web_address(address).replace("&", "&amp;")
    return f'<a href="{to}">{_html(text)}</a>' if to else _html(text)


HTML = Format(
    _html,
    {
        ("font-style", "italic"): ("<i>", "</i>"),
        ("font-style", "oblique"): _span("font-style:oblique"),
        ("font-style", "normal"): _span("font-style:normal"),
        ("font-variant", "small-caps"): _span("font-variant:small-caps"),
        ("font-variant", "normal"): _span("font-variant:normal"),
        ("font-weight", "bold"): ("<b>", "</b>"),
        ("font-weight", "light"): _span("font-weight:lighter"),
        ("font-weight", "normal"): _span("font-weight:normal"),
        ("text-decoration", "underline"): _span("text-decoration:underline"),
        ("text-decoration", "none"): _span("display:inline-block;text-decoration:none"),  # the only way out of a line around it
        ("vertical-align", "sup"): ("<sup>", "</sup>"),
        ("vertical-align", "sub"): ("<sub>", "</sub>"),
        ("vertical-align", "baseline"): _span("vertical-align:baseline"),
        ("display", "block"): ('<div class="csl-block">', "</div>"),
        ("display", "left-margin"): ('<div class="csl-left-margin">', "</div>"),
        ("display", "right-inline"): ('<div class="csl-right-inline">', "</div>"),
        ("display", "indent"): ('<div class="csl-indent">', "</div>"),
    },
    _html_link,
)

# LaTeX

_PLAIN = re.compile(r"(?:[A-Za-z0-9 .:;()/]|,(?!,)|-(?!-))*")  # most texts: nothing to escape
_URL_SIGNS = re.compile(r"[\w.:/?#@!&'()*+,;=%-]+", re.ASCII)  # what \nolinkurl shows as it is
# What TeX joins beside what latex.py parts: pdfLaTeX's ’ and – are the glyphs of ' and --, LuaLaTeX makes « of <<.
_JOINED = re.compile(
    r"(?<=–)(?=-)|(?<=['’])(?=['’])|(?<=[`‘?!])(?=[`‘])|(?<=\{\\textless\})(?=\{\\textless)|(?<=\{\\textgreater\})(?=\{\\textgreater)"
)


def _latex(text: str) -> str:
    r"""Text with TeX's signs escaped; `-\/-`, as LuaLaTeX joins what `{}` parts for pdfLaTeX."""
    if _PLAIN.fullmatch(text):
        return text
    text = with_commands(escaped(nfc(text), balanced=True)).replace("{}", r"\/")
    return _JOINED.sub(r"\\/", text)


def _latex_address(address: str) -> str:
    return re.sub("[%#&_~]", r"\\\g<0>", address)


def _latex_link(address: str, text: str) -> str:
    r"""A link that may break at the end of a line: `\url`, or `\href` around `\nolinkurl`."""
    to = web_address(address)
    if not to:
        return _latex(text)
    if to == text:
        return rf"\url{{{_latex_address(to)}}}"
    shown = rf"\nolinkurl{{{_latex_address(text)}}}" if _URL_SIGNS.fullmatch(text) else _latex(text)
    return rf"\href{{{_latex_address(to)}}}{{{shown}}}"


class _Latex(Format):
    def written(self, pieces: Pieces) -> str:
        r"""The text of an entry; in braces what `\item` and `\\` in front of it would take for an option or a star."""
        return re.sub(r"^(\s*)([\[*])", r"\1{\2}", super().written(pieces))


LATEX = _Latex(
    _latex,
    {
        ("font-style", "italic"): (r"\textit{", "}"),
        ("font-style", "oblique"): (r"\textsl{", "}"),
        ("font-style", "normal"): (r"\textup{", "}"),
        ("font-variant", "small-caps"): (r"\textsc{", "}"),
        ("font-variant", "normal"): (r"\textulc{", "}"),
        ("font-weight", "bold"): (r"\textbf{", "}"),
        ("font-weight", "normal"): (r"\textmd{", "}"),
        ("text-decoration", "underline"): (r"\underline{", "}"),
        ("vertical-align", "sup"): (r"\textsuperscript{", "}"),
        ("vertical-align", "sub"): (r"\textsubscript{", "}"),
    },
    _latex_link,
)
