"""Progress on stderr: which file is being read, how fast, how long to go."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event, Thread
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

_SECONDS_BETWEEN_LOOKS = 0.2


@contextmanager
def reading(*, quiet: bool) -> Iterator[Callable[[str, int, Callable[[], float]], None]]:
    """A callback to be told of each file and of how to ask for its percentage.

    Silent when nobody watches.
    """
    if quiet or not sys.stderr.isatty():
        yield _say_nothing
        return
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        Progress,
        TextColumn,
        TimeRemainingColumn,
        TransferSpeedColumn,
    )

    columns = (
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        TransferSpeedColumn(),
        TimeRemainingColumn(),
    )
    with (
        Progress(*columns, console=Console(stderr=True), transient=True) as bar,
        _Watch(bar) as watch,
    ):
        yield watch.begin


@contextmanager
def counting(*, quiet: bool) -> Iterator[Callable[[str, int, int], None]]:
    """A callback to be told what is done, how much of it and of how much.

    Silent when nobody watches.
    """
    if quiet or not sys.stderr.isatty():
        yield lambda what, done, of: None  # noqa: ARG005
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
    from rich.progress import TimeRemainingColumn as TimeColumn

    columns = (
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        MofNCompleteColumn(),
        TimeColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=None)
        yield lambda what, done, of: bar.update(task, description=what, completed=done, total=of)


class _Watch:
    """Looks, on a thread of its own, how far the engine is with the file it reads."""

    def __init__(self, bar: Progress) -> None:
        self._bar = bar
        self._task: TaskID | None = None
        self._size = 0
        self._percentage: Callable[[], float] = lambda: 0.0
        self._ended = Event()
        self._thread = Thread(target=self._look, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *failure: object) -> None:
        self._ended.set()
        self._thread.join()

    def begin(self, name: str, size: int, percentage: Callable[[], float]) -> None:
        """A file is begun; the one before it is done."""
        if self._task is not None:
            self._bar.update(self._task, visible=False)
        self._size, self._percentage = size, percentage
        self._task = self._bar.add_task(f"reading {name}", total=size)

    def _look(self) -> None:
        while not self._ended.wait(_SECONDS_BETWEEN_LOOKS):
            if self._task is None:
                continue
            task = self._bar.tasks[self._task]
            # Reading is the engine's first step; in later ones its percentage begins anew.
            done = max(task.completed, self._size * self._percentage() / 100)
            self._bar.update(self._task, completed=done)


def _say_nothing(name: str, size: int, percentage: Callable[[], float]) -> None:
    """Nobody watches."""
