"""The table's log on the disk: which entries are whole, and what a crash left of them."""

from __future__ import annotations

import json
import re
from contextlib import suppress
from pathlib import Path

from reach.store.durable import sync_files, sync_folder

FOLDER = "_delta_log"
ACTIONS = "reachActions"
"""In an entry's first line: how many lines follow, so that a cut between lines shows too."""

_ENTRY = re.compile(r"\d{20}\.json")
_CHECKPOINTS = ("*.checkpoint*.parquet", "_last_checkpoint")
_UNSURE = 100
_INGEST = re.compile(rb'"txn":\{"appId":"([^"]+)"')
_ADDED = re.compile(rb'"add":\{"path":"([^"]+)"')


def entries(log: Path) -> list[Path]:
    """All entries, oldest first."""
    return sorted(path for path in log.glob("*.json") if _ENTRY.fullmatch(path.name))


def drop_empty(log: Path) -> None:
    """Take away newest entries without content: the crash came before their commit was safe.

    Only for who is alone in the store: another could be writing an entry of the same name.
    """
    for entry in reversed(entries(log)):
        if entry.stat().st_size > 0:
            return
        entry.unlink()
        sync_folder(log)


def torn(log: Path) -> Path | None:
    """The newest entry that is not whole, or None."""
    return next((entry for entry in reversed(entries(log)) if not _whole(entry)), None)


def require_whole_newest(log: Path) -> None:
    """See that no crash cut the newest entry, even between two of its lines.

    The library would take what is left for the whole.

    Raises:
        ValueError: It is cut. An empty one is none, and a commit that never was.
    """
    kept = entries(log)
    if kept and kept[-1].stat().st_size > 0 and not _whole(kept[-1]):
        raise ValueError("its newest log entry is cut short")


def _whole(entry: Path) -> bool:
    try:
        actions = [json.loads(line) for line in entry.read_bytes().splitlines()]
        if not all(isinstance(action, dict) for action in actions):
            return False
        promised = next(
            (
                told[ACTIONS]
                for action in actions
                if ACTIONS in (told := action.get("commitInfo", {}))
            ),
            None,
        )
    except (ValueError, TypeError):
        return False
    return promised is None or promised == len(actions) - 1


def drop_checkpoints(log: Path) -> bool:
    """Take checkpoints away; whether there were any.

    They only shorten the way to what the entries tell, and all entries are kept.
    """
    found = _checkpoints(log)
    for path in found:
        path.unlink(missing_ok=True)
    return bool(found)


def named_parts(log: Path) -> set[str]:
    """The parts that any entry ever added, those that were taken out again included."""
    return _named(log, _ADDED)


def named_ingests(log: Path) -> set[str]:
    """The ingests that any entry committed."""
    return _named(log, _INGEST)


def _named(log: Path, pattern: re.Pattern[bytes]) -> set[str]:
    return {name.decode() for entry in entries(log) for name in pattern.findall(entry.read_bytes())}


def sync_newest(log: Path) -> None:
    """Wait until what killed runs committed is on the disk, for they may not have waited."""
    sync_files(entries(log)[-_UNSURE:])


def sync_checkpoints(log: Path) -> None:
    """Wait until checkpoints are on the disk."""
    with suppress(FileNotFoundError):
        sync_files(_checkpoints(log))


def _checkpoints(log: Path) -> list[Path]:
    return [path for pattern in _CHECKPOINTS for path in log.glob(pattern)]


def missing(log: Path) -> str | None:
    """The first entry that is not there though later ones are; None if there is no gap."""
    there = [entry.name for entry in entries(log)]
    wanted = (f"{version:020}.json" for version in range(len(there)))
    return next((name for name, found in zip(wanted, there, strict=True) if name != found), None)
