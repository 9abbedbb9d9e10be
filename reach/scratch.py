"""Temporary folders that a killed run can't leave for ever.

A run holds a lock on each of its folders, which the system takes from it when it ends, however
it ends. So a folder of ours that nobody holds is nobody's.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

_PREFIX = "reach-run-"
_YOUNG_S = 60.0
"""A folder is there for a moment before it is held."""


@contextmanager
def scratch_folder() -> Iterator[Path]:
    """A temporary folder, removed at the end; first those of killed runs are."""
    _clear(Path(tempfile.gettempdir()))
    with tempfile.TemporaryDirectory(prefix=_PREFIX, ignore_cleanup_errors=True) as name:
        handle = os.open(name, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        try:
            with suppress(OSError):  # a file system without locks: its folders are never cleared
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            yield Path(name)
        finally:
            os.close(handle)


def _clear(place: Path) -> None:
    for folder in place.glob(f"{_PREFIX}*"):
        with suppress(OSError):
            _clear_one(folder)


def _clear_one(folder: Path) -> None:
    # Not through a link, and only what this user made.
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC)
    try:
        made = os.fstat(handle)
        if made.st_uid != os.geteuid() or abs(time.time() - made.st_mtime) < _YOUNG_S:
            return
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        shutil.rmtree(folder)
    finally:
        os.close(handle)
