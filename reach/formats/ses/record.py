"""Where a record of Amazon SES has what: twice the same, in Python and in SQL."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from reach.formats.provider import text_at, unknown_word
from reach.formats.provider_sql import text_sql
from reach.formats.record import Refused
from reach.shown import json_path, shorten

NAMES = ("eventType", "notificationType")
"""Where the type of an event stands: in event publishing, and in feedback notifications."""

Steps = tuple[str, ...]

_TO, _SENT_AT = ("mail", "destination"), ("mail", "timestamp")
PLACES: Mapping[str, tuple[Steps, Steps]] = {
    "Send": (_TO, _SENT_AT),
    "Delivery": (("delivery", "recipients"), ("delivery", "timestamp")),
    "DeliveryDelay": (("deliveryDelay", "delayedRecipients"), ("deliveryDelay", "timestamp")),
    "Reject": (_TO, _SENT_AT),
    "Rendering Failure": (_TO, _SENT_AT),
    "Bounce": (("bounce", "bouncedRecipients"), ("bounce", "timestamp")),
    "Complaint": (("complaint", "complainedRecipients"), ("complaint", "timestamp")),
    "Open": (_TO, ("open", "timestamp")),
    "Click": (_TO, ("click", "timestamp")),
    "Subscription": (_TO, ("subscription", "timestamp")),
}
"""Where each type of event has its recipients and its time; three have the time of sending only."""

TESTED = "AmazonSnsSubscriptionSucceeded"
"""What feedback notifications begin with: no message is spoken of."""

MOST_RECIPIENTS = 1000
"""SES takes 50 for one message."""

_TYPES = (*PLACES, TESTED)
_DECIDING: Mapping[str, tuple[Steps, ...]] = {
    "Bounce": (("bounce", "bounceType"), ("bounce", "bounceSubType")),
    "Complaint": (("complaint", "complaintSubType"), ("complaint", "complaintFeedbackType")),
    "Reject": (("reject", "reason"),),
    "Subscription": (("subscription", "newTopicPreferences", "unsubscribeAll"),),
}
"""What besides its type decides what an event means."""

_OUT, _IN = "OptOut", "OptIn"
_BRACKETED = "<([^<>]+)> *$"
_ID, _EVENT_TYPE = ("mail", "messageId"), "one of SES's types of event, as Delivery"
_WORD = "a word, as text"
_ADDRESSES = f"a list of the recipients, at most {MOST_RECIPIENTS}"


def at(value: object, *steps: str) -> Any:  # noqa: ANN401
    """What stands at a place in an object; None for nothing."""
    for step in steps:
        value = value.get(step) if isinstance(value, dict) else None
    return value


def kind_of(value: Mapping[str, Any]) -> str:
    """The type of an event.

    Raises:
        Refused: It has none, or one that is not known; names it.
    """
    key = next((key for key in NAMES if value.get(key) is not None), NAMES[0])
    kind = text_at(value, key, expected=_EVENT_TYPE)
    if kind not in _TYPES:
        raise unknown_word(kind, _TYPES, json_path((key,)))
    return kind


def deciding(value: Mapping[str, Any], kind: str) -> list[tuple[str, str]]:
    """The words that decide besides the type, each with the path where it stands.

    Raises:
        Refused: One that is needed is missing, or is no text.
    """
    places = _DECIDING.get(kind, ())
    if kind == "Bounce":
        return [(json_path(steps), text_at(value, *steps, expected=_WORD)) for steps in places]
    if kind == "Subscription":
        return [(json_path(places[0]), _choice(value))]
    steps = next((steps for steps in places if at(value, *steps) is not None), None)
    if steps is None:
        return []
    said = text_at(value, *steps, expected=_WORD)
    # The type of feedback is the receiving provider's word, and may be written in any case.
    return [(json_path(steps), said.lower() if steps[-1] == "complaintFeedbackType" else said)]


def _choice(value: Mapping[str, Any]) -> str:
    """Whether a change of topics opts out of any that was not opted out of before."""
    steps = ("subscription", "newTopicPreferences")
    after, before = at(value, *steps), at(value, "subscription", "oldTopicPreferences")
    every = at(after, "unsubscribeAll")
    if every is True:
        return _OUT
    if not isinstance(after, dict) or every not in (None, False):
        received = shorten(every) if isinstance(after, dict) else "nothing"
        raise Refused(json_path((*steps, "unsubscribeAll")), received, "true or false")
    newly = _opted_out(after, steps) - _opted_out(before, ("subscription", "oldTopicPreferences"))
    return _OUT if newly and at(before, "unsubscribeAll") is not True else _IN


def _opted_out(preferences: object, steps: Steps) -> set[str]:
    listed = at(preferences, "topicSubscriptionStatus")
    topics = set()
    for i, each in enumerate(listed if isinstance(listed, list) else ()):
        topic, status = at(each, "topicName"), at(each, "subscriptionStatus")
        if status not in (_OUT, _IN):
            path = json_path((*steps, "topicSubscriptionStatus", i, "subscriptionStatus"))
            raise unknown_word(status, (_OUT, _IN), path)
        if status == _OUT and isinstance(topic, str):
            topics.add(topic)
    return topics


def recipients(value: Mapping[str, Any], kind: str) -> list[Any]:
    """Those whom an event speaks of, each an address or an object with one.

    Raises:
        Refused: There is no list of them, or an empty one.
    """
    steps, _ = PLACES[kind]
    listed = at(value, *steps)
    if not isinstance(listed, list) or not listed:
        raise Refused(json_path(steps), _received(listed), _ADDRESSES)
    return listed


def addressed(listed: list[Any], kind: str) -> list[tuple[str, object]]:
    """The address of each recipient, with its status code if it has one.

    Raises:
        Refused: They are too many, or one of them is no address.
    """
    steps, _ = PLACES[kind]
    if len(listed) > MOST_RECIPIENTS:
        raise Refused(json_path(steps), shorten(listed), _ADDRESSES)
    found = []
    for i, each in enumerate(listed):
        address = each.get("emailAddress") if isinstance(each, dict) else each
        if not isinstance(address, str) or not address:
            raise Refused(json_path((*steps, i)), _received(address), "the recipient's address")
        found.append((bare(address), at(each, "status")))
    return found


def _received(value: object) -> str:
    return "nothing" if value is None else shorten(value)


def bare(address: str) -> str:
    """An address without the name that may stand before it.

    Examples:
        >>> bare("Siti Rahma <siti@example.org>"), bare("budi@example.org")
        ('siti@example.org', 'budi@example.org')
    """
    found = re.search(_BRACKETED.replace("$", r"\Z"), address)
    return found[1] if found else address


def name_and_time(value: Mapping[str, Any], kind: str) -> tuple[str, str]:
    """SES's id of the message, and when the event happened.

    Raises:
        Refused: One of them is missing, or is no text.
    """
    name = text_at(value, *_ID, expected="SES's id of the message")
    return name, text_at(value, *PLACES[kind][1], expected="when it happened")


def column(steps: Steps) -> str:
    """The name, as SQL has it, of the column with what stands at a place of `paths`."""
    return '"' + " ".join(steps) + '"'


def places() -> dict[str, Steps]:
    """All places that SQL looks at, by the names of columns."""
    found = [steps for both in PLACES.values() for steps in both]
    found += [steps for deciding in _DECIDING.values() for steps in deciding]
    found += [_ID, *((name,) for name in NAMES)]
    return {" ".join(steps): steps for steps in found}


MESSAGE_ID = column(_ID)


def kind_sql() -> str:
    """SQL of the type, as text; NULL for one that is not known."""
    token = f"coalesce({', '.join(column((name,)) for name in NAMES)})"
    cases = " ".join(f"WHEN '\"{kind}\"' THEN '{kind}'" for kind in _TYPES)
    return f"CASE {token} {cases} END"


def placed_sql(which: int) -> str:
    """SQL of what stands where events of a ``kind`` have it: 0 the recipients, 1 the time."""
    by_place: dict[Steps, list[str]] = {}
    for kind, both in PLACES.items():
        by_place.setdefault(both[which], []).append(f"kind = '{kind}'")
    cases = (f"WHEN {' OR '.join(tests)} THEN {column(it)}" for it, tests in by_place.items())
    return f"CASE {' '.join(cases)} END"


def said_sql() -> str:
    """SQL of a ``kind`` and what else decides, as one text; NULL where Python decides."""
    cases = []
    for kind, deciding in _DECIDING.items():
        columns = [column(steps) for steps in deciding]
        texts = [text_sql(each) for each in columns]
        if kind == "Complaint":  # whose feedback's type Python lowers
            texts[1] = f"CASE WHEN {texts[1]} = lower({texts[1]}) THEN {texts[1]} END"
        if kind == "Bounce":
            told = f"'{kind} ' || {texts[0]} || ' ' || {texts[1]}"
        elif kind == "Subscription":
            told = f"CASE WHEN {columns[0]} = 'true' THEN '{kind} {_OUT}' END"
        else:
            tests = zip(columns, texts, strict=True)
            told = " ".join(f"WHEN {each} IS NOT NULL THEN '{kind} ' || {it}" for each, it in tests)
            told = f"CASE {told} ELSE '{kind}' END"
        cases.append(f"WHEN kind = '{kind}' THEN {told}")
    return f"CASE {' '.join(cases)} ELSE kind END"


def address_sql(text: str) -> str:
    """SQL of what `bare` gives for a text that is not NULL."""
    return (
        f"CASE WHEN contains({text}, '<') AND regexp_matches({text}, '{_BRACKETED}') "
        f"THEN regexp_extract({text}, '{_BRACKETED}', 1) ELSE {text} END"
    )
