"""What the two dialects of .bib share: blocks, fields, numbers, identifiers and keywords.

docs/design.md says what was measured with which reader.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple
from urllib.parse import quote

from bibtexparser.entrypoint import write_string
from bibtexparser.library import Library
from bibtexparser.model import Block, ExplicitComment, Field
from bibtexparser.model import Entry as EntryBlock
from bibtexparser.writer import BibtexFormat

from ..errors import Fault, SelectionError, unknown
from ..latex import escape, escape_signs, escaped_name
from ..model import Bibliography, Entry, PartialDate
from ..titles import protected, protected_words
from . import jabref
from .bibnames import LABEL, bib_name
from .options import Options

_VALUE_COLUMN = 14
_UNSAFE = frozenset("{}\\$ \t\n\r")
GROUPS = "groups"  # stands for the comment with the groups where fields are chosen


class EntryType(NamedTuple):
    """A BibTeX type: its fields for the container and the publisher, the numbers that it has, and its `type`."""

    name: str
    container: str | None = None
    publisher: str | None = None
    numbers: tuple[str, ...] = ()
    kind: str | None = None  # printed instead of "PhD thesis", which nobody said that it is


class Dialect(NamedTuple):
    """What one dialect of .bib has of its own."""

    types: Mapping[str, EntryType]  # by our type
    fields: tuple[str, ...]  # all that it writes, in printing order
    date: Callable[[PartialDate], Iterator[tuple[str, str]]]  # values as they stand in the file
    more: Callable[[Entry, Options], Iterator[tuple[str, str]]]  # fields that the other has not, as they stand in braces


def render(bibliography: Bibliography, options: Options, dialect: Dialect) -> str:
    """One .bib file in UTF-8, in the given order. SelectionError for a field that the dialect has not."""
    wanted = _wanted(options, dialect)
    blocks: list[Block] = [_block(entry, options, dialect, wanted) for entry in bibliography.entries]
    if GROUPS in wanted and blocks:
        blocks += map(ExplicitComment, jabref.groups(bibliography))
    form = BibtexFormat()  # type: ignore[no-untyped-call]  # it has no types
    form.indent, form.block_separator, form.value_column = "  ", "\n", _VALUE_COLUMN
    return write_string(Library(blocks, fail_on_duplicate_key=True), unparse_stack=[], bibtex_format=form)


def _wanted(options: Options, dialect: Dialect) -> frozenset[str]:
    known = (*dialect.fields, GROUPS)
    for name in (*options.fields, *options.without):
        if name not in known:
            raise SelectionError(Fault("", unknown("field", name, known)))
    return frozenset(options.fields or known) - frozenset(options.without)


def _block(entry: Entry, options: Options, dialect: Dialect, wanted: frozenset[str]) -> EntryBlock:
    kind = dialect.types[entry.work.type]
    values = dict(_values(entry, kind, options, dialect))
    fields = [Field(name, values[name]) for name in dialect.fields if name in wanted and values.get(name)]
    return EntryBlock(kind.name, entry.key, fields)


def _values(entry: Entry, kind: EntryType, options: Options, dialect: Dialect) -> Iterator[tuple[str, str]]:
    """Field and value as they stand in the file; an empty value for what the work has not."""
    work = entry.work
    yield "title", _braced(protected(work.title))
    yield "author", _braced(" and ".join(map(bib_name, work.authors)))
    if not work.authors:
        yield "key", _braced(escaped_name(entry.key, LABEL))  # what classic styles sort and label by where there is no author
    if kind.container:
        yield kind.container, _braced(protected_words(work.container_title or ""))
    if kind.publisher:
        yield kind.publisher, _braced(_one(escape(work.publisher or "")))
    if kind.kind:
        yield "type", _braced(kind.kind)
    numbers = {"volume": work.volume, "number": work.issue, "pages": _pages(work.pages) or work.article_number}
    for name in kind.numbers:
        yield name, _braced(escape(numbers[name] or "").replace("-{}-", "--" if name == "pages" else "-"))
    if work.issued:
        yield from dialect.date(work.issued)
    yield from _identifiers(entry)
    for name, value in dialect.more(entry, options):
        yield name, _braced(value)
    yield "keywords", _braced(", ".join(map(_keyword, entry.keywords)))


def _pages(pages: str | None) -> str:
    """Ranges with two hyphens; of `A-12-A-20` the one in the middle alone is one."""
    return re.sub("[^,]+", lambda part: _range(part[0]), pages or "")


def _range(pages: str) -> str:
    parts = pages.split("-")
    middle = len(parts) // 2
    return f"{'-'.join(parts[:middle])}--{'-'.join(parts[middle:])}" if len(parts) % 2 == 0 else pages


def _one(publisher: str) -> str:
    """One publisher, which biblatex would take for a list of two at an "and"."""
    return re.sub(r"(?i)(?<=\s)and(?=\s)", r"{\g<0>}", publisher)


def _braced(value: str) -> str:
    return f"{{{value}}}" if value else ""


def _identifiers(entry: Entry) -> Iterator[tuple[str, str]]:
    """Never escaped for TeX: BibTeX styles, biblatex and Zotero take them verbatim."""
    if version := entry.on_arxiv:
        yield "eprint", _braced(_verbatim(version.arxiv_id or ""))
        yield "eprinttype", "{arxiv}"
        yield "eprintclass", _braced(_verbatim(version.arxiv_class or ""))
    yield "doi", _braced(_verbatim(entry.work.doi or ""))
    yield "url", _braced(_verbatim(entry.url or ""))


def _verbatim(address: str) -> str:
    """An identifier or address; what would end or lose the field stands as `%7D`, which resolvers read back."""
    return address if _UNSAFE.isdisjoint(address) else "".join(quote(c) if c in _UNSAFE else c for c in address)


def _keyword(keyword: str) -> str:
    escaped = escape_signs(keyword)  # letters as they are: a reader takes keywords verbatim
    return f"{{{escaped}}}" if "," in keyword or ";" in keyword else escaped
