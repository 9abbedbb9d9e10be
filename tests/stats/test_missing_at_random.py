import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.genmod.cov_struct import Independence
from statsmodels.genmod.families import Gaussian
from statsmodels.genmod.generalized_estimating_equations import GEE

from reach.errors import NotEstimableError
from reach.stats.gram import GramStratum, tally_vectors
from reach.stats.missing_at_random import MissingAtRandom, missing_at_random
from reach.stats.partial import rate_interval
from reach.stats.ratio import ratio

SENT, DELIVERED, RECEIPTED = [1, 0, 0], [0, 1, 0], [0, 0, 1]

# Receipted and delivered messages of seven and six recipients of two carriers.
FIRST = [(3, 3), (1, 0), (2, 1), (4, 4), (1, 1), (1, 0), (2, 2)]
SECOND = [(2, 0), (5, 2), (1, 1), (1, 0), (3, 1), (1, 1)]


def carrier(receipts: list[tuple[int, int]], sent: int) -> np.ndarray:
    """Vectors (sent, delivered, receipted); what is over was sent to others, without receipt."""
    rows = [(r, d, r) for r, d in receipts]
    rows += [(1, 0, 0)] * (sent - sum(r for r, _ in receipts))
    return np.array(rows)


CARRIERS = [carrier(FIRST, 20), carrier(SECOND, 40)]


def supposed(vectors: list[np.ndarray], alpha: float = 0.05) -> MissingAtRandom:
    strata = [tally_vectors(rows) for rows in vectors]
    return missing_at_random(strata, SENT, DELIVERED, RECEIPTED, alpha)


def test_it_equals_r() -> None:
    # R 4.2.2, survey: one row a receipted message, id = recipient, s = carrier
    #   std <- svystandardize(svydesign(id = ~id, weights = ~1, data = x), by = ~s, over = ~1,
    #                         population = c(20, 40)); m <- svymean(~y, std)
    #   coef(m); SE(m)^2 * 12 / 13   (without its factor n/(n - 1) for 13 recipients)
    # and sandwich: vcovCL(lm(y ~ 0 + factor(s)), cluster = ~id, type = "HC0", cadjust = FALSE)
    found = supposed(CARRIERS)
    assert found.estimate == pytest.approx(0.518315018315, rel=1e-11)
    kappa = found.effective_clusters / (found.effective_clusters - 1)
    assert found.variance / kappa == pytest.approx(0.00568077124633, rel=1e-11)
    assert found.nu == pytest.approx(found.effective_clusters - 1)


def test_it_stands_beside_what_is_known_without_the_assumption() -> None:
    found = supposed(CARRIERS)
    assert found.stratum_rates == (11 / 14, 5 / 13)
    assert found.lower_bound == pytest.approx(16 / 60)
    assert found.upper_bound == pytest.approx(1 - 11 / 60)
    assert found.receipt_coverage == pytest.approx(27 / 60)
    # the crude rate leans to the carrier that sends more receipts a message
    assert found.estimate < 16 / 27
    assert found.standing.startswith("sensitivity analysis")
    assert "without a receipt" in found.assumption


@pytest.mark.parametrize("seed", range(3))
def test_variance_equals_robust_gee(seed: int) -> None:
    rng = np.random.default_rng(seed)
    vectors = []
    for chance in (0.9, 0.5, 0.2):
        sent = rng.integers(1, 6, 20)
        receipted = rng.binomial(sent, 0.7)
        vectors.append(np.column_stack([sent, rng.binomial(receipted, chance), receipted]))
    rows = [
        (arrived, stratum, recipient + 100 * stratum)
        for stratum, members in enumerate(vectors)
        for recipient, (_, d, r) in enumerate(members.tolist())
        for arrived in [1] * d + [0] * (r - d)
    ]
    table = np.array(rows, dtype=float)
    columns = np.eye(3)[table[:, 1].astype(int)]
    fit = GEE(
        table[:, 0], columns, groups=table[:, 2], cov_struct=Independence(), family=Gaussian()
    ).fit()
    weights = np.array([members[:, 0].sum() for members in vectors], dtype=float)
    weights /= weights.sum()
    found = supposed(vectors)
    assert found.estimate == pytest.approx(weights @ fit.params, rel=1e-9)
    kappa = found.effective_clusters / (found.effective_clusters - 1)
    assert found.variance == pytest.approx(kappa * weights @ fit.cov_params() @ weights, rel=1e-9)


