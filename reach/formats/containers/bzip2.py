"""Bzip2, read as a stream that tells of damage instead of ending early.

The standard library's reader takes what follows a whole stream and is none for padding; a
file of several streams, as parallel packers write them, would lose all behind a damaged one.
"""

from __future__ import annotations

import bz2
import io
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MAGIC = b"BZh"
_CHUNK = 1 << 18


def open_bzip2(path: Path) -> IO[bytes]:
    """Open a file for reading its decompressed bytes.

    Raises:
        OSError: It can't be read.
        EOFError: While reading: it is damaged or cut.
    """
    return io.BufferedReader(_Bzip2(path), 1 << 20)


class _Bzip2(io.RawIOBase):
    def __init__(self, path: Path) -> None:
        self.file = path.open("rb")
        self.pieces = self._pieces()
        self.waiting = b""

    def readable(self) -> bool:
        return True

    def close(self) -> None:
        self.file.close()
        super().close()

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        while not self.waiting:
            piece = next(self.pieces, None)
            if piece is None:
                return 0
            self.waiting = piece
        size = min(len(buffer), len(self.waiting))
        buffer[:size] = self.waiting[:size]
        self.waiting = self.waiting[size:]
        return size

    def _pieces(self) -> Iterator[bytes]:
        packed = self.file.read(_CHUNK)
        while packed:
            stream = bz2.BZ2Decompressor()
            while not stream.eof:
                try:
                    yield stream.decompress(packed, _CHUNK)
                except OSError as error:
                    raise EOFError(str(error)) from None
                packed = self.file.read(_CHUNK) if stream.needs_input else b""
                if stream.needs_input and not packed:
                    raise EOFError(
                        "Compressed file ended before the end-of-stream marker was reached"
                    )
            packed = (stream.unused_data + packed) or self.file.read(_CHUNK)
