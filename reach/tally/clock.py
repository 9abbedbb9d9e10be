"""When messages were sent and arrived, as far as their times say: integers and CASE.

A message's clock starts at the earliest sign that it was sent and stops at the earliest receipt
of its delivery. What is told here is told of the times alone. The law of outcomes decides what
is delivered; times only say when.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING

from reach.outcomes.repeated import REPEATED
from reach.tally.messages import of_ingests
from reach.tally.timing import WITHIN_S

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_SECOND = 1_000_000  # µs


class Clock(IntEnum):
    """What times a message has; a receipt's time makes it `DATED` or more."""

    NONE = 0
    SOME = 1  # but not that of its sending
    STARTED = 2  # has the time of its sending, and of no receipt
    DATED = 3
    SKEWED = 4  # its receipt is earlier than its sending
    AT_ONCE = 5  # its receipt has the very time of its sending


TIME_SIZES = {
    "room_level": len(WITHIN_S) + 1,
    "delay_level": len(WITHIN_S) + 2,
    "clock": len(Clock),
}
"""Facts of a message's times, each below its size.

``room_level`` is how many times of `WITHIN_S` there is room for between its sending, or the
first that came of it, and the log's end. ``delay_level`` is the place, from 1, of the first of
`WITHIN_S` within which it arrived if it did, or one more than there are.
"""

DELAY = "delay_us"
"""From sending to the receipt, or if that has no time to when the message had arrived if it did.

In µs, rounded up to whole seconds; NULL where it can't be said.
"""


@dataclass(frozen=True, slots=True)
class Clocks:
    """Ingests whose times say less than they seem to.

    Attributes:
        one_time: Those of files that know one time only of a message, whatever became of it.
        untimed: Those of files with events that have no time.
    """

    one_time: Sequence[str]
    untimed: Sequence[str]


def find_vague(engine: DuckDBPyConnection, named: str, clocks: Clocks) -> str:
    """Make the table of merged messages whose times say less than they seem to, with why.

    Args:
        engine: Where to work.
        named: SQL for the rows of evidence, each with its ``message_name``.
        clocks: Whose times to mind.

    Returns:
        Its name, or nothing if it is empty.
    """
    marks = ", ".join(
        f"MAX(CASE WHEN {of_ingests(ingests)} THEN 1 ELSE 0 END) AS {name}"
        for name, ingests in _minded(clocks)
    )
    engine.execute(
        f"CREATE OR REPLACE TEMP TABLE vague AS SELECT message_name, {marks} "
        f"FROM ({named}) AS named SEMI JOIN {REPEATED} USING (message_name) "
        f"WHERE {of_ingests([*clocks.one_time, *clocks.untimed])} GROUP BY message_name"
    )
    return "vague" if engine.execute("SELECT 1 FROM vague LIMIT 1").fetchone() else ""


def minded_sql(facts: str, vague: str, clocks: Clocks) -> str:
    """Messages with ``one_time`` and ``untimed``, each 0 or 1.

    Args:
        facts: SQL as `reach.outcomes.resolve.facts_sql` gives it; a message of one row has
            the ``ingest_id`` of that row.
        vague: What `find_vague` gave.
        clocks: Whose times to mind.
    """
    marks = "".join(
        f", CASE WHEN {of_ingests(ingests)} THEN 1 "
        + (f"WHEN v.{name} = 1 THEN 1 " if vague else "")
        + f"ELSE 0 END AS {name}"
        for name, ingests in _minded(clocks)
    )
    joined = f" LEFT JOIN {vague} AS v ON m.message_name = v.message_name" if vague else ""
    return f"SELECT m.*{marks} FROM ({facts}) AS m{joined}"


def clocked_sql(minded: str) -> str:
    """Messages with the facts of `TIME_SIZES` and `DELAY`.

    Args:
        minded: SQL as `minded_sql` gives it.
    """
    # Such a file gives its one time to the sending and to the receipt alike.
    void = "m.one_time = 1 AND m.{time} = m.sent_at"
    own = f"CASE WHEN {void} THEN NULL ELSE m.{{time}} END AS own_{{time}}"
    times = ", ".join(
        own.format(time=time) for time in ("delivered_at", "acted_at", "last_click_at")
    )
    # What has no time may have come after the last that has one.
    last = (
        f"CASE WHEN m.untimed = 1 OR ({void.format(time='last_at')}) THEN NULL ELSE m.last_at END"
    )
    own_times = (
        f"SELECT m.*, {times}, {last} AS own_last_at, "
        # Whatever happened first did so after the sending, at the earliest.
        "CASE WHEN m.sent_at IS NULL THEN m.first_at ELSE m.sent_at END AS sent_by "
        f"FROM ({minded}) AS m"
    )
    arrived_by = (
        "CASE WHEN own_delivered_at IS NOT NULL THEN own_delivered_at WHEN own_acted_at IS NOT NULL "
        "AND (own_last_click_at IS NULL OR own_acted_at <= own_last_click_at) THEN own_acted_at "
        "WHEN own_last_click_at IS NOT NULL THEN own_last_click_at ELSE own_last_at END"
    )
    clock = (
        f"CASE WHEN sent_by IS NULL THEN {Clock.NONE} WHEN sent_at IS NULL THEN {Clock.SOME} "
        f"WHEN own_delivered_at IS NULL THEN {Clock.STARTED} "
        f"WHEN own_delivered_at > sent_at THEN {Clock.DATED} "
        f"WHEN own_delivered_at < sent_at THEN {Clock.SKEWED} ELSE {Clock.AT_ONCE} END"
    )
    arrived = (
        f"SELECT own_times.*, log_end_us - sent_by AS room, {clock} AS clock, "
        f"{arrived_by} AS arrived_by FROM ({own_times}) AS own_times"
    )
    # If a clock puts the arrival before the sending, it came after 0.
    delayed = (
        "SELECT arrived.*, CASE WHEN arrived_by < sent_at THEN 0 ELSE arrived_by - sent_at END "
        f"AS took FROM ({arrived}) AS arrived"
    )
    borders = [seconds * _SECOND for seconds in WITHIN_S.values()]
    room = " ".join(
        f"WHEN room >= {border} THEN {place}"
        for place, border in reversed([*enumerate(borders, start=1)])
    )
    delay = " ".join(
        f"WHEN took <= {border} THEN {place}" for place, border in enumerate(borders, start=1)
    )
    up = f"took + {_SECOND - 1}"
    return (
        f"SELECT delayed.*, CASE {room} ELSE 0 END AS room_level, "
        f"CASE {delay} ELSE {len(borders) + 1} END AS delay_level, "
        f"{up} - ({up}) % {_SECOND} AS {DELAY} FROM ({delayed}) AS delayed"
    )


def _minded(clocks: Clocks) -> tuple[tuple[str, Sequence[str]], ...]:
    return ("one_time", clocks.one_time), ("untimed", clocks.untimed)
