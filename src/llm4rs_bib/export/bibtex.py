"""BibTeX in the one form that every LaTeX set-up and reader tried takes whole.

Classic entry types and fields: https://ctan.org/pkg/bibtex, btxdoc sections 3.1 and 3.2; `eprint…`: biblatex, section 3.14.7.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..model import Bibliography, Entry, PartialDate
from . import bibfile
from .bibfile import Dialect, EntryType
from .options import Options

_ALL = ("volume", "number", "pages")
_TYPES = {
    "article-journal": EntryType("article", "journal", None, _ALL),
    "paper-conference": EntryType("inproceedings", "booktitle", "publisher", _ALL),
    "preprint": EntryType("misc"),
    "chapter": EntryType("incollection", "booktitle", "publisher", _ALL),
    "book": EntryType("book", None, "publisher", _ALL),
    "thesis": EntryType("phdthesis", None, "school", ("pages",), "Thesis"),
    "report": EntryType("techreport", None, "institution", ("number", "pages"), "Report"),
    "dataset": EntryType("misc"),
    "webpage": EntryType("misc"),
    "document": EntryType("misc"),
}
_FIELDS = (
    "title", "author", "key", "journal", "booktitle", "publisher", "school", "institution", "type", "howpublished", "volume",
    "number", "pages", "year", "month", "day", "eprint", "eprinttype", "eprintclass", "doi", "url", "keywords",
)  # fmt: skip
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def render(bibliography: Bibliography, options: Options) -> str:
    """One .bib file in UTF-8, in the given order."""
    return bibfile.render(bibliography, options, _DIALECT)


def _date(date: PartialDate) -> Iterator[tuple[str, str]]:
    yield "year", f"{{{date.year}}}"
    yield "month", _MONTHS[date.month - 1] if date.month else ""
    yield "day", f"{{{date.day}}}" if date.day else ""


def _more(entry: Entry, options: Options) -> Iterator[tuple[str, str]]:
    if options.classic_note and entry.work.type == "preprint" and entry.work.arxiv_id:
        yield "howpublished", f"arXiv:{entry.work.arxiv_id}"


_DIALECT = Dialect(_TYPES, _FIELDS, _date, _more)
