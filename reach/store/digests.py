"""Digests of files that were read before, so that a file that lies there untouched is not read again.

A file is known again by its device, inode, size and times, as version control systems do it.
Its last change of content or of anything else must lie so far back that a later one would show.
"""

from __future__ import annotations

import json
import time
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

from reach.ingest.identity import digest
from reach.store.durable import write_whole

NAME = "digests"
_SETTLED_NS = 2_000_000_000
"""Some file systems count in steps of two seconds."""
_MOST = 20_000
_LARGE = 1 << 25
"""Bytes; of less the digest is known in no time."""
_DIGITS = 64
_COLONS = 4


class Digests:
    """The digests that a store remembers. What can't be read or kept is worked out again."""

    def __init__(self, folder: Path | None) -> None:
        """Those of the store in a folder; none, and none to keep, without a store."""
        self._file = None if folder is None else folder / NAME
        self._known = {} if self._file is None else _read(self._file)
        self._sizes = {int(mark.split(":")[2]) for mark in self._known}
        self._new: dict[str, str] = {}
        self._worker = ThreadPoolExecutor(1, "digest")

    def of(self, path: Path, name: str) -> str | Future[str]:
        """A file's SHA-256, hexadecimal; while it is worked out, the promise of it.

        Args:
            path: The file.
            name: What to call it if it can't be read.
        """
        mark = _mark(path)
        if mark is not None and mark in self._known:
            return self._known[mark]
        return self._worker.submit(self._work_out, path, name)

    def is_new(self, size: int) -> bool:
        """Whether a file of this size, in bytes, is worth reading before its digest is known.

        It is if it is large, and none of its size was read before.
        """
        return size >= _LARGE and size not in self._sizes

    def keep(self) -> None:
        """Write down what is new; a store that can't be written does without."""
        if not self._new or self._file is None:
            return
        # Another run may have added some meanwhile; what is lost is only worked out again.
        merged = {**_read(self._file), **self._new}
        try:
            write_whole(self._file, json.dumps(dict(list(merged.items())[-_MOST:]), indent=0))
        except OSError:
            return
        self._new = {}

    def _work_out(self, path: Path, name: str) -> str:
        begun_ns = time.time_ns()
        found = digest(path, name)
        size = path.stat().st_size
        # Of a file that may have been changed since, no more than that it was there.
        mark = _mark(path, before_ns=begun_ns - _SETTLED_NS) or f"0:0:{size}:0:0"
        self._new[mark] = found
        return found


def _mark(path: Path, before_ns: int | None = None) -> str | None:
    """What a file is known by; None if it is not there, or was changed too lately."""
    try:
        found = path.stat()
    except OSError:
        return None
    if before_ns is not None and max(found.st_mtime_ns, found.st_ctime_ns) >= before_ns:
        return None
    parts = (found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns)
    return ":".join(map(str, parts))


def _read(file: Path) -> dict[str, str]:
    try:
        found = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    if not isinstance(found, dict):
        return {}
    return {
        mark: sha256
        for mark, sha256 in found.items()
        if isinstance(sha256, str) and len(sha256) == _DIGITS and mark.count(":") == _COLONS
    }
