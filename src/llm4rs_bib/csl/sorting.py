"""The order of a bibliography. CSL 1.0.2, "Sorting"."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# Letters that no decomposition takes apart, by the letters that they are sorted with (Unicode collation, DUCET).
_SORTED_WITH = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "æ": "ae", "œ": "oe", "ð": "d", "ħ": "h", "ı": "i\uffff", "ŋ": "n\uffff", "ŧ": "t"}
)

Word = tuple[tuple[int, str], ...]


@lru_cache(maxsize=2**15)
def collated(text: str) -> tuple[Word, ...]:
    """The text as it is compared: word by word, without accents, case and punctuation, numbers by their value."""
    return tuple(map(_word, text.split()))


@lru_cache(maxsize=2**15)
def _word(text: str) -> Word:
    bare = "".join(
        sign
        for sign in unicodedata.normalize("NFKD", text.casefold().translate(_SORTED_WITH))
        if unicodedata.category(sign)[0] not in "PM"
    )
    return tuple((int(part), "") if part.isdecimal() else (_LETTERS, part) for part in re.findall(r"\d+|\D+", bare))


_LETTERS = 10**30  # behind all numbers
