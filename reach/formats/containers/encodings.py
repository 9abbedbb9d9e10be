"""Text that is not UTF-8: UTF-16, as Excel and some exports write it, made UTF-8 piece by piece."""

from __future__ import annotations

import codecs
import io
from typing import IO, Literal

Encoding = Literal["utf-8", "utf-16-le", "utf-16-be"]

_MARKS: tuple[tuple[bytes, Encoding], ...] = (
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
_ASCII: tuple[tuple[list[bool], Encoding], ...] = (
    ([False, True, False, True], "utf-16-le"),
    ([True, False, True, False], "utf-16-be"),
)
_CUT = b"\xff"
"""What stands for half a character at the end: no UTF-8, so that its record is refused."""


def encoding_of(start: bytes) -> Encoding:
    """In what a text is written, by its first bytes.

    Examples:
        >>> encoding_of("sep=,".encode("utf-16")), encoding_of(b"sep=,")
        ('utf-16-le', 'utf-8')
    """
    for mark, encoding in _MARKS:
        if start.startswith(mark):
            return encoding
    # Without a mark the first two letters, which are nearly always of ASCII, show it.
    zeros = [byte == 0 for byte in start[:4]]
    return next((encoding for pattern, encoding in _ASCII if zeros == pattern), "utf-8")


def as_utf8(file: IO[bytes], encoding: Encoding) -> IO[bytes]:
    """The same text in UTF-8; what is no text comes as bytes that are no UTF-8, to be refused."""
    return file if encoding == "utf-8" else io.BufferedReader(_AsUtf8(file, encoding), 1 << 20)


class _AsUtf8(io.RawIOBase):
    def __init__(self, file: IO[bytes], encoding: Encoding) -> None:
        self.file = file
        self.decoder = codecs.getincrementaldecoder(encoding)("surrogatepass")
        self.waiting = b""
        self.ended = False

    def readable(self) -> bool:
        return True

    def close(self) -> None:
        self.file.close()
        super().close()

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        while not self.waiting and not self.ended:
            piece = self.file.read(len(buffer))
            self.ended = not piece
            cut = self.ended and self.decoder.getstate()[0]
            text = "" if cut else self.decoder.decode(piece, final=self.ended)
            self.waiting = text.encode("utf-8", "surrogatepass") + (_CUT if cut else b"")
        size = min(len(buffer), len(self.waiting))
        buffer[:size] = self.waiting[:size]
        self.waiting = self.waiting[size:]
        return size
