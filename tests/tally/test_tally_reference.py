"""The tally equals what plain Python makes of the same events."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import pytest
from campaigns import CHANNELS, campaign, counted, event, events, people_csv, secret
from hypothesis import given, settings
from hypothesis import strategies as st
from plain_outcomes import Event
from plain_tally import PlainTally, tally_of

from reach.experiment.config import default_horizon_us
from reach.tally.count import Counted
from reach.tally.query import NO_VALUE
from reach.tally.tally import Tally

LOG_ENDS = "2026-01-10T12:00:00Z"
LOG_ENDS_US = 1_768_046_400_000_000
PEOPLE = {
    "a@x.org": ("Siti", "north", None),
    "b@x.org": ("Siti", None, "old"),
    "+62811": ("Budi", "south", "young"),
}
KEYS = ("k" * 32, "another secret of the office, longer than a block of the hash function is" * 2)


def integers(tally: Tally) -> dict[str, Any]:
    """All of a tally as Python's own types, ready to be compared."""
    return {
        "arms": tally.arms,
        "recipients": {name: each.recipients for name, each in tally.strata.items()},
        "sums": {name: each.sums.tolist() for name, each in tally.strata.items()},
        "gram": {name: each.gram.tolist() for name, each in tally.strata.items()},
        "counts": tally.counts,
        "attempted_sets": tally.attempted_sets,
        "confirmed_sets": tally.confirmed_sets,
        "possible_sets": tally.possible_sets,
        "deliveries": tally.deliveries,
        "costs": {
            arm: {currency: (paid.messages, paid.micros) for currency, paid in costs.items()}
            for arm, costs in tally.costs.items()
        },
        "unpriced": tally.unpriced,
    }


def assert_same(found: Counted, wanted: PlainTally) -> None:
    got = integers(found.tally)
    for name in set(got) - {"arms"}:
        assert got[name] == getattr(wanted, name), name
    assert {name: end.at_us for name, end in found.log_ends.items()} == wanted.log_ends
    assert found.unmapped == (wanted.unmapped or 0)


def check(log: list[Event], by: str, strata: list[str], *, ends: bool, people: bool) -> None:
    config: dict[str, Any] = {"channels": {"sms": {"horizon": "4d"}, "whatsapp": {"horizon": None}}}
    config["channels"]["sms"]["cost_per_message"] = {"amount": 350, "currency": "IDR"}
    config["compare"] = {"by": by, "standardise": strata} if strata else {"by": by}
    if ends:
        config["log_ends"] = LOG_ENDS
    if people:
        config["people"] = "people.csv"
    named = {said[by] for said in log if by in said}
    arms = list(CHANNELS) if by == "channel" else ["picture", "plain"]
    horizons = {"sms": 4 * 86_400_000_000, "whatsapp": None}
    with tempfile.TemporaryDirectory() as place:
        folder = campaign(Path(place), log, **config)
        (folder / "people.csv").write_text(people_csv(PEOPLE), encoding="utf-8")
        found = counted(folder, arms)
    assert set(found.tally.arms) - {NO_VALUE} == named | set(arms)
    wanted = tally_of(
        log,
        list(found.tally.arms),
        by=by,
        strata=tuple(strata),
        horizon_us=lambda channel: horizons.get(channel, default_horizon_us(channel)),
        log_end_us=LOG_ENDS_US if ends else None,
        people=PEOPLE if people else None,
        priced=["sms"],
    )
    # Arms without a message have every count, and all of them are 0.
    for arm, counts in wanted.counts.items():
        wanted.counts[arm] = dict.fromkeys(found.tally.counts[arm], 0) | counts
    assert_same(found, wanted)


@settings(max_examples=15, deadline=None)
@given(
    log=events(),
    by=st.sampled_from(["channel", "channel", "variant"]),
    strata=st.sampled_from([[], ["region"], ["segment", "region"]]),
    ends=st.booleans(),
    people=st.booleans(),
)
def test_it_equals_the_plain_reference(
    log: list[Event], by: str, strata: list[str], *, ends: bool, people: bool
) -> None:
    check(log, by, strata, ends=ends, people=people)


