"""Ingest once more, a record at a time and with dicts: slow, and right at a glance.

What `reach.ingest.file.ingest_file` does with whole files at once has to come to the same.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from reach.formats.containers import ndjson
from reach.formats.containers.head import open_plain
from reach.formats.containers.json_values import taken_out
from reach.formats.record import EVENT_FIELDS, Record, Refused
from reach.ingest.telephone import is_written_as_number, normal_number
from reach.schemas import validator
from reach.vocabulary import Seen

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reach.formats.record import Format, Log

ATTRIBUTES = ("channel", "campaign", "region", "segment", "purpose", "variant")
BLANKS = b" \t\r\n\v\f"

FAILURES = (
    Seen.FAILED_PERMANENT | Seen.FAILED_TEMPORARY | Seen.FAILED_UNSURE | Seen.EXPIRED
    | Seen.REJECTED | Seen.SUPPRESSED | Seen.SUPERSEDED
)  # fmt: skip
EARLIEST = {
    "first_at": ~Seen(0),
    "sent_at": Seen.QUEUED | Seen.SENT | Seen.DEFERRED,
    "delivered_at": Seen.DELIVERED_CARRIER | Seen.DELIVERED_DEVICE,
    "acted_at": Seen.CONVERTED,
}
LATEST = {"last_at": ~Seen(0), "last_click_at": Seen.CLICKED_HUMAN}

TIME = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)[Tt](\d\d):(\d\d):(\d\d)(?:\.(\d+))?(?:[Zz]|([+-])(\d\d):(\d\d))",
    re.ASCII,
)


@dataclass
class Exact:
    """What a file comes to.

    Attributes:
        refused: Number and line of each refused record.
        counts: By the names of `reach.ingest.balance.Balance`, and ``untimed`` and
            ``no_numbers``.
        rows: Rows of the evidence, each as a dict of its columns, by the keys of the
            message's name and second name.
        disagreements: Messages that are said to be two things, by attribute.
    """

    refused: list[tuple[int, int]] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)
    rows: dict[tuple[bytes, bytes | None], dict[str, Any]] = field(default_factory=dict)
    disagreements: dict[str, int] = field(default_factory=dict)


def exact(
    log: Log,
    as_format: Format,
    key: bytes,
    log_end_us: int | None,
    country: str | None = None,
) -> Exact:
    """Ingest a file the slow way."""
    found = Exact()
    messages: dict[tuple[str, ...], list[dict[str, Any]]] = {}
    records = accepted = without_event = 0
    for record in _records(log, as_format):
        records += 1
        try:
            if record.broken:
                raise record.broken
            events = [_valid(event, log_end_us, country) for event in as_format.events(record, log)]
        except Refused:
            found.refused.append((record.number, record.line))
            continue
        accepted += bool(events)
        without_event += not events
        for event in events:
            names = event.get("provider", "reach"), event.get("account", ""), event["message_id"]
            messages.setdefault((*names, event["recipient"]), []).append(event)
    all_events = [event for events in messages.values() for event in events]
    facts = sum(len({event["bit"] for event in events}) for events in messages.values())
    lines, blank = _lines(log, as_format)
    found.counts = {
        "records": records,
        "accepted": accepted,
        "rejected": len(found.refused),
        "without_event": without_event,
        "events": len(all_events),
        "facts": facts,
        "repeats": len(all_events) - facts,
        "messages": len(messages),
        "lines": lines,
        "blank": blank,
        "untimed": sum(event["at"] is None for event in all_events),
        "no_numbers": len(
            {
                event["recipient"]
                for event in all_events
                if is_written_as_number(event["recipient"], country)
                and normal_number(event["recipient"], country) is None
            }
        ),
    }
    for message, events in messages.items():
        for row in _rows(message, events, key):
            found.rows[row["message_key"], row["alias_key"]] = row
    for position, name in enumerate(ATTRIBUTES):
        apart = {
            row["message_key"]
            for row in found.rows.values()
            if row["disagreements"] >> position & 1
        }
        if apart:
            found.disagreements[name] = len(apart)
    return found


def _records(log: Log, as_format: Format) -> Iterator[Record]:
    if log.head.container == "empty":
        return
    if log.head.container != "ndjson":
        yield from as_format.records(log)
        return
    number = 0
    for line, content in enumerate(_plain(log).split(b"\n"), start=1):
        if not content.strip(BLANKS):
            continue
        number += 1
        try:
            bare = content.removeprefix(b"\xef\xbb\xbf") if line == 1 else content
            yield _bare(Record(number, line, "", ndjson.parse(bare)), log, as_format)
        except Refused as why:
            yield Record(number, line, "", None, why)


def _bare(record: Record, log: Log, as_format: Format) -> Record:
    """Without the envelope that it may lie in; reach's own format looks into envelopes itself."""
    return taken_out(record) if log.head.enveloped and as_format.name != "reach" else record


