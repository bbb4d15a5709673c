"""BibLaTeX, for those whose class demands the dialect: https://ctan.org/pkg/biblatex, sections 2.1 and 2.2."""

from __future__ import annotations

from collections.abc import Iterator

from ..latex import escape
from ..model import Bibliography, Entry, PartialDate
from . import bibfile
from .bibfile import Dialect, EntryType
from .options import Options

_ALL = ("volume", "number", "pages")
_TYPES = {
    "article-journal": EntryType("article", "journaltitle", None, _ALL),
    "paper-conference": EntryType("inproceedings", "booktitle", "publisher", _ALL),
    "preprint": EntryType("online"),
    "chapter": EntryType("incollection", "booktitle", "publisher", _ALL),
    "book": EntryType("book", None, "publisher", _ALL),
    "thesis": EntryType("thesis", None, "institution", ("pages",), "Thesis"),
    "report": EntryType("report", None, "institution", ("number", "pages"), "Report"),
    "dataset": EntryType("misc"),  # not @dataset, which Zotero's importer leaves out
    "webpage": EntryType("online"),
    "document": EntryType("misc"),
}
_FIELDS = (
    "ids", "title", "author", "key", "journaltitle", "booktitle", "eventtitle", "publisher", "institution", "type", "volume",
    "number", "pages", "date", "eprint", "eprinttype", "eprintclass", "doi", "url", "keywords",
)  # fmt: skip


def render(bibliography: Bibliography, options: Options) -> str:
    """One .bib file in UTF-8, in the given order."""
    return bibfile.render(bibliography, options, _DIALECT)


def _date(date: PartialDate) -> Iterator[tuple[str, str]]:
    yield "date", f"{{{date}}}"


def _more(entry: Entry, _: Options) -> Iterator[tuple[str, str]]:
    work = entry.work
    yield "ids", ", ".join(entry.aliases)
    if work.type == "paper-conference" and work.venue_short and work.venue_short != work.container_title:
        yield "eventtitle", escape(work.venue_short)


_DIALECT = Dialect(_TYPES, _FIELDS, _date, _more)
