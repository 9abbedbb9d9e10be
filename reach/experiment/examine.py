"""Logs judged and balanced as for an ingest, and nothing stored."""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import IO, TYPE_CHECKING

from reach.experiment.gather import Gathered, Progress, read_log
from reach.experiment.measured import open_media
from reach.experiment.opened import open_logs
from reach.experiment.people import load_people
from reach.experiment.sources import SourceFile
from reach.ingest.secret import SHORTEST, define_macros
from reach.scratch import scratch_folder
from reach.store.digests import Digests

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


def examine(
    engine: DuckDBPyConnection,
    files: Sequence[SourceFile],
    people: tuple[Path, str] | None = None,
    media: Sequence[SourceFile] = (),
    *,
    log_end_us: int | None,
    country: str | None,
    rejections: IO[str] | None,
    progress: Progress,
) -> list[Gathered]:
    """Read files to the end without keeping anything of them.

    Args:
        engine: Where to work.
        files: The files.
        people: Where the file of persons lies and what to call it, if there is one.
        media: Files that may be tables that count people, and no logs.
        log_end_us: Events later than this (µs UTC) are refused; None for no such bound.
        country: Whose telephone numbers may be written without a country code, ISO 3166
            alpha-2; None if all have theirs.
        rejections: Where refused records are written, as `schemas/rejection.schema.json`
            describes them; None if nobody wants them.
        progress: Told of each file that is read.

    Returns:
        Every distinct file with its account, in order.

    Raises:
        InputError: A file can't be read, recognised or decompressed, or the file of persons
            is not valid.
    """
    key = secrets.token_bytes(SHORTEST)  # nothing hashed here outlives the look
    define_macros(engine, key)
    if people is not None:
        load_people(engine, *people, country)
    found = []
    readings = open_logs(engine, files, log_end_us, country, key, Digests(None))
    for reading in [*readings, *open_media(engine, media, key)]:
        with (
            scratch_folder() as spool,
            (spool / "rejected.ndjson").open("w+", encoding="utf-8") as draft,
        ):
            entry = read_log(engine, reading, log_end_us, country, draft, spool, progress)
            if rejections is not None:
                draft.seek(0)
                shutil.copyfileobj(draft, rejections)
        found.append(Gathered(reading.log.name, entry, fresh=True, why=reading.why))
    return found
