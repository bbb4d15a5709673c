"""Titles as LaTeX: CSL's tags as commands, and words in braces whose capitals a style must not lower."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import repeat

from .capitals import has_own_case, is_name, is_sentence_case, may_hold_names, places_of_names
from .latex import balances, escape, escaped, formula, is_plain, with_commands
from .text import spans

_NOCASE = '<span class="nocase">'
_TAGS = {"<i>": r"\textit{", "<b>": r"\textbf{", _NOCASE: "{"}
_SCRIPTS = {"<sub>": ("_", r"\textsubscript{"), "<sup>": ("^", r"\textsuperscript{")}


def protected(title: str) -> str:
    r"""A title as LaTeX, with each word in braces whose capitals a style must not lower.

    >>> protected("LLM-Guided Ranking at 50% Cost: iPhone & GPT-4o")
    '{LLM-Guided} Ranking at 50\\% Cost: {iPhone} \\& {GPT-4o}'
    """
    return "".join(_protected(list(spans(title)), keep_names=is_sentence_case(title)))


def protected_words(text: str) -> str:
    """Text without markup, such as a proceedings' title, with its words protected as in a title."""
    return _words(text, keep_names=False)


def _protected(pieces: list[tuple[str, str]], *, keep_names: bool) -> Iterator[str]:
    at_start = True
    open_tags: list[tuple[str, str]] = []  # each with what closes it
    for i, (kind, piece) in enumerate(pieces):
        if kind == "math":
            yield _math(piece)
            at_start = False
        elif kind == "text":
            in_braces = any(tag == _NOCASE for tag, _ in open_tags)
            yield escape(piece) if in_braces else _words(piece, keep_names=keep_names, at_start=at_start)
            at_start = False
        elif piece.startswith("</"):
            yield open_tags.pop()[1]
        else:
            opening, closing = _script(piece, pieces[i + 1 : i + 3]) if piece in _SCRIPTS else (_TAGS[piece], "}")
            yield opening
            open_tags.append((piece, closing))


def _math(math: str) -> str:
    r"""A formula in forms that all readers take: one refuses a file for `\rm CO`, and reads `^2)` as if both were raised."""
    math = re.sub(r"\\rm\s+(\w+)", r"{\\rm \1}", math)
    math = re.sub(r"([\^_])(\w)(?=\))", r"\1{\2}", math)
    return formula(re.sub(r"(?<!\\)[%#&]", r"\\\g<0>", math))


def _script(tag: str, inside: list[tuple[str, str]]) -> tuple[str, str]:
    """How a subscript or superscript opens and closes: as math, which Zotero's importer reads, if that shows the same."""
    sign, command = _SCRIPTS[tag]
    simple = [kind for kind, _ in inside] == ["text", "tag"] and re.fullmatch(r"[0-9+-]+|[a-z]", inside[0][1])
    return (f"${sign}{{", "}$") if simple else (command, "}")


def _words(text: str, *, keep_names: bool, at_start: bool = True) -> str:
    chunks = text.split(" ")
    places = list(_places(chunks, keep_names, at_start))
    balanced = balances(text)
    if balanced and "{" in text:
        wrapped = (chunk for chunk, place in zip(chunks, places, strict=True) if _keeps_capital(chunk, place))
        balanced = all(balances(_edges(chunk)[1]) for chunk in wrapped)
    return " ".join(map(_word, chunks, places, repeat(balanced)))


# Where a word stands, and so what a style does to its capital. (Plain texts: an Enum is slow as a key of a cache.)
_START = "start"  # of the title or behind a colon: kept, if it is the very first sign
_NAME = "name"  # where capitals are those of names, which styles lower
_WITHIN = "within"  # where titles have capitals that styles may lower


def _places(chunks: list[str], keep_names: bool, at_start: bool) -> Iterator[str]:
    in_names = places_of_names([_edges(chunk)[1] for chunk in chunks]) if may_hold_names(chunks) else ()
    usual = _NAME if keep_names else _WITHIN
    place = _START if at_start else usual
    for i, chunk in enumerate(chunks):
        yield _NAME if place is usual and i in in_names else place
        if chunk.isalnum():
            place = usual
        elif chunk.endswith(":"):
            place = _START
        elif chunk:  # behind other stops a new sentence begins, whose capital styles lower too
            place = _NAME if chunk.rstrip("\"'”’»)]").endswith(("?", "!")) else usual


@lru_cache(maxsize=2**14)
def _keeps_capital(chunk: str, place: str) -> bool:
    """Whether the word must stand in braces."""
    if chunk.islower() and is_plain(chunk):
        return False
    sign, word, _ = _edges(chunk)
    spoilt = bool(sign) if place is _START else place is _NAME
    return has_own_case(word) or is_name(word) or (spoilt and word[:1].isupper())


@lru_cache(maxsize=2**14)
def _word(chunk: str, place: str, balanced: bool) -> str:
    if not (keeps_capital := _keeps_capital(chunk, place)) and is_plain(chunk):
        return chunk
    before, word, after = (with_commands(escaped(part, balanced=balanced)) for part in _edges(chunk))
    return f"{before}{{{word}}}{after}" if keeps_capital else f"{before}{word}{after}"


@lru_cache(maxsize=2**14)
def _edges(chunk: str) -> tuple[str, str, str]:
    """Signs, a word, signs; the word with its braces if only so they balance in it."""
    if chunk.isalnum():
        return "", chunk, ""
    parts = _parted(chunk, r"\W*")
    return parts if balances(parts[1]) else _parted(chunk, r"[^\w{}]*")


def _parted(chunk: str, signs: str) -> tuple[str, str, str]:
    begin = re.match(signs, chunk).end()  # type: ignore[union-attr]  # it matches nothing too
    end = len(chunk) - re.match(signs, chunk[::-1]).end()  # type: ignore[union-attr]  # as above
    return (chunk[:begin], chunk[begin:end], chunk[end:]) if begin < end else (chunk, "", "")
