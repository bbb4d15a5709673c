"""Writing the user's files: whole or not at all, and one writer of a catalog at a time."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from ..errors import Fault, WriteError

_UNFINISHED = ".llm4rs-bib."  # what the names of files begin with while they are written


def write_file(path: Path, text: str) -> None:
    """Put the text in place of the file's content, in UTF-8 with its line ends as they are.

    A killed run leaves the old file or the new one; WriteError leaves the old one. A link stays a link to its file.
    """
    try:
        data = text.encode()
        target = Path(os.path.realpath(path))
        if target.exists() and not target.is_file():  # /dev/stdout, a pipe: nothing to replace
            target.write_bytes(data)
        else:
            _replace(target, data)
    except OSError as error:
        raise WriteError(Fault(str(path), f"cannot be written: {error.strerror}")) from None


def make_folder(folder: Path) -> None:
    """Make a folder, with those above it; WriteError if it cannot be."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise WriteError(Fault(str(folder), f"cannot be made: {error.strerror}")) from None


def _replace(target: Path, data: bytes) -> None:
    import tempfile  # 4 ms that only writing costs

    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f"{_UNFINISHED}{target.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(name, target.stat().st_mode & 0o7777 if target.exists() else 0o666 & ~_umask())
        os.replace(name, target)
    except BaseException:
        with suppress(OSError):
            os.unlink(name)
        raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


@contextmanager
def one_writer(folder: Path) -> Iterator[None]:
    """Hold the catalog while it is written; WriteError if another run holds it. A killed run's hold ends with it.

    What such a run left half written goes. Windows knows no lock on a folder: there nothing is held.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if sys.platform == "win32":
            yield
            return
        handle = os.open(folder, os.O_RDONLY)
    except OSError as error:
        raise WriteError(Fault(str(folder), f"cannot be written: {error.strerror}")) from None
    import fcntl

    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(handle)
        raise WriteError(Fault(str(folder), "another llm4rs-bib is writing this catalog; try again when it is done")) from None
    try:
        for path in folder.glob(f"{_UNFINISHED}*"):
            path.unlink(missing_ok=True)
        yield
    finally:
        os.close(handle)
