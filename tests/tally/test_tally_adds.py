"""Tallies add over disjoint recipients, and hold every integer exactly."""

from __future__ import annotations

import tempfile
from pathlib import Path

import numpy as np
import pytest
from campaigns import CHANNELS, arm, campaign, counted, event, events
from hypothesis import given, settings
from hypothesis import strategies as st
from plain_outcomes import Event

from reach.errors import ConfigError
from reach.tally.axes import AXES, axis
from reach.tally.tally import Paid, Tally
from reach.tally.vectors import gram_of

EXACT_IN_FLOAT = 2**53


def tally(log: list[Event]) -> Tally:
    with tempfile.TemporaryDirectory() as place:
        folder = campaign(
            Path(place),
            log,
            log_ends="2026-01-12T00:00:00Z",
            channels={"sms": {"cost_per_message": {"amount": 350, "currency": "IDR"}}},
            compare={"standardise": ["region"]},
        )
        return counted(folder, CHANNELS).tally


def assert_equal(one: Tally, other: Tally) -> None:
    assert (one.by, one.arms, one.counts) == (other.by, other.arms, other.counts)
    assert one.attempted_sets == other.attempted_sets
    assert one.confirmed_sets == other.confirmed_sets
    assert one.possible_sets == other.possible_sets
    assert one.deliveries == other.deliveries
    assert (one.costs, one.unpriced) == (other.costs, other.unpriced)
    assert set(one.strata) == set(other.strata)
    for name, stratum in one.strata.items():
        assert np.array_equal(stratum.sums, other.strata[name].sums)
        assert np.array_equal(stratum.gram, other.strata[name].gram)
        assert stratum.recipients == other.strata[name].recipients


@settings(max_examples=4, deadline=None)
@given(log=events(), some=st.sets(st.sampled_from(["a@x.org", "b@x.org", "+62811"])))
def test_the_tally_of_all_is_the_sum_of_tallies(log: list[Event], some: set[str]) -> None:
    ours = [said for said in log if said["recipient"] in some]
    theirs = [said for said in log if said["recipient"] not in some]
    if ours and theirs:
        whole = tally(log)
        assert_equal(tally(ours) + tally(theirs), whole)
        assert_equal(tally(theirs) + tally(ours), whole)


def test_a_sum_keeps_the_counts_that_are_zero() -> None:
    log = arm("sms", delivered=2)
    total = tally(log) + tally(arm("sms", failed=1, person="other"))
    assert total.counts["email"]["attempted"] == 0
    assert total.counts["sms"]["pending"] == 0
    assert total.counts["sms"]["receipted"] == 3


def test_costs_add_by_currency_though_one_log_has_none() -> None:
    priced = [event("m", "sent", "sms", "a@x.org", cost_micros=7_500, currency="USD")]
    total = tally(priced) + tally(arm("sms", failed=2)) + tally(arm("email", failed=1, person="b"))
    assert total.costs == {"sms": {"USD": Paid(1, 7_500)}}
    assert total.unpriced == {"sms": {"sms": 2}}


def test_tallies_of_other_arms_do_not_add() -> None:
    one = tally(arm("sms", delivered=1))
    other = tally(arm("carrier-pigeon", delivered=1))
    with pytest.raises(ValueError, match="can't be added"):
        _ = one + other


@pytest.mark.parametrize(
    "largest", [2**26 - 1, 2**26, 94_906_265, 94_906_266, 94_906_267, 2**30 + 1]
)
def test_a_gram_matrix_of_large_counts_is_exact(largest: int) -> None:
    # 94,906,265² is the last square below 2^53: from there on floats skip integers.
    vectors = np.array([[largest, largest - 1, 1], *[[largest - 2, 3, 0]] * 2], dtype=np.int64)
    found = gram_of(vectors)
    plain = [[int(cell) for cell in row] for row in vectors]
    for i in range(3):
        for j in range(3):
            wanted = sum(z[i] * z[j] for z in plain)
            assert int(found.gram[i, j]) == wanted
    assert found.sums.tolist() == [largest + 2 * (largest - 2), largest + 5, 1]
    assert found.recipients == 3


def test_the_squares_around_the_end_of_exact_floats() -> None:
    assert 94_906_265**2 < EXACT_IN_FLOAT < 94_906_266**2
    odd = gram_of(np.array([[94_906_267]]))
    assert int(odd.gram[0, 0]) == 94_906_267**2
    assert float(94_906_267**2) != 94_906_267**2


def test_what_no_integer_holds_is_refused() -> None:
    with pytest.raises(OverflowError):
        gram_of(np.array([[2**31]] * 2))


def test_messages_of_one_person_are_squared_together(tmp_path: Path) -> None:
    log = [event(f"m{i}", "delivered", "sms", "a@x.org") for i in range(30)]
    found = counted(campaign(tmp_path, log)).tally.strata[()]
    place = axis(0, "delivered")
    assert (found.sums[place], found.gram[place, place], found.recipients) == (30, 900, 1)
    once = axis(0, "delivered_recipients")
    assert (found.sums[once], found.gram[place, once]) == (1, 30)
    assert len(found.sums) == len(AXES)


def test_more_arms_than_a_set_can_hold_are_refused(tmp_path: Path) -> None:
    log = [event(f"m{i}", "sent", "sms", "a@x.org", variant=f"v{i}") for i in range(61)]
    folder = campaign(tmp_path, log, compare={"by": "variant"})
    with pytest.raises(ConfigError, match="61 arms, expected at most 60"):
        counted(folder)
