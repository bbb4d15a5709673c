"""Which words of a title keep their capitals in sentence case."""

from __future__ import annotations

import re
from functools import lru_cache

from .proper_names import NAMES_OF_TWO_WORDS, PROPER_NAMES
from .text import spans

_PARTS = r"[-‐‑–—/.…+·(]"
# Words without a capital in titles that have one on every other word.
_SMALL_WORDS = frozenset(
    """about across after against among before between beyond during from into like onto over that than their this through
    toward towards under upon using versus what when where which while with within without your""".split()
)


def has_own_case(word: str) -> bool:
    """Whether a style that lowers all but the first letter would spoil it: ChatGPT, P5, C, X-ray, LLM-based."""
    parts = [part for part in re.split(_PARTS, word) if part]
    articles = "A" if len(parts) == 1 else "AE"  # E-commerce
    return any(_is_mixed(part) or (len(part) == 1 and part.isupper() and part not in articles) for part in parts)


def _is_mixed(part: str) -> bool:
    """Whether it has a capital behind the first letter, or a capital and a digit."""
    return any(c.isupper() for c in part[1:]) or (part[:1].isupper() and any(c.isdigit() for c in part))


def is_name(word: str) -> bool:
    """Whether a part of it is a proper name of the table: Bayesian, Amazon's."""
    return any(_bare(part) in PROPER_NAMES for part in re.split(_PARTS, word))


def _bare(word: str) -> str:
    return re.sub("['’]s?$", "", word)


def may_hold_names(words: list[str]) -> bool:
    """Whether one of them begins a name of two words; the quick way to none."""
    return not NAMES_OF_TWO_WORDS.keys().isdisjoint(words)


def places_of_names(words: list[str]) -> frozenset[int]:
    """Where names of two words stand: New York, Monte Carlo."""
    firsts = [i for i, word in enumerate(words[:-1]) if word in NAMES_OF_TWO_WORDS]
    pairs = [i for i in firsts if _bare(words[i + 1]) in NAMES_OF_TWO_WORDS[words[i]]]
    return frozenset(place for i in pairs for place in (i, i + 1))


@lru_cache(maxsize=2**14)
def is_sentence_case(title: str) -> bool:
    """Whether most words within the title have no capital, so that those with one are names."""
    words: list[str] = [piece for kind, text in spans(title) if kind == "text" for piece in re.split(r"[^\w'’]+", text)[1:]]
    words = [word for word in words if len(word) > 3 and word.isalpha() and word not in _SMALL_WORDS and word not in PROPER_NAMES]
    lower = sum(word.islower() for word in words)
    return lower > sum(word[0].isupper() and word[1:].islower() for word in words)
