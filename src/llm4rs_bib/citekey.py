"""Citation keys: family name, year, first word of the title (`xi2024towards`). ASCII, lower case, unique without case."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import count, product
from string import ascii_lowercase

from .model import Work
from .text import ascii_words, content_words


def make_key(work: Work, taken: Collection[str]) -> str | None:
    """A key that is not among the `taken` ones (given in lower case); None while author or year are not known.

    On collision more words of the title are added, then letters: a … z, aa … zz.
    """
    if not work.authors or work.issued is None:
        return None
    first = work.authors[0]
    family = "".join(ascii_words(first.family or first.literal))
    return next(key for key in _candidates(f"{family}{work.issued.year}", work.title) if key not in taken)


def _candidates(stem: str, title: str) -> Iterator[str]:
    words = content_words(title)
    key = stem
    for word in words:
        key += word
        yield key
    short = stem + "".join(words[:1])
    for length in count(1):
        for letters in product(ascii_lowercase, repeat=length):
            yield short + "".join(letters)
