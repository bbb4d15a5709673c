"""A checked paper, for the tests of its file and of what is done with it."""

from __future__ import annotations

import json

from llm4rs_bib.checked import parse
from llm4rs_bib.model import PartialDate

TODAY = PartialDate(2026, 11, 23)
PAPER = {
    "title": "Towards <Open> World",
    "type": "paper-conference",
    "authors": [{"family": "Xi", "given": "Yunjia"}, {"literal": "Noah's Ark"}],
    "container_title": "Proceedings of RecSys",
    "publisher": None,
    "pages": "12–22",
    "year": 2024,
    "month": 10,
    "doi": "https://doi.org/10.1145/3640457.3688104",
    "arxiv": {"id": "arXiv:2306.10933v2", "primary_class": "cs.IR", "first_posted": "2023-06-19"},
    "earlier_titles": ["Old <World>"],
    "confidence": "high",
    "checked": "2026-10",
    "sources": ["https://example.org (title page)"],
    "notes": None,
}


def curated(*papers):
    return parse(json.dumps(papers), "f.json", TODAY)
