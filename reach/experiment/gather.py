"""An experiment's logs, brought into the store: each file once, all in one commit."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from reach.engine import file_literal
from reach.errors import StoreError
from reach.experiment.sources import SourceFile
from reach.formats.head import peek
from reach.formats.record import Format, Log, Options
from reach.formats.registry import recognise
from reach.ingest.file import Ingested, ingest_file, part_rows
from reach.ingest.identity import digest, ingest_id
from reach.ingest.secret import define_macros, fingerprint
from reach.store.evidence import Part, Store
from reach.store.ledger import Entry

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

Progress = Callable[[str, int], None]
"""Called with a file's name and size in bytes when work on it begins."""


@dataclass(frozen=True, slots=True)
class Gathered:
    """One file of an experiment, with the account of its ingest."""

    name: str
    entry: Entry
    fresh: bool


@dataclass(frozen=True, slots=True)
class _Reading:
    """A file and how it is to be read."""

    log: Log
    format: Format
    ingest_id: str


def open_logs(engine: DuckDBPyConnection, files: Sequence[SourceFile]) -> list[tuple[Log, Format]]:
    """Look into every file and recognise its format.

    Raises:
        InputError: A file can't be read or recognised.
    """
    return [_open(engine, file) for file in files]


def _open(engine: DuckDBPyConnection, file: SourceFile) -> tuple[Log, Format]:
    source = file.source
    options = Options(source.format, source.set, source.fields, source.map)
    head = peek(file.path, file.name, engine)
    as_format = recognise(file.name, head, options)
    return Log(file.path, file.name, digest(file.path, file.name), head, options), as_format


def gather(
    engine: DuckDBPyConnection,
    store: Store,
    files: Sequence[SourceFile],
    *,
    log_end_us: int | None,
    key: bytes,
    progress: Progress,
) -> list[Gathered]:
    """Ingest what the store does not have yet.

    Args:
        engine: Where to work.
        store: Where evidence is kept.
        files: The experiment's files.
        log_end_us: Events later than this (µs UTC) are refused; None for no such bound.
        key: The office's secret.
        progress: Told of each file that is read.

    Returns:
        Every distinct file with its account, in order; two files with the same content that
        are read the same way are one.

    Raises:
        InputError: A file can't be read, recognised or decompressed; nothing is stored.
        StoreError: The store can't be used.
    """
    define_macros(engine, key)
    mark = fingerprint(key)
    readings: dict[str, _Reading] = {}
    for log, as_format in open_logs(engine, files):
        which = ingest_id(log, as_format, log_end_us, mark)
        readings.setdefault(which, _Reading(log, as_format, which))
    known = store.entries(readings)
    parts: dict[str, Part] = {}
    try:
        for which, reading in readings.items():
            if which not in known:
                progress(reading.log.name, reading.log.path.stat().st_size)
                parts[which] = _ingest(engine, store, reading, log_end_us)
    except BaseException:
        for part in parts.values():
            part.path.unlink(missing_ok=True)
        raise
    store.commit(list(parts.values()))
    return [
        Gathered(reading.log.name, known.get(which) or parts[which].entry, which in parts)
        for which, reading in readings.items()
    ]


def _ingest(
    engine: DuckDBPyConnection, store: Store, reading: _Reading, log_end_us: int | None
) -> Part:
    log = reading.log
    rejected_file = f"{PurePosixPath(log.name).name}-{reading.ingest_id[:8]}.ndjson"
    with ExitStack() as stack:
        spool = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="reach-")))
        draft = spool / "rejected.ndjson"
        rejections = stack.enter_context(draft.open("w+", encoding="utf-8"))
        ingested = ingest_file(engine, log, reading.format, log_end_us, rejections, spool)
        rejections.flush()
        if ingested.balance.rejected:
            store.keep_rejected(draft, rejected_file)
        path = store.new_part()
        measures = reading.format.measures(log.options).value
        _write_part(engine, part_rows(reading.ingest_id, measures), path)
    return Part(_entry(reading, ingested, rejected_file), path)


def _write_part(engine: DuckDBPyConnection, rows: str, path: Path) -> None:
    import duckdb

    try:
        engine.execute(f"COPY ({rows}) TO {file_literal(path)} (FORMAT parquet, COMPRESSION zstd)")
    except duckdb.IOException as error:
        path.unlink(missing_ok=True)
        received = str(error).splitlines()[0].removeprefix("IO Error: ")
        raise StoreError(f"{path}: the evidence can't be written ({received})") from error


def _entry(reading: _Reading, ingested: Ingested, rejected_file: str) -> Entry:
    return Entry(
        ingest_id=reading.ingest_id,
        source=reading.log.name,
        format=reading.format.name,
        lined=reading.log.head.container == "ndjson",
        balance=ingested.balance,
        rejected_file=rejected_file if ingested.balance.rejected else None,
        first_rejections=ingested.first_rejections,
        unknown_keys=ingested.unknown_keys,
        disagreements=ingested.disagreements,
        untimed=ingested.untimed,
    )
