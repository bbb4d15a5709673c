"""CSL-JSON: https://github.com/citation-style-language/schema, schemas/input/csl-data.json, version 1.0.2."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence

from ..model import TYPES, Category, Entry, Listing, Name
from ..text import present, tagged

_encode = json.JSONEncoder(ensure_ascii=False).encode
_SAME = {"volume": "volume", "issue": "issue", "container-title": "container_title"}


def render(entries: Sequence[Entry]) -> str:
    """A JSON array of items in the given order, each variable on a line of its own."""
    items = (",\n  ".join(f'"{variable}": {_encode(value)}' for variable, value in _item(entry)) for entry in entries)
    return "[" + ",".join(f"\n {{{item}\n }}" for item in items) + "\n]\n"


def _item(entry: Entry) -> Iterator[tuple[str, object]]:
    """Variable and value. No `note`: hundreds of styles would print it."""
    work = entry.work
    yield "id", entry.key
    yield "citation-key", entry.key
    yield "type", TYPES[work.type]
    yield "title", tagged(work.title)
    if work.authors:
        yield "author", [_name(name) for name in work.authors]
    for variable, field in _SAME.items():
        if value := getattr(work, field):
            yield variable, value
    if page := work.pages or work.article_number:
        yield "page", page
    is_on_arxiv = work.type == "preprint" and work.arxiv_id
    if is_on_arxiv:
        yield "number", f"arXiv:{work.arxiv_id}"
    if publisher := work.publisher or ("arXiv" if is_on_arxiv and not entry.is_written("publisher") else None):
        yield "publisher", publisher
    if work.issued:
        yield "issued", {"date-parts": [list(work.issued.parts)]}
    if work.doi:
        yield "DOI", work.doi
    if entry.url:
        yield "URL", entry.url
    yield "keyword", ", ".join(entry.keywords)
    yield "custom", dict(_custom(entry))


def _name(name: Name) -> dict[str, str]:
    pairs = (("family", name.family), ("given", name.given), ("suffix", name.suffix), ("literal", name.literal))
    return {part: text for part, text in pairs if text}


def _custom(entry: Entry) -> Iterator[tuple[str, object]]:
    """What CSL has no variable for: the arXiv record of the work or of its preprint, and what the list says."""
    preprint = entry.preprint or entry.work
    if preprint.arxiv_id:
        posted = str(preprint.issued) if entry.record and preprint.issued else None
        record = {"id": preprint.arxiv_id, "primary_class": preprint.arxiv_class, "first_posted": posted}
        yield "arxiv", {name: value for name, value in record.items() if value}
    yield "listings", [_listing(category, listing) for category, listing in entry.listed]


def _listing(category: Category, listing: Listing) -> Mapping[str, object]:
    columns = {heading: cell for heading, written in listing.columns.items() if (cell := present(written))}
    pairs = {"id": listing.id, "category": category.slug, "model": present(listing.model), "code": present(listing.code)}
    return {name: value for name, value in pairs.items() if value} | {"columns": columns}
