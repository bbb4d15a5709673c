"""The registries' answers, kept at once in an SQLite file that several processes may share, and the pace that they share."""

from __future__ import annotations

import datetime as dt
import sqlite3
import threading
import time
from collections.abc import Iterator, Mapping
from concurrent.futures import CancelledError
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from filelock import FileLock, Timeout

from .errors import Fault, StoreError
from .sources.base import Ask

SCHEMA = 1  # of the file, in its user_version
_TABLES = f"""
BEGIN;
CREATE TABLE answers (
    source TEXT, kind TEXT, value TEXT, answer TEXT NOT NULL, retrieved REAL NOT NULL, PRIMARY KEY (source, kind, value)
);
CREATE TABLE slots (host TEXT PRIMARY KEY, slot REAL NOT NULL, resume REAL NOT NULL);
PRAGMA user_version = {SCHEMA};
COMMIT;
"""
_BUSY = 30.0  # seconds to wait for another process
_POLL = 0.01  # seconds between looks for a free seat
_FAR = 3600.0  # seconds: a time so far ahead was written by a clock that was wrong


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer as it was put, and when the registry gave it: aware, in UTC, in whole seconds."""

    answer: str
    retrieved: dt.datetime


class Store:
    """Answers, time slots and seats in a folder, for the threads of this process and for others.

    Any method raises StoreError when the folder or its file cannot be used.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._path = folder / "answers.sqlite"
        self._lock = threading.Lock()
        with self._faults():
            folder.mkdir(parents=True, exist_ok=True)
            with FileLock(folder / "answers.lock", timeout=_BUSY):  # SQLite waits for nobody while it turns WAL on
                self._db = sqlite3.connect(self._path, timeout=_BUSY, isolation_level=None, check_same_thread=False)
                try:
                    self._prepare()
                except BaseException:
                    self._db.close()
                    raise

    def _prepare(self) -> None:
        (version,) = self._db.execute("PRAGMA user_version").fetchone()
        if version > SCHEMA:
            raise StoreError(Fault(str(self._path), "a newer llm4rs-bib wrote it; upgrade, or name another folder"))
        is_new = not self._db.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
        if version < SCHEMA and not is_new:
            raise StoreError(Fault(str(self._path), "is another program's database; name another folder"))
        self._db.execute("PRAGMA journal_mode = WAL")
        self._db.execute("PRAGMA synchronous = NORMAL")
        if is_new:
            self._db.executescript(_TABLES)

    def get(self, ask: Ask) -> Kept | None:
        """The newest answer that was put, however old."""
        with self._lock, self._faults():
            query = "SELECT answer, retrieved FROM answers WHERE source = ? AND kind = ? AND value = ?"
            row = self._db.execute(query, (ask.source, ask.kind, ask.value)).fetchone()
        return None if row is None else Kept(row[0], dt.datetime.fromtimestamp(row[1], dt.UTC))

    def put(self, answers: Mapping[Ask, str], retrieved: dt.datetime) -> None:
        """Keep all of the answers or none, in place of older ones. Once it returns, a killed process loses nothing."""
        seconds = retrieved.timestamp()
        rows = [(ask.source, ask.kind, ask.value, answer, seconds) for ask, answer in answers.items()]
        with self._transaction():
            self._db.executemany("INSERT OR REPLACE INTO answers VALUES (?, ?, ?, ?, ?)", rows)

    def reserve(self, host: str, spacing: float) -> float:
        """Take the host's next time slot, at least `spacing` seconds after the last; the seconds until then."""
        with self._transaction():
            now, (last, resume) = time.time(), self._slot(host)
            slot = max(now, last + spacing, resume)
            self._db.execute("INSERT OR REPLACE INTO slots VALUES (?, ?, ?)", (host, slot, resume))
        return max(0.0, slot - time.time())

    def postpone(self, host: str, seconds: float) -> None:
        """Give no slot of the host before so many seconds have passed."""
        with self._transaction():
            last, resume = self._slot(host)
            resume = max(resume, time.time() + seconds)
            self._db.execute("INSERT OR REPLACE INTO slots VALUES (?, ?, ?)", (host, last, resume))

    def postponed(self, host: str) -> float:
        """The seconds until the host may be asked again after a `postpone`; 0 if it may."""
        with self._lock, self._faults():
            return max(0.0, self._slot(host)[1] - time.time())

    def _slot(self, host: str) -> tuple[float, float]:
        """The host's last slot, and the time before which it gives none; 0 for what no right clock wrote."""
        row = self._db.execute("SELECT slot, resume FROM slots WHERE host = ?", (host,)).fetchone() or (0.0, 0.0)
        latest = time.time() + _FAR
        last, resume = (0.0 if each > latest else each for each in row)
        return last, resume

    @contextmanager
    def seat(self, host: str, count: int, stop: threading.Event) -> Iterator[None]:
        """Hold one of the host's `count` seats, of which all processes together have no more; a killed process frees its own.

        Waits for a free one; CancelledError as soon as `stop` is set.
        """
        held = None
        while held is None:
            if stop.is_set():
                raise CancelledError
            held = self._free_seat(host, count)
            if held is None:
                stop.wait(_POLL)
        try:
            yield
        finally:
            held.release()

    def _free_seat(self, host: str, count: int) -> FileLock | None:
        for number in range(1, count + 1):
            seat = FileLock(self._folder / f"{host}-{number}.lock", blocking=False)
            with self._faults():
                try:
                    seat.acquire()
                except Timeout:
                    continue
            return seat
        return None

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        with self._lock, self._faults(), self._db:
            self._db.execute("BEGIN IMMEDIATE")
            yield

    @contextmanager
    def _faults(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.ProgrammingError:
            raise  # ours: the store was closed
        except Timeout:
            raise StoreError(Fault(str(self._folder), "another process holds it; try again when it is done")) from None
        except OSError as error:
            raise StoreError(Fault(str(self._folder), f"cannot be used: {error.strerror}; name another folder")) from None
        except sqlite3.Error as error:
            is_broken = getattr(error, "sqlite_errorcode", None) in (sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT)
            advice = "delete it: only kept answers are lost" if is_broken else "try again, or name another folder"
            raise StoreError(Fault(str(self._path), f"cannot be used: {error}; {advice}")) from None

    def close(self) -> None:
        """Close the file; what was put stays."""
        with self._lock:
            self._db.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()
