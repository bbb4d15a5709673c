"""Time and memory of load and export as catalogs grow, side by side with pandoc's CSL-JSON → BibTeX where that is installed.

Whole processes, each with its own peak of memory: `python benchmarks/growth.py [LISTINGS…]`, by default 70 to 100,000.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

from made_up import write_catalog

SIZES = (70, 1_000, 10_000, 100_000)
PANDOC_UP_TO = 10_000
RUNS = 3
PROGRAM = str(Path(sys.executable).with_name("llm4rs-bib"))


class Cost(NamedTuple):
    """Of one whole process."""

    seconds: float
    megabytes: float


def cost(command: list[str], output: Path) -> Cost:
    """The best of some runs; standard output goes into the file."""
    return min(_once(command, output) for _ in range(RUNS))


def _once(command: list[str], output: Path) -> Cost:
    begin = time.perf_counter()
    child = os.posix_spawnp(
        command[0],
        command,
        os.environ,
        file_actions=[(os.POSIX_SPAWN_OPEN, 1, str(output), os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)],
    )
    _, status, usage = os.wait4(child, 0)
    if status:
        sys.exit(f"{command[0]} failed")
    unit = 1024 * 1024 if sys.platform == "darwin" else 1024
    return Cost(time.perf_counter() - begin, usage.ru_maxrss / unit)


def main(sizes: list[int]) -> None:
    """Print a row for each size."""
    print(f"{'listings':>9}  {'list (load only)':>18}  {'bibtex':>18}  {'csl-json':>18}  {'pandoc json → bibtex':>20}")
    with tempfile.TemporaryDirectory() as name:
        for size in sizes:
            folder = Path(name) / str(size)
            write_catalog(folder / "catalog", size)
            base = [PROGRAM, "--catalog", str(folder / "catalog")]
            row = [
                cost([*base, "list", "no such words"], folder / "none"),
                cost([*base, "export", "--format", "bibtex"], folder / "r.bib"),
                cost([*base, "export", "--format", "csl-json"], folder / "r.json"),
            ]
            if size <= PANDOC_UP_TO and shutil.which("pandoc"):
                row.append(cost(["pandoc", "-f", "csljson", "-t", "bibtex", str(folder / "r.json")], folder / "p.bib"))
            cells = "  ".join(f"{each.seconds:8.2f} s {each.megabytes:5.0f} MB" for each in row)
            print(f"{size:>9}  {cells}", flush=True)


if __name__ == "__main__":
    main([int(word) for word in sys.argv[1:]] or list(SIZES))
