"""The catalog's YAML ↔ values: catalog.yaml, and one file of listings for each category."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import Field, fields

from ..errors import CatalogError, Fault, unknown
from ..model import Catalog, Category, Listing, Override, required_fields
from ..overrides import read_override
from ..text import clean
from ..venues import is_name
from .yamltree import Fields, Items, Node, Plain, Scalar, YamlError, read, write

FORMAT = 1
COLUMN_FIELDS = ("title", "link", "date", "venue", "model", "code", "-")  # what a column may be said to hold
ID = r"[A-Za-z0-9][A-Za-z0-9._-]*"
KEY = r"[A-Za-z0-9][A-Za-z0-9.:+/_-]*"  # what BibTeX, biber and all readers tried take as a citation key


def is_key(text: str) -> bool:
    """Whether a text may be a citation key."""
    return re.fullmatch(KEY, text) is not None


class _File:
    """A file being read: its name, and the faults found so far."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.faults: list[Fault] = []

    def fault(self, node: Node, message: str) -> None:
        self.faults.append(Fault(f"{self.name}:{node.line}", message))

    def tree(self, text: str) -> Node | None:
        try:
            return read(text)
        except YamlError as error:
            self.faults.extend(Fault(f"{self.name}:{fault.where}", fault.message) for fault in error.faults)
            return None

    def close(self) -> None:
        if self.faults:
            raise CatalogError(*self.faults)

    def text(self, node: Node, what: str) -> str | None:
        """The text of a node; None for YAML's null."""
        if isinstance(node, Scalar):
            return None if node.null else str(node)
        self.fault(node, f"{what} must be text")
        return None

    def texts(self, node: Node, what: str) -> tuple[str, ...]:
        if isinstance(node, Items):
            found = [self.text(item, f"each of {what}") for item in node]
            for item, text in zip(node, found, strict=True):
                if text is None and isinstance(item, Scalar):
                    self.fault(item, f"each of {what} must be text, not null")
            return tuple(text for text in found if text is not None)
        self.fault(node, f"{what} must be a list")
        return ()

    def pairs(self, node: Node, what: str) -> dict[str, str]:
        if isinstance(node, Fields):
            found = ((str(key), self.text(value, str(key))) for key, value in node.items())
            return {key: text for key, text in found if text is not None}
        self.fault(node, f"{what} must be a mapping of headings to cells")
        return {}

    def known_fields(self, node: Node, what: str) -> dict[str, str]:
        """Headings and the fields that their columns hold; "-" for none that is known."""
        found = self.pairs(node, what)
        for heading, name in found.items():
            if name not in COLUMN_FIELDS:
                self.fault(node, f"{what}: {heading}: {unknown('field', name, COLUMN_FIELDS)}")
        return found

    def number(self, node: Node, what: str) -> int:
        if isinstance(node, Scalar) and node in ("1", "2", "3", "4", "5", "6"):
            return int(node)
        self.fault(node, f"{what} must be a number from 1 to 6")
        return 1

    def overrides(self, node: Node, _: str) -> dict[str, Override]:
        if not isinstance(node, Fields):
            self.fault(node, "override must be a mapping of CSL variables to values")
            return {}
        found: dict[str, Override] = {}
        for key, value in node.items():
            written = self.texts(value, str(key)) if isinstance(value, Items) else self.text(value, str(key))
            try:
                read_override(key, written)
            except ValueError as error:
                self.fault(value, f"override: {key}: {error}")
            found[str(key)] = written
        return found


_Reader = Callable[[_File, Node, str], object]
NOT_WRITTEN = frozenset({"where", "listings"})  # fields of the values that no file holds


def written_fields(value_type: type) -> tuple[Field[object], ...]:
    """The fields of a listing or a category that stand in its file, in the file's order."""
    return tuple(each for each in fields(value_type) if each.name not in NOT_WRITTEN)


class _Shape:
    """What a listing or a category may and must have in its file."""

    def __init__(self, value_type: type, begins: str, readers: Mapping[str, _Reader]) -> None:
        self.kind = value_type.__name__.lower()
        self.begins = begins
        self.readers = {each.name: readers.get(each.name, _File.text) for each in written_fields(value_type)}
        self.required = required_fields(value_type)

    def values(self, file: _File, node: Node) -> dict[str, object] | None:
        """The checked fields; None, with the faults noted, if the node cannot be one."""
        if not isinstance(node, Fields):
            file.fault(node, f"a {self.kind} must be a mapping that begins with '- {self.begins}: …'")
            return None
        values: dict[str, object] = {}
        sound = True
        for key, value in node.items():
            reader = self.readers.get(key)
            if reader is None:
                file.fault(key, unknown("key", key, self.readers))
            elif value.__class__ is not Scalar or not value.null:
                values[str(key)] = found = reader(file, value, key)
                sound = sound and found is not None
        for name in self.required:
            if name not in values:
                file.fault(node, f"the {self.kind} has no {name}")
                sound = False
        return values if sound else None


_LISTING = _Shape(Listing, "id", {"columns": _File.pairs, "override": _File.overrides})
_CATEGORY = _Shape(
    Category,
    "slug",
    {
        "level": _File.number,
        "columns": _File.texts,
        "align": _File.texts,
        "fields": _File.known_fields,
        "unread": _File.pairs,
    },
)
_TEXTS = ("title", "heading_markdown", "text_above", "text_before")


