"""Whether words are a sentence in which a paper is named, and no title."""

from __future__ import annotations

import re

_NEWS = re.compile(
    r"(?i)\b(?:we|our|us|please|cite|citing|check out|feel free|thanks?|welcome|"
    r"(?:is|was|are|were|been|got) (?:accepted|released)|(?:has|have) been|released?|updated?|added|see|refer|my)\b"
)
_REQUEST = re.compile(
    r"(?i)\b(?:please|refer to|check out|feel free|thanks|coming soon|(?:is|was|are|were|been|got|now|has been) "
    r"(?:updated|online|accepted|released|available|added|published|open|out|here))\b|^(?:we|if you|more)\b"
)
_BEFORE_A_NOUN = re.compile(
    r"(?i)\b(?:our|the|this|their|my|see|in|a|an|from|by|following|and|with|of|for|to|on|as|like|than|is)$"
)


def is_of_news(before: str) -> bool:
    """Whether the words before a linked title make it a piece of news, or a request."""
    return _NEWS.search(before) is not None


def is_sentence(words: str, *, before_link: bool) -> bool:
    """Whether the words are a request or a notice, or lead on to the link behind them."""
    return _REQUEST.search(words) is not None or (before_link and _BEFORE_A_NOUN.search(words) is not None)
