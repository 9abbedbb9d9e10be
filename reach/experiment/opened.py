"""An experiment's logs, opened: what each file is and how it is to be read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from reach.errors import Fault, InputError
from reach.experiment.sources import SourceFile, how_to_leave_out, is_found
from reach.formats.containers.head import peek
from reach.formats.media.media_format import MediaFormat
from reach.formats.record import SETTINGS, Format, Log, Options
from reach.formats.registry import recognise
from reach.ingest.identity import ingest_id
from reach.ingest.secret import fingerprint
from reach.store.digests import Digests

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

    from reach.experiment.config import Source

_UNSAID = Options()


@dataclass(frozen=True, slots=True)
class Reading:
    """A file and how it is to be read.

    Attributes:
        log: The file.
        format: Its format.
        surely_new: Whether it is large, and no file of its size was read before or is read
            beside it: it is read at once, while its digest is still worked out.
        identify: Gives the ingest id; waits for the digest.
    """

    log: Log
    format: Format | MediaFormat
    surely_new: bool
    identify: Callable[[], str]

    @property
    def ingest_id(self) -> str:
        """Which ingest this is."""
        return self.identify()

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
    digests: Digests,
) -> list[Reading]:
    """Look into every file and recognise its format.

    Args:
        engine: Where to work.
        files: The files.
        log_end_us: Events later than this (µs UTC) are refused; None for no such bound.
        country: As for `reach.experiment.gather.gather`.
        key: The office's secret.
        digests: What is known of files that were read before.

    Returns:
        How each file is to be read: two files with the same content that are read the same
        way are one.

    Raises:
        InputError: Files can't be read or recognised, or none has a use for what the command
            line says of all; holds all such.
    """
    opened: list[tuple[Log, Format | MediaFormat]] = []
    faults: list[Fault] = []
    faulty: list[SourceFile] = []
    for file in files:
        try:
            opened.append(_open(engine, file, digests))
        except InputError as error:
            faults += error.faults
            faulty.append(file)
    if any(is_found(file) for file in faulty):
        faults.append(how_to_leave_out(faulty, files))
    if faults := faults or list(_useless(files, [as_format for _, as_format in opened])):
        raise InputError(faults)
    mark = fingerprint(key)
    sizes = Counter(log.path.stat().st_size for log, _ in opened)
    found: list[Reading] = []
    seen: set[str] = set()
    for log, as_format in opened:
        size = log.path.stat().st_size
        surely_new = sizes[size] == 1 and digests.is_new(size)
        identify = partial(ingest_id, log, as_format, log_end_us, country, mark)
        reading = Reading(log, as_format, surely_new, identify)
        if sizes[size] > 1:
            if reading.ingest_id in seen:
                continue
            seen.add(reading.ingest_id)
        found.append(reading)
    return found


def _useless(files: Sequence[SourceFile], used: Sequence[Format | MediaFormat]) -> Iterator[Fault]:
    """Settings that the command line says of all files, and that none of them can use."""
    formats = {each.name: each for each in used}
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


def _open(
    engine: DuckDBPyConnection, file: SourceFile, digests: Digests
) -> tuple[Log, Format | MediaFormat]:
    options = _options(file.source)
    head = peek(file.path, file.name, engine)
    # What the command line says is said of all its files: for those that can use it.
    spare = () if file.source.where else SETTINGS
    as_format = recognise(file.name, head, options, spare)
    unused = {name: getattr(_UNSAID, name) for name in SETTINGS if name not in as_format.settings}
    said = replace(options, **unused)
    return Log(file.path, file.name, digests.of(file.path, file.name), head, said), as_format


def _options(source: Source) -> Options:
    return Options(
        source.format,
        source.set,
        source.fields,
        source.map,
        source.timezone,
        source.year,
        source.hops,
        source.decimal,
        source.thousands,
        source.audience,
        source.shared_by,
    )
