r"""Markdown that CommonMark, GitHub and pandoc (gfm, commonmark_x) read alike.

Emphasis is written with stars where their rules surely hold, inside a word with tags
(https://spec.commonmark.org/0.31.2/#emphasis-and-strong-emphasis). Small capitals and underlining are shown plain: GitHub
drops their styles.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from itertools import groupby

from .formats import Format, Link, Pieces, web_address
from .tokens import Open

_TAGS = {"*": ("<i>", "</i>"), "**": ("<b>", "</b>"), "***": ("<b><i>", "</i></b>")}
# Signs that mean something wherever they stand; then those that do so beside others: entities, emoji, addresses that GitHub
# makes links, dashes and dots that pandoc joins, citations, images.
_SIGNS = re.compile(
    r"""[\\`*_\[\]<>{|~^$"'] | &(?=\#?\w+;) | :(?=[\w+-]+:|//) | (?<=\b[Ww]{3})\.(?=\w)
    | (?<=-)- | (?<=\.)\. | (?<!\w)@ | !(?=\[|$)""",
    re.VERBOSE,
)
# What would make an entry a heading, a definition, a list. "J. Doe" is none: pandoc wants two spaces behind a capital.
_START = re.compile(r"(?=[#+:=-])|(?![A-Z]\. \S)\(?(?:\d+|[^\W\d_]|[ivxlcdm]+|[IVXLCDM]+)(?=[.)](?:\s|$))")
_AUTOLINK = re.compile(r"https?://[\w.~/?#=,:;+()-]+", re.ASCII | re.IGNORECASE)


class _Markdown(Format):
    def written(self, pieces: Pieces) -> str:
        """The text of an entry."""
        runs = _runs(pieces)
        out = ""
        for (stars, text), (next_stars, next_text) in zip(runs, [*runs, ("", "")][1:], strict=True):
            out += _emphasized(stars, text, out[-1:], (next_stars or next_text)[:1]) if stars else text
        out = out.strip()
        if start := _START.match(out):
            out = f"{start[0]}\\{out[start.end() :]}"
        # Two dollars on a line are math; GitHub reads `\$` so too, and asks for this.
        return out.replace(r"\$", r"<span>\$</span>") if out.count(r"\$") > 1 else out


def _escaped(text: str) -> str:
    return _SIGNS.sub(r"\\\g<0>", text)


def _link(address: str, text: str) -> str:
    """`<address>`, or `[text](<address>)`."""
    if address == text and _AUTOLINK.fullmatch(text):
        return f"<{address}>"
    address = re.sub(r"&(?=#?\w+;)", "&amp;", address)
    return f"[{_escaped(text)}](<{address}>)"


def _runs(pieces: Pieces) -> list[tuple[str, str]]:
    """Markdown in runs of the same emphasis, each with its stars, and with white space at the ends of emphasis outside of it."""
    parts: list[tuple[str, str]] = []
    for stars, run in groupby(_written(pieces), key=lambda part: part[0]):
        text = "".join(markdown for _, markdown in run)
        core = text.strip()
        if stars and core:
            front, _, end = text.partition(core)
            parts += [("", front), (stars, core), ("", end)]
        else:
            parts.append(("", text))
    return [
        (stars, "".join(text for _, text in run))
        for stars, run in groupby(filter(lambda part: part[1], parts), key=lambda part: part[0])
    ]


def _written(pieces: Pieces) -> Iterator[tuple[str, str]]:
    """Markdown in parts, each with the stars of its emphasis; texts that stand together are escaped together."""
    for (stars, script, is_link), run in groupby(_styled(pieces), key=lambda part: part[0]):
        text = "".join(text for _, text in run)
        markdown = text if is_link else _escaped(text)
        yield stars, f"<{script}>{markdown}</{script}>" if script and text else markdown


def _styled(pieces: Pieces) -> Iterator[tuple[tuple[str, str, bool], str]]:
    """Texts and links, each with its stars, its tag, and whether it is a link, and so written already."""
    active: list[Open] = []
    for piece in pieces:
        if piece is None:
            active.pop()
        elif isinstance(piece, Open):
            active.append(piece)
        else:
            now = dict(active)  # of each kind the innermost
            stars = "*" * ((now.get("font-style") in ("italic", "oblique")) + 2 * (now.get("font-weight") == "bold"))
            script = now.get("vertical-align", "")
            script = script if script in ("sup", "sub") else ""
            if isinstance(piece, Link) and (to := web_address(piece.address)):
                yield (stars, script, True), _link(to, piece.text)
            else:
                yield (stars, script, False), piece if isinstance(piece, str) else piece.text


def _emphasized(stars: str, text: str, before: str, after: str) -> str:
    opens, closes = (stars, stars) if _parts(before) and _parts(after) else _TAGS[stars]
    return f"{opens}{text}{closes}"


def _parts(outer: str) -> bool:
    """Whether stars beside a sign open or close what is behind or before them, whatever that is: no emphasis is open then."""
    return not outer or outer.isspace() or (outer != "*" and (unicodedata.category(outer)[0] == "P" or outer in "$+<=>^`|~"))


MARKDOWN = _Markdown(_escaped, {})
