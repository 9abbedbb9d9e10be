"""Firebase Cloud Messaging: the export of its deliveries to BigQuery, an event a row.

References:
    "Understanding message delivery", in the documents of Firebase Cloud Messaging, lists the
    columns of the table and the words of its column `event`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, ClassVar

from reach.engine import literal
from reach.formats.containers.head import Head
from reach.formats.notations.zoned_time import ZONED_TIME, from_zoned, from_zoned_sql
from reach.formats.provider import ProviderFormat, known_word, text_at
from reach.formats.provider_sql import (
    extracted,
    finished,
    known_sql,
    meaning_sql,
    quoted_sql,
    text_sql,
)
from reach.formats.record import Log, Refused
from reach.formats.words import Word, listed
from reach.shown import json_path, shorten
from reach.vocabulary import Event, Reason, Receipt

_GONE = Reason.DEVICE_UNREGISTERED
WORDS = (
    Word("MESSAGE_ACCEPTED", Event.SENT, note="FCM took the request: sent, never delivered"),
    Word(
        "MESSAGE_DELIVERED",
        Event.DELIVERED,
        Receipt.DEVICE,
        note="only from apps that opted in, and never from iOS",
    ),
    Word("MISSING_REGISTRATIONS", Event.FAILED, permanent=True, reason=_GONE),
    Word("UNAUTHORIZED_REGISTRATION", Event.FAILED, permanent=True, reason=_GONE),
    Word("INVALID_REGISTRATION", Event.FAILED, permanent=True, reason=_GONE),
    Word("MISMATCH_SENDER_ID", Event.FAILED, permanent=True, reason=_GONE),
    Word("QUOTA_EXCEEDED", Event.FAILED, permanent=False, reason=Reason.QUOTA),
    Word(
        "MESSAGE_RECEIVED_INTERNAL_ERROR",
        Event.FAILED,
        reason=Reason.UNKNOWN,
        note="FCM says neither why nor whether for good",
    ),
    Word("INVALID_PACKAGE_NAME", Event.REJECTED, reason=Reason.OTHER),
    Word("INVALID_APNS_CREDENTIAL", Event.REJECTED, reason=Reason.AUTH_FAILURE),
    Word("INVALID_PARAMETERS", Event.REJECTED, reason=Reason.OTHER),
    Word("INVALID_TTL", Event.REJECTED, reason=Reason.OTHER),
    Word("PAYLOAD_TOO_LARGE", Event.REJECTED, reason=Reason.TOO_LARGE),
    Word("AUTHENTICATION_ERROR", Event.REJECTED, reason=Reason.AUTH_FAILURE),
)
TOPIC = "TOPIC"
"""The type of the row for a send as a whole; each message that comes of it has rows of its own."""

_LISTED = listed(WORDS)
_COLUMNS = ("event_timestamp", "message_id", "instance_id", "event")
_SIGNS = ("project_number", "sdk_platform", "message_type")
"""What else shows that a row is FCM's: the four alone may be any push service's."""

_IDS = ("message_id", "instance_id", "bulk_id", "project_number")
_PATHS = {key: f'$."{key}"' for key in (*_COLUMNS, *_IDS, "message_type")}
_RUINED = "[0-9]+([.,][0-9]+)?[Ee][+][0-9]+"
_WHOLE = "an id that no spreadsheet has rounded; export it again and leave it closed"


class FcmFormat(ProviderFormat):
    """Firebase Cloud Messaging's export to BigQuery."""

    name: ClassVar[str] = "fcm"
    title: ClassVar[str] = "Firebase Cloud Messaging, BigQuery export"
    version: ClassVar[str] = "1"
    one_event: ClassVar[bool] = True
    words: ClassVar[tuple[Word, ...]] = WORDS
    tables: ClassVar[tuple[frozenset[str], ...]] = tuple(
        frozenset((*_COLUMNS, sign)) for sign in _SIGNS
    )
    tells: ClassVar[tuple[str, ...]] = (
        "that FCM took the message for an installation of the app (sent)",
        "that the app got it (receipt: device), where the app opted in and does not run on iOS",
        "that an installation is gone (device_unregistered), and that a request was refused",
    )
    silent: ClassVar[tuple[str, ...]] = (
        "what became of messages to iOS, or to apps that did not opt in: unknown, never failed",
        "whether it was shown, read or tapped",
        "who the person is: a recipient is one installation of the app, and the next is another",
    )
    fills: ClassVar[frozenset[str]] = frozenset(
        ("message_id", "event", "channel", "recipient", "occurred_at", "receipt", "permanent",
         "reason", "provider")
    )  # fmt: skip
    marks: ClassVar[str] = "an event of FCM's, or the columns of its table"

    def is_record(self, value: Mapping[str, Any]) -> bool:
        """Whether it has the table's columns; BigQuery leaves out those that are empty."""
        said = value.get("event")
        if not isinstance(said, str) or "event_timestamp" not in value:
            return False
        if said in _LISTED:
            return True
        has_ids = "message_id" in value and "instance_id" in value
        return has_ids and any(sign in value for sign in _SIGNS)

    def is_table(self, head: Head) -> bool:
        """Whether it has the table's columns; of a query's four alone, whether a word is FCM's."""
        alone = head.container == "csv" and set(head.columns) >= set(_COLUMNS)
        return super().is_table(head) or (alone and any(said in head.start for said in _LISTED))

    def read(self, value: Mapping[str, Any]) -> list[tuple[dict[str, Any], Mapping[str, Any]]]:
        """The row's one event, or none."""
        said = text_at(value, "event", expected="one of FCM's events, as MESSAGE_DELIVERED")
        meant = known_word(_LISTED, said, "$.event")
        if value.get("message_type") == TOPIC:
            return []
        for key in _IDS:
            _refuse_rounded(value, key)
        event = {
            "message_id": text_at(value, "message_id", expected="the message's id, as text"),
            "event": str(meant.event),
            "channel": "push",
            "provider": self.name,
            "recipient": text_at(value, "instance_id", expected="the installation of the app"),
            "occurred_at": _time(value),
            "receipt": meant.receipt,
            "permanent": meant.permanent,
            "reason": meant.reason,
        }
        return [(event, value)]

    def rows(self, log: Log, records: str) -> str:
        """SQL for the same."""
        topic = f"coalesce(message_type = '\"{TOPIC}\"', false)"
        rows = (
            f"SELECT *, {text_sql('event')} AS said, {topic} AS of_topic "
            f"FROM ({extracted(records, _PATHS, log)})"
        )
        sure = ["NOT of_topic", "event_timestamp IS NOT NULL"]
        sure += [f"{text_sql(key)} <> ''" for key in ("message_id", "instance_id")]
        sure += [f"({key} IS NULL OR NOT contains(upper({key}), 'E+'))" for key in _IDS]
        fields = {
            "message_id": "message_id",
            "channel": quoted_sql("'push'"),
            "provider": quoted_sql(literal(self.name)),
            "recipient": "instance_id",
            "occurred_at": from_zoned_sql("event_timestamp"),
        } | {
            name: meaning_sql(WORDS, "said", name)
            for name in ("event", "receipt", "permanent", "reason")
        }
        no_event = f"of_topic AND {known_sql(WORDS, 'said', eventful=True)}"
        return finished(rows, fields, log, sure=" AND ".join(sure), no_event=no_event)


def _refuse_rounded(value: Mapping[str, Any], key: str) -> None:
    """Stop at an id as 1.22158E+17: the digits that told messages apart are lost."""
    said = value.get(key)
    if isinstance(said, str) and re.fullmatch(_RUINED, said):
        raise Refused(json_path((key,)), shorten(said), _WHOLE)


def _time(value: Mapping[str, Any]) -> str:
    said = value.get("event_timestamp")
    told = from_zoned(said) if isinstance(said, str) else None
    if told is None:
        received = "nothing" if said is None else shorten(said)
        raise Refused("$.event_timestamp", received, ZONED_TIME)
    return told
