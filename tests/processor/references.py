"""The project's works in each style: `cd tests; python -m processor.references` writes data/references/*.txt anew, to be read."""

from __future__ import annotations

from pathlib import Path

from llm4rs_bib.csl import bibliography

from .lists import DATA, STYLES, catalog

FOLDER = DATA / "references"


def references(style: Path) -> str:
    """One reference a line, in the order of the catalog unless the style sorts, each behind its label."""
    found = bibliography(catalog(), style, to="text").references
    return "".join(f"{reference.label} {reference.text}".strip() + "\n" for reference in found)


def main() -> None:
    """Write them."""
    FOLDER.mkdir(exist_ok=True)
    for name, style in STYLES.items():
        (FOLDER / f"{name}.txt").write_text(references(style), encoding="utf-8")


if __name__ == "__main__":
    main()
