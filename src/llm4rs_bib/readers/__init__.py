"""Bibliographies of other programs: text → entries, by the ending of the file's name."""

from __future__ import annotations

import os
from collections.abc import Mapping
from importlib import import_module
from types import ModuleType

from ..errors import Fault, ListError, unknown
from .values import Found, Imported

__all__ = ["FORMATS", "Found", "Imported", "is_bibliography", "read"]

# The ending of a file's name → its module here, which has `read(text, name) -> Found`.
FORMATS: Mapping[str, str] = {".bib": "bib", ".json": "csl_json", ".csljson": "csl_json", ".ris": "ris"}


def is_bibliography(name: str) -> bool:
    """Whether a file of this name is read here."""
    return _ending(name) in FORMATS


def read(text: str, name: str) -> Found:
    """The entries of a file. ListError for a name without a known ending, or for a text that is none of its format."""
    ending = _ending(name)
    if ending not in FORMATS:
        raise ListError(Fault(name, unknown("format", ending, FORMATS)))
    module: ModuleType = import_module(f".{FORMATS[ending]}", __package__)  # bibtexparser costs 60 ms
    found: Found = module.read(text.removeprefix("\ufeff"), name)
    return found


def _ending(name: str) -> str:
    return os.path.splitext(name)[1].lower()
