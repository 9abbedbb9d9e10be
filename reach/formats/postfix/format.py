"""Postfix's mail log, as syslog writes it."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from reach.formats.containers import text_lines
from reach.formats.notations.mail_status import reason_sql
from reach.formats.postfix import clock, lines
from reach.formats.postfix.queue import Queue, queue_ids
from reach.formats.postfix.sql import KEPT, tables_sql
from reach.formats.postfix.words import WORDS
from reach.formats.provider import ProviderFormat
from reach.formats.provider_sql import finished, meaning_sql, quoted_sql
from reach.formats.record import Fit, Log, Options, Record, Refused
from reach.formats.words import Word
from reach.vocabulary import Event

if TYPE_CHECKING:
    from reach.formats.containers.head import Head


class PostfixFormat(ProviderFormat):
    """Postfix's mail log: a line is a record."""

    name: ClassVar[str] = "postfix"
    title: ClassVar[str] = "Postfix mail log"
    version: ClassVar[str] = "1"
    one_event: ClassVar[bool] = False
    words: ClassVar[tuple[Word, ...]] = WORDS
    placeable: ClassVar[frozenset[str]] = frozenset()
    settings: ClassVar[frozenset[str]] = frozenset(("timezone", "year", "hops"))
    tells: ClassVar[tuple[str, ...]] = (
        "that the last server, or a mailbox here, took the message (receipt: carrier)",
        "bounces and deferrals with their status codes, and messages that were given up",
        "a message's way through filters and servers of the office's own, where each logs it",
    )
    silent: ClassVar[tuple[str, ...]] = (
        "whether the message came to the inbox or to the spam folder, or was read",
        "which messages are the office's: mail to it and notices of failures are in it, too",
        "what became of a message that an alias sent on: that is one to the other address",
        "that a command took a message to send it anew, unless hops name its relay",
        "bounces that come back as mail after a delivery",
    )
    fills: ClassVar[frozenset[str]] = frozenset(
        ("message_id", "event", "channel", "recipient", "occurred_at", "receipt", "permanent",
         "reason", "provider", "alias_id")
    )  # fmt: skip
    marks: ClassVar[str] = "lines of syslog by programs of Postfix"

    def is_record(self, value: Mapping[str, Any]) -> bool:  # noqa: ARG002
        """Never: a line is no JSON object."""
        return False

    def fit(self, head: Head, options: Options) -> Fit:
        """It fits if one of the first lines is Postfix's."""
        if options.map is not None:
            return Fit(ok=False, why="a column map belongs to format table")
        if head.container != "csv":
            return Fit(ok=False, why="it is no text of lines")
        if any(map(lines.is_postfix, head.start.splitlines())):
            return Fit(ok=True, why=f"it has {self.marks}")
        if options.format == self.name:
            return Fit(ok=True, why="it is named, and each of its lines is to be judged")
        return Fit(ok=False, why=f"it has no {self.marks}")

    def lacking(self, head: Head, options: Options) -> tuple[str, str] | None:
        """Zone and year, where the first line leaves them out."""
        first = next(filter(lines.begins, head.start.splitlines()), None)
        if first is None or lines.is_iso(first) or (options.timezone and options.year):
            return None
        return f"{clock.LACKING} ({first[:15]})", clock.WANTED

    def lined(self, log: Log) -> bool:  # noqa: ARG002
        """Always."""
        return True

    def columnar(self, log: Log) -> bool:  # noqa: ARG002
        """Always."""
        return True

    def read(self, value: Mapping[str, Any]) -> list[tuple[dict[str, Any], Mapping[str, Any]]]:
        """The events that `records` found in a line."""
        return [(event, {}) for event in value["events"]]

    def records(self, log: Log, wanted: Container[int] | None = None) -> Iterator[Record]:
        """The file's lines, each with its events: what a line means depends on those before."""
        known = queue_ids(record.raw for record in text_lines.records(log))
        queue = Queue(log.options, known)
        for record in text_lines.records(log):
            broken, events = record.broken, []
            if broken is None:
                try:
                    events = queue.events(record.raw)
                except Refused as why:
                    broken = why
            if wanted is not None and record.number not in wanted:
                yield Record(record.number, record.line, "", None)
            else:
                value = None if broken else {"events": events}
                yield Record(record.number, record.line, record.raw, value, broken)

    def tokens(self, log: Log, *, numbered: bool, plain: bool = False) -> str:  # noqa: ARG002
        """SQL for the whole file; lines are numbered always, for their order tells."""
        *steps, (_, told) = tables_sql(log).items()
        # What is used once need not be kept: it takes memory.
        kept = {name: "" if name in KEPT else "NOT " for name, _ in steps}
        tables = ", ".join(f"{name} AS {kept[name]}MATERIALIZED ({sql})" for name, sql in steps)
        return f"WITH {tables} {self.rows(log, told)}"

    def rows(self, log: Log, records: str) -> str:
        """SQL for rows of events from rows as `reach.formats.postfix.sql.tables_sql` has them."""
        event = meaning_sql(WORDS, "said", "event")
        failed = f"{event} = '\"{Event.FAILED}\"'"
        by_code = "CASE left(dsn, 1) WHEN '5' THEN 'true' WHEN '4' THEN 'false' END"
        permanent = f"coalesce({meaning_sql(WORDS, 'said', 'permanent')}, {by_code})"
        reason = f"CASE WHEN {failed} OR {event} = '\"{Event.DEFERRED}\"' THEN {reason_sql('dsn')} ELSE {meaning_sql(WORDS, 'said', 'reason')} END"
        fields = {
            "message_id": quoted_sql("name"),
            "alias_id": quoted_sql("alias"),
            "event": event,
            "channel": quoted_sql("'email'"),
            "provider": quoted_sql("'postfix'"),
            "recipient": quoted_sql("recipient"),
            "occurred_at": quoted_sql("moment"),
            "receipt": meaning_sql(WORDS, "said", "receipt"),
            "permanent": f"CASE WHEN {failed} THEN {permanent} END",
            "reason": reason,
        }
        return finished(records, fields, log, sure="sure", leads="leads", no_event="quiet")
