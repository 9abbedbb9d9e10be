"""SMPP delivery receipts: lines of text, Kannel's access log, and `deliver_sm` as JSON or CSV.

What the words mean stands in `reach.formats.smpp.words`.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from typing import Any, ClassVar

from reach.formats.containers import text_lines
from reach.formats.containers.head import Head
from reach.formats.provider import ProviderFormat, labelled
from reach.formats.record import Fit, Log, Options, Record
from reach.formats.said_beside import said_beside
from reach.formats.smpp import deliver_sm, line
from reach.formats.smpp.deliver_sm import SHAPES, deliver_events, deliver_rows
from reach.formats.smpp.line import has_report, line_events, line_rows
from reach.formats.smpp.report import PROVIDER
from reach.formats.smpp.words import SENT_LINE, WORDS
from reach.formats.words import Word
from reach.vocabulary import Measures


class SmppFormat(ProviderFormat):
    """Delivery receipts as gateways of SMPP keep them."""

    name: ClassVar[str] = PROVIDER
    title: ClassVar[str] = "SMPP delivery receipts: text lines, Kannel's access log, JSON, CSV"
    version: ClassVar[str] = "1"
    one_event: ClassVar[bool] = False
    words: ClassVar[tuple[Word, ...]] = WORDS
    tables: ClassVar[tuple[frozenset[str], ...]] = SHAPES
    settings: ClassVar[frozenset[str]] = frozenset({"timezone"})
    tells: ClassVar[tuple[str, ...]] = (
        "that the operator confirmed the delivery (receipt: carrier)",
        "that it refused a message (rejected: not sent), gave up (expired) or failed",
        "when it took the message and when the state came, by the receipt's dates",
        "in Kannel's log, also messages that no receipt came for",
    )
    silent: ClassVar[tuple[str, ...]] = (
        "why a message failed: err has numbers of the operator's own",
        "whether a failure is for good: UNDELIV is also said, as remembered, of phones switched off",
        "what became of a message in state UNKNOWN, ACCEPTD or ENROUTE",
        "how many persons there are, where receipts name nobody: each message then counts as one",
        "in which zone its dates are: timezone has to say it",
        "whether an id in hexadecimal and one in decimal are one: ids are taken as they stand",
        "which message a report is of in Kannel's logs of 2001 to 2004 (DLR SMS): they name no ids",
        "whether anybody read it",
    )
    fills: ClassVar[frozenset[str]] = frozenset(
        ("message_id", "event", "channel", "recipient", "occurred_at", "receipt", "permanent",
         "reason", "provider")
    )  # fmt: skip
    marks: ClassVar[str] = "delivery receipts, as id:… stat:DELIVRD, or the fields of a deliver_sm"

    def fit(self, head: Head, options: Options) -> Fit:
        """It fits if one of the first records looks like a receipt."""
        lines = head.start.splitlines() if self._is_text(head) else ()
        if options.map is None and any(map(has_report, lines)):
            return Fit(ok=True, why=f"it has {self.marks}")
        return super().fit(head, options)

    def _is_text(self, head: Head) -> bool:
        return head.container in ("csv", "other") and not self.is_table(head)

    def lacks(self, log: Log) -> Measures:
        """What nothing came back of, unless Kannel's log tells of what it sent, too."""
        tells_of_sending = self._is_text(log.head) and SENT_LINE in log.head.start
        return Measures(0) if tells_of_sending else Measures.ANSWERS_ONLY

    def is_record(self, value: Mapping[str, Any]) -> bool:
        """Whether it has the fields of a `deliver_sm`."""
        return any(shape <= value.keys() for shape in SHAPES)

    def lacking(self, head: Head, options: Options) -> tuple[str, str] | None:
        """A zone, where there are dates."""
        if options.timezone is not None:
            return None
        lines = map(line.lacks_zone, head.start.splitlines())
        if not (any(lines) or any(map(deliver_sm.lacks_zone, head.objects))):
            return None
        wanted = f"the zone they are in: {said_beside(timezone='Asia/Jakarta')}"
        return "delivery receipts whose dates name no zone", wanted

    def lined(self, log: Log) -> bool:
        """In text, and in JSON with an object on each line."""
        return super().lined(log) or self._is_text(log.head)

    def columnar(self, log: Log) -> bool:
        """Whether `tokens` can read the file; a line has no places for `Options.fields`."""
        if self._is_text(log.head):
            return not log.options.fields
        return super().columnar(log)

    def tokens(self, log: Log, *, numbered: bool, plain: bool = False) -> str:
        """SQL for the whole file."""
        if self._is_text(log.head):
            return line_rows(log, text_lines.rows_sql(log, numbered=numbered))
        return super().tokens(log, numbered=numbered, plain=plain)

    def rows(self, log: Log, records: str) -> str:
        """SQL for the rows of events of `deliver_sm` records."""
        return deliver_rows(records, log)

    def records(self, log: Log, wanted: Container[int] | None = None) -> Iterator[Record]:
        """The file's records."""
        if self._is_text(log.head):
            return text_lines.records(log, wanted)
        return super().records(log, wanted)

    def read(self, value: Mapping[str, Any]) -> list[tuple[dict[str, Any], Mapping[str, Any]]]:
        """A `deliver_sm`'s events, as if it had no dates; `events` knows the zone."""
        return [(event, value) for event in deliver_events(value, None)]

    def events(self, record: Record, log: Log) -> list[dict[str, Any]]:
        """One record's events, with what the options say."""
        value = record.value or {}
        if self._is_text(log.head):
            found = line_events(str(value.get("line", "")), log)
        else:
            found = deliver_events(value, log.options.timezone)
        return [labelled(event, value, log) for event in found]
