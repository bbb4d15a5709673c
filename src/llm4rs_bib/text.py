"""Plain text: how titles are compared, shown and turned into words of a key or a file name."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from itertools import accumulate

# CSL's inline tags, the only markup in a title: https://docs.citationstyles.org/en/stable/specification.html
_TAG = r"</?(?:i|b|sub|sup)>|<span class=\"nocase\">|</span>"
_MARKUP = re.compile(rf"({_TAG}|\$(?=\S)(?:[^$\\]|\\.){{1,400}}(?<=\S)\$(?!\d))")
_ESCAPES = {"<": "&lt;", ">": "&gt;", "$": "&#36;"}
_ESCAPED = {escape: sign for sign, escape in _ESCAPES.items()} | {"&amp;": "&"}
_ESCAPE = "|".join(_ESCAPED)
_LONGEST = 120  # letters of a slug: names of files have 255 at most
_NO_CONTENT = frozenset("a an the on of for in to and with from by at is are".split())


def nfc(text: str) -> str:
    """The text in Unicode's normal form C, in which everything is stored and written."""
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def clean(text: str) -> str:
    """The text as the model has it: NFC, on one line, white space single, without signs that are no text.

    Those are control characters, halves of surrogate pairs, and U+FFFE and U+FFFF.
    """
    if not text.isprintable():
        text = "".join(c for c in text if c.isspace() or not (unicodedata.category(c) in ("Cc", "Cs") or c in "\ufffe\uffff"))
    return nfc(" ".join(text.split()))


def spans(title: str) -> Iterator[tuple[str, str]]:
    """A title in pieces: ("tag", `<i>`), ("math", `$k$`) or ("text", unescaped words)."""
    for i, piece in enumerate(_MARKUP.split(title)):
        if i % 2:  # what the pattern found
            yield "tag" if piece.startswith("<") else "math", piece
        elif piece:
            yield "text", re.sub(_ESCAPE, lambda match: _ESCAPED[match[0]], piece) if "&" in piece else piece


def title(raw: str) -> str:
    """Any text as a title: clean, with CSL's tags (if they pair) and TeX math kept, and other `<`, `>`, `$` escaped.

    A `$` opens math if a character follows it, and closes it if one precedes it and no digit follows (as in pandoc), so
    that prices are none; nor are those of `US$1 or C$ 2`. The braces between must balance. Applying it twice changes nothing.
    """
    pieces = _MARKUP.split(clean(raw))
    keep_tags = _paired([piece for piece in pieces[1::2] if piece.startswith("<")])
    for i, piece in enumerate(pieces):
        if not i % 2 or not (keep_tags if piece.startswith("<") else _is_math(piece, pieces[i - 1])):
            pieces[i] = re.sub(r"[<>$]", lambda match: _ESCAPES[match[0]], piece)
    return "".join(pieces)


def _is_math(piece: str, before: str) -> bool:
    """Whether TeX can set it: braces pair, for TeX, which does not count escaped ones, and for BibTeX, which does."""
    if piece[-2] in "^_" or (" " in piece and before[-1:].isalpha()):
        return False
    return _balance(re.findall(r"(?<!\\)[{}]", piece)) and _balance(re.findall(r"[{}]", piece))


def _balance(braces: list[str]) -> bool:
    depths = list(accumulate(1 if brace == "{" else -1 for brace in braces))
    return not depths or (min(depths) >= 0 and depths[-1] == 0)


def _paired(tags: list[str]) -> bool:
    open_tags: list[str] = []
    for tag in tags:
        if not tag.startswith("</"):
            open_tags.append(tag[1:].split()[0].rstrip(">"))
        elif not open_tags or open_tags.pop() != tag[2:-1]:
            return False
    return not open_tags


def tagged(title: str) -> str:
    """A title without escapes but with CSL's inline tags: what CSL processors read."""
    return "".join(piece for _, piece in spans(title))


def plain(title: str) -> str:
    """A title without CSL's inline tags and without escapes (`&lt;` is `<`)."""
    return "".join(piece for kind, piece in spans(title) if kind != "tag")


def fold(title: str) -> str:
    """A title for comparison: letters and digits in lower case without accents, words apart by one space.

    >>> fold("R²ec: Scaling <i>Größe</i>!")
    'r2ec scaling große'
    """
    text = unicodedata.normalize("NFKD", plain(title))
    letters = "".join(c for c in text if not unicodedata.combining(c)).lower()
    return " ".join(re.findall(r"[^\W_]+", letters))


def ascii_words(text: str) -> list[str]:
    """The words of a text as ASCII letters and digits in lower case; a hyphen does not part a word.

    >>> ascii_words("NoteLLM-2: Größe für Øre/Ære")
    ['notellm2', 'grosse', 'fur', 'ore', 'aere']
    """
    text = re.sub(r"[/–—]", " ", text)
    if not text.isascii():
        from anyascii import anyascii  # 20 ms that only new keys and ids cost

        text = anyascii(nfc(text))
    words = (re.sub(r"[^a-z0-9]", "", word) for word in text.lower().split())
    return [word for word in words if word]


def content_words(title: str) -> list[str]:
    """The words of a title that carry meaning, as `ascii_words` writes them."""
    return [word for word in ascii_words(plain(title)) if word not in _NO_CONTENT]


def page_range(pages: str) -> str:
    """Pages with a plain hyphen, whichever dash a person or a registry wrote."""
    return re.sub(r"\s*(?:--+|[-–—])\s*", "-", pages)


def slug(text: str) -> str:
    """The text as a part of a file name: ASCII, lower case, words apart by hyphens, not too many; may be empty."""
    if not text.isascii():
        from anyascii import anyascii  # as above

        text = anyascii(text)
    made = re.sub(r"[^a-z0-9]+", "-", text.lower().replace("'", "")).strip("-")
    return made if len(made) <= _LONGEST else made[:_LONGEST].rpartition("-")[0] or made[:_LONGEST]


def unmangled(text: str) -> str:
    """The text with UTF-8 that was read as another encoding put right ("â€“" is "–"), for showing only."""
    if text.isascii():
        return text
    import ftfy  # 55 ms that only text beyond ASCII costs

    return ftfy.fix_encoding(text)


def present(cell: str | None) -> str | None:
    """What a cell says, or None where it says that there is nothing."""
    return None if cell is None or cell.strip().casefold() in ("", "n/a", "-", "–", "—") else cell.strip()
