"""The query texts of how soon messages arrived: integers, CASE, SUM and GROUP BY.

A message's clock starts at the earliest sign that it was sent and stops at the earliest receipt
of its delivery. The law of outcomes decides what is delivered; times only say when.
"""

from __future__ import annotations

from collections.abc import Sequence

from reach.ingest.event_rows import ATTRIBUTES
from reach.tally.kinds import KINDS
from reach.tally.messages import of_ingests
from reach.tally.query import arm_of
from reach.tally.timing import TIMING_AXES, TIMING_COUNTS, WITHIN_S

_SECOND = 1_000_000  # µs

CELLS = ("room", "took", "known", "room_level", "delay_level", *TIMING_COUNTS)
"""Of a message sent, µs and flags.

``room`` from sending, or the first that came of it, to the log's end, ``took`` from sending to the receipt, ``known`` from
sending to when it surely had arrived though no receipt has a time. NULL where it can't be said.
``room_level`` is how many times of `WITHIN_S` there is room for, ``delay_level`` the place, from
1, of the first within which it surely arrived, or one more than there are.
"""

DELAYS = ("took", "known")
"""From sending to the receipt, or to when a message without one had surely arrived."""

KIND_KEYS = ("room_level", "delay_level", "undated", "open")
"""What decides a message's vector over `TIMING_AXES`."""

LAWS = (
    "SELECT bits, horizon_passed, MIN(sent) AS sent, MIN(delivered) AS delivered, "
    "MIN(failed) AS failed, MIN(unknown + pending) AS doubtful "
    f"FROM {KINDS} AS kinds GROUP BY bits, horizon_passed"
)
"""What the law makes of the messages there are."""


def vague_sql(named: str, one_time: Sequence[str], untimed: Sequence[str]) -> str:
    """Merged messages whose times say less than they seem to, with why.

    Args:
        named: SQL for the rows of evidence that were merged, each with its ``message_name``.
        one_time: Ingests of files that know one time only of a message, whatever became of it.
        untimed: Ingests of files with events that have no time.
    """
    return (
        "SELECT message_name, "
        f"MAX(CASE WHEN {of_ingests(one_time)} THEN 1 ELSE 0 END) AS one_time, "
        f"MAX(CASE WHEN {of_ingests(untimed)} THEN 1 ELSE 0 END) AS untimed "
        f"FROM ({named}) AS named WHERE {of_ingests([*one_time, *untimed])} GROUP BY message_name"
    )


def minded_sql(facts: str, vague: str, one_time: Sequence[str], untimed: Sequence[str]) -> str:
    """Messages with ``one_time`` and ``untimed``, each 0 or 1.

    Args:
        facts: SQL as `reach.outcomes.resolve.facts_sql` gives it; a message of one row has
            the ``ingest_id`` of that row.
        vague: A table as `vague_sql` gives it, or nothing if it is empty.
        one_time: As for `vague_sql`.
        untimed: As for `vague_sql`.
    """
    marks = "".join(
        f", CASE WHEN {of_ingests(ingests)} THEN 1 "
        + (f"WHEN v.{name} = 1 THEN 1 " if vague else "")
        + f"ELSE 0 END AS {name}"
        for name, ingests in (("one_time", one_time), ("untimed", untimed))
    )
    joined = f" LEFT JOIN {vague} AS v ON m.message_name = v.message_name" if vague else ""
    return f"SELECT m.*{marks} FROM ({facts}) AS m{joined}"


