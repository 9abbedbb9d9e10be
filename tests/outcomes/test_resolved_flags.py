"""What is counted of a message, against the same in plain Python."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any

import duckdb
import pytest
from evidence_rows import COLUMNS, fetched, put
from plain_outcomes import BITS, Message, flags_of, is_suspect

from reach.outcomes.resolve import FLAGS, resolved_sql

SECOND = 1_000_000
DAY = 86_400 * SECOND
HORIZONS = {"sms": (3 * DAY, 10 * DAY), "call": (None, 10 * DAY), "poster": (3 * DAY, None)}
"""By channel: horizon, and where the log ends."""


@pytest.fixture(scope="module")
def engine() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as opened:
        opened.execute(
            "CREATE TABLE bounds (channel VARCHAR, horizon_us BIGINT, log_end_us BIGINT)"
        )
        for channel, bounds in HORIZONS.items():
            opened.execute("INSERT INTO bounds VALUES (?, ?, ?)", [channel, *bounds])
        yield opened


def resolved(
    engine: duckdb.DuckDBPyConnection, messages: list[tuple[str, Message]]
) -> list[dict[str, int]]:
    """Flags of messages, by channel and what is known of them."""
    rows = [
        {
            "message_key": number.to_bytes(8, "big"),
            "channel": channel,
            "bits": sum(BITS[each].value for each in message.facts),
            "measures": message.measures,
            "first_at": min(message.times, default=None),
            "delivered_at": min(message.delivered_at, default=None),
            "last_click_at": max(message.clicked_at, default=None),
        }
        for number, (channel, message) in enumerate(messages)
    ]
    put(engine, "messages", rows)
    found = fetched(engine, f"{resolved_sql('messages', 'bounds')} ORDER BY message_key")
    assert len(found) == len(messages)
    return [{name: row[name] for name in FLAGS} for row in found]


def one(
    engine: duckdb.DuckDBPyConnection,
    facts: set[str],
    channel: str = "sms",
    **times: Any,  # noqa: ANN401
) -> dict[str, int]:
    return resolved(engine, [(channel, Message(facts=facts, **times))])[0]


def test_flags_of_messages_at_random(engine: duckdb.DuckDBPyConnection) -> None:
    chance = random.Random(7)  # noqa: S311
    messages = []
    for _ in range(800):
        often = chance.random()
        facts = {name for name in BITS if chance.random() < often**2}
        moments = [chance.randrange(0, 9 * DAY, SECOND) for _ in range(3)]
        message = Message(facts=facts, measures=chance.randrange(32))
        if chance.random() < 0.8:
            message.times = moments
            if facts & {"receipt of carrier", "receipt of device"}:
                message.delivered_at = moments[:1]
            if "clicked" in facts:
                soon = moments[0] + chance.randrange(-20, 20) * SECOND
                message.clicked_at = [chance.choice([soon, moments[1]])]
        messages.append((chance.choice([*HORIZONS, "unheard of"]), message))
    for (channel, message), got in zip(messages, resolved(engine, messages), strict=True):
        horizon, end = HORIZONS.get(channel, (None, None))
        known = bool(message.times) and horizon is not None and end is not None
        passed = not known or min(message.times) + (horizon or 0) <= (end or 0)
        assert got == flags_of(message, horizon_passed=passed), (channel, message)


def test_a_horizon_has_passed_when_the_log_reaches_it(engine: duckdb.DuckDBPyConnection) -> None:
    assert one(engine, {"sent"}, times=[7 * DAY])["unknown"] == 1
    waiting = one(engine, {"sent"}, times=[7 * DAY + 1])
    assert (waiting["pending"], waiting["unknown"], waiting["possible"]) == (1, 0, 1)
    assert one(engine, {"sent"}, times=[7 * DAY, 9 * DAY])["unknown"] == 1


@pytest.mark.parametrize(
    ("channel", "times"), [("sms", []), ("call", [9 * DAY]), ("poster", [9 * DAY])]
)
def test_without_a_time_or_a_horizon_or_an_end_nothing_waits(
    engine: duckdb.DuckDBPyConnection, channel: str, times: list[int]
) -> None:
    assert one(engine, {"sent"}, channel, times=times)["unknown"] == 1


@pytest.mark.parametrize(
    ("after", "suspect"),
    [(0, 1), (10 * SECOND, 1), (10 * SECOND + 1, 0), (-10 * SECOND, 1), (-10 * SECOND - 1, 0)],
)
def test_a_click_within_ten_seconds_of_the_delivery_is_suspect(
    engine: duckdb.DuckDBPyConnection, after: int, suspect: int
) -> None:
    facts, delivered = {"sent", "receipt of carrier", "clicked"}, DAY
    clicks = [delivered + after]
    got = one(engine, facts, times=[DAY], delivered_at=[delivered], clicked_at=clicks)
    assert is_suspect(Message(delivered_at=[delivered], clicked_at=clicks)) == bool(suspect)
    assert (got["suspects"], got["engaged"], got["maybe_engaged"]) == (suspect, 1 - suspect, 1)
    # Set apart, and never deleted: the message did arrive.
    assert got["delivered"] == 1


def test_a_late_click_or_a_reply_clears_the_suspicion(engine: duckdb.DuckDBPyConnection) -> None:
    facts = {"receipt of carrier", "clicked"}
    times: dict[str, Any] = {
        "times": [DAY],
        "delivered_at": [DAY],
        "clicked_at": [DAY, DAY + 60 * SECOND],
    }
    assert one(engine, facts, **times)["engaged"] == 1
    times["clicked_at"] = [DAY]
    assert one(engine, facts | {"replied"}, **times)["engaged"] == 1
    assert one(engine, facts | {"clicked by machine"}, **times)["suspects"] == 1


def test_a_click_without_a_time_is_a_person_s(engine: duckdb.DuckDBPyConnection) -> None:
    assert one(engine, {"receipt of carrier", "clicked"}, delivered_at=[DAY])["engaged"] == 1


@pytest.mark.parametrize("how", ["opened by machine", "opened by whom"])
def test_a_machine_s_open_is_a_delivery_and_nobody_s_reading(
    engine: duckdb.DuckDBPyConnection, how: str
) -> None:
    got = one(engine, {"sent", how})
    assert (got["delivered"], got["inferred"], got["machine_only"], got["seen"]) == (1, 1, 1, 0)
    assert (got["opened"], got["opened_by_machine"]) == (1, 1)
    seen = one(engine, {"sent", how, "opened"})
    assert (seen["machine_only"], seen["seen"], seen["opened_by_machine"]) == (0, 1, 0)


def test_a_conflict_counts_as_unknown_and_is_counted(engine: duckdb.DuckDBPyConnection) -> None:
    got = one(engine, {"rejected", "receipt of carrier"}, times=[9 * DAY])
    assert (got["conflicts"], got["unknown"], got["sent"], got["pending"]) == (1, 1, 1, 0)


def test_what_was_never_sent_was_never_seen(engine: duckdb.DuckDBPyConnection) -> None:
    got = one(engine, {"rejected", "opened by machine", "clicked by machine"})
    told = {"attempted", "not_sent", "tells_engaged"}
    assert {name for name, flag in got.items() if flag} == told


def test_every_column_of_the_evidence_is_there_to_be_made_up() -> None:
    from reach.store.evidence import _COLUMNS

    unused = {"ingest_id", "failure_reason", "cost_micros", "currency"}
    assert set(_COLUMNS) - unused == set(COLUMNS)
