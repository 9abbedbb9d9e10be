"""OneSignal's event streams: a body an event, and rows of the same in a warehouse.

What the kinds of events mean stands in `reach.formats.onesignal.words`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, ClassVar

from reach.engine import literal
from reach.formats.notations.epoch import moment, moment_sql
from reach.formats.notations.zoned_time import ZONED_TIME, from_zoned, from_zoned_sql
from reach.formats.onesignal.bodies import (
    ADDRESS,
    COLUMNS,
    DEVICE,
    KIND,
    MESSAGE,
    SECONDS,
    TIME,
    WHY,
    looked_up,
    said_in,
    shown_place,
)
from reach.formats.onesignal.words import CODES, WORDS
from reach.formats.provider import ProviderFormat, known_word, labelled
from reach.formats.provider_sql import (
    extracted,
    finished,
    known_sql,
    meaning_sql,
    quoted_sql,
    text_sql,
)
from reach.formats.record import Log, Options, Record, Refused
from reach.formats.words import Code, Word, listed
from reach.shown import json_path, shorten
from reach.vocabulary import Event, Reason

_LISTED = listed(WORDS)
_REASONS = {each.said: each.reason for each in CODES}
_IS_KIND = re.compile(r"message[.](push|email|sms|iam|live_activity)[.][a-z_]+")
_DIGITS = "[0-9]{1,18}"
_ADDRESSED = ("email", "sms")
"""Channels in which the token is the person's address; a push token changes with the app."""

_NAMES = {
    "kind": KIND,
    "message": MESSAGE,
    "device": DEVICE,
    "address": ADDRESS,
    "why": WHY,
    "iso": TIME,
    "unix": SECONDS,
}
_RECIPIENT = "the subscription; if another name is to count, give its place with fields:"


class OneSignalFormat(ProviderFormat):
    """OneSignal's event streams."""

    name: ClassVar[str] = "onesignal"
    title: ClassVar[str] = "OneSignal event streams"
    version: ClassVar[str] = "1"
    one_event: ClassVar[bool] = True
    words: ClassVar[tuple[Word, ...]] = WORDS
    codes: ClassVar[tuple[Code, ...]] = CODES
    tables: ClassVar[tuple[frozenset[str], ...]] = (
        frozenset((COLUMNS[KIND], COLUMNS[MESSAGE], COLUMNS[DEVICE])),
        frozenset((KIND, MESSAGE, DEVICE)),
    )
    tells: ClassVar[tuple[str, ...]] = (
        "that a device got a push (receipt: device), where confirmed delivery is set up",
        "that a mail server or a carrier took an email or an SMS (receipt: carrier)",
        "clicks on pushes and in emails, opens of emails, complaints and opt-outs of email",
    )
    silent: ClassVar[tuple[str, ...]] = (
        "what became of pushes on platforms without confirmed delivery: unknown, never failed",
        "why an email bounced: dead addresses, full mailboxes and blocks are one word",
        "why a push failed, in words that are not listed: no sample shows how a stream spells them",
        "whether an open or a click was a machine's",
        "to whom an in-app message was not shown: such events are counted, and in no rate",
        "clicks in SMS, answers to them, and SMS that were held back for those who opted out",
    )
    fills: ClassVar[frozenset[str]] = frozenset(
        ("message_id", "event", "channel", "recipient", "occurred_at", "receipt", "permanent",
         "reason", "provider")
    )  # fmt: skip
    marks: ClassVar[str] = "an event.kind of OneSignal's, as message.push.sent"

    def is_record(self, value: Mapping[str, Any]) -> bool:
        """Whether it has a kind of event as OneSignal names them."""
        said = said_in(value, KIND)
        return isinstance(said, str) and _IS_KIND.fullmatch(said) is not None

    def read(self, value: Mapping[str, Any]) -> list[tuple[dict[str, Any], Mapping[str, Any]]]:
        """The body's one event, or none."""
        said = _text(value, KIND, "a kind of event, as message.push.sent")
        meant = known_word(_LISTED, said, json_path(shown_place(value, KIND)), self.name)
        if meant.event is None:
            return []
        channel = said.split(".")[1]
        address = said_in(value, ADDRESS) if channel in _ADDRESSED else None
        event = {
            "message_id": _text(value, MESSAGE, "the message's id"),
            "event": str(meant.event),
            "channel": channel,
            "provider": self.name,
            "recipient": said_in(value, DEVICE) if address is None else address,
            "occurred_at": _time(value),
            "receipt": meant.receipt,
            "permanent": meant.permanent,
            "reason": meant.reason or _reason(meant.event, value),
        }
        return [(event, value)]

    def events(self, record: Record, log: Log) -> list[dict[str, Any]]:
        """The same, with what the options say, and each with somebody whom it went to."""
        body = record.value or {}
        told = [event | _placed(body, log) for event, _ in self.read(body)]
        found = [labelled(event, {}, _without_places(log)) for event in told]
        if any(event.get("recipient") in (None, "") for event in found):
            place = log.options.fields.get("recipient", DEVICE)
            raise Refused(json_path((place,)), "nothing", _RECIPIENT)
        return found

    def rows(self, log: Log, records: str) -> str:
        """SQL for the same."""
        options = {f"option {name}": path for name, path in log.options.fields.items()}
        paths, chosen = looked_up(_NAMES | options)
        found = extracted(records, paths, _without_places(log))
        rows = (
            f"SELECT *, {text_sql('kind')} AS said, {_is_number_sql()} AS counted "
            f"FROM (SELECT record, {chosen} FROM ({found}))"
        )
        rows = f"SELECT *, split_part(said, '.', 2) AS channel, {_time_sql()} AS time FROM ({rows})"
        addressed = " OR ".join(f"channel = '{each}'" for each in _ADDRESSED)
        fields = {
            "message_id": "message",
            "channel": quoted_sql("channel"),
            "provider": quoted_sql(literal(self.name)),
            "recipient": f"CASE WHEN {addressed} THEN coalesce(address, device) ELSE device END",
            "occurred_at": "time",
            "reason": _reason_sql(),
        } | {name: meaning_sql(WORDS, "said", name) for name in ("event", "receipt", "permanent")}
        return finished(
            rows,
            fields,
            log,
            sure="NOT (counted AND time IS NULL)",
            no_event=known_sql(WORDS, "said", eventful=False),
        )


