"""Parts as the table's log tells of them: those that come, those that go, those that are there."""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from deltalake.transaction import AddAction, RemoveAction


def names(uris: Sequence[str]) -> list[str]:
    """The files' names in addresses as the library tells them.

    It percent-encodes addresses; the names in them are ours, and plain.
    """
    return [address.rpartition("/")[2] for address in uris]


def added(path: Path, rows: int, *, anew: bool = True) -> AddAction:
    """A part that comes, as the log tells it.

    Args:
        path: The part.
        rows: How many it has.
        anew: Whether its rows were not there before.
    """
    from deltalake.transaction import AddAction

    written = path.stat()
    return AddAction(
        path=path.name,
        size=written.st_size,
        partition_values={},
        modification_time=int(written.st_mtime * 1000),
        data_change=anew,
        stats=json.dumps({"numRecords": rows}),
    )


def removed(path: Path) -> RemoveAction:
    """A part that goes, its rows being in others; its file stays for earlier versions."""
    from deltalake.transaction import RemoveAction

    now = int(time.time() * 1000)
    size = path.stat().st_size
    return RemoveAction(path.name, False, now, size, {})  # noqa: FBT003 -- as the library has it
