"""JSON Schemas of the catalog's YAML files, for editors: generated from the model's values.

`python -m llm4rs_bib.schema FOLDER` writes them (https://json-schema.org/draft/2020-12).
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from pathlib import Path

from .catalog.lists import FORMAT, ID, KEY, written_fields
from .model import TYPES, Category, Listing, required_fields
from .overrides import VARIABLES

Schema = dict[str, object]
# An editor reads 2023.6 as a number and `no` as false; llm4rs-bib reads every scalar as text.
_TEXT: Schema = {"type": ["string", "number", "boolean"]}
_CELLS: Schema = {"type": "object", "additionalProperties": {"type": ["string", "number", "boolean", "null"]}}
_MEANINGS: Mapping[type, Mapping[str, str]] = {
    Listing: {
        "id": "A short name, unique in the catalog; it does not change.",
        "title": "The paper's title, as the list has it.",
        "link": "Where the list links to.",
        "date": "The list's date: 2023.6",
        "venue": "The list's venue label: RecSys'24",
        "model": "The name of the paper's model or method.",
        "code": "The list's cell for code, in Markdown.",
        "columns": "The cells of the category's own columns, by heading.",
        "text": "The bullet's Markdown, where the fields above do not give it back.",
        "key": "A citation key of your own; it wins over the one in the lock.",
        "override": "CSL variables that win over what the lock has; null removes one.",
    },
    Category: {
        "slug": "The name of its file, without .yaml; also for --category.",
        "heading": "The heading in the list, with its number.",
        "level": "The heading's level, 1 to 6; a deeper one nests in the category above.",
        "heading_markdown": "The heading's Markdown, if it is not '## heading'; empty: a further block under the heading above.",
        "columns": "The table's headings, in order; none: a list of bullets.",
        "align": "For each column ':-', ':-:', '-:' or '-'.",
        "fields": "The field that a column holds, where its cells and not its heading told it.",
        "text_before": "Markdown between the heading and the table.",
        "unread": "Rows that are no papers: the id of the listing above (empty: the top) and the row's Markdown.",
        "text_after": "Markdown between the table and the next heading.",
    },
}
_NAMES: Schema = {"type": "array", "items": {"type": "string"}, "description": "'Family, Given' or '{Group}'"}
_SPECIAL: Mapping[str, Schema] = {
    "id": {"type": ["string", "number"], "pattern": f"^{ID}$"},
    "slug": {"type": ["string", "number"], "pattern": f"^{ID}$"},
    "key": {"type": ["string", "number"], "pattern": f"^{KEY}$"},
    "level": {"type": "integer", "minimum": 1, "maximum": 6},
}


def _override() -> Schema:
    nullable: Schema = {"type": ["string", "number", "null"]}
    special: dict[str, Schema] = {
        "author": {"oneOf": [_NAMES, {"type": "null"}]},
        "type": {"enum": list(TYPES)},
        "title": _TEXT,
    }
    properties = {variable: special.get(variable, nullable) for variable in VARIABLES}
    return {"type": "object", "properties": properties, "additionalProperties": False}


def _object(value_type: type) -> Schema:
    properties = {}
    for each in written_fields(value_type):
        shape = dict(_SPECIAL.get(each.name, _TEXT))
        if value_type is Category and each.name in ("columns", "align"):
            shape = {"type": "array", "items": _TEXT}
        elif each.name in ("columns", "fields", "unread"):
            shape = dict(_CELLS)
        elif each.name == "override":
            shape = _override()
        properties[each.name] = {**shape, "description": _MEANINGS[value_type][each.name]}
    return {
        "type": "object",
        "properties": properties,
        "required": list(required_fields(value_type)),
        "additionalProperties": False,
    }


def schemas() -> dict[str, Schema]:
    """File name → schema: of catalog.yaml, and of a category's file."""
    head: Schema = {"$schema": "https://json-schema.org/draft/2020-12/schema"}
    top: Schema = {
        "type": "object",
        "properties": {
            "format": {"const": FORMAT},
            "title": {**_TEXT, "description": "The list's title."},
            "heading_markdown": {
                **_TEXT,
                "description": "The title's lines, where '# title' does not give them back; empty: the list has none.",
            },
            "text_above": {**_TEXT, "description": "Markdown above the title."},
            "text_before": {**_TEXT, "description": "Markdown between the title and the first heading."},
            "columns": {
                **_CELLS,
                "description": "A column's heading: the field that it holds, or - for none.",
            },
            "venues": {
                "type": "object",
                "additionalProperties": _TEXT,
                "description": "The title of proceedings or a journal: the short name that --venue short prints for it.",
            },
            "categories": {"type": "array", "items": _object(Category)},
        },
        "required": ["format", "title"],
        "additionalProperties": False,
    }
    return {
        "catalog.schema.json": {**head, "title": "llm4rs-bib: catalog.yaml", **top},
        "category.schema.json": {
            **head, "title": "llm4rs-bib: the listings of a category", "type": ["array", "null"], "items": _object(Listing),
        },
    }  # fmt: skip


def main(folder: Path) -> None:
    """Write the schemas into the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, schema in schemas().items():
        (folder / name).write_text(json.dumps(schema, indent=1) + "\n", encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
