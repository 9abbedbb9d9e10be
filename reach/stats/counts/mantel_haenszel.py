"""Odds of success in two arms, compared within strata: Mantel and Haenszel's common odds ratio.

For counts of independent units. A stratum in which an arm is empty, or in which all units
succeeded or all failed, compares nothing: it adds 0 to every sum below, and is counted.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from scipy.special import chdtrc, ndtr, ndtri

from reach.errors import NotEstimableError
from reach.stats.critical import require_level
from reach.stats.finite import finite

# Successes and failures of A, successes and failures of B.
Table = Sequence[int]
_CELLS = 4


@dataclass(frozen=True, slots=True)
class CommonOddsRatio:
    """One odds ratio for all strata.

    Attributes:
        estimate: Odds of success in A over odds in B, above 0.
        low: Lower end of the interval.
        high: Upper end of it.
        p_value: Two-sided, of an odds ratio of 1; least alpha at which the interval excludes 1.
        standard_error: Of the logarithm of the estimate.
        strata: How many strata compare something.
        uninformative: Places, from 0, of those that do not.
        level: Confidence level, 1 − alpha.
        method: What was done, in words.
    """

    estimate: float
    low: float
    high: float
    p_value: float
    standard_error: float
    strata: int
    uninformative: tuple[int, ...]
    level: float
    method: str

    @property
    def excludes_one(self) -> bool:
        """Whether the interval lies on one side of 1; so if and only if p_value ≤ alpha."""
        return self.low > 1 or self.high < 1


@dataclass(frozen=True, slots=True)
class StrataTest:
    """A χ² test over strata.

    Attributes:
        statistic: χ².
        degrees_of_freedom: Of the χ².
        p_value: Of the statistic.
        strata: How many strata compare something.
        method: What was done, in words.
    """

    statistic: float
    degrees_of_freedom: int
    p_value: float
    strata: int
    method: str


@finite()
def common_odds_ratio(tables: Sequence[Table], alpha: float) -> CommonOddsRatio:
    """Common odds ratio with Robins, Breslow and Greenland's interval.

    Args:
        tables: By stratum: successes and failures in A, successes and failures in B; whole,
            0 or more, of independent units.
        alpha: Probability of error, between 0 and 1.

    Returns:
        The odds ratio, its interval and the p-value of that interval.

    Raises:
        NotEstimableError: No stratum compares the arms, or the odds ratio would be 0 or
            without limit.
        ValueError: Not four counts a stratum, or alpha out of range.

    References:
        Mantel & Haenszel (1959), JNCI 22, 719–748. Robins, Breslow & Greenland (1986),
        Biometrics 42, 311–323.

    Examples:
        UC Berkeley 1973: admitted and rejected men and women in six departments.

        >>> departments = [
        ...     (512, 313, 89, 19), (353, 207, 17, 8), (120, 205, 202, 391),
        ...     (138, 279, 131, 244), (53, 138, 94, 299), (22, 351, 24, 317),
        ... ]
        >>> found = common_odds_ratio(departments, alpha=0.05)
        >>> round(found.estimate, 4), round(found.low, 4), round(found.high, 4)
        (0.9047, 0.7719, 1.0603)
    """
    require_level(alpha)
    compared = compared_tables(tables)
    for_a = math.fsum(a * d / (a + b + c + d) for a, b, c, d in compared)
    for_b = math.fsum(b * c / (a + b + c + d) for a, b, c, d in compared)
    if for_b == 0:
        raise NotEstimableError(
            "in no stratum did a unit of the first arm fail and one of the second succeed: "
            "the odds ratio has no upper limit"
        )
    if for_a == 0:
        raise NotEstimableError(
            "in no stratum did a unit of the first arm succeed and one of the second fail: "
            "the odds ratio has no lower limit above 0"
        )
    variance = math.fsum(_variance(table, for_a, for_b) for table in compared)
    log_ratio, error = math.log(for_a) - math.log(for_b), math.sqrt(variance)
    reach = -float(ndtri(alpha / 2)) * error
    return CommonOddsRatio(
        estimate=for_a / for_b,
        low=math.exp(log_ratio - reach),
        high=math.exp(log_ratio + reach),
        p_value=float(2 * ndtr(-abs(log_ratio) / error)),
        standard_error=error,
        strata=len(compared),
        uninformative=tuple(place for place, table in enumerate(tables) if not _compares(table)),
        level=1 - alpha,
        method="Mantel–Haenszel, Robins–Breslow–Greenland",
    )


@finite()
def association_test(tables: Sequence[Table], *, continuity: bool = False) -> StrataTest:
    """Mantel and Haenszel's χ² of no difference in any stratum.

    It holds where the odds ratio is 0 or has no limit. It is another statistic than that of
    the interval of `common_odds_ratio`, and near the border may differ from it.

    Args:
        tables: As in `common_odds_ratio`.
        continuity: Whether half a unit is taken off the difference, if it is as large.

    Returns:
        The test, with one degree of freedom.

    Raises:
        NotEstimableError: No stratum compares the arms.
        ValueError: Not four counts a stratum.

    References:
        Mantel & Haenszel (1959), JNCI 22, 719–748.
    """
    compared = compared_tables(tables)
    apart = abs(math.fsum((a * d - b * c) / (a + b + c + d) for a, b, c, d in compared))
    half = 0.5 if continuity and apart >= 0.5 else 0.0  # noqa: PLR2004
    variance = math.fsum(
        (a + b) * (c + d) * (a + c) * (b + d) / ((a + b + c + d) ** 2 * (a + b + c + d - 1))
        for a, b, c, d in compared
    )
    statistic = (apart - half) ** 2 / variance
    return StrataTest(
        statistic,
        1,
        float(chdtrc(1, statistic)),
        len(compared),
        "Mantel–Haenszel χ²" + (", continuity corrected" if continuity else ""),
    )


@finite()
def compared_tables(tables: Sequence[Table]) -> list[tuple[int, int, int, int]]:
    """The strata that compare something; arguments and errors as in `association_test`."""
    compared = []
    for place, table in enumerate(tables):
        cells = [int(count) for count in table if count >= 0 and float(count).is_integer()]
        if not len(cells) == len(table) == _CELLS:
            raise ValueError(
                f"got {list(table)} in stratum {place}, expected four whole counts of 0 or more"
            )
        if _compares(table):
            compared.append((cells[0], cells[1], cells[2], cells[3]))
    if not compared:
        raise NotEstimableError(
            f"none of {len(tables)} strata compares the arms: in each an arm is empty, or all "
            "succeeded, or all failed"
        )
    return compared


def _compares(table: Table) -> bool:
    a, b, c, d = table
    return a + b > 0 and c + d > 0 and a + c > 0 and b + d > 0


def _variance(table: tuple[int, int, int, int], for_a: float, for_b: float) -> float:
    """What one stratum adds to the variance of the logarithm."""
    a, b, c, d = table
    n = a + b + c + d
    alike, unlike, r, s = (a + d) / n, (b + c) / n, a * d / n, b * c / n
    return (alike * r / for_a**2 + (alike * s + unlike * r) / (for_a * for_b)) / 2 + (
        unlike * s / for_b**2
    ) / 2
