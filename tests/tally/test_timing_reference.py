"""The tally of times equals what plain Python makes of the same events, and keeps its laws."""

from __future__ import annotations

import random
import tempfile
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from campaigns import CHANNELS, campaign, event, people_csv, timed, write_log
from hypothesis import given, settings
from hypothesis import strategies as st
from plain_outcomes import EPOCH, Event, microseconds
from plain_timing import PlainTiming, timing_of

from reach.errors import BalanceError
from reach.experiment.config import default_horizon_us
from reach.tally.timing import TIMING_AXES, TIMING_COUNTS, WITHIN_S, TimingTally

START = "2026-01-01T00:00:00Z"
LOG_ENDS = "2026-01-09T00:00:00Z"
DAY = 86_400_000_000
MOMENTS = [  # µs after the start; every border from both sides
    0, 1, 1_000_000, 1_000_001, 3_599_999_999, 3_600_000_000, 3_600_000_001, 5 * 3_600_000_000,
    DAY - 1, DAY, DAY + 1, 3 * DAY, 7 * DAY - 1, 7 * DAY, 7 * DAY + 1, 8 * DAY - 3_600_000_000,
    8 * DAY - 1, 8 * DAY,
]  # fmt: skip
PEOPLE = {"a@x.org": ("Siti", None, None), "b@x.org": ("Siti", "north", None)}
_WORDS = (
    "queued", "sent", "sent", "sent", "deferred", "delivered", "delivered", "delivered", "failed",
    "rejected", "opened", "read", "clicked", "converted", "expired",
)  # fmt: skip


def moment(after_us: int) -> str:
    at = datetime.fromisoformat(START) + timedelta(microseconds=after_us)
    return at.isoformat().replace("+00:00", "Z")


@st.composite
def timed_events(draw: st.DrawFn, *, untimed: bool = True, max_size: int = 40) -> list[Event]:
    """Events of a few messages and persons, at moments around every border."""
    found = []
    for _ in range(draw(st.integers(1, max_size))):
        name = draw(st.sampled_from(["m0", "m1", "m2", "m3"]))
        at = draw(st.sampled_from([*MOMENTS, None] if untimed else MOMENTS))
        said = {
            "message_id": name,
            "event": draw(st.sampled_from(_WORDS)),
            "channel": draw(st.sampled_from(CHANNELS)),
            "recipient": draw(st.sampled_from(["a@x.org", "b@x.org", "c@x.org"])),
            "occurred_at": None if at is None else moment(at),
            "permanent": draw(st.none() | st.booleans()),
            "variant": draw(st.sampled_from([None, "plain", "picture"])),
        }
        found.append({key: value for key, value in said.items() if value is not None})
    return found


def tally(log: list[Event], **config: Any) -> TimingTally:  # noqa: ANN401
    with tempfile.TemporaryDirectory() as place:
        folder = campaign(Path(place), log, **config)
        (folder / "people.csv").write_text(people_csv(PEOPLE), encoding="utf-8")
        return timed(folder, CHANNELS if "compare" not in config else ["picture", "plain"])


def assert_same(found: TimingTally, wanted: dict[str, PlainTiming]) -> None:
    assert set(found.arms) >= set(wanted)
    for arm in found.arms:
        plain = wanted.get(arm, PlainTiming())
        assert found.counts[arm] == {name: plain.counts[name] for name in TIMING_COUNTS}
        assert found.receipts[arm] == plain.receipts
        assert found.reactions[arm] == plain.reactions
        vectors = np.array(plain.vectors(TIMING_AXES), dtype=np.int64)
        vectors = vectors.reshape(-1, len(TIMING_AXES))
        assert found.grams[arm].sums.tolist() == vectors.sum(axis=0).tolist()
        assert found.grams[arm].gram.tolist() == (vectors.T @ vectors).tolist()
        assert found.grams[arm].recipients == len(vectors)


def assert_equal(one: TimingTally, other: TimingTally) -> None:
    parts = ("by", "arms", "counts", "receipts", "reactions")
    for part in parts:
        assert getattr(one, part) == getattr(other, part)
    for arm in one.arms:
        assert np.array_equal(one.grams[arm].sums, other.grams[arm].sums)
        assert np.array_equal(one.grams[arm].gram, other.grams[arm].gram)
        assert one.grams[arm].recipients == other.grams[arm].recipients


