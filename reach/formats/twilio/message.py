"""What a Twilio record says of its message, in Python: what decides where the SQL gives up."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Any

from reach.formats.notations.mail_date import from_mail_date
from reach.formats.provider import known_word
from reach.formats.record import Refused
from reach.formats.twilio.words import (
    CHANNELS,
    CODES,
    FORMS,
    INBOUND,
    PAST_QUEUE,
    SMS,
    WHATSAPP,
    WORDS,
    Places,
)
from reach.formats.words import Word, listed
from reach.shown import json_path, shorten
from reach.vocabulary import Event, Reason, Receipt

At = tuple[str | int, ...]

_LISTED = listed(WORDS)
_CODES = {each.said: each for each in CODES}
_CHANNEL = re.compile(r"([a-z]+):(.*)", re.DOTALL)
_RUINED = re.compile(r"[0-9]+([.,][0-9]+)?E[+][0-9]+")
_MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9:.]+([Zz]|[+-][0-9]{2}:[0-9]{2})")
_DONE = re.compile("([0-9]{2})([0-9]{2})([0-9]{2})([0-9]{2})([0-9]{2})([0-9]{2})?")
_AMOUNT = re.compile(r"[+-]?[0-9]{1,12}([.][0-9]{1,12})?")
_MICROS = 1_000_000
_WANTED = {
    "name": "the message's SID, as SM…",
    "status": "one of Twilio's statuses, as delivered",
    "time": "a time with its zone, as 2024-05-01T12:00:00Z or Wed, 01 May 2024 12:00:00 +0000",
    "done": "a time in UTC as YYMMDDhhmm",
    "price": 'an amount, as "-0.00750"',
    "form": "MessageSid and MessageStatus, sid and status, or Sid and Status",
}


def given(value: Mapping[str, Any], key: str) -> Any:  # noqa: ANN401
    """What stands at a key; None for an empty text, too."""
    found = value.get(key) if key else None
    return None if found == "" else found


def form_of(value: Mapping[str, Any]) -> Places | None:
    """Which form of record it is, by its keys; None if by none."""
    for form in FORMS:
        if any(given(value, key) is not None for key in (*form.name, *form.status)):
            return form
    return None


def message_events(value: Mapping[str, Any], at: At) -> list[dict[str, Any]]:
    """What a record says: its status and, of a snapshot, that the message was sent before.

    Args:
        value: The record.
        at: Where it stands, if on a page.

    Raises:
        Refused: It can't be read.
    """
    form = form_of(value)
    if form is None:
        raise Refused(json_path(at), "none of their keys", _WANTED["form"])
    if given(value, form.direction) == INBOUND:
        return []
    key, said = _first(value, form.status, at)
    meant = known_word(_LISTED, said, json_path((*at, key)))
    if meant.event is None:
        return []
    _, name = _first(value, form.name, at)
    recipient, channel = _address(value, form, at)
    message = {
        "message_id": name,
        "channel": channel,
        "recipient": recipient,
        **_cost(value, form, at),
    }
    status = message | {
        "event": str(meant.event),
        "occurred_at": _status_time(value, form, meant.event, at),
        "receipt": _receipt(meant, channel),
        **_why(value, form, meant, at),
    }
    if said in PAST_QUEUE and given(value, form.sent) is not None:
        was_sent = {"event": str(Event.SENT), "occurred_at": _time(value, form.sent, at)}
        return [message | was_sent, status]
    return [status]


def _first(value: Mapping[str, Any], keys: tuple[str, ...], at: At) -> tuple[str, str]:
    key = next((key for key in keys if given(value, key) is not None), keys[0])
    said = given(value, key)
    if not isinstance(said, str):
        raise _refused(value, key, at, _WANTED["name" if "id" in key.lower() else "status"])
    return key, said


def _address(value: Mapping[str, Any], form: Places, at: At) -> tuple[str | None, str]:
    """Whom a message went to, and in which channel.

    Before the address of any channel but SMS stands the channel's name. Before a telephone
    number it is taken off, so that the number is that person's in all channels.
    """
    said = given(value, form.to)
    if said is None:
        return None, SMS
    if not isinstance(said, str):
        raise _refused(value, form.to, at, "an address, as text")
    if _RUINED.fullmatch(said):
        raise _refused(
            value,
            form.to,
            at,
            "a number that no spreadsheet has rounded; export it again and leave it closed",
        )
    named = _CHANNEL.fullmatch(said)
    if named is None:
        return said, SMS
    if named[1] not in CHANNELS:
        listed = ", ".join(f"{channel}:" for channel in CHANNELS)
        raise _refused(value, form.to, at, f"a number, or an address behind one of {listed}")
    return (named[2] if named[2].startswith("+") else said), named[1]


def _receipt(meant: Word, channel: str) -> Receipt | None:
    # WhatsApp's word comes from the device, whoever passes it on.
    return Receipt.DEVICE if meant.receipt and channel == WHATSAPP else meant.receipt


def _why(value: Mapping[str, Any], form: Places, meant: Word, at: At) -> dict[str, Any]:
    if meant.event not in (Event.FAILED, Event.REJECTED):
        return {}
    said = given(value, form.code)
    if isinstance(said, int) and not isinstance(said, bool):
        said = str(said)
    if said is None or (isinstance(said, str) and not said.strip("0")):
        return {}
    if not isinstance(said, str):
        raise _refused(value, form.code, at, "an error code, as 30003")
    code = _CODES.get(said)
    if code is None:
        return {"reason": Reason.OTHER}
    permanent = code.permanent if meant.said == "undelivered" else None
    return {"reason": code.reason, "permanent": permanent}


def _status_time(value: Mapping[str, Any], form: Places, event: Event, at: At) -> str | None:
    """When a message came to its status, as far as the record says."""
    places = [form.received, form.updated]
    if event is Event.SENT:
        places.insert(0, form.sent)
    if event is Event.QUEUED:
        places.append(form.created)
    for place in places:
        if given(value, place) is not None:
            return _time(value, place, at)
    return _receipt_time(value, form, at)


def _time(value: Mapping[str, Any], key: str, at: At) -> str:
    said = value.get(key)
    told = None
    if isinstance(said, str):
        told = from_mail_date(said) or (said if _MOMENT.fullmatch(said) else None)
    if told is None or not _exists(told):
        raise _refused(value, key, at, _WANTED["time"])
    return told


def _exists(time: str) -> bool:
    try:
        datetime.fromisoformat(time.upper())
    except ValueError:
        return False
    return True


def _receipt_time(value: Mapping[str, Any], form: Places, at: At) -> str | None:
    said = given(value, form.done)
    if said is None:
        return None
    text = str(said) if isinstance(said, int) and 0 < said < 10**12 else said
    found = _DONE.fullmatch(text) if isinstance(text, str) else None
    if found:
        year, month, day, hour, minute, second = found.groups("00")
        time = f"20{year}-{month}-{day}T{hour}:{minute}:{second}Z"
        if _exists(time):
            return time
    raise _refused(value, form.done, at, _WANTED["done"])


def _cost(value: Mapping[str, Any], form: Places, at: At) -> dict[str, Any]:
    """What a message cost; the currency is missing where the record has none."""
    said = given(value, form.price)
    if said is None:
        return {}
    is_number = isinstance(said, int | float) and not isinstance(said, bool)
    text = format(Decimal(repr(said)), "f") if is_number else said
    if not isinstance(text, str) or not _AMOUNT.fullmatch(text):
        raise _refused(value, form.price, at, _WANTED["price"])
    # Twilio writes what the office pays with a minus.
    micros = (abs(Decimal(text)) * _MICROS).quantize(Decimal(1), rounding=ROUND_HALF_EVEN)
    unit = given(value, form.unit)
    if unit is not None and not isinstance(unit, str):
        raise _refused(value, form.unit, at, "a currency, as USD")
    if unit is not None and re.fullmatch("[A-Za-z]{3}", unit):
        unit = unit.upper()
    return {"cost_micros": int(micros), "currency": unit}


def _refused(value: Mapping[str, Any], key: str, at: At, expected: str) -> Refused:
    found = value.get(key)
    received = "nothing" if found is None else shorten(found)
    return Refused(json_path((*at, key)), received, expected)
