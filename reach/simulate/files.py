"""Files of lines, plain or compressed, the same bytes whenever they are written."""

from __future__ import annotations

import gzip
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

ENDINGS = {"none": "", "gzip": ".gz", "zstd": ".zst"}
"""How files may be compressed, with what is added to their names."""

_TOGETHER = 512  # lines that are joined at once: as much as stays near the processor


@contextmanager
def opened(path: Path, compress: str = "none") -> Iterator[Callable[[list[str]], None]]:
    """A function that writes lines of ASCII to a new file.

    Args:
        path: The file, named with the ending.
        compress: One of `ENDINGS`.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        if compress == "gzip":
            # Neither the time nor the file's name goes into it.
            with gzip.GzipFile("", "wb", 1, file, 0) as packed:
                yield _writer(packed.write)
        elif compress == "zstd":
            from zstandard import ZstdCompressor

            with ZstdCompressor(1).stream_writer(file, closefd=False) as stream:
                yield _writer(stream.write)
        else:
            yield _writer(file.write)


def _writer(write: Callable[[bytes], object]) -> Callable[[list[str]], None]:
    def lines(lines: list[str]) -> None:
        for start in range(0, len(lines), _TOGETHER):
            write("".join(lines[start : start + _TOGETHER]).encode("ascii"))

    return lines
