"""What a long run shows on a terminal: how many papers are done, and what it waits for."""

from __future__ import annotations

import sys
from types import TracebackType
from typing import Self


class Progress:
    """A bar on standard error, if that is a terminal; else nothing."""

    def __init__(self) -> None:
        self._bar = None
        if sys.stderr and sys.stderr.isatty():
            from rich.console import Console  # 60 ms that only a terminal costs
            from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

            times = (TimeElapsedColumn(), TextColumn("left"), TimeRemainingColumn())
            columns = (TextColumn("papers"), BarColumn(), MofNCompleteColumn(), *times, TextColumn("{task.description}"))
            self._bar = Progress(*columns, console=Console(stderr=True), transient=True)
            self._task = self._bar.add_task("", total=None)

    def found(self, done: int, of: int) -> None:
        """So many papers of all are done."""
        if self._bar:
            self._bar.update(self._task, completed=done, total=of, description="")

    def wait(self, source: str, seconds: float) -> None:
        """A registry has us wait."""
        if self._bar:
            self._bar.update(self._task, description=f"{source} has us wait {seconds:.0f} s")

    def __enter__(self) -> Self:
        if self._bar:
            self._bar.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if self._bar:
            self._bar.stop()
