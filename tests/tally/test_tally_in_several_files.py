"""The tally of what several files saw, by every way that messages are found again and packed."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from campaigns import (
    CHANNELS,
    counted,
    event,
    events,
    people_csv,
    resolving,
    timed,
    write_config,
    write_log,
)
from hypothesis import given, settings
from hypothesis import strategies as st
from plain_outcomes import Event, microseconds
from plain_tally import tally_of
from plain_timing import timing_of
from test_tally_reference import PEOPLE, assert_same, integers
from test_timing_reference import assert_same as assert_same_times

from reach.experiment.config import default_horizon_us
from reach.experiment.counted import clocks_of
from reach.outcomes import pseudonyms
from reach.store.evidence import Store
from reach.tally import messages, recipients
from reach.tally.clock import Clocks
from reach.tally.count import count, count_timed
from reach.tally.kept import tally_document
from reach.tally.messages import resolve_messages

LOG_ENDS = "2026-01-10T12:00:00Z"
STRATA = ([], ["region"], ["segment", "region"])


@contextmanager
def packed_in(width: int, *, kept: bool) -> Iterator[None]:
    """Fields of so many bits; and whether much was merged, so that messages are kept."""
    before = recipients.USUAL_WIDTH, messages._MANY  # noqa: SLF001
    recipients.USUAL_WIDTH = width
    messages._MANY = 1 << 40 if kept else 0  # noqa: SLF001
    try:
        yield
    finally:
        recipients.USUAL_WIDTH, messages._MANY = before  # noqa: SLF001


@st.composite
def files(draw: st.DrawFn) -> list[list[Event]]:
    """The same campaign cut into files, evenly or not, with or without what two of them saw."""
    log = draw(events(max_size=40))
    how = draw(st.sampled_from(["one", "apart", "shared", "one large"]))
    if how == "one":
        return [log]
    if how == "apart":
        return [[said for said in log if said["message_id"][0] == name] for name in "mn"]
    if how == "one large":
        return [log[3:], log[:3]]
    return [log[::3], log[1::3] + log[:2], log[2::3]]


def folder_of(place: str, logs: list[list[Event]], **config: Any) -> Path:  # noqa: ANN401
    folder = Path(place)
    for number, log in enumerate(logs):
        if log:
            # No two files are alike: a file that comes twice is ingested once.
            write_log(folder / "logs" / f"log-{number}.ndjson", log)
    write_config(folder, **config)
    (folder / "people.csv").write_text(people_csv(PEOPLE), encoding="utf-8")
    return folder


@settings(max_examples=10, deadline=None)
@given(
    logs=files(),
    by=st.sampled_from(["channel", "variant"]),
    strata=st.sampled_from(STRATA),
    width=st.sampled_from([1, 2, 8]),
    people=st.booleans(),
    kept=st.booleans(),
)
def test_however_cut_and_packed_it_equals_the_plain_reference(
    logs: list[list[Event]], by: str, strata: list[str], width: int, *, people: bool, kept: bool
) -> None:
    config: dict[str, Any] = {"compare": {"by": by}, "log_ends": LOG_ENDS}
    if strata:
        config["compare"]["standardise"] = strata
    if people:
        config["people"] = "people.csv"
    arms = list(CHANNELS) if by == "channel" else ["picture", "plain"]
    with tempfile.TemporaryDirectory() as place, packed_in(width, kept=kept):
        found = counted(folder_of(place, logs, **config), arms)
    wanted = tally_of(
        [said for log in logs for said in log],
        list(found.tally.arms),
        by=by,
        strata=tuple(strata),
        horizon_us=default_horizon_us,
        log_end_us=microseconds(LOG_ENDS),
        people=PEOPLE if people else None,
    )
    for arm, counts in wanted.counts.items():
        wanted.counts[arm] = dict.fromkeys(found.tally.counts[arm], 0) | counts
    assert_same(found, wanted)


@settings(max_examples=6, deadline=None)
@given(
    logs=files().filter(lambda logs: all("occurred_at" in said for log in logs for said in log)),
    width=st.sampled_from([1, 2, 8]),
    people=st.booleans(),
    kept=st.booleans(),
)
def test_however_cut_and_packed_times_equal_the_plain_reference(
    logs: list[list[Event]], width: int, *, people: bool, kept: bool
) -> None:
    config: dict[str, Any] = {"log_ends": LOG_ENDS}
    config |= {"people": "people.csv"} if people else {}
    with tempfile.TemporaryDirectory() as place, packed_in(width, kept=kept):
        found = timed(folder_of(place, logs, **config), CHANNELS)
    wanted = timing_of(
        [said for log in logs for said in log],
        by="channel",
        horizon_us=default_horizon_us,
        log_end_us=microseconds(LOG_ENDS),
        people={address: row[0] for address, row in PEOPLE.items()} if people else None,
    )
    assert_same_times(found, wanted)


@settings(max_examples=6, deadline=None)
@given(
    logs=files(),
    strata=st.sampled_from(STRATA),
    width=st.sampled_from([1, 2, 8]),
    people=st.booleans(),
)
def test_times_change_nothing_of_outcomes(
    logs: list[list[Event]], strata: list[str], width: int, *, people: bool
) -> None:
    config: dict[str, Any] = {"compare": {"standardise": strata}} if strata else {}
    config |= {"people": "people.csv"} if people else {}
    with tempfile.TemporaryDirectory() as place, packed_in(width, kept=False):
        folder = folder_of(place, logs, **config)
        with resolving(folder, CHANNELS) as (engine, messages_, plan, found):
            alone = count(engine, messages_, plan)
            beside, _ = count_timed(engine, messages_, plan, clocks_of(found))
    assert tally_document(beside) == tally_document(alone)


def crowd(*sizes: int) -> list[Event]:
    """Messages to persons, so many to each, in two channels and two regions."""
    return [
        event(
            f"m{number}", "delivered" if number % 3 else "sent", CHANNELS[number % 2],
            f"p{person}@x.org", region="north" if person % 2 else "south",
        )
        for person, size in enumerate(sizes)
        for number in range(size)
    ]  # fmt: skip


@pytest.mark.parametrize("width", [1, 2, 3, 5])
@pytest.mark.parametrize("strata", STRATA[:2])
def test_who_has_more_messages_than_a_field_holds_is_counted_in_wider_ones(
    tmp_path: Path, width: int, strata: list[str]
) -> None:
    # Just as many as a field holds, one more, twice as many and many more.
    most = (1 << width) - 1
    log = crowd(1, most, most + 1, 2 * most + 2, 7 * most, 1, most, most + 1)
    found = []
    for place, bits in (("packed", width), ("wide", 20)):
        with packed_in(bits, kept=False):
            config = {"compare": {"standardise": strata}} if strata else {}
            found.append(counted(folder_of(str(tmp_path / place), [log], **config)))
    wanted = tally_of(
        log, list(found[0].tally.arms), strata=tuple(strata), horizon_us=default_horizon_us
    )
    for arm, counts in wanted.counts.items():
        wanted.counts[arm] = dict.fromkeys(found[0].tally.counts[arm], 0) | counts
    for each in found:
        assert_same(each, wanted)
    assert list(found[0].tally.strata) == list(found[1].tally.strata)


def test_a_message_of_three_files_is_one_message(tmp_path: Path) -> None:
    logs = [
        [event("m", "sent", "sms", "a@x.org"), event("k", "sent", "sms", "b@x.org")],
        [event("m", "delivered", "sms", "a@x.org", region="north")],
        [event("m", "clicked", "sms", "a@x.org", region="south")],
    ]
    found = counted(folder_of(str(tmp_path), logs))
    counts = found.tally.counts["sms"]
    assert (counts["attempted"], counts["delivered"]) == (2, 1)
    assert found.disagreements == {"region": 1}


def test_a_second_name_joins_across_files(tmp_path: Path) -> None:
    logs = [
        [event("m", "sent", "sms", "a@x.org", alias_id="n"), event("k", "sent", "sms", "b@x.org")],
        [event("n", "delivered", "sms", "a@x.org")],
    ]
    counts = counted(folder_of(str(tmp_path), logs)).tally.counts["sms"]
    assert (counts["attempted"], counts["delivered"]) == (2, 1)


def test_several_second_names_that_nobody_uses_are_one_message(tmp_path: Path) -> None:
    # The evidence has a row for each name, and one of them may be the message's own.
    log = [event("m", "sent", "sms", "a@x.org", alias_id=name) for name in ("m", "x", "y")]
    found = counted(folder_of(str(tmp_path), [log]))
    assert found.tally.counts["sms"]["attempted"] == 1
    assert found.tally.strata[()].recipients == 1


LOGS = [
    [event("m", "sent", "sms", "a@x.org"), event("k", "sent", "sms", "b@x.org")],
    [event("l", "delivered", "email", "a@x.org")],
    [event("m", "delivered", "sms", "a@x.org"), event("o", "sent", "sms", "c@x.org")],
]


def test_only_ingests_that_may_share_messages_are_searched(tmp_path: Path) -> None:
    folder = folder_of(str(tmp_path), LOGS)
    with resolving(folder, []) as (engine, found, plan, gathered):
        wanted = count(engine, found, plan)
        first, second, third = (each.entry.ingest_id for each in gathered)
        parts = Store(folder / ".reach").parts()
        everyone = [first, second, third]
        for sharing, attempted in (
            ([everyone], 3), ([[first, third], [second]], 3), ([[third, "unheard of", first]], 3),
            # Whoever says that they are apart is believed.
            ([[first], [second, third]], 4), ([], 4),
        ):  # fmt: skip
            again = resolve_messages(engine, parts, everyone, plan, sharing)
            tally = count(engine, again, plan).tally
            assert tally.counts["sms"]["attempted"] == attempted
            if attempted == wanted.tally.counts["sms"]["attempted"]:
                assert integers(tally) == integers(wanted.tally)


def test_of_no_messages_there_is_nothing(tmp_path: Path) -> None:
    folder = folder_of(str(tmp_path), LOGS)
    with resolving(folder, CHANNELS) as (engine, _, plan, _):
        none = resolve_messages(engine, Store(folder / ".reach").parts(), [], plan)
        found, times = count_timed(engine, none, plan, Clocks([], []))
    assert found.tally.arms == times.arms == CHANNELS
    assert (found.tally.recipients, found.tally.deliveries) == (0, {})
    assert {gram.recipients for gram in times.grams.values()} == {0}


def test_an_engine_that_reads_no_numbers_compares_bytes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = folder_of(str(tmp_path), [*LOGS, crowd(1, 5, 9)])
    wanted = counted(folder)
    monkeypatch.setattr(pseudonyms, "_reads_numbers", lambda _: False)
    monkeypatch.setattr(recipients, "USUAL_WIDTH", 2)
    assert integers(counted(folder).tally) == integers(wanted.tally)


def test_a_width_that_suits_the_messages_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # So many persons that some are in the sample.
    folder = folder_of(str(tmp_path), [crowd(*(1 + person % 12 for person in range(900)))])
    wanted = counted(folder)
    monkeypatch.setattr(recipients, "_FEW", 0)
    assert integers(counted(folder).tally) == integers(wanted.tally)


def test_however_few_recipients_leave_the_engine_at_a_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = folder_of(str(tmp_path), [crowd(*(1 + person % 5 for person in range(60)))])
    wanted = counted(folder)
    monkeypatch.setattr(recipients, "USUAL_WIDTH", 2)
    monkeypatch.setattr(recipients, "_ADDED_UP", 11)
    monkeypatch.setattr(recipients, "_FETCHED", 7)
    monkeypatch.setattr(recipients, "_ROWS", 3)
    assert integers(counted(folder).tally) == integers(wanted.tally)
