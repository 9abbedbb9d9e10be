"""Where a simulation is written: a new or empty folder, or over an earlier simulation."""

from __future__ import annotations

import shutil
from pathlib import Path

from reach.errors import Fault, InputError
from reach.simulate.config import CONFIG, MARK, PEOPLE

LOGS, TRUTH_PARTS, TRUTH, REFUSED = "logs", "truth", "truth.json", "refused.csv"


def make_room(out: Path, *, force: bool) -> None:
    """Make the folder, or empty it of an earlier simulation.

    Args:
        out: The folder.
        force: Whether an earlier simulation may go.

    Raises:
        InputError: The folder holds something else, or may not be emptied, or is no folder.
    """
    if out.is_symlink() or out.exists():
        if not out.is_dir():
            raise _error(out, "a file", "a folder that is new or empty")
        if any(out.iterdir()):
            _empty(out, force=force)
    out.mkdir(parents=True, exist_ok=True)


def _empty(out: Path, *, force: bool) -> None:
    if not _is_simulation(out):
        raise _error(
            out,
            "a folder that holds other things",
            "one that is new or empty; nothing was written",
        )
    if not force:
        raise _error(
            out,
            "a folder with an earlier simulation",
            "one that is new or empty, or --force to write over it",
        )
    # The config goes last: by it what is left is known if this is interrupted.
    for name in (LOGS, TRUTH_PARTS):
        if (out / name).exists():
            shutil.rmtree(out / name)
    for name in (TRUTH, PEOPLE, CONFIG):
        (out / name).unlink(missing_ok=True)


def _is_simulation(out: Path) -> bool:
    config = out / CONFIG
    if not config.is_file():
        return False
    with config.open("rb") as file:
        return file.readline().rstrip() == MARK.encode()


def _error(out: Path, received: str, expected: str) -> InputError:
    return InputError([Fault(str(out), "$", received, expected)])
