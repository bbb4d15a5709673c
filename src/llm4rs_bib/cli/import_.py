"""`import`: a Markdown list into a catalog, or its new rows into one that exists."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import click

from ..awesome import AwesomeList, name_listings, parse
from ..catalog import CATALOG, dumps_catalog, dumps_listings, insert, read_folder, read_text
from ..errors import CatalogError, Fault, ListError
from ..model import Catalog
from ..update import Update, compare
from .files import one_writer, write_file
from .session import Session, note, warn


@click.command("import")
@click.argument("list_file", metavar="LIST.md", type=click.Path(path_type=Path))
@click.pass_obj
def command(session: Session, list_file: Path) -> int:
    """Read an awesome list into the catalog.

    Every row is accounted for. In a catalog that exists, new rows are put behind their neighbour and nothing else is
    touched; if a row differs from what the catalog has, that is said and nothing is written.
    """
    found = parse(read_text(list_file, ListError), str(list_file))
    for fault in found.left_out:
        note(f"{fault}: left out")
    folder = session.import_folder
    with one_writer(folder):
        if (folder / CATALOG).exists():
            update = compare(read_folder(folder)[0], found.categories)
            result = _update(folder, update)
        else:
            update = None
            result = _create(folder, found, list_file.stem)
    note(_summary(found, update))
    return 1 if found.left_out else result


def _create(folder: Path, found: AwesomeList, fallback_title: str) -> int:
    catalog = Catalog(
        title=found.title or fallback_title, text_before=found.text_before, categories=name_listings(found.categories)
    )
    files = {
        folder / f"{category.slug}.yaml": dumps_listings(category.listings) for category in catalog.categories if category.columns
    }
    for path, text in files.items():
        if path.exists() and path.read_bytes() != text.encode():
            raise CatalogError(Fault(str(path), f"there is no {CATALOG} beside it, and it would be overwritten; move it away"))
    files[folder / CATALOG] = dumps_catalog(catalog)  # last: a folder without it is no catalog yet
    for path, text in files.items():
        write_file(path, text)
    return 0


def _update(folder: Path, update: Update) -> int:
    for fault in update.changed:
        note(str(fault))
    if update.gone:
        warn(f"not in the list, kept in the catalog: {', '.join(update.gone)}")
    if update.changed:
        return 1
    files: dict[Path, str] = {}

    def text_of(name: str) -> str:
        path = folder / name
        return files[path] if path in files else read_text(path, CatalogError) if path.exists() else ""

    for slug, listing, after in update.new_listings:
        files[folder / f"{slug}.yaml"] = insert(text_of(f"{slug}.yaml"), listing, after)
    for category, before in update.new_categories:
        files.setdefault(folder / f"{category.slug}.yaml", dumps_listings(()))
        files[folder / CATALOG] = insert(text_of(CATALOG), replace(category, listings=()), before)
    for path, text in files.items():
        write_file(path, text)
    return 0


def _summary(found: AwesomeList, update: Update | None) -> str:
    left_out = len(found.left_out)
    summary = f"{found.rows} rows: {found.rows - left_out} listings, {left_out} left out"
    if update and update.changed:
        differences = "1 difference" if len(update.changed) == 1 else f"{len(update.changed)} differences"
        return f"{summary}; {differences} from the catalog, nothing written"
    return f"{summary}; {len(update.new_listings)} new" if update and update.new_listings else summary
