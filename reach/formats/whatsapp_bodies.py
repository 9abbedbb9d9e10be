"""Where the statuses stand in a body of WhatsApp's webhook, twice: in Python and in SQL."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from reach.formats.record import Refused
from reach.shown import json_path, shorten

At = tuple[str | int, ...]
"""A place in a body, as keys and positions."""

OBJECT = "whatsapp_business_account"
_PAYMENT = "payment"
_EVERY_STATUS = "$.entry[*].changes[*].value.statuses[*]"
_SHAPE = {
    "$.entry[*]": "'OBJECT'",
    "$.entry[*].changes": "'ARRAY', 'NULL'",
    "$.entry[*].changes[*]": "'OBJECT'",
    "$.entry[*].changes[*].value": "'OBJECT', 'NULL'",
    "$.entry[*].changes[*].value.statuses": "'ARRAY', 'NULL'",
}
"""What may stand on the way to a status, by the engine's names."""

_LOOKS = ("$.object", "$.entry[0].changes[0].value.statuses", "$.entry[1]", "$.entry[0].changes[1]")
_IS_OBJECT, _ONLY = f"looks[1]::VARCHAR = '\"{OBJECT}\"'", "looks[2]"
_USUAL = (
    f"coalesce(starts_with({_ONLY}::VARCHAR, '[') AND looks[3] IS NULL AND looks[4] IS NULL, false)"
)
"""One change alone, as nearly all bodies have: a look at four places shows the whole shape."""


def statuses(body: Mapping[str, Any]) -> list[tuple[At, Mapping[str, Any]]]:
    """A body's statuses of messages, each with where it stands.

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
            found += _members(value or {}, "statuses", at)
    # What became of a payment has the same words and is no message's status.
    return [(at, status) for at, status in found if status.get("type") != _PAYMENT]


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


def statuses_sql(records: str) -> str:
    """SQL for the same, a row each, and one for a body without any: it has to be counted, too.

    Columns: ``record``, ``whole`` (whether everything in the body is what `statuses` takes it
    for), ``held`` (how many statuses there are), ``each`` (the status as JSON, or NULL) and
    ``place`` (from 1). Payments are among them.

    Args:
        records: SQL for rows of ``record`` and ``value``.
    """
    places = ", ".join(f"'{place}'" for place in _LOOKS)
    looked_at = f"SELECT *, json_extract(value, [{places}]) AS looks FROM ({records})"
    held = (
        f"CASE WHEN {_USUAL} THEN json_extract({_ONLY}, '$[*]') "
        f"ELSE json_extract(value, '{_EVERY_STATUS}') END"
    )
    bodies = f"SELECT record, {_whole_sql()} AS whole, {held} AS statuses FROM ({looked_at})"
    each = "CASE WHEN len(statuses) > 0 THEN statuses ELSE [NULL::JSON] END"
    return (
        "SELECT record, whole, coalesce(len(statuses), 0) AS held, "
        f"unnest({each}) AS each, generate_subscripts({each}, 1) AS place FROM ({bodies})"
    )


def _whole_sql() -> str:
    tests = ["json_type(value, '$.entry') = 'ARRAY'"]
    tests += [f"list_has_all([{kinds}], json_type(value, '{at}'))" for at, kinds in _SHAPE.items()]
    return f"{_IS_OBJECT} AND CASE WHEN {_USUAL} THEN true ELSE {' AND '.join(tests)} END"
