"""Where a body of WhatsApp's webhook tells of our messages, twice: in Python and in SQL.

It does so in statuses, and in messages from people that answer one of ours.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from reach.formats.record import Refused
from reach.shown import json_path, shorten

At = tuple[str | int, ...]
"""A place in a body, as keys and positions."""

OBJECT = "whatsapp_business_account"
_STATUSES, _MESSAGES, _PAYMENT = "statuses", "messages", "payment"
_OURS = ("display_phone_number", "phone_number_id")


def told_in(body: Mapping[str, Any]) -> list[tuple[At, Mapping[str, Any]]]:
    """What a body tells of our messages: statuses and answers, each with where it stands.

    Raises:
        Refused: It is no such body, or something else stands where they should.
    """
    if body.get("object") != OBJECT:
        said = body.get("object")
        raise Refused("$.object", "nothing" if said is None else shorten(said), OBJECT)
    if body.get("entry") is None:
        raise Refused("$.entry", "nothing", "a list of entries")
    found: list[tuple[At, Mapping[str, Any]]] = []
    for in_body, entry in _members(body, "entry", ()):
        for in_entry, change in _members(entry, "changes", in_body):
            at = (*in_entry, "value")
            value = change.get("value")
            if value is not None and not isinstance(value, dict):
                raise Refused(json_path(at), shorten(value), "an object")
            statuses = _members(value or {}, _STATUSES, at)
            # What became of a payment has the same words and is no message's status.
            found += [each for each in statuses if each[1].get("type") != _PAYMENT]
            ours = _ours(value or {})
            written = _members(value or {}, _MESSAGES, at)
            found += [each for each in written if _answers(each[1], ours)]
    return found


def is_answer(at: At) -> bool:
    """Whether a person's answer stands at a place, and no status."""
    return at[-2] == _MESSAGES


def _ours(value: Mapping[str, Any]) -> set[str]:
    """The office's own names: its number, in digits, and the number's id."""
    metadata = value.get("metadata")
    told = [metadata.get(key) for key in _OURS] if isinstance(metadata, dict) else []
    return {digits for said in told if (digits := _digits(said))}


def _answers(message: Mapping[str, Any], ours: set[str]) -> bool:
    """Whether somebody's message answers one of ours: its context says who wrote that."""
    context = message.get("context")
    if not isinstance(context, dict):
        return False
    name = context.get("id")
    return isinstance(name, str) and name != "" and _digits(context.get("from")) in ours


def _digits(said: object) -> str:
    return re.sub("[^0-9]", "", said) if isinstance(said, str) else ""


def _members(holder: Mapping[str, Any], key: str, at: At) -> list[tuple[At, Mapping[str, Any]]]:
    members = holder.get(key)
    if members is None:
        return []
    if not isinstance(members, list):
        raise Refused(json_path((*at, key)), shorten(members), "a list")
    found = [((*at, key, place), each) for place, each in enumerate(members)]
    for place, each in found:
        if not isinstance(each, dict):
            raise Refused(json_path(place), shorten(each), "an object")
    return found


_EVERY = "$.entry[*].changes[*].value"
_SHAPE = {
    "$.entry[*]": "'OBJECT'",
    "$.entry[*].changes": "'ARRAY', 'NULL'",
    "$.entry[*].changes[*]": "'OBJECT'",
    _EVERY: "'OBJECT', 'NULL'",
    f"{_EVERY}.{_STATUSES}": "'ARRAY', 'NULL'",
    f"{_EVERY}.{_MESSAGES}": "'ARRAY', 'NULL'",
}
"""What may stand on the way to a status, by the engine's names."""

_ONLY = "$.entry[0].changes[0].value"
_LOOKS = {
    "object": "$.object",
    "statuses": f"{_ONLY}.{_STATUSES}",
    "messages": f"{_ONLY}.{_MESSAGES}",
    "more entries": "$.entry[1]",
    "more changes": "$.entry[0].changes[1]",
    "message": f"{_ONLY}.{_MESSAGES}[0]",
    "more messages": f"{_ONLY}.{_MESSAGES}[1]",
    "answered": f"{_ONLY}.{_MESSAGES}[0].context.id",
    "writer": f"{_ONLY}.{_MESSAGES}[0].context.from",
    "number": f"{_ONLY}.metadata.{_OURS[0]}",
    "number id": f"{_ONLY}.metadata.{_OURS[1]}",
}
"""One change alone, as nearly all bodies have: a look at these places shows the whole shape."""


