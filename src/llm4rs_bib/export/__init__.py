"""The formats, and how a bibliography becomes a file in one of them."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple

from ..errors import Fault, SelectionError, unknown

if TYPE_CHECKING:
    from ..model import Bibliography
    from .options import Options, Written
    from .selection import Selection

__all__ = ["FORMATS", "Format", "export", "render", "write"]


class Format(NamedTuple):
    """A format: its module here, which has `render(bibliography, options) -> str`, and what its users see of it.

    A module whose files may be worth a warning has `written`, which gives both, besides.
    """

    module: str
    ending: str  # of its files
    purpose: str
    options: frozenset[str] = frozenset()  # the fields of Options that it heeds, besides `venue`


_BIB = frozenset({"fields", "without"})
_LISTS = frozenset({"style", "locale", "to", "numbering", "flat", "categories", "engine"})
_LIST = frozenset({"with_venues", "with_bibtex", "bibtex_file", "categories"})
FORMATS = {
    "bibtex": Format(
        "bibtex", "bib", "LaTeX with BibTeX or biblatex, Overleaf, JabRef, typst: one file for all", _BIB | {"classic_note"}
    ),
    "biblatex": Format("biblatex", "biblatex.bib", "LaTeX classes that demand biblatex's own fields (`date`, `@online`)", _BIB),
    "csl-json": Format("csl_json", "json", "pandoc, Quarto, citeproc; web pages and scripts", frozenset({"zotero_note"})),
    "ris": Format("ris", "ris", "EndNote, Mendeley, RefWorks and most other reference managers; Zotero with tags and keys"),
    "zotero-rdf": Format("zotero_rdf", "rdf", "Zotero, whole: item types, tags, keys, links, notes and nested collections"),
    "references": Format("references", "md", "reading: lists by category as they stand in a paper, in any CSL style", _LISTS),
    "list": Format("list_", "md", "the awesome list itself, as it was written or with what was found", _LIST),
}


def render(bibliography: Bibliography, format: str, options: Options | None = None) -> str:
    """All entries of the bibliography in a format of FORMATS: the text of the file, with LF line ends.

    SelectionError for a format, venue form or field that is not there, and for an option that the format does not heed.
    """
    return write(bibliography, format, options).text


def write(bibliography: Bibliography, format: str, options: Options | None = None) -> Written:
    """The same with warnings."""
    from .options import VENUES, Options, Written  # as in `export`
    from .writable import writable

    options = options or Options()
    if format not in FORMATS:
        raise SelectionError(Fault("", unknown("format", format, FORMATS)))
    if options.venue not in VENUES:
        raise SelectionError(Fault("", unknown("venue form", options.venue, VENUES)))
    _check_heeded(format, options)
    module = import_module(f".{FORMATS[format].module}", __package__)  # each brings libraries that the others do not need
    entries = writable(bibliography, options)
    if hasattr(module, "written"):
        written: Written = module.written(entries, options)
        return written
    return Written(module.render(entries, options))


def export(bibliography: Bibliography, format: str, selection: Selection | None = None, options: Options | None = None) -> str:
    """The bibliography, or the selected entries, in a format of FORMATS: the text of the file, with LF line ends."""
    from .options import Options  # with the model 30 ms, which llm4rs_bib.csl alone does not need
    from .selection import Selection, select

    selection, options = selection or Selection(), options or Options()
    return render(select(bibliography, selection), format, with_categories(format, options, selection))


def with_categories(format: str, options: Options, selection: Selection) -> Options:
    """The options with the selection's categories, for a format that minds them: a work may stand in others too."""
    from dataclasses import replace  # 10 ms; as in `export`

    minds = format in FORMATS and "categories" in FORMATS[format].options
    return replace(options, categories=selection.categories) if minds and selection.categories else options


def _check_heeded(format: str, options: Options) -> None:
    from dataclasses import fields  # as above

    default = type(options)()
    for each in fields(options):
        if each.name != "venue" and getattr(options, each.name) != getattr(default, each.name):
            heeding = [name for name, known in FORMATS.items() if each.name in known.options]
            if format not in heeding:
                option = each.name.replace("_", "-")
                raise SelectionError(Fault("", f"--{option} is for {' and '.join(heeding)}, not for {format}"))
