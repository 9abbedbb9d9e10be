"""Files that a command writes: never one that it reads."""

from __future__ import annotations

import os
import shutil
import stat
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, TYPE_CHECKING

import click

from reach.errors import Fault, InputError

if TYPE_CHECKING:
    from reach.experiment.config import Experiment

STDOUT = Path("-")
_OPTION = "-o / --output"


def inputs(path: Path, experiment: Experiment) -> Iterator[Path]:
    """All files that an experiment reads.

    Args:
        path: Its folder or its config.
        experiment: What stands there.
    """
    from reach.experiment.load import CONFIG
    from reach.experiment.measured import media_files
    from reach.experiment.sources import find_sources

    yield from (path, path / CONFIG)
    yield from (file.path for file in find_sources(experiment.sources, experiment.folder))
    yield from (file.path for file in media_files(experiment))
    if experiment.people is not None:
        yield experiment.folder / experiment.people


def keep_apart(output: Path | None, read: Iterable[Path]) -> None:
    """Make sure that writing destroys nothing that is read.

    Args:
        output: Where a command writes, or None.
        read: What it reads.

    Raises:
        click.BadParameter: They are one file.
    """
    if output is None or not os.path.isfile(output):  # noqa: PTH113 -- pathlib's raises
        return
    for path in read:
        with suppress(OSError):
            if output.samefile(path):
                raise click.BadParameter(
                    f"{output} is one of the files that are read, and writing would destroy it; "
                    "name another file.",
                    param_hint=_OPTION,
                )


def write_text(output: Path, text: str) -> None:
    """Write a text to a file, or to stdout for ``-``.

    Raises:
        InputError: The file can't be written.
    """
    if output == STDOUT:
        click.echo(text, nl=False)
        return
    try:
        output.write_text(text, encoding="utf-8")
    except OSError as error:
        raise _unwritable(output, error) from error


@contextmanager
def refused_records(output: Path | None) -> Iterator[IO[str] | None]:
    """A draft of refused records that becomes the file once all went well.

    The file is readable by its owner alone, because records hold addresses. That it can be
    written is tried first, not after an hour of reading.

    Raises:
        InputError: It can't be written.
    """
    if output is None:
        yield None
        return
    missing = not os.path.lexists(output)
    _try_to_open(output)
    with tempfile.TemporaryFile("w+", encoding="utf-8") as draft:
        try:
            yield draft
        except BaseException:
            # An empty file would say that nothing was refused.
            if missing:
                output.unlink(missing_ok=True)
            raise
        draft.seek(0)
        try:
            with open(output, "w", encoding="utf-8", opener=_for_owner_only) as file:
                shutil.copyfileobj(draft, file)
        except OSError as error:
            raise _unwritable(output, error) from error


def _try_to_open(output: Path) -> None:
    if output == STDOUT:
        raise click.BadParameter("refused records go to a file: name one.", param_hint=_OPTION)
    try:
        open(output, "a", encoding="utf-8", opener=_for_owner_only).close()
    except OSError as error:
        raise _unwritable(output, error) from error


def _for_owner_only(name: str, flags: int) -> int:
    handle = os.open(name, flags, 0o600)
    # One that was there before keeps its mode, unless it is told. A device is not ours to tell.
    if stat.S_ISREG(os.fstat(handle).st_mode):
        os.fchmod(handle, 0o600)
    return handle


def _unwritable(output: Path, error: OSError) -> InputError:
    if os.path.isdir(output):  # noqa: PTH112 -- pathlib's raises
        return InputError([Fault(str(output), "$", "a folder", "the name of a file to write")])
    if not os.path.isdir(output.parent):  # noqa: PTH112
        received = f"no folder {output.parent}"
        return InputError([Fault(str(output), "$", received, "a file in a folder that exists")])
    received = (error.strerror or str(error)).lower()
    return InputError([Fault(str(output), "$", received, "a file that can be written")])
