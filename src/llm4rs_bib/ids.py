"""Identifiers of papers, read from the links that lists use.

arXiv: https://info.arxiv.org/help/arxiv_identifier.html. DOI: https://www.doi.org/doi-handbook/HTML/doi-syntax.html.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import parse_qs, unquote, urlsplit

# Since April 2007 `YYMM.NNNN`, since 2015 `YYMM.NNNNN`; before, `archive.SC/YYMMNNN`. The month makes 5678.9012 no id.
_ARXIV_NEW = r"\d{2}(?:0[1-9]|1[0-2])\.\d{4,5}"
_ARXIV_OLD = r"[a-z]+(?:-[a-z]+)?(?:\.[A-Za-z]{2})?/\d{2}(?:0[1-9]|1[0-2])\d{3}"
ARXIV = rf"(?:{_ARXIV_NEW}|{_ARXIV_OLD})(?:v\d+)?"  # with or without version
_ARXIV = rf"({_ARXIV_NEW}|{_ARXIV_OLD})(?:v\d+)?"
_ARXIV_HOSTS = ("arxiv.org", "ar5iv.org", "alphaxiv.org")
_ARXIV_PATH = rf"(?i)/(?:abs|pdf|html|ps|format|e-print|src)/{_ARXIV}(?:\.pdf)?/?"
_ARXIV_DOI = "10.48550/arxiv."
_DOI = r"10\.\d{4,9}(?:\.\d+)*/\S+"
# What publishers put behind a DOI in a path: Wiley, Springer, IOP, Frontiers, Taylor & Francis.
_AFTER_DOI = r"(?i)(?:\.pdf|\.html?|/(?:abstract|full|fulltext|pdf|epdf|html|meta|references|citations|summary))+/?$"
_BESIDE = r"/(?:MediaObjects|suppl_file)/.*$"  # a supplement's file, under the paper's DOI
_COLLECTION = r"/(?:proceedings|toc|loi|journal|series)/$"  # a volume or a journal: not the paper's DOI
_BEHIND_DOI = {  # what some hosts put there besides: a version, a number of their own
    "biorxiv.org": r"^(\S+?)v\d+(?:\.\S*)?$",
    "medrxiv.org": r"^(\S+?)v\d+(?:\.\S*)?$",
    "academic.oup.com": r"^(10\.\d+/[^/]+/[^/]+)/\d+(?:/.*)?$",
}
_CITED_DOI = r"(?:(?<=doi\.org/)|(?<![\w./]))10\.\d{4,9}(?:\.\d+)*/[^\s<>\"'“”|]+"
_CITED_ARXIV = rf"(?i)(?:\b(?:arxiv|corr)(?:\.org)?[\s:,./-]*(?:abs/|pdf/|preprint\s+arxiv:\s*)?|\babs/){_ARXIV}(?![\w.]?\d)"
_ACL = r"(?i)/(?:anthology/)?([A-Z]\d{2}-\d{4,5}|\d{4}\.[a-z0-9_]+-[a-z0-9]+\.\d+)(?:v\d+)?(?:\.pdf|\.bib)?/?"
_IEEE = r"/(?:abstract/)?document/(\d+)/?"
_AAAI = r"/index\.php/AAAI/article/(?:view|download|viewFile)/(\d+)(?:/\d+)*/?"


class Ids(NamedTuple):
    """What a link says about the paper's identity; all None for a link that says nothing."""

    doi: str | None = None  # bare, in the link's capitals
    arxiv: str | None = None  # without version
    ieee: str | None = None  # IEEE Xplore document number
    acl: str | None = None  # ACL Anthology: "2024.kallm-1.6"
    aaai: str | None = None  # article number on ojs.aaai.org
    openreview: str | None = None  # forum

    @property
    def known(self) -> frozenset[tuple[str, str]]:
        """(kind, identifier) of those that are known, DOIs in lower case: two papers that share one are the same."""
        pairs = zip(self._fields, self, strict=True)
        return frozenset((kind, value.lower() if kind == "doi" else value) for kind, value in pairs if value)


def arxiv_id(text: str) -> str | None:
    """The arXiv id that the text is, without version; None if it is none. `arXiv:` may stand before it."""
    text = re.sub(r"^arxiv:\s*", "", text.strip(), flags=re.IGNORECASE)
    match = re.fullmatch(_ARXIV, text)
    return match[1] if match else None


def doi(text: str) -> str | None:
    """The bare DOI that the text is; None if it is none. `doi:` or a resolver's address may stand before it."""
    text = re.sub(r"^(?:doi:\s*|https?://(?:dx\.)?doi\.org/)", "", text.strip(), flags=re.IGNORECASE)
    return text if re.fullmatch(_DOI, text) else None


