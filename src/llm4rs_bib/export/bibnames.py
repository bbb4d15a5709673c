"""Names as BibTeX and biber part them: btxdoc, section 4; https://ctan.org/pkg/bibtex."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import takewhile

from ..latex import escape, escaped_name
from ..model import Name

LABEL = 3  # letters of a family name that alpha.bst makes labels of


@lru_cache(maxsize=2**14)  # who writes one paper of a list writes others
def bib_name(name: Name) -> str:
    """`Family, Suffix, Given`; in braces what BibTeX would split, or take for a particle."""
    if not name.given and not name.suffix:
        return _whole(name.literal or name.family)
    family = f"{{{escaped_name(name.family)}}}" if _splits(name.family) else _family(name.family)
    given = escaped_name(name.given)
    given = f"{{{given}}}" if _splits(name.given) else given  # also an empty one: a suffix needs a place behind it
    suffix = escaped_name(name.suffix.replace(",", ""))  # biber loses a name with a comma there, braces or not
    return f"{family}, {suffix}, {given}" if suffix else f"{family}, {given}"


def _whole(name: str) -> str:
    """A group, or a single name: in braces but for its first letters if alpha would cut one of those."""
    head, rest = name[:LABEL], name[LABEL:]
    if (head.isascii() and head.isalnum()) or re.search(r"[\s,{}-]", head):
        return f"{{{escaped_name(name)}}}"
    return f"{escaped_name(head, LABEL)}{{{escape(rest)}}}" if rest else f"{{{escaped_name(name)}}}"


def _splits(part: str) -> bool:
    """Whether readers part it, or lose a word of it that has no letter."""
    return "," in part or " and " in f" {part.lower()} " or any(not any(map(str.isalpha, word)) for word in part.split() or [""])


def _family(family: str) -> str:
    """The words in lower case at the front are a particle; one behind them is no part of it: `Núñez {y} Nuño`, `{al-Farabi}`."""
    if not any(word[0].islower() for word in family.split()):
        escaped = escaped_name(family, LABEL)
        return escaped if family.isascii() else escaped.replace("-", "{-}")  # which a reader loses beside such letters
    words = family.split()
    particles = min(len(list(takewhile(lambda word: word[0].islower(), words))), len(words) - 1)
    written: list[str] = []
    for i, word in enumerate(words):
        escaped = escaped_name(word, 1 if written else LABEL)
        written.append(f"{{{escaped}}}" if i >= particles and word[0].islower() else escaped)
    return " ".join(written)
