"""What Twilio's records say of their messages, in SQL: the same as `twilio_message`."""

from __future__ import annotations

from collections.abc import Iterable

from reach.engine import identifier
from reach.formats.notations.mail_date import from_mail_date_sql
from reach.formats.provider_sql import (
    extracted,
    finished,
    known_sql,
    meaning_sql,
    quoted_sql,
    text_sql,
)
from reach.formats.record import Log
from reach.formats.twilio.words import (
    CALLBACK,
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
from reach.formats.words import Word
from reach.vocabulary import Event, Reason

PROVIDER = "twilio"
_ROLES = ("to", "code", "direction", "received", "done", "sent", "updated", "created", "price",
          "unit")  # fmt: skip
_CODE = '"?[0-9]{1,9}"?'
_DONE = '"?([0-9]{10}|[0-9]{12})"?'
_AMOUNT = '"?-?[0-9]{1,9}([.][0-9]{1,6})?"?'
_UNIT = '"[A-Za-z]{3}"'
_RUINED = "E+"
_EMPTY = "'\"\"'"


def message_rows(records: str, log: Log, form: Places) -> str:
    """SQL for rows of events from rows of ``record`` and ``value``.

    Args:
        records: SQL for the records.
        log: The file.
        form: Which form its records mostly have; others are not proven.
    """
    rows = _said(_found(records, log, form), form)
    is_event = "NOT inbound AND " + known_sql(WORDS, "said", eventful=True)
    no_event = f"inbound OR {known_sql(WORDS, 'said', eventful=False)}"
    leads = "true"
    if form.sent:
        past = " OR ".join(f"said = '{each}'" for each in PAST_QUEUE)
        earlier = f"({past}) AND sent IS NOT NULL AND NOT inbound"
        both = f"CASE WHEN {earlier} THEN [true, false] ELSE [true] END"
        rows = f"SELECT *, unnest({both}) AS of_status FROM ({rows})"
        leads = "of_status"
    sure = ["of_form", is_event, *_sure(form)]
    return finished(
        rows,
        _fields(log, form, leads),
        log,
        sure=" AND ".join(f"({each})" for each in sure),
        leads=leads,
        no_event=f"of_form AND ({no_event})",
    )


def _found(records: str, log: Log, form: Places) -> str:
    """SQL for records with all that may be looked at, each a token; NULL for an empty text."""
    keys = {f"name_{place}": key for place, key in enumerate(form.name)}
    keys |= {f"status_{place}": key for place, key in enumerate(form.status)}
    keys |= {role: key for role in _ROLES if (key := getattr(form, role))}
    if form is not CALLBACK:
        others = [
            key for other in FORMS[: FORMS.index(form)] for key in (*other.name, *other.status)
        ]
        keys |= {f"other_{place}": key for place, key in enumerate(others)}
    # Names of our own: the engine does not tell To from to, nor either from a word of SQL.
    paths = {f"of {name}": f"$.{key}" for name, key in keys.items()} | {"of page": "$.page_size"}
    columns = ", ".join(f"nullif({identifier(f'of {name}')}, {_EMPTY}) AS {name}_" for name in keys)
    return f'SELECT *, "of page" AS page_, {columns} FROM ({extracted(records, paths, log)})'


def _said(found: str, form: Places) -> str:
    """SQL for the same with what is looked at several times."""
    status = ", ".join(f"status_{place}_" for place in range(len(form.status)))
    name = ", ".join(f"name_{place}_" for place in range(len(form.name)))
    of_form = [f"coalesce({status}, {name}) IS NOT NULL", "page_ IS NULL"]
    if form is not CALLBACK:
        before = sum(len(each.name) + len(each.status) for each in FORMS[: FORMS.index(form)])
        others = ", ".join(f"other_{place}_" for place in range(before))
        of_form.append(f"coalesce({others}) IS NULL")
    times = "".join(
        f", {from_mail_date_sql(f'{role}_')} AS {role}"
        for role in ("sent", "updated")
        if getattr(form, role)
    )
    to = text_sql("to_")
    return (
        f"SELECT *, {text_sql(f'coalesce({status})')} AS said, coalesce({name}) AS name, "
        f"coalesce(direction_ = '\"{INBOUND}\"', false) AS inbound, {to} AS address, "
        f"regexp_extract({to}, '^([a-z]+):', 1) AS prefix, "
        f"{' AND '.join(of_form)} AS of_form{times} FROM ({found})"
    )


def _sure(form: Places) -> list[str]:
    known = " OR ".join(f"prefix = '{each}'" for each in CHANNELS)
    sure = [
        f"to_ IS NULL OR (address IS NOT NULL AND NOT contains(address, '{_RUINED}'))",
        f"coalesce(prefix, '') = '' OR {known}",
        f"code_ IS NULL OR regexp_full_match(code_, '{_CODE}')",
    ]
    if form.done:
        sure.append(f"done_ IS NULL OR regexp_full_match(done_, '{_DONE}')")
    if form.price:
        sure.append(f"price_ IS NULL OR regexp_full_match(price_, '{_AMOUNT}')")
        sure.append(f"unit_ IS NULL OR regexp_full_match(unit_, '{_UNIT}')")
    return sure


def _fields(log: Log, form: Places, of_status: str) -> dict[str, str]:
    rest = "substring(address, length(prefix) + 2)"
    fields = {
        "message_id": "name",
        "channel": quoted_sql(
            f"CASE WHEN prefix = '' OR prefix IS NULL THEN '{SMS}' ELSE prefix END"
        ),
        "provider": quoted_sql(f"'{PROVIDER}'"),
        "recipient": (
            f"CASE WHEN prefix <> '' AND starts_with({rest}, '+') THEN {quoted_sql(rest)} "
            "ELSE to_ END"
        ),
    }
    of_its_status = {
        "event": (meaning_sql(WORDS, "said", "event"), f"'\"{Event.SENT}\"'"),
        "receipt": (_receipt_sql(), "NULL"),
        "permanent": (_code_sql("permanent"), "NULL"),
        "reason": (_code_sql("reason"), "NULL"),
        "occurred_at": (_time_sql(form), "sent"),
    }
    for name, (now, before) in of_its_status.items():
        fields[name] = f"CASE WHEN {of_status} THEN {now} ELSE {before} END" if form.sent else now
    if form.price:
        fields["cost_micros"] = f"CASE WHEN {_has_currency(log)} THEN {_micros_sql()} END"
        fields["currency"] = "CASE WHEN price_ IS NOT NULL THEN upper(unit_) END"
    return fields


def _receipt_sql() -> str:
    device = f"CASE WHEN said = 'delivered' AND prefix = '{WHATSAPP}' THEN '\"device\"'"
    return f"{device} ELSE {meaning_sql(WORDS, 'said', 'receipt')} END"


def _code_sql(attribute: str) -> str:
    """SQL of a failure's reason, or of whether it is for good, as a token."""
    code = "trim(code_, '\"')"
    told = {"reason": f"'\"{Reason.OTHER}\"'", "permanent": "NULL::VARCHAR"}[attribute]
    cases = [
        f"WHEN '{each.said}' THEN '{_token(getattr(each, attribute))}'"
        for each in CODES
        if getattr(each, attribute) is not None
    ]
    failures = _among(
        each
        for each in WORDS
        if each.event in (Event.FAILED, Event.REJECTED)
        and (attribute == "reason" or each.said == "undelivered")
    )
    return (
        f"CASE WHEN {failures} AND code_ IS NOT NULL AND trim({code}, '0') <> '' "
        f"THEN CASE {code} {' '.join(cases)} ELSE {told} END END"
    )


def _token(meaning: bool | Reason) -> str:  # noqa: FBT001 -- either
    return str(meaning).lower() if isinstance(meaning, bool) else f'"{meaning}"'


def _among(words: Iterable[Word]) -> str:
    return "(" + " OR ".join(f"said = '{each.said}'" for each in words) + ")"


def _time_sql(form: Places) -> str:
    """SQL of when a message came to its status."""
    if form is CALLBACK:
        digits = "trim(done_, '\"')"
        parts = [f"substring({digits}, {first}, 2)" for first in (1, 3, 5, 7, 9)]
        second = f"CASE WHEN length({digits}) = 12 THEN substring({digits}, 11, 2) ELSE '00' END"
        year, month, day, hour, minute = parts
        done = (
            f"'\"20' || {year} || '-' || {month} || '-' || {day} || 'T' || {hour} || ':' "
            f"|| {minute} || ':' || {second} || 'Z\"'"
        )
        return f"coalesce(received_, {done})"
    if not form.updated:  # the time of sending is the only one
        return "CASE WHEN said = 'sent' THEN sent END"
    queued = _among(each for each in WORDS if each.event is Event.QUEUED)
    return (
        "CASE WHEN said = 'sent' THEN coalesce(sent, updated) "
        f"WHEN {queued} THEN coalesce(updated, {from_mail_date_sql('created_')}) ELSE updated END"
    )


def _has_currency(log: Log) -> str:
    if "currency" in log.options.set:
        return "true"
    return (
        '"option currency" IS NOT NULL' if "currency" in log.options.fields else "unit_ IS NOT NULL"
    )


def _micros_sql() -> str:
    """SQL of an amount in millionths, by whole numbers alone."""
    amount = "trim(price_, '\"-')"
    whole, part = f"split_part({amount}, '.', 1)", f"split_part({amount}, '.', 2)"
    return (
        f"(try_cast({whole} AS BIGINT) * 1000000 "
        f"+ try_cast(rpad({part}, 6, '0') AS BIGINT))::VARCHAR"
    )
