"""How a store is laid out, told by a file in it, so that an older reach leaves a newer one alone."""

from __future__ import annotations

import errno
from pathlib import Path

from reach.errors import StoreError
from reach.store.durable import write_whole

LAYOUT = 1
"""The layout that this version reads and writes; the next is one that it would misread."""

_NAME = "layout"
_LONGEST = 20
UPGRADE = "upgrade with pip install --upgrade reach-eval"


def require_layout(folder: Path) -> None:
    """Make sure that a store, if there is one, is laid out as this version knows.

    Raises:
        StoreError: It is not, or its mark can't be read.
        OSError: The system refuses.
    """
    try:
        with (folder / _NAME).open("rb") as file:
            told = file.read(_LONGEST)
    except (FileNotFoundError, NotADirectoryError):
        return  # a new one, or one made before there was a mark
    number = told.decode("ascii", "replace").strip()
    if not (number.isascii() and number.isdecimal()):
        raise StoreError(
            f"{folder / _NAME}: got {number!r}, expected the number of the store's layout. If no "
            f"newer version of reach has written here, delete that file and run again; else {UPGRADE}"
        )
    if int(number) > LAYOUT:
        raise StoreError(
            f"{folder}: a store of layout {number}, made by a newer version of reach; this one "
            f"knows layout {LAYOUT} and leaves it as it is. Choose another store with --store, or {UPGRADE}"
        )


def keep_layout(folder: Path) -> None:
    """Mark a store with its layout, unless it is or can only be read.

    Raises:
        OSError: The system refuses.
    """
    try:
        if not (folder / _NAME).exists():
            write_whole(folder / _NAME, f"{LAYOUT}\n")
    except OSError as error:
        if error.errno not in {errno.EROFS, errno.EACCES}:
            raise