def two_people(**more: str) -> list[Event]:
    return [
        event("m1", "sent", "sms", "a@x.org", **more),
        event("m1", "delivered", "sms", "a@x.org"),
        event("m2", "sent", "email", "b@x.org"),
        event("m3", "sent", "email", "someone@x.org"),
    ]


def test_addresses_of_one_person_are_one_recipient(tmp_path: Path) -> None:
    folder = campaign(tmp_path, two_people(), people="people.csv")
    (folder / "people.csv").write_text(people_csv(PEOPLE), encoding="utf-8")
    found = counted(folder, ["sms", "email"])
    assert (found.tally.recipients, found.unmapped) == (2, 1)
    assert found.tally.attempted_sets == {0b11: 1, 0b10: 1}
    assert found.tally.confirmed_sets == {(): {0: 1, 0b01: 1}}
    assert found.tally.in_several() == 1
    assert found.tally.in_several(["sms"]) == 0


def test_what_the_office_knows_wins_over_the_log(tmp_path: Path) -> None:
    log = two_people(region="south")
    folder = campaign(tmp_path, log, people="people.csv", compare={"standardise": ["region"]})
    (folder / "people.csv").write_text(people_csv(PEOPLE), encoding="utf-8")
    assert set(counted(folder).tally.strata) == {("north",), (None,)}


def test_two_regions_of_one_person_are_mixed(tmp_path: Path) -> None:
    log = [
        event("m1", "sent", "sms", "a@x.org", region="north"),
        event("m2", "sent", "sms", "a@x.org", region="south"),
        event("m3", "sent", "sms", "a@x.org"),
    ]
    folder = campaign(tmp_path, log, compare={"standardise": ["region"]})
    (stratum,) = counted(folder).tally.strata
    assert stratum == ("mixed",)


def test_two_regions_of_one_message_are_a_disagreement(tmp_path: Path) -> None:
    log = [
        event("m1", "sent", "sms", "a@x.org", region="south"),
        event("m1", "delivered", "sms", "a@x.org", region="north"),
    ]
    folder = campaign(tmp_path, log, compare={"standardise": ["region"]})
    found = counted(folder)
    assert list(found.tally.strata) == [("north",)]
    assert found.disagreements == {"region": 1}


def test_a_message_of_no_arm_has_an_arm_of_its_own(tmp_path: Path) -> None:
    log = [
        event("m1", "sent", "sms", "a@x.org", variant=NO_VALUE),
        event("m2", "sent", "sms", "b@x.org"),
        event("m3", "delivered", "sms", "b@x.org", variant="plain"),
    ]
    tally = counted(campaign(tmp_path, log, compare={"by": "variant"})).tally
    assert tally.arms == ("plain", NO_VALUE)
    assert [tally.counts[arm]["attempted"] for arm in tally.arms] == [1, 2]
    assert tally.strata[()].sums[0] == 1
    assert tally.attempted_sets == {0b10: 1, 0b11: 1}


@settings(max_examples=3, deadline=None)
@given(log=events(max_size=20))
def test_the_secret_changes_no_integer(log: list[Event]) -> None:
    found = []
    for key in KEYS:
        with tempfile.TemporaryDirectory() as place, secret(key):
            folder = campaign(Path(place), log, compare={"standardise": ["region"]})
            found.append(counted(folder, CHANNELS))
    assert integers(found[0].tally) == integers(found[1].tally)
    assert found[0].log_ends == found[1].log_ends


@pytest.mark.parametrize("key", KEYS)
def test_no_secret_decides_which_message_a_second_name_means(tmp_path: Path, key: str) -> None:
    # Both messages claim the name that the receipt carries, so all three are one message.
    log = [
        event("m1", "sent", "sms", "a@x.org", alias_id="n"),
        event("m2", "failed", "sms", "a@x.org", alias_id="n"),
        event("n", "delivered", "sms", "a@x.org"),
    ]
    with secret(key):
        counts = counted(campaign(tmp_path, log)).tally.counts["sms"]
    assert (counts["attempted"], counts["delivered"]) == (1, 1)