def clocked_sql(minded: str, laws: str) -> str:
    """Messages sent, with their `CELLS`.

    Args:
        minded: SQL as `minded_sql` gives it.
        laws: A table of `LAWS`.
    """
    said = ", ".join(f"m.{name}" for name in ("message_name", "address", *ATTRIBUTES))
    # Such a file gives its one time to the sending and to the receipt alike.
    void = "m.one_time = 1 AND m.{time} = m.sent_at"
    own = f"CASE WHEN {void} THEN NULL ELSE m.{{time}} END AS {{time}}"
    times = ", ".join(
        own.format(time=time) for time in ("delivered_at", "acted_at", "last_click_at")
    )
    # What has no time may have come after the last that has one.
    last = (
        f"CASE WHEN m.untimed = 1 OR ({void.format(time='last_at')}) THEN NULL ELSE m.last_at END"
    )
    own_times = (
        f"SELECT {said}, l.delivered, l.failed, l.doubtful, "
        f"m.sent_at, {times}, {last} AS last_own_at, m.log_end_us, "
        # Whatever happened first did so after the sending, at the earliest.
        "CASE WHEN m.sent_at IS NULL THEN m.first_at ELSE m.sent_at END AS sent_by "
        f"FROM ({minded}) AS m JOIN {laws} AS l "
        "ON m.bits = l.bits AND m.horizon_passed = l.horizon_passed WHERE l.sent = 1"
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
    clocked = (
        f"SELECT {names}, log_end_us - sent_by AS room, "
        f"CASE WHEN {receipt} THEN {_from_sending('delivered_at')} END AS took, "
        f"CASE WHEN {reaction} THEN {_from_sending(arrived_by)} END AS known, {flags} "
        f"FROM ({own_times}) AS own_times"
    )
    borders = [seconds * _SECOND for seconds in WITHIN_S.values()]
    room = " ".join(
        f"WHEN room >= {border} THEN {place}"
        for place, border in reversed([*enumerate(borders, start=1)])
    )
    delay = " ".join(
        f"WHEN took <= {border} OR known <= {border} THEN {place}"
        for place, border in enumerate(borders, start=1)
    )
    return (
        f"SELECT clocked.*, CASE {room} ELSE 0 END AS room_level, "
        f"CASE {delay} ELSE {len(borders) + 1} END AS delay_level FROM ({clocked}) AS clocked"
    )


def timing_kinds_sql(clocked: str, by: str) -> str:
    """How many clocked messages there are of each kind and delay.

    Columns: what is compared, ``flags``, which is a sum of 2^position over `TIMING_COUNTS`,
    ``room_level``, ``delay_level``, ``took_us`` and ``known_us`` in µs, rounded up to whole
    seconds, and ``messages``.
    """
    flags = " + ".join(f"{1 << place} * {name}" for place, name in enumerate(TIMING_COUNTS))
    cells = {
        by: by,
        "flags": flags,
        "room_level": "room_level",
        "delay_level": "delay_level",
        **{f"{name}_us": _whole(name) for name in DELAYS},
    }
    coded = ", ".join(f"{sql} AS {name}" for name, sql in cells.items())
    keys = ", ".join(cells)
    return (
        f"SELECT {keys}, COUNT(*) AS messages FROM (SELECT {coded} FROM {clocked} AS clocked) "
        f"AS coded GROUP BY {keys}"
    )


def _whole(delay: str) -> str:
    up = f"{delay} + {_SECOND - 1}"
    return f"{up} - ({up}) % {_SECOND}"


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


def kind_counts(room_level: int, delay_level: int, undated: int, unsettled: int) -> tuple[int, ...]:
    """A message's vector over `TIMING_AXES`, by its `KIND_KEYS`.

    Examples:
        >>> dict(zip(TIMING_AXES, kind_counts(2, 2, 0, 0), strict=True))["within_24h"]
        1
    """
    counts = []
    for level in range(1, len(WITHIN_S) + 1):
        sent = room_level >= level
        surely = sent and delay_level <= level
        counts += [sent, surely, surely or (sent and bool(undated or unsettled))]
    return tuple(map(int, counts))


def delays_sql(kinds: str, by: str, delay: str) -> str:
    """Messages by arm and delay, ``delay_us`` rounded up to whole seconds.

    Args:
        kinds: A table as `timing_kinds_sql` gives it.
        by: The attribute that arms are values of.
        delay: One of `DELAYS`.
    """
    arm = arm_of(by)
    return (
        f"SELECT {arm} AS arm, {delay}_us AS delay_us, SUM(messages) AS messages "
        f"FROM {kinds} AS kinds WHERE {delay}_us IS NOT NULL GROUP BY {arm}, {delay}_us"
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