def arxiv_of_doi(doi: str) -> str | None:
    """The arXiv id in a DOI that arXiv registered (10.48550/arXiv.2306.10933), else None."""
    return arxiv_id(doi[len(_ARXIV_DOI) :]) if doi.lower().startswith(_ARXIV_DOI) else None


def arxiv_doi(arxiv_id: str) -> str:
    """The DOI that arXiv registers for each of its papers (https://info.arxiv.org/help/doi.html)."""
    return f"10.48550/arXiv.{arxiv_id}"


@lru_cache(maxsize=2**15)  # asked of each link again and again
def identify(link: str | None) -> Ids:
    """The identifiers in a link, or in a bare DOI or arXiv id."""
    link = (link or "").strip()
    if bare := arxiv_id(link):
        return Ids(arxiv=bare)
    if re.match(r"(?i)(?:www\.)?(?:arxiv|doi)\.org/", link):  # as people type it
        link = f"https://{link}"
    try:
        parts = urlsplit(link)
        host = (parts.hostname or "").lower().removeprefix("www.")
    except ValueError:  # such as "http://[": a link to nothing
        return Ids()
    path = unquote(parts.path)
    if any(host == each or host.endswith(f".{each}") for each in _ARXIV_HOSTS):
        match = re.fullmatch(_ARXIV_PATH, path)
        return Ids(arxiv=match[1] if match else None)
    if host == "huggingface.co" and path.startswith("/papers/"):
        return Ids(arxiv=arxiv_id(path.removeprefix("/papers/").strip("/")))
    if host == "openreview.net":
        is_paper = path in ("/forum", "/pdf", "/attachment")
        return Ids(openreview=parse_qs(parts.query).get("id", [None])[0] if is_paper else None)
    return _by_publisher(host, path, parts.query) or _by_doi(host, path) or _in_query(parts.query) or Ids()


def _by_publisher(host: str, path: str, query: str) -> Ids | None:
    if host == "ieeexplore.ieee.org":
        match = re.match(_IEEE, path)
        number = match[1] if match else parse_qs(query).get("arnumber", [None])[0]
        return Ids(ieee=number) if number and number.isdigit() else None
    if host in ("aclanthology.org", "aclweb.org"):
        match = re.fullmatch(_ACL, path)
        return Ids(acl=match[1]) if match else None
    if host == "ojs.aaai.org":
        match = re.match(_AAAI, path)
        return Ids(aaai=match[1]) if match else None
    return None


def _by_doi(host: str, path: str) -> Ids | None:
    match = re.search(_DOI, path)
    if not match or re.search(_COLLECTION, path[: match.start()]):
        return None
    found = match[0]
    if host not in ("", "doi.org", "dx.doi.org"):
        found = re.sub(_BESIDE, "", found)
        if behind := _BEHIND_DOI.get(host):
            found = re.sub(behind, r"\1", found)
        found = re.sub(_AFTER_DOI, "", found).rstrip("/")
    arxiv = arxiv_of_doi(found)
    return Ids(arxiv=arxiv) if arxiv else Ids(doi=found)


def _in_query(query: str) -> Ids | None:
    """A DOI that is a whole parameter, as in PLOS's addresses: `?id=10.1371/journal.pone.0141287`."""
    values = parse_qs(query)
    found = next((value for name in ("id", "doi") for value in values.get(name, ()) if re.fullmatch(_DOI, value)), None)
    return Ids(doi=found) if found else None


def cited(words: str) -> str | None:
    """The address of the paper whose DOI, or arXiv id, stands among the words; None if there is none, or several.

    An arXiv id needs its name before it, or a line of its own: 2310.15950 in a sentence may be anything.
    """
    dois = {_without_close(found).rstrip(".,;:") for found in re.findall(_CITED_DOI, words)}
    named = {match[1] for match in re.finditer(_CITED_ARXIV, words)}
    alone = {bare for line in words.splitlines() if (bare := arxiv_id(line))}
    arxiv = (named or alone) | {each for doi in dois if (each := arxiv_of_doi(doi))}
    dois = {doi for doi in dois if not arxiv_of_doi(doi)}
    if len(dois) == 1:
        return f"https://doi.org/{dois.pop()}"
    return f"https://arxiv.org/abs/{arxiv.pop()}" if not dois and len(arxiv) == 1 else None


def _without_close(found: str) -> str:
    """A DOI without the brackets that close around it: it may hold pairs of its own."""
    for begin, end in ("()", "[]"):
        while found.count(end) > found.count(begin):
            found = found[: found.rindex(end)]
    return found


def known_as(*identifiers: str) -> frozenset[tuple[str, str]]:
    """(kind, identifier) of bare DOIs and arXiv ids, in lower case."""
    return frozenset(("arxiv" if arxiv_id(each) else "doi", each.lower()) for each in identifiers)
