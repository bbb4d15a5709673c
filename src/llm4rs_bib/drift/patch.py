"""A list's Markdown with rows corrected, and the unified diff that makes it so.

Format: https://www.gnu.org/software/diffutils/manual/html_node/Detailed-Unified.html, read by `git apply` and `patch -p1`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from ..model import Listing
from . import Finding

# A row's lines, its columns and their fields, the row as it is and as it should be → its new lines; None: it cannot be written.
Rewrite = Callable[[str, tuple[str, ...], Mapping[str, tuple[str, ...]], Listing, Listing], str | None]

_CONTEXT = 3  # lines around a change
_LINE_ENDS = r"(\r\n|[\r\n])"  # as CommonMark counts lines


class Change(NamedTuple):
    """A row to write anew."""

    line: int  # where it begins, from 1
    columns: tuple[str, ...]  # its table's headings
    fields: Mapping[str, tuple[str, ...]]  # heading → the fields in its cells
    old: Listing
    new: Listing


def corrected(listing: Listing, findings: Sequence[Finding]) -> Listing:
    """The listing as its findings say it should be; of two for one field the later counts."""
    columns = dict(listing.columns)
    fields: dict[str, str] = {}
    for each in findings:
        if each.new is not None:
            (columns if each.field in columns else fields)[each.field] = each.new
    return replace(listing, columns=columns, **fields)  # type: ignore[arg-type]  # fields that hold text


def rewritten_list(markdown: str, changes: Sequence[Change], rewrite: Rewrite) -> tuple[str, tuple[Change, ...]]:
    """The Markdown with its rows changed, line ends as they are; and the changes that cannot be written."""
    mark = "\ufeff" if markdown.startswith("\ufeff") else ""
    pieces = re.split(_LINE_ENDS, markdown.removeprefix(mark))  # lines, and between them their ends
    left = []
    for change in changes:
        first = 2 * (change.line - 1)
        behind = first + 2 * (change.old.text or "").count("\n") + 1
        written = rewrite("\n".join(pieces[first:behind:2]), change.columns, change.fields, change.old, change.new)
        lines = written.split("\n") if written is not None else []
        if len(lines) == len(pieces[first:behind:2]):
            pieces[first:behind:2] = lines
        else:
            left.append(change)
    return mark + "".join(pieces), tuple(left)


def unified(old: str, new: str, path: str) -> str:
    """The diff from one text to another with as many lines; "" if they are the same."""
    before, after = (re.findall(r"[^\n]*\n|[^\n]+", each) for each in (old, new))
    changed = [i for i, pair in enumerate(zip(before, after, strict=True)) if pair[0] != pair[1]]
    if not changed:
        return ""
    head = f"--- {_name(f'a/{path}')}\n+++ {_name(f'b/{path}')}\n"
    return head + "".join(line for hunk in _hunks(changed) for line in _hunk(hunk, before, after))


def _name(path: str) -> str:
    """A path as it stands in a diff: quoted as in C, or with a tab behind it if it has a space."""
    if re.search(r'["\\\x00-\x1f]', path):
        return '"' + re.sub(r'["\\\x00-\x1f]', lambda match: f"\\{ord(match[0]):03o}", path) + '"'
    return f"{path}\t" if " " in path else path


def _hunks(changed: Sequence[int]) -> Iterator[list[int]]:
    """Changed lines whose surroundings touch, together."""
    hunk = [changed[0]]
    for line in changed[1:]:
        if line - hunk[-1] > 2 * _CONTEXT:
            yield hunk
            hunk = []
        hunk.append(line)
    yield hunk


def _hunk(changed: Sequence[int], before: Sequence[str], after: Sequence[str]) -> Iterator[str]:
    first, behind = max(0, changed[0] - _CONTEXT), min(len(before), changed[-1] + _CONTEXT + 1)
    place = f"{first + 1},{behind - first}"
    yield f"@@ -{place} +{place} @@\n"
    line = first
    while line < behind:
        end = line
        while end < behind and before[end] != after[end]:
            end += 1
        yield from (_line("-", each) for each in before[line:end])
        yield from (_line("+", each) for each in after[line:end])
        if end == line:
            yield _line(" ", before[line])
        line = max(end, line + 1)


def _line(sign: str, line: str) -> str:
    return f"{sign}{line}" if line.endswith("\n") else f"{sign}{line}\n\\ No newline at end of file\n"
