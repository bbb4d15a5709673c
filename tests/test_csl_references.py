"""The project's works in each style, as read by a person: data/references/*.txt, which `cd tests; python -m processor.references` writes anew."""

from __future__ import annotations

import pytest
from processor.lists import STYLES
from processor.references import FOLDER, references


@pytest.mark.parametrize("name", STYLES)
def test_references_are_those_read(name):
    assert references(STYLES[name]) == (FOLDER / f"{name}.txt").read_text(encoding="utf-8")


def test_each_list_has_its_style():
    assert {path.stem for path in FOLDER.glob("*.txt")} == STYLES.keys()
