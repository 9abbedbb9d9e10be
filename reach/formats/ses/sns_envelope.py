"""Envelopes of Amazon SNS: what was published stands in one of their fields, as text.

A notification's ``Message`` is JSON within JSON. Of the other envelopes, and of the sentence
that says that a topic works, each is a record that holds nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from reach.formats.containers.ndjson import parse
from reach.formats.record import Refused
from reach.shown import shorten

_TYPES = ("Notification", "SubscriptionConfirmation", "UnsubscribeConfirmation")
_NOTIFICATION = _TYPES[0]
VALIDATED = "Successfully validated SNS topic"
"""How the sentence begins that comes first through a topic; where SNS envelopes are left out, it
stands alone."""

_EVENT = "an event, as JSON text"


def is_envelope(value: Mapping[str, Any], inner: tuple[str, ...]) -> bool:
    """Whether an object is an envelope.

    Args:
        value: The object.
        inner: Keys that what is published may have: an object with one of them is no envelope.
    """
    return value.get("Type") is not None and all(value.get(key) is None for key in inner)


def opened(envelope: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """What an envelope holds; None for nothing.

    Raises:
        Refused: It is of an unknown type, or what it holds is no JSON object.

    Examples:
        >>> opened({"Type": "Notification", "Message": '{"eventType":"Send"}'})
        {'eventType': 'Send'}
    """
    kind, message = envelope.get("Type"), envelope.get("Message")
    if kind not in _TYPES:
        raise Refused("$.Type", shorten(kind), f"one of {', '.join(_TYPES)}")
    if kind != _NOTIFICATION:
        return None
    if isinstance(message, dict):  # as some who pass it on write it
        return message
    if not isinstance(message, str):
        raise Refused("$.Message", "nothing" if message is None else shorten(message), _EVENT)
    if message.startswith(VALIDATED):
        return None
    try:
        return parse(message.encode())
    except (Refused, UnicodeEncodeError):
        raise Refused("$.Message", shorten(message), _EVENT) from None


def opened_sql(records: str, inner: tuple[str, ...]) -> str:
    """SQL for rows with what envelopes hold in place of them.

    Args:
        records: SQL for rows of ``record`` and ``value``.
        inner: As for `is_envelope`. Where Python has more to say ``value`` is NULL.
    """
    paths = ", ".join(f"'$.\"{key}\"'" for key in ("Type", "Message", *inner))
    bare = " OR ".join(f"found[{place}] IS NOT NULL" for place in range(3, 3 + len(inner)))
    return (
        f"SELECT record, CASE WHEN found[1] IS NULL OR {bare} THEN value "
        f"WHEN found[1] = '{_NOTIFICATION}' THEN try_cast(found[2] AS JSON) END AS value "
        f"FROM (SELECT *, json_extract_string(value, [{paths}]) AS found FROM ({records}))"
    )
