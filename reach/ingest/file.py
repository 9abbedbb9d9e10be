"""One file, from bytes to evidence, with its account balanced."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import IO, TYPE_CHECKING

from reach.engine import lists_compared
from reach.formats.containers import ndjson
from reach.ingest.balance import Balance
from reach.ingest.damage import telling_of_damage
from reach.ingest.ingested import Ingested
from reach.ingest.part import part_rows
from reach.ingest.reading import Reading
from reach.ingest.unpacked import unpacked

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

    from reach.formats.record import Format, Log

__all__ = ["Ingested", "ingest_file", "part_rows"]

_CHUNK = 1 << 20
_LINE_END = ord("\n")


def ingest_file(
    engine: DuckDBPyConnection,
    log: Log,
    as_format: Format,
    log_end_us: int | None,
    rejections: IO[str],
    spool: Path,
    *,
    country: str | None = None,
) -> Ingested:
    """Read a file into the engine's table ``evidence_rows``, judged and balanced.

    Args:
        engine: With the macros of `reach.ingest.secret.define_macros`.
        log: The file.
        as_format: Its format.
        log_end_us: Events later than this (µs UTC) are refused; None for no such bound.
        rejections: Where refused records are written.
        spool: A folder for what passes between Python and the engine.
        country: Whose telephone numbers may be written without a country code, ISO 3166
            alpha-2; None if all have theirs.

    Raises:
        InputError: The file is damaged, or needs more memory than the engine may use.
        BalanceError: Records were lost or counted twice.
    """
    with telling_of_damage(log), lists_compared(engine), ThreadPoolExecutor(1) as pool:
        log = unpacked(log, spool)
        reading = Reading(engine, log, as_format, log_end_us, rejections, spool, country)
        # Counting line ends waits for the disk, not for the engine: it runs beside it.
        line_ends = pool.submit(_count_line_ends, log) if as_format.lined(log) else None
        ingested = reading.read()
        lines = line_ends.result() if line_ends else 0
    return _with_lines(ingested, log, lines, lined=as_format.lined(log))


def _count_line_ends(log: Log) -> int:
    import numpy as np  # counts bytes five times as fast as bytes.count

    from reach.formats.containers.head import open_plain

    lines = 0
    last = b"\n"
    with open_plain(log.path, log.head.compression, log.head.encoding) as file:
        while chunk := file.read(_CHUNK):
            lines += int(np.count_nonzero(np.frombuffer(chunk, np.uint8) == _LINE_END))
            last = chunk[-1:]
    return lines + (last != b"\n")


def _with_lines(ingested: Ingested, log: Log, lines: int, *, lined: bool) -> Ingested:
    balance = ingested.balance
    blank = 0
    if lines != balance.records:
        lines, blank = ndjson.count_lines(log) if lined else (0, 0)
    balance = balance + Balance(lines=lines, blank=blank)
    balance.check(log.name)
    return replace(ingested, balance=balance)