def told_sql(records: str) -> str:
    """SQL for the same, a row each, and one for a body without any: it has to be counted, too.

    Columns: ``record``, ``whole`` (whether everything in the body is what `told_in` takes it
    for), ``held`` (how many rows there are), ``each`` (the status or answer as JSON, or NULL),
    ``answers`` (whether it is an answer) and ``place`` (from 1). Payments are among them.

    Args:
        records: SQL for rows of ``record`` and ``value``.
    """
    places = ", ".join(f"'{place}'" for place in _LOOKS.values())
    looked_at = f"SELECT *, json_extract(value, [{places}]) AS looks FROM ({records})"
    held = (
        f"CASE WHEN {_statuses_alone()} THEN json_extract({_look('statuses')}, '$[*]') "
        f"WHEN {_messages_alone()} THEN CASE WHEN {_answers_sql()} THEN [{_look('message')}] END "
        f"ELSE json_extract(value, '{_EVERY}.{_STATUSES}[*]') END"
    )
    bodies = (
        f"SELECT record, {_whole_sql()} AS whole, {_messages_alone()} AS answers, {held} AS told "
        f"FROM ({looked_at})"
    )
    each = "CASE WHEN len(told) > 0 THEN told ELSE [NULL::JSON] END"
    return (
        "SELECT record, whole, answers, coalesce(len(told), 0) AS held, "
        f"unnest({each}) AS each, generate_subscripts({each}, 1) AS place FROM ({bodies})"
    )


def _look(name: str) -> str:
    return f"looks[{list(_LOOKS).index(name) + 1}]"


def _token(name: str) -> str:
    return f"{_look(name)}::VARCHAR"


def _alone(this: str, other: str) -> str:
    return (
        f"coalesce(starts_with({_token(this)}, '['), false) AND {_look(other)} IS NULL "
        f"AND {_look('more entries')} IS NULL AND {_look('more changes')} IS NULL"
    )


def _statuses_alone() -> str:
    return f"({_alone('statuses', 'messages')})"


def _messages_alone() -> str:
    return f"({_alone('messages', 'statuses')})"


def _answers_sql() -> str:
    return (
        f"starts_with({_token('answered')}, '\"') AND {_token('answered')} <> '\"\"' "
        f"AND {_digits_sql('writer')} <> '' AND ({_digits_sql('writer')} = {_digits_sql('number')} "
        f"OR {_digits_sql('writer')} = {_digits_sql('number id')})"
    )


def _digits_sql(name: str) -> str:
    """SQL of the digits in a text; NULL for what is no text."""
    digits = f"regexp_replace({_token(name)}, '[^0-9]', '', 'g')"
    return f"CASE WHEN starts_with({_token(name)}, '\"') THEN {digits} END"


def _whole_sql() -> str:
    """True where SQL is sure of all that a body tells."""
    # Of several messages from people some may be answers: those bodies are for Python.
    one = (
        f"coalesce(starts_with({_token('message')}, '{{'), {_token('messages')} = '[]') "
        f"AND {_look('more messages')} IS NULL "
        f"AND NOT contains(concat({_token('writer')}, {_token('number')}, {_token('number id')}), '\\')"
    )
    tests = ["json_type(value, '$.entry') = 'ARRAY'"]
    tests += [f"list_has_all([{kinds}], json_type(value, '{at}'))" for at, kinds in _SHAPE.items()]
    tests += [f"len(json_extract(value, '{_EVERY}.{_MESSAGES}[*]')) = 0"]
    return (
        f"{_token('object')} = '\"{OBJECT}\"' AND CASE WHEN {_statuses_alone()} THEN true "
        f"WHEN {_messages_alone()} THEN {one} ELSE {' AND '.join(tests)} END"
    )
