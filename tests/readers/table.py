"""All readers: which formats each reads, which fields it tells, and in which words."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from llm4rs_bib.model import TYPES
from llm4rs_bib.text import plain, tagged

from . import bib, csl, rdf, ris
from .shape import FIELDS, Seen, mapped_math
from .tex import printed

_BIBTEX = {
    "article-journal": "article",
    "paper-conference": "inproceedings",
    "preprint": "misc",
    "chapter": "incollection",
    "book": "book",
    "thesis": "phdthesis",
    "report": "techreport",
    "dataset": "misc",
    "webpage": "misc",
    "document": "misc",
}
_BIBLATEX = _BIBTEX | {"preprint": "online", "webpage": "online", "thesis": "thesis", "report": "report"}
_IN_BIB = {"bibtex": _BIBTEX, "biblatex": _BIBLATEX}
_CSL = {
    "bibtex": TYPES | dict.fromkeys(("preprint", "dataset", "webpage", "document"), "document"),
    "biblatex": TYPES | {"preprint": "webpage", "dataset": "document"},
}
_RIS = {
    "article-journal": "JOUR",
    "paper-conference": "CONF",
    "preprint": "UNPB",
    "chapter": "CHAP",
    "book": "BOOK",
    "thesis": "THES",
    "report": "RPRT",
    "dataset": "DATA",
    "webpage": "ELEC",
    "document": "GEN",
}
ZOTERO_TYPES = {
    "article-journal": "journalArticle",
    "paper-conference": "conferencePaper",
    "preprint": "preprint",
    "chapter": "bookSection",
    "book": "book",
    "thesis": "thesis",
    "report": "report",
    "dataset": "dataset",
    "webpage": "webpage",
    "document": "document",
}


@dataclass(frozen=True)
class Reader:
    name: str
    formats: tuple[str, ...]
    read: Callable[..., list[Seen]]
    says: Callable[[Seen, str], Seen]  # what stands in the model, in this reader's words
    silent: tuple[str, ...] = ()  # the fields that it does not tell
    is_process: bool = True

    @property
    def tells(self):
        return tuple(field for field in FIELDS if field not in self.silent)


def _in_source(seen, format):
    return replace(seen, type=_IN_BIB[format][seen.type], title=mapped_math(seen.title, printed))


def _by_biber(seen, format):
    """Types of classic BibTeX that biblatex has other names for, under those."""
    said = _in_source(seen, format)
    return replace(said, type={"phdthesis": "thesis", "techreport": "report"}.get(said.type, said.type))


def _by_pandoc(seen, format):
    """Formulas as TeX without their dollars, keywords as one text, an address on arXiv where there is no other."""
    return replace(
        seen,
        type=_CSL[format][seen.type].replace("document", ""),
        title=mapped_math(seen.title, lambda formula: re.sub(r"([\^_])(\w)(?=\))", r"\1{\2}", formula)),
        url=seen.url or (not seen.doi and seen.arxiv_id and f"https://arxiv.org/abs/{seen.arxiv_id}") or None,
        keywords=_joined(seen.keywords, ", "),
    )


def _by_citation_js(seen, format):
    """Formulas in Unicode."""
    return replace(
        seen,
        type=_CSL[format][seen.type],
        title=_in_unicode(seen.title),
        keywords=_joined(seen.keywords, ","),
    )


def _by_bibtex_parser(seen, format):
    """Formulas, and what tags put above or below the line, in Unicode."""
    return replace(seen, type=_IN_BIB[format][seen.type], title=_in_unicode(seen.title), keywords=tuple(sorted(seen.keywords)))


def _in_unicode(title):
    return mapped_math(bib.with_unicode_shifts(title), bib.math_in_unicode)


def _joined(keywords, sign):
    return (sign.join(keywords),) if keywords else ()


def _in_csl_json(seen, _):
    return replace(
        seen, type=TYPES[seen.type], title=csl.without_nocase(tagged(seen.title)), keywords=_joined(seen.keywords, ", ")
    )


def _in_ris(seen, _):
    return replace(seen, type=_RIS[seen.type], title=plain(seen.title))


def _in_mods(seen, _):
    """A DOI is told once: neither again as an address, nor for an arXiv id."""
    doi = None if seen.doi == f"10.48550/arXiv.{seen.arxiv_id}" else seen.doi
    url = None if seen.doi and seen.url == f"https://doi.org/{seen.doi}" else seen.url
    return replace(seen, title=plain(seen.title), doi=doi, url=url)


def _in_zotero_rdf(seen, _):
    """A suffix stands behind the given name: Zotero has no field for it."""
    authors = tuple(replace(each, given=", ".join(filter(None, (each.given, each.suffix))), suffix="") for each in seen.authors)
    return replace(seen, type=ZOTERO_TYPES[seen.type], title=tagged(seen.title), authors=authors)


def read_json(path, _):
    return [csl.seen_whole(item) for item in json.loads(path.read_text())]


_BIB_FORMATS = ("bibtex", "biblatex")
_NO_ARXIV = ("arxiv_id", "arxiv_class")
READERS = (
    Reader("bibtexparser", _BIB_FORMATS, bib.read_by_bibtexparser, _in_source, is_process=False),
    Reader("pybtex", _BIB_FORMATS, bib.read_by_pybtex, _in_source, is_process=False),
    Reader("bibtex-tidy", _BIB_FORMATS, bib.read_by_bibtex_tidy, _in_source),
    Reader("biber", _BIB_FORMATS, bib.read_by_biber, _by_biber),
    Reader("pandoc", _BIB_FORMATS, bib.read_by_pandoc, _by_pandoc, silent=_NO_ARXIV),
    Reader("citation-js", _BIB_FORMATS, bib.read_by_citation_js, _by_citation_js, silent=_NO_ARXIV),
    Reader("bibtex-parser", _BIB_FORMATS, bib.read_by_bibtex_parser, _by_bibtex_parser),
    Reader("json", ("csl-json",), read_json, _in_csl_json, is_process=False),
    Reader("pandoc", ("csl-json",), csl.read_by_pandoc, _in_csl_json, silent=_NO_ARXIV),
    Reader("rispy", ("ris",), ris.read_by_rispy, _in_ris, is_process=False),
    Reader("bibutils", ("ris",), ris.read_by_bibutils, _in_mods, silent=("type",)),
    Reader("xml", ("zotero-rdf",), rdf.read_by_xml_parser, _in_zotero_rdf, is_process=False),
)