def loads_listings(text: str, name: str) -> tuple[Listing, ...]:
    """The listings of a category's file. CatalogError names all its faults, each with its line."""
    file = _File(name)
    tree = file.tree(text)
    if not isinstance(tree, Items | None):
        file.fault(tree, "must be a list of listings, each beginning with '- id: …'")
    listings = tuple(_listings(file, tree if isinstance(tree, Items) else ()))
    file.close()
    return listings


def _listings(file: _File, items: Iterable[Node]) -> Iterator[Listing]:
    for node in items:
        if (values := _LISTING.values(file, node)) is None:
            continue
        listing = Listing(**values, where=f"{file.name}:{node.line}")  # type: ignore[arg-type]  # checked above
        if not re.fullmatch(ID, listing.id):
            file.fault(node, f"the id {listing.id!r} may have letters, digits, '.', '_' and '-' only")
        if listing.key is not None and not is_key(listing.key):
            file.fault(node, f"the key {listing.key!r} may have ASCII letters, digits and '.:+/_-' only")
        yield listing


def loads_catalog(text: str, name: str) -> Catalog:
    """catalog.yaml, its categories without listings. CatalogError names all its faults, each with its line."""
    file = _File(name)
    tree = file.tree(text)
    file.close()
    if not isinstance(tree, Fields):
        raise CatalogError(Fault(f"{name}:1", "must begin with 'format: 1' and have a title and categories"))
    _check_format(tree, name)
    known = ("format", *_TEXTS, "columns", "venues", "categories")
    for key in tree:
        if key not in known:
            file.fault(key, unknown("key", key, known))
    found = {key: read for key in _TEXTS if key in tree and (read := file.text(tree[Scalar(key)], key)) is not None}
    nodes = tree.get(Scalar("categories"), Items())
    if isinstance(nodes, Scalar) and nodes.null:
        nodes = Items()
    if not isinstance(nodes, Items):
        file.fault(nodes, "categories must be a list, each beginning with '- slug: …'")
        nodes = Items()
    if found.get("title") is None:
        file.fault(tree, "the catalog has no title")
    categories = tuple(_categories(file, nodes))
    venues = _venues(file, tree)
    columns = _columns(file, tree)
    file.close()
    return Catalog(**found, columns=columns, venues=venues, categories=categories)


def _columns(file: _File, tree: Fields) -> Mapping[str, str]:
    node = tree.get(Scalar("columns"))
    if node is None or (isinstance(node, Scalar) and node.null):
        return {}
    return file.known_fields(node, "columns")


def _venues(file: _File, tree: Fields) -> Mapping[str, str]:
    node = tree.get(Scalar("venues"))
    if node is None or (isinstance(node, Scalar) and node.null):
        return {}
    if not isinstance(node, Fields):
        file.fault(node, "venues must be a mapping of proceedings or journals to their short names")
        return {}
    found = {}
    for name, short in node.items():
        if isinstance(short, Scalar) and (short.null or not clean(short)):
            file.fault(short, f"the short name of {str(name)!r} is missing")
        elif not is_name(name):
            file.fault(name, f"{str(name)!r} is no name of proceedings or a journal")
        elif text := file.text(short, str(name)):
            found[str(name)] = clean(text)
    return found


def _check_format(tree: Fields, name: str) -> None:
    written = tree.get(Scalar("format"))
    if written == str(FORMAT):
        return
    if written is None:
        raise CatalogError(Fault(f"{name}:1", f"has no format; write 'format: {FORMAT}'"))
    newer = isinstance(written, Scalar) and re.fullmatch(r"[1-9][0-9]{0,8}", written)
    advice = "update llm4rs-bib" if newer else f"write 'format: {FORMAT}'"
    raise CatalogError(Fault(f"{name}:{written.line}", f"format {written} is not what this version reads ({FORMAT}); {advice}"))


def _categories(file: _File, nodes: Items) -> Iterator[Category]:
    seen = {"catalog": "the catalog's own file"}
    for node in nodes:
        if (values := _CATEGORY.values(file, node)) is None:
            continue
        category = Category(**values)  # type: ignore[arg-type]  # checked above
        if not re.fullmatch(ID, category.slug):
            file.fault(node, f"the slug {category.slug!r} may have letters, digits, '.', '_' and '-' only")
        elif (folded := category.slug.lower()) in seen:
            file.fault(node, f"the slug {category.slug!r} is taken by {seen[folded]}; give it another")
        else:
            seen[folded] = f"the category at line {node.line}"
        yield category


def plain(value: Listing | Category) -> dict[str, Plain]:
    """A listing or a category as it stands in its file, ready to write."""
    pairs = ((each, getattr(value, each.name)) for each in written_fields(type(value)))
    return {each.name: _written(found) for each, found in pairs if found not in (None, {}, ())}


def _written(value: object) -> Plain:
    if isinstance(value, Mapping):
        return {key: list(each) if isinstance(each, tuple) else each for key, each in value.items()}
    return str(value) if isinstance(value, int) else value  # type: ignore[return-value]  # text or a tuple of texts


def dumps_listings(listings: Sequence[Listing]) -> str:
    """The file of a category. `loads_listings` reads it back as the same listings."""
    return write([plain(listing) for listing in listings])


def dumps_catalog(catalog: Catalog) -> str:
    """catalog.yaml. `loads_catalog` reads it back as the same catalog, without listings."""
    top: dict[str, Plain] = {"format": str(FORMAT)}
    top |= {name: text for name in _TEXTS if (text := getattr(catalog, name)) is not None}
    top |= {"columns": dict(catalog.columns)} if catalog.columns else {}
    top |= {"venues": dict(catalog.venues)} if catalog.venues else {}
    top["categories"] = [plain(category) for category in catalog.categories]
    return write(top)
