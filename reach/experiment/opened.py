"""An experiment's logs, opened: what each file is and how it is to be read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from reach.errors import Fault, InputError
from reach.experiment.sources import SourceFile, how_to_leave_out, is_found
from reach.formats.containers.head import peek
from reach.formats.media.media_format import MediaFormat
from reach.formats.record import SETTINGS, Format, Log, Options
from reach.formats.registry import recognise
from reach.ingest.identity import digest, ingest_id
from reach.ingest.secret import fingerprint

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

    from reach.experiment.config import Source

_UNSAID = Options()


@dataclass(frozen=True, slots=True)
class Reading:
    """A file and how it is to be read."""

    log: Log
    format: Format | MediaFormat
    ingest_id: str

    @property
    def why(self) -> str:
        """By what the format was recognised; empty if it was named."""
        named = self.log.options.format is not None or self.log.head.container == "empty"
        return "" if named else self.format.fit(self.log.head, self.log.options).why


def open_logs(
    engine: DuckDBPyConnection,
    files: Sequence[SourceFile],
    log_end_us: int | None,
    country: str | None,
    key: bytes,
) -> dict[str, Reading]:
    """Look into every file and recognise its format.

    Returns:
        How each file is to be read, by ingest id: two files with the same content that are
        read the same way are one.

    Raises:
        InputError: Files can't be read or recognised, or none has a use for what the command
            line says of all; holds all such.
    """
    mark = fingerprint(key)
    readings: dict[str, Reading] = {}
    faults: list[Fault] = []
    faulty: list[SourceFile] = []
    for file in files:
        try:
            log, as_format = _open(engine, file)
        except InputError as error:
            faults += error.faults
            faulty.append(file)
            continue
        which = ingest_id(log, as_format, log_end_us, country, mark)
        readings.setdefault(which, Reading(log, as_format, which))
    if any(is_found(file) for file in faulty):
        faults.append(how_to_leave_out(faulty, files))
    if faults := faults or list(_useless(files, readings)):
        raise InputError(faults)
    return readings


def _useless(files: Sequence[SourceFile], readings: Mapping[str, Reading]) -> Iterator[Fault]:
    """Settings that the command line says of all files, and that none of them can use."""
    formats = {each.format.name: each.format for each in readings.values()}
    said = {
        name: value
        for file in files
        if not file.source.where
        for name, value in _options(file.source).settings().items()
    }
    for name, value in said.items():
        if not any(name in each.settings for each in formats.values()):
            received = f"{value}, of which no log here has a use (format {', '.join(formats)})"
            yield Fault(f"--{name}", "$", received, f"no --{name}; leave it away")


def _open(engine: DuckDBPyConnection, file: SourceFile) -> tuple[Log, Format | MediaFormat]:
    options = _options(file.source)
    head = peek(file.path, file.name, engine)
    # What the command line says is said of all its files: for those that can use it.
    spare = () if file.source.where else SETTINGS
    as_format = recognise(file.name, head, options, spare)
    unused = {name: getattr(_UNSAID, name) for name in SETTINGS if name not in as_format.settings}
    said = replace(options, **unused)
    return Log(file.path, file.name, digest(file.path, file.name), head, said), as_format


def _options(source: Source) -> Options:
    return Options(
        source.format,
        source.set,
        source.fields,
        source.map,
        source.timezone,
        source.year,
        source.hops,
    )
