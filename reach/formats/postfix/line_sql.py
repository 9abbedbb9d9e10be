"""Lines taken apart by the engine: what each may tell, by which program, and where a message went.

A pattern with many parts is dear, so patterns only decide, and pieces are cut out by place.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from reach.engine import literal
from reach.formats.containers import text_lines
from reach.formats.postfix import clock, lines
from reach.formats.postfix.names import DISCARDED, FORWARDS, TO_SERVERS, here_sql, next_id_sql
from reach.formats.postfix.words import DISCARD, FORWARDED, HOP, OF_MESSAGES, OF_RECIPIENTS
from reach.formats.postfix.words import DISCARDED as THROWN_AWAY

if TYPE_CHECKING:
    from reach.formats.record import Log

PERHAPS_HOP = "perhaps onwards"
"""Sent, and kept under an id that may be one of this file's."""


def cells_sql(log: Log) -> str:
    """All records: whether they have a beginning, of which month, and may tell something."""
    month = clock.month_sql("line") if log.options.year is not None else "NULL::INTEGER"
    return (
        f"SELECT record, begun, CASE WHEN begun THEN {month} END AS month, begun AND ({_MARKED}) "
        f"AS marked FROM (SELECT *, {_BEGUN} AS begun FROM ({_lines(log)}))"
    )


def _lines(log: Log) -> str:
    return text_lines.rows_sql(log, numbered=True)


_BEGUN = f"regexp_matches(line, {literal(f'^(?:{lines.BEGIN})')})"
_OF_RECIPIENT = (
    f"contains(line, {literal(lines.IN_TO)}) "
    f"AND regexp_matches(line, {literal(f'^(?:{lines.TO})')})"
)
_MARKED = " OR ".join(
    [f"contains(line, {literal(each)})" for each in (lines.IN_TO, lines.IN_STATUS)]
    + [f"ends_with(line, {literal(each)})" for each in lines.AT_END]
)


def said_sql(log: Log) -> str:
    """Those lines, taken apart; what is long is left behind here."""
    found = _headed(f"SELECT * FROM ({_lines(log)}) WHERE {_OF_RECIPIENT}")
    rest = f"substring(after, strpos(after, {literal(lines.IN_TO)}) + 2)"
    found = f"SELECT record, stamp, path, id, {rest} AS rest FROM ({found})"
    for step in lines.DELIVERY[1:]:
        found = _apart(found, step)
    others = f"({_MARKED}) AND NOT ({_OF_RECIPIENT}) AND {_BEGUN}"
    queue = _headed(f"SELECT * FROM ({_lines(log)}) WHERE {others}")
    is_id = f"regexp_full_match(id, {literal(lines.ID)})"
    managed = f"{_ends('path', lines.MANAGERS)} AND {is_id} AND {_fits('line', lines.QUEUE[0])}"
    status = f"split_part(split_part(line, {literal(lines.STATUS)}, 2), ',', 1)"
    return (
        f"SELECT record, CASE WHEN {any_sql('word', OF_RECIPIENTS)} AND ends_with(reply, '{lines.END}') "
        f"AND {is_id} THEN 'recipient' ELSE 'bad' END AS kind, id, stamp, recipient, "
        "try_cast(delay AS BIGINT) AS delay, dsn, word, said, next "
        f"FROM ({_routed(found, log.options.hops)}) "
        "UNION ALL BY NAME "
        f"SELECT record, CASE WHEN NOT ({managed}) THEN 'other' "
        f"WHEN split_part(after, ' ', 4) = '{lines.REMOVED}' THEN 'removed' "
        f"WHEN word = '' THEN 'active' WHEN {any_sql('word', OF_MESSAGES)} THEN 'given up' "
        "ELSE 'bad' END AS kind, id, stamp, word "
        f"FROM (SELECT *, {status} AS word FROM ({queue}))"
    )


def _headed(rows: str) -> str:
    """SQL for what lines of Postfix begin with; pieces cost less than the parts of a pattern."""
    after = "CASE WHEN line < ':' THEN substring(line, strpos(line, ' ') + 1) ELSE substring(line, 17) END"
    stamp = "CASE WHEN line < ':' THEN split_part(line, ' ', 1) ELSE left(line, 15) END"
    return (
        f"SELECT *, {stamp} AS stamp, split_part(split_part(after, ' ', 2), '[', 1) AS path, "
        f"left(split_part(after, ' ', 3), -1) AS id FROM (SELECT *, {after} AS after FROM ({rows}))"
    )


def _fits(text: str, pattern: str) -> str:
    return f"regexp_matches({text}, {literal(f'^(?:{pattern})$')})"


def _apart(rows: str, step: lines.Step) -> str:
    """SQL that takes the ``rest`` of lines apart; all parts are empty where it does not fit."""
    pattern, parts = step
    names = ", ".join(map(literal, parts))
    columns = ", ".join(f"p.{name} AS {name}" for name in parts)
    found = f"regexp_extract(rest, {literal(f'^(?:{pattern})$')}, [{names}])"
    return f"SELECT * EXCLUDE (p), {columns} FROM (SELECT * EXCLUDE (rest), {found} AS p FROM ({rows}))"


def _routed(rows: str, hops: Collection[str]) -> str:
    """SQL that says of what is sent where it went, with the id that it has there."""
    relays = (
        "SELECT *, split_part(lower(relay), '[', 1) AS host, "
        "split_part(split_part(lower(relay), '[', 2), ']', 1) AS address, "
        f"CASE WHEN word = 'sent' THEN {next_id_sql('reply')} END AS next FROM ({rows})"
    )
    ours = " OR ".join(any_sql(name, sorted(map(str.lower, hops))) for name in ("host", "address"))
    here = here_sql("host", "address")
    return (
        f"SELECT *, CASE WHEN word <> 'sent' THEN word WHEN ends_with(path, '/discard') THEN '{DISCARD}' "
        f"WHEN ends_with(path, '/local') AND starts_with(reply, '{FORWARDS}') THEN '{FORWARDED}' "
        f"WHEN {here} AND contains(reply, '{DISCARDED}') THEN '{THROWN_AWAY}' "
        f"WHEN {ours} OR {here} AND (next IS NOT NULL OR ends_with(path, '{TO_SERVERS}')) THEN '{HOP}' "
        f"WHEN next IS NULL THEN 'sent' ELSE '{PERHAPS_HOP}' END AS said FROM ({relays})"
    )


def any_sql(column: str, words: Collection[str]) -> str:
    """SQL that is true for a text that is one of some words."""
    return "(" + (" OR ".join(f"{column} = {literal(each)}" for each in words) or "false") + ")"


def _ends(column: str, ends: Collection[str]) -> str:
    return "(" + " OR ".join(f"ends_with({column}, {literal(each)})" for each in ends) + ")"
