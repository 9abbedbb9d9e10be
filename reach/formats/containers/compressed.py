"""Plain, gzip, zstd and bzip2 files, told apart by their first bytes and read the same way."""

from __future__ import annotations

import gzip
import io
import os
import zlib
from typing import IO, TYPE_CHECKING, Literal, cast

import zstandard

from reach.formats.containers.bzip2 import MAGIC as _BZIP2
from reach.formats.containers.bzip2 import open_bzip2
from reach.formats.containers.encodings import Encoding, as_utf8

if TYPE_CHECKING:
    from pathlib import Path

Compression = Literal["none", "gzip", "zstd", "bzip2"]

DAMAGE = (EOFError, zlib.error, gzip.BadGzipFile, zstandard.ZstdError)
"""What reading a damaged compressed file raises."""

_GZIP = b"\x1f\x8b"
_ZSTD = b"\x28\xb5\x2f\xfd"
_SKIPPABLE = b"\x2a\x4d\x18"
_SHORTEST_FRAME, _LONGEST_FRAME_HEADER = 9, 18
_RUN = 1  # the type of a zstd block that repeats one byte


def compression(path: Path) -> Compression:
    """How a file is compressed, by magic number and never by name.

    Raises:
        OSError: It can't be read.
        EOFError: It is a zstd file that ends before its end: the only damage that both
            the engine and the `zstandard` package pass over in silence.
    """
    with path.open("rb") as file:
        magic = file.read(4)
        if magic[:2] == _GZIP:
            return "gzip"
        if magic[:3] == _BZIP2 and magic[3:].isdigit():
            return "bzip2"
        if magic != _ZSTD:
            return "none"
        _check_frames(file)
        return "zstd"


def open_plain(path: Path, compression: Compression, encoding: Encoding = "utf-8") -> IO[bytes]:
    """Open a file for reading its decompressed bytes, a text's in UTF-8."""
    return as_utf8(_unpacked(path, compression), encoding)


def _unpacked(path: Path, compression: Compression) -> IO[bytes]:
    if compression == "bzip2":
        return open_bzip2(path)
    if compression == "gzip":
        return cast("IO[bytes]", gzip.open(path, "rb"))
    if compression == "zstd":
        stream = zstandard.open(path, "rb", dctx=zstandard.ZstdDecompressor())
        return io.BufferedReader(cast("io.RawIOBase", stream), 1 << 20)
    return path.open("rb")


def _check_frames(file: IO[bytes]) -> None:
    """Go from block to block of a zstd file without decompressing any.

    References:
        RFC 8878, section 3.1.
    """
    size = file.seek(0, os.SEEK_END)
    at = 0
    while at < size:
        at = _frame_end(file, at, size)
    if at > size:
        raise EOFError("Compressed file ended before the end-of-stream marker was reached")


def _frame_end(file: IO[bytes], at: int, size: int) -> int:
    """Where the frame that begins at ``at`` ends; beyond ``size`` if it is cut."""
    file.seek(at)
    start = file.read(_LONGEST_FRAME_HEADER)
    if start[1:4] == _SKIPPABLE and start[0] in range(0x50, 0x60):
        return at + 8 + int.from_bytes(start[4:8], "little")
    if len(start) < _SHORTEST_FRAME:
        return size + 1
    at += zstandard.frame_header_size(start)
    last = False
    while not last and at < size:
        file.seek(at)
        block = int.from_bytes(file.read(3), "little")
        last = bool(block & 1)
        at += 3 + (1 if block >> 1 & 3 == _RUN else block >> 3)
    if not last:
        return size + 1
    return at + 4 * zstandard.get_frame_parameters(start).has_checksum
