"""What is compared: styles by the names that authors use, the project's 69 works, and a thousand made up."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

from llm4rs_bib import export, load

from .oracle import OFFICIAL
from .works import works

ROOT = Path(__file__).parent.parent.parent
DATA = ROOT / "tests" / "data"
_OFFICIAL = {
    "acm": "association-for-computing-machinery",
    "ieee": "ieee",
    "apa": "apa",
    "chicago": "chicago-author-date",
    "mla": "modern-language-association",
    "lncs": "springer-lecture-notes-in-computer-science",
    "nature": "nature",
    "elsevier": "elsevier-harvard",
    "acl": "association-for-computational-linguistics",
    "vancouver": "nlm-citation-sequence",
}
STYLES = {name: OFFICIAL / f"{style}.csl" for name, style in _OFFICIAL.items()}
STYLES |= {path.stem: path for path in sorted((ROOT / "styles").glob("*.csl"))}  # our own


@cache
def catalog() -> list[dict]:
    """The project's own works."""
    return json.loads(export(load(ROOT / "catalog"), "csl-json"))


def lists(style: str) -> list[list[dict]]:
    """The lists that a style is compared on: the catalog, and a thousand works."""
    made = works(1000)
    # In a crowd of namesakes citeproc-js's MLA depends on the order in which it met them.
    size = 70 if style == "mla" else len(made)
    return [catalog(), *(made[first : first + size] for first in range(0, len(made), size))]
