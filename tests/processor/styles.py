"""Ten hard items in each of the official styles that print a list, by citeproc-js and by us.

`cd tests; python -m processor.styles` prints the shares and the commonest differences, and writes data/processor/empty.txt and
thrown.txt anew; `python -m processor.styles WORD…` prints all that differs in the styles whose names contain a word.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from pathlib import Path
from typing import NamedTuple

from .lists import DATA
from .oracle import OFFICIAL, ours, theirs

FOLDER = DATA / "processor"
_LETTER = re.compile(r"[^\W\d_]")
HARD = json.loads((FOLDER / "hard.json").read_text(encoding="utf-8"))


class Row(NamedTuple):
    """One style: citeproc-js's texts by id (none if it threw `error`), and ours (none if we threw `fault`)."""

    style: str
    wanted: dict[str, str]
    found: dict[str, str]
    error: str
    fault: str

    @property
    def different(self) -> list[str]:
        """Ids of entries that are not citeproc-js's."""
        return [id for id, text in self.wanted.items() if self.found.get(id) != text]


def with_bibliography() -> list[Path]:
    """The independent styles that print lists."""
    return sorted(path for path in OFFICIAL.glob("*.csl") if "<bibliography" in path.read_text(encoding="utf-8"))


def rows(styles: list[Path]) -> list[Row]:
    """Each style, as both render it."""
    return [Row(answer.style.stem, answer.texts or {}, *_ours(answer.style, answer.error)) for answer in theirs(styles, [HARD])]


def _ours(style: Path, error: str) -> tuple[dict[str, str], str, str]:
    try:
        return ours(style, HARD), error, ""
    except Exception as fault:  # noqa: BLE001 - to be told with the others
        return {}, error, f"{type(fault).__name__}: {fault}"


def equal(rows: Iterable[Row]) -> tuple[int, int]:
    """How many entries are as citeproc-js has them, and of how many."""
    compared = [row for row in rows if not row.error]
    return sum(len(row.wanted) - len(row.different) for row in compared), sum(len(row.wanted) for row in compared)


def empty(rows: Iterable[Row]) -> list[str]:
    """Entries of ours that have no text, though perhaps a number: a style and an id."""
    return [f"{row.style} {id}" for row in rows for id, text in row.found.items() if not _LETTER.search(text)]


def thrown(rows: Iterable[Row]) -> list[str]:
    """Styles that citeproc-js cannot render, with what it says."""
    return [f"{row.style}: {row.error}" for row in rows if row.error]


def listed(name: str) -> list[str]:
    """A committed list."""
    return (FOLDER / name).read_text(encoding="utf-8").splitlines()


def _report(rows: list[Row]) -> Iterator[str]:
    """Shares, and what differs most."""
    good, total = equal(rows)
    yield f"{len(rows)} styles; equal: {good} of {total} = {good / total:.2%}; empty: {len(empty(rows))}"
    yield from (f"citeproc-js threw: {each}" for each in thrown(rows))
    yield from (f"we threw: {row.style}: {row.fault}" for row in rows if row.fault)
    yield f"different by item: {Counter(id for row in rows for id in row.different).most_common()}"
    yield f"styles by number of different entries: {sorted(Counter(len(row.different) for row in rows).items())}"
    yield f"most different: {', '.join(row.style for row in sorted(rows, key=lambda row: -len(row.different))[:40])}"
    yield f"order differs: {' '.join(row.style for row in rows if row.found and row.wanted and [*row.wanted] != [*row.found])}"
    yield from _histogram(rows)


def _histogram(rows: Iterable[Row]) -> Iterator[str]:
    """The commonest changes, each with its first example."""
    seen: dict[tuple[str, str], list[tuple[Row, str]]] = {}
    for row in rows:
        for id in row.different:
            for change in dict.fromkeys(_changes(row.wanted[id], row.found.get(id, ""))):
                seen.setdefault(change, []).append((row, id))
    for (wanted, found), where in sorted(seen.items(), key=lambda each: -len(each[1]))[:60]:
        yield f"{len(where):5} in {len({row.style for row, _ in where})} styles: {wanted!r} → {found!r}"
        yield from _both(*where[0])


def _changes(wanted: str, found: str) -> Iterator[tuple[str, str]]:
    """What would have to be replaced, by what."""
    for kind, a, b, c, d in SequenceMatcher(None, wanted, found, autojunk=False).get_opcodes():
        if kind != "equal":
            yield wanted[a:b], found[c:d]


def _both(row: Row, id: str) -> Iterator[str]:
    for name, text in (("js  ", row.wanted[id]), ("ours", row.found.get(id, ""))):
        yield f"    {name} {row.style} {id}: {text.translate({0xA0: '⍽', 0x202F: '⍽'})}"


def main(words: list[str]) -> None:
    """Print, and write the lists if all styles were rendered."""
    found = rows([path for path in with_bibliography() if not words or any(word in path.stem for word in words)])
    lines = (line for row in found for id in row.different for line in _both(row, id)) if words else _report(found)
    print(*lines, sep="\n")  # noqa: T201
    if not words:
        for name, entries in (("empty.txt", empty(found)), ("thrown.txt", thrown(found))):
            (FOLDER / name).write_text("".join(f"{entry}\n" for entry in entries), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
