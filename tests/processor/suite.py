"""Fixtures of the public CSL test suite, as Debian's source package haskell-citeproc has them (`test/csl/*.txt`).

https://github.com/citation-style-language/test-suite
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

# The number of `=` varies, and in one file the first marker lacks its `>>`.
_SECTION = re.compile(r"^>>=+ ([A-Z-]+) =+(?:>>)?\n(.*?)^<<=+ \1 =+<<", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Fixture:
    """What one file of the suite asks for: `items`, cited in `order`, look like `result` in the style `csl`."""

    name: str
    mode: str  # "citation" or "bibliography"
    result: str
    csl: str
    items: list[dict]  # each with an id: a few files leave it out
    order: list[str | int]  # as `items` write their ids


def fixtures(folder: Path | str) -> Iterator[Fixture]:
    """All of a folder, by name."""
    for path in sorted(Path(folder).glob("*.txt")):
        sections = {found[1]: found[2].strip("\n") for found in _SECTION.finditer(path.read_text("utf-8-sig"))}
        items = [{"id": f"ITEM-{place}"} | item for place, item in enumerate(json.loads(sections["INPUT"]), 1)]
        mode, result, csl = sections["MODE"].strip(), sections["RESULT"], sections["CSL"]
        yield Fixture(path.stem, mode, result, csl, items, _order(sections, items))


def _order(sections: dict[str, str], items: list[dict]) -> list[str | int]:
    """Ids in the order cited: those of the last list of entries, of the citations as they are at the end, or all."""
    ids = {str(item["id"]): item["id"] for item in items}  # "1" is cited where the item says 1
    if "BIBENTRIES" in sections:
        return [ids[str(id)] for id in json.loads(sections["BIBENTRIES"])[-1]]
    cited = dict.fromkeys(_cited(sections))
    return [ids[id] for id in (cited if "CITATIONS" in sections else cited | dict.fromkeys(ids))]


def _cited(sections: dict[str, str]) -> list[str]:
    if "CITATION-ITEMS" in sections:
        clusters = json.loads(sections["CITATION-ITEMS"])
    else:  # each a citation, those before it, those after it; one with an id that was there takes its place
        citations = [citation for citation, *_ in json.loads(sections.get("CITATIONS", "[]"))]
        clusters = {citation["citationID"]: citation["citationItems"] for citation in citations}.values()
    return [str(item["id"]) for cluster in clusters for item in cluster]
