"""The account of each ingest, one small file beside the table, written before its commit."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from reach.errors import Fault
from reach.formats.media.remarks import Remarks
from reach.ingest.balance import Balance
from reach.ingest.ingested import Ingested
from reach.store.durable import write_all_whole


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry(Ingested):
    """What one ingest came to, and which it was.

    Attributes:
        ingest_id: Which ingest.
        source: What the file was called.
        format: How it was read.
        lined: Whether the file consists of lines.
        rejected_file: Name of the file of refused records in the store's ``rejected`` folder,
            or None if none was refused.
    """

    ingest_id: str
    source: str
    format: str
    lined: bool
    rejected_file: str | None


def write_entry(folder: Path, entry: Entry) -> None:
    """Keep an entry; the same ingest writes the same again."""
    write_entries(folder, [entry])


def write_entries(folder: Path, entries: Iterable[Entry]) -> None:
    """Keep entries; the same ingest writes the same again.

    What stood in a refused record may be an address: it is in the file of refused records
    alone, and goes when that goes.
    """
    write_all_whole({folder / f"{entry.ingest_id}.json": _text(entry) for entry in entries})


def _text(entry: Entry) -> str:
    elsewhere = f"what rejected/{entry.rejected_file} holds"
    faults = tuple(replace(fault, received=elsewhere) for fault in entry.first_rejections)
    kept = asdict(replace(entry, first_rejections=faults))
    return json.dumps(kept, indent=1, sort_keys=True)


def read_entry(folder: Path, ingest_id: str) -> Entry | None:
    """The entry of an ingest; None if there is none that can be read: then it is ingested again."""
    try:
        kept: dict[str, Any] = json.loads(
            (folder / f"{ingest_id}.json").read_text(encoding="utf-8")
        )
        return Entry(
            **{
                **kept,
                "balance": Balance(**kept["balance"]),
                "never_seen": tuple((column, word) for column, word in kept["never_seen"]),
                "first_rejections": tuple(Fault(**each) for each in kept["first_rejections"]),
                "remarks": Remarks(),  # of tables of measurements, which no store has
            }
        )
    except (OSError, ValueError, TypeError, KeyError):
        return None
