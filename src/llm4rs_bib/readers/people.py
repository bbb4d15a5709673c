"""Names in a .bib file as BibTeX parts them: btxdoc, section 4; https://ctan.org/pkg/bibtex."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from bibtexparser.middlewares.names import parse_single_name_into_parts, split_multiple_persons_names

from ..model import Name
from ..names import is_nobody, split_name
from .tex import text_of

_SUFFIX = r"(?i)(?:jr|sr|junior|senior|esq|ph\.?d|m\.?d)\.?|[IVX]+|\d(?:st|nd|rd|th)"
_AND_OR_ET_AL = r"(?i)^and(?:\s+|$)|,?\s+et\s+al\.?$"
_EXTENDED = r"(?i)\s*(?:family|given|prefix|suffix)(?:-i)?\s*="  # biblatex, section 3.3.5


class People(NamedTuple):
    """The authors of an entry."""

    names: tuple[Name, ...]
    others: bool = False  # whether the file says that there are more
    odd: tuple[str, ...] = ()  # names that BibTeX would part wrongly, taken whole


def people_of(tex: str) -> People:
    r"""The names of an author field.

    >>> [str(name) for name in people_of(r"Aäron van den Oord and {Meta AI} and King, Jr., Martin and others").names]
    ['van den Oord, Aäron', '{Meta AI}', 'King, Jr., Martin']
    """
    written = [each for each in map(str.strip, _parted(tex)) if each]
    people = [whole for each in written if (whole := _whole(each))]
    names = [(each, _name(each)) for each in people]
    odd = (text_of(each) for each, name in names if name and name.literal and "," in each and not _in_braces(each))
    return People(tuple(name for _, name in names if name), people != written, tuple(odd))


@lru_cache(maxsize=2**14)
def _whole(tex: str) -> str:
    """The name without "et al."; nothing for what only says that there are more."""
    name = re.sub(_AND_OR_ET_AL, "", tex)
    return "" if is_nobody(name) else name


def _parted(tex: str) -> list[str]:
    if "{" not in tex and "\\" not in tex:
        return re.split(r"(?i)\s+and(?=\s)", f" {tex} ")
    found: list[str] = split_multiple_persons_names(tex)
    return found


@lru_cache(maxsize=2**14)  # who wrote one paper of a list wrote others
def _name(tex: str) -> Name | None:
    if re.match(_EXTENDED, tex):
        return _extended(tex)
    if _in_braces(tex):
        return _group(tex)
    if "," not in tex and (known := split_name(text_of(tex))) and known.literal:
        return known
    parts = parse_single_name_into_parts(tex.strip(" ,"), strict=False)
    family, given, suffix = (text_of(" ".join(each)) for each in ([*parts.von, *parts.last], parts.first, parts.jr))
    if re.fullmatch(_SUFFIX, given) and suffix:  # Family, Given, Jr.
        given, suffix = suffix, given
    if _depth_0(tex, ",") > 2 or (suffix and not re.fullmatch(_SUFFIX, suffix)):
        return _group(tex)
    if not family or (not given and " " in family and not parts.von):
        return _group(tex)
    return Name(family=family, given=given, suffix=suffix)


def _group(tex: str) -> Name | None:
    literal = text_of(tex)
    return Name(literal=literal) if re.search(r"\w", literal) else None


def _in_braces(tex: str) -> bool:
    """Whether one pair of braces holds all of it, and no TeX letter alone."""
    return tex.startswith("{") and tex.endswith("}") and not tex.startswith("{\\") and _depth_0(tex, "") == 0


def _depth_0(tex: str, sign: str) -> int:
    """How often the sign stands outside of braces; without a sign: how much does, but for the braces."""
    return sum(1 for each in _outside(tex) if each == sign or not sign)


def _outside(tex: str) -> Iterator[str]:
    depth = 0
    for sign in re.findall(r"(?s)\\.|.", tex):
        depth -= sign == "}"
        if depth <= 0 and sign not in "{}":
            yield sign
        depth += sign == "{"


def _extended(tex: str) -> Name | None:
    """Biblatex's `family=Beauvoir, given=Simone, prefix=de`."""
    parts = {}
    for part in re.split(r",(?![^{}]*\})", tex):
        name, _, value = part.partition("=")
        parts[name.strip().lower()] = text_of(value.strip().strip('"'))
    family = " ".join(filter(None, (parts.get("prefix"), parts.get("family"))))
    given, suffix = parts.get("given", ""), parts.get("suffix", "")
    return Name(family=family, given=given, suffix=suffix) if family else _group(tex)
