"""Styles and locales as element trees, without entities and comments."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from defusedxml.ElementTree import fromstring

CSL = "{http://purl.org/net/xbiblio/csl}"


def parsed(text: str | bytes) -> Element:
    """The root element. ParseError for what is no XML.

    Published styles have no-break spaces that are escaped twice, `&amp;#160;`: they are read as meant.
    """
    root = fromstring(text)
    for element in root.iter():
        for name, value in element.attrib.items():
            if "&#" in value:
                element.set(name, re.sub(r"&#(\d+);", lambda match: chr(int(match[1])), value))
    return root


def children(element: Element) -> Iterator[Element]:
    """The elements in it: no comments, nothing of other name spaces."""
    return (child for child in element if isinstance(child.tag, str) and child.tag.startswith(CSL))


def name_of(element: Element) -> str:
    """The element's name without its name space."""
    return element.tag.removeprefix(CSL)
