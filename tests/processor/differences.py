"""Where citeproc-js and we print another text, or put an entry in another place: style → id → both, and the reason.

`cd tests; python -m processor.differences [STYLE…]` writes data/processor/differences.json anew. Reasons are kept; a new difference gets "?".
A reason is a key of `reasons` in that file, where it stands in words, with the clause of the CSL specification that we follow.
"""

from __future__ import annotations

import json
import sys
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from functools import cache

from .lists import DATA, STYLES, lists
from .oracle import Answer, ours, theirs

FILE = DATA / "processor" / "differences.json"
Differences = dict[str, dict[str, str]]  # id → {"citeproc-js": …, "ours": …}


@cache
def found() -> dict[str, Differences]:
    """All differences, by style."""
    return of(STYLES)


def of(styles: Iterable[str]) -> dict[str, Differences]:
    """The differences of some styles."""
    by_lists: dict[str, list[str]] = {}
    for style in styles:
        by_lists.setdefault("lists of 70" if style == "mla" else "whole", []).append(style)
    names = {STYLES[style]: style for style in styles}
    different: dict[str, Differences] = {style: {} for style in styles}
    for group in by_lists.values():
        items = lists(group[0])
        for answer in theirs([STYLES[style] for style in group], items):
            different[names[answer.style]] |= _between(answer, items[answer.list])
    return different


def _between(answer: Answer, items: list[dict]) -> Differences:
    """What differs in one list."""
    assert answer.texts is not None, f"{answer.style.stem}: citeproc-js threw {answer.error}"
    own = ours(answer.style, items)
    assert own.keys() == answer.texts.keys() == {item["id"] for item in items}
    texts = {id: {"citeproc-js": text, "ours": own[id]} for id, text in answer.texts.items() if own[id] != text}
    return texts | dict(_places(list(answer.texts), list(own)))


def _places(wanted: list[str], found: list[str]) -> Iterator[tuple[str, dict[str, str]]]:
    """The entries to move, as few as do, and what each stands behind."""
    before = [{id: previous for previous, id in zip(["the heading", *order], order, strict=False)} for order in (wanted, found)]
    rank = {id: place for place, id in enumerate(wanted)}
    kept = longest_rise([rank[id] for id in found])
    for id in wanted:
        if rank[id] not in kept:
            yield f"{id}, its place", {"citeproc-js": f"after {before[0][id]}", "ours": f"after {before[1][id]}"}


def longest_rise(numbers: list[int]) -> set[int]:
    """The members of a longest rising subsequence of different numbers."""
    ends: list[int] = []  # of the rises of each length, the lowest
    previous: dict[int, int | None] = {}
    for number in numbers:
        place = bisect_left(ends, number)
        previous[number] = ends[place - 1] if place else None
        ends[place : place + 1] = [number]
    rise, last = set(), ends[-1] if ends else None
    while last is not None:
        rise.add(last)
        last = previous[last]
    return rise


def written() -> dict:
    """The file: `reasons`, and `styles` as found, each with its `reason`."""
    return json.loads(FILE.read_text(encoding="utf-8")) if FILE.exists() else {"reasons": {}, "styles": {}}


def main(styles: list[str]) -> None:
    """Write the file; tell the numbers."""
    old = written()
    new = old["styles"] | {
        style: _with_reasons(each, old["styles"].get(style, {})) for style, each in of(styles or STYLES).items()
    }
    in_order = {style: new[style] for style in STYLES if style in new}
    FILE.write_text(json.dumps(old | {"styles": in_order}, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    for style, each in in_order.items():
        count = sum(map(len, lists(style)))
        print(f"{style}: {count - len(each)} of {count} = {1 - len(each) / count:.2%}, without a reason {_unexplained(each)}")  # noqa: T201


def _with_reasons(differences: Differences, old: Differences) -> Differences:
    """Each with the reason that it had."""
    return {id: both | {"reason": old.get(id, {}).get("reason", "?")} for id, both in differences.items()}


def _unexplained(differences: Differences) -> int:
    return sum(each["reason"] == "?" for each in differences.values())


if __name__ == "__main__":
    main(sys.argv[1:])
