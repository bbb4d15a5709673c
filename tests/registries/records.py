"""Crossref's records: how a paper's is made, and what the REST API adds to it in an answer."""

from __future__ import annotations

import hashlib

AGENCIES = {"10.48550": ("datacite", "DataCite"), "10.5281": ("datacite", "DataCite"), "10.1430": ("medra", "mEDRA")}


def record(doi, title, authors, date, more=None):
    """A plain record; `more` has further fields, or others instead. `date` has one to three numbers."""
    made = {
        "DOI": doi.lower(),
        "type": "journal-article",
        "title": [title],
        "author": [contributor(person, place) for place, person in enumerate(authors)],
        "container-title": [],
        "published-print": {"date-parts": [list(date)]},
        **(more or {}),
    }
    made["issued"] = {"date-parts": [earliest(made)]}
    made["published"] = made["issued"]
    return {name: value for name, value in made.items() if value not in (None, "")}


def contributor(person, place, role="author"):
    order = "additional" if place else "first"
    roles = [{"vocabulary": "crossref", "role": role}]
    if person.literal:
        return {"name": person.literal, "sequence": order, "affiliation": [], "role": roles}
    parts = {"given": person.given, "family": person.family, "suffix": person.suffix}
    return {**{name: text for name, text in parts.items() if text}, "sequence": order, "affiliation": [], "role": roles}


def earliest(made):
    """The earliest of print, online and posting, as the registry computes `issued`."""
    given = [made[name]["date-parts"][0] for name in ("published-print", "published-online", "posted") if made.get(name)]
    return min((parts for parts in given if None not in parts), key=lambda parts: [*parts, 13][:2], default=[None])


def of_paper(paper):
    """The record of a published paper, before oddities."""
    containers = [paper.container, paper.series] if paper.series else [paper.container]
    more = {
        "type": paper.type,
        "container-title": [name for name in containers if name],
        "publisher": paper.publisher,
        "volume": paper.volume,
        "issue": paper.issue,
        "page": paper.page.replace("–", "-"),
        "article-number": paper.article_number,
    }
    if paper.type == "proceedings-article":
        more["event"] = {"name": paper.container.removeprefix("Proceedings of the ")}
    if paper.relation and paper.preprint:
        digit = sum(map(ord, paper.preprint.id)) % 3
        written = ("10.48550/arXiv.", "10.48550/ARXIV.", "10.48550/arxiv.")[digit] + paper.preprint.id
        more["relation"] = {"has-preprint": [{"id-type": "doi", "id": written, "asserted-by": "subject"}]}
    return record(paper.doi, paper.title, paper.authors, [part for part in (paper.year, paper.month) if part], more)


def dressed(made, score):
    """A record as an answer has it: with the registry's own dates, empty lists and references."""
    year = _year(made)
    number = int.from_bytes(hashlib.sha256(made["DOI"].encode()).digest()[:4])
    stamp = {
        "date-parts": [[2026, number % 10 + 1, number % 28 + 1]],
        "date-time": f"2026-{number % 10 + 1:02}-{number % 28 + 1:02}T0{number % 9}:10:02Z",
    }
    deposited = {"date-parts": [[year, 11, number % 28 + 1]], "date-time": f"{year}-11-{number % 28 + 1:02}T09:40:48Z"}
    references = _references(number)
    return {
        "indexed": {**stamp, "timestamp": 1_769_000_000_000 + number, "version": "3.51.4"},
        "reference-count": len(references),
        "content-domain": {"domain": [], "crossmark-restriction": False},
        "short-container-title": [],
        "abstract": f"<jats:title>Abstract</jats:title><jats:p>{_abstract(number)}</jats:p>",
        "created": {**deposited, "timestamp": 1_700_000_000_000 + number},
        "source": "Crossref",
        "is-referenced-by-count": number % 150,
        "prefix": made["DOI"].partition("/")[0],
        "member": str(number % 900 + 1),
        "reference": references,
        "original-title": [],
        "deposited": {**deposited, "timestamp": 1_700_000_900_000 + number},
        "resource": {"primary": {"URL": f"https://publisher.example/{made['DOI']}"}},
        "subtitle": [],
        "short-title": [],
        "references-count": len(references),
        "URL": f"https://doi.org/{made['DOI']}",
        "relation": {},
        "subject": [],
        **made,
        "score": score,
    }


def _year(made):
    for name in ("issued", "published-print", "posted"):
        parts = ((made.get(name) or {}).get("date-parts") or [[None]])[0]
        if isinstance(parts[0], int):
            return parts[0]
    return 2024


def _references(number):
    """References make up most of an answer's bytes."""
    return [
        {
            "key": f"e_1_3_2_{place}_1",
            "doi-asserted-by": "publisher",
            "DOI": f"10.5555/{number % 7919}.{place}",
            "unstructured": f"A. Person and B. Person. {1990 + (number + place) % 35}. Work {place} that this one cites. Pages {place}-{place + 9}.",
        }
        for place in range(1, number % 45 + 5)
    ]


def _abstract(number):
    return " ".join(
        f"Sentence {place} of an abstract that says what was done and how well it went." for place in range(number % 9 + 4)
    )
