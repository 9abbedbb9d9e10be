"""Mailgun's events: bodies of webhooks, pages of its Events interface, and bare events.

What the words mean stands in `reach.formats.mailgun.words`.

References:
    Mailgun's documentation: webhook payloads, event types, metric definitions, and open and
    click bot detection; tests/data/samples/mailgun has events as it sends them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from reach.formats.containers.json_page import page_key
from reach.formats.mailgun.event import At, event_of
from reach.formats.mailgun.sql import ENVELOPE, PROVIDER, event_rows
from reach.formats.mailgun.words import CODES, EVENTS, WORDS
from reach.formats.provider import ProviderFormat
from reach.formats.record import Log, Refused
from reach.formats.words import Code, Word
from reach.shown import json_path, shorten

_PAGED = "items"


class MailgunFormat(ProviderFormat):
    """Mailgun's events, as webhooks and as its interface give them."""

    name: ClassVar[str] = PROVIDER
    title: ClassVar[str] = "Mailgun events: webhooks and pages"
    version: ClassVar[str] = "1"
    one_event: ClassVar[bool] = True
    words: ClassVar[tuple[Word, ...]] = WORDS
    codes: ClassVar[tuple[Code, ...]] = CODES
    tells: ClassVar[tuple[str, ...]] = (
        "that the receiving mail server took the message (receipt: carrier)",
        "failures for good, also those that come after a delivery, and apart from that the reason",
        "messages that were never tried: suppressed or rejected",
        "opens and clicks, where tracking is on, and which of them a machine made (client-info.bot)",
    )
    silent: ClassVar[tuple[str, ...]] = (
        "whether the message came to the inbox or to the spam folder",
        "who opened or clicked, in events without client-info.bot",
        "whose a rejected message was, if it was to several addresses",
        "which message a late bounce is of, where Mailgun could not tell either (no message-id)",
        "that an accepted event was of a batch or a mailing list as a whole: it stays sent",
    )
    fills: ClassVar[frozenset[str]] = frozenset(
        ("message_id", "event", "channel", "recipient", "occurred_at", "receipt", "permanent",
         "reason", "machine", "provider")
    )  # fmt: skip
    marks: ClassVar[str] = "one of Mailgun's events, bare or in event-data"

    def is_record(self, value: Mapping[str, Any]) -> bool:
        """Whether it is a webhook's body, an event, or a page of events without any."""
        inner = value.get(ENVELOPE)
        if isinstance(inner, dict):
            return isinstance(inner.get("event"), str)
        if page_key(value) == _PAGED:
            return True
        is_event = value.get("event") in EVENTS and "timestamp" in value
        return is_event and isinstance(value.get("message"), dict)

    def read(self, value: Mapping[str, Any]) -> list[tuple[dict[str, Any], Mapping[str, Any]]]:
        """The record's one event, or none."""
        inner, where = _taken_out(value)
        event = event_of(inner, where)
        return [] if event is None else [(event | {"provider": self.name}, inner)]

    def rows(self, log: Log, records: str) -> str:
        """SQL for the same."""
        bodies = any(ENVELOPE in each for each in log.head.objects)
        return event_rows(records, log, enveloped=bodies)


def _taken_out(value: Mapping[str, Any]) -> tuple[Mapping[str, Any], At]:
    """The event in a webhook's body, or the record itself; and where it stands."""
    inner = value.get(ENVELOPE)
    if isinstance(inner, dict):
        return inner, (ENVELOPE,)
    if inner is not None:
        raise Refused(json_path((ENVELOPE,)), shorten(inner), "an event, as an object")
    if "event" not in value and page_key(value) == _PAGED:
        received = f"a page of {len(value[_PAGED])} among events"
        raise Refused(f"$.{_PAGED}", received, "pages in a file of their own")
    return value, ()
