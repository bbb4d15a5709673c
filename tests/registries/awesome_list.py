"""Listings as a Markdown awesome list, and as a catalog in the project's format."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from .values import slug

COLUMNS = ("Date / Venue", "Model", "Paper", "Code")


@dataclass(frozen=True)
class Listing:
    """A row. `doi` is one that a person wrote beside it, as an override."""

    id: str
    category: str
    title: str
    link: str
    date: str
    venue: str
    model: str
    doi: str = ""


def as_markdown(listings):
    lines = ["# Awesome Papers That Do Not Exist", ""]
    for category in categories(listings):
        lines += [f"## {category}", "", f"| {' | '.join(COLUMNS)} |", f"|{' --- |' * len(COLUMNS)}"]
        lines += [
            f"| {row.date} / {row.venue} | {row.model} | [{row.title}]({row.link}) | N/A |"
            for row in listings
            if row.category == category
        ]
        lines.append("")
    return "\n".join(lines)


def categories(listings):
    return list(dict.fromkeys(row.category for row in listings))


def write_catalog(folder, listings):
    """`catalog.yaml` and a file for each category. Strings are quoted as JSON, which is YAML too."""
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    head = ["format: 1", 'title: "Awesome Papers That Do Not Exist"', "categories:"]
    for category in categories(listings):
        head += [f"- slug: {slug(category)}", f"  heading: {category}", "  level: 2", f"  columns: {json.dumps(COLUMNS)}"]
        rows = [_row(row) for row in listings if row.category == category]
        (folder / f"{slug(category)}.yaml").write_text("".join(rows), encoding="utf-8")
    (folder / "catalog.yaml").write_text("\n".join(head) + "\n", encoding="utf-8")


def _row(row):
    fields = {"title": row.title, "link": row.link, "date": row.date, "venue": row.venue, "model": row.model, "code": "N/A"}
    lines = [f"- id: {row.id}", *(f"  {name}: {json.dumps(text, ensure_ascii=False)}" for name, text in fields.items())]
    if row.doi:
        lines += ["  override:", f"    DOI: {json.dumps(row.doi)}"]
    return "\n".join(lines) + "\n"
