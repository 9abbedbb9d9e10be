"""What a model can't take is said, and is never a number that is none."""

from __future__ import annotations

import math
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reach.errors import NotEstimableError
from reach.media.frequency.agostini import agostini
from reach.media.frequency.beta_binomial import (
    BetaBinomial,
    from_duplication,
    from_reach_of_many,
    from_reach_of_two,
)
from reach.media.frequency.binomial import binomial
from reach.media.frequency.contacts import MOST_INSERTIONS, Frequency
from reach.media.frequency.goerg import Goerg, goerg
from reach.media.frequency.metheringham import Vehicle, metheringham
from reach.media.frequency.negative_exponential import NegativeExponential, negative_exponential
from reach.media.frequency.sainsbury import sainsbury

THREE = [0.6, 0.35, 0.1]
PAIRS = {(0, 1): 0.25, (0, 2): 0.08, (1, 2): 0.03}
TWO_EACH = [Vehicle(0.3, 2, repeated=0.2), Vehicle(0.3, 2, repeated=0.2)]


@pytest.mark.parametrize(
    ("model", "why"),
    [
        (lambda: binomial(0, 4), "got 0, expected a share above 0"),
        (lambda: binomial(1.2, 4), "got 1.2"),
        (lambda: binomial(15, 4), "got 15"),
        (lambda: binomial(math.nan, 4), "got nan"),
        (lambda: binomial(0.1, 0), "got 0 insertions"),
        (lambda: binomial(0.1, MOST_INSERTIONS + 1), "expected 1 to 100000"),
        (lambda: sainsbury([]), "got 0 insertions"),
        (lambda: sainsbury([0.3, -0.1]), "share of vehicle 1: got -0.1"),
        (lambda: agostini([0.3, 0.2], {(0, 1): 0.1}), "two reach the sum of their audiences"),
        (lambda: agostini(THREE, PAIRS), r"gives 0.7577, and these overlaps allow 0.69 to 0.72"),
        (lambda: agostini([0.9] * 3, {(0, 1): 0.8, (0, 2): 0.8, (1, 2): 0.8}), "allow 1 to 1 only"),
        (lambda: agostini(THREE, {(0, 1): 0.25, (0, 2): 0.08}), "1 and 2 is not known"),
        (lambda: agostini(THREE, PAIRS | {(1, 2): 0.11}), "expected 0 to 0.1: audiences of 0.35"),
        (
            lambda: agostini([0.8, 0.5, 0.1], {(0, 1): 0.2, (0, 2): 0.1, (1, 2): 0.1}),
            "vehicles 0 and 1: got an overlap of 0.2, expected 0.3 to 0.5",
        ),
        (lambda: agostini([0.5] * 3, dict.fromkeys(PAIRS, 0.0)), "contradict one another"),
        (lambda: agostini(THREE, PAIRS | {(1, 2): math.nan}), "overlap of nan"),
        (lambda: from_reach_of_two(0, 0.1), "got 0"),
        (lambda: from_reach_of_two(0.5, 0.4), "no more than one alone"),
        (lambda: from_reach_of_two(0.5, 0.5), "no more than one alone"),
        (lambda: from_reach_of_two(0.5, 0.75), "by chance alone"),
        (lambda: from_reach_of_two(0.1, 0.19), "by chance alone"),
        (lambda: from_reach_of_two(0.5, 0.8), "by chance alone they would reach 0.75"),
        (lambda: from_reach_of_two(0.5, 1.1), "got 1.1"),
        (lambda: from_reach_of_two(1, 1), "no more than one alone"),
        (lambda: from_duplication(0.3, -0.1), "by chance alone"),
        (lambda: from_duplication(0.3, math.nan), "no more than"),
        (lambda: from_reach_of_many(0.1, 0.1, 5), r"expected above 0.1 .* and below 0.4095"),
        (lambda: from_reach_of_many(0.1, 0.5, 5), "got|expected above 0.1"),
        (lambda: from_reach_of_many(0.1, 0.1, 1), "1 insertions of 0.1"),
        (lambda: from_reach_of_many(1, 1, 5), "reaches everybody"),
        (lambda: BetaBinomial(-0.1, 0.5), "alpha: got -0.1"),
        (lambda: BetaBinomial(0.1, math.inf), "beta: got inf"),
        (lambda: BetaBinomial(0.1, 0.5).frequency(0), "got 0 insertions"),
        (lambda: BetaBinomial(0.1, 0.5).reach(0), "got 0 insertions"),
        (lambda: metheringham([Vehicle(0.3)], {}), "got one insertion"),
        (lambda: metheringham([], {}), "got 0 insertions"),
        (lambda: metheringham([Vehicle(0.3, 2)], {}), "vehicle 0 reach is not known"),
        (lambda: metheringham([Vehicle(0.3, 2, 0.4)], {}), "expected 0 to 0.3"),
        (lambda: metheringham(TWO_EACH, {}), "vehicles 0 and 1 is not known"),
        (lambda: metheringham(TWO_EACH, {(0, 1): 0.31}), "expected 0 to 0.3"),
        (
            # .09 would be chance if all were equal, and these overlap by chance: .26 / 3.
            lambda: metheringham(
                [Vehicle(0.3), Vehicle(0.4), Vehicle(0.2)],
                {(0, 1): 0.12, (0, 2): 0.06, (1, 2): 0.08},
            ),
            "by chance alone",
        ),
        (
            lambda: metheringham([Vehicle(0.9, 2, 0.9), Vehicle(0.05, 8, 0.05)], {(0, 1): 0.05}),
            "one of them alone 0.9",
        ),
        (lambda: goerg(100, 100), "more contacts than people"),
        (lambda: goerg(100, 120), "more contacts than people"),
        (lambda: goerg(100, 0), "reach: got 0"),
        (lambda: goerg(math.inf, 1), "contacts: got inf"),
        (lambda: goerg(1.0, 0.6, universe=1), "above the universe of 1"),
        (lambda: Goerg(0), "maximum: got 0"),
        (lambda: NegativeExponential(0, 0.01), "maximum: got 0"),
        (lambda: NegativeExponential(1.1, 0.001), "maximum: got 1.1"),
        (lambda: NegativeExponential(0.8, 0.02), "more than a point"),
        (lambda: negative_exponential(0, 0.1), "points: got 0"),
        (lambda: negative_exponential(100, 0), "reach: got 0"),
        (lambda: negative_exponential(100, 0.64), "expected at most 0.6321"),
        (lambda: Frequency((1.0, 0.0)).average_frequency, "nobody was reached"),
    ],
)
def test_it_is_refused_with_the_reason(model: Callable[[], object], why: str) -> None:
    with pytest.raises(NotEstimableError, match=why):
        model()


