"""A folder that holds a catalog and its lock: read it whole, or say all that is wrong with it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from ..errors import BibError, CatalogError, Fault, LockError
from ..model import Catalog, Category, Listing, Lock
from .lists import loads_catalog, loads_listings
from .lock import loads_lock

CATALOG = "catalog.yaml"
LOCK = "works.lock.json"
UNDER_WAY = ".import.json"  # what an import is about to do to several files


def read_text(path: Path, error: type[BibError]) -> str:
    """The text of a UTF-8 file, its line ends as they are. Raises `error` for a file that cannot be read."""
    try:
        return path.read_bytes().decode()
    except OSError as problem:
        raise error(Fault(str(path), f"cannot be read: {problem.strerror}")) from None
    except UnicodeDecodeError as problem:
        line = problem.object.count(b"\n", 0, problem.start) + 1
        byte = problem.object[problem.start]
        raise error(Fault(f"{path}:{line}", f"not UTF-8 (byte {byte:#04x}); save the file as UTF-8")) from None


def read_folder(folder: Path) -> tuple[Catalog, Lock, tuple[str, ...]]:
    """The catalog, its lock (empty if there is no file) and warnings, a line each.

    CatalogError names the faults of all its YAML files at once; LockError the first of the lock.
    """
    catalog = _read_catalog(folder)
    return catalog, read_lock(folder), tuple(_stray_files(folder, catalog))


def read_lock(folder: Path) -> Lock:
    """The folder's lock, an empty one if there is no file. LockError names its first fault."""
    path = folder / LOCK
    return loads_lock(read_text(path, LockError), str(path)) if os.path.exists(path) else Lock()


def _read_catalog(folder: Path) -> Catalog:
    path = folder / CATALOG
    catalog = loads_catalog(read_text(path, CatalogError), str(path))
    faults: list[Fault] = []
    categories = []
    for category in catalog.categories:
        try:
            categories.append(replace(category, listings=_read_listings(folder, category)))
        except CatalogError as error:
            faults.extend(error.faults)
    catalog = replace(catalog, categories=tuple(categories))
    faults.extend(_ids_used_twice(folder, catalog))
    if faults:
        raise CatalogError(*faults)
    return catalog


def _read_listings(folder: Path, category: Category) -> tuple[Listing, ...]:
    path = folder / f"{category.slug}.yaml"
    if not category.columns and not os.path.exists(path):  # a section of text, or of sub-sections
        return ()
    return loads_listings(read_text(path, CatalogError), str(path))


def _ids_used_twice(folder: Path, catalog: Catalog) -> Iterator[Fault]:
    """Ids compare without case: an id becomes a citation key, and BibTeX's keys do."""
    first: dict[str, str] = {}
    was_stopped = os.path.exists(folder / UNDER_WAY)
    advice = "an import was stopped: run it again" if was_stopped else "give one another id"
    for category in catalog.categories:
        for listing in category.listings:
            folded = listing.id.lower()
            if folded in first:
                yield Fault(listing.where, f"the id {listing.id!r} also stands at {first[folded]}; {advice}")
            first.setdefault(folded, listing.where)


def _stray_files(folder: Path, catalog: Catalog) -> Iterator[str]:
    known = {CATALOG} | {f"{category.slug}.yaml" for category in catalog.categories}
    for name in sorted(os.listdir(folder)):
        if name.endswith(".yaml") and name not in known:
            yield f"{folder / name}: no category of {CATALOG} has this slug; its listings are not read"
