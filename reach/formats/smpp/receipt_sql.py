"""A delivery receipt's text, in SQL: the same as `receipt.py` says, for whole files at once."""

from __future__ import annotations

from reach.engine import identifier, literal
from reach.formats.notations.local_time import to_utc_sql
from reach.formats.smpp.receipt import (
    BEGINS,
    DONE,
    LONG_DATE,
    NO_DATE,
    SHORT_DATE,
    STAT,
    SUBMIT,
    TEXT,
    VALUES,
)


def receipt_columns(rows: str, text: str, zone: str | None) -> str:
    """SQL for rows with what the receipt in a text says.

    Columns: ``name``, ``stat``, ``before``, as in `reach.formats.smpp.receipt.ReceiptText`; ``submitted``
    and ``finished`` (RFC 3339, or NULL) and ``dated``, true unless one of them is left to Python.

    Args:
        rows: SQL for the rows.
        text: The column.
        zone: IANA name of the operator's zone.
    """
    begun = (
        f"SELECT *, regexp_extract({text}, {literal(BEGINS)}, ['body', 'name']) AS receipt "
        f"FROM ({rows})"
    )
    cut = (
        "SELECT * EXCLUDE (receipt), receipt.name AS name, "
        f"substring({text}, 1, length({text}) - length(receipt.body)) AS before, "
        f"regexp_replace(receipt.body, {literal(TEXT)}, '') AS said_fields FROM ({begun})"
    )
    values = ", ".join(
        f"regexp_extract(said_fields, {literal(pattern)}, 1) AS {identifier(f'the {key}')}"
        for key, pattern in VALUES.items()
    )
    read = f"SELECT * EXCLUDE (said_fields), {values} FROM ({cut})"
    stat = identifier(f"the {STAT}")
    submit, done = identifier(f"the {SUBMIT}"), identifier(f"the {DONE}")
    local = (
        f"SELECT *, CASE WHEN regexp_full_match({stat}, '[A-Za-z]+') THEN upper({stat}) "
        f"ELSE {stat} END AS stat, {_local_sql(submit)} AS local_submit, "
        f"{_local_sql(done)} AS local_done FROM ({read})"
    )
    timed = (
        f"SELECT *, {_moment_sql('local_submit', zone)} AS submitted, "
        f"{_moment_sql('local_done', zone)} AS finished FROM ({local})"
    )
    dated = " AND ".join(
        f"({moment} IS NOT NULL OR coalesce(regexp_full_match({digits}, '{NO_DATE}'), true))"
        for moment, digits in (("submitted", submit), ("finished", done))
    )
    return f"SELECT *, {dated} AS dated FROM ({timed})"


def _local_sql(digits: str) -> str:
    whole = (
        f"rpad(CASE WHEN regexp_full_match({digits}, '{SHORT_DATE}') THEN '20' || {digits} "
        f"WHEN regexp_full_match({digits}, '{LONG_DATE}') THEN {digits} END, 14, '0')"
    )
    parts = "(....)(..)(..)(..)(..)(..)"
    return rf"regexp_replace({whole}, '{parts}', '\1-\2-\3 \4:\5:\6')"


def _moment_sql(local: str, zone: str | None) -> str:
    return "NULL::VARCHAR" if zone is None else to_utc_sql(local, zone)
