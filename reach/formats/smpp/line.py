"""A line of a text log: a receipt, with or without something before it, or one of Kannel's lines.

References:
    Kannel's user guide, appendix "Log files"; what its lines begin with is in its code
    (gw/bb_smscconn.c). In the line of a report ``from`` is the office and ``to`` the handset.
"""

from __future__ import annotations

import re
from typing import Any

from reach.engine import literal
from reach.formats.provider import known_word
from reach.formats.record import Log, Refused
from reach.formats.smpp.receipt import RECEIPT, SOURCE, has_date, receipt_text, zoned
from reach.formats.smpp.receipt_sql import receipt_columns
from reach.formats.smpp.report import Report, report_events, report_rows
from reach.formats.smpp.words import (
    KANNEL,
    OF_LINE,
    OF_MASK,
    OF_STAT,
    OLD_RECEIPT_LINE,
    RECEIPT_LINES,
    mask_word,
)
from reach.formats.words import Word
from reach.shown import shorten

_CLOCK = "[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}:[0-9]{2}"
_KANNEL = f"^({_CLOCK}) (?:([A-Za-z][A-Za-z -]*) \\[SMSC:|(Log begins|Log ends))"
_MESSAGE = "[msg:"
_NAME = "the message's id at the operator"
_UNNAMED = (
    f"{_NAME}, which Kannel's old versions leave out; without it nothing tells which of the "
    "messages sent the report is of"
)
_MASK = r"\[flags:[^\]\[]*:([0-9]+)\]"


def _bracket(name: str) -> str:
    return rf"\[{name}:([^\]\[]*)\]"


def has_report(line: str) -> bool:
    """Whether a line holds a receipt, or is of Kannel's log."""
    return re.search(_KANNEL, line) is not None or receipt_text(line) is not None


def lacks_zone(line: str) -> bool:
    """Whether a line has times that name no zone."""
    receipt = receipt_text(line)
    return re.search(_KANNEL, line) is not None or (receipt is not None and has_date(receipt))


def line_events(line: str, log: Log) -> list[dict[str, Any]]:
    """What a line says.

    Raises:
        Refused: It can't be read.
    """
    zone = log.options.timezone
    kannel = re.search(_KANNEL, line)
    if kannel is not None:
        return _kannel_events(line, kannel, zone)
    receipt = receipt_text(line)
    if receipt is None:
        raise Refused("$", shorten(line), RECEIPT)
    meant = known_word(OF_STAT, receipt.stat, "$.stat")
    source = re.search(SOURCE, receipt.before)
    return report_events(
        Report(meant, receipt.name, source[1] if source else "", receipt=receipt), zone
    )


def _kannel_events(line: str, begin: re.Match[str], zone: str | None) -> list[dict[str, Any]]:
    clock, phrase = begin[1], begin[2] or begin[3]
    header, _, message = line.partition(_MESSAGE)
    receipt = receipt_text(message)
    meant: Word | None = None
    if phrase not in RECEIPT_LINES:
        meant = known_word(OF_LINE, phrase, "$")
        if meant.event is None:
            return []
    elif receipt is not None:
        meant = known_word(OF_STAT, receipt.stat, "$.stat")
    else:
        mask = re.search(_MASK, header)
        meant = OF_MASK.get(mask_word(mask[1])) if mask else None
        if meant is None:
            raise Refused("$", shorten(line), f"{RECEIPT}, or Kannel's flags of a report")
    is_old = phrase == OLD_RECEIPT_LINE
    name = _inside(header, "FID") or (receipt.name if receipt and not is_old else "")
    if not name and phrase in RECEIPT_LINES:
        raise Refused("$.FID", "nothing", _UNNAMED if is_old else _NAME)
    at = zoned(clock, "clock", zone)
    # What was never sent got no id: it is named by when that was.
    return report_events(Report(meant, name or clock, _inside(header, "to"), at=at), zone)


def _inside(header: str, name: str) -> str:
    found = re.search(_bracket(name), header)
    return found[1] if found else ""


def line_rows(log: Log, lines: str) -> str:
    """SQL for the same, from rows of ``record`` and ``line``."""
    zone = log.options.timezone
    begun = f"SELECT *, regexp_extract(line, {literal(_KANNEL)}, ['clock', 'phrase', 'bound']) AS begun FROM ({lines})"
    split = (
        "SELECT * EXCLUDE (begun), begun.clock AS clock, "
        "CASE WHEN begun.phrase <> '' THEN begun.phrase ELSE begun.bound END AS phrase, "
        f"CASE WHEN begun.clock <> '' THEN split_part(line, '{_MESSAGE}', 1) ELSE '' END AS header "
        f"FROM ({begun})"
    )
    texts = (
        "SELECT *, CASE WHEN clock = '' THEN line "
        f"ELSE substring(line, length(header) + {len(_MESSAGE) + 1}) END AS message FROM ({split})"
    )
    reports = " OR ".join(f"phrase = '{each}'" for each in RECEIPT_LINES)
    rows = (
        f"SELECT * REPLACE (CASE WHEN clock = '' THEN name WHEN fid <> '' THEN fid "
        f"WHEN phrase = '{OLD_RECEIPT_LINE}' THEN '' WHEN name <> '' THEN name WHEN NOT ({reports}) THEN clock ELSE '' END AS name), "
        f"CASE WHEN clock = '' THEN stat WHEN NOT ({reports}) THEN '{KANNEL} ' || phrase "
        f"WHEN name <> '' THEN stat ELSE '{mask_word('')}' || mask END AS said, "
        f"CASE WHEN clock = '' THEN regexp_extract(before, {literal(SOURCE)}, 1) "
        "ELSE addressed END AS person FROM (SELECT *, "
        f"regexp_extract(header, {literal(_bracket('FID'))}, 1) AS fid, "
        f"regexp_extract(header, {literal(_bracket('to'))}, 1) AS addressed, "
        f"regexp_extract(header, {literal(_MASK)}, 1) AS mask "
        f"FROM ({receipt_columns(texts, 'message', zone)}))"
    )
    return report_rows(rows, log, clock="clock")
