"""What was refused: each record with its place and reason, in a file that can be mended."""

from __future__ import annotations

import json
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from reach.formats.record import Log, Record, Refused

_LONGEST = 120
_WRITER = json.JSONEncoder(ensure_ascii=False)  # made once, for there may be millions


def write_rejection(file: IO[str], log: Log, record: Record, why: Refused) -> None:
    """Add one refused record, as `schemas/rejection.schema.json` describes it."""
    rejection = {
        "source": log.name,
        "line": record.line,
        "record": record.number,
        "path": why.path,
        "received": shortened(why.received),
        "expected": why.expected,
        "raw": record.raw,
    }
    file.write(_WRITER.encode(rejection) + "\n")


def shortened(text: str) -> str:
    """A received value, short enough to be read in a message."""
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