@settings(max_examples=12, deadline=None)
@given(
    log=st.booleans().flatmap(lambda some: timed_events(untimed=some)),
    by=st.sampled_from(["channel", "channel", "variant"]),
    ends=st.booleans(),
    people=st.booleans(),
)
def test_it_equals_the_plain_reference(
    log: list[Event], by: str, *, ends: bool, people: bool
) -> None:
    config: dict[str, Any] = {"log_ends": LOG_ENDS} if ends else {}
    config |= {"people": "people.csv"} if people else {}
    config |= {"compare": {"by": by}} if by != "channel" else {}
    wanted = timing_of(
        log,
        by=by,
        horizon_us=default_horizon_us,
        log_end_us=microseconds(LOG_ENDS) if ends else None,
        people={address: row[0] for address, row in PEOPLE.items()} if people else None,
    )
    assert_same(tally(log, **config), wanted)


@settings(max_examples=5, deadline=None)
@given(log=timed_events())
def test_what_is_sure_is_possible_and_later_is_more(log: list[Event]) -> None:
    found = tally(log, log_ends=LOG_ENDS)
    for arm in found.arms:
        sums = dict(zip(TIMING_AXES, found.grams[arm].sums.tolist(), strict=True))
        for within in WITHIN_S:
            assert 0 <= sums[f"within_{within}"] <= sums[f"possible_{within}"]
            assert (
                sums[f"possible_{within}"] <= sums[f"sent_{within}"] <= found.counts[arm]["timed"]
            )
        assert sums["sent_1h"] >= sums["sent_24h"] >= sums["sent_7d"]


@settings(max_examples=4, deadline=None)
@given(log=timed_events(max_size=25))
def test_of_the_same_messages_more_arrive_in_more_time(log: list[Event]) -> None:
    # All are sent long before the end, so that the shares have one denominator.
    found = tally(log, log_ends="2026-02-01T00:00:00Z")
    for arm in found.arms:
        sums = dict(zip(TIMING_AXES, found.grams[arm].sums.tolist(), strict=True))
        assert sums["sent_1h"] == sums["sent_24h"] == sums["sent_7d"] == found.counts[arm]["timed"]
        assert sums["within_1h"] <= sums["within_24h"] <= sums["within_7d"]
        assert sums["possible_1h"] <= sums["possible_24h"] <= sums["possible_7d"]


@settings(max_examples=4, deadline=None)
@given(log=timed_events(max_size=25))
def test_order_repetition_and_splitting_change_nothing(log: list[Event]) -> None:
    wanted = tally(log, log_ends=LOG_ENDS)
    mixed = log + log[::2]
    random.Random(3).shuffle(mixed)  # noqa: S311
    assert_equal(tally(mixed, log_ends=LOG_ENDS), wanted)
    if all("occurred_at" in said for said in log):  # else a file without gaps tells more
        with tempfile.TemporaryDirectory() as place:
            folder = campaign(Path(place), log[::2], log_ends=LOG_ENDS)
            write_log(folder / "logs" / "other.ndjson", log[1::2] or log)
            assert_equal(timed(folder, CHANNELS), wanted)


@settings(max_examples=3, deadline=None)
@given(log=timed_events(untimed=False), some=st.sampled_from(["a@x.org", "b@x.org"]))
def test_the_tally_of_all_is_the_sum_of_tallies(log: list[Event], some: str) -> None:
    ours = [said for said in log if said["recipient"] == some]
    theirs = [said for said in log if said["recipient"] != some]
    if ours and theirs:
        parts = [tally(part, log_ends=LOG_ENDS) for part in (ours, theirs)]
        assert_equal(parts[0] + parts[1], tally(log, log_ends=LOG_ENDS))


def test_tallies_of_other_arms_do_not_add() -> None:
    one = tally([event("m", "sent", "sms", "a@x.org")])
    other = tally([event("m", "sent", "pigeon", "a@x.org")])
    with pytest.raises(ValueError, match="can't be added"):
        _ = one + other


def test_a_message_that_is_lost_stops_the_run() -> None:
    found = tally([event("m", "sent", "sms", "a@x.org"), event("m", "delivered", "sms", "a@x.org")])
    found.check()
    found.receipts["sms"].clear()  # type: ignore[attr-defined]
    with pytest.raises(BalanceError, match="sms: 1 timed messages are not 1 receipts"):
        found.check()


def test_the_epoch_of_moments_is_that_of_the_twin() -> None:
    assert microseconds(moment(1)) - microseconds(moment(0)) == 1
    assert EPOCH.year == 1970
