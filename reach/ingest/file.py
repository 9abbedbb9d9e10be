"""One file, from bytes to a part of evidence, with its account balanced."""

from __future__ import annotations

import gzip
import zlib
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import duckdb
import zstandard

from reach.engine import literal
from reach.errors import BalanceError, Fault, InputError
from reach.formats import ndjson
from reach.formats.record import EVENT_FIELDS, Refused
from reach.ingest.balance import Balance
from reach.ingest.judge import judge
from reach.ingest.predicates import compile_schema
from reach.ingest.rejection import write_rejection
from reach.ingest.roll_up import ATTRIBUTES, TIMES, evidence, typed_rows
from reach.ingest.spool import spool_judged, spool_tokens
from reach.schemas import schema

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from duckdb import DuckDBPyConnection

    from reach.formats.record import Format, Log, Record

_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Ingested:
    """What one file came to.

    Attributes:
        balance: The account of its records.
        first_rejections: The first few refusals as sentences, for the terminal.
        unknown_keys: Keys that nothing read, with how often they stand in the file's beginning.
        disagreements: Messages that are said to be two different things, by attribute.
        untimed: Events without a time.
    """

    balance: Balance
    first_rejections: tuple[str, ...]
    unknown_keys: dict[str, int]
    disagreements: dict[str, int]
    untimed: int


def ingest_file(
    engine: DuckDBPyConnection,
    log: Log,
    as_format: Format,
    log_end_us: int | None,
    rejections: IO[str],
    spool: Path,
) -> Ingested:
    """Read a file into the engine's table ``evidence_rows``, judged and balanced.

    Args:
        engine: With the macros of `reach.ingest.secret.define_macros`.
        log: The file.
        as_format: Its format.
        log_end_us: Events later than this (µs UTC) are refused; None for no such bound.
        rejections: Where refused records are written.
        spool: A folder for what passes between Python and the engine.

    Raises:
        InputError: The file is damaged, or needs more memory than the engine may use.
        BalanceError: Records were lost or counted twice.
    """
    reading = _Reading(engine, log, as_format, log_end_us, rejections, spool)
    with ThreadPoolExecutor(1) as pool:
        # Counting line ends waits for the disk, not for the engine: it runs beside it.
        line_ends = pool.submit(_count_line_ends, log) if log.head.container == "ndjson" else None
        try:
            ingested = reading.read()
            lines = line_ends.result() if line_ends else 0
        except (EOFError, zlib.error, gzip.BadGzipFile, zstandard.ZstdError) as error:
            fault = Fault(
                log.name, "$", f"damaged compressed data ({error})", "a whole file; fetch it again"
            )
            raise InputError([fault]) from error
        except duckdb.OutOfMemoryException as error:
            fault = Fault(
                log.name, "$", "more data than the memory limit allows", "a higher --memory-limit"
            )
            raise InputError([fault]) from error
    return _with_lines(ingested, log, lines)


