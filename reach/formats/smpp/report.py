"""From what was read of a receipt to its events: once in Python, once in SQL."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from reach.engine import literal
from reach.formats.notations.local_time import to_utc_sql
from reach.formats.provider_sql import finished, known_sql, meaning_sql, quoted_sql
from reach.formats.record import Log
from reach.formats.smpp.receipt import DONE, SUBMIT, ReceiptText, receipt_time
from reach.formats.smpp.words import SENT_BEFORE, WORDS
from reach.formats.words import Word
from reach.vocabulary import Event

PROVIDER, CHANNEL = "smpp", "sms"
_EARLY = (Event.QUEUED, Event.SENT)
"""States that a message has from its submission on."""


@dataclass(frozen=True, slots=True)
class Report:
    """What is known of one message.

    Attributes:
        meant: The word of its state.
        name: Its id at the operator.
        person: The handset; empty if nobody is named.
        receipt: The operator's text, for its dates.
        at: When the office's own gateway wrote it down, which then counts alone.
    """

    meant: Word
    name: str
    person: str
    receipt: ReceiptText | None = None
    at: str | None = None


def report_events(report: Report, zone: str | None) -> list[dict[str, Any]]:
    """Its state and, where a receipt tells when, that the operator took it before.

    Raises:
        Refused: A date can't be read.
    """
    meant, receipt = report.meant, report.receipt
    assert meant.event is not None  # noqa: S101 -- what has none is told before
    submitted = receipt_time(receipt.submit, SUBMIT, zone) if receipt else None
    done = receipt_time(receipt.done, DONE, zone) if receipt else None
    message = {
        "message_id": report.name,
        "channel": CHANNEL,
        "provider": PROVIDER,
        # Nobody's receipt: as many persons as messages, for none can be told from another.
        "recipient": report.person or f"{PROVIDER}:{report.name}",
    }
    status = message | {
        "event": str(meant.event),
        "occurred_at": report.at or ((submitted or done) if meant.event in _EARLY else done),
        "receipt": meant.receipt,
        "permanent": meant.permanent,
        "reason": meant.reason,
    }
    if submitted is None or meant.event not in SENT_BEFORE:
        return [status]
    return [message | {"event": str(Event.SENT), "occurred_at": submitted}, status]


def report_rows(
    rows: str, log: Log, *, clock: str = "''", sure: str = "true", no_event: str = "false"
) -> str:
    """SQL for the same.

    Args:
        rows: SQL for rows with ``said``, ``name``, ``person`` and what `receipt_columns` adds.
        log: The file.
        clock: SQL of the gateway's own time as text; empty where the receipt's dates count.
        sure: SQL that is true where all these surely are what Python reads.
        no_event: SQL that is true where a record surely holds no event.
    """
    zone = log.options.timezone
    at = to_utc_sql(clock, zone) if zone is not None and clock != "''" else "NULL::VARCHAR"
    known = (
        f"SELECT *, {meaning_sql(WORDS, 'said', 'event')} AS event, {at} AS moment FROM ({rows})"
    )
    before = " OR ".join(f"event = '\"{event}\"'" for event in SENT_BEFORE)
    both = (
        f"SELECT *, unnest(CASE WHEN {clock} = '' AND submitted IS NOT NULL AND ({before}) "
        f"THEN [true, false] ELSE [true] END) AS of_status FROM ({known})"
    )
    early = " OR ".join(f"event = '\"{event}\"'" for event in _EARLY)
    happened = (
        f"CASE WHEN {clock} <> '' THEN moment WHEN NOT of_status THEN submitted "
        f"WHEN {early} THEN coalesce(submitted, finished) ELSE finished END"
    )
    person = f"CASE WHEN person <> '' THEN person ELSE '{PROVIDER}:' || name END"
    fields = {
        "message_id": _token_sql("name"),
        "channel": quoted_sql(f"'{CHANNEL}'"),
        "provider": quoted_sql(literal(PROVIDER)),
        "recipient": _token_sql(person),
        "event": f"CASE WHEN of_status THEN event ELSE '\"{Event.SENT}\"' END",
        "occurred_at": quoted_sql(happened),
    } | {
        field: f"CASE WHEN of_status THEN {meaning_sql(WORDS, 'said', field)} END"
        for field in ("receipt", "permanent", "reason")
    }
    proven = [
        known_sql(WORDS, "said", eventful=True),
        "name <> ''",
        f"CASE WHEN {clock} = '' THEN dated ELSE moment IS NOT NULL END",
        f"({sure})",
    ]
    silent = f"({no_event}) OR {known_sql(WORDS, 'said', eventful=False)}"
    return finished(
        both, fields, log, sure=" AND ".join(proven), leads="of_status", no_event=silent
    )


def _token_sql(text: str) -> str:
    return f"to_json({text})::VARCHAR"
