"""Tallies that were counted before, kept by what decides them: a cache, and nothing else.

Whoever damages or deletes one loses time. What decides a tally is named by its key, so that
none has ever to be thrown away because something changed; those not asked for longest go.
"""

from __future__ import annotations

import json
import os
from contextlib import suppress
from pathlib import Path
from typing import Any

from reach.store.durable import write_whole

FOLDER = "tallies"
_MOST = 50


def read_tally(folder: Path, key: str) -> dict[str, Any] | None:
    """A document that was kept; None if there is none that can be read.

    Args:
        folder: The store's.
        key: What decides it, as hexadecimal digits.
    """
    file = folder / FOLDER / f"{key}.json"
    try:
        found = json.loads(file.read_text(encoding="utf-8"))
        with suppress(OSError):  # asked for just now; a store may be read-only
            os.utime(file)
    except (OSError, ValueError):
        return None
    return found if isinstance(found, dict) else None


def keep_tally(folder: Path, key: str, document: dict[str, Any]) -> None:
    """Keep a document; a store that can't be written does without."""
    place = folder / FOLDER
    with suppress(OSError):
        place.mkdir(exist_ok=True)
        write_whole(place / f"{key}.json", json.dumps(document, separators=(",", ":")))
        kept = sorted(place.glob("*.json"), key=lambda file: file.stat().st_mtime, reverse=True)
        for file in kept[_MOST:]:
            file.unlink(missing_ok=True)
