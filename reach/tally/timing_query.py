"""The query texts of how soon messages arrived: integers, CASE, SUM and GROUP BY.

A message's clock starts at the earliest sign that it was sent and stops at the earliest receipt
of its delivery. The law of outcomes decides what is delivered; times only say when.
"""

from __future__ import annotations

from collections.abc import Sequence

from reach.ingest.event_rows import ATTRIBUTES
from reach.tally.messages import of_ingests
from reach.tally.query import arm_of
from reach.tally.timing import TIMING_AXES, TIMING_COUNTS, WITHIN_S

_SECOND = 1_000_000  # µs

CELLS = ("room", "took", "known", *TIMING_COUNTS)
"""Of a message sent, µs and flags.

``room`` from sending, or the first that came of it, to the log's end, ``took`` from sending to the receipt, ``known`` from
sending to when it surely had arrived though no receipt has a time. NULL where it can't be said.
"""


def vague_sql(named: str, one_time: Sequence[str], untimed: Sequence[str]) -> str:
    """Messages whose times say less than they seem to, with why.

    Args:
        named: SQL for the rows of evidence, each with its ``message_name``.
        one_time: Ingests of files that know one time only of a message, whatever became of it.
        untimed: Ingests of files with events that have no time.
    """
    return (
        "SELECT message_name, "
        f"MAX(CASE WHEN {of_ingests(one_time)} THEN 1 ELSE 0 END) AS one_time, "
        f"MAX(CASE WHEN {of_ingests(untimed)} THEN 1 ELSE 0 END) AS untimed "
        f"FROM ({named}) AS named WHERE {of_ingests([*one_time, *untimed])} GROUP BY message_name"
    )


def clocked_sql(resolved: str, bounds: str, vague: str) -> str:
    """Messages sent, with their `CELLS`.

    Args:
        resolved: A table as `reach.outcomes.resolve.resolved_sql` gives it.
        bounds: A table of ``channel`` and ``log_end_us``.
        vague: A table as `vague_sql` gives it.
    """
    said = ", ".join(f"m.{name}" for name in ("message_name", "address", *ATTRIBUTES))
    # Such a file gives its one time to the sending and to the receipt alike.
    void = "v.one_time = 1 AND m.{time} = m.sent_at"
    own = f"CASE WHEN {void} THEN NULL ELSE m.{{time}} END AS {{time}}"
    times = ", ".join(
        own.format(time=time) for time in ("delivered_at", "acted_at", "last_click_at")
    )
    # What has no time may have come after the last that has one.
    last = (
        f"CASE WHEN v.untimed = 1 OR ({void.format(time='last_at')}) THEN NULL ELSE m.last_at END"
    )
    own_times = (
        f"SELECT {said}, m.delivered, m.failed, m.unknown + m.pending AS doubtful, "
        f"m.sent_at, {times}, {last} AS last_own_at, b.log_end_us, "
        # Whatever happened first did so after the sending, at the earliest.
        "CASE WHEN m.sent_at IS NULL THEN m.first_at ELSE m.sent_at END AS sent_by "
        f"FROM {resolved} AS m LEFT JOIN {bounds} AS b ON m.channel = b.channel "
        f"LEFT JOIN {vague} AS v ON m.message_name = v.message_name WHERE m.sent = 1"
    )
    receipt = "delivered = 1 AND sent_at IS NOT NULL AND delivered_at IS NOT NULL"
    reaction = "delivered = 1 AND sent_at IS NOT NULL AND delivered_at IS NULL"
    arrived_by = (
        "CASE WHEN acted_at IS NOT NULL AND (last_click_at IS NULL OR acted_at <= last_click_at) "
        "THEN acted_at WHEN last_click_at IS NOT NULL THEN last_click_at ELSE last_own_at END"
    )
    tests = {
        "sent": "1 = 1",
        "timed": "sent_by IS NOT NULL",
        "started": "sent_at IS NOT NULL",
        "receipts": receipt,
        "undated": f"delivered = 1 AND sent_by IS NOT NULL AND NOT ({receipt})",
        "open": "doubtful = 1 AND sent_by IS NOT NULL",
        "failed": "failed = 1 AND sent_by IS NOT NULL",
        "skewed": f"{receipt} AND delivered_at < sent_at",
        "at_once": f"{receipt} AND delivered_at = sent_at",
    }
    flags = ", ".join(f"CASE WHEN {tests[name]} THEN 1 ELSE 0 END AS {name}" for name in tests)
    names = ", ".join(("message_name", "address", *ATTRIBUTES))
    return (
        f"SELECT {names}, log_end_us - sent_by AS room, "
        f"CASE WHEN {receipt} THEN {_from_sending('delivered_at')} END AS took, "
        f"CASE WHEN {reaction} THEN {_from_sending(arrived_by)} END AS known, {flags} "
        f"FROM ({own_times}) AS own_times"
    )


def timing_counts_sql(clocked: str, by: str) -> str:
    """`TIMING_COUNTS` by arm, from clocked messages."""
    sums = ", ".join(f"SUM({name}) AS {name}" for name in TIMING_COUNTS)
    arm = arm_of(by)
    return f"SELECT {arm} AS arm, {sums} FROM {clocked} AS clocked GROUP BY {arm}"


def timing_vectors_sql(messages: str, by: str) -> str:
    """How many recipients of each arm have each vector over `TIMING_AXES`.

    Args:
        messages: SQL for clocked messages with the ``person`` behind each.
        by: The attribute that arms are values of.
    """
    arm = arm_of(by)
    sums = ", ".join(
        f"SUM(CASE WHEN room >= {seconds * _SECOND}{also} THEN 1 ELSE 0 END) AS {share}_{within}"
        for within, seconds in WITHIN_S.items()
        for share, also in _arrived(seconds * _SECOND).items()
    )
    recipients = f"SELECT {arm} AS arm, {sums} FROM ({messages}) AS messages GROUP BY {arm}, person"
    cells = ", ".join(TIMING_AXES)
    return (
        f"SELECT arm, {cells}, COUNT(*) AS recipients FROM ({recipients}) AS recipients "
        f"GROUP BY arm, {cells}"
    )


def delays_sql(clocked: str, by: str, delay: str) -> str:
    """Messages by arm and delay, ``delay_us`` rounded up to whole seconds.

    Args:
        clocked: A table as `clocked_sql` gives it.
        by: The attribute that arms are values of.
        delay: ``took`` or ``known``.
    """
    up = f"{delay} + {_SECOND - 1}"
    whole = f"{up} - ({up}) % {_SECOND}"
    arm = arm_of(by)
    return (
        f"SELECT {arm} AS arm, {whole} AS delay_us, COUNT(*) AS messages "
        f"FROM {clocked} AS clocked WHERE {delay} IS NOT NULL GROUP BY {arm}, {whole}"
    )


def _arrived(within_us: int) -> dict[str, str]:
    """What a message sent in time must be besides, for each of the shares."""
    in_time = f"took <= {within_us}"
    return {
        "sent": "",
        "within": f" AND ({in_time} OR known <= {within_us})",
        # Nobody knows when these arrived, if they did: perhaps at once.
        "possible": f" AND ({in_time} OR undated = 1 OR open = 1)",
    }


def _from_sending(moment: str) -> str:
    """From the sending to a moment, in µs; 0 if a clock puts the moment before the sending."""
    return f"CASE WHEN {moment} < sent_at THEN 0 ELSE {moment} - sent_at END"
