"""`import`: a list or a bibliography into a catalog, or what is new in it into one that exists."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from .. import readers
from ..awesome import AwesomeList, parse, told_of
from ..catalog import CATALOG, LOCK, dumps_lock, loads_catalog, loads_listings, read_folder, read_lock, read_text
from ..catalog.lists import COLUMN_FIELDS
from ..errors import CatalogError, Fault, ListError, SelectionError, unknown
from ..model import Catalog, Category, Listing, Lock
from ..update import Update, compare, identified
from ..update.plan import Plan, plan
from ..update.report import few, is_settled, report, summary
from ..update.twice import twice
from .files import one_writer, write_file
from .planned import carry_out, create, mend, prepare
from .session import Session, counted, note, warn

_OF_LISTS = ("update", "prune", "columns")
_OF_BIBLIOGRAPHIES = ("categories", "heading")
_MODES = ("groups", "keywords")


class _Column(click.ParamType[tuple[str, str]]):
    """A heading and the field that its cells hold; several in an environment variable stand on lines of their own."""

    name = "heading=field"
    envvar_list_splitter = "\n"

    def convert(self, value: str | tuple[str, str], param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, str]:
        """The two; a usage error if it is something else."""
        if not isinstance(value, str):
            return value
        heading, _, field = (part.strip() for part in value.rpartition("="))
        if not heading:
            self.fail(f"{value!r} is not a heading and its field, such as 'Publication=venue'", param, ctx)
        if field not in COLUMN_FIELDS:
            self.fail(f"{value!r}: {unknown('field', field, COLUMN_FIELDS)}", param, ctx)
        return heading, field


def _mode(ctx: click.Context, parameter: click.Parameter, value: str | None) -> str | None:
    if value and value not in _MODES:
        raise click.BadParameter(unknown("kind", value, _MODES), ctx, parameter)
    return value


@click.command("import", short_help="Read a list, or a bibliography, into the catalog.")
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@click.option("--update", is_flag=True, help="Take what a list has otherwise: cells, headings, texts, sections, order.")
@click.option("--prune", is_flag=True, help="Remove the rows and sections that a list does not have any more.")
@click.option(
    "--columns",
    multiple=True,
    type=_Column(),
    metavar="HEADING=FIELD",
    help=f"What a list's column holds: {', '.join(COLUMN_FIELDS)} (none of these). Repeat for more; remembered.",
)
@click.option(
    "--categories",
    metavar="|".join(_MODES),
    callback=_mode,
    help="What of a bibliography becomes categories.",
)
@click.option(
    "--heading", metavar="TEXT", help="The category of a bibliography's entries that have no other [default: References]."
)
@click.pass_obj
def command(session: Session, /, file: Path, **options: Any) -> int:
    """Read an awesome list (FILE.md) or a bibliography (.bib, CSL-JSON, .ris) into the catalog.

    Every row is accounted for. In a catalog that exists, what is new is put behind its neighbours. What a list has otherwise is
    shown, and taken with --update; what it does not have any more is named, and removed with --prune.
    """
    is_bibliography = readers.is_bibliography(file.name)
    for name in _OF_LISTS if is_bibliography else _OF_BIBLIOGRAPHIES:
        if options[name]:
            raise click.UsageError(f"--{name} is for {'lists' if is_bibliography else 'bibliographies'} only")
    text = read_text(file, ListError)
    folder = session.import_folder
    if is_bibliography:
        return _import_bibliography(folder, readers.read(text, str(file)), options)
    return _import_list(folder, file, text, options)


def _import_list(folder: Path, file: Path, text: str, options: Mapping[str, Any]) -> int:
    said = dict(options["columns"])
    if not os.path.exists(folder / CATALOG):
        found = _parsed(text, file, {}, said)
        with one_writer(folder):
            lock = read_lock(folder)
            categories = identified(Catalog(title=""), lock, found.categories)
            create(folder, _catalog(found, file, categories))
        _say_twice(categories, lock)
        note(_counts(found))
        return 1 if found.left_out else 0
    with one_writer(folder):
        mend(folder)
        catalog = loads_catalog(read_text(folder / CATALOG, CatalogError), str(folder / CATALOG))
        found = _parsed(text, file, catalog.columns, said)
        return _update(folder, found, take=options["update"], prune=options["prune"])


def _parsed(text: str, file: Path, known: Mapping[str, str], said: Mapping[str, str]) -> AwesomeList:
    """The list, and what its columns hold as far as a person has ever said; what could not be read is printed."""
    columns = {**known, **said}
    found = replace(parse(text, str(file), columns), columns=columns)
    headings = {heading: None for category in found.categories for heading in category.columns}
    if strange := [heading for heading in said if not any(told_of(each, {heading: "-"}) for each in headings)]:
        raise SelectionError(Fault("--columns", unknown("column", strange[0], headings)))
    for fault in found.left_out:
        note(f"{fault}: left out")
    for remark in found.remarks:
        note(remark)
    return found


def _catalog(found: AwesomeList, file: Path, categories: tuple[Category, ...]) -> Catalog:
    return Catalog(
        title=found.title or _title(file),
        heading_markdown=found.heading_markdown,
        text_above=found.text_above,
        text_before=found.text_before,
        columns=found.columns,
        categories=categories,
    )


def _title(file: Path) -> str:
    return os.fsencode(file.stem).decode(errors="replace")


def _update(folder: Path, found: AwesomeList, *, take: bool, prune: bool) -> int:
    catalog, lock, warnings = read_folder(folder)
    for warning in warnings:
        warn(warning)
    update = compare(catalog, lock, found)
    if prune and update.is_another_list:
        raise ListError(Fault("--prune", "no row of this list is in the catalog; is it the right list? Nothing was written"))
    _check_strays(folder, catalog, update)
    planned = plan(update, found.columns, take=take, prune=prune)
    prepared = prepare(folder, catalog, planned)
    kept = prepared.kept_sections
    for line in report(update, take=take, prune=prune, kept_sections=kept):
        note(line)
    waits = bool(update.changes) and found.columns != catalog.columns and not take  # for rows that are read otherwise now
    if not waits:
        carry_out(folder, planned, prepared)
    _say_twice(update.listed, lock)
    note("; ".join(filter(None, (_counts(found), summary(update, take=take, prune=prune, kept_sections=kept)))))
    if waits:
        note("nothing was written: with --columns, what the rows say otherwise has to be taken too (--update)")
    return 0 if is_settled(update, take=take, prune=prune, kept_sections=kept) and not found.left_out else 1


def _check_strays(folder: Path, catalog: Catalog, update: Update) -> None:
    """No new row stands in a file that no category has: somebody divided a file, and left catalog.yaml as it was."""
    known = {"catalog", *(category.slug for category in catalog.categories), *(section.slug for section in update.new_sections)}
    titles = {row.title for row in update.new}
    for path in sorted(folder.glob("*.yaml")):
        if path.stem not in known and (found := [each.id for each in _listings(path) if each.title in titles]):
            first = f"{found[0]}{', …' if found[1:] else ''}"
            message = f"{counted(len(found), 'row')} of the list would be new but stand here ({first})"
            raise CatalogError(Fault(str(path), f"{message}; give {CATALOG} a category {path.stem!r}, or move the file away"))


def _listings(path: Path) -> Sequence[Listing]:
    try:
        return loads_listings(read_text(path, CatalogError), str(path))
    except CatalogError:
        return ()


def _say_twice(categories: Sequence[Category], lock: Lock) -> None:
    for line in few(list(twice(categories, lock)), "rows of papers that stand twice"):
        note(line)


def _counts(found: AwesomeList) -> str:
    left_out = len(found.left_out)
    return f"{counted(found.rows, 'row')}: {counted(found.rows - left_out, 'listing')}, {left_out} left out"


def _import_bibliography(folder: Path, found: readers.Found, options: Mapping[str, Any]) -> int:
    from ..imported import bring_in  # 100 ms, with what compares papers

    for fault in found.left_out:
        note(f"{fault}: left out")
    for warning in found.warnings:
        warn(warning)
    exists = os.path.exists(folder / CATALOG)
    if not found.entries and not exists:
        raise ListError(Fault(found.name, "no entries found"))
    with one_writer(folder):
        mend(folder)
        catalog, lock, warnings = (
            read_folder(folder) if exists else (Catalog(title=_title(Path(found.name))), read_lock(folder), ())
        )
        for warning in warnings:
            warn(warning)
        brought = bring_in(catalog, lock, found, options["heading"] or "", options["categories"] or "")
        for line in brought.news:
            note(line)
        if exists:
            planned = Plan(sections=brought.new_categories, rows=brought.new_listings)
            carry_out(folder, planned, prepare(folder, catalog, planned))
        else:
            create(folder, brought.catalog)
        if brought.lock != lock:  # last: what only the YAML has is brought in again
            write_file(folder / LOCK, dumps_lock(brought.lock))
    entries, left_out = len(found.entries) + len(found.left_out), len(found.left_out)
    new = f"{counted(len(brought.new_listings), 'new listing')}, {counted(brought.works, 'new work')}, {brought.known} known"
    note(f"{counted(entries, 'entry', 'entries')}: {new}, {left_out} left out")
    return 1 if left_out else 0
