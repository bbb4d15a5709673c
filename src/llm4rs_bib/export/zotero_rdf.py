"""Zotero RDF: the one format that brings types, tags, keys, notes, links and nested collections into Zotero.

Vocabulary: Zotero's own importer (https://github.com/zotero/translators, RDF.js). It keeps to these rules:
nodes that others name have an `rdf:about` of their own, all else is anonymous and per item, for what shares a name melts
into one; a text is the only child of its element; nothing points from one item to another.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from ..labels import links
from ..model import Bibliography, Category, Entry, Listing, Name, Work
from ..text import nfc, present, tagged
from .options import Options
from .zotero import ITEM_TYPES, arxiv_line

_NAMESPACES = {
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "z": "http://www.zotero.org/namespaces/export#",
    "bib": "http://purl.org/net/biblio#",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "link": "http://purl.org/rss/1.0/modules/link/",
    "prism": "http://prismstandard.org/namespaces/1.2/basic/",
}
# Our type → the element of the item, and of what it is part of, as Zotero itself writes them.
_ELEMENTS = {
    "article-journal": ("bib:Article", "bib:Journal"),
    "paper-conference": ("rdf:Description", "bib:Journal"),
    "preprint": ("rdf:Description", None),
    "chapter": ("bib:BookSection", "bib:Book"),
    "book": ("bib:Book", None),
    "thesis": ("bib:Thesis", None),
    "report": ("bib:Report", None),
    "dataset": ("rdf:Description", None),
    "webpage": ("bib:Document", "z:Website"),
    "document": ("rdf:Description", None),
}
_LONGEST_NAME = 255  # of a tag or a collection: a longer one stops the user's synchronisation
_NOT_XML = "[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|[\x7f-\x9f]"
_SIGNS = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"})

Lines = Iterator[str]


def render(bibliography: Bibliography, _: Options) -> str:
    """The whole file: items, each with its note and its links, then a collection for the list with one for each category."""
    head = "".join(f'\n    xmlns:{prefix}="{address}"' for prefix, address in _NAMESPACES.items())
    items = [line for entry in bibliography.entries for line in _item(entry)]
    body = "".join(f"  {line}\n" for line in (*items, *_collections(bibliography)))
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<rdf:RDF{head}>\n{body}</rdf:RDF>\n'


def _text(value: str) -> str:
    """Text as XML has it, without the signs that no XML may hold."""
    if not value.isprintable():
        value = re.sub(_NOT_XML, "", value)
    return value if value.isalnum() and value.isascii() else nfc(value).translate(_SIGNS)


def _element(name: str, value: str | None) -> Lines:
    if value:
        yield f"<{name}>{_text(value)}</{name}>"


def _around(name: str, lines: Iterable[str]) -> Lines:
    """The lines in an element, on one line with it if there is one only; nothing where there are none."""
    inside = list(lines)
    if len(inside) == 1:
        yield f"<{name}>{inside[0]}</{name}>"
    elif inside:
        yield f"<{name}>"
        yield from (f"  {line}" for line in inside)
        yield f"</{name}>"


def _cut(name: str) -> str:
    """As much of a tag's or a collection's name as Zotero takes, which counts as JavaScript does."""
    return name.encode("utf-16-le", "ignore")[: 2 * _LONGEST_NAME].decode("utf-16-le", "ignore").strip()


def _node(name: str, about: str, lines: Iterable[str]) -> Lines:
    yield f'<{name} rdf:about="{about}">'
    yield from (f"  {line}" for line in lines)
    yield f"</{name}>"


def _about(kind: str, name: str) -> str:
    return f"#{kind}_{name}"


def _item(entry: Entry) -> Lines:
    work = entry.work
    element, container = _ELEMENTS[work.type]
    note = _note(entry)
    addresses = _code(entry)
    lines = [*_fields(entry, container)]
    if note:
        lines.append(f'<dcterms:isReferencedBy rdf:resource="{_about("note", entry.key)}"/>')
    lines += (f'<link:link rdf:resource="{_link_about(entry, i)}"/>' for i in range(len(addresses)))
    yield from _node(element, _about("item", entry.key), lines)
    if note:
        yield from _node("bib:Memo", _about("note", entry.key), _element("rdf:value", note))
    for i, (title, address) in enumerate(addresses):
        yield from _node("z:Attachment", _link_about(entry, i), _attachment(title, address))


def _link_about(entry: Entry, number: int) -> str:
    return _about("link", f"{entry.key}_{number + 1}")


def _fields(entry: Entry, container: str | None) -> Lines:
    work = entry.work
    yield from _element("z:itemType", ITEM_TYPES[work.type])
    yield from _element("dc:title", tagged(work.title))
    yield from _around("bib:authors", _around("rdf:Seq", (line for name in work.authors for line in _author(name))))
    if work.type == "preprint" and work.arxiv_id:  # before any other number: the first counts
        yield from _element("prism:number", f"arXiv:{work.arxiv_id}")
    yield from _container(work, container)
    if work.type == "paper-conference":
        yield from _around("bib:presentedAt", _around("bib:Conference", _element("dc:title", work.venue_short)))
    yield from _around("dc:publisher", _around("foaf:Organization", _element("foaf:name", entry.publisher)))
    yield from _element("bib:pages", work.pages or work.article_number)
    yield from _element("dc:date", str(work.issued) if work.issued else None)
    yield from _element("dc:identifier", f"DOI {work.doi}" if work.doi else None)
    yield from _address(entry.url)
    yield from _element("z:citationKey", entry.key)
    if version := entry.on_arxiv:
        yield from _element("dc:description", arxiv_line(version))
    for keyword in entry.keywords:
        yield from _element("dc:subject", _cut(keyword))


def _author(name: Name) -> Lines:
    """A surname alone is a name in one field: a group, or a person with one name."""
    given = ", ".join(filter(None, (name.given, name.suffix)))
    parts = (*_element("foaf:surname", name.literal or name.family), *_element("foaf:givenName", given))
    yield f"<rdf:li><foaf:Person>{''.join(parts)}</foaf:Person></rdf:li>"


def _container(work: Work, element: str | None) -> Lines:
    """A node for each item: one that two share would give both the volume of the first."""
    numbers = (*_element("prism:volume", work.volume), *_element("prism:number", work.issue))
    if element and work.container_title:
        inside = (*_element("dc:title", work.container_title), *numbers)
        yield "<dcterms:isPartOf>"
        yield from (f"  {line}" for line in _node_without_name(element, inside))
        yield "</dcterms:isPartOf>"
    else:
        yield from _element("z:publicationTitle", work.container_title)
        yield from numbers


def _node_without_name(name: str, lines: Iterable[str]) -> Lines:
    yield f"<{name}>"
    yield from (f"  {line}" for line in lines)
    yield f"</{name}>"


def _address(address: str | None) -> Lines:
    yield from _around("dc:identifier", _around("dcterms:URI", _element("rdf:value", address)))


def _attachment(title: str, address: str) -> Lines:
    yield from _element("z:itemType", "attachment")
    yield from _element("dc:title", title)
    yield from _address(address)
    yield from _element("z:linkMode", "3")  # a linked address
    yield from _element("link:type", "text/html")


def _code(entry: Entry) -> list[tuple[str, str]]:
    """The web addresses of the code, each with a title."""
    found = {address: title for _, listing in entry.listed for title, address in links(present(listing.code) or "")}
    unnamed = ("", "link")
    return [("Code" if title.lower() in (*unnamed, address.lower()) else title, address) for address, title in found.items()]


def _note(entry: Entry) -> str:
    """What the list says of the paper, as HTML; empty if that is no more than its title and link."""
    return "".join(part for category, listing in entry.listed for part in _said(category, listing))


def _said(category: Category, listing: Listing) -> Iterator[str]:
    code = None if links(listing.code or "") else listing.code  # links are attachments
    own = (("Model", listing.model), *listing.columns.items(), ("Code", code))
    cells = [(heading, cell) for heading, written in own if (cell := present(written))]
    if cells:
        items = "".join(f"<li>{_text(heading)}: {_text(' '.join(cell.split()))}</li>" for heading, cell in cells)
        yield f"<p><strong>{_text(category.title)}</strong></p><ul>{items}</ul>"


def _collections(bibliography: Bibliography) -> Lines:
    titles = {category.slug: category.title for category in bibliography.catalog.categories}
    parents = bibliography.catalog.parents
    by_category = bibliography.by_category
    children: dict[str | None, list[str]] = {}
    for slug in by_category:
        children.setdefault(parents[slug], []).append(_about("collection", slug))
    if by_category:
        yield from _collection("#collection", bibliography.catalog.title, children[None])
    for slug, entries in by_category.items():
        parts = (*children.get(slug, ()), *(_about("item", entry.key) for entry in entries))
        yield from _collection(_about("collection", slug), titles[slug], parts)


def _collection(about: str, title: str, parts: Iterable[str]) -> Lines:
    named = _element("dc:title", _cut(title) or "List")
    yield from _node("z:Collection", about, (*named, *(f'<dcterms:hasPart rdf:resource="{part}"/>' for part in parts)))
