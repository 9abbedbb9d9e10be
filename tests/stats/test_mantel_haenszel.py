import math

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from statsmodels.stats.contingency_tables import StratifiedTable

from reach.errors import NotEstimableError
from reach.stats.counts.homogeneity import homogeneity_test
from reach.stats.counts.mantel_haenszel import association_test, common_odds_ratio

# Bickel, Hammel and O'Connell (1975): admitted and rejected men and women, by department.
BERKELEY = [
    (512, 313, 89, 19),
    (353, 207, 17, 8),
    (120, 205, 202, 391),
    (138, 279, 131, 244),
    (53, 138, 94, 299),
    (22, 351, 24, 317),
]
# Penicillin and rabbits, as in help(mantelhaen.test) of R: cured and died, without delay and
# after 1.5 h, by dose. Nobody was cured at the first dose, and everybody at the last.
RABBITS = [(0, 6, 0, 5), (3, 3, 0, 6), (6, 0, 2, 4), (5, 1, 6, 0), (2, 0, 5, 0)]

CELL = st.integers(1, 40)
STRATA = st.lists(st.tuples(CELL, CELL, CELL, CELL), min_size=2, max_size=6)


def oracle(tables: list[tuple[int, int, int, int]]) -> StratifiedTable:
    return StratifiedTable([np.array(table).reshape(2, 2).astype(float) for table in tables])


def test_berkeley_equals_r() -> None:
    # R 4.2.2: mantelhaen.test(UCBAdmissions); conf.level = .9 for the last interval
    found = common_odds_ratio(BERKELEY, 0.05)
    assert found.estimate == pytest.approx(0.9046968283, rel=1e-9)
    assert (found.low, found.high) == pytest.approx((0.7719073618, 1.0603297644), rel=1e-9)
    ninety = common_odds_ratio(BERKELEY, 0.1)
    assert (ninety.low, ninety.high) == pytest.approx((0.7918603016, 1.033612052), rel=1e-9)
    # metafor 3.8: rma.mh(measure = "OR", ai = U[1, 1, ], bi = U[2, 1, ], ci = U[1, 2, ],
    #                     di = U[2, 2, ], correct = FALSE), fields se, pval
    assert found.standard_error == pytest.approx(0.08098890966, rel=1e-9)
    assert found.p_value == pytest.approx(0.2162149728, rel=1e-9)
    assert (found.strata, found.uninformative, found.level) == (6, (), 0.95)


def test_berkeley_tests_equal_r() -> None:
    # the same calls: statistic and p.value, correct = TRUE and FALSE
    corrected = association_test(BERKELEY, continuity=True)
    assert corrected.statistic == pytest.approx(1.426946229, rel=1e-9)
    assert corrected.p_value == pytest.approx(0.2322634628, rel=1e-9)
    plain = association_test(BERKELEY)
    assert plain.statistic == pytest.approx(1.52460666, rel=1e-9)
    assert plain.p_value == pytest.approx(0.2169236971, rel=1e-9)
    # metafor's rma.mh, fields BD, TA and their p-values
    alike = homogeneity_test(BERKELEY)
    assert alike.statistic == pytest.approx(18.82550125, rel=1e-9)
    assert alike.p_value == pytest.approx(0.002071401398, rel=1e-8)
    assert alike.degrees_of_freedom == 5
    assert homogeneity_test(BERKELEY, tarone=False).statistic == pytest.approx(
        18.82551371, rel=1e-9
    )


def test_strata_that_compare_nothing_change_nothing() -> None:
    # R 4.2.2: mantelhaen.test(Rabbits); metafor 3.8: rma.mh(..., drop00 = FALSE), whose k.pos
    # is 3 and whose Tarone test has 2 degrees of freedom
    found = common_odds_ratio(RABBITS, 0.05)
    assert found.estimate == pytest.approx(7)
    assert (found.low, found.high) == pytest.approx((1.026712688, 47.72513338), rel=1e-9)
    assert found.p_value == pytest.approx(0.04693556662, rel=1e-9)
    assert (found.strata, found.uninformative) == (3, (0, 4))
    assert association_test(RABBITS).statistic == pytest.approx(5.657142857, rel=1e-9)
    assert association_test(RABBITS, continuity=True).p_value == pytest.approx(
        0.04747225514, rel=1e-9
    )
    alike = homogeneity_test(RABBITS)
    assert (alike.statistic, alike.p_value) == pytest.approx((8.358315601, 0.01531139739))
    assert (alike.degrees_of_freedom, alike.strata) == (2, 3)
    assert homogeneity_test(RABBITS, tarone=False).statistic == pytest.approx(8.627331762)
    empty = [(0, 0, 0, 0), (0, 0, 3, 4), (5, 0, 2, 0)]
    assert common_odds_ratio([*RABBITS, *empty], 0.05).low == found.low
    assert homogeneity_test([*RABBITS, *empty]) == alike


