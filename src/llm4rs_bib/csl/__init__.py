"""A processor for bibliographies in the Citation Style Language (CSL 1.0.2): works in CSL-JSON → formatted references.

https://docs.citationstyles.org/en/stable/specification.html
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from .output import FORMATS
from .processor import Processor, Reference
from .style import Style, StyleError, read

__all__ = ["Bibliography", "Reference", "StyleError", "bibliography"]


@dataclass(frozen=True)
class Bibliography:
    """References in the style's order, and what a reader should know."""

    references: tuple[Reference, ...]
    warnings: tuple[str, ...] = ()


def bibliography(items: Sequence[Mapping[str, object]], style: str | Path, *, locale: str = "en-US", to: str = "text") -> Bibliography:
    """The reference list of items in CSL-JSON, given in the order cited.

    `style`: a path, or the style's XML. StyleError if it cannot be used.
    """
    text = style if isinstance(style, str) and style.lstrip().startswith("<") else Path(style).read_text(encoding="utf-8")
    found = Processor(_style(text, locale)).references(items, FORMATS[to])
    return Bibliography(tuple(Reference(each.id, each.label.strip(), each.text.strip()) for each in found))


@lru_cache(maxsize=32)
def _style(text: str, locale: str) -> Style:
    root = read(text)
    return Style(root, root.get("default-locale", locale))
