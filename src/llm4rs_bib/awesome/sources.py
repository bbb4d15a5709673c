"""A link as it is written in Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..markdown import Link, parser

_LINKS = re.compile(
    r"""
    \[ (?:!\[[^\]]*\]\([^)\s]*\) | \[[^\[\]]*\] | \\. | [^\[\]\\])* \]
    \( \s* <? (?P<href> [^\s<>()]* (?:\([^\s()]*\) [^\s<>()]*)* ) >? [^()\n]* \)
  | < (?P<auto> https?://[^\s<>]+ ) >
  | (?P<html> <a\b[^>]*> .*? </a> )
  | (?P<bare> https?://[^\s<>()\[\]，。；、｜]+ )
    """,
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)


def written(link: Link, source: str) -> str:
    """The link's Markdown in a text; made anew where it is not written in one piece."""
    found = list(_written(link.href, source))
    made = f"[{link.words or link.alt}]({link.href})"
    return next((each for each in found if link.words in each), found[0] if found else made)


def _written(href: str, source: str) -> Iterator[str]:
    """The links in a text that lead there."""
    for match in _LINKS.finditer(source):
        address = match["href"] or match["auto"] or match["bare"] or ""
        if match["bare"] and address.startswith(href):
            yield href
        elif href in (address, parser().normalizeLink(address)) or (match["html"] and href in match["html"]):
            yield " ".join(match[0].split())
