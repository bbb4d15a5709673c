"""CSL-JSON: https://github.com/citation-style-language/schema, schemas/input/csl-data.json, version 1.0.2."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from ..model import TYPES, Bibliography, Category, Entry, Listing, Name
from ..text import present, tagged
from .options import Options

_encode = json.JSONEncoder(ensure_ascii=False).encode
_SAME = {"volume": "volume", "issue": "issue", "container-title": "container_title"}


def render(bibliography: Bibliography, options: Options) -> str:
    """A JSON array of items in the given order, each variable on a line of its own."""
    items = (",\n  ".join(_lines(entry, options)) for entry in bibliography.entries)
    return "[" + ",".join(f"\n {{{lines}\n }}" for lines in items) + "\n]\n"


def _lines(entry: Entry, options: Options) -> Iterator[str]:
    for variable, value in item(entry):
        yield f'"{variable}": {_encode(value)}'
    if options.zotero_note:  # only then: hundreds of styles print it
        lines = "\n".join(f"Category: {keyword}" for keyword in entry.keywords)
        yield f'"note": {_encode(lines)}'


def item(entry: Entry) -> Iterator[tuple[str, object]]:
    """The entry's variables, each with its value."""
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
    if work.type == "preprint" and work.arxiv_id:
        yield "number", f"arXiv:{work.arxiv_id}"
    if entry.publisher:
        yield "publisher", entry.publisher
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
    if version := entry.on_arxiv:
        posted = str(version.issued) if entry.record and version.issued else None
        record = {"id": version.arxiv_id, "primary_class": version.arxiv_class, "first_posted": posted}
        yield "arxiv", {name: value for name, value in record.items() if value}
    yield "listings", [_listing(category, listing) for category, listing in entry.listed]


def _listing(category: Category, listing: Listing) -> Mapping[str, object]:
    columns = {heading: cell for heading, written in listing.columns.items() if (cell := present(written))}
    pairs = {"id": listing.id, "category": category.slug, "model": present(listing.model), "code": present(listing.code)}
    return {name: value for name, value in pairs.items() if value} | {"columns": columns}