def _plain(log: Log) -> bytes:
    with open_plain(log.path, log.head.compression, log.head.encoding) as file:
        return file.read()


def _lines(log: Log, as_format: Format) -> tuple[int, int]:
    if not as_format.lined(log):
        return 0, 0
    lines = _plain(log).split(b"\n")
    if not lines[-1]:
        lines.pop()
    return len(lines), sum(not line.strip(BLANKS) for line in lines)


def _valid(event: dict[str, Any], log_end_us: int | None, country: str | None) -> dict[str, Any]:
    said = {name: event[name] for name in EVENT_FIELDS if event.get(name) is not None}
    if not validator("event").is_valid(said):
        raise Refused("$", "", "")
    at = micros(said["occurred_at"]) if "occurred_at" in said else None
    if at is not None and not -62_135_596_800_000_000 <= at < 253_402_300_800_000_000:
        raise Refused("$", "", "")  # outside the years 1 to 9999
    if at is not None and log_end_us is not None and at > log_end_us:
        raise Refused("$", "", "")
    bare = said["recipient"].strip(" \t\r\n\f\v")
    ascii_lower = re.sub("[A-Z]", lambda found: found.group().lower(), bare)
    address = ascii_lower if "@" in bare else bare
    return said | {
        "recipient": normal_number(address, country) or address,
        "bit": bit(said),
        "at": at,
    }


def micros(time: str) -> int:
    """Microseconds since 1970, cut and not rounded."""
    found = TIME.fullmatch(time)
    assert found, time
    year, month, day, hour, minute, second = map(int, found.groups()[:6])
    fraction, sign, off_hours, off_minutes = found.groups()[6:]
    whole = datetime(year, month, day, hour, minute, second, tzinfo=UTC) - datetime(
        1970, 1, 1, tzinfo=UTC
    )
    seconds = whole // timedelta(seconds=1)
    if sign:
        offset = int(off_hours) * 3600 + int(off_minutes) * 60
        seconds -= offset if sign == "+" else -offset
    return seconds * 1_000_000 + int(((fraction or "") + "000000")[:6])


def bit(event: dict[str, Any]) -> Seen:
    """The one bit of an event, by the descriptions in the event schema."""
    by_qualifier: dict[str, tuple[str, dict[Any, str]]] = {
        "delivered": ("receipt", {"device": "DEVICE", None: "CARRIER", "carrier": "CARRIER"}),
        "failed": ("permanent", {True: "PERMANENT", False: "TEMPORARY", None: "UNSURE"}),
        "opened": ("machine", {True: "MACHINE", False: "HUMAN", None: "UNSURE"}),
        "clicked": ("machine", {True: "MACHINE", False: "HUMAN", None: "HUMAN"}),
        "replied": ("machine", {True: "MACHINE", False: "HUMAN", None: "HUMAN"}),
    }
    name: str = event["event"].upper()
    if event["event"] in by_qualifier:
        field, suffixes = by_qualifier[event["event"]]
        name += "_" + suffixes[event.get(field)]
    return Seen[name]


def _rows(
    names: tuple[str, ...], events: list[dict[str, Any]], key: bytes
) -> Iterator[dict[str, Any]]:
    provider, account, message_id, recipient = names
    address = hmac.digest(key, recipient.encode(), hashlib.sha256)[:16]

    def message_key(name: str) -> bytes:
        secret = hmac.digest(key, b"message keys", hashlib.sha256)[:16]
        scope = f"{len(provider)}:{provider}{len(account)}:{account}{name}"
        return hashlib.sha256(secret + address + scope.encode()).digest()[:16]

    def said(name: str) -> list[Any]:
        return sorted(event[name] for event in events if name in event)

    def times(bits: Seen) -> list[int]:
        return [event["at"] for event in events if event["at"] is not None and event["bit"] & bits]

    costs = [
        (event["cost_micros"], event["currency"]) for event in events if "cost_micros" in event
    ]
    cost, currency = max(costs, default=(None, None))
    disagree = [len(set(said(name))) > 1 for name in ATTRIBUTES]
    # A failure without a time comes after those that have one.
    reasons = sorted(
        (event["at"] is None, event["at"] or 0, event["reason"])
        for event in events
        if "reason" in event and event["bit"] & FAILURES
    )
    bits = Seen(0)
    for event in events:
        bits |= event["bit"]
    row = {
        "message_key": message_key(message_id),
        "address": address,
        "bits": int(bits),
        "disagreements": sum(differ << position for position, differ in enumerate(disagree)),
        "failure_reason": reasons[0][-1] if reasons else None,
        "cost_micros": cost,
        "currency": currency,
        **{name: min(said(name), default=None) for name in ATTRIBUTES},
        **{name: min(times(bits), default=None) for name, bits in EARLIEST.items()},
        **{name: max(times(bits), default=None) for name, bits in LATEST.items()},
    }
    for alias in sorted(set(said("alias_id"))) or [message_id]:
        yield row | {"alias_key": None if alias == message_id else message_key(alias)}
