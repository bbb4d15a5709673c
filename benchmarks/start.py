"""How long `llm4rs-bib export --format bibtex` takes as a whole process, against `python -c 'import click, yaml'`.

The two run in turn, 15 pairs after one that does not count; the median of the ratios is the figure (at most 2).
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from pathlib import Path

PAIRS = 15
ROOT = Path(__file__).parent.parent
EXPORT = [str(Path(sys.executable).with_name("llm4rs-bib")), "--catalog", str(ROOT / "catalog"), "export", "--format", "bibtex"]
BASE = [sys.executable, "-c", "import click, yaml"]


def seconds(command: list[str]) -> float:
    """The wall time of a whole process."""
    begin = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - begin


def main() -> None:
    """Print the medians and the median ratio."""
    pairs = [(seconds(EXPORT), seconds(BASE)) for _ in range(PAIRS + 1)][1:]
    export, base = (statistics.median(times) for times in zip(*pairs, strict=True))
    ratios = [one / other for one, other in pairs]
    print(f"export --format bibtex  {export * 1000:6.0f} ms (median of {PAIRS})")
    print(f"import click, yaml      {base * 1000:6.0f} ms")
    print(f"ratio                   {statistics.median(ratios):6.2f} (median; {min(ratios):.2f} to {max(ratios):.2f})")


if __name__ == "__main__":
    main()
