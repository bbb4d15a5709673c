from __future__ import annotations

import json

import jsonschema
import pytest
from conftest import DATA, ROOT

from llm4rs_bib.catalog import CATALOG, yamltree
from llm4rs_bib.schema import schemas


def test_the_committed_schemas_are_fresh():
    for name, schema in schemas().items():
        assert json.dumps(schema, indent=1) + "\n" == (ROOT / "docs" / "schema" / name).read_text(), "run make schema"


def data(node):
    """A tree as an editor sees it."""
    if isinstance(node, yamltree.Fields):
        return {str(key): data(value) for key, value in node.items()}
    if isinstance(node, yamltree.Items):
        return [data(item) for item in node]
    return None if node.null else int(node) if node.isdigit() else str(node)


FILES = [*sorted((ROOT / "catalog").glob("*.yaml")), *sorted((DATA / "other").glob("*.yaml"))]


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_every_catalog_of_ours_is_valid(path):
    name = "catalog.schema.json" if path.name == CATALOG else "category.schema.json"
    jsonschema.Draft202012Validator.check_schema(schemas()[name])
    jsonschema.validate(data(yamltree.read(path.read_text())), schemas()[name])


@pytest.mark.parametrize(
    "listing",
    [
        {"id": "a"},
        {"id": "a", "title": "T", "titel": "x"},
        {"id": "a b", "title": "T"},
        {"id": "a", "title": "T", "override": {"DOY": "x"}},
    ],
)
def test_what_the_program_refuses_the_editor_marks(listing):
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate([listing], schemas()["category.schema.json"])
