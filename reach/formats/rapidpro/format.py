"""RapidPro and TextIt: archives of messages, a message a line, and pages of their interface.

A record is a message as it stood when it was written out, so it says two things at most:
that the message was sent, and what its status is. What the words mean stands in
`reach.formats.rapidpro.words`.

References:
    The archiver (repository nyaruka/archiver, archives/messages.go) and the documents of the
    interface (repository nyaruka/rapidpro, temba/api/v2/views.py), which list the words.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from reach.engine import identifier, literal
from reach.formats.containers.head import Head
from reach.formats.containers.json_page import page_key
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
from reach.formats.rapidpro.urn import address_of, channel_sql, recipient_sql, scheme_sql
from reach.formats.rapidpro.words import PAST_QUEUE, WORDS
from reach.formats.record import Fit, Log, Options, Record, Refused
from reach.formats.words import Word, listed
from reach.shown import json_path, shorten
from reach.vocabulary import Event, Receipt

OURS, THEIRS = "out", "in"
_LISTED = listed(WORDS)
_PATHS = {
    "uuid": "$.uuid",
    "id": "$.id",
    "direction": "$.direction",
    "status": "$.status",
    "type": "$.type",
    "urn": "$.urn",
    "contact": "$.contact.uuid",
    "created": "$.created_on",
    "sent": "$.sent_on",
    "modified": "$.modified_on",
}
_PAGED = "results"
_WHATSAPP = "whatsapp"
_EMPTY = "'\"\"'"
_CHANNEL = "a URN, as tel:+62811…; anonymous workspaces have none: name the channel with set:"


class RapidProFormat(ProviderFormat):
    """Messages of RapidPro and TextIt."""

    name: ClassVar[str] = "rapidpro"
    title: ClassVar[str] = "RapidPro and TextIt message archives"
    version: ClassVar[str] = "1"
    one_event: ClassVar[bool] = False
    words: ClassVar[tuple[Word, ...]] = WORDS
    tells: ClassVar[tuple[str, ...]] = (
        "that the carrier confirmed a message (receipt: carrier), a device one on WhatsApp (device)",
        "that a message was read, where its channel tells that",
        "that it was given up after several tries (failed)",
    )
    silent: ClassVar[tuple[str, ...]] = (
        "which of the office's messages a person's message answers: it is counted, and no reply",
        "what a message went through before its latest status, but that it was sent",
        "why a message failed, and whether for good",
        "messages that were deleted in the workspace: archives leave them out",
    )
    fills: ClassVar[frozenset[str]] = frozenset(
        ("message_id", "event", "channel", "recipient", "occurred_at", "receipt", "provider")
    )
    marks: ClassVar[str] = "direction, status, urn and contact of a RapidPro message"

    def is_record(self, value: Mapping[str, Any]) -> bool:
        """Whether it is a message, to or from the office.

        Pages are shown by what they hold: many interfaces have the same around it.
        """
        return value.get("direction") in (OURS, THEIRS) and all(
            key in value for key in ("status", "urn", "contact", "created_on")
        )

    def fit(self, head: Head, options: Options) -> Fit:
        """It fits if one of the first objects is a message; named, also a page that holds none."""
        empty = [page_key(found) == _PAGED and not found[_PAGED] for found in head.objects]
        if options.format == self.name and options.map is None and empty and all(empty):
            return Fit(ok=True, why="it is named, and its pages hold nothing")
        return super().fit(head, options)

    def read(self, value: Mapping[str, Any]) -> list[tuple[dict[str, Any], Mapping[str, Any]]]:
        """The message's status and, if it is past the queue, that it was sent before."""
        if "status" not in value and page_key(value) == _PAGED:
            received = f"a page of {len(value[_PAGED])} among messages"
            raise Refused(f"$.{_PAGED}", received, "pages in a file of their own")
        said = text_at(value, "status", expected="a message's status, as delivered")
        meant = known_word(_LISTED, said, "$.status")
        direction = text_at(value, "direction", expected=f"{OURS} or {THEIRS}")
        if direction not in (OURS, THEIRS):
            raise Refused("$.direction", shorten(direction), f"{OURS} or {THEIRS}")
        if direction == THEIRS or meant.event is None:
            return []
        recipient, channel = _address(value)
        message = {
            "message_id": _name(value),
            "provider": self.name,
            "recipient": recipient,
            "channel": channel,
        }
        confirmed = Receipt.DEVICE if channel == _WHATSAPP else meant.receipt
        status = message | {
            "event": str(meant.event),
            "occurred_at": _time(value, *_times(meant.event), "modified_on"),
            "receipt": confirmed if meant.receipt else None,
        }
        events = [status]
        if said in PAST_QUEUE and _given(value, "sent_on") is not None:
            was_sent = {"event": str(Event.SENT), "occurred_at": _time(value, "sent_on")}
            events.insert(0, message | was_sent)
        return [(event, value) for event in events]

    def events(self, record: Record, log: Log) -> list[dict[str, Any]]:
        """The same, with what the options say, and each in some channel."""
        told = super().events(record, log)
        if any(event.get("channel") in (None, "") for event in told):
            raise Refused("$.urn", "nothing", _CHANNEL)
        return told

    def rows(self, log: Log, records: str) -> str:
        """SQL for the same."""
        paths = {f"of {name}": path for name, path in _PATHS.items()}
        found = ", ".join(
            f"nullif({identifier(f'of {name}')}, {_EMPTY}) AS {name}_" for name in _PATHS
        )
        rows = (
            f"SELECT *, {text_sql('status_')} AS said, {text_sql('urn_')} AS urn, "
            f"direction_ = '\"{OURS}\"' AS ours, direction_ = '\"{THEIRS}\"' AS theirs "
            f"FROM (SELECT *, {found} FROM ({extracted(records, paths, log)}))"
        )
        rows = f"SELECT *, {scheme_sql('urn')} AS scheme FROM ({rows})"
        rows = f"SELECT *, {channel_sql('scheme', 'type_')} AS channel FROM ({rows})"
        past = " OR ".join(f"said = '{each}'" for each in PAST_QUEUE)
        both = (
            f"CASE WHEN ours AND sent_ IS NOT NULL AND ({past}) THEN [true, false] ELSE [true] END"
        )
        rows = f"SELECT *, unnest({both}) AS of_status FROM ({rows})"
        eventful = known_sql(WORDS, "said", eventful=True)
        eventless = known_sql(WORDS, "said", eventful=False)
        return finished(
            rows,
            _fields(),
            log,
            sure=f"ours AND {eventful} AND (urn_ IS NULL OR scheme <> '')",
            leads="of_status",
            no_event=f"(theirs AND ({eventful} OR {eventless})) OR (ours AND {eventless})",
        )