@pytest.mark.parametrize(
    "fault",
    [
        lambda: Frequency((0.5, 0.4)),
        lambda: Frequency((1.5, -0.5)),
        lambda: Frequency(()),
        lambda: Frequency((0.5, 0.5)).reach(0),
        lambda: Goerg(1).reach(1, 0),
        lambda: Goerg(1).reach(-1),
        lambda: NegativeExponential(1, 0.01).reach(math.nan),
        lambda: agostini(THREE, PAIRS | {(1, 0): 0.25}),
        lambda: agostini(THREE, PAIRS | {(0, 3): 0.25}),
    ],
)
def test_a_fault_of_the_caller_is_no_result(fault: Callable[[], object]) -> None:
    with pytest.raises(ValueError, match="expected"):
        fault()


anything = st.one_of(
    st.floats(), st.floats(-1, 2), st.sampled_from([0.0, 1.0, 5e-324, 1e-310, 1 - 2**-53])
)


@settings(deadline=None, max_examples=300)
@given(anything, anything, st.integers(-1, 60))
def test_nothing_is_nan_whatever_is_given(one: float, other: float, n: int) -> None:
    tried: list[Callable[[], float]] = [
        lambda: binomial(one, n).reach(),
        lambda: sainsbury([one, other]).reach(),
        lambda: agostini([one, other, 0.5], {(0, 1): one, (0, 2): other, (1, 2): one}),
        lambda: from_reach_of_two(one, other).frequency(n).reach(),
        lambda: from_reach_of_many(one, other, n).reach(2 * n),
        lambda: BetaBinomial(one, other).frequency(n).reach(),
        lambda: BetaBinomial(one, other).reach(n),
        lambda: metheringham([Vehicle(one, 2, other), Vehicle(other)], {(0, 1): other}).insertions,
        lambda: goerg(one, other, universe=1).reach(1),
        lambda: NegativeExponential(one, other).reach(200),
        lambda: negative_exponential(one, other).reach(200),
    ]
    for model in tried:
        try:
            found = model()
        except NotEstimableError:
            continue
        assert found >= 0
        assert math.isfinite(found)
