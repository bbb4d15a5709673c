"""The lines that Zotero and Better BibTeX keep in the field Extra, and write as a note: what no field of theirs holds."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from ..model import TYPES

_KEY = r"(?i)citation key\s*:\s*(\S+)"
_TYPE = r"(?i)type\s*:\s*([\w-]+)"
_DOI = r"(?i)doi\s*:\s*(\S+)"
_ARXIV = r"(?i)(arxiv(?: id)?\s*:\s*\S+(?:\s+\[[\w.-]+\])?).*"
_CATEGORY = r"Category: .+"  # ours, for Zotero; the keywords say it too


class Extra(NamedTuple):
    """What the lines say; "" for what they do not."""

    key: str = ""
    type: str = ""  # a key of TYPES
    doi: str = ""
    arxiv: str = ""
    is_all: bool = True  # whether they say nothing else


def read_extra(lines: Iterable[str]) -> Extra:
    """Citation key, type and identifiers from the lines.

    >>> read_extra(["Citation Key: xi2024", "arXiv:2306.10933 [cs.IR]"])
    Extra(key='xi2024', type='', doi='', arxiv='arXiv:2306.10933 [cs.IR]', is_all=True)
    """
    found: dict[str, str] = {}
    is_all = True
    for line in filter(None, map(str.strip, lines)):
        matches = {
            name: re.fullmatch(form, line) for name, form in (("key", _KEY), ("type", _TYPE), ("doi", _DOI), ("arxiv", _ARXIV))
        }
        read = {name: match[1] for name, match in matches.items() if match and (name != "type" or match[1] in TYPES)}
        is_all = is_all and (bool(read) or re.fullmatch(_CATEGORY, line) is not None)
        found = {**read, **found}
    return Extra(**found, is_all=is_all)
