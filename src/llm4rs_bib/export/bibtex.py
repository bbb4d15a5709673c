"""BibTeX in the one form that every LaTeX set-up and reader tried takes whole (docs/design.md says what was measured).

Classic entry types and fields: https://ctan.org/pkg/bibtex, btxdoc sections 3.1 and 3.2; `eprint…`: biblatex, section 3.14.7.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from urllib.parse import quote

from bibtexparser.entrypoint import write_string
from bibtexparser.library import Library
from bibtexparser.model import Entry as Block
from bibtexparser.model import Field
from bibtexparser.writer import BibtexFormat

from ..latex import escape, initial_escaped, protected, protected_words
from ..model import Entry, Name, Work

# Our type → BibTeX's, and the fields in which that has the container and the publisher.
_TYPES = {
    "article-journal": ("article", "journal", None),
    "paper-conference": ("inproceedings", "booktitle", "publisher"),
    "preprint": ("misc", None, None),
    "chapter": ("incollection", "booktitle", "publisher"),
    "book": ("book", None, "publisher"),
    "thesis": ("phdthesis", None, "school"),
    "report": ("techreport", None, "institution"),
    "dataset": ("misc", None, None),
    "webpage": ("misc", None, None),
    "document": ("misc", None, None),
}
_UNSAFE = frozenset("{}\\ \t\n\r")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def render(entries: Sequence[Entry]) -> str:
    """One .bib file in UTF-8, in the given order."""
    library = Library([_block(entry) for entry in entries], fail_on_duplicate_key=True)
    form = BibtexFormat()  # type: ignore[no-untyped-call]  # it has no types
    form.indent, form.block_separator, form.value_column = "  ", "\n", 14
    return write_string(library, unparse_stack=[], bibtex_format=form)


def _block(entry: Entry) -> Block:
    return Block(_TYPES[entry.work.type][0], entry.key, [Field(name, value) for name, value in _fields(entry) if value])


def _fields(entry: Entry) -> Iterator[tuple[str, str | None]]:
    """Field and value as they stand in the file, in printing order; the caller drops those without a value."""
    work = entry.work
    _, container, publisher = _TYPES[work.type]
    yield "title", _braced(protected(work.title))
    yield "author", _braced(" and ".join(map(_name, work.authors)))
    if not work.authors:
        yield "key", _braced(entry.key)  # what classic styles sort and label by where there is no author
    if container and work.container_title:
        yield container, _braced(protected_words(work.container_title))
    if publisher and work.publisher:
        yield publisher, _braced(escape(work.publisher))
    yield "volume", _braced(escape(work.volume or ""))
    yield "number", _braced(escape(work.issue or ""))
    yield "pages", _braced(escape(work.pages or work.article_number or "").replace("-", "--"))
    yield from _date(work)
    yield from _identifiers(entry)
    yield "keywords", _braced(", ".join(map(_keyword, entry.keywords)))


def _braced(value: str) -> str | None:
    return f"{{{value}}}" if value else None


def _date(work: Work) -> Iterator[tuple[str, str | None]]:
    if date := work.issued:
        yield "year", _braced(str(date.year))
        yield "month", _MONTHS[date.month - 1] if date.month else None
        yield "day", _braced(str(date.day or ""))


def _identifiers(entry: Entry) -> Iterator[tuple[str, str | None]]:
    """Never escaped for TeX: BibTeX styles, biblatex and Zotero take them verbatim."""
    work = entry.work
    preprint = entry.preprint or work
    if preprint.arxiv_id:
        yield "eprint", _braced(_verbatim(preprint.arxiv_id))
        yield "eprinttype", "{arxiv}"
        yield "eprintclass", _braced(preprint.arxiv_class or "")
    yield "doi", _braced(_verbatim(work.doi or ""))
    yield "url", _braced(_verbatim(entry.url or ""))


def _verbatim(address: str) -> str:
    """An identifier or address; what would end the field or part the address stands as `%7D`, which resolvers read back."""
    return address if _UNSAFE.isdisjoint(address) else "".join(quote(c) if c in _UNSAFE else c for c in address)


def _name(name: Name) -> str:
    """`Family, Given`; in braces what BibTeX would split."""
    if not name.given and not name.suffix:
        return f"{{{escape(name.literal or name.family)}}}"
    given = _whole(name.given) if _splits(name.given) else initial_escaped(name.given) or "{}"  # a suffix needs a place behind it
    return f"{_whole(name.family)}, {_whole(name.suffix)}, {given}" if name.suffix else f"{_whole(name.family)}, {given}"


def _splits(part: str) -> bool:
    return "," in part or " and " in f" {part.lower()} "


def _whole(part: str) -> str:
    return f"{{{escape(part)}}}" if _splits(part) else escape(part)


def _keyword(keyword: str) -> str:
    splits = "," in keyword or ";" in keyword
    return f"{{{escape(keyword)}}}" if splits else escape(keyword)
