"""`import`: a Markdown list into a catalog, or its new rows into one that exists."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import click

from ..awesome import AwesomeList, parse
from ..catalog import CATALOG, dumps_catalog, dumps_listings, read_folder, read_lock, read_text
from ..catalog.insertion import insert
from ..entries import taken_names
from ..errors import CatalogError, Fault, ListError
from ..listingid import name_listings
from ..model import Catalog, Category, Listing
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
        if os.path.exists(folder / CATALOG):
            catalog, lock, warnings = read_folder(folder)
            for warning in warnings:
                warn(warning)
            update = compare(catalog, lock, found)
            result = _update(folder, update)
        else:
            update, result = None, _create(folder, found, list_file.stem)
    note(_summary(found, update))
    return 1 if found.left_out else result


def _create(folder: Path, found: AwesomeList, fallback_title: str) -> int:
    catalog = Catalog(
        title=found.title or os.fsencode(fallback_title).decode(errors="replace"),
        text_above=found.text_above,
        text_before=found.text_before,
        categories=name_listings(found.categories, taken_names(Catalog(title=""), read_lock(folder))),
    )
    files = {
        folder / f"{category.slug}.yaml": dumps_listings(category.listings) for category in catalog.categories if category.columns
    }
    _check_not_in_the_way(files, f"there is no {CATALOG} beside it")
    files[folder / CATALOG] = dumps_catalog(catalog)  # last: a folder without it is no catalog yet
    for path, text in files.items():
        write_file(path, text)
    return 0


def _update(folder: Path, update: Update) -> int:
    for fault in update.changed:
        note(str(fault))
    for kept in update.kept:
        warn(kept)
    if update.changed:
        return 1
    new_sections = {category.slug for category, _ in update.new_categories if category.columns}
    new_files, files = {}, {}
    for slug in dict.fromkeys([slug for slug, _, _ in update.new_listings] + sorted(new_sections)):
        path = folder / f"{slug}.yaml"
        rows = [(listing, after) for where, listing, after in update.new_listings if where == slug]
        if slug in new_sections:
            new_files[path] = dumps_listings([listing for listing, _ in rows])
        else:
            files[path] = _inserted(path, rows)
    _check_not_in_the_way(new_files, f"no category of {CATALOG} has this slug")
    files = new_files | files
    if update.new_categories:
        files[folder / CATALOG] = _inserted(folder / CATALOG, update.new_categories)
    for path, text in files.items():
        write_file(path, text)
    return 0


def _check_not_in_the_way(files: dict[Path, str], why: str) -> None:
    for path, text in files.items():
        if os.path.exists(path) and read_text(path, CatalogError) != text:
            raise CatalogError(Fault(str(path), f"{why}, and it would be overwritten; move it away"))


def _inserted(path: Path, new: Sequence[tuple[Listing | Category, str | None]]) -> str:
    """The file's text with the new items in it."""
    try:
        return insert(read_text(path, CatalogError), new)
    except CatalogError as error:
        raise CatalogError(*(Fault(fault.where or str(path), fault.message) for fault in error.faults)) from None


def _summary(found: AwesomeList, update: Update | None) -> str:
    left_out = len(found.left_out)
    summary = f"{found.rows} rows: {found.rows - left_out} listings, {left_out} left out"
    if update and update.changed:
        differences = "1 difference" if len(update.changed) == 1 else f"{len(update.changed)} differences"
        return f"{summary}; {differences} from the catalog, nothing written"
    return f"{summary}; {len(update.new_listings)} new" if update and update.new_listings else summary
