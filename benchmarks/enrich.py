"""What enrichment costs: requests, and time as a ratio to what the registries' limits allow, against simulated registries.

The peer to beat asks two requests and 3.4 s a reference, and cannot resume.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

ROOT = Path(__file__).parent.parent
ARXIV, CROSSREF = (
    3.0,
    1 / 3,
)  # seconds between requests: https://info.arxiv.org/help/api/tou.html, Crossref's polite pool for lists


@contextmanager
def registries(papers: str, scale: float, catalog: Path | None = None) -> Iterator[str]:
    """The address of a server that plays both."""
    command = [sys.executable, "-m", "registries", "--papers", papers, "--scale", str(scale)]
    command += ["--catalog", str(catalog)] if catalog else []
    with subprocess.Popen(command, cwd=ROOT / "tests", stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout
        yield server.stdout.readline().strip()
        server.terminate()


def enrich(folder: Path, address: str, scale: float) -> tuple[float, dict[str, int], str]:
    """Seconds, requests by source, and the summary of a run in the folder."""
    environment = {
        **os.environ,
        "LLM4RS_BIB_CROSSREF_URL": address,
        "LLM4RS_BIB_ARXIV_URL": f"{address}/api/query",
        "LLM4RS_BIB_ARXIV_INTERVAL": str(ARXIV / scale),
        "LLM4RS_BIB_MAILTO": "bench@example.org",
        "LLM4RS_BIB_CACHE": str(folder / "cache"),
    }
    start = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-m", "llm4rs_bib", "enrich"], cwd=folder, env=environment, capture_output=True, text=True, check=True
    )
    seconds = time.monotonic() - start
    summary = done.stderr.strip().splitlines()[-1]
    asked = {source: int(count) for source, count in re.findall(r"(arxiv|crossref) (\d+)", summary.partition("requests:")[2])}
    return seconds, asked, summary


def report(name: str, papers: str, scale: float, *, ours: bool) -> None:
    """Print one measurement: a run, and the same again."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        catalog = folder / "catalog"
        with registries(papers, scale, None if ours else catalog) as address:
            if ours:
                catalog.mkdir()
                for path in (ROOT / "catalog").glob("*.yaml"):
                    (catalog / path.name).write_bytes(path.read_bytes())
            seconds, asked, summary = enrich(folder, address, scale)
            again, asked_again, _ = enrich(folder, address, scale)
            with urlopen(f"{address}/_stats") as answer:  # noqa: S310  # our own server
                violations = json.load(answer)["violations_in_all"]
    allowed = max(asked.get("arxiv", 0) * ARXIV, asked.get("crossref", 0) * CROSSREF) / scale
    print(f"{name}: {summary}")
    print(f"  {sum(asked.values())} requests, {seconds:.1f} s; the limits allow {allowed:.1f} s: ratio {seconds / allowed:.2f}")
    print(f"  violations of limits: {violations}; again: {sum(asked_again.values())} requests, {again:.1f} s")


if __name__ == "__main__":
    report("69 papers, true speed", "ours", 1, ours=True)
    report("10,000 papers with arXiv id and DOI, 20 times the speed", "both:10000", 20, ours=False)
