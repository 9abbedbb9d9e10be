"""What is measured: logs made for it, the logs that a user names, or an experiment."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from reach.bench.process import FailedRunError, python, run
from reach.bench.sample_log import BYTES_AN_EVENT, LOG_ENDS
from reach.errors import Fault, InputError, ReachError
from reach.experiment.load import CONFIG

SMALL = 999
"""Events of a log that takes as long as any: what is left is what every run takes."""

SHARE = 4
"""The part that shows how time grows is the whole through this."""

_LEAST_TO_GROW = 40_000
"""Events of a log whose part would take any time that can be told."""

_LOG_NAME = "events.ndjson"
_ROOM_BESIDE_TEXT = 0.4
_ROOM_BESIDE_PACKED = 4
"""Bytes for each byte of a log: its evidence, a copy as Parquet, and what spills."""


@dataclass(frozen=True, slots=True)
class Subject:
    """An experiment to measure.

    Attributes:
        experiment: Its folder or its config.
        part: The same with a part of the logs, or None where they are small or can't be cut.
        small: One so small that it takes what every run takes.
        simulated: Whether the logs were made for this.
        seen: What `reach.bench.look` saw of each file.
    """

    experiment: Path
    part: Path | None
    small: Path
    simulated: bool
    seen: Sequence[dict[str, Any]]

    @property
    def size(self) -> int:
        """Bytes of all logs."""
        return sum(each["bytes"] for each in self.seen)


def made_logs(events: int, folder: Path, environment: dict[str, str]) -> Subject:
    """Logs of so many events, made for this.

    Raises:
        InputError: The disk has no room for them.
    """
    grows = events >= _LEAST_TO_GROW
    size = events * BYTES_AN_EVENT * (SHARE + grows) // SHARE
    need = round(size * (1 + _ROOM_BESIDE_TEXT))
    _expect_room(folder, need, "--events", f"{events:,} events")
    whole = _made(folder / "whole", events, environment)
    part = _made(folder / "part", events // SHARE, environment) if grows else None
    small = _made(folder / "small", SMALL, environment)
    return Subject(whole, part, small, simulated=True, seen=_look(whole, folder, environment))


def named_logs(paths: Sequence[Path], folder: Path, environment: dict[str, str]) -> Subject:
    """The logs that a user names, or the one experiment.

    Raises:
        InputError: They are not there, or can't be read, or there is no room to work.
        ConfigError: The experiment's config is not valid.
    """
    described = len(paths) == 1 and is_experiment(paths[0])
    whole = paths[0]
    if not described:
        whole = _config(folder / "whole", [str(path.absolute()) for path in paths])
    seen = _look(whole, folder, environment)
    _expect_room(folder, sum(map(_room_beside, seen)), "logs", "these logs")
    part = None if described else _cut(seen, folder / "part")
    small = _made(folder / "small", SMALL, environment)
    return Subject(whole, part, small, simulated=False, seen=seen)


def is_experiment(path: Path) -> bool:
    """Whether a path is an experiment, and no log."""
    return path.suffix in (".yaml", ".yml") or os.path.isfile(path / CONFIG)  # noqa: PTH113 -- pathlib's raises


def _made(folder: Path, events: int, environment: dict[str, str]) -> Path:
    folder.mkdir()
    words = [str(folder / _LOG_NAME), "--events", str(events)]
    try:
        run(python("reach.bench.sample_log", *words), environment=environment)
    except FailedRunError as error:
        raise ReachError(f"a log of {events:,} events can't be written: {_last(error)}") from error
    return _config(folder, [_LOG_NAME], simulated=True)


def _config(folder: Path, sources: Sequence[str], *, simulated: bool = False) -> Path:
    """An experiment that asks the usual question of these logs; JSON is YAML, too."""
    folder.mkdir(exist_ok=True)
    said = {"experiment": "bench", "title": "Bench", "sources": list(sources)}
    known = {"simulated": True, "log_ends": LOG_ENDS} if simulated else {}
    text = json.dumps(said | known | {"compare": {"by": "channel"}})
    (folder / CONFIG).write_text(text, encoding="utf-8")
    return folder


def _look(experiment: Path, folder: Path, environment: dict[str, str]) -> list[dict[str, Any]]:
    answer = folder / "seen.json"
    words = [str(experiment.absolute()), "--seen", str(answer)]
    run(python("reach.bench.look", *words), (0, 3), environment)
    seen = json.loads(answer.read_text(encoding="utf-8"))
    if isinstance(seen, dict):
        raise ReachError(seen["refused"])
    return list(seen)


def _cut(seen: Sequence[dict[str, Any]], folder: Path) -> Path | None:
    """The first part of every log; None if that shows nothing, or one has no lines to cut at."""
    if sum(each["bytes"] for each in seen) < _LEAST_TO_GROW * BYTES_AN_EVENT:
        return None
    if not all(each["plain"] and each["container"] in ("ndjson", "csv") for each in seen):
        return None
    folder.mkdir()
    names = []
    for number, each in enumerate(seen):
        # The ending, for a reader who goes by it; the number, because two folders may hold one name.
        target = folder / f"{number}{Path(each['path']).suffix}"
        with Path(each["path"]).open("rb") as log, target.open("wb") as part:
            left = each["bytes"] // SHARE
            while left > 0 and (piece := log.read(min(left, 1 << 20))):
                part.write(piece)
                left -= len(piece)
            part.write(log.readline())
        names.append(target.name)
    return _config(folder, names)


def _room_beside(log: dict[str, Any]) -> int:
    """Bytes that measuring with a log takes, a part of it included."""
    text = log["plain"] and log["container"] != "parquet"
    share = _ROOM_BESIDE_TEXT + 1 / SHARE if text else _ROOM_BESIDE_PACKED
    return round(int(log["bytes"]) * share)


def _expect_room(folder: Path, need: int, where: str, what: str) -> None:
    free = shutil.disk_usage(folder).free
    if need > free:
        received = f"{what}, which need {_gb(need)} in {folder.parent}, where {_gb(free)} are free"
        expected = "less, or the variable TMPDIR set to a folder on a larger disk"
        raise InputError([Fault(where, "$", received, expected)])


def _gb(size: int) -> str:
    return f"{size / 1e9:,.1f} GB"


def _last(error: FailedRunError) -> str:
    lines = error.told.strip().splitlines()
    return lines[-1] if lines else f"exit {error.code}"
