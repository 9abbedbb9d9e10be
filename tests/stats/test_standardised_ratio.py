"""UC Berkeley admissions: Bickel, Hammel & O'Connell 1975, as in R's `UCBAdmissions`."""

import math

import numpy as np
import pytest

from reach.stats.gram import GramStratum
from reach.stats.ratio import covariance, overlap, ratio

# Men admitted and rejected, women admitted and rejected; departments A to F.
ADMISSIONS = np.array(
    [
        [512, 313, 89, 19],
        [353, 207, 17, 8],
        [120, 205, 202, 391],
        [138, 279, 131, 244],
        [53, 138, 94, 299],
        [22, 351, 24, 317],
    ]
)
MEN = ([0, 1, 0, 0], [1, 0, 0, 0])
WOMEN = ([0, 0, 0, 1], [0, 0, 1, 0])
APPLICANTS = [int(n) for n in ADMISSIONS.sum(axis=1)]


def department(row: np.ndarray) -> GramStratum:
    """Every applicant is their own cluster; axes: men, men admitted, women, women admitted."""
    men, men_in, women, women_in = row[0] + row[1], row[0], row[2] + row[3], row[2]
    gram = np.array(
        [
            [men, men_in, 0, 0],
            [men_in, men_in, 0, 0],
            [0, 0, women, women_in],
            [0, 0, women_in, women_in],
        ]
    )
    return GramStratum(np.array([men, men_in, women, women_in]), gram, int(row.sum()))


DEPARTMENTS = [department(row) for row in ADMISSIONS]


def test_crude_rates_favour_men() -> None:
    assert round(ratio(DEPARTMENTS, *MEN).estimate, 4) == 0.4452
    assert round(ratio(DEPARTMENTS, *WOMEN).estimate, 4) == 0.3035


def test_standardised_by_all_applicants_of_a_department_they_favour_women() -> None:
    men, women = (ratio(DEPARTMENTS, *who, weights=APPLICANTS) for who in (MEN, WOMEN))
    assert round(men.estimate, 4) == 0.3873
    assert round(women.estimate, 4) == 0.4300
    assert round(men.estimate - women.estimate, 5) == -0.04264
    # The published standard error is that of fixed weights without κ; κ makes it .01832.
    assert round(math.sqrt(men.variance_cr0 + women.variance_cr0), 5) == 0.01831
    with_kappa = math.sqrt(covariance(men, men) + covariance(women, women))
    assert with_kappa == pytest.approx(0.0183153, abs=5e-8)
    assert covariance(men, women) == 0
    assert not overlap(men, women)


def test_effective_clusters_and_trials_of_a_standardised_rate() -> None:
    women = ratio(DEPARTMENTS, *WOMEN, weights=APPLICANTS)
    shares = np.array(APPLICANTS) / sum(APPLICANTS)
    carrying = 1 / float((shares**2 / ADMISSIONS[:, 2:].sum(axis=1)).sum())
    assert women.effective_clusters == pytest.approx(carrying)
    assert women.effective_trials == pytest.approx(carrying)
    assert women.denominator == 1835


def test_the_scale_of_the_weights_does_not_matter() -> None:
    one = ratio(DEPARTMENTS, *MEN, weights=APPLICANTS)
    other = ratio(DEPARTMENTS, *MEN, weights=[n / 7 for n in APPLICANTS])
    assert other.estimate == pytest.approx(one.estimate, rel=1e-14)
    assert other.variance == pytest.approx(one.variance, rel=1e-13)


def test_a_heavy_stratum_of_few_does_not_hide_behind_the_many() -> None:
    """All 20 of the stratum that weighs 99 % succeeded, half of 1,000 of the other one did."""
    heavy = GramStratum(np.array([20, 20]), np.full((2, 2), 20), 20)
    light = GramStratum(np.array([1000, 500]), np.array([[1000, 500], [500, 500]]), 1000)
    rate = ratio([heavy, light], [0, 1], [1, 0], weights=[99, 1])
    assert rate.effective_trials is not None
    assert 20 < rate.effective_trials < 20.5


def test_rounding_of_weights_moves_no_rate_off_1() -> None:
    strata = [GramStratum(np.array([3, 3]), np.full((2, 2), 3), 3)] * 7
    weights = [0.1, 0.7, 0.3, 0.11, 0.13, 0.17, 0.19]
    assert ratio(strata, [0, 1], [1, 0], weights=weights).estimate == 1
