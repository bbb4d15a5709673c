"""llm4rs-bib: an awesome list of papers as a bibliography that is right.

from llm4rs_bib import load, export
print(export(load("catalog"), "bibtex"))
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from .data import data_folder
from .export import export

if TYPE_CHECKING:
    from .errors import BibError, SelectionError
    from .export.options import Options
    from .export.selection import Condition, Selection
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
_HOMES = {"BibError": "errors", "SelectionError": "errors", "Options": "export.options"} | dict.fromkeys(
    ("Condition", "Selection"), "export.selection"
)  # all else is of the model


def __getattr__(name: str) -> object:
    """A public value when it is first asked for: the model takes 20 ms that `llm4rs_bib.csl` alone does not need."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value: object = getattr(import_module(f".{_HOMES.get(name, 'model')}", __name__), name)
    globals()[name] = value
    return value


def load(folder: str | Path | None = None) -> Bibliography:
    """The bibliography in a catalog's folder, by default the built-in list. BibError names what is wrong with its files."""
    from .catalog import read_folder  # PyYAML takes 25 ms that reference lists of other works do not need
    from .entries import join

    return join(*read_folder(Path(folder) if folder is not None else data_folder("catalog")))
