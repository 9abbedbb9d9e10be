"""What a file's first bytes tell: compression, container, first lines, columns."""

from __future__ import annotations

import csv
import gzip
import io
import json
import zlib
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, Any, Literal, cast

import zstandard

from reach.errors import Fault, InputError

if TYPE_CHECKING:
    from pathlib import Path

    from duckdb import DuckDBPyConnection

Compression = Literal["none", "gzip", "zstd"]
Container = Literal["ndjson", "csv", "parquet", "empty", "other"]

_HEAD_BYTES = 1 << 18
_DELIMITERS = ",;\t|"
_BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class Head:
    """A file's beginning.

    Attributes:
        compression: By magic number, never by name.
        container: What holds the records.
        objects: The JSON objects among the first lines (NDJSON).
        columns: Column names (CSV and Parquet), in order, as written.
        types: The engine's type of each column (Parquet).
        delimiter: Between fields (CSV).
    """

    compression: Compression
    container: Container
    objects: tuple[dict[str, Any], ...] = ()
    columns: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    delimiter: str = ","


def open_plain(path: Path, compression: Compression) -> IO[bytes]:
    """Open a file for reading its decompressed bytes."""
    if compression == "gzip":
        return cast("IO[bytes]", gzip.open(path, "rb"))
    if compression == "zstd":
        stream = zstandard.open(path, "rb", dctx=zstandard.ZstdDecompressor())
        return io.BufferedReader(cast("io.RawIOBase", stream), 1 << 20)
    return path.open("rb")


def peek(path: Path, name: str, engine: DuckDBPyConnection) -> Head:
    """Look at a file's first bytes.

    Args:
        path: The file.
        name: What to call it in messages.
        engine: Used to read a Parquet file's schema.

    Raises:
        InputError: Missing, unreadable, binary, or compressed but damaged at its start.
    """
    try:
        with path.open("rb") as file:
            magic = file.read(4)
        compression: Compression = (
            "gzip"
            if magic[:2] == b"\x1f\x8b"
            else "zstd"
            if magic == b"\x28\xb5\x2f\xfd"
            else "none"
        )
        with open_plain(path, compression) as file:
            start = file.read(_HEAD_BYTES)
    except (EOFError, zlib.error, gzip.BadGzipFile, zstandard.ZstdError) as error:
        raise _input_error(
            name, f"damaged compressed data ({error})", "a whole file; fetch it again"
        ) from error
    except OSError as error:
        received = error.strerror or str(error)
        raise _input_error(name, received.lower(), "a file that this user may read") from error
    if start[:4] == b"PAR1" and compression == "none":
        return _parquet_head(path, name, engine)
    return _text_head(start.removeprefix(_BOM), name, compression)


def _text_head(start: bytes, name: str, compression: Compression) -> Head:
    if start[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise _input_error(name, "UTF-16 text", "UTF-8; save the file again as UTF-8")
    if b"\0" in start:
        raise _input_error(name, "binary data", "JSON lines, CSV or Parquet, plain, gzip or zstd")
    # The last line of a cut beginning is no whole line.
    whole = start if len(start) < _HEAD_BYTES else start[: start.rfind(b"\n") + 1] or start
    text = whole.decode("utf-8", errors="replace")
    first = text.lstrip()[:1]
    if not first:
        return Head(compression, "empty")
    if first == "{":
        return Head(compression, "ndjson", objects=tuple(_objects(text)))
    if first == "[":
        return Head(compression, "other")
    delimiter, columns = _header(text)
    return Head(compression, "csv", columns=columns, delimiter=delimiter)


def _objects(text: str) -> list[dict[str, Any]]:
    found = []
    for line in text.split("\n"):
        try:
            value = json.loads(line)
        except (ValueError, RecursionError):
            continue
        if isinstance(value, dict):
            found.append(value)
    return found


def _header(text: str) -> tuple[str, tuple[str, ...]]:
    first_line = text.split("\n", 1)[0]
    delimiter = max(_DELIMITERS, key=first_line.count)
    try:
        columns = next(csv.reader(io.StringIO(text), delimiter=delimiter), [])
    except csv.Error:
        columns = []
    return delimiter, tuple(columns)


def _parquet_head(path: Path, name: str, engine: DuckDBPyConnection) -> Head:
    import duckdb

    from reach.engine import file_literal

    try:
        rows = engine.execute(
            f"DESCRIBE SELECT * FROM read_parquet({file_literal(path)})"
        ).fetchall()
    except duckdb.Error as error:
        raise _input_error(
            name, "a damaged Parquet file", "a whole file; fetch it again"
        ) from error
    return Head(
        "none",
        "parquet",
        columns=tuple(row[0] for row in rows),
        types=tuple(row[1] for row in rows),
    )


def _input_error(name: str, received: str, expected: str) -> InputError:
    return InputError([Fault(name, "$", received, expected)])
