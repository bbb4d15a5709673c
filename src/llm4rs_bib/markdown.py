"""Markdown's inline text → pieces: words with their links and forms (https://github.github.com/gfm/#inlines)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from . import text

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

BEGIN, END = "<!-- llm4rs-bib:begin -->", "<!-- llm4rs-bib:end -->"  # around the list in a file that holds other things too
_BARE = r"(?i)\bhttps?://\w(?:(?!;?https?://)[^\s<>\"'`\[\]，。；、])*"
_TAG = r"(?is)<(/?)([a-z][a-z0-9]*)\b([^>]*)>"
_HREF = r"""(?i)\bhref\s*=\s*["']?([^"'\s>]+)"""
_ALT = r"""(?is)\balt\s*=\s*(?:"([^"]*)"|'([^']*)')"""
_NONE: Mapping[str, Any] = MappingProxyType({})
_STYLES = {"b": "strong", "strong": "strong", "u": "strong", "i": "em", "em": "em", "code": "code", "s": "s", "del": "s"}


class Piece(NamedTuple):
    """Words in one form. White space is as written; a line break that readers see is a newline."""

    text: str
    link: int = 0  # the number of the link that it is in, from 1
    href: str = ""  # that link's address
    styles: frozenset[str] = frozenset()  # "strong" (also underlined), "em", "code", "s"
    picture: bool = False  # then the text is what stands for it


class Link(NamedTuple):
    """A link with its address as written and the words that it is put on; a picture's words stand in `alt`."""

    words: str
    href: str
    alt: str = ""


@cache
def parser() -> MarkdownIt:
    """GitHub's Markdown, as far as lists need it."""
    from markdown_it import MarkdownIt  # 30 ms that only reading lists costs

    class AsWritten(MarkdownIt):
        def normalizeLink(self, url: str) -> str:  # noqa: N802 - its name there; it would encode addresses anew
            return url

    return AsWritten("commonmark").enable(["table", "strikethrough"])


def references(markdown: str) -> dict[str, Any]:
    """Where links lead that are written as [words][name], by lines such as `[name]: https://…`."""
    found: dict[str, Any] = {}
    parser().parse(markdown, found)
    return dict(found.get("references", {}))


def pieces(markdown: str, references: Mapping[str, Any] = _NONE) -> list[Piece]:
    """The pieces of one paragraph or cell."""
    return pieces_of(parser().parseInline(markdown, {"references": dict(references)})[0].children or ())


def pieces_of(tokens: Sequence[Token]) -> list[Piece]:
    """The pieces of an inline token's children."""
    reader = _Reader()
    for token in tokens:
        reader.read(token)
    return reader.pieces


def words(some: Sequence[Piece]) -> str:
    """What a reader sees of them, in NFC with single spaces; pictures are left out."""
    return text.nfc(" ".join("".join(piece.text for piece in some if not piece.picture).split()))


def links(some: Sequence[Piece]) -> list[Link]:
    """The links among the pieces, in order, those without an address left out."""
    grouped: dict[int, list[Piece]] = {}
    for piece in some:
        if piece.link and piece.href:
            grouped.setdefault(piece.link, []).append(piece)
    return [Link(words(group), group[0].href, " ".join(p.text for p in group if p.picture)) for group in grouped.values()]


class _Reader:
    def __init__(self) -> None:
        self.pieces: list[Piece] = []
        self._links = 0
        self._open: tuple[int, str] = (0, "")
        self._styles: list[str] = []

    def read(self, token: Token) -> None:
        kind = token.type
        if kind == "text":
            self._text(token.content)
        elif kind == "code_inline":
            self._text(token.content, "code")
        elif kind in ("softbreak", "hardbreak"):
            self._add(" " if kind == "softbreak" else "\n")
        elif kind == "image":
            self._add(token.content, picture=True)
        elif kind == "link_open":
            self._begin_link(str(token.attrGet("href") or ""))
        elif kind == "link_close":
            self._end_link()
        elif kind == "html_inline":
            self._html(token.content)
        elif token.nesting:
            self._style(kind.removesuffix("_open").removesuffix("_close"), token.nesting > 0)

    def _add(self, words: str, style: str = "", picture: bool = False) -> None:
        styles = frozenset([*self._styles, style] if style else self._styles)
        self.pieces.append(Piece(words, *self._open, styles, picture))

    def _text(self, words: str, style: str = "") -> None:
        """Text; an address in it becomes a link, as GitHub makes it one outside of code."""
        done = 0
        if "://" in words and not self._open[0]:
            for match in re.finditer(_BARE, words):
                address = _without_stops(match[0])
                if match.start() > done:
                    self._add(words[done : match.start()], style)
                self._begin_link(address)
                self._add(address, style)
                self._end_link()
                done = match.start() + len(address)
        if words[done:]:
            self._add(words[done:], style)

    def _html(self, tag: str) -> None:
        match = re.fullmatch(_TAG, tag)
        if not match:  # a comment
            return
        closing, name, attributes = bool(match[1]), match[2].lower(), match[3]
        if name == "br":
            self._add("\n")
        elif name == "a":
            self._end_link()
            if not closing:
                self._begin_link(found[1] if (found := re.search(_HREF, attributes)) else "")
        elif name == "img":
            self._add(next(filter(None, found.groups()), "") if (found := re.search(_ALT, attributes)) else "", picture=True)
        elif style := _STYLES.get(name):
            self._style(style, not closing)

    def _begin_link(self, href: str) -> None:
        self._links += 1
        self._open = (self._links, href)

    def _end_link(self) -> None:
        if self._open[0] and not (self.pieces and self.pieces[-1].link == self._open[0]):
            self._add("")  # a link that nobody sees
        self._open = (0, "")

    def _style(self, style: str, opening: bool) -> None:
        if opening:
            self._styles.append(style)
        elif style in self._styles:
            self._styles.remove(style)


def _without_stops(address: str) -> str:
    """A bare address without the sentence's signs behind it, as GitHub reads it."""
    while address[-1] in ".,;:!?*_~" or (address[-1] == ")" and address.count(")") > address.count("(")):
        address = address[:-1]
    return address


def escaped(words: str) -> str:
    """Markdown that shows the words letter by letter, within a line."""
    return re.sub(r"([\\`*_\[\]<>&~])", r"\\\1", words)


def lines(markdown: str) -> Iterator[str]:
    """The lines as CommonMark counts them (https://spec.commonmark.org/0.31.2/#line), without their ends."""
    yield from re.split(r"\r\n|[\r\n]", markdown)


def between_marks(markdown: str) -> tuple[str, str, str] | None:
    """What stands before, between and behind the two marks, which go with the first and the last.

    None unless each stands once alone on a line, in their order.
    """
    marks = [match for match in re.finditer(r"(?m)^.*$", markdown) if match[0].strip() in (BEGIN, END)]
    if [match[0].strip() for match in marks] != [BEGIN, END]:
        return None
    begin, end = marks
    return markdown[: begin.end()], markdown[begin.end() : end.start()], markdown[end.start() :]