def _without_places(log: Log) -> Log:
    return replace(log, options=replace(log.options, fields={}))


def _placed(body: Mapping[str, Any], log: Log) -> dict[str, Any]:
    """What stands where the options say, by any of the ways in which a body may have a name."""
    told: dict[str, Any] = {}
    for name, path in log.options.fields.items():
        alone = replace(log, options=Options(fields={name: name}))
        told |= labelled({}, {name: said_in(body, path)}, alone)
    return told


def _text(body: Mapping[str, Any], name: str, expected: str) -> str:
    said = said_in(body, name)
    if not isinstance(said, str):
        received = "nothing" if said is None else shorten(said)
        raise Refused(json_path(shown_place(body, name)), received, expected)
    return said


def _reason(event: Event, body: Mapping[str, Any]) -> Reason | None:
    """Why, in a failure's own words."""
    said = said_in(body, WHY) if event in (Event.FAILED, Event.REJECTED) else None
    if said is None:
        return None
    return _REASONS.get(said, Reason.OTHER) if isinstance(said, str) else Reason.OTHER


def _reason_sql() -> str:
    cases = " ".join(f"WHEN '\"{said}\"' THEN '\"{reason}\"'" for said, reason in _REASONS.items())
    failures = (
        f"said = '{each.said}'" for each in WORDS if each.event in (Event.FAILED, Event.REJECTED)
    )
    return (
        f"coalesce({meaning_sql(WORDS, 'said', 'reason')}, "
        f"CASE WHEN why IS NOT NULL AND ({' OR '.join(failures)}) "
        f"THEN CASE why {cases} ELSE '\"{Reason.OTHER}\"' END END)"
    )


def _time(body: Mapping[str, Any]) -> str | None:
    """When it happened: the text if there is one, for it is more exact than the seconds."""
    name = TIME if said_in(body, TIME) is not None else SECONDS
    said = said_in(body, name)
    if said is None:
        return None
    told = None
    if isinstance(said, int) and not isinstance(said, bool):
        told = moment(said) if name == SECONDS else None
    elif isinstance(said, str):
        is_number = name == SECONDS and re.fullmatch(_DIGITS, said)
        told = moment(int(said)) if is_number else from_zoned(said)
    if told is None:
        wanted = ZONED_TIME if name == TIME else "a time in seconds since 1970, as 1708559115"
        raise Refused(json_path(shown_place(body, name)), shorten(said), wanted)
    return told


def _is_number_sql() -> str:
    return f"(iso IS NULL AND coalesce(regexp_full_match(unix, '\"?{_DIGITS}\"?'), false))"


def _time_sql() -> str:
    """SQL of the same; NULL also where a number is for Python."""
    seconds = "trim(unix, '\"')"
    return (
        f"CASE WHEN counted THEN {moment_sql(seconds)} "
        f"ELSE {from_zoned_sql('coalesce(iso, unix)')} END"
    )
