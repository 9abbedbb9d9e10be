"""Twilio's messages: status callbacks, pages of its interface, exports in bulk, console tables.

What the words mean stands in `reach.formats.twilio.words`.

References:
    Twilio's API definition (repository twilio/twilio-oai, spec/json/twilio_api_v2010.json);
    tests/data/samples/twilio has its examples.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from typing import Any, ClassVar

from reach.formats.containers.head import Head
from reach.formats.containers.json_page import page_key
from reach.formats.provider import ProviderFormat, labelled
from reach.formats.record import Fit, Log, Options, Record, Refused
from reach.formats.twilio.files import body_records, has_bodies
from reach.formats.twilio.message import At, form_of, message_events
from reach.formats.twilio.sql import PROVIDER, message_rows
from reach.formats.twilio.words import CALLBACK, CODES, RESOURCE, ROW, WORDS, Places
from reach.formats.words import Code, Word
from reach.shown import json_path, shorten

_COST = frozenset(("cost_micros", "currency"))
_SIDS = ("SM", "MM")
_PAGED = "messages"
"""Where Twilio's pages keep theirs."""

_RECIPIENT = "the recipient's address; if it stands elsewhere, give its place with fields:"


class TwilioFormat(ProviderFormat):
    """Twilio's messages, in all the forms that it gives them out."""

    name: ClassVar[str] = PROVIDER
    title: ClassVar[str] = "Twilio messages: callbacks, pages, bulk exports, console tables"
    version: ClassVar[str] = "1"
    one_event: ClassVar[bool] = False
    words: ClassVar[tuple[Word, ...]] = WORDS
    codes: ClassVar[tuple[Code, ...]] = CODES
    tells: ClassVar[tuple[str, ...]] = (
        "that the carrier confirmed an SMS (receipt: carrier), a device a WhatsApp message (device)",
        "that no carrier was even tried (rejected: not sent)",
        "what a message cost, in pages and tables",
    )
    silent: ClassVar[tuple[str, ...]] = (
        "whether a message that stays sent arrived: many carriers give no receipt",
        "when a callback's status came about, unless the office's receiver adds received_at",
        "what a snapshot's message went through before its latest status, but that it was sent",
        "clicks; and whether an SMS was read",
    )
    fills: ClassVar[frozenset[str]] = frozenset(
        ("message_id", "event", "channel", "recipient", "occurred_at", "receipt", "permanent",
         "reason", "provider", *_COST)
    )  # fmt: skip
    marks: ClassVar[str] = "the SID and the status of a Twilio message"
    tables: ClassVar[tuple[frozenset[str], ...]] = (
        frozenset((*ROW.name, *ROW.status, ROW.to, ROW.sent)),
    )

    def fit(self, head: Head, options: Options) -> Fit:
        """It fits if one of the first records looks like one of Twilio's."""
        if options.map is None and has_bodies(head):
            return Fit(ok=True, why=f"it has {self.marks}")
        return super().fit(head, options)

    def is_record(self, value: Mapping[str, Any]) -> bool:
        """Whether it is a callback, a message, or a page of messages without any."""
        form = form_of(value)
        if form is CALLBACK:
            return all(any(map(value.get, keys)) for keys in (form.name, form.status))
        if form is RESOURCE:
            sid = value.get("sid")
            return "to" in value and isinstance(sid, str) and sid.startswith(_SIDS)
        return page_key(value) == _PAGED

    def present(self, log: Log) -> frozenset[str]:
        """What the records and the options can fill; a callback names no price."""
        return super().present(log) - (_COST if _form(log) is CALLBACK else frozenset()) | (
            set(log.options.set) | set(log.options.fields)
        )

    def records(self, log: Log, wanted: Container[int] | None = None) -> Iterator[Record]:
        """The file's records."""
        return body_records(log) if _are_bodies(log) else super().records(log, wanted)

    def lined(self, log: Log) -> bool:
        """In JSON with an object on each line, and in bodies of forms."""
        return super().lined(log) or _are_bodies(log)

    def read(self, value: Mapping[str, Any]) -> list[tuple[dict[str, Any], Mapping[str, Any]]]:
        """The record's events."""
        return [
            (event | {"provider": self.name}, message)
            for at, message in _messages(value)
            for event in message_events(message, at)
        ]

    def events(self, record: Record, log: Log) -> list[dict[str, Any]]:
        """The same, with what the options say, and each with somebody whom it went to."""
        said = set(log.options.set) | set(log.options.fields)
        found = []
        for at, message in _messages(record.value or {}):
            for event in message_events(message, at):
                told = labelled(event | {"provider": self.name}, message, log)
                if told.get("recipient") in (None, ""):
                    key = (form_of(message) or RESOURCE).to
                    place = log.options.fields.get("recipient", key)
                    raise Refused(json_path((*at, place)), "nothing", _RECIPIENT)
                if told.get("currency") is None and "cost_micros" not in said:
                    told.pop("cost_micros", None)  # an amount of nothing known
                found.append(told)
        return found

    def rows(self, log: Log, records: str) -> str:
        """SQL for the same."""
        return message_rows(records, log, _form(log))


def _form(log: Log) -> Places:
    """Which form a file begins with."""
    if log.head.container == "csv":
        return CALLBACK if _are_bodies(log) else ROW
    forms = (form_of(value) for value in log.head.objects)
    return next((form for form in forms if form in (CALLBACK, RESOURCE)), RESOURCE)


def _are_bodies(log: Log) -> bool:
    return log.head.container == "csv" and not set(log.head.columns) >= TwilioFormat.tables[0]


def _messages(value: Mapping[str, Any]) -> list[tuple[At, Mapping[str, Any]]]:
    """The record itself or, if it is a page that came where one record was due, its messages."""
    if page_key(value) != _PAGED:
        return [((), value)]
    held = value[_PAGED]
    for place, each in enumerate(held):
        if not isinstance(each, dict):
            raise Refused(json_path((_PAGED, place)), shorten(each), "a message")
    return [((_PAGED, place), each) for place, each in enumerate(held)]
