"""Written is not stored: these calls return when the disk has it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

Item = TypeVar("Item")

_AT_ONCE = 8


def sync_file(path: Path) -> None:
    """Wait until a file's bytes are on the disk; its name is there when its folder is."""
    with path.open("rb") as file:
        os.fsync(file.fileno())


def sync_files(paths: Iterable[Path]) -> None:
    """Wait until the bytes of files are on the disk, and their names in their folders.

    Several are waited for at once: a disk takes them together.
    """
    files = list(dict.fromkeys(paths))
    _for_each(sync_file, files)
    for folder in dict.fromkeys(path.parent for path in files):
        sync_folder(folder)


def sync_folder(folder: Path) -> None:
    """Wait until a folder's list of names is on the disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def write_whole(path: Path, text: str) -> None:
    """Write a file that is never seen half-written, readable by its owner alone."""
    write_all_whole({path: text})


def write_all_whole(texts: Mapping[Path, str]) -> None:
    """Write files that are never seen half-written, readable by their owner alone."""
    _for_each(_write_draft, list(texts.items()))
    for path in texts:
        _draft(path).replace(path)
    for folder in dict.fromkeys(path.parent for path in texts):
        sync_folder(folder)


def is_draft(name: str) -> bool:
    """Whether a name is that of a file not yet whole, as `write_whole` gives.

    Examples:
        >>> is_draft(".one.json.4711"), is_draft("one.json"), is_draft(".gitignore")
        (True, False, False)
    """
    return name.startswith(".") and name.rpartition(".")[2].isdecimal()


def _draft(path: Path) -> Path:
    return path.with_name(f".{path.name}.{os.getpid()}")


def _write_draft(item: tuple[Path, str]) -> None:
    path, text = item
    draft = _draft(path)
    try:
        with open(draft, "w", encoding="utf-8", opener=_for_owner_only) as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
    except OSError:
        with suppress(OSError):
            draft.unlink(missing_ok=True)
        raise


def _for_each(work: Callable[[Item], None], items: Sequence[Item]) -> None:
    if len(items) == 1:
        work(items[0])
    elif items:
        with ThreadPoolExecutor(_AT_ONCE) as pool:
            list(pool.map(work, items))


def _for_owner_only(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
