"""README and docs against the program: commands that exist, an example that runs, a table with every field."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys

import pytest
from conftest import ROOT

from llm4rs_bib.checked import FIELDS, parse
from llm4rs_bib.model import PartialDate

README = (ROOT / "README.md").read_text()


def test_every_command_of_the_readme_is_one(run):
    commands = re.findall(r"(?m)^    llm4rs-bib (.+?)(?: *#.*)?$", README)
    assert len(commands) >= 8
    for line in commands:
        name, *options = [word for word in shlex.split(line) if not word.startswith("[")]
        shown = run(name, "--help")
        assert shown.code == 0
        for option in (word for word in options if word.startswith("--")):
            assert option in shown.out


def test_the_readme_s_make_targets_are_there():
    makefile = (ROOT / "Makefile").read_text()
    for target in re.findall(r"\bmake ([a-z-]+)", README + (ROOT / "CONTRIBUTING.md").read_text()):
        assert f"\n{target}:" in makefile


def test_the_readme_s_python_runs():
    (code,) = re.findall(r"(?s)```python\n(.*?)```", README)
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=True)
    assert (ROOT / "exports" / "categories" / "model-enhancement.bib").read_bytes() + b"\n" == done.stdout


def test_the_readme_s_listing_is_read():
    from llm4rs_bib.catalog import loads_listings

    block = re.search(r"(?s)    - id: kar\n.*?publisher: null\n", README)
    (listing,) = loads_listings(re.sub("(?m)^    ", "", block[0]), "README.md")
    assert (listing.id, listing.date, listing.override["publisher"]) == ("kar", "2023.6", None)


def test_the_curate_page_describes_every_field_and_its_example_is_read():
    page = (ROOT / "docs" / "curate.md").read_text()
    table = "\n".join(line.split("|")[1] for line in page.split("\n") if line.startswith("|"))
    assert set(FIELDS) == set(re.findall(r"`(\w+)`", table))
    example = re.search(r"(?ms)^    \[$.*?^    \]$", page)
    (found,) = parse(example[0], "example", PartialDate(2026))
    assert found.record.work.title.startswith("TRAWL")


@pytest.mark.parametrize(
    "path",
    [
        "README.md",
        "CONTRIBUTING.md",
        "docs/design.md",
        "docs/curate.md",
        "docs/drift.md",
        "docs/enrich.md",
        "docs/latex.md",
        "docs/readers.md",
        "styles/README.md",
    ],
)
def test_links_lead_somewhere(path):
    for link in re.findall(r"\]\((?!http)([^)#]+)\)", (ROOT / path).read_text()):
        assert (ROOT / path).parent.joinpath(link).exists(), link
