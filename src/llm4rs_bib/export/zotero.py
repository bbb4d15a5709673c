"""Zotero's own words, for the formats that speak to it: https://api.zotero.org/schema (version 41)."""

from __future__ import annotations

from ..model import Work

ITEM_TYPES = {
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


def arxiv_line(version: Work) -> str:
    """The line that Zotero's own arXiv importer writes into Extra: `arXiv:2304.10149 [cs.IR]`."""
    return f"arXiv:{version.arxiv_id}" + (f" [{version.arxiv_class}]" if version.arxiv_class else "")
