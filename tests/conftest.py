"""What the tests share: running the command as its users do, and a catalog of its own for each test."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import settings

settings.register_profile("tests", deadline=None, derandomize=True)
settings.load_profile("tests")

ROOT = Path(__file__).parent.parent
DATA = ROOT / "tests" / "data"


@dataclass(frozen=True)
class Result:
    """What a run of the command gave."""

    code: int
    out: str
    err: str


# For processes that must not be measured: a copy of the package elsewhere, a disk that is full.
UNMEASURED = {name: value for name, value in os.environ.items() if not name.startswith("COV")}

Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Run `llm4rs-bib ARGS…` as a process of its own, in the test's folder, where no catalog is."""

    def run(*args: str | Path, cwd: Path = tmp_path, **environment: str) -> Result:
        command = [sys.executable, "-m", "llm4rs_bib", *map(str, args)]
        env = {**{k: v for k, v in os.environ.items() if not k.startswith("LLM4RS_BIB")}, **environment}
        done = subprocess.run(command, cwd=cwd, env=env, capture_output=True, check=False)
        return Result(done.returncode, done.stdout.decode(), done.stderr.decode())

    return run


@pytest.fixture
def catalog(tmp_path: Path) -> Path:
    """A copy of the project's own catalog, to change."""
    return Path(shutil.copytree(ROOT / "catalog", tmp_path / "catalog"))


@pytest.fixture
def other(tmp_path: Path) -> Path:
    """A copy of the catalog of another shape."""
    return Path(shutil.copytree(DATA / "other", tmp_path / "other"))