class _Reading:
    """The steps of reading one file; they share the file and nothing else."""

    def __init__(
        self,
        engine: DuckDBPyConnection,
        log: Log,
        as_format: Format,
        log_end_us: int | None,
        rejections: IO[str],
        spool: Path,
    ) -> None:
        self.engine, self.log, self.format = engine, log, as_format
        self.log_end_us, self.rejections, self.spool = log_end_us, rejections, spool
        self.present: Collection[str] = as_format.present(log)
        self.shown: list[str] = []

    def read(self) -> Ingested:
        if self.log.head.container == "empty":
            self.engine.execute(f"CREATE OR REPLACE TEMP TABLE evidence_rows AS {_NO_ROWS}")
            return self._ingested(Balance())
        try:
            unproven, records = self._roll_up(self._rows(numbered=False))
            if unproven and len(self.present) < len(EVENT_FIELDS):
                # The file may have fields that its beginning did not show.
                self.present = EVENT_FIELDS
                unproven, records = self._roll_up(self._rows(numbered=False))
            if not unproven:
                return self._account(records)
            rows = self._rows(numbered=False)
            # Only a file with something to report is read again, in order, for the numbers.
            ingested = self._judged(rows, self._rows(numbered=True), records)
        except duckdb.OutOfMemoryException:
            raise
        except duckdb.Error:
            ingested = None
        # The engine can't read the file as a whole, or not as Python does: a record at a time.
        return ingested or self._by_record()

    def _by_record(self) -> Ingested:
        self.present = EVENT_FIELDS
        rows = self._typed(spool_tokens(self.log, self.format, self.spool / "tokens.ndjson"))
        unproven, records = self._roll_up(rows)
        if not unproven:
            return self._account(records)
        ingested = self._judged(rows, rows, records)
        if ingested is None:
            raise BalanceError(f"{self.log.name}: the file changed while it was read; run again")
        return ingested

    def _judged(self, rows: str, numbered: str, records: int) -> Ingested | None:
        """The account with the judge's word; None if engine and Python see different records."""
        self.engine.execute(
            "CREATE OR REPLACE TEMP TABLE judged_records AS "
            f"SELECT DISTINCT record FROM ({numbered}) WHERE NOT proven AND NOT no_event"
        )
        listed = self.engine.execute("SELECT record FROM judged_records").fetchall()
        self.shown.clear()
        self.rejections.seek(0)
        self.rejections.truncate()
        refused, empty, seen, judged = self._judge({number for (number,) in listed})
        if seen != records:
            return None
        if refused < len(listed) or not self.format.one_event:
            self._roll_up(
                f"SELECT * FROM ({rows}) WHERE (proven OR no_event) "
                "AND (record IS NULL OR record NOT IN (SELECT record FROM judged_records)) "
                f"UNION ALL BY NAME {judged}"
            )
        return self._account(records, refused, empty)

    def _rows(self, *, numbered: bool) -> str:
        return self._typed(self.format.tokens(self.log, numbered=numbered))

    def _typed(self, tokens: str) -> str:
        columns, proven = compile_schema(schema("event"), self.present, self.log_end_us)
        return typed_rows(tokens, columns, proven)

    def _roll_up(self, rows: str) -> tuple[int, int]:
        """Make ``evidence_rows``; how many rows stay unproven, and how many records there are."""
        self.engine.execute(
            f"CREATE OR REPLACE TEMP TABLE evidence_rows AS {evidence(rows, self.present)}"
        )
        found = self.engine.execute(
            "SELECT coalesce(sum(unproven), 0)::BIGINT, coalesce(sum(records), 0)::BIGINT FROM evidence_rows"
        ).fetchone() or (0, 0)
        return found[0], found[1]

    def _judge(self, wanted: Collection[int]) -> tuple[int, int, int, str]:
        refused = empty = seen = 0

        def judged() -> Iterator[tuple[int, list[dict[str, Any]]]]:
            nonlocal refused, empty, seen
            for record in self.format.records(self.log):
                seen = record.number
                if record.number not in wanted:
                    continue
                try:
                    events = judge(record, self.log, self.format, self.log_end_us)
                except Refused as why:
                    refused += 1
                    self._refuse(record, why)
                    continue
                empty += not events
                yield record.number, events

        sql = spool_judged(judged(), self.spool / "judged.ndjson")
        return refused, empty, seen, sql

    def _refuse(self, record: Record, why: Refused) -> None:
        write_rejection(self.rejections, self.log, record, why)
        if len(self.shown) < _SHOWN:
            self.shown.append(
                str(Fault(f"{self.log.name}:{record.line}", why.path, why.received, why.expected))
            )

    def _account(self, records: int, refused: int = 0, empty: int = 0) -> Ingested:
        found = self.engine.execute(
            "SELECT coalesce(sum(records) FILTER (message_id IS NOT NULL), 0)::BIGINT, "
            "coalesce(sum(no_events), 0)::BIGINT, "
            "coalesce(sum(events) FILTER (message_id IS NOT NULL), 0)::BIGINT, "
            "coalesce(sum(facts) FILTER (message_id IS NOT NULL), 0)::BIGINT, "
            "count(message_id), coalesce(sum(untimed) FILTER (message_id IS NOT NULL), 0)::BIGINT "
            "FROM evidence_rows"
        ).fetchone() or (0, 0, 0, 0, 0, 0)
        accepted, no_events, events, facts, messages, untimed = found
        self.engine.execute("DELETE FROM evidence_rows WHERE message_id IS NULL")
        balance = Balance(
            records=records,
            accepted=accepted,
            rejected=refused,
            without_event=no_events + empty,
            events=events,
            facts=facts,
            repeats=events - facts,
            messages=messages,
        )
        return self._ingested(balance, untimed)

    def _ingested(self, balance: Balance, untimed: int = 0) -> Ingested:
        counts = ", ".join(f"count(*) FILTER ({name} <> {name}_other)" for name in ATTRIBUTES)
        found = self.engine.execute(f"SELECT {counts} FROM evidence_rows").fetchone() or ()
        disagreements = {
            name: count for name, count in zip(ATTRIBUTES, found, strict=True) if count
        }
        unknown = self.format.unknown_keys(self.log.head, self.log.options)
        return Ingested(balance, tuple(self.shown), unknown, disagreements, untimed)


