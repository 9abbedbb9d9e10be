"""Progress on stderr: which file is being read, how fast, how long to go."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def reading(*, quiet: bool) -> Iterator[Callable[[str, int], None]]:
    """A callback to be told of each file; silent when nobody watches."""
    if quiet or not sys.stderr.isatty():
        yield _say_nothing
        return
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), TextColumn("{task.description}", markup=False), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("counting", total=None)

        def begin(name: str, size: int) -> None:
            bar.update(task, description=f"reading {name} ({size / 1e6:,.1f} MB)")

        yield begin


def _say_nothing(name: str, size: int) -> None:
    """Nobody watches."""
