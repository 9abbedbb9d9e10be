import math

import pytest

from reach.stats.monotone import first_reached, running_maximum


def bump(c: float) -> float:
    """Rises to 1 at c = 1, dips towards 1/2, rises to 2 far out."""
    return c * math.exp(1 - c) + c / (c + 1000) * 2


def test_a_rising_curve_is_left_alone() -> None:
    assert running_maximum(math.atan) is math.atan


def test_a_dip_is_bridged_at_the_height_of_the_peak() -> None:
    risen = running_maximum(bump)
    peak = max(bump(k / 1000) for k in range(500, 1500))
    assert risen(5) == pytest.approx(peak, rel=1e-6)
    assert bump(5) < 0.2
    assert risen(0.5) == bump(0.5)
    assert risen(1e6) == bump(1e6)
    places = [10 ** (k / 50 - 3) for k in range(400)]
    heights = [risen(place) for place in places]
    assert heights == sorted(heights)


def test_a_curve_that_starts_with_a_fall_is_bridged_from_0() -> None:
    risen = running_maximum(lambda c: (c - 1) ** 2 if c < 2 else 1.0)
    assert risen(1) == 1


def test_where_a_height_is_reached_first() -> None:
    assert first_reached(math.atan, math.pi / 4) == pytest.approx(1, rel=1e-14)
    assert first_reached(math.atan, 0) == 0
    assert first_reached(math.atan, 2) == math.inf
    assert first_reached(lambda c: c, 1e-30) == pytest.approx(1e-30, rel=1e-12)
    assert first_reached(lambda c: c, 1e140) == pytest.approx(1e140, rel=1e-12)
