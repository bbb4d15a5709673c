"""How alike two titles are, and two lists of authors: what matching rests on, with its thresholds."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from .model import Name
from .names import shared
from .text import content_words, spans

_WORD = r"\d+(?:[./]\d+)+|[^\W_]+[+#]*|(?<![^\W_])[+#]+|[<>=≤≥∞]+"  # "3.1" and "1/2" are words
_LETTERS = str.maketrans(
    {"ß": "ss", "ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D", "æ": "ae", "Æ": "Ae", "œ": "oe", "Œ": "Oe"}
    | {"þ": "th", "Þ": "Th", "ð": "d", "Ð": "D"}
)
_TEX_SIGN = r"\\(?:math|text)[a-z]+|\\(?:rm|bf|cal|it|bb|sqrt)\b"  # fonts, and a root, which is no word outside TeX
_TEX_RELATIONS = {"le": "≤", "leq": "≤", "ge": "≥", "geq": "≥", "ne": "<>", "neq": "<>", "infty": "∞"}
# What turns a word into another one although few letters change.
_PREFIXES = """
    bi de dis down ex hyper hypo im in inter intra macro micro mono multi non over post pre re semi sub super un under uni up
""".split()
LONG_WORD = 6  # letters of a word that may be misspelt (of the longer form)
SLIP = 2  # letters by which it may be
_STEM = 5  # letters by which words of one root are told
ALIKE = 0.6  # share of stems that a title has in common with one that it was changed into, if more speaks for it
VERY_ALIKE = 0.85  # the same, by itself


@lru_cache(maxsize=2**14)
def words(title: str) -> tuple[str, ...]:
    """A title's words as they are compared: without case, accents, markup and signs, but with digits, `+` and `#`.

    >>> words("C++ &amp; <i>β</i>-VAE: Größe of User's R²")
    ('c++', 'and', 'beta', 'vae', 'grosse', 'of', 'users', 'r2')
    """
    text = "".join(_formula(piece) if kind == "math" else piece for kind, piece in spans(title) if kind != "tag")
    text = text.replace("♯", "#").replace("≠", "<>")  # which Unicode would take apart
    text = re.sub(r"(?<=\b\w)\*|(?<=\b\w{2})\*|(?<=\b\w{3})\*", "#", text)  # A*, RRT*; behind a longer word it marks a footnote
    text = unicodedata.normalize("NFKD", re.sub(r"['’`´]", "", text).replace("&", " and ").translate(_LETTERS))
    letters = "".join(_letter(c) for c in text if not unicodedata.combining(c))
    return tuple(re.findall(_WORD, letters.lower()))


def _formula(math: str) -> str:
    math = re.sub(r"\\([a-z]+)", lambda match: _TEX_RELATIONS.get(match[1], match[0]), math)
    return re.sub(r"[\\${}^_ ]", "", re.sub(_TEX_SIGN, "", math))


def _letter(sign: str) -> str:
    """A Greek letter by its name, as TeX and registries write it."""
    return unicodedata.name(sign).rsplit(" ", 1)[-1] if "\u0370" <= sign <= "\u03ff" and sign.isalpha() else sign


def equal(one: str, other: str) -> bool:
    """Whether the titles have the same words, wherever these are apart or joined."""
    return "".join(words(one)) == "".join(words(other))


def nearly_equal(one: str, other: str, model: str = "") -> bool:
    """Whether one word is a plural of the other title's or its British spelling, or one has the `model`'s name in front."""
    first, second = words(one), words(other)
    if len(first) == len(second):
        differing = [pair for pair in zip(first, second, strict=True) if pair[0] != pair[1]]
        return len(differing) == 1 and len(min(differing[0], key=len)) > 3 and _is_variant(*differing[0])
    longer, shorter = sorted((first, second), key=len, reverse=True)
    name = words(model)
    return bool(name) and len(shorter) >= 4 and longer == name + shorter


def _is_variant(one: str, other: str) -> bool:
    one, other = _american(one), _american(other)
    return one in (other, other + "s") or other == one + "s"


def _american(word: str) -> str:
    """The word in American spelling: personalize, color, modeling, center."""
    word = re.sub(r"is(?=(?:e[drs]?|ing|ations?)$)|ys(?=(?:e[drs]?|ing)$)", lambda match: match[0][0] + "z", word)
    return re.sub(r"tre(s?)$", r"ter\1", word.replace("our", "or").replace("ll", "l"))


def misspelt(one: str, other: str) -> bool:
    """Whether the titles differ in one long word, by so few letters that a person may have typed one for the other."""
    first, second = words(one), words(other)
    differing = [pair for pair in zip(first, second, strict=False) if pair[0] != pair[1]]
    return len(first) == len(second) and len(differing) == 1 and _is_slip(*differing[0])


def _is_slip(one: str, other: str) -> bool:
    """Whether one is the other with some letters wrong; not "explicit" and "implicit", and no digit may differ."""
    if not (one.isalpha() and other.isalpha()) or max(len(one), len(other)) < LONG_WORD or one[:2] != other[:2]:
        return False
    rests = [{word.removeprefix(prefix) for prefix in _PREFIXES if word.startswith(prefix)} for word in (one, other)]
    return distance(one, other) <= SLIP and rests[0].isdisjoint(rests[1])


def distance(one: str, other: str) -> int:
    """The letters to change, add or drop to make one of the other (Levenshtein)."""
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, start=1):
        previous, row[0] = row[0], i
        for j, also in enumerate(other, start=1):
            previous, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, previous + (letter != also))
    return row[-1]


def likeness(one: str, other: str) -> float:
    """The share of stems that two titles have in common (Dice), from 0 to 1; 0 if a number or a sign differs."""
    first, second = (frozenset(word[:_STEM] for word in content_words(title)) for title in (one, other))
    numbers = [{word for word in words(title) if not word.isalpha()} for title in (one, other)]
    if not first or not second or numbers[0] != numbers[1]:
        return 0.0
    return 2 * len(first & second) / (len(first) + len(second))


class Overlap(NamedTuple):
    """How many people two lists of authors share."""

    shared: int
    fewer: int  # people on the shorter list
    more: int

    @property
    def of_shorter(self) -> float:
        """The part of the shorter list that is shared."""
        return self.shared / self.fewer if self.fewer else 0.0

    @property
    def of_all(self) -> float:
        """The part of all people that is shared (Jaccard)."""
        return self.shared / (self.fewer + self.more - self.shared) if self.more else 0.0

    def __str__(self) -> str:
        """How many of the longer list: "7 of 8"."""
        return f"{self.shared} of {self.more}"


def overlap(one: Sequence[Name], other: Sequence[Name]) -> Overlap:
    """The people that two lists share."""
    fewer, more = sorted((len(one), len(other)))
    return Overlap(shared(one, other), fewer, more)


def names_model(model: str, text: str) -> bool:
    """Whether the text names the model, if that is a name by its looks ("AlphaRec", "P5", not "LANE" or "Single")."""
    name = re.fullmatch(r"[\w-]{3,}", model) and re.search(r"[a-z][A-Z]|[A-Z]{2,}\w*[a-z]|\d", model)
    return bool(name) and re.search(rf"(?<![\w-]){re.escape(model)}(?![\w-])", text) is not None
