"""A link as it is written in Markdown."""

from __future__ import annotations

import re

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
    for match in _LINKS.finditer(source):
        href = match["href"] or match["auto"] or match["bare"] or ""
        if match["bare"] and href.startswith(link.href):
            return link.href
        if link.href in (href, parser().normalizeLink(href)) or (match["html"] and link.href in match["html"]):
            return " ".join(match[0].split())
    return f"[{link.words or link.alt}]({link.href})"
