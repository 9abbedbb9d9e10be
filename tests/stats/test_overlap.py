import math
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse.csgraph import minimum_spanning_tree

from reach.errors import NotEstimableError
from reach.stats.overlap import together

CLOSE = 1e-6


@st.composite
def populations(draw: st.DrawFn) -> np.ndarray:
    """Who is reached by which channel: a table of few persons and two to five channels."""
    channels = draw(st.integers(2, 5))
    sets = draw(st.lists(st.integers(0, 2**channels - 1), min_size=1, max_size=12))
    return (np.array(sets)[:, None] >> np.arange(channels)) & 1


def points(people: np.ndarray, wide: float = 0.0) -> tuple[list, dict]:
    """The intervals of all shares and overlaps, so wide around the truth."""

    def around(share: float) -> tuple[float, float]:
        return max(0.0, share - wide), min(1.0, share + wide)

    shares = [around(float(share)) for share in people.mean(axis=0)]
    overlaps = {
        (i, j): around(float((people[:, i] * people[:, j]).mean()))
        for i, j in combinations(range(people.shape[1]), 2)
    }
    return shares, overlaps


@settings(deadline=None, max_examples=15)
@given(st.lists(st.tuples(st.floats(0, 1), st.floats(0, 1)), min_size=1, max_size=6))
def test_without_overlaps_they_are_frechet_s_bounds(ends: list[tuple[float, float]]) -> None:
    shares = [(min(pair), max(pair)) for pair in ends]
    found = together(shares)
    lows, highs = [low for low, _ in shares], [high for _, high in shares]
    assert found.union == pytest.approx((max(lows), min(1, math.fsum(highs))), abs=CLOSE)
    least = max(0, math.fsum(lows) - (len(shares) - 1))
    assert found.intersection == pytest.approx((least, min(highs)), abs=CLOSE)


@settings(deadline=None, max_examples=15)
@given(populations())
def test_with_overlaps_they_are_as_tight_as_dawson_sankoff_and_hunter(people: np.ndarray) -> None:
    shares, overlaps = points(people)
    found = together(shares, overlaps)
    s1 = math.fsum(low for low, _ in shares)
    s2 = math.fsum(low for low, _ in overlaps.values())
    if s1 > 0:
        m = 1 + math.floor(2 * s2 / s1 + 1e-12)
        dawson_sankoff = 2 / (m + 1) * s1 - 2 / (m * (m + 1)) * s2
        assert found.union[0] >= dawson_sankoff - CLOSE
    tree = np.zeros((len(shares), len(shares)))
    for pair, (low, _) in overlaps.items():
        tree[pair] = -(1 + low)  # so that no overlap of 0 is taken for no edge
    heaviest = -minimum_spanning_tree(tree).sum() - (len(shares) - 1)
    assert found.union[1] <= min(1, s1 - heaviest) + CLOSE
    assert found.intersection[1] <= min(low for low, _ in overlaps.values()) + CLOSE


@settings(deadline=None, max_examples=15)
@given(populations(), st.floats(0, 0.3), st.floats(0, 0.3), st.integers(0, 10))
def test_the_truth_is_within_and_more_knowledge_never_widens(
    people: np.ndarray, fewer: float, more: float, forgotten: int
) -> None:
    narrow, wide = sorted((fewer, more))
    sure = together(*points(people, narrow))
    shares, overlaps = points(people, wide)
    unsure = together(shares, dict(list(overlaps.items())[forgotten:]))
    union, intersection = people.any(axis=1).mean(), people.all(axis=1).mean()
    for known, guessed, truth in (
        (sure.union, unsure.union, union),
        (sure.intersection, unsure.intersection, intersection),
    ):
        assert guessed[0] - CLOSE <= known[0] <= truth + CLOSE
        assert truth - CLOSE <= known[1] <= guessed[1] + CLOSE


