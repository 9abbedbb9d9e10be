"""Reads a table that counts people as a run would, and holds on to all that comes of it."""

from __future__ import annotations

import io
import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb

from reach.formats.containers.head import peek
from reach.formats.media.media_format import MediaFormat
from reach.formats.record import Log, Options
from reach.formats.registry import recognise
from reach.ingest.measure import measure_file

if TYPE_CHECKING:
    from reach.formats.media.remarks import Remarks
    from reach.ingest.balance import Balance

SAMPLES = Path(__file__).parents[1] / "data" / "samples"


@dataclass(frozen=True)
class Measured:
    """One file, read.

    Attributes:
        format: What it is recognised as.
        rows: The rows that are valid.
        rejections: The refused ones, as written.
        balance: Its account.
        remarks: What there is to say of it as a whole.
    """

    format: str
    rows: list[dict[str, Any]]
    rejections: list[dict[str, Any]]
    balance: Balance
    remarks: Remarks

    @property
    def refused(self) -> list[tuple[str, str, str]]:
        """The refused rows: place, what stood there, what was expected."""
        return [(one["path"], one["received"], one["expected"]) for one in self.rejections]


@cache
def _engine() -> duckdb.DuckDBPyConnection:
    return duckdb.connect()  # looks at Parquet alone, which no such table is


def measured(path: Path, options: Options | None = None) -> Measured:
    """Recognise and read a file."""
    said = options or Options()
    log = Log(path, path.name, "", peek(path, path.name, _engine()), said)
    as_format = recognise(log.name, log.head, said)
    assert isinstance(as_format, MediaFormat)
    rows: list[dict[str, Any]] = []
    rejections = io.StringIO()
    read = measure_file(log, as_format, rejections, lambda row, _: rows.append(row))
    refused = [json.loads(line) for line in rejections.getvalue().splitlines() if line]
    assert len(rows) == read.balance.accepted
    assert len(refused) == read.balance.rejected
    return Measured(as_format.name, rows, refused, read.balance, read.remarks)


def written(folder: Path, content: str | bytes, name: str = "table.csv") -> Path:
    """A file with a content."""
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path
