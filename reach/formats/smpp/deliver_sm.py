"""A `deliver_sm` whose fields have SMPP's own names, as JSON or as a row of CSV.

References:
    SMPP 3.4, sections 4.6 (deliver_sm), 5.2.12 (esm_class) and 5.3.2.12, .35 (the parameters
    receipted_message_id and message_state).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from reach.formats.provider import known_word, unknown_word
from reach.formats.provider_sql import extracted, text_sql
from reach.formats.record import Log, Refused
from reach.formats.smpp.receipt import RECEIPT, ReceiptText, has_date, receipt_text
from reach.formats.smpp.receipt_sql import receipt_columns
from reach.formats.smpp.report import Report, report_events, report_rows
from reach.formats.smpp.words import OF_NUMBER, OF_STAT, state_word
from reach.formats.words import Word
from reach.shown import json_path, shorten

SOURCE, TON, TEXT, PAYLOAD = "source_addr", "source_addr_ton", "short_message", "message_payload"
NAME, STATE, ESM_CLASS = "receipted_message_id", "message_state", "esm_class"
SHAPES = (frozenset((SOURCE, TEXT)), frozenset((SOURCE, PAYLOAD)), frozenset((NAME, STATE)))
"""Fields that a record of this kind has together."""

_KIND = 0b111100  # the bits of esm_class that are empty in a message from a person
_INTERNATIONAL = "1"
_NUMBER, _NAME_NUMBER = "[0-9]{1,3}", "(0|[1-9][0-9]{0,17})"
_RUINED = "[0-9]+([.,][0-9]+)?E[+][0-9]+"


def deliver_events(value: Mapping[str, Any], zone: str | None) -> list[dict[str, Any]]:
    """What a `deliver_sm` says; nothing if it is a message from a person.

    Raises:
        Refused: It can't be read.
    """
    receipt = _receipt(value)
    name, state = _name(value), _number(value, STATE)
    esm_class = _number(value, ESM_CLASS)
    if receipt is None and not name and state is None:
        if esm_class is not None and not esm_class & _KIND:
            return []
        said = _text(value)
        raise Refused(json_path((TEXT,)), shorten(said) if said else "nothing", RECEIPT)
    meant = _state(state, receipt)
    name = name or (receipt.name if receipt else "")
    if not name:
        raise Refused(json_path((NAME,)), "nothing", "the message's id, here or in the receipt")
    return report_events(Report(meant, name, _person(value), receipt=receipt), zone)


def lacks_zone(value: Mapping[str, Any]) -> bool:
    """Whether a record has times that name no zone."""
    try:
        receipt = _receipt(value)
    except Refused:
        return False
    return receipt is not None and has_date(receipt)


def _state(number: int | None, receipt: ReceiptText | None) -> Word:
    if number is None:
        return known_word(OF_STAT, receipt.stat if receipt else "", "$.stat")
    meant = OF_NUMBER.get(state_word(number))
    if meant is None:
        known = tuple(said.rpartition(" ")[2] for said in OF_NUMBER)
        raise unknown_word(str(number), known, json_path((STATE,)))
    return meant


def _text(value: Mapping[str, Any]) -> str:
    for key in (TEXT, PAYLOAD):
        said = value.get(key)
        if said is not None and not isinstance(said, str):
            raise Refused(json_path((key,)), shorten(said), RECEIPT)
        if said:
            return said
    return ""


def _receipt(value: Mapping[str, Any]) -> ReceiptText | None:
    return receipt_text(_text(value))


def _name(value: Mapping[str, Any]) -> str:
    said = value.get(NAME)
    if isinstance(said, int) and not isinstance(said, bool):
        said = str(said)
    if said is not None and not isinstance(said, str):
        raise Refused(json_path((NAME,)), shorten(said), "the message's id")
    return said or ""


def _number(value: Mapping[str, Any], key: str) -> int | None:
    said = value.get(key)
    if said is None or said == "":
        return None
    if isinstance(said, int) and not isinstance(said, bool):
        said = str(said)
    if not isinstance(said, str) or not re.fullmatch(_NUMBER, said):
        raise Refused(json_path((key,)), shorten(said), "a whole number, as SMPP has it")
    return int(said)


def _person(value: Mapping[str, Any]) -> str:
    said = value.get(SOURCE)
    if said is not None and not isinstance(said, str):
        raise Refused(json_path((SOURCE,)), shorten(said), "the handset's address, as text")
    if said and re.fullmatch(_RUINED, said):
        raise Refused(json_path((SOURCE,)), shorten(said), "a number that no spreadsheet rounded")
    of_the_world = str(value.get(TON)) == _INTERNATIONAL
    return f"+{said}" if said and of_the_world and re.fullmatch("[0-9]+", said) else said or ""


def deliver_rows(records: str, log: Log) -> str:
    """SQL for the same."""
    keys = (SOURCE, TON, TEXT, PAYLOAD, NAME, STATE, ESM_CLASS)
    found = extracted(records, {f"k_{key}": f'$."{key}"' for key in keys}, log)
    texts = (
        f"SELECT *, coalesce(nullif({text_sql(f'k_{TEXT}')}, ''), {text_sql(f'k_{PAYLOAD}')}, '') "
        f"AS message, nullif(trim(k_{STATE}, '\"'), '') AS state, "
        f"nullif(trim(k_{ESM_CLASS}, '\"'), '') AS esm_class, "
        f"CASE WHEN regexp_full_match(k_{NAME}, '{_NAME_NUMBER}') THEN k_{NAME} "
        f"ELSE coalesce({text_sql(f'k_{NAME}')}, '') END AS named, "
        f"coalesce({text_sql(f'k_{SOURCE}')}, '') AS source FROM ({found})"
    )
    world = f"k_{TON} IN ('{_INTERNATIONAL}', '\"{_INTERNATIONAL}\"')"
    rows = (
        "SELECT * REPLACE (CASE WHEN named <> '' THEN named ELSE name END AS name), "
        f"name = '' AND named = '' AND state IS NULL AS bare, "
        f"CASE WHEN state IS NULL THEN stat ELSE '{state_word(0)[:-1]}' || state END AS said, "
        f"CASE WHEN {world} AND regexp_full_match(source, '[0-9]+') THEN '+' || source "
        f"ELSE source END AS person "
        f"FROM ({receipt_columns(texts, 'message', log.options.timezone)})"
    )
    plain = [f"(k_{key} IS NULL OR {text_sql(f'k_{key}')} IS NOT NULL)"
             for key in (SOURCE, TEXT, PAYLOAD)]  # fmt: skip
    plain += [
        f"(k_{NAME} IS NULL OR named <> '' OR k_{NAME} = '\"\"')",
        f'(k_{STATE} IS NULL OR regexp_full_match(k_{STATE}, \'[0-9]|"[0-9]"|""\'))',
        f'(k_{ESM_CLASS} IS NULL OR regexp_full_match(k_{ESM_CLASS}, \'{_NUMBER}|"{_NUMBER}"|""\'))',
        "NOT contains(source, 'E+')",
    ]
    sure = " AND ".join(plain)
    person = f"(try_cast(esm_class AS INTEGER) & {_KIND}) = 0"
    return report_rows(
        rows, log, sure=f"{sure} AND NOT bare", no_event=f"{sure} AND bare AND {person}"
    )
