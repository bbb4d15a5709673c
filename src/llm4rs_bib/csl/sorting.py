"""The order of a bibliography. CSL 1.0.2, "Sorting"."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from .context import Context, Node, Pieces
from .items import Item
from .tokens import text_of

# Letters that no decomposition takes apart, by the letters that they are sorted with (Unicode collation, DUCET).
_SORTED_WITH = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "æ": "ae", "œ": "oe", "ð": "d", "ħ": "h", "ı": "i\uffff", "ŋ": "n\uffff", "ŧ": "t"}
)

Word = tuple[tuple[int, str], ...]


class SortKey(NamedTuple):
    """A cs:key: what a work sorts by, and whether the other way round."""

    node: Node
    descending: bool
    is_number: bool  # by citation-number


def ordered(items: Sequence[Item], keys: Sequence[SortKey]) -> list[Item]:
    """The items sorted; what has no key comes last in either direction."""
    numbered = list(enumerate(items, start=1))
    for key in reversed(keys):
        texts = {number: _text(key.node, item, number) for number, item in numbered}
        filled = [each for each in numbered if texts[each[0]]]
        filled.sort(key=lambda each: collated(texts[each[0]]), reverse=key.descending)  # used at once
        numbered = filled + [each for each in numbered if not texts[each[0]]]
    return [item for _, item in numbered]


def _text(node: Node, item: Item, number: int) -> str:
    pieces: Pieces = []
    node(Context(item, number, sorting=True), pieces)
    return "".join(map(text_of, pieces)).strip()


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
    return tuple(_key(part) for part in re.findall(r"\d+|\D+", bare))


_LETTERS = 10**9  # behind all numbers


def _key(part: str) -> tuple[int, str]:
    digits = part.lstrip("0") if part.isdecimal() else ""
    return (len(digits), digits) if part.isdecimal() else (_LETTERS, part)