def _fields() -> dict[str, str]:
    """SQL of the token of each field; of a message that was sent before, in two rows."""
    receipt = meaning_sql(WORDS, "said", "receipt")
    by_device = f"said = 'delivered' AND channel = '{_WHATSAPP}'"
    of_its_status = {
        "event": (meaning_sql(WORDS, "said", "event"), literal(f'"{Event.SENT}"')),
        "receipt": (
            f"CASE WHEN {by_device} THEN '\"{Receipt.DEVICE}\"' ELSE {receipt} END",
            "NULL",
        ),
        "occurred_at": (from_zoned_sql(_time_sql()), from_zoned_sql("sent_")),
    }
    person = quoted_sql(recipient_sql("urn", "scheme"))
    return {
        "message_id": _id_sql(),
        "channel": quoted_sql("nullif(channel, '')"),
        "provider": quoted_sql(f"'{RapidProFormat.name}'"),
        "recipient": f"CASE WHEN urn_ IS NULL THEN contact_ ELSE {person} END",
    } | {
        name: f"CASE WHEN of_status THEN {now} ELSE {before} END"
        for name, (now, before) in of_its_status.items()
    }


def _given(value: Mapping[str, Any], key: str) -> Any:  # noqa: ANN401
    found = value.get(key)
    return None if found == "" else found


def _name(value: Mapping[str, Any]) -> str:
    """The message's id: a number in archives of before messages had one that is unique anywhere."""
    said = _given(value, "uuid")
    if said is None:
        said = _given(value, "id")
        said = str(said) if isinstance(said, int) and not isinstance(said, bool) else said
    if not isinstance(said, str):
        received = "nothing" if said is None else shorten(said)
        raise Refused("$.uuid", received, "the message's id, here or in id")
    return said


def _id_sql() -> str:
    number = "regexp_full_match(id_, '(0|-?[1-9][0-9]{0,17})')"
    return f"coalesce(uuid_, CASE WHEN {number} THEN {quoted_sql('id_')} ELSE id_ END)"


def _address(value: Mapping[str, Any]) -> tuple[str, str | None]:
    """Whom a message went to, and in which channel; None where the workspace is anonymous."""
    said = _given(value, "urn")
    if said is None:
        return text_at(value, "contact", "uuid", expected="the contact, where urn is null"), None
    found = address_of(said, value.get("type")) if isinstance(said, str) else None
    if found is None:
        raise Refused("$.urn", shorten(said), "a scheme and an address, as tel:+62811…")
    return found


def _times(event: Event) -> tuple[str, ...]:
    return {Event.QUEUED: ("created_on",), Event.SENT: ("sent_on",)}.get(event, ())


def _time(value: Mapping[str, Any], *keys: str) -> str | None:
    """The first of some times that a message has."""
    for key in keys:
        said = _given(value, key)
        if said is None:
            continue
        told = from_zoned(said) if isinstance(said, str) else None
        if told is None:
            raise Refused(json_path((key,)), shorten(said), ZONED_TIME)
        return told
    return None


def _time_sql() -> str:
    return (
        f"CASE {meaning_sql(WORDS, 'said', 'event')} "
        f"WHEN '\"{Event.QUEUED}\"' THEN coalesce(created_, modified_) "
        f"WHEN '\"{Event.SENT}\"' THEN coalesce(sent_, modified_) ELSE modified_ END"
    )