@given(STRATA, st.sampled_from([0.01, 0.05, 0.2]))
@settings(max_examples=60, deadline=None)
def test_it_equals_statsmodels(tables: list[tuple[int, int, int, int]], alpha: float) -> None:
    other = oracle(tables)
    found = common_odds_ratio(tables, alpha)
    assert found.estimate == pytest.approx(other.oddsratio_pooled, rel=1e-9)
    assert (found.low, found.high) == pytest.approx(
        other.oddsratio_pooled_confint(alpha=alpha), rel=1e-9
    )
    null = other.test_null_odds(correction=False)
    assert association_test(tables).statistic == pytest.approx(null.statistic, rel=1e-9, abs=1e-12)
    assume(abs(found.estimate - 1) > 1e-3)  # there statsmodels divides 0 by 0
    for adjust in (True, False):
        alike = other.test_equal_odds(adjust=adjust)
        mine = homogeneity_test(tables, tarone=adjust)
        assert mine.statistic == pytest.approx(alike.statistic, rel=1e-6, abs=1e-8)
        assert mine.p_value == pytest.approx(alike.pvalue, rel=1e-6, abs=1e-8)


@given(STRATA, st.sampled_from([0.01, 0.05, 0.2]))
def test_interval_and_p_value_agree(tables: list[tuple[int, int, int, int]], alpha: float) -> None:
    found = common_odds_ratio(tables, alpha)
    assert 0 < found.low < found.estimate < found.high
    assume(abs(found.p_value - alpha) > 1e-12)
    assert found.excludes_one == (found.p_value <= alpha)
    turned = common_odds_ratio([(c, d, a, b) for a, b, c, d in tables], alpha)
    assert (turned.low, turned.high) == pytest.approx((1 / found.high, 1 / found.low))


def test_one_stratum_has_woolfs_standard_error() -> None:
    found = common_odds_ratio([(9, 4, 3, 11)], 0.05)
    assert found.estimate == pytest.approx(9 * 11 / (4 * 3))
    assert found.standard_error == pytest.approx(math.sqrt(1 / 9 + 1 / 4 + 1 / 3 + 1 / 11))


def test_strata_of_one_odds_ratio_are_alike_however_unequal() -> None:
    tables = [(2, 1, 1, 1), (2_000_000, 1_000_000, 3_000_000, 3_000_000), (20, 1, 10, 1)]
    assert homogeneity_test(tables).statistic == pytest.approx(0, abs=1e-9)
    assert homogeneity_test(tables).p_value == pytest.approx(1, abs=1e-6)


def test_rare_failures_among_millions_keep_their_digits() -> None:
    """The same strata with arms, or outcomes, the other way round give the same statistic."""
    tables = [(9_999_990, 10, 9_999_999, 1), (4_999_998, 2, 5_999_995, 5)]
    turned = [(b, a, d, c) for a, b, c, d in tables]
    swapped = [(c, d, a, b) for a, b, c, d in tables]
    statistic = homogeneity_test(tables).statistic
    assert statistic > 1
    assert homogeneity_test(turned).statistic == pytest.approx(statistic, rel=1e-9)
    assert homogeneity_test(swapped).statistic == pytest.approx(statistic, rel=1e-9)


def test_half_a_unit_is_only_taken_off_what_is_as_large() -> None:
    # R 4.2.2: YATES <- if (correct && (DELTA >= 0.5)) 0.5 else 0, in mantelhaen.test
    level = [(5, 5, 5, 5), (3, 3, 4, 4)]
    assert association_test(level, continuity=True).statistic == 0


def test_a_cell_that_is_all_but_empty_is_no_division_by_zero() -> None:
    found = homogeneity_test([(1, 10**9, 10**9, 1), (1000, 5, 5, 0)])
    assert found.statistic == pytest.approx(0, abs=1e-9)


def test_what_is_not_estimable_says_why() -> None:
    with pytest.raises(NotEstimableError, match="none of 2 strata"):
        common_odds_ratio([(0, 0, 1, 2), (3, 0, 2, 0)], 0.05)
    with pytest.raises(NotEstimableError, match="none of 0 strata"):
        association_test([])
    with pytest.raises(NotEstimableError, match="no upper limit"):
        common_odds_ratio([(5, 0, 3, 2)], 0.05)
    with pytest.raises(NotEstimableError, match="no lower limit"):
        common_odds_ratio([(3, 2, 5, 0)], 0.05)
    assert 0 < association_test([(5, 0, 3, 2)]).p_value < 1
    with pytest.raises(NotEstimableError, match="one stratum"):
        homogeneity_test([(5, 1, 3, 2), (0, 0, 3, 2)])
    with pytest.raises(NotEstimableError, match="no upper limit"):
        homogeneity_test([(5, 0, 3, 2), (4, 0, 3, 2)])


@pytest.mark.parametrize("table", [(1, 2, 3), (1, 2, 3, -1), (1, 2, 3, 1.5), (1, 2, 3, math.inf)])
def test_impossible_tables_are_refused(table: tuple[float, ...]) -> None:
    with pytest.raises(ValueError, match="in stratum 1, expected four whole counts"):
        association_test([(1, 2, 3, 4), table])
    with pytest.raises(ValueError, match="alpha"):
        common_odds_ratio([(1, 2, 3, 4)], 1)
