"""Zotero RDF, as Zotero's importer takes it: the vocabulary that is known to arrive, and no other."""

from __future__ import annotations

import re
import unicodedata
from xml.etree import ElementTree as ET

from .shape import Author, Seen, author, plain_dashes

NAMESPACES = {
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "z": "http://www.zotero.org/namespaces/export#",
    "bib": "http://purl.org/net/biblio#",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "link": "http://purl.org/rss/1.0/modules/link/",
    "prism": "http://prismstandard.org/namespaces/1.2/basic/",
    "vcard": "http://nwalsh.com/rdf/vCard#",
}
ABOUT = f"{{{NAMESPACES['rdf']}}}about"
RESOURCE = f"{{{NAMESPACES['rdf']}}}resource"


def prefixed(tag):
    """`{http://purl.org/dc/elements/1.1/}title` as `dc:title`; KeyError for a namespace that Zotero does not know."""
    address, _, name = tag[1:].partition("}")
    return f"{ {known: prefix for prefix, known in NAMESPACES.items()}[address] }:{name}"


def items(root):
    return [node for node in root if text(node, "z:itemType") not in (None, "attachment")]


def text(node, path):
    return node.findtext(path, namespaces=NAMESPACES)


def read_by_xml_parser(path, _):
    return [_seen(item) for item in items(ET.parse(path).getroot())]  # noqa: S314  # our own file


def _seen(item):
    identifiers = [each.text for each in item.findall("dc:identifier", NAMESPACES) if each.text and each.text.strip()]
    container = item.find("dcterms:isPartOf/*", NAMESPACES)
    inside = container if container is not None else item
    number = text(inside, "prism:number") or text(item, "prism:number")
    is_preprint = text(item, "z:itemType") == "preprint"
    arxiv = re.search(r"(?m)^arXiv:(\S+)(?: \[(.+)\])?$", text(item, "dc:description") or "")
    return Seen(
        key=text(item, "z:citationKey"),
        type=text(item, "z:itemType"),
        title=text(item, "dc:title"),
        authors=tuple(map(_author, item.findall("bib:authors/rdf:Seq/rdf:li/foaf:Person", NAMESPACES))),
        container=text(container, "dc:title") if container is not None else text(item, "z:publicationTitle"),
        publisher=text(item, "dc:publisher/foaf:Organization/foaf:name"),
        volume=text(inside, "prism:volume"),
        number=None if is_preprint else number,
        pages=plain_dashes(text(item, "bib:pages")),
        date=tuple(int(part) for part in (text(item, "dc:date") or "").split("-") if part),
        doi=next((each.removeprefix("DOI ") for each in identifiers if each.startswith("DOI ")), None),
        url=text(item, "dc:identifier/dcterms:URI/rdf:value"),
        arxiv_id=arxiv and arxiv[1],
        arxiv_class=arxiv and arxiv[2],
        keywords=tuple(each.text for each in item.findall("dc:subject", NAMESPACES)),
    )


def _author(person):
    surname, given = text(person, "foaf:surname"), text(person, "foaf:givenName")
    return Author(surname, given) if given else author(surname)


# Elements by the element that they may stand in, as Zotero's importer is known to read them.
_ITEM = (
    "z:itemType dc:title z:shortTitle bib:authors dcterms:isPartOf bib:presentedAt dc:publisher prism:number prism:volume bib:pages "
    "dc:date dc:identifier z:citationKey z:type z:publicationTitle z:language z:libraryCatalog dcterms:abstract dc:description "
    "dc:subject dcterms:isReferencedBy link:link"
).split()
_INSIDE = {
    "rdf:RDF": ("rdf:Description", "bib:Article", "bib:Book", "bib:BookSection", "bib:Thesis", "bib:Report", "bib:Document",
                "bib:Memo", "z:Attachment", "z:Collection"),
    **dict.fromkeys(("rdf:Description", "bib:Article", "bib:BookSection", "bib:Thesis", "bib:Report", "bib:Document"), _ITEM),
    "bib:authors": ("rdf:Seq",),
    "rdf:Seq": ("rdf:li",),
    "rdf:li": ("foaf:Person",),
    "foaf:Person": ("foaf:surname", "foaf:givenName"),
    "dcterms:isPartOf": ("bib:Journal", "bib:Book", "z:Website"),
    **dict.fromkeys(("bib:Journal", "z:Website"), ("dc:title", "dcterms:alternative", "prism:volume", "prism:number")),
    "bib:presentedAt": ("bib:Conference",),
    "bib:Conference": ("dc:title",),
    "dc:publisher": ("foaf:Organization",),
    "foaf:Organization": ("foaf:name",),
    "dc:identifier": ("dcterms:URI",),
    "dcterms:URI": ("rdf:value",),
    "bib:Memo": ("rdf:value",),
    "z:Attachment": ("z:itemType", "dc:title", "dc:identifier", "z:linkMode", "link:type"),
    "z:Collection": ("dc:title", "dcterms:hasPart"),
    "bib:Book": (*_ITEM, "prism:volume", "prism:number"),
}  # fmt: skip
_MANY = {"dc:subject", "dc:identifier", "dcterms:isReferencedBy", "link:link", "dcterms:hasPart", "rdf:li"}
_POINTS_TO = {"dcterms:isReferencedBy": {"bib:Memo"}, "link:link": {"z:Attachment"}, "dcterms:hasPart": {"z:Collection", "item"}}
_NOT_IN_XML = r"[^\t\n\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|[\x7f-\x9f]"


