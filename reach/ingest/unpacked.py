"""Logs in a packing or a script that the engine does not read, made ones that it does."""

from __future__ import annotations

import shutil
from dataclasses import replace
from typing import TYPE_CHECKING

import zstandard

from reach.formats.containers.compressed import open_plain

if TYPE_CHECKING:
    from pathlib import Path

    from reach.formats.containers.head import Head
    from reach.formats.record import Log

_CHUNK = 1 << 20


def engine_reads(head: Head) -> bool:
    """Whether the engine can read a file as it is."""
    return head.compression != "bzip2" and head.encoding == "utf-8"


def unpacked(log: Log, spool: Path) -> Log:
    """The log as it is or, if it is bzip2 or UTF-16, a copy in zstd and UTF-8.

    Args:
        log: The file; in the copy it keeps its name and its digest.
        spool: A folder for the copy.

    Raises:
        EOFError: The file is damaged.
    """
    head = log.head
    if engine_reads(head):
        return log
    copy = spool / "unpacked.zst"
    packer = zstandard.ZstdCompressor(level=1)
    with (
        open_plain(log.path, head.compression, head.encoding) as file,
        copy.open("wb") as raw,
        packer.stream_writer(raw) as packed,
    ):
        shutil.copyfileobj(file, packed, _CHUNK)
    return replace(log, path=copy, head=replace(head, compression="zstd", encoding="utf-8"))
