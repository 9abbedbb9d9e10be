"""The steps of reading one file: proven at once where that can be, judged where it can't."""

from __future__ import annotations

from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import duckdb

from reach.engine import identifier
from reach.errors import BalanceError, Fault
from reach.formats.given import Given
from reach.formats.record import EVENT_FIELDS, Refused
from reach.ingest.event_rows import UNPROVEN, bare_rows, coded_columns, coded_rows
from reach.ingest.grouping import (
    Counts,
    counts,
    drop_unproven,
    group,
    group_bare,
    make_room,
)
from reach.ingest.ingested import Ingested, Told, account_of, numbers
from reach.ingest.judge import judge
from reach.ingest.listed import Numbers
from reach.ingest.predicates import compile_schema, worked_out
from reach.ingest.rejection import write_rejection
from reach.ingest.roll_up import NotProvenError
from reach.ingest.spool import JUDGED_COLUMNS, spool_judged, spool_tokens
from reach.ingest.unlikely import came_up, unlikely
from reach.schemas import schema

if TYPE_CHECKING:
    from collections.abc import Collection, Container, Iterator, Mapping

    from duckdb import DuckDBPyConnection

    from reach.formats.record import Format, Log, Record
    from reach.ingest.predicates import Column

_SHOWN = 5
_WIDEST = 1000
"""Columns of a CSV; the engine takes more than linear time for them, Python does not."""
_UNPROVEN = "message_id IS NULL AND NOT no_event"
_NO_ROWS = (
    "SELECT NULL::BIGINT AS record, false AS leads, false AS no_event, "
    "NULL::VARCHAR AS message_id, NULL::VARCHAR AS recipient, 0 AS bit, "
    "NULL::BIGINT AS occurred_us WHERE false"
)