def faults(source, item_types):
    """Whatever Zotero's importer would lose, merge, misplace or stumble over."""
    found = []
    if not source.startswith('<?xml version="1.0" encoding="UTF-8"?>\n<rdf:RDF'):
        found.append("no XML declaration, or something else before the root")
    if re.search(_NOT_IN_XML, source) or not unicodedata.is_normalized("NFC", source):
        found.append("signs that XML or Zotero does not keep as they are")
    if "<!" in source:
        found.append("a comment or CDATA")
    root = ET.fromstring(source)  # noqa: S314  # our own file
    found += [fault for element in root.iter() for fault in _element_faults(element)]
    kinds = {node.get(ABOUT): "item" if node in items(root) else prefixed(node.tag) for node in root}
    if None in kinds or len(kinds) != len(root):
        found.append("a node without a name, or two of one name")
    found += [
        f"{each.get(ABOUT)} has a name inside another node"
        for node in root
        for each in node.iter()
        if each is not node and each.get(ABOUT)
    ]
    for node in root:
        found += [f"{node.get(ABOUT)}: {fault}" for fault in _node_faults(node, kinds, item_types)]
    return found + _collection_faults(root)


def _element_faults(element):
    name, children = prefixed(element.tag), [prefixed(child.tag) for child in element]
    yield from (f"{child} in {name}" for child in children if child not in _INSIDE.get(name, ()))
    if name != "rdf:RDF":
        yield from (f"{child} twice in {name}" for child in set(children) - _MANY if children.count(child) > 1)
    if children and ((element.text or "").strip() or any((child.tail or "").strip() for child in element)):
        yield f"{name} has text beside elements"
    if not children and RESOURCE not in element.attrib and (element.text or "").strip() != (element.text or ""):
        yield f"{name} has white space around its text"
    if not children and RESOURCE not in element.attrib and not element.text:
        yield f"{name} is empty"


def _node_faults(node, kinds, item_types):
    for link in node.iter():
        if (target := link.get(RESOURCE)) and kinds.get(target) not in _POINTS_TO.get(prefixed(link.tag), ()):
            yield f"{prefixed(link.tag)} points to {target}"
    kind = kinds[node.get(ABOUT)]
    if kind == "item":
        yield from _item_faults(node, item_types)
    elif kind == "bib:Memo":
        ET.fromstring(f"<div>{text(node, 'rdf:value')}</div>")  # noqa: S314  # our own file
        if not text(node, "rdf:value").startswith("<"):
            yield "a note without a paragraph"
    elif kind == "z:Attachment":
        yield from _attachment_faults(node)
    elif kind == "z:Collection":
        if len(text(node, "dc:title") or "") not in range(1, 256):
            yield "a collection without a title, or with one too long"
    else:
        yield f"a {kind} that is no item"


def _attachment_faults(node):
    if (text(node, "z:linkMode"), text(node, "link:type"), bool(text(node, "dc:title"))) != ("3", "text/html", True):
        yield "not a link to a web page with a title"
    address = text(node, "dc:identifier/dcterms:URI/rdf:value")
    if not re.match(r"https?://", address):
        yield f"the address {address}"


def _item_faults(item, item_types):
    if text(item, "z:itemType") not in item_types:
        yield f"the type {text(item, 'z:itemType')}"
    tags = [each.text or "" for each in item.findall("dc:subject", NAMESPACES)]
    if len(set(tags)) != len(tags) or not all(0 < len(tag) <= 255 for tag in tags):
        yield "a tag twice, empty or too long"
    if not all(text(person, "foaf:surname") for person in item.iter(f"{{{NAMESPACES['foaf']}}}Person")):
        yield "a person without a surname"
    date = text(item, "dc:date")
    if date and not re.fullmatch(r"\d{4}(-\d\d){0,2}", date):
        yield f"the date {date}"
    identifiers = [each.text for each in item.findall("dc:identifier", NAMESPACES) if not len(each)]
    if not all(re.match(r"DOI 10\.\d+/", identifier) for identifier in identifiers):
        yield f"the identifiers {identifiers}"
    if text(item, "bib:presentedAt/bib:Conference/dc:title") and text(item, "z:itemType") != "conferencePaper":
        yield "a conference's name"


def _collection_faults(root):
    found = []
    parents = {}
    for collection in root.findall("z:Collection", NAMESPACES):
        for part in collection.findall("dcterms:hasPart", NAMESPACES):
            parents.setdefault(part.get(RESOURCE), []).append(collection.get(ABOUT))
    for collection in root.findall("z:Collection", NAMESPACES):
        above = [collection.get(ABOUT)]
        while above[-1] in parents and len(above) <= len(root):
            if len(parents[above[-1]]) > 1:
                found.append(f"{above[-1]} stands in two collections")
            above.append(parents[above[-1]][0])
        if len(above) > len(root):
            found.append(f"{collection.get(ABOUT)} stands in itself")
    return found + [f"{item.get(ABOUT)} stands in no collection" for item in items(root) if item.get(ABOUT) not in parents]


def collections(root):
    """The tree: title → (keys of its items, the collections in it)."""
    nodes = {node.get(ABOUT): node for node in root}
    inside = {part.get(RESOURCE) for part in root.iter(f"{{{NAMESPACES['dcterms']}}}hasPart")}
    return dict(_collection(node, nodes) for node in root.findall("z:Collection", NAMESPACES) if node.get(ABOUT) not in inside)


def _collection(node, nodes):
    parts = [nodes[part.get(RESOURCE)] for part in node.findall("dcterms:hasPart", NAMESPACES)]
    keys = [text(part, "z:citationKey") for part in parts if prefixed(part.tag) != "z:Collection"]
    return text(node, "dc:title"), (
        keys,
        dict(_collection(part, nodes) for part in parts if prefixed(part.tag) == "z:Collection"),
    )
