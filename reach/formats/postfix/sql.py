"""What lines tell together, for whole files: joined by queue id, in their order.

What Python knows from the lines before, the engine knows by windows over the lines of a queue
id. Where it can't tell when one of these was written, it leaves all of them to Python.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from reach.engine import literal
from reach.formats.postfix import clock
from reach.formats.postfix.line_sql import PERHAPS_HOP, any_sql, cells_sql, said_sql
from reach.formats.postfix.names import name_sql, second_name_sql
from reach.formats.postfix.words import ENDED, FORWARDED, HOP, TAKEN_UP, WAITING, WORDS
from reach.formats.provider_sql import known_sql

if TYPE_CHECKING:
    from reach.formats.record import Log


KEPT = ("cells", "timed", "stays", "deliveries")
"""Those that several others use."""


def tables_sql(log: Log) -> Mapping[str, str]:
    """The steps, each SQL of the ones before; the last, ``told``, has a row for each event.

    Columns: ``record``; ``leads``; ``quiet``, whether there is no event; ``sure``, whether all
    is as Python would have it; ``name``, ``alias``, ``recipient``, ``said``, ``dsn`` and
    ``moment``.
    """
    return {
        "cells": cells_sql(log),
        "said": said_sql(log),
        "years": clock.years_sql(
            "SELECT record, month FROM cells WHERE month IS NOT NULL", log.options.year or 0
        ),
        "timed": _timed(log),
        "stays": _STAYS,
        "firsts": _TAKEN_UP,
        "deliveries": _deliveries(),
        "expiries": _EXPIRIES,
        "told": _told(),
    }


def _timed(log: Log) -> str:
    """When each was written."""
    local = (
        f"SELECT said.*, {clock.local_sql('stamp', 'year')} AS local "
        "FROM said JOIN years ON record >= since AND record < until"
    )
    moment = (
        f"CASE WHEN kind NOT IN ('other', 'removed') "
        f"THEN {clock.moment_sql('stamp', 'local', log.options)} END"
    )
    moments = f"SELECT * EXCLUDE (local, stamp), {moment} AS moment FROM ({local})"
    return f"SELECT *, {clock.seconds_sql('moment')} AS at_s FROM ({moments})"


_STAYS = (
    "SELECT *, id NOT IN (SELECT id FROM timed "
    "WHERE moment IS NULL AND kind IN ('recipient', 'active', 'given up')) AS clear, "
    "count(*) FILTER (kind IN ('removed', 'given up')) OVER (PARTITION BY id "
    "ORDER BY record ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS stay "
    "FROM timed WHERE kind NOT IN ('bad', 'other')"
)
"""Lines by queue id and stay in the queue; it ends when a message is removed or given up."""

_TAKEN_UP = (
    "SELECT id, stay, min(record) AS since, arg_min(moment, record) AS taken_up FROM stays "
    "WHERE kind = 'active' GROUP BY id, stay"
)
"""When each was first taken up by the queue manager."""


def _deliveries() -> str:
    """Lines that tell of recipients, with the names of their messages."""
    said = (
        f"SELECT * REPLACE (CASE WHEN said <> '{PERHAPS_HOP}' THEN said "
        f"WHEN next IN (SELECT id FROM stays) THEN '{HOP}' ELSE 'sent' END AS said) "
        "FROM stays WHERE kind = 'recipient'"
    )
    shown = "eventful AND since < record"
    eventful = known_sql(WORDS, "said", eventful=True)
    onwards = f"CASE WHEN said = '{HOP}' OR said = '{FORWARDED}' THEN next END"
    named = (
        f"SELECT *, {name_sql('id', 'arrived_s')} AS name, "
        f"[{name_sql('onwards', 'at_s')}, {second_name_sql('onwards', 'at_s')}, "
        f"{second_name_sql('id', 'arrived_s')}] AS names "
        f"FROM (SELECT *, {eventful} AS eventful, {onwards} AS onwards, "
        f"at_s - delay AS arrived_s FROM ({said}))"
    )
    first = f"row_number() OVER (PARTITION BY id, stay, recipient, {shown} ORDER BY record) = 1"
    # What would have to be escaped is left to Python.
    plain = "NOT contains(recipient, '\"') AND NOT contains(recipient, '\\')"
    return (
        "SELECT record, id, stay, recipient, word, said, dsn, moment, taken_up, eventful, name, "
        "list_filter(names, lambda each: each IS NOT NULL) AS aliases, names[3] AS second, "
        f"coalesce({shown}, false) AND {first} AS shows_first, clear AND {plain} AS sure "
        f"FROM ({named}) LEFT JOIN firsts USING (id, stay)"
    )


_WAITS, _ENDED = any_sql("deliveries.word", WAITING), any_sql("deliveries.word", ENDED)
_EXPIRIES = (
    "SELECT gone.record, deliveries.recipient, bool_and(deliveries.sure) AS sure, "
    f"arg_max(name, deliveries.record) FILTER ({_WAITS}) AS name, "
    f"arg_max_null(second, deliveries.record) FILTER ({_WAITS}) "
    "AS alias FROM stays AS gone JOIN deliveries USING (id, stay) WHERE gone.kind = 'given up' "
    "AND deliveries.record < gone.record GROUP BY gone.record, deliveries.recipient "
    f"HAVING bool_or({_WAITS}) "
    f"AND NOT bool_or({_ENDED})"
)
"""Of messages that are given up, the recipients that still waited."""


def _told() -> str:
    """Everything, in rows of one shape."""
    nothing = "quiet, false AS sure, NULL AS name, NULL AS alias, NULL AS recipient, NULL AS said, NULL AS dsn, NULL AS moment"
    others = f"SELECT record, true AS leads, begun AS {nothing} FROM cells WHERE NOT marked"
    queue = (
        "SELECT record, true AS leads, kind IN ('other', 'removed') OR (kind = 'active' "
        f"AND moment IS NOT NULL) AS {nothing} FROM timed WHERE kind IN "
        "('other', 'removed', 'active', 'bad')"
    )
    columns = "name, {alias} AS alias, recipient, {said} AS said, dsn, {moment} AS moment"
    delivered = (
        "SELECT record, true AS leads, NOT eventful AND moment IS NOT NULL AS quiet, sure, "
        f"{columns.format(alias='aliases[1]', said='said', moment='moment')} FROM deliveries"
    )
    further = (
        "SELECT record, false AS leads, false AS quiet, sure, "
        f"{columns.format(alias='unnest(aliases[2:])', said='said', moment='moment')} "
        "FROM deliveries WHERE eventful AND len(aliases) > 1"
    )
    taken_up = (
        "SELECT record, false AS leads, false AS quiet, sure, "
        f"{columns.format(alias='NULL', said=literal(TAKEN_UP), moment='taken_up')} "
        "FROM deliveries WHERE shows_first"
    )
    given_up = (
        "SELECT record, row_number() OVER (PARTITION BY record ORDER BY recipient) = 1 AS leads, "
        "recipient IS NULL AND clear AS quiet, clear AND expiries.sure AS sure, expiries.name, "
        "alias, expiries.recipient, word AS said, NULL AS dsn, moment "
        "FROM (SELECT record, clear, word, moment FROM stays WHERE kind = 'given up') "
        "LEFT JOIN expiries USING (record)"
    )
    parts = [others, queue, delivered, further, taken_up, given_up]
    return " UNION ALL ".join(parts)