_SHOWN = 5
_NO_ROWS = (
    "SELECT NULL::VARCHAR AS provider, NULL::VARCHAR AS account, NULL::VARCHAR AS message_id, "
    "NULL::VARCHAR AS recipient, 0 AS bits, "
    + ", ".join(f"NULL::VARCHAR AS {name}, NULL::VARCHAR AS {name}_other" for name in ATTRIBUTES)
    + ", "
    + ", ".join(f"NULL::BIGINT AS {name}" for name in TIMES)
    + ", NULL::VARCHAR AS failure_reason, NULL::VARCHAR AS alias_id, NULL::BIGINT AS cost_micros, "
    "NULL::VARCHAR AS currency WHERE false"
)


def part_rows(ingest_id: str, measures: int) -> str:
    """SQL for the rows of a part, addresses and message names replaced by keyed hashes.

    Args:
        ingest_id: Goes into every row.
        measures: What the source declares to be able to tell, as `reach.vocabulary.Measures`.
    """
    disagreements = " + ".join(
        f"CASE WHEN {name} <> {name}_other THEN {1 << position} ELSE 0 END"
        for position, name in enumerate(ATTRIBUTES)
    )
    return (
        f"SELECT {literal(ingest_id)} AS ingest_id, "
        "message_key(address, provider, account, message_id) AS message_key, "
        "CASE WHEN alias_id <> message_id "
        "THEN message_key(address, provider, account, alias_id) END AS alias_key, "
        f"address, {', '.join(ATTRIBUTES)}, bits, {measures} AS measures, "
        f"({disagreements})::INTEGER AS disagreements, {', '.join(TIMES)}, "
        "failure_reason, cost_micros, currency "
        # Each address is hashed once: persons get several messages, and hashing is dear.
        "FROM evidence_rows JOIN (SELECT recipient, pseudonym(recipient) AS address "
        "FROM (SELECT DISTINCT recipient FROM evidence_rows)) USING (recipient)"
    )


def _count_line_ends(log: Log) -> int:
    from reach.formats.head import open_plain

    lines = 0
    last = b"\n"
    with open_plain(log.path, log.head.compression) as file:
        while chunk := file.read(_CHUNK):
            lines += chunk.count(b"\n")
            last = chunk[-1:]
    return lines + (last != b"\n")


def _with_lines(ingested: Ingested, log: Log, lines: int) -> Ingested:
    balance = ingested.balance
    blank = 0
    if lines != balance.records:
        lines, blank = ndjson.count_lines(log) if log.head.container == "ndjson" else (0, 0)
    balance = balance + Balance(lines=lines, blank=blank)
    balance.check(log.name)
    return Ingested(
        balance,
        ingested.first_rejections,
        ingested.unknown_keys,
        ingested.disagreements,
        ingested.untimed,
    )
