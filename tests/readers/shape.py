"""What a reader gives back of an entry, in one shape for all formats, and what it should be by the model."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import quote

from llm4rs_bib.text import spans


@dataclass(frozen=True)
class Author:
    """`literal` is a group, and in .bib and RIS any name of one part: they cannot tell Plato from OpenAI."""

    family: str = ""
    given: str = ""
    suffix: str = ""
    literal: str = ""

    def __str__(self):
        return f"{{{self.literal}}}" if self.literal else ", ".join(filter(None, (self.family, self.suffix, self.given)))


@dataclass(frozen=True)
class Seen:
    """None and () mean that there is nothing, or that the reader does not tell."""

    key: str
    type: str
    title: str | None = None
    authors: tuple[Author, ...] = ()
    container: str | None = None
    publisher: str | None = None
    volume: str | None = None
    number: str | None = None
    pages: str | None = None
    date: tuple[int, ...] = ()
    doi: str | None = None
    url: str | None = None
    arxiv_id: str | None = None
    arxiv_class: str | None = None
    keywords: tuple[str, ...] = ()


FIELDS = tuple(Seen.__dataclass_fields__)
# What the formats have no place for, by the work's type.
_CONTAINED = {"article-journal", "paper-conference", "chapter"}
_PAGED = {*_CONTAINED, "book", "thesis", "report"}
_BIB = {
    "container": _CONTAINED,
    "publisher": {"paper-conference", "chapter", "book", "thesis", "report"},
    "volume": {*_CONTAINED, "book"},
    "number": {*_CONTAINED, "book", "report"},
    "pages": _PAGED,
}
HOLDS = {"bibtex": _BIB, "biblatex": _BIB}


def expected(entry, format):
    """What stands in the model, for those fields that the format has a place for."""
    work, holds = entry.work, HOLDS.get(format, {})

    def held(field, value):
        return value if work.type in holds.get(field, {work.type}) else None

    is_on_arxiv = (
        work.type == "preprint" and work.arxiv_id and not any("publisher" in listing.override for _, listing in entry.listed)
    )
    version = next((each for each in (entry.preprint, work) if each and each.arxiv_id), None)
    return Seen(
        key=entry.key,
        type=work.type,
        title=work.title,
        authors=tuple(_author(name, format) for name in work.authors),
        container=held("container", work.container_title),
        publisher=held("publisher", work.publisher or ("arXiv" if is_on_arxiv else None)),
        volume=held("volume", one_hyphen(work.volume) if format in HOLDS else work.volume),
        number=held("number", one_hyphen(work.issue) if format in HOLDS else work.issue),
        pages=held("pages", plain_dashes(work.pages or work.article_number)),
        date=work.issued.parts if work.issued else (),
        doi=in_braces(work.doi) if format in HOLDS else work.doi,
        url=in_braces(entry.url) if format in HOLDS else entry.url,
        arxiv_id=version and version.arxiv_id,
        arxiv_class=version and version.arxiv_class,
        keywords=tuple(entry.keywords),
    )


def _author(name, format):
    """In .bib a suffix has no comma: biber would lose the whole name."""
    suffix = name.suffix.replace(",", "").strip() if format in HOLDS else name.suffix
    if name.literal or (format != "csl-json" and not name.given and not suffix):
        return Author(literal=name.literal or name.family)
    return Author(name.family, name.given, suffix)


def author(family, given="", suffix="", literal=""):
    """As a reader tells it that does not tell groups from single names."""
    return Author(literal=literal or family) if not given and not suffix else Author(family, given, suffix)


def in_braces(address):
    """An address or DOI as .bib has it: what would end the field stands encoded."""
    return address and re.sub(r"[{}\\$\s]", lambda match: quote(match[0]), address)


def one_hyphen(number):
    """A volume or number as .bib has it: two hyphens would be a dash."""
    return number and re.sub("--+", "-", number)


def plain_dashes(pages):
    return pages and re.sub(r"[-–—]+", "-", pages)


NOCASE = re.compile(r'<span class="nocase">(.*?)</span>')


def mapped_math(title, convert):
    """A title with its tags, each formula as `convert` has it, without escapes and `nocase`, which .bib says with braces."""
    pieces = [convert(piece[1:-1]) if kind == "math" else piece for kind, piece in spans(title)]
    return NOCASE.sub(r"\1", "".join(pieces))
