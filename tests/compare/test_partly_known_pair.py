"""The example that every build must reproduce, from the log to the verdict.

A: 600 delivered, 250 failed, 150 unknown. B: 700 delivered, 300 failed. One message each. The
published values use the normal distribution; with t of 999 or 1,998 degrees of freedom they
move in the fourth decimal.
"""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from campaigns import LONG_AFTER, answer, arm, campaign, comparison

from reach.stats.difference import difference_interval
from reach.stats.gram import tally_vectors
from reach.stats.partial import rate_interval
from reach.stats.ratio import Ratio, ratio

CLOSE_TO_NORMAL = 2e-4


@pytest.fixture(scope="module")
def result(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    log = arm("a", delivered=600, failed=250, sent=150) + arm("b", delivered=700, failed=300)
    folder = campaign(
        tmp_path_factory.mktemp("pair"),
        log,
        log_ends=LONG_AFTER,
        compare={"metrics": ["delivered_per_sent"]},
    )
    return answer(folder)


def ratios() -> tuple[Ratio, Ratio, Ratio, Ratio]:
    """Confirmed and possible rate of A and of B, from vectors written out.

    The axes are A's sent, delivered and possible, then B's.
    """
    rows = [
        *[[1, 1, 1, 0, 0, 0]] * 600, *[[1, 0, 0, 0, 0, 0]] * 250, *[[1, 0, 1, 0, 0, 0]] * 150,
        *[[0, 0, 0, 1, 1, 1]] * 700, *[[0, 0, 0, 1, 0, 0]] * 300,
    ]  # fmt: skip
    stratum = tally_vectors(np.array(rows))

    def rate(numerator: int, denominator: int) -> Ratio:
        return ratio([stratum], np.eye(6)[numerator], np.eye(6)[denominator])

    return rate(1, 0), rate(2, 0), rate(4, 3), rate(5, 3)


def test_the_envelope_and_the_intervals_of_a(result: dict[str, Any]) -> None:
    rate = result["channels"][0]["rates"]["delivered_per_sent"]
    assert (rate["numerator"], rate["denominator"]) == (600, 1000)
    assert (rate["lower_bound"], rate["upper_bound"]) == (0.6, 0.75)
    assert [rate["set_low"], rate["set_high"]] == pytest.approx(
        [0.5693, 0.7758], abs=CLOSE_TO_NORMAL
    )
    assert [rate["low"], rate["high"]] == pytest.approx([0.5743, 0.7718], abs=CLOSE_TO_NORMAL)
    assert rate["effective_clusters"] == pytest.approx(1000)


def test_the_interval_of_b(result: dict[str, Any]) -> None:
    rate = result["channels"][1]["rates"]["delivered_per_sent"]
    ends = [0.6709, 0.7276]
    assert [rate["low"], rate["high"]] == pytest.approx(ends, abs=CLOSE_TO_NORMAL)
    assert (rate["low"], rate["high"]) == (rate["set_low"], rate["set_high"])


def test_the_difference_and_the_verdict(result: dict[str, Any]) -> None:
    found = comparison(result, "delivered_per_sent", "a", "b")
    assert found["difference"] == pytest.approx(-0.1)
    assert found["difference_bounds"] == pytest.approx([-0.1, 0.05])
    near = pytest.approx([-0.1347, 0.0827], abs=CLOSE_TO_NORMAL)
    assert [found["low"], found["high"]] == near
    assert (found["verdict"], found["because"]) == ("undetermined", "receipts")
    assert found["tipping_point"] == pytest.approx(100 / 150)
    assert found["tipping_range"] == pytest.approx([100 / 150, 100 / 150])
    assert (found["p_value"], found["p_adjusted"], found["family"]) == (1, 1, 1)
    assert not found["provisional"]


def test_they_are_the_numbers_of_the_statistics_themselves(result: dict[str, Any]) -> None:
    a_lower, a_upper, b_lower, b_upper = ratios()
    rate = rate_interval(a_lower, a_upper, 0.05)
    shown = result["channels"][0]["rates"]["delivered_per_sent"]
    for name in ("low", "high", "set_low", "set_high"):
        assert shown[name] == pytest.approx(getattr(rate, name), rel=1e-12)
    interval = difference_interval(a_lower, a_upper, b_lower, b_upper, 0.05)
    found = comparison(result, "delivered_per_sent", "a", "b")
    for name in ("low", "high", "p_value"):
        assert found[name] == pytest.approx(getattr(interval, name), rel=1e-12)
    assert found["difference_bounds"] == [interval.lower_bound, interval.upper_bound]
    assert (shown["method"], found["method"]) == (rate.method, interval.method)


def test_with_the_normal_distribution_they_are_the_published_ones() -> None:
    a_lower, a_upper, b_lower, b_upper = ratios()
    interval = difference_interval(a_lower, a_upper, b_lower, b_upper, 0.05, nu=math.inf)
    found = [interval.low, interval.high, interval.critical]
    assert found == pytest.approx([-0.1347, 0.0827, 1.6449], abs=5e-5)


def test_unknown_messages_that_may_still_arrive_are_pending(tmp_path: Path) -> None:
    log = arm("a", delivered=600, failed=250, sent=150) + arm("b", delivered=700, failed=300)
    folder = campaign(tmp_path, log, compare={"metrics": ["delivered_per_sent"]})
    waiting = answer(folder)
    assert (waiting["pending"], waiting["final"]) == (150, False)
    found = comparison(waiting, "delivered_per_sent", "a", "b")
    assert found["provisional"]
    assert found["difference_bounds"] == pytest.approx([-0.1, 0.05])
    assert (found["verdict"], found["because"]) == ("undetermined", "receipts")
    assert waiting["log_ends"]["a"] == {"at": "2026-01-01T00:00:00Z", "from": "newest event"}
