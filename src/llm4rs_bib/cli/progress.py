"""What a long run shows on a terminal: how many papers are done, how long the rest will take, and what it waits for."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import TracebackType
from typing import Self


class Progress:
    """A bar on standard error, if that is a terminal; else nothing."""

    def __init__(self) -> None:
        self.left: Callable[[], float] = lambda: 0.0  # the seconds that the registries' limits ask for
        self._bar = None
        if sys.stderr and sys.stderr.isatty():
            from rich.console import Console  # 60 ms that only a terminal costs
            from rich.progress import BarColumn, MofNCompleteColumn, Progress, ProgressColumn, Task, TextColumn, TimeElapsedColumn
            from rich.text import Text

            class Left(ProgressColumn):
                def render(column, task: Task) -> Text:  # noqa: ARG002, N805  # rich's signature; self is the bar's owner
                    return Text(f"{_clock(self.left())} left at least")

            columns = (TextColumn("papers"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), Left())
            self._bar = Progress(*columns, TextColumn("{task.description}"), console=Console(stderr=True), transient=True)
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


def _clock(seconds: float) -> str:
    """The seconds as a clock shows them: 1:05:00."""
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes // 60}:{minutes % 60:02d}:{rest:02d}"
