"""What the tests of `enrich` share: a catalog without a lock, the environment that leads to a simulated registry, locks compared."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from conftest import ROOT

ARXIV_INTERVAL = 3  # seconds, at true speed


def environment(address, cache, scale=20):
    """What makes the command ask the server at the address."""
    return {
        "LLM4RS_BIB_CROSSREF_URL": address,
        "LLM4RS_BIB_ARXIV_URL": f"{address}/api/query",
        "LLM4RS_BIB_ARXIV_INTERVAL": str(ARXIV_INTERVAL / scale),
        "LLM4RS_BIB_MAILTO": "tests@example.org",
        "LLM4RS_BIB_CACHE": str(cache),
    }


def fresh_catalog(folder):
    """The project's catalog in the folder, without its lock."""
    shutil.copytree(ROOT / "catalog", folder, ignore=shutil.ignore_patterns("*.json"))
    return Path(folder)


def lock_of(catalog):
    """The lock's content; an empty one if there is no file."""
    path = catalog / "works.lock.json"
    return json.loads(path.read_text()) if path.exists() else {"works": {}, "listings": {}}


def undated(value):
    """The value without the days on which registries answered."""
    if isinstance(value, dict):
        return {key: undated(each) for key, each in value.items() if key != "retrieved"}
    return [undated(each) for each in value] if isinstance(value, list) else value
