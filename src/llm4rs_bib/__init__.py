"""llm4rs-bib: an awesome list of papers as a bibliography that is right.

from llm4rs_bib import load, export
print(export(load("catalog"), "bibtex"))
"""

from __future__ import annotations

from pathlib import Path

from .data import data_folder
from .errors import BibError, SelectionError
from .export import Options, Selection, export
from .export.selection import Condition
from .model import (
    Bibliography,
    Catalog,
    Category,
    Entry,
    Evidence,
    Listing,
    Lock,
    Name,
    PartialDate,
    Record,
    Work,
)

__all__ = [
    "BibError",
    "Bibliography",
    "Catalog",
    "Category",
    "Condition",
    "Entry",
    "Evidence",
    "Listing",
    "Lock",
    "Name",
    "Options",
    "PartialDate",
    "Record",
    "Selection",
    "SelectionError",
    "Work",
    "export",
    "load",
]
__version__ = "0.1.0"


def load(folder: str | Path | None = None) -> Bibliography:
    """The bibliography in a catalog's folder, by default the built-in list. BibError names what is wrong with its files."""
    from .catalog import read_folder  # PyYAML takes 25 ms that reference lists of other works do not need
    from .entries import join

    return join(*read_folder(Path(folder) if folder is not None else data_folder("catalog")))
