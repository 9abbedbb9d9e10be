"""An experiment's logs, brought into the store: each file once, all in one commit."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, fields
from pathlib import Path, PurePosixPath
from typing import IO, TYPE_CHECKING, Any

from reach.engine import file_literal
from reach.errors import Fault, InputError, StoreError
from reach.experiment.opened import Reading, open_logs
from reach.experiment.sources import SourceFile
from reach.formats.media.media_format import MediaFormat
from reach.ingest.file import ingest_file, part_rows
from reach.ingest.identity import ingest_id
from reach.ingest.measure import measure_file
from reach.ingest.secret import define_macros
from reach.scratch import scratch_folder
from reach.store.digests import Digests
from reach.store.evidence import Part, Store
from reach.store.ledger import Entry
from reach.store.table import PART_FORMAT

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


_LONGEST_NAME = 50
"""Characters of a log's name that name its refused records; a file name holds 255 bytes."""

Take = Callable[[dict[str, Any], int], None]
Doubt = Callable[[dict[str, Any], int, Fault], None]

Progress = Callable[[str, int, Callable[[], float]], None]
"""Told of each file that is read: its name, its size in bytes and how to ask what share is done."""


@dataclass(frozen=True, slots=True)
class Gathered:
    """One file of an experiment, with the account of its ingest.

    Attributes:
        name: What the experiment calls it.
        entry: The account.
        fresh: Whether it was read now; else the store had it.
        why: By what its format was recognised, as the end of a sentence; empty if it was named.
    """

    name: str
    entry: Entry
    fresh: bool
    why: str = ""


def gather(
    engine: DuckDBPyConnection,
    store: Store,
    files: Sequence[SourceFile],
    *,
    log_end_us: int | None,
    country: str | None,
    key: bytes,
    progress: Progress,
) -> list[Gathered]:
    """Ingest what the store does not have yet.

    Args:
        engine: Where to work.
        store: Where evidence is kept.
        files: The experiment's files.
        log_end_us: Events later than this (µs UTC) are refused; None for no such bound.
        country: Whose telephone numbers may be written without a country code, ISO 3166
            alpha-2; None if all have theirs.
        key: The office's secret.
        progress: Told of each file that is read.

    Returns:
        Every distinct file with its account, in order.

    Raises:
        InputError: A file can't be read, recognised or decompressed; nothing is stored.
        StoreError: The store can't be used.
    """
    define_macros(engine, key)
    digests = Digests(store.folder)
    readings = open_logs(engine, files, log_end_us, country, key, digests)
    _refuse_measurements(readings)
    known = store.entries([each.ingest_id for each in readings if not each.surely_new])
    parts: dict[str, Part] = {}
    try:
        for reading in readings:
            if reading.surely_new or reading.ingest_id not in known:
                part = _ingest(engine, store, reading, log_end_us, country, progress)
                parts[reading.ingest_id] = part
        # Size told that these are new; a store that forgot digests may know them all the same.
        known |= store.entries([each.ingest_id for each in readings if each.surely_new])
        for which in known.keys() & parts.keys():
            parts.pop(which).path.unlink(missing_ok=True)
    except BaseException:
        for part in parts.values():
            part.path.unlink(missing_ok=True)
        raise
    store.commit(list(parts.values()))
    digests.keep()
    return [
        Gathered(
            reading.log.name, known.get(which) or parts[which].entry, which in parts, reading.why
        )
        for reading in readings
        for which in [reading.ingest_id]
    ]


def _refuse_measurements(readings: Sequence[Reading]) -> None:
    """A table that counts people holds no messages, so the evidence has no place for it.

    Raises:
        InputError: There is such a table; names all of them.
    """
    faults = [
        Fault(
            each.log.name,
            "$",
            f"a table of {each.format.rows_are} (format {each.format.name}), which counts people "
            "and not messages",
            "logs of messages alone; reach check judges such a table by itself",
        )
        for each in readings
        if isinstance(each.format, MediaFormat)
    ]
    if faults:
        raise InputError(faults)


def _ingest(
    engine: DuckDBPyConnection,
    store: Store,
    reading: Reading,
    log_end_us: int | None,
    country: str | None,
    progress: Progress,
) -> Part:
    with ExitStack() as stack:
        spool = stack.enter_context(scratch_folder())
        draft = spool / "rejected.ndjson"
        rejections = stack.enter_context(draft.open("w+", encoding="utf-8"))
        entry = read_log(engine, reading, log_end_us, country, rejections, spool, progress)
        rejections.flush()
        if entry.rejected_file is not None:
            store.keep_rejected(draft, entry.rejected_file)
        path = store.new_part()
        _write_part(engine, part_rows(reading.ingest_id, _measured(reading)), path)
    return Part(entry, path)


def _measured(reading: Reading) -> int:
    """What the log's format can tell at all; a table of measurements tells nothing of messages."""
    if isinstance(reading.format, MediaFormat):
        return 0
    log = reading.log
    return (reading.format.measures(log.options) | reading.format.lacks(log)).value


def read_log(
    engine: DuckDBPyConnection,
    reading: Reading,
    log_end_us: int | None,
    country: str | None,
    rejections: IO[str],
    spool: Path,
    progress: Progress,
    take: Take = lambda row, line: None,  # noqa: ARG005
    doubt: Doubt = lambda row, line, why: None,  # noqa: ARG005
) -> Entry:
    """Read one file into the engine's table ``evidence_rows``; its account.

    Args:
        engine: With the macros of `reach.ingest.secret.define_macros`.
        reading: The file.
        log_end_us: Events later than this (µs UTC) are refused; None for no such bound.
        country: As for `gather`.
        rejections: Where refused records are written; what is in it is lost.
        spool: A folder for what passes between Python and the engine.
        progress: Told when it begins.
        take: Given each valid row of a table that counts people, and its line.
        doubt: Given each refused row of one whose numbers alone contradict one another.

    Raises:
        InputError: The file is damaged.
    """
    log = reading.log
    progress(log.name, log.path.stat().st_size, engine.query_progress)
    if isinstance(reading.format, MediaFormat):
        ingested, lined = measure_file(log, reading.format, rejections, take, doubt), False
    else:
        lined = reading.format.lined(log)
        ingested = ingest_file(
            engine, log, reading.format, log_end_us, rejections, spool, country=country
        )
    # Named without the key, so that a result is the same wherever it is computed.
    keyless = ingest_id(log, reading.format, log_end_us, country, "")
    rejected_file = f"{PurePosixPath(log.name).name[:_LONGEST_NAME]}-{keyless[:8]}.ndjson"
    return Entry(
        ingest_id=reading.ingest_id,
        source=log.name,
        format=reading.format.name,
        lined=lined,
        rejected_file=rejected_file if ingested.balance.rejected else None,
        **{each.name: getattr(ingested, each.name) for each in fields(ingested)},
    )


def _write_part(engine: DuckDBPyConnection, rows: str, path: Path) -> None:
    import duckdb

    try:
        engine.execute(f"COPY ({rows}) TO {file_literal(path)} ({PART_FORMAT})")
    except duckdb.IOException as error:
        path.unlink(missing_ok=True)
        received = str(error).splitlines()[0].removeprefix("IO Error: ")
        raise StoreError(f"{path}: the evidence can't be written ({received})") from error
