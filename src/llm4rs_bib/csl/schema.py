"""A style's file against the RELAX NG schema of CSL, which comes with citeproc-py; used on a person's own styles only."""

from __future__ import annotations

import importlib.util
import time
from collections.abc import Iterator
from itertools import takewhile
from pathlib import Path
from typing import Any

from .xmltree import CSL

_PATIENCE = 2.0  # seconds: no more than a person waits for


def faults(path: Path) -> Iterator[str]:
    """What is wrong with a file of well-formed XML, each with its line: `mine.csl:12: …`."""
    from lxml import etree  # 30 ms

    schema = etree.RelaxNG(etree.parse(_folder() / "csl.rng"))
    try:
        tree = etree.parse(path, etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True))
    except etree.XMLSyntaxError as error:  # deeper or longer than libxml2 takes
        yield f"{path}: not checked by the schema of CSL: {error.msg}"
        return
    if not schema.validate(tree):
        yield f"{path}:{_culprit(schema, tree)}"
    macros = {macro.get("name") for macro in tree.iter(f"{CSL}macro")}
    for call in tree.iter(f"{CSL}text", f"{CSL}key"):
        if (macro := call.get("macro")) is not None and macro not in macros:
            yield f"{path}:{call.sourceline}: there is no macro {macro!r}"


def _folder() -> Path:
    spec = importlib.util.find_spec("citeproc")
    assert spec is not None
    assert spec.origin is not None, "citeproc-py is a dependency"
    return Path(spec.origin).parent / "data" / "schema" / "schemas" / "styles"


def _culprit(schema: Any, tree: Any) -> str:
    """The innermost element, or its attribute, without which all is valid. libxml2 names only what stands around it."""
    element = tree.getroot()
    end = time.monotonic() + _PATIENCE
    while (inner := next((each for each in _below(element, end) if _mends(schema, tree, each)), None)) is not None:
        element = inner
    name = element.tag.removeprefix(CSL)
    for attribute, value in element.attrib.items():
        del element.attrib[attribute]
        is_mended = schema.validate(tree)
        element.set(attribute, value)
        if is_mended:
            return f'{element.sourceline}: <{name}>: {attribute}="{value}" is not valid by the schema of CSL'
    if element is tree.getroot():
        return f"{element.sourceline}: not valid by the schema of CSL, in several places or for want of something"
    return f"{element.sourceline}: <{name}> is not valid there by the schema of CSL"


def _below(element: Any, end: float) -> Iterator[Any]:
    """What is in an element, the outer ones first, as long as there is time."""
    level = list(element)
    while level:
        yield from takewhile(lambda _: time.monotonic() < end, level)
        level = [inner for each in level for inner in each] if time.monotonic() < end else []


def _mends(schema: Any, tree: Any, element: Any) -> bool:
    """Whether the tree is valid without an element, or with a plain text in its place."""
    parent = element.getparent()
    place = parent.index(element)
    parent.remove(element)
    is_valid: bool = schema.validate(tree)
    if not is_valid:
        parent.insert(place, text := element.makeelement(f"{CSL}text", value="x"))
        is_valid = schema.validate(tree)
        parent.remove(text)
    parent.insert(place, element)
    return is_valid
