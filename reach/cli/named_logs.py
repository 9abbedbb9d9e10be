"""Logs that the command line names: files, folders, patterns, and standard input."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from reach.cli.logs import named_sources

if TYPE_CHECKING:
    from reach.experiment.config import Source
    from reach.experiment.sources import SourceFile

_STDIN = "-"
_STDIN_NAME = "standard input"


@contextmanager
def named_logs(
    paths: Sequence[Path],
    form: str | None,
    constants: Sequence[str],
    timezone: str | None,
    year: int | None,
    signs: tuple[str | None, str | None] = (None, None),
) -> Iterator[tuple[SourceFile, ...]]:
    """The files that are meant, and how they are read; standard input is kept in a file meanwhile.

    Takes what `reach.cli.logs.named_sources` takes.

    Raises:
        click.UsageError: Options or constants that make no sense, or nothing on standard input.
        InputError: A name that stands for no file.
    """
    from reach.experiment.sources import find_sources
    from reach.scratch import scratch_folder

    on_disk = [path for path in paths if str(path) != _STDIN]
    files = find_sources(named_sources(on_disk, form, constants, timezone, year, signs), Path())
    if len(on_disk) == len(paths):
        yield files
        return
    with scratch_folder() as folder:
        (source,) = named_sources([Path(_STDIN)], form, constants, timezone, year, signs)
        yield (*files, _standard_input(source, folder))


def _standard_input(source: Source, folder: Path) -> SourceFile:
    from reach.experiment.sources import SourceFile

    if sys.stdin is None or sys.stdin.isatty():
        raise click.UsageError(
            "- stands for standard input, and nothing is sent there: "
            "send a log, as with `zcat log.gz | reach check -`."
        )
    kept = folder / "standard-input"
    with kept.open("wb") as file:
        shutil.copyfileobj(sys.stdin.buffer, file)
    return SourceFile(_STDIN_NAME, kept, replace(source, path=str(kept)))
