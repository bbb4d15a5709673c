"""Crossref's REST API: `/works/{doi}`, `/works/{doi}/agency` and `/works?…`. Not played: cursors, facets, samples, other routes."""

from __future__ import annotations

import hashlib
import threading
from urllib.parse import quote, unquote

from .answers import JSON, TEXT, Answer, as_json
from .records import AGENCIES, dressed
from .search import Index

FIELDS = {"query": "all", "query.bibliographic": "all", "query.title": "title", "query.author": "author"}
PARAMETERS = {*FIELDS, "filter", "rows", "offset", "select", "mailto", "sort", "order"}
FILTERS = {"doi", "type", "prefix", "from-pub-date", "until-pub-date", "update-type", "relation.object"}
SELECTS = set(
    """DOI ISBN ISSN URL abstract accepted alternative-id approved archive article-number assertion author chair
    clinical-trial-number container-title content-created content-domain contributor created degree deposited editor event funder
    group-title indexed is-referenced-by-count issn-type issue issued license link member original-title page posted prefix
    published published-online published-print publisher publisher-location reference references-count relation resource score
    short-container-title short-title standards-body subject subtitle title translator type update-policy update-to updated-by
    volume""".split()
)
LISTS = 20  # rows, if nobody says how many


class RefusedError(Exception):
    """A question that the API does not take: type, value and message of its 400."""


class Crossref:
    def __init__(self, world):
        self.world = world
        self._index = None
        self._indexing = threading.Lock()

    def answer(self, path, query):
        """`path` as it was sent, from `/works` on; `query` as pairs."""
        try:
            if path.rstrip("/") == "/works":
                return self._list(_checked(query, PARAMETERS))
            _checked(query, {"mailto"})
        except RefusedError as fault:
            kind, value, message = fault.args
            problem = {"type": kind, "value": value, "message": message}
            return Answer(as_json({"status": "failed", "message-type": "validation-failure", "message": [problem]}), 400)
        doi = unquote(path.removeprefix("/works/")).lower()
        if doi.endswith("/agency"):
            return self._agency(doi.removesuffix("/agency"))
        return self._single(doi)

    def index(self):
        """Made when it is first needed; it takes a second for 10,000 records."""
        with self._indexing:
            self._index = self._index or Index(self.world.works.values())
        return self._index

    def _single(self, doi):
        if prime := self.world.aliases.get(doi):
            return Answer(b"", 301, JSON, {"Location": f"/works/{quote(prime, safe='')}"})
        if doi not in self.world.works:
            return Answer(b"Resource not found.", 404, TEXT, asks=(f"doi {doi}",))
        return Answer(as_json(_message("work", dressed(self.world.works[doi], 1))), asks=(f"doi {doi}",))

    def _agency(self, doi):
        prefix = doi.partition("/")[0]
        known = doi in self.world.works or doi in self.world.aliases or (prefix in AGENCIES and self._is_posted(doi))
        if not known:
            return Answer(b"Resource not found.", 404, TEXT, asks=(f"agency {doi}",))
        name, label = AGENCIES.get(prefix, ("crossref", "Crossref"))
        return Answer(
            as_json(_message("work-agency", {"DOI": doi, "agency": {"id": name, "label": label}})), asks=(f"agency {doi}",)
        )

    def _is_posted(self, doi):
        return not doi.startswith("10.48550/arxiv.") or doi.removeprefix("10.48550/arxiv.") in self.world.preprints

    def _list(self, query):
        rows, offset = _number(query, "rows", LISTS, 1000), _number(query, "offset", 0, 10_000)
        wanted = _selected(query.get("select"))
        if query.get("sort", "score") not in ("score", "relevance"):
            raise RefusedError("parameter-not-allowed", "sort", "This route does not support sort")
        filters = _filters(query.get("filter", ""))
        asked = [(FIELDS[name], text) for name, text in query.items() if name in FIELDS]
        hits, total = self._search(asked, filters)
        items = [_only(wanted, dressed(self.world.works[doi], score)) for doi, score in hits[offset : offset + rows]]
        start = {"start-index": offset, "search-terms": query.get("query")}
        body, empty = (
            as_json(
                _message(
                    "work-list", {"facets": {}, "total-results": total, "items": shown, "items-per-page": rows, "query": start}
                )
            )
            for shown in (items, [])
        )
        return Answer(body, asks=_asks(query, filters), empty=empty if items else None)

    def _search(self, asked, filters):
        if asked:
            hits, total = self.index().search(asked)
            kept = [(doi, score) for doi, score in hits if _passes(self.world.works[doi], filters)] if filters else hits
            return kept, len(kept) if filters else total
        dois = [doi for doi in filters["doi"] if doi in self.world.works] if "doi" in filters else self.world.works
        kept = [(doi, 0.0) for doi in dict.fromkeys(dois) if _passes(self.world.works[doi], filters)]
        return sorted(kept, key=lambda hit: hashlib.sha256(hit[0].encode()).digest()), len(kept)


def _message(kind, message):
    return {"status": "ok", "message-type": kind, "message-version": "1.0.0", "message": message}


def _checked(query, known):
    for name, _ in query:
        if name not in known:
            shown = "query.*" if name.startswith("query.") else name
            what = "field query parameters" if shown == "query.*" else name
            raise RefusedError("parameter-not-allowed", shown, f"This route does not support {what}")
    return dict(query)


def _number(query, name, otherwise, most):
    text = query.get(name, str(otherwise))
    if not text.isascii() or not text.isdigit() or int(text) > most:
        raise RefusedError(
            "integer-not-valid",
            text,
            f"Integer specified as {text} but must be a positive integer less than or equal to {most}. ",
        )
    return int(text)


def _selected(text):
    names = set(text.split(",")) if text is not None else set()
    for name in sorted(names - SELECTS):
        raise RefusedError("parameter-not-allowed", name, f"Select '{name}' specified but there is no such select for this route")
    return names


def _only(names, item):
    """All fields, or those selected; with `select` the score is left out too unless it is selected."""
    return {name: value for name, value in item.items() if name in names} if names else item


def _filters(text):
    """The same filter twice means either, different ones mean both."""
    filters = {}
    for part in filter(None, text.split(",")):
        name, colon, value = part.partition(":")
        if not colon or name not in FILTERS:
            valid = ", ".join(sorted(FILTERS))
            message = (
                f"Filter '{name}' specified but there is no such filter for this route. Valid filters for this route are: {valid}"
            )
            raise RefusedError("filter-not-available", name, message)
        filters.setdefault(name, []).append(value.lower().removeprefix("https://doi.org/"))
    return filters


def _passes(record, filters):
    year = int(((record.get("issued") or {}).get("date-parts") or [[None]])[0][0] or 0)
    related = [str(each.get("id")).lower() for links in (record.get("relation") or {}).values() for each in links]
    has = {
        "doi": [record["DOI"]],
        "type": [record["type"]],
        "prefix": [record["DOI"].partition("/")[0]],
        "update-type": [update["type"] for update in record.get("update-to", ())],
        "relation.object": related,
    }
    for name, values in filters.items():
        if name == "from-pub-date" and not year >= int(values[0][:4]):
            return False
        if name == "until-pub-date" and not year <= int(values[0][:4]):
            return False
        if name in has and not set(values) & set(has[name]):
            return False
    return True


def _asks(query, filters):
    searched = [f"{name} {text} +{query.get('offset', 0)}" for name, text in query.items() if name in FIELDS]
    return tuple(searched) or tuple(f"doi {doi}" for doi in filters.get("doi", ()))
