"""What SendGrid's records say, in SQL: the same as `reach.formats.sendgrid.format` in Python."""

from __future__ import annotations

import json
from dataclasses import replace

from reach.engine import literal
from reach.formats.notations.epoch import moment_us_sql
from reach.formats.notations.mail_status import reason_sql
from reach.formats.provider_sql import finished, known_sql, meaning_sql, quoted_sql, text_sql
from reach.formats.record import Log
from reach.formats.sendgrid.words import BOUNCE, OLD_ID, OLD_LENGTH, WHY_DROPPED, WORDS
from reach.vocabulary import Reason

PLACES = {
    key: (key,)
    for key in ("event", "type", "email", "timestamp", "sg_message_id", "smtp-id", "status",
                "reason", "sg_machine_open")
}  # fmt: skip
_SMTP_ID, _SECONDS = '"smtp-id"', '"timestamp"'  # as columns


def _token(text: str) -> str:
    """A text as SQL literal of its token."""
    return literal(json.dumps(text))


_TOKENS = tuple(replace(each, said=json.dumps(each.said)) for each in WORDS)
_WITH_REASON = ", ".join(map(_token, ("dropped", "deferred", "bounce bounce", "bounce blocked")))


def rows_sql(log: Log, records: str) -> str:
    """SQL for rows of events.

    Args:
        log: The file.
        records: SQL for rows as `reach.formats.provider_sql.taken` gives them for `PLACES`.
    """
    fields = {
        "message_id": "coalesce(mine, other)",
        "alias_id": "CASE WHEN other <> mine THEN other END",
        "channel": quoted_sql("'email'"),
        "provider": quoted_sql(literal("sendgrid")),
        "recipient": "email",
        "occurred_at": "moment",
        "reason": _reason_sql(),
        "machine": f"CASE WHEN said = {_token('open')} THEN sg_machine_open END",
    } | {name: meaning_sql(_TOKENS, "said", name) for name in ("event", "receipt", "permanent")}
    no_event = known_sql(_TOKENS, "said", eventful=False)
    rows = _named(_said(records))
    return finished(rows, fields, log, sure=_sure_sql(log), no_event=no_event)


def _said(records: str) -> str:
    """SQL that adds what each record ``said``, as a token, and its ``moment``."""
    kinds = f"WHEN type IS NULL OR type = {_token(BOUNCE)} THEN {_token('bounce bounce')} "
    kinds += f"WHEN type = {_token('blocked')} THEN {_token('bounce blocked')}"
    return (
        f"SELECT *, CASE WHEN event <> {_token(BOUNCE)} THEN event "
        f"WHEN event IS NOT NULL THEN CASE {kinds} END END AS said, "
        f"{moment_us_sql(_SECONDS)} AS moment FROM ({records})"
    )


def _named(rows: str) -> str:
    """SQL that adds the names ``mine`` and ``other`` as tokens, and whether they are surely so.

    Most ids end their name with a point, and the smtp-id has the same: nothing else is looked
    at then. Each step is a projection: within one the engine would work a text out anew
    wherever it is used.
    """
    rows = (
        "SELECT *, substring(sg_message_id, 2, instr(sg_message_id, '.') - 2) AS begin, "
        f"CASE WHEN said IN ({_WITH_REASON}) THEN {text_sql('status')} END AS code FROM ({rows})"
    )
    rows = (
        f"SELECT *, CASE WHEN strlen(begin) <> {OLD_LENGTH} THEN begin "
        f"WHEN regexp_full_match(begin, '{OLD_ID}') "
        "THEN regexp_extract(sg_message_id, '^.([^.]*[.][^.]*[.][^.]*)[.]', 1) "
        f"ELSE begin END AS name FROM ({rows})"
    )
    rows = f"SELECT *, coalesce({_USUAL}, false) AS usual FROM ({rows})"
    rows = f"SELECT *, coalesce(usual AND ({_SAME}), false) AS same FROM ({rows})"
    rows = (
        f"SELECT *, CASE WHEN NOT usual THEN {text_sql('sg_message_id')} END AS mine_text, "
        f"CASE WHEN NOT same THEN {text_sql(_SMTP_ID)} END AS other_text FROM ({rows})"
    )
    for each in ("mine", "other"):
        rows = (
            f"SELECT *, split_part(trim({each}_text, '<>'), '@', 1) AS {each}_local FROM ({rows})"
        )
        rows = f"SELECT *, {_name_sql(f'{each}_local')} AS {each}_name FROM ({rows})"
    return (
        "SELECT *, CASE WHEN usual THEN concat('\"', name, '\"') "
        f"ELSE {_name_token('mine_name')} END AS mine, "
        f"{_name_token('other_name')} AS other FROM ({rows})"
    )


_USUAL = (
    "contains(sg_message_id, '.') AND starts_with(sg_message_id, '\"') "
    # Nor does the name begin with a sign that is taken off, or end with a host.
    "AND name <> '' AND (name < '<' OR name >= '?') AND NOT contains(name, '@') "
    "AND NOT contains(sg_message_id, '\\')"
)
_SAME = (
    f"{_SMTP_ID} IS NULL OR (starts_with({_SMTP_ID}, concat('\"<', name, '@')) "
    f"AND NOT contains({_SMTP_ID}, '\\'))"
)


def _name_sql(local: str) -> str:
    """SQL of the name in an id without its host, as `format.message_name` has it; of NULL, NULL."""
    first = f"split_part({local}, '.', 1)"
    return (
        f"CASE WHEN strlen({first}) = {OLD_LENGTH} AND regexp_full_match({first}, '{OLD_ID}') "
        f"THEN regexp_extract({local}, '^[^.]*([.][^.]*)?([.][^.]*)?') ELSE {first} END"
    )


def _name_token(name: str) -> str:
    return f"CASE WHEN {name} <> '' THEN {quoted_sql(name)} END"


def _sure_sql(log: Log) -> str:
    """SQL that is true where the tokens surely are what the Python gives."""
    ids, why = (
        " AND ".join(f"({key} IS NULL OR {text_sql(key)} IS NOT NULL)" for key in keys)
        for keys in (("sg_message_id", _SMTP_ID), ("status", "reason"))
    )
    sure = (
        f"moment IS NOT NULL AND CASE WHEN same THEN true ELSE {ids} "
        "AND coalesce(mine, other) IS NOT NULL END "
        f"AND CASE WHEN said IN ({_WITH_REASON}) THEN {why} ELSE true END"
    )
    if "recipient" in log.options.set or "recipient" in log.options.fields:
        sure += f" AND {text_sql('email')} <> ''"  # else the schema asks for it
    return sure


def _reason_sql() -> str:
    drops = " ".join(
        f"WHEN {_token(said)} THEN {_token(reason)}" for said, reason in WHY_DROPPED.items()
    )
    suppressed = _token(Reason.SUPPRESSED)
    return (
        f"CASE WHEN said = {_token('dropped')} THEN CASE reason {drops} ELSE {suppressed} END "
        f"WHEN said IN ({_WITH_REASON}) THEN {reason_sql('code')} END"
    )
