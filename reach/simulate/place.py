"""Where a simulation is written: a new or empty folder, or over an earlier simulation."""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path

from reach.errors import Fault, InputError
from reach.simulate.config import CONFIG, MARK, PEOPLE
from reach.simulate.profiles import PROFILES

LOGS, TRUTH_PARTS, TRUTH, REFUSED = "logs", "truth", "truth.json", "refused.csv"
_PART = re.compile(
    rf"(?:{LOGS}/(?P<channel>\w+)/(?P=channel)-[0-9]{{5,}}[.]ndjson(?:[.]gz|[.]zst)?"
    rf"|{TRUTH_PARTS}/(?P<of>\w+)/(?P=of)-[0-9]{{5,}}[.]parquet)"
)


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
    made = [out / name for name in (TRUTH, PEOPLE) if os.path.lexists(out / name)]
    for name in (LOGS, TRUTH_PARTS):
        made += _files(out / name)
    made.append(out / CONFIG)  # by it what is left is known if this is interrupted
    # Everything is looked at before anything goes.
    for file in made:
        if not file.is_file() or not _is_ours(file.relative_to(out).as_posix()):
            expected = "only what a simulation makes; nothing was deleted, move it away"
            raise _error(file, "something else in the way", expected)
    for file in made:
        file.unlink()
    for name in (LOGS, TRUTH_PARTS):
        if (out / name).exists():
            shutil.rmtree(out / name)  # folders without files


def _files(folder: Path) -> list[Path]:
    """What is in a folder and is none, at any depth."""
    if not folder.is_dir() or folder.is_symlink():
        return [folder] if os.path.lexists(folder) else []
    return [file for place in sorted(folder.iterdir()) for file in _files(place)]


def _is_ours(name: str) -> bool:
    """Whether a path, from the simulation's folder, is of a file that a simulation writes."""
    if name in (CONFIG, PEOPLE, TRUTH, f"{TRUTH_PARTS}/{REFUSED}"):
        return True
    part = _PART.fullmatch(name)
    return part is not None and (part["channel"] or part["of"]) in PROFILES


def _is_simulation(out: Path) -> bool:
    config = out / CONFIG
    if not config.is_file():
        return False
    with config.open("rb") as file:
        return file.readline().rstrip() == MARK.encode()


def _error(out: Path, received: str, expected: str) -> InputError:
    return InputError([Fault(str(out), "$", received, expected)])
