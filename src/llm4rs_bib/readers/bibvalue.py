"""The value of a field in a .bib file: braces, quotation marks and macros, joined by `#` (btxdoc, section 2.1)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

_BRACES = re.compile(r"(?<!\\)[{}]")  # bibtexparser counts no others
_BRACES_AND_QUOTES = re.compile(r'(?<!\\)[{}"]')
_WORD = re.compile(r'[^\s{}"#,=]+')
_SPACE = re.compile(r"\s*")
_NEXT = re.compile(r"([A-Za-z][\w-]*)\s*=\s*")


class BrokenError(ValueError):
    """A field's value is none."""


def values(name: str, written: str, macro: Callable[[str], str]) -> Iterator[tuple[str, str]]:
    """A field's name and value; further fields too, if only the comma before them is missing. BrokenError for anything else.

    `macro`: what a word stands for.
    """
    at = 0
    while True:
        value, at = _value(written, at, macro)
        yield name, value
        if at == len(written):
            return
        if not (match := _NEXT.match(written, at)):
            rest = " ".join(written[at : at + 30].split())
            raise BrokenError(f"behind its value comes {rest!r}; is a comma missing?")
        name, at = match[1].lower(), match.end()


def _value(written: str, at: int, macro: Callable[[str], str]) -> tuple[str, int]:
    """The value that begins at a place, without what encloses it, and the place behind it."""
    pieces = []
    at = _behind_space(written, at)
    while at < len(written):
        if written[at] in '{"':
            end = _closing(written, at)
            pieces.append(written[at + 1 : end - 1])
        elif match := _WORD.match(written, at):
            end = match.end()
            pieces.append(match[0] if match[0].isdecimal() else macro(match[0]))
        else:
            raise BrokenError(f"{written[at]!r} stands where a value should begin")
        at = _behind_space(written, end)
        if written[at : at + 1] != "#":
            break
        at = _behind_space(written, at + 1)
        if at == len(written):
            raise BrokenError("a value is missing behind #")
    return "".join(pieces), at


def _behind_space(written: str, at: int) -> int:
    match = _SPACE.match(written, at)
    return match.end() if match else at


def _closing(written: str, at: int) -> int:
    """The place behind what closes the brace, or the quotation mark, at a place."""
    depth = 0
    in_quotes = written[at] == '"'
    for match in (_BRACES_AND_QUOTES if in_quotes else _BRACES).finditer(written, at + in_quotes):
        depth += {"{": 1, "}": -1}.get(match[0], 0)
        if depth == 0 and match[0] == ('"' if in_quotes else "}"):
            return match.end()
    raise BrokenError("a brace or a quotation mark is not closed")
