"""Findings as text for people, as Markdown for an issue or a comment, and as JSON."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from itertools import groupby

from .. import text
from . import KINDS, Finding

# What the findings of a kind have in common, in words.
_MEANINGS: Mapping[str, str] = {
    "mojibake": "letters that were read in another encoding",
    "title": "the title is not the paper's present one",
    "model": "the title contradicts the name of the model",
    "published-since": "a preprint that has been published",
    "venue": "the paper was published at another venue",
    "venue-year": "the venue's year is another one",
    "preprint-link": "the link leads to a preprint though the paper is published",
    "first-posting": "the date is not that of the first posting",
    "duplicate": "an earlier row is for the same paper, or has the title or the link",
    "retracted": "retracted or withdrawn",
    "dead-id": "the registry does not know the identifier",
}
_MARKDOWN = r"[\\`*_\[\]<>|~&$]"
_REFERENCES = r"@|#(?=\d)|(?i:\bGH-)(?=\d)|:(?=\w+:)"  # what GitHub makes mentions, links and emoji of
_NOTHING = "–"


def counts(findings: Sequence[Finding]) -> dict[str, int]:
    """Kind → how many findings, of those that there are."""
    found = Counter(finding.kind for finding in findings)
    return {kind: found[kind] for kind in KINDS if kind in found}


def as_text(findings: Sequence[Finding]) -> str:
    """Row by row: a line for each field to look at, and below one that says why."""
    rows = groupby(findings, lambda finding: (finding.where, finding.listing))
    return "\n".join(line for _, row in rows for line in _row(list(row)))


def _row(findings: Sequence[Finding]) -> Iterator[str]:
    yield ": ".join(filter(None, (findings[0].where, findings[0].listing)))
    for why, those in groupby(findings, lambda finding: finding.why):
        for each in those:
            should = f" → {text.clean(each.new)}" if each.new else ""
            yield f"  {each.field}: {text.clean(each.now or _NOTHING)}{should} ({each.kind})"
        yield f"    {text.clean(why)}"
    yield ""


def as_markdown(findings: Sequence[Finding]) -> str:
    """A section and a table for each kind. Nothing that the list or a registry wrote becomes markup, a mention or a reference."""
    return "\n".join(
        line for kind in counts(findings) for line in _section(kind, [each for each in findings if each.kind == kind])
    )


def _section(kind: str, findings: Sequence[Finding]) -> Iterator[str]:
    yield from (f"### {kind}: {len(findings)}", "", f"{_MEANINGS[kind].capitalize()}.", "")
    yield from ("| Row | Field | The list says | It should say | Why |", "| --- | --- | --- | --- | --- |")
    for each in findings:
        row = " ".join(_code(part) for part in (each.where, each.listing) if part)
        yield f"| {row} | {_prose(each.field)} | {_code(each.now)} | {_code(each.new)} | {_prose(each.why)} |"
    yield ""


def _code(value: str | None) -> str:
    """A code span: its text is shown as it is. GitHub takes a backslash before a `|` in a table away even there."""
    shown = text.clean(value or "").replace("|", "\\|")
    if not shown:
        return _NOTHING
    fence = "`" * (1 + max(map(len, re.findall("`+", shown)), default=0))
    space = " " if "`" in (shown[0], shown[-1]) else ""
    return f"{fence}{space}{shown}{space}{fence}"


def _prose(value: str) -> str:
    """The words, with what would be markup escaped, and what GitHub would link parted by a space without width."""
    escaped = re.sub(_MARKDOWN, r"\\\g<0>", text.clean(value))
    return re.sub(_REFERENCES, r"\g<0>&#8203;", escaped)


def as_json(findings: Sequence[Finding]) -> str:
    """An object with the number of findings of each kind, and the findings: docs/drift.md."""
    content = {"format": 1, "counts": counts(findings), "findings": [asdict(finding) for finding in findings]}
    return json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
