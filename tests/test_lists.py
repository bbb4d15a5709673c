"""Lists in the habits of real ones, with what a careful person reads in them."""

from __future__ import annotations

import pytest
import yaml
from conftest import DATA

from llm4rs_bib.awesome import parse
from llm4rs_bib.awesome.rows import FIELDS

CASES = sorted(path.stem for path in (DATA / "lists").glob("*.md"))


def shown(listing, expected):
    """The fields that the case speaks of; all of them for a table's row, where every field is told."""
    return {name: value for name in FIELDS if (value := getattr(listing, name)) is not None and name in expected}


@pytest.mark.parametrize("case", CASES)
def test_a_list_is_read_as_a_careful_person_reads_it(case):
    expected = yaml.load((DATA / "lists" / f"{case}.yaml").read_text(), yaml.BaseLoader)
    found = parse((DATA / "lists" / f"{case}.md").read_text(), "list.md")
    read = [
        {"heading": category.title, "listings": [listing for listing in category.listings]}
        for category in found.categories
        if category.listings
    ]
    wanted = [category for category in expected["categories"] if category.get("listings")]
    assert [[listing.title for listing in each["listings"]] for each in read] == [
        [listing["title"] for listing in each["listings"]] for each in wanted
    ]
    for have, want in zip(read, wanted, strict=True):
        assert [shown(listing, fields) for listing, fields in zip(have["listings"], want["listings"], strict=True)] == want["listings"]
