"""What records of Amazon SES say, in SQL: the same as `reach.formats.ses.format` in Python."""

from __future__ import annotations

from reach.engine import literal
from reach.formats.notations.mail_status import reason_sql
from reach.formats.provider_sql import finished, known_sql, meaning_sql, quoted_sql, text_sql
from reach.formats.record import Log
from reach.formats.ses import record as ses_record
from reach.formats.ses.words import ACTS, BY_STATUS, VAGUE, WORDS

PLACES = ses_record.places()


def rows_sql(log: Log, records: str) -> str:
    """SQL for rows of events.

    Args:
        log: The file.
        records: SQL for rows as `reach.formats.provider_sql.taken` gives them for `PLACES`.
    """
    fields = {
        "message_id": ses_record.MESSAGE_ID,
        "event": "event",
        "channel": quoted_sql("'email'"),
        "recipient": "recipient",
        "occurred_at": "moment",
        "receipt": "receipt",
        "permanent": "permanent",
        "reason": _reason_sql(),
        "provider": quoted_sql(literal("ses")),
    }
    return finished(
        _by_recipient(_meanings(records)),
        fields,
        log,
        sure="moment IS NOT NULL AND recipient IS NOT NULL",
        leads="place = 1",
        no_event=f"{known_sql(WORDS, 'said', eventful=False)} OR unnamed",
    )


def _reason_sql() -> str:
    by_status = " OR ".join(f"event = '\"{each}\"'" for each in BY_STATUS)
    vague = " OR ".join(f"told = '\"{each}\"'" for each in VAGUE if each)
    return (
        f"CASE WHEN told IS NULL OR NOT ({by_status}) THEN reason "
        f"WHEN {vague} THEN coalesce(reason, told) ELSE told END"
    )


def _meanings(rows: str) -> str:
    """SQL that adds what each record means, when it happened, and how many it ``listed``."""
    rows = f"SELECT *, {ses_record.kind_sql()} AS kind FROM ({rows})"
    rows = (
        f"SELECT *, {ses_record.said_sql()} AS said, {ses_record.placed_sql(0)} AS listed, "
        f"{ses_record.placed_sql(1)} AS moment FROM ({rows})"
    )
    meanings = ", ".join(
        f"{meaning_sql(WORDS, 'said', name)} AS {name}"
        for name in ("event", "receipt", "permanent", "reason")
    )
    # Most lists are of one address: what is between their brackets is its token.
    rows = (
        f"SELECT *, {meanings}, CASE WHEN starts_with(listed, '[\"') AND ends_with(listed, '\"]') "
        f"THEN substring(listed, 3, length(listed) - 4) END AS held FROM ({rows})"
    )
    rows = (
        "SELECT *, CASE WHEN held <> '' AND NOT contains(held, '\"') "
        f"AND NOT contains(held, '\\') THEN held END AS alone FROM ({rows})"
    )
    return (
        "SELECT *, CASE WHEN alone IS NOT NULL THEN 1 WHEN starts_with(listed, '[') "
        f"THEN json_array_length(listed) ELSE 0 END AS size FROM ({rows})"
    )


def _by_recipient(rows: str) -> str:
    """SQL for a row for each ``recipient``, with what the status code ``told``."""
    acts = " OR ".join(f"event = '\"{each}\"'" for each in ACTS)
    rows = f"SELECT *, size > 1 AND coalesce({acts}, false) AS unnamed FROM ({rows})"
    # What holds no event, or is for Python to say, stays one row.
    parted = (
        f"alone IS NULL AND event IS NOT NULL AND NOT unnamed "
        f"AND size BETWEEN 1 AND {ses_record.MOST_RECIPIENTS}"
    )
    rows = (
        f"SELECT *, CASE WHEN {parted} "
        f"THEN json_extract(listed, '$[*]')::VARCHAR[] END AS elements FROM ({rows})"
    )
    rows = (
        "SELECT *, unnest(CASE WHEN size > 1 AND elements IS NOT NULL THEN range(1, size::BIGINT + 1) "
        f"ELSE [1::BIGINT] END) AS place FROM ({rows})"
    )
    rows = f"SELECT * EXCLUDE (elements), elements[place] AS element FROM ({rows})"
    rows = (
        "SELECT *, CASE WHEN starts_with(element, '{') "
        "THEN json_extract(element, ['$.\"emailAddress\"', '$.\"status\"'])::VARCHAR[] "
        f"WHEN element IS NOT NULL THEN [element] END AS details FROM ({rows})"
    )
    rows = (
        f"SELECT *, coalesce(alone, {text_sql('details[1]')}) AS address, "
        f"{text_sql('details[2]')} AS code FROM ({rows})"
    )
    rows = (
        f"SELECT *, {reason_sql('code')} AS told, "
        f"{ses_record.address_sql('address')} AS bare FROM ({rows})"
    )
    return (
        "SELECT *, CASE WHEN address <> '' THEN concat('\"', bare, '\"') END AS recipient "
        f"FROM ({rows})"
    )