class Reading:
    """The steps of reading one file; they share the file and nothing else."""

    def __init__(
        self,
        engine: DuckDBPyConnection,
        log: Log,
        as_format: Format,
        log_end_us: int | None,
        rejections: IO[str],
        spool: Path,
        country: str | None,
    ) -> None:
        """Arguments as for `reach.ingest.file.ingest_file`."""
        self.engine, self.log, self.format = engine, log, as_format
        self.log_end_us, self.rejections, self.spool = log_end_us, rejections, spool
        self.country = country
        self.present: Collection[str] = as_format.present(log)
        self.given: Mapping[str, Given] = as_format.given(log, plain=True)
        self.columns: Mapping[str, Column] = {}
        self.shown: list[Fault] = []

    def read(self) -> Ingested:
        """Make ``evidence_rows`` of the file; its account has no lines yet."""
        if self.log.head.container == "empty":
            group(self.engine, _NO_ROWS, coded_columns(()), into=False)
            return self._account(counts(self.engine))
        # The engine can skip a line, but not where line ends are of two kinds.
        head = self.log.head
        is_wide = head.container == "csv" and len(head.columns) > _WIDEST
        if not self.format.columnar(self.log) or head.preamble or is_wide:
            return self._by_record()
        try:
            has_plain = any(how is not Given.MOMENT for how in self.given.values())
            ingested = self._as_plain() if has_plain else None
            return ingested or self._as_tokens()
        except duckdb.OutOfMemoryException:
            raise
        except duckdb.Error:
            # The engine can't read the file as a whole, or not as Python does.
            return self._by_record()

    def _as_plain(self) -> Ingested | None:
        """The cheapest way; None if it can't prove every record valid."""
        self.columns, proven = self._compiled()
        rows = bare_rows(
            self.format.tokens(self.log, numbered=False, plain=True), self.columns, proven
        )
        left_out = unlikely(self.log)
        found, bits = group_bare(self.engine, rows, coded_columns(self.columns), left_out)
        if bits & UNPROVEN:
            return None
        if came_up(left_out, bits):
            found, _ = group_bare(self.engine, rows, coded_columns(self.columns), ())
        try:
            return self._account(found)
        except NotProvenError:
            return None

    def _as_tokens(self) -> Ingested:
        """The way that can also name what is wrong, and that proves more."""
        self.given = self.format.given(self.log, plain=False)
        found = self._group()
        if found.unproven and self._find_more_fields():
            found = self._group()
        if not found.unproven:
            return self._account(found)
        # Only a file with something to report is read again, in order, for the numbers.
        numbered = self._tokens(numbered=True)
        if self.format.one_event:
            verdict = self._judge_unproven(self._unproven_of(numbered), found.records)
        else:
            verdict = self._judge_with_kept(numbered)
        return self._account(found, *verdict) if verdict else self._by_record()

    def _by_record(self) -> Ingested:
        """The way of one record after another, for what the engine can't read."""
        self.present, self.given = EVENT_FIELDS, {}
        tokens = spool_tokens(self.log, self.format, self.spool / "tokens.ndjson")
        found = self._group(tokens)
        if not found.unproven:
            return self._account(found)
        if self.format.one_event:
            verdict = self._judge_unproven(self._unproven_of(tokens), found.records)
        else:
            verdict = self._judge_with_kept(tokens)
        if verdict is None:
            raise BalanceError(f"{self.log.name}: the file changed while it was read; run again")
        return self._account(found, *verdict)

    def _tokens(self, *, numbered: bool) -> str:
        return self.format.tokens(self.log, numbered=numbered)

    def _compiled(self) -> tuple[dict[str, Column], str]:
        return compile_schema(schema("event"), self.present, self.log_end_us, self.given)

    def _group(self, tokens: str | None = None) -> Counts:
        """Group the events as they are read, in one pass."""
        self.columns, proven = self._compiled()
        rows = coded_rows(tokens or self._tokens(numbered=False), self.columns, proven)
        group(self.engine, rows, coded_columns(self.columns), into=False)
        return counts(self.engine)

    def _find_more_fields(self) -> bool:
        """Whether the file has fields that its beginning did not show; they are then present."""
        hidden = sorted(self.format.possible(self.log) - set(self.present))
        if not hidden:
            return False
        counted = ", ".join(f"count({identifier(name)})" for name in hidden)
        found = numbers(self.engine, f"SELECT {counted} FROM ({self._tokens(numbered=False)})")
        more = {name for name, count in zip(hidden, found, strict=True) if count}
        self.present = frozenset(self.present) | more
        return bool(more)

    def _unproven_of(self, numbered: str) -> str:
        """SQL for the rows of numbered tokens that are not proven."""
        _, proven = self._compiled()
        rows = worked_out(numbered, self.columns)
        return f"SELECT record FROM ({rows}) WHERE NOT ({proven}) AND NOT no_event"

    def _judge_unproven(self, unproven: str, records: int) -> tuple[int, int] | None:
        """Put the judge's events in the place of the unproven, each a record of its own.

        Args:
            unproven: SQL for the number of each record that is not proven.
            records: How many records there are.

        Returns:
            How many records are refused, and how many are found to hold no event; None if
            engine and Python see different records.
        """
        listed = Numbers.of(
            self.engine.execute(f"SELECT DISTINCT record FROM ({unproven}) ORDER BY record")
        )
        refused, empty, seen, judged = self._judge_anew(listed)
        if seen != records:
            return None
        self._add_judged(judged, any_valid=refused < len(listed))
        return refused, empty

    def _judge_with_kept(self, numbered: str) -> tuple[int, int] | None:
        """The same where a record's proven rows must go with an unproven one: events are kept."""
        rows = coded_rows(numbered, self.columns, self._compiled()[1])
        self.engine.execute(f"CREATE OR REPLACE TEMP TABLE event_rows AS {rows}")
        records = numbers(self.engine, "SELECT count(*) FILTER (leads) FROM event_rows")[0]
        self.engine.execute(
            "CREATE OR REPLACE TEMP TABLE judged_records AS "
            f"SELECT DISTINCT record FROM event_rows WHERE {_UNPROVEN}"
        )
        listed = Numbers.of(
            self.engine.execute("SELECT record FROM judged_records ORDER BY record")
        )
        refused, empty, seen, judged = self._judge_anew(listed)
        if seen != records:
            return None
        kept = "SELECT * FROM event_rows ANTI JOIN judged_records USING (record)"
        group(self.engine, kept, coded_columns(self.columns), into=False)
        self.engine.execute("DROP TABLE event_rows; DROP TABLE judged_records")
        self._add_judged(judged, any_valid=refused < len(listed))
        return refused, empty

    def _add_judged(self, judged: str, *, any_valid: bool) -> None:
        """Put the judge's events in the place of what is not proven."""
        drop_unproven(self.engine)
        if any_valid:
            make_room(self.engine)
            rows = coded_rows(judged, JUDGED_COLUMNS, "true")
            group(self.engine, rows, coded_columns(JUDGED_COLUMNS), into=True)

    def _judge_anew(self, listed: Numbers) -> tuple[int, int, int, str]:
        self.shown.clear()
        self.rejections.seek(0)
        self.rejections.truncate()
        return self._judge(listed)

    def _judge(self, wanted: Container[int]) -> tuple[int, int, int, str]:
        refused = empty = seen = 0

        def judged() -> Iterator[tuple[int, list[dict[str, Any]]]]:
            nonlocal refused, empty, seen
            for record in self.format.records(self.log, wanted):
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
                Fault(f"{self.log.name}:{record.line}", why.path, why.received, why.expected)
            )

    def _account(self, found: Counts, refused: int = 0, empty: int = 0) -> Ingested:
        # What was not proven has been judged since, and the judge's rows stand in its place.
        grouped = counts(self.engine) if found.unproven else found
        told = Told(found.records, grouped, refused, empty, tuple(self.shown))
        return account_of(self.engine, self.log, self.format, told, self.columns, self.country)
