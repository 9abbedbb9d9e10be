"""Which ingest this is: the same file read the same way has the same id, and only then."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

from reach.errors import Fault, InputError
from reach.schemas import schema_text

if TYPE_CHECKING:
    from pathlib import Path

    from reach.formats.media.media_format import MediaFormat
    from reach.formats.record import Format, Log


def digest(path: Path, name: str) -> str:
    """SHA-256 of a file's bytes, hexadecimal.

    Raises:
        InputError: The file can't be read.
    """
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        received = (error.strerror or str(error)).lower()
        raise InputError([Fault(name, "$", received, "a file that this user may read")]) from error


def ingest_id(
    log: Log,
    as_format: Format | MediaFormat,
    log_end_us: int | None,
    country: str | None,
    key_fingerprint: str,
) -> str:
    """SHA-256 over all that decides which evidence a file yields.

    A mended map, another key, log end or country is a new ingest; the same again is none.
    """
    parts = {
        "content": log.digest,
        "format": f"{as_format.name}/{as_format.version}",
        "schema": hashlib.sha256(schema_text("event").encode()).hexdigest(),
        "options": log.options.canonical_text(),
        "log_end_us": log_end_us,
        "country": country,
        "key": key_fingerprint,
    }
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()
