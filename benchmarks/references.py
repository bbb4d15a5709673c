"""What a work more costs in a reference list, beside citeproc-py alone, citeproc-js and pandoc; and lists of 10,000 works.

    python benchmarks/references.py [STYLE…]

Seconds of whole processes, the best of three: (1,000 works − 100 works) / 900. Works are those of tests/processor/works.py.
Needs the extra `styles`, `npm ci --prefix tests/readers`, and pandoc.
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from growth import cost

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from processor.oracle import LOCALES, OFFICIAL  # noqa: E402
from processor.works import works  # noqa: E402

STYLES = {"ieee": "ieee", "apa": "apa", "chicago": "chicago-author-date"}
OURS = """
import json, sys
from pathlib import Path
from typing import Any
from llm4rs_bib.csl import bibliography
for reference in bibliography(json.load(open(sys.argv[2])), Path(sys.argv[1]), to="html").references:
    print(reference.label, reference.text)
"""
THEIRS = """
import json, sys, warnings
from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
from citeproc.source.json import CiteProcJSON
warnings.simplefilter("ignore")
items = json.load(open(sys.argv[2]))
bibliography = CitationStylesBibliography(CitationStylesStyle(sys.argv[1], validate=False), CiteProcJSON(items), formatter.html)
bibliography.register(Citation([CitationItem(item["id"]) for item in items]))
for entry in bibliography.bibliography():
    print(entry)
"""


def printable(count: int) -> list[dict[str, Any]]:
    """So many works that every engine can print: citeproc-py fails on ranges of dates."""
    made: list[dict[str, Any]] = works(count)
    for work in made:
        if issued := work.get("issued"):
            issued["date-parts"] = issued["date-parts"][:1]
    return made


def commands(style: Path, items: Path, job: Path) -> Mapping[str, list[str]]:
    """What each engine is called with."""
    driver = str(ROOT / "tests" / "processor" / "citeproc.mjs")
    return {
        "ours": [sys.executable, "-c", OURS, str(style), str(items)],
        "citeproc-py": [sys.executable, "-c", THEIRS, str(style), str(items)],
        "citeproc-js": ["sh", "-c", f"node {driver} {LOCALES} < {job}"],
        "pandoc": ["pandoc", "-f", "csljson", "-t", "html", "--citeproc", f"--csl={style}", str(items)],
    }


def marginal(engine: str, style: Path, folder: Path) -> float:
    """Milliseconds for a work more."""
    seconds = []
    for count in (100, 1000):
        items, job = folder / f"{count}.json", folder / f"{count}-{style.stem}.json"
        made = printable(count)
        items.write_text(json.dumps(made), encoding="utf-8")
        job.write_text(json.dumps({"styles": [str(style)], "lists": [made]}), encoding="utf-8")
        seconds.append(cost(commands(style, items, job)[engine], folder / "out").seconds)
    return (seconds[1] - seconds[0]) / 900 * 1000


def main(styles: list[str]) -> None:
    """Print a row for each style and engine, with its ratio to ours; then our growth in IEEE."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for style in styles:
            path = OFFICIAL / f"{STYLES[style]}.csl"
            ours = marginal("ours", path, folder)
            print(f"{style:<8} {'ours':<12} {ours:8.3f} ms a work")
            for engine in ("citeproc-py", "citeproc-js", "pandoc"):
                theirs = marginal(engine, path, folder)
                print(f"{style:<8} {engine:<12} {theirs:8.3f} ms a work: {theirs / ours:.0f} × ours", flush=True)
        for count in (1_000, 10_000):
            items = folder / "items.json"
            items.write_text(json.dumps(printable(count)), encoding="utf-8")
            spent = cost(commands(OFFICIAL / "ieee.csl", items, items)["ours"], folder / "out")
            print(f"ieee, {count} works: {spent.seconds:.2f} s, {spent.megabytes:.0f} MB")


if __name__ == "__main__":
    main(sys.argv[1:] or list(STYLES))
