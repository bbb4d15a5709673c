"""The order of a bibliography. CSL 1.0.2, "Sorting"."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_SORTS_AS = str.maketrans({"ß": "ss", "ł": "l", "ø": "o", "đ": "d", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th", "ı": "i"})


@lru_cache(maxsize=2**14)
def collated(text: str) -> tuple[tuple[int, str], ...]:
    """The text as it is compared: by words, without punctuation, accents and case; these only part what else is equal."""
    plain = "".join(sign for sign in unicodedata.normalize("NFKD", text.casefold().translate(_SORTS_AS)) if not unicodedata.combining(sign))
    bare = re.sub(r"[^\w\s]+", "", plain.replace("-", " "))
    words = tuple((0 if word.isdecimal() else 1, word) for word in bare.split())
    return words or ((1, ""),)
