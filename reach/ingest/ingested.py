"""What one file came to: its events rolled up, its account, and what is odd about it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import duckdb

from reach.errors import Fault
from reach.formats.media.remarks import Remarks
from reach.ingest.balance import Balance
from reach.ingest.event_rows import ATTRIBUTES
from reach.ingest.grouping import TABLE, Counts
from reach.ingest.roll_up import RECIPIENTS, roll_up

if TYPE_CHECKING:
    from collections.abc import Mapping

    from duckdb import DuckDBPyConnection

    from reach.formats.record import Format, Log
    from reach.ingest.predicates import Column


_LOCAL_NUMBER = "0[1-9][0-9 ()./-]{6,18}"
"""A telephone number as most countries write it for themselves."""


@dataclass(frozen=True, slots=True)
class Ingested:
    """What one file came to.

    Attributes:
        balance: The account of its records.
        first_rejections: The first few refusals, for the terminal.
        unknown_keys: Keys that nothing read, with how often they stand in the file's beginning.
        disagreements: Messages that are said to be two different things, by attribute.
        untimed: Events without a time.
        never_seen: Columns and the words that the options ask for there, and that none has.
        never_found: Places that the options name and that no event was filled from, by field.
        unnamed: By column, rows with a word that ought to be named and is not.
        no_numbers: Addresses that are written like telephone numbers and are none.
        local_numbers: Addresses that are written like telephone numbers of some country, where
            none is named.
        remarks: What there is to say of a table of measurements as a whole.
    """

    balance: Balance
    first_rejections: tuple[Fault, ...]
    unknown_keys: dict[str, int]
    disagreements: dict[str, int]
    untimed: int
    never_seen: tuple[tuple[str, str], ...]
    never_found: dict[str, str]
    unnamed: dict[str, int]
    no_numbers: int
    local_numbers: int
    remarks: Remarks = field(default_factory=Remarks)


@dataclass(frozen=True, slots=True)
class Told:
    """What was seen while reading.

    Attributes:
        records: How many records there are.
        grouped: What of them is grouped.
        refused: How many of them the judge refused.
        empty: How many of them the judge found to hold no event.
        first_rejections: The first few refusals.
    """

    records: int
    grouped: Counts
    refused: int
    empty: int
    first_rejections: tuple[Fault, ...]


def account_of(
    engine: DuckDBPyConnection,
    log: Log,
    as_format: Format,
    told: Told,
    columns: Mapping[str, Column],
    country: str | None,
) -> Ingested:
    """Roll a file's grouped events up to ``evidence_rows``, and account for its records.

    Args:
        engine: Where they are.
        log: The file.
        as_format: Its format.
        told: What was seen while reading.
        columns: How their columns were read.
        country: Whose telephone numbers may be written without a country code, or None.

    Raises:
        NotProvenError: A text is not surely valid.
    """
    read = told.grouped
    if read.no_events:
        engine.execute(f"DELETE FROM {TABLE} WHERE message_id IS NULL")
    no_numbers = roll_up(engine, columns, country)
    # A row without events only says a message's further name.
    messages, facts, disagreed = numbers(
        engine,
        "SELECT count(*), coalesce(sum(bit_count(bits)), 0), "
        "coalesce(bit_or(disagreements), 0) FROM evidence_rows WHERE events > 0",
    )
    asked = _count_asked_words(engine, log, as_format)
    balance = Balance(
        records=told.records,
        accepted=read.accepted,
        rejected=told.refused,
        without_event=read.no_events + told.empty,
        events=read.events,
        facts=facts,
        repeats=read.events - facts,
        messages=messages,
    )
    return Ingested(
        balance=balance,
        first_rejections=told.first_rejections,
        unknown_keys=as_format.unknown_keys(log.head, log.options),
        disagreements=_disagreements(engine) if disagreed else {},
        untimed=read.untimed,
        never_seen=tuple(
            (column, word) for (column, word), count in asked.items() if word and not count
        ),
        never_found=_never_found(engine, log) if messages else {},
        unnamed={
            column: count for (column, word), count in asked.items() if word is None and count
        },
        no_numbers=no_numbers,
        local_numbers=_local_numbers(engine) if country is None else 0,
    )


def _disagreements(engine: DuckDBPyConnection) -> dict[str, int]:
    said_twice = ", ".join(
        f"count(*) FILTER (disagreements & {1 << position} <> 0)"
        for position in range(len(ATTRIBUTES))
    )
    found = numbers(engine, f"SELECT {said_twice} FROM evidence_rows WHERE events > 0")
    return {name: count for name, count in zip(ATTRIBUTES, found, strict=True) if count}


def _local_numbers(engine: DuckDBPyConnection) -> int:
    # Few addresses begin with a nought: the pattern costs nothing.
    return numbers(
        engine,
        f"SELECT count(DISTINCT recipient) FROM {RECIPIENTS} WHERE recipient >= '0' "
        f"AND recipient < '1' AND regexp_full_match(recipient, '{_LOCAL_NUMBER}')",
    )[0]


def _never_found(engine: DuckDBPyConnection, log: Log) -> dict[str, str]:
    """Places that the options name for what a message is said to be, and that no message has."""
    asked = {
        name: log.options.fields[name]
        for name in ATTRIBUTES
        if name in log.options.fields and name not in log.options.set
    }
    if not asked:
        return {}
    counts = ", ".join(f"count({name})" for name in asked)
    found = numbers(engine, f"SELECT {counts} FROM evidence_rows")
    return {
        name: place for (name, place), count in zip(asked.items(), found, strict=True) if not count
    }


def _count_asked_words(
    engine: DuckDBPyConnection, log: Log, as_format: Format
) -> dict[tuple[str, str | None], int]:
    asked = as_format.asked_words(log)
    if asked is None or not asked.tests or log.head.preamble:
        return {}
    counts = ", ".join(f"count(*) FILTER ({test})" for test in asked.tests.values())
    try:
        found = numbers(engine, f"SELECT {counts} FROM ({asked.rows})")
    except duckdb.Error:  # a file that only Python can read goes without this look
        return {}
    return dict(zip(asked.tests, found, strict=True))


def numbers(engine: DuckDBPyConnection, query: str) -> tuple[int, ...]:
    """The one row of a query that counts."""
    return tuple(engine.execute(query).fetchall()[0])
