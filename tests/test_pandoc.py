"""pandoc, a strict reader of both formats, gives back every paper's title and authors."""

from __future__ import annotations

import json
import subprocess

import pytest
from conftest import DATA, ROOT

pytestmark = pytest.mark.big

FACTS = json.loads((DATA / "facts.json").read_text())


def read(format, name):
    command = ["pandoc", "-f", format, "-t", "csljson", str(ROOT / "exports" / name)]
    return json.loads(subprocess.run(command, capture_output=True, check=True).stdout)


@pytest.mark.parametrize(("format", "name"), [("csljson", "references.json"), ("bibtex", "references.bib")])
def test_every_paper_comes_back(format, name):
    items = {item["id"]: item for item in read(format, name)}
    keys = [item["id"] for item in json.loads((ROOT / "exports" / "references.json").read_text())]
    assert len(items) == 69
    for fact, key in zip(FACTS, keys, strict=True):
        found = [(each["given"], each["family"]) for each in items[key]["author"]]
        assert [(each["given"], each["family"]) for each in fact["authors"]] == found
        title = items[key]["title"].replace('<span class="nocase">', "").replace("</span>", "")
        assert fact["title"].lower() == title.lower()
        assert (fact["doi"] or items[key].get("DOI", "")) == items[key].get("DOI", "")
        assert fact["year"] == int(items[key]["issued"]["date-parts"][0][0])