# Any three numbers in order are messages delivered, receipted and sent.
MEMBER = st.tuples(*[st.integers(0, 4)] * 3).map(sorted).map(lambda m: (m[2], m[0], m[1]))
STRATA = st.lists(st.lists(MEMBER, min_size=2, max_size=12), min_size=1, max_size=4)


@given(STRATA, st.sampled_from([0.01, 0.05, 0.2]))
@settings(max_examples=40, deadline=None)
def test_it_lies_within_what_is_possible_or_says_why_not(
    strata: list[list[tuple[int, int, int]]], alpha: float
) -> None:
    vectors = [np.array(members) for members in strata]
    heard = [(rows[:, 2] > 0).sum() for rows in vectors if rows[:, 0].sum() > 0]
    if not heard or min(heard) <= 1:
        with pytest.raises(NotEstimableError, match=r"nothing was sent|receipt"):
            supposed(vectors, alpha)
        return
    found = supposed(vectors, alpha)
    assert found.lower_bound - 1e-12 <= found.estimate <= found.upper_bound + 1e-12
    assert 0 <= found.low <= found.estimate <= found.high <= 1
    assert math.isfinite(found.variance)


def test_with_all_receipts_it_is_the_rate_itself() -> None:
    vectors = [carrier(FIRST, 14), carrier(SECOND, 13)]
    found = supposed(vectors)
    assert found.lower_bound == found.upper_bound == pytest.approx(found.estimate)
    assert found.receipt_coverage == 1


def test_one_stratum_is_delivered_per_receipted() -> None:
    stratum = tally_vectors(CARRIERS[0])
    found = missing_at_random([stratum], SENT, DELIVERED, RECEIPTED, 0.05)
    rate = ratio([stratum], DELIVERED, RECEIPTED)
    interval = rate_interval(rate, rate, 0.05)
    assert (found.estimate, found.low, found.high) == (
        rate.estimate,
        interval.low,
        interval.high,
    )


def test_strata_without_receipts_are_named() -> None:
    silent = tally_vectors([[3, 0, 0], [2, 0, 0]])
    strata = [tally_vectors(CARRIERS[0]), silent, silent]
    with pytest.raises(NotEstimableError, match=r"stratum north \(5 sent\), south \(5 sent\)"):
        missing_at_random(
            strata, SENT, DELIVERED, RECEIPTED, 0.05, names=["east", "north", "south"]
        )
    with pytest.raises(NotEstimableError, match=r"stratum 1 \(5 sent\), 2 \(5 sent\)"):
        missing_at_random(strata, SENT, DELIVERED, RECEIPTED, 0.05)


def test_a_stratum_with_receipts_of_one_recipient_is_named() -> None:
    strata = [tally_vectors(CARRIERS[0]), tally_vectors([[3, 2, 3], [2, 0, 0]])]
    with pytest.raises(NotEstimableError, match="one recipient only has receipts in stratum b"):
        missing_at_random(strata, SENT, DELIVERED, RECEIPTED, 0.05, names=["a", "b"])


def test_a_stratum_with_nothing_sent_is_left_out() -> None:
    empty = GramStratum(np.zeros(3, dtype=int), np.zeros((3, 3), dtype=int), 0)
    strata = [tally_vectors(rows) for rows in CARRIERS]
    found = missing_at_random([strata[0], empty, strata[1]], SENT, DELIVERED, RECEIPTED, 0.05)
    assert found.stratum_rates == (11 / 14, None, 5 / 13)
    assert found.estimate == supposed(CARRIERS).estimate
    with pytest.raises(NotEstimableError, match="nothing was sent"):
        missing_at_random([empty], SENT, DELIVERED, RECEIPTED, 0.05)


def test_impossible_arguments_are_refused() -> None:
    stratum = tally_vectors(CARRIERS[0])
    with pytest.raises(ValueError, match="2 names for 1 strata"):
        missing_at_random([stratum], SENT, DELIVERED, RECEIPTED, 0.05, names=["a", "b"])
    with pytest.raises(ValueError, match="axis weights"):
        missing_at_random([stratum], [1, 0], DELIVERED, RECEIPTED, 0.05)
    with pytest.raises(ValueError, match="stratum 0: "):
        missing_at_random([stratum], SENT, RECEIPTED, DELIVERED, 0.05)
    with pytest.raises(ValueError, match="alpha"):
        missing_at_random([stratum], SENT, DELIVERED, RECEIPTED, 0)
