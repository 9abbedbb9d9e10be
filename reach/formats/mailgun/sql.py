"""What events of Mailgun's say, in SQL: the same as `reach.formats.mailgun.event`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from reach.engine import literal
from reach.formats.mailgun.event import MESSAGE_ID, MESSAGE_TO, ONE_ADDRESS
from reach.formats.mailgun.words import (
    ASIDE,
    BOTS,
    CLICKED,
    CODES,
    DROPPED,
    EVENTS,
    FAILED,
    LATE,
    OLD,
    OPENED,
    PERMANENT,
    REASONS,
    REJECTED,
    SEVERITIES,
    SUPPRESSIONS,
    WORDS,
)
from reach.formats.notations.fine_epoch import fine_moment_sql
from reach.formats.notations.mail_reply import reply_is_plain_sql, status_in_sql
from reach.formats.notations.mail_status import reason_sql
from reach.formats.provider_sql import (
    extracted,
    finished,
    known_sql,
    meaning_sql,
    quoted_sql,
    text_sql,
)
from reach.formats.record import Log

PROVIDER = "mailgun"
ENVELOPE = "event-data"
_STATUS = "delivery-status"
_PLACES = {
    "event_": ("event",),
    "name_": MESSAGE_ID,
    "to_": MESSAGE_TO,
    "recipient_": ("recipient",),
    "at_": ("timestamp",),
    "severity_": ("severity",),
    "reason_": ("reason",),
    "code_": (_STATUS, "code"),
    "enhanced_": (_STATUS, "enhanced-code"),
    "bounce_": (_STATUS, "bounce-code"),
    "reply_": (_STATUS, "message"),
    "bot_": ("client-info", "bot"),
    "late_": ("flags", LATE),
    **{f"aside_{place}_": ("flags", flag) for place, flag in enumerate(ASIDE)},
}
_CODE = '(0|[1-9][0-9]{0,8}|"[0-9]{1,9}")'


def event_rows(records: str, log: Log, *, enveloped: bool) -> str:
    """SQL for rows of events from rows of ``record`` and ``value``.

    Args:
        records: SQL for the records.
        log: The file.
        enveloped: Whether its events mostly are those of webhooks; others are not proven.
    """
    above = (ENVELOPE,) if enveloped else ()
    paths = {name: _path(*above, *steps) for name, steps in _PLACES.items()}
    if not enveloped:
        paths["envelope_"] = _path(ENVELOPE)
    places = {name: ".".join((*above, place)) for name, place in log.options.fields.items()}
    found = extracted(records, paths, replace(log, options=replace(log.options, fields=places)))
    sure = _sure() + ([] if enveloped else ["envelope_ IS NULL"])
    no_event = known_sql(WORDS, "said", eventful=False)
    return finished(
        _said(found),
        _fields(),
        log,
        sure=" AND ".join(f"({each})" for each in sure),
        no_event=no_event if enveloped else f"{no_event} AND envelope_ IS NULL",
    )


def _path(*steps: str) -> str:
    return "$" + "".join(f'."{step}"' for step in steps)


def _among(token: str, words: Iterable[str]) -> str:
    """SQL that is true for a token that is one of some words; false for none."""
    return f"coalesce({token} IN ({', '.join(map(_token, words))}), false)"


def _token(word: str) -> str:
    return literal(f'"{word}"')


def _said(found: str) -> str:
    """SQL for the same with which word of the table it is, and with its texts."""
    of_failure = [
        f"WHEN NOT {_among('severity_', SEVERITIES)} THEN NULL",
        f"WHEN reason_ IS NOT NULL AND NOT {_among('reason_', ('', *REASONS))} THEN NULL",
        f"WHEN {_among('reason_', SUPPRESSIONS)} THEN '{FAILED} ' || {text_sql('reason_')}",
        f"WHEN {_among('code', DROPPED)} THEN '{FAILED} ' || {text_sql('code')}",
        f"WHEN severity_ = {_token(PERMANENT)} AND reason_ = {_token(OLD)} THEN '{FAILED} {OLD}'",
        f"WHEN severity_ = {_token(PERMANENT)} THEN '{FAILED} {PERMANENT}'",
        f"WHEN late_ = 'true' THEN '{FAILED} temporary {LATE}'",
        f"ELSE '{FAILED} ' || {text_sql('severity_')}",
    ]
    aside = " ".join(
        f"WHEN aside_{place}_ = 'true' THEN 'any {flag}'" for place, flag in enumerate(ASIDE)
    )
    plain = [said for said in EVENTS if said != FAILED]
    said = (
        f"CASE WHEN NOT coalesce({text_sql('event_')} <> '', false) THEN NULL {aside} "
        f"WHEN {_among('event_', plain)} THEN {text_sql('event_')} "
        f"WHEN {_among('event_', (FAILED,))} THEN CASE {' '.join(of_failure)} END END"
    )
    code = "CASE WHEN starts_with(code_, '\"') THEN code_ ELSE '\"' || code_ || '\"' END"
    to = text_sql("to_")
    only = f"CASE WHEN regexp_full_match({to}, {literal(ONE_ADDRESS)}) THEN {to} END"
    return (
        f"SELECT *, {said} AS said, trim({text_sql('name_')}, '<>') AS name, "
        f"rtrim(split_part(only_, '<', -1), '>') AS only_address, "
        f"{fine_moment_sql('at_')} AS moment "
        f"FROM (SELECT *, {code} AS code, {only} AS only_ FROM ({found}))"
    )


def _sure() -> list[str]:
    statuses = [
        f"{token} IS NULL OR NOT contains({token}, '\\')" for token in ("enhanced_", "bounce_")
    ]
    by_header = f"said = '{REJECTED}' AND recipient_ IS NULL AND only_address IS NOT NULL"
    return [
        "moment IS NOT NULL",
        "name <> ''",
        f"coalesce({text_sql('recipient_')} <> '', {by_header})",
        f"code_ IS NULL OR regexp_full_match(code_, '{_CODE}')",
        *statuses,
        reply_is_plain_sql("reply_"),
        f"NOT {_by_client()} OR bot_ IS NULL OR {_among('bot_', BOTS)}",
    ]


def _by_client() -> str:
    return f"said IN ('{OPENED}', '{CLICKED}')"


def _fields() -> dict[str, str]:
    bots = " ".join(
        f"WHEN {_token(bot)} THEN '{str(machine).lower()}'" for bot, machine in BOTS.items()
    )
    return {
        "message_id": quoted_sql("name"),
        "channel": quoted_sql("'email'"),
        "provider": quoted_sql(literal(PROVIDER)),
        "recipient": f"coalesce(recipient_, {quoted_sql('only_address')})",
        "occurred_at": "moment",
        "reason": _reason_sql(),
        "machine": f"CASE WHEN {_by_client()} THEN CASE bot_ {bots} END END",
    } | {name: meaning_sql(WORDS, "said", name) for name in ("event", "receipt", "permanent")}


def _reason_sql() -> str:
    meant = meaning_sql(WORDS, "said", "reason")
    listed = " ".join(f"WHEN {_token(each.said)} THEN {_token(each.reason)}" for each in CODES)
    told = [
        f"CASE reason_ {listed} END",
        f"CASE code {listed} END",
        reason_sql(text_sql("enhanced_")),
        reason_sql(text_sql("bounce_")),
        reason_sql(status_in_sql("reply_")),
        meant,
    ]
    undelivered = " OR ".join(
        f"said = '{said}'"
        for said in (f"{FAILED} {PERMANENT}", f"{FAILED} temporary", f"{FAILED} internal",
                     f"{FAILED} temporary {LATE}", f"{FAILED} {OLD}")
    )  # fmt: skip
    return f"CASE WHEN {undelivered} THEN coalesce({', '.join(told)}) ELSE {meant} END"
