"""The account of each ingest, one small file beside the table, written before its commit."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from reach.errors import Fault
from reach.ingest.balance import Balance
from reach.store.durable import write_whole


@dataclass(frozen=True, slots=True)
class Entry:
    """What one ingest came to.

    Attributes:
        ingest_id: Which ingest.
        source: What the file was called.
        format: How it was read.
        lined: Whether the file consists of lines.
        balance: The account of its records.
        rejected_file: Name of the file of refused records in the store's ``rejected`` folder,
            or None if none was refused.
        first_rejections: The first few refusals.
        unknown_keys: Keys that nothing read, with how often they stand in the file's beginning.
        disagreements: Messages said to be two different things, by attribute.
        untimed: Events without a time.
        never_seen: Columns and the words that the options ask for there, and that none has.
        never_found: Places that the options name, by field, and that no message was filled from.
        unnamed: By column, rows with a word that ought to be named and is not.
        no_numbers: Addresses that are written like telephone numbers and are none.
        local_numbers: Addresses that are written like numbers of a country, where none is named.
    """

    ingest_id: str
    source: str
    format: str
    lined: bool
    balance: Balance
    rejected_file: str | None
    first_rejections: tuple[Fault, ...]
    unknown_keys: dict[str, int]
    disagreements: dict[str, int]
    untimed: int
    never_seen: tuple[tuple[str, str], ...]
    never_found: dict[str, str]
    unnamed: dict[str, int]
    no_numbers: int
    local_numbers: int


def write_entry(folder: Path, entry: Entry) -> None:
    """Keep an entry; the same ingest writes the same again."""
    write_whole(
        folder / f"{entry.ingest_id}.json", json.dumps(asdict(entry), indent=1, sort_keys=True)
    )


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
            }
        )
    except (OSError, ValueError, TypeError, KeyError):
        return None
