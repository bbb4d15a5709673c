"""`export --all`: every format and category into a folder, and whether what it holds is fresh."""

from __future__ import annotations

from pathlib import Path

from ..model import Bibliography
from .files import make_folder, write_file
from .session import note


def _all_files(folder: Path, bibliography: Bibliography) -> dict[Path, str]:
    """What the folder is to hold; what it cannot hold for want of styles is said."""
    from ..csl.library import INSTALL  # 30 ms that other exports do not need
    from ..export.files import all_files, missing_styles

    files = {folder / name: text for name, text in all_files(bibliography).items()}
    if missing := missing_styles():
        note(f"no reference lists in {', '.join(missing)}: the official styles are not installed; {INSTALL}")
    return files


def write_all(folder: Path, bibliography: Bibliography) -> int:
    """Write every file; the exit code."""
    files = _all_files(folder, bibliography)
    for path, text in files.items():
        make_folder(path.parent)
        write_file(path, text)
    note(f"{len(files)} files written")
    return 0


def _holds(path: Path, text: str) -> bool:
    try:
        return path.read_bytes() == text.encode()
    except OSError:  # missing, or nobody can read it
        return False


def check_all(folder: Path, bibliography: Bibliography) -> int:
    """Whether the files are what a fresh run would write, and nothing of an earlier run is left beside them: 0 if so, else 1."""
    from ..export.files import is_of_a_run

    files = _all_files(folder, bibliography)
    stale = [path for path, text in files.items() if not _holds(path, text)]
    left = sorted(path for path in folder.rglob("*") if path not in files and is_of_a_run(path.relative_to(folder)))
    for path in stale:
        note(f"{path}: not fresh; run llm4rs-bib export --all")
    for path in left:
        note(f"{path}: not written by export --all any more; delete it")
    return 1 if stale or left else 0
