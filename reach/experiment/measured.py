"""An experiment's tables that count people: read row by row, accounted for like logs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from reach.errors import Fault, InputError
from reach.experiment.config import Experiment, Source
from reach.experiment.gather import Gathered, Progress, read_log
from reach.experiment.opened import Reading, open_logs
from reach.experiment.sources import SourceFile, find_sources
from reach.formats.media.media_format import MediaFormat
from reach.media.row import Row
from reach.scratch import scratch_folder
from reach.shown import json_path
from reach.store.digests import Digests

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

    from reach.store.evidence import Store


@dataclass(frozen=True, slots=True)
class Measured:
    """What tables that count people hold.

    Attributes:
        rows: Their rows, in the order of the config and of each file.
        gathered: Every file with its account.
        impossible: Rows that were refused because their numbers contradict one another, each
            with what is wrong. No number has them, but for what says that it does.
    """

    rows: tuple[Row, ...]
    gathered: tuple[Gathered, ...]
    impossible: tuple[tuple[Row, Fault], ...] = ()


def media_files(experiment: Experiment) -> tuple[SourceFile, ...]:
    """The files of an experiment's media, that of its universe first.

    Raises:
        ConfigError: Two sources read one file in different ways.
        InputError: A source names nothing, or a file can't be read.
    """
    sources = list(experiment.media)
    places = [json_path(("media", index)) for index in range(len(sources))]
    if experiment.universe is not None:
        said = experiment.universe
        file = Source(said.path, "universe", {}, {}, None, said.where)
        sources.insert(0, replace(file, decimal=said.decimal, thousands=said.thousands))
        places.insert(0, "$.universe.file")
    return find_sources(sources, experiment.folder, places)


def measure(
    engine: DuckDBPyConnection,
    store: Store,
    files: Sequence[SourceFile],
    key: bytes,
    progress: Progress,
) -> Measured:
    """Read tables that count people, anew each time: they are small, and no evidence holds them.

    Args:
        engine: Where to work.
        store: Where refused rows are kept.
        files: The files.
        key: The office's secret, by which ingests are named.
        progress: Told of each file that is read.

    Raises:
        InputError: A file can't be read or recognised, or is a log of messages.
    """
    readings = open_media(engine, files, key)
    rows: list[Row] = []
    gathered: list[Gathered] = []
    impossible: list[tuple[Row, Fault]] = []
    for reading in readings:
        found = _read(engine, store, reading, progress)
        rows += found.rows
        gathered += found.gathered
        impossible += found.impossible
    return Measured(tuple(rows), tuple(gathered), tuple(impossible))


def open_media(
    engine: DuckDBPyConnection, files: Sequence[SourceFile], key: bytes
) -> list[Reading]:
    """Look into tables that count people and recognise their formats.

    Raises:
        InputError: A file can't be read or recognised, or is a log of messages.
    """
    readings = open_logs(engine, files, None, None, key, Digests(None))
    _refuse_logs(readings)
    return readings


def _read(
    engine: DuckDBPyConnection, store: Store, reading: Reading, progress: Progress
) -> Measured:
    rows: list[Row] = []
    impossible: list[tuple[Row, Fault]] = []
    log = reading.log
    kind = reading.format.row if isinstance(reading.format, MediaFormat) else ""

    def row(said: dict[str, Any], line: int) -> Row:
        return Row(
            kind,
            said,
            f"{log.name}:{line}",
            log.options.set.get("channel"),
            said.get("audience", "public"),
            said.get("shared_by") == "staff",
        )

    def take(said: dict[str, Any], line: int) -> None:
        rows.append(row(said, line))

    def doubt(said: dict[str, Any], line: int, why: Fault) -> None:
        impossible.append((row(said, line), why))

    with (
        scratch_folder() as spool,
        (spool / "rejected.ndjson").open("w+", encoding="utf-8") as draft,
    ):
        entry = read_log(engine, reading, None, None, draft, spool, progress, take, doubt)
        draft.flush()
        if entry.rejected_file is not None:
            store.keep_rejected(spool / "rejected.ndjson", entry.rejected_file)
    account = Gathered(log.name, entry, fresh=True, why=reading.why)
    return Measured(tuple(rows), (account,), tuple(impossible))


def _refuse_logs(readings: Sequence[Reading]) -> None:
    """A log of messages counts no people by itself.

    Raises:
        InputError: There is such a log; names all of them.
    """
    faults = [
        Fault(
            each.log.name,
            "$",
            f"a log of messages (format {each.format.name})",
            "a table that counts people; the place of a log is sources",
        )
        for each in readings
        if not isinstance(each.format, MediaFormat)
    ]
    if faults:
        raise InputError(faults)