def test_two_channels_with_their_overlap_are_known() -> None:
    found = together([(0.6, 0.6), (0.5, 0.5)], {(1, 0): (0.2, 0.2)})
    assert found.union == pytest.approx((0.9, 0.9))
    assert found.intersection == pytest.approx((0.2, 0.2))
    assert (found.channels, found.overlaps_known) == (2, 1)


def test_three_channels_by_hand() -> None:
    # All three overlap pairwise in .2: the triple overlap t leaves .5 − t outside the union of
    # shares .5 each, .9 + t in it, and at most .1 + t may be outside.
    point = [(0.5, 0.5)] * 3
    found = together(point, dict.fromkeys([(0, 1), (0, 2), (1, 2)], (0.2, 0.2)))
    assert found.union == pytest.approx((0.9, 1.0))
    assert found.intersection == pytest.approx((0.0, 0.1))


def test_a_survey_of_three_media_lies_within_the_classical_bounds() -> None:
    shares = [(each, each) for each in (0.60, 0.35, 0.10)]
    pairs = {(0, 1): 0.25, (0, 2): 0.08, (1, 2): 0.03}
    found = together(shares, {pair: (each, each) for pair, each in pairs.items()})
    # Dawson and Sankoff: S₁ − S₂ = 1.05 − .36, as S₂ < S₁/2. Hunter: S₁ less the heaviest tree of
    # overlaps, 1.05 − .25 − .08. Independence, 1 − .4·.65·.9 = .766, is possible for no population.
    assert found.union == pytest.approx((0.70, 0.72), abs=1e-6)
    assert found.union[0] >= 1.05 - 0.36


def test_points_of_a_survey_may_contradict_one_another_where_intervals_do_not() -> None:
    shares = [(0.5, 0.5)] * 3
    never = dict.fromkeys([(0, 1), (0, 2), (1, 2)], (0.0, 0.0))  # 1.5 disjoint
    with pytest.raises(NotEstimableError, match=r"contradict one another: no population"):
        together(shares, never)
    rounded = dict.fromkeys([(0, 1), (0, 2), (1, 2)], (0.0, 0.2))
    assert together(shares, rounded).union == pytest.approx((0.9, 1.0))


@pytest.mark.parametrize(
    ("overlap", "allowed"), [((0.4, 0.5), "0.1 to 0.3"), ((0.0, 0.05), "0.1 to 0.3")]
)
def test_a_pair_that_can_not_overlap_so_is_named(
    overlap: tuple[float, float], allowed: str
) -> None:
    with pytest.raises(NotEstimableError, match=f"channels 0 and 2 can't .* allow {allowed}"):
        together([(0.8, 0.8), (0.5, 0.5), (0.3, 0.3)], {(2, 0): overlap})


def test_twelve_channels_can_be_asked_for() -> None:
    found = together([(0.05, 0.1)] * 12, {(3, 7): (0.01, 0.02)})
    assert found.union == pytest.approx((0.08, 1.0), abs=CLOSE)
    assert found.intersection == pytest.approx((0.0, 0.02), abs=CLOSE)


@pytest.mark.parametrize(
    ("shares", "overlaps", "why"),
    [
        ([], {}, "0 channels"),
        ([(0, 1)] * 13, {}, "13 channels"),
        ([(0.5, 0.4)], {}, "interval of 0"),
        ([(0.5, 1.1)], {}, "interval of 0"),
        ([(math.nan, 1)], {}, "interval of 0"),
        ([(0, 1), (0, 1)], {(0, 1): (-1, 0)}, r"interval of \(0, 1\)"),
        ([(0, 1), (0, 1)], {(0, 0): (0, 1)}, "overlap of 0 and 0"),
        ([(0, 1), (0, 1)], {(0, 2): (0, 1)}, "overlap of 0 and 2"),
        ([(0, 1), (0, 1)], {(0, 1): (0, 1), (1, 0): (0, 1)}, "overlap of 1 and 0"),
    ],
)
def test_it_refuses_what_are_no_shares(shares: list, overlaps: dict, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        together(shares, overlaps)
