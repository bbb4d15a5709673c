"""Given names as initials. CSL 1.0.2, "Name": `initialize-with`, `initialize`, `initialize-with-hyphen`."""

from __future__ import annotations

import re
from functools import lru_cache

_SCRIPTS = "\u0e01-\u0e5b\u0370-\u03ff\u0400-\u052f\u0590-\u06ff\u1f00-\u1fff"  # that have initials, besides Latin
_WITH_INITIALS = re.compile(rf"[&A-Za-z\u00c0-\u024f\u1e00-\u1eff{_SCRIPTS}]")
_ELEMENT = re.compile(r"([^\W\d_])([^\W\d_]*)(\.?)")


@lru_cache(maxsize=2**14)
def initials(given: str, mark: str, initialize: bool = True, hyphen: bool = True) -> str:
    """Given names cut to initials with a mark behind each; with `initialize` false only such as are initials already.

    CSL 1.0.2, "Name", `initialize-with`, `initialize` and `initialize-with-hyphen`.

    >>> initials("Jean-Luc Marie", ". "), initials("J F Kennedy", ".", False)
    ('J.-L. M.', 'J.F. Kennedy')
    >>> initials("Th. Seung-won de", "."), initials("Jean-Luc", "", hyphen=False)
    ('Th.S. de', 'JL')
    """
    if not _WITH_INITIALS.match(re.sub("^(?:<[^<>]*>)+", "", given)):
        return given
    if not hyphen:
        given = given.replace("-", " ")
    given = re.sub(r"\.(?=[^\s])", ". ", re.sub(r"\s*-\s*", "-", given))
    pieces = re.split(r"((?:-(?![a-z])|\s|<[^<>]*>)+)", given)  # "Seung-won" is one element
    cut = _initialized(pieces, mark) if initialize else _marked(pieces, mark)
    return re.sub(r"\s*-\s*", "-", re.sub(r"\s+", " ", cut)).rstrip()


def _initialized(pieces: list[str], mark: str) -> str:
    """Elements and what is between them in turn, the elements cut; those in lower case stay."""
    for i in range(0, len(pieces), 2):
        match = _ELEMENT.match(pieces[i])
        if match and not match[1].islower():
            pieces[i] = match[1] + (match[2] if match[3] else _digraph(match[2]))
            if i + 1 < len(pieces):
                pieces[i + 1] = _behind(mark, pieces[i + 1])
            else:
                pieces[i] += mark
        elif pieces[i]:
            pieces[i] = f" {pieces[i]}"
    return "".join(pieces)


def _behind(mark: str, between: str) -> str:
    """What stands between an initial and the next element: the mark, tags before its space, a hyphen."""
    tags = "".join(re.findall("<[^<>]*>", between))
    bare = mark.rstrip()
    return f"{bare}{tags}{mark[len(bare) :]}{'-' if '-' in between else ''}"


def _digraph(rest: str) -> str:
    """The capitals that follow the first letter in a name that goes on in lower case: "IUrii" → "Iu"."""
    capitals = re.match(r"[^\W\d_a-z]*", rest)
    run = "".join(sign for sign in (capitals[0] if capitals else "") if sign.isupper())
    return run.lower() if len(run) < len(rest) else ""


def _marked(pieces: list[str], mark: str) -> str:
    """Elements and what is between them in turn, initials and abbreviations with the mark instead of their period."""
    if len(pieces) == 1 and re.search(r"(?:^|\.)[^\W\d_a-z]$", pieces[0]):
        pieces[0] += "."
    is_short = [(len(piece) == 1 and piece.isupper()) or (len(piece) > 1 and piece.endswith(".")) for piece in pieces]
    for i in range(0, len(pieces), 2):
        if is_short[i]:
            pieces[i] = pieces[i].removesuffix(".") if len(pieces[i]) > 1 else pieces[i]
            if i + 2 < len(pieces):
                pieces[i + 1] = _behind(mark, pieces[i + 1]) + ("" if is_short[i + 2] else " ")
            else:
                pieces[i] += mark
    return "".join(pieces)
