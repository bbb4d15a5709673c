"""How long 10,000 entries take in each format, and how long other programs take to write or rewrite as many.

Whole processes, the best of some runs: `python benchmarks/formats.py [LISTINGS]`. "beyond loading" is the time without that of
reading the catalog; a peer's figure is without that of an empty run. Needs `npm ci --prefix tests/readers`, and pandoc.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from growth import PROGRAM, cost
from made_up import write_catalog

from llm4rs_bib.export import FORMATS

READ = ["node", str(Path(__file__).parent.parent / "tests" / "readers" / "read.mjs")]


def main(size: int) -> None:
    """Print a row for each format and each peer, with its ratio to our BibTeX."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_catalog(folder / "catalog", size)
        base = [PROGRAM, "--catalog", str(folder / "catalog")]
        load = cost([*base, "list", "no such words"], folder / "none").seconds
        print(f"load {size} listings  {load:6.2f} s")
        (folder / "empty.json").write_text("[]")
        (folder / "empty.bib").write_text("")
        for format, each in FORMATS.items():
            whole = cost([*base, "export", "--format", format], folder / f"r.{each.ending}")
            print(f"{format:<34}  {whole.seconds - load:6.2f} s beyond loading, {whole.megabytes:4.0f} MB")
            if format == "bibtex":
                ours = whole.seconds - load
        for peer, command, ending in (
            ("pandoc csljson → bibtex", ["pandoc", "-f", "csljson", "-t", "bibtex"], "json"),
            ("pandoc bibtex → csljson", ["pandoc", "-f", "bibtex", "-t", "csljson"], "bib"),
            ("citation-js bibtex → csljson", [*READ, "citation-js"], "bib"),
            ("bibtex-tidy", [*READ, "bibtex-tidy"], "bib"),
        ):
            empty = cost([*command, str(folder / f"empty.{ending}")], folder / "none").seconds
            theirs = cost([*command, str(folder / f"r.{ending}")], folder / "peer")
            seconds = theirs.seconds - empty
            print(f"{peer:<34}  {seconds:6.2f} s, {theirs.megabytes:4.0f} MB: {seconds / ours:.1f} × ours", flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
