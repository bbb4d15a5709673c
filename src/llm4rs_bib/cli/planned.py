"""A catalog's files written: new ones whole, others as a plan says. What was being done is known to the next run."""

from __future__ import annotations

import json
import os
from collections import defaultdict
from collections.abc import Mapping, Sequence
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from ..catalog import CATALOG, dumps_catalog, dumps_listings, loads_catalog, loads_listings, read_text
from ..catalog.folder import UNDER_WAY
from ..catalog.insertion import cut
from ..errors import CatalogError, Fault
from ..model import Catalog, Listing
from ..update import Move
from ..update.files import Writing, writing
from ..update.plan import Plan
from .files import write_file
from .session import warn


def create(folder: Path, catalog: Catalog) -> None:
    """Write a catalog that is not there yet. CatalogError if that would overwrite something."""
    files = {
        folder / f"{category.slug}.yaml": dumps_listings(category.listings)
        for category in catalog.categories
        if category.columns or category.listings
    }
    files[folder / CATALOG] = dumps_catalog(catalog)  # last: a folder without it is no catalog yet
    _check_not_in_the_way(files, f"there is no {CATALOG} beside it")
    for path, text in files.items():
        write_file(path, text)


def prepare(folder: Path, catalog: Catalog, plan: Plan) -> Writing:
    """What a plan makes of the files. CatalogError if one cannot be changed so, or a new one would overwrite something."""
    known = {CATALOG, *(f"{category.slug}.yaml" for category in catalog.categories)}
    found = writing(plan, lambda name: _text(folder / name) if name in known else None, str(folder))
    new = {folder / name: text for name, text in found.made.items() if name not in known}
    _check_not_in_the_way(new, f"no category of {CATALOG} has this slug")
    return found


def carry_out(folder: Path, plan: Plan, prepared: Writing) -> None:
    """Write the files, one after the other."""
    if prepared.made or plan.moves:
        made = {name: _checksum(text) for name, text in prepared.made.items()}
        moved = [[move.id, move.source, move.target] for move in plan.moves]
        write_file(folder / UNDER_WAY, json.dumps({"made": made, "moved": moved}, ensure_ascii=False) + "\n")
    for name, text in prepared.steps:
        if text is None:
            (folder / name).unlink()
        else:
            write_file(folder / name, text)
    _forget(folder)


def mend(folder: Path) -> None:
    """Take away what a run that was stopped left: files of sections that never came or are gone, rows where they stood before."""
    path = folder / UNDER_WAY
    if not path.exists():
        return
    try:
        noted = json.loads(read_text(path, CatalogError))
        made = [(os.path.basename(name), str(checksum)) for name, checksum in noted["made"].items()]
        moved = [
            Move("", str(name), os.path.basename(source), os.path.basename(target)) for name, source, target in noted["moved"]
        ]
    except (ValueError, KeyError, TypeError, AttributeError):
        raise CatalogError(Fault(str(path), "is not as an import leaves it; remove it")) from None
    catalog = loads_catalog(read_text(folder / CATALOG, CatalogError), str(folder / CATALOG))
    slugs = {category.slug for category in catalog.categories}
    for name, checksum in made:
        text = _text(folder / name)
        if name.removesuffix(".yaml") not in slugs and text is not None and _checksum(text) == checksum:
            (folder / name).unlink()
            warn(f"{folder / name}: an import was stopped that left this file without its section; removed")
    _finish(folder, [move for move in moved if {move.source, move.target} <= slugs])
    _forget(folder)


def _finish(folder: Path, moved: Sequence[Move]) -> None:
    """Take rows out of the file where they stood, if they are in the other one with all that a person wrote."""
    arrived: defaultdict[str, list[str]] = defaultdict(list)
    for move in moved:
        here, there = (_listings(folder / f"{slug}.yaml").get(move.id) for slug in (move.source, move.target))
        if here and there and (here.key, here.override) == (there.key, there.override):
            arrived[move.source].append(move.id)
            warn(f"{move.id}: an import was stopped while it moved from {move.source} to {move.target}; done now")
    for source, names in arrived.items():  # at once: a comment stays above its row, not on top of the file
        write_file(path := folder / f"{source}.yaml", cut(_text(path) or "", names)[0])


def _listings(path: Path) -> Mapping[str, Listing]:
    return {listing.id: listing for listing in loads_listings(_text(path) or "", str(path))}


def _forget(folder: Path) -> None:
    with suppress(FileNotFoundError):
        (folder / UNDER_WAY).unlink()


def _checksum(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def _text(path: Path) -> str | None:
    return read_text(path, CatalogError) if os.path.exists(path) else None


def _check_not_in_the_way(files: Mapping[Path, str], why: str) -> None:
    for path, text in files.items():
        if os.path.exists(path) and read_text(path, CatalogError) != text:
            raise CatalogError(Fault(str(path), f"{why}, and it would be overwritten; move it away"))
