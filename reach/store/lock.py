"""Who is in the store: any number of runs, or one alone, which may then mend it.

A run that was killed lets go of its lock, for the system keeps locks with processes and not
with files. So whoever is alone in a store knows that what lies about unfinished is nobody's.
"""

from __future__ import annotations

import errno
import fcntl
import os
import weakref
from contextlib import suppress
from pathlib import Path

NAME = "lock"
_UNWRITABLE = {errno.EROFS, errno.EACCES, errno.EPERM}
_UNLOCKABLE = {errno.ENOLCK, errno.EOPNOTSUPP, errno.ENOSYS, errno.EBADF}
"""What a file system says that knows no locks, or none of a file that may only be read."""


class Lock:
    """A run's hold on a store, as long as this object lives.

    Attributes:
        alone: Whether nobody else is in the store. Ends with `let_others_in`.
    """

    def __init__(self, folder: Path) -> None:
        """Enter a store: alone if nobody else is in it, else as one of many.

        Where nothing can be locked (a read-only disk, a file system without locks) the run
        goes on, and is never alone: it then mends nothing.

        Raises:
            OSError: The file can't be used for another reason.
        """
        self.alone = False
        self._handle = _opened(folder / NAME)
        if self._handle is None:
            return
        weakref.finalize(self, os.close, self._handle)
        self.alone = _taken(self._handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        if not self.alone:
            # Whoever is alone is so for moments.
            _taken(self._handle, fcntl.LOCK_SH)

    def let_others_in(self) -> None:
        """Be one of many from now on."""
        if self.alone and self._handle is not None:
            self.alone = False
            _taken(self._handle, fcntl.LOCK_SH)

    def send_others_out(self) -> bool:
        """Be alone again, if nobody else is there; else stay one of many."""
        if self._handle is not None and not self.alone:
            self.alone = _taken(self._handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if not self.alone:
                # A change of locks gives up the old one first.
                _taken(self._handle, fcntl.LOCK_SH)
        return self.alone

    def begin_writing(self) -> None:
        """Leave a mark that something unfinished may lie about, should this run be killed.

        Raises:
            OSError: The store can't be locked, so that others could not know of this run.
        """
        if self._handle is None:
            raise OSError(errno.EROFS, os.strerror(errno.EROFS))
        if self.written_since() is None:
            with suppress(OSError):  # another's lock file may only be read
                os.pwrite(self._handle, b"somebody was writing\n", 0)
                os.fsync(self._handle)

    def written_since(self) -> float | None:
        """When the first run began to write since all was last put in order; None if none did.

        In seconds of the epoch, by the clock that dates files.
        """
        if self._handle is None:
            return None
        mark = os.fstat(self._handle)
        return mark.st_mtime if mark.st_size else None

    def all_in_order(self) -> None:
        """Take the mark away; only for who is alone."""
        if self._handle is not None:
            with suppress(OSError):
                os.ftruncate(self._handle, 0)


def _opened(path: Path) -> int | None:
    """The lock file, to be held; None where there is none and none can be made."""
    try:
        return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o666)
    except OSError as error:
        if error.errno not in _UNWRITABLE:
            raise
    try:
        return os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    except OSError as error:
        if error.errno in {errno.ENOENT, errno.EROFS}:
            return None
        raise


def _taken(handle: int, how: int) -> bool:
    try:
        fcntl.flock(handle, how)
    except OSError as error:
        if error.errno == errno.EWOULDBLOCK or error.errno in _UNLOCKABLE:
            return False
        raise
    return True
