"""Which fixtures of the public suite pass: `cd tests; python -m processor.passing` writes data/processor/passing.txt anew."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from .suite import Fixture, fixtures
from .suite_format import rendered

LIST = Path(__file__).parent.parent / "data" / "processor" / "passing.txt"
SUITE = Path(os.environ.get("CSL_SUITE") or Path(tempfile.gettempdir()) / "csl-suite")
MISSING = f"{SUITE} has no fixtures: unpack test/csl of Debian's source package haskell-citeproc there, as .ci/run does, or set CSL_SUITE"


def bibliographies() -> dict[str, Fixture]:
    """The fixtures of mode "bibliography", by name."""
    return {fixture.name: fixture for fixture in fixtures(SUITE) if fixture.mode == "bibliography"}


def main() -> None:
    """Write the list, and tell the share."""
    found = bibliographies()
    if not found:
        raise SystemExit(MISSING)
    passing = [name for name, fixture in found.items() if rendered(fixture) == fixture.result]
    LIST.write_text("".join(f"{name}\n" for name in passing), encoding="utf-8")
    print(f"{len(passing)} of {len(found)} pass: {len(passing) / len(found):.1%}")  # noqa: T201


if __name__ == "__main__":
    main()
