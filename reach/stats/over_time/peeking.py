"""Intervals that stay right however often, and whenever, somebody looks."""

from __future__ import annotations

import math
from dataclasses import dataclass

from reach.errors import NotEstimableError
from reach.stats.critical import require_level
from reach.stats.finite import finite

# The sequence rests on a central limit theorem: it says nothing about the first hundred.
FIRST_LOOK = 100


@dataclass(frozen=True, slots=True)
class AnytimeInterval:
    """One look of a confidence sequence.

    Attributes:
        estimate: What was estimated.
        low: Lower end of the interval.
        high: Upper end of the interval.
        standard_error: Of the estimate, cluster-robust if the caller's is.
        recipients: n, recipients so far in all arms together.
        effective_clusters: G*, of the arm that has the fewest.
        narrowest_at: n*, the number of recipients for which the sequence was tuned.
        p_value: Least alpha, for this contrast alone and with ρ kept, whose interval
            excludes 0.
        p_adjusted: The same for the whole family, min(1, contrasts × p).
        contrasts: Size of the family.
        level: Confidence level of the family over all looks, 1 − alpha.
        method: What was done, in words.
    """

    estimate: float
    low: float
    high: float
    standard_error: float
    recipients: int
    effective_clusters: float
    narrowest_at: float
    p_value: float
    p_adjusted: float
    contrasts: int
    level: float
    method: str

    @property
    def excludes_zero(self) -> bool:
        """Whether the interval lies on one side of 0; so if and only if p_adjusted ≤ alpha."""
        return self.low > 0 or self.high < 0


@finite()
def anytime_interval(
    estimate: float,
    standard_error: float,
    recipients: int,
    effective_clusters: float,
    narrowest_at: float,
    alpha: float = 0.05,
    *,
    contrasts: int = 1,
) -> AnytimeInterval:
    """Interval of an estimate at one of any number of looks.

    With s² = n·SE² the half-width is s·√(2(nρ²+1)/(n²ρ²)·log(√(nρ²+1)/α)), where
    ρ² = (−2 log α + log(1 − 2 log α))/n*. α is the two-sided error over *all* looks together,
    divided by the contrasts. A recipient may enter once only, in the order of their first
    message, after an outcome window fixed before; otherwise early looks see quick outcomes.
    n* has to be fixed before the first look.

    Args:
        estimate: A rate, or a difference of rates or means, over recipients.
        standard_error: Of the estimate, above 0, with recipients as clusters.
        recipients: n, in all arms together, 1 or more.
        effective_clusters: G* of the arm that has the fewest, above 0.
        narrowest_at: n*, the n at which the interval shall be tightest, above 0.
        alpha: Probability of error of the family over all looks, between 0 and 1.
        contrasts: Size of the family (Bonferroni), 1 or more.

    Returns:
        The interval and its p-values.

    Raises:
        NotEstimableError: G* is below 100, or nothing has varied so far (SE is 0).
        ValueError: An argument is out of its range.

    References:
        Waudby-Smith, Arbour, Sinha, Kennedy & Ramdas (2024), Annals of Statistics 52,
        2613–2640 (the choice of ρ, too). Howard, Ramdas, McAuliffe & Sekhon
        (2021), Annals of Statistics 49, 1055–1080.

    Examples:
        The price of looking at any time: 3.04 standard errors to either side, where one
        planned look has 1.96.

        >>> look = anytime_interval(0.031, 0.01, 5000, 5000, narrowest_at=5000)
        >>> round(look.low, 4), round(look.high, 4), round(look.p_value, 4)
        (0.0006, 0.0614, 0.0419)
    """
    require_level(alpha)
    if contrasts < 1:
        raise ValueError(f"contrasts is {contrasts}, expected 1 or more")
    if not (math.isfinite(estimate) and 0 <= standard_error < math.inf):
        raise ValueError(
            f"got {estimate} with standard error {standard_error}, expected finite numbers"
        )
    if not (recipients >= 1 and 0 < narrowest_at < math.inf):
        raise ValueError(
            f"recipients is {recipients} and narrowest_at is {narrowest_at}, expected above 0"
        )
    if not 0 < effective_clusters <= recipients * (1 + 1e-9):
        raise ValueError(
            f"effective_clusters is {effective_clusters}, expected above 0 and at most recipients"
        )
    if effective_clusters < FIRST_LOOK:
        raise NotEstimableError(
            f"too early to look: an arm has {effective_clusters:.0f} effective recipients, and"
            f" intervals for looking at any time hold from {FIRST_LOOK} on"
        )
    if standard_error == 0:
        raise NotEstimableError(
            "too early to look: every message so far ended alike, so nothing tells how much"
            " the rates vary"
        )
    error = alpha / contrasts
    gathered = recipients * _tuning(error, narrowest_at)  # nρ²
    spread = standard_error * math.sqrt(2 * (gathered + 1) / gathered)
    half = spread * math.sqrt(math.log1p(gathered) / 2 - math.log(error))
    # The same equation, solved for the error at which the interval just touches 0.
    p_value = min(1.0, math.exp(math.log1p(gathered) / 2 - (estimate / spread) ** 2))
    return AnytimeInterval(
        estimate=estimate,
        low=estimate - half,
        high=estimate + half,
        standard_error=standard_error,
        recipients=recipients,
        effective_clusters=effective_clusters,
        narrowest_at=narrowest_at,
        p_value=p_value,
        p_adjusted=min(1.0, contrasts * p_value),
        contrasts=contrasts,
        level=1 - alpha,
        method="asymptotic confidence sequence (normal mixture), valid at every look",
    )


@finite()
def relative_lift(
    rate: float,
    baseline: float,
    rate_variance: float,
    baseline_variance: float,
    covariance: float = 0.0,
) -> tuple[float, float]:
    """Relative lift R − 1 of a rate over a baseline, R = rate/baseline, by the delta method.

    SE² = (V_rate + R²·V_baseline − 2R·Cov)/baseline². For the published value the variances
    are p(1−p)/n, without n − 1, and n of the sequence is that of both arms together.

    Args:
        rate: Rate of the arm in question, 0 or more.
        baseline: Rate of the arm it is measured by, 0 or more.
        rate_variance: Variance of the first, 0 or more.
        baseline_variance: Variance of the second, 0 or more.
        covariance: Of both, 0 if no recipient is in both arms.

    Returns:
        The lift and its standard error, for `anytime_interval`.

    Raises:
        NotEstimableError: The baseline is 0.
        ValueError: A rate or variance is negative or not finite, or the covariance is not one
            that such variances can have.

    References:
        Deng, Knoblich & Lu (2018), KDD 2018, 233–242 (delta method for a ratio).

    Examples:
        The test suite of GrowthBook's statistics engine: 2422 of 3461 against 1396 of 3000.

        >>> b, a = 2422 / 3461, 1396 / 3000
        >>> lift, error = relative_lift(b, a, b * (1 - b) / 3461, a * (1 - a) / 3000)
        >>> look = anytime_interval(lift, error, 6461, 3000, narrowest_at=5000)
        >>> round(look.estimate, 5), round(look.low, 5), round(look.high, 5)
        (0.50386, 0.40098, 0.60675)
    """
    given = (rate, baseline, rate_variance, baseline_variance)
    if not all(0 <= number < math.inf for number in given):
        raise ValueError(f"got rates and variances {given}, expected finite and 0 or more")
    if not abs(covariance) <= math.sqrt(rate_variance * baseline_variance) * (1 + 1e-9):
        raise ValueError(f"covariance is {covariance}, more than the variances allow")
    if baseline == 0:
        raise NotEstimableError("the baseline's rate is 0: there is no lift relative to nothing")
    times = rate / baseline
    variance = rate_variance + times**2 * baseline_variance - 2 * times * covariance
    return times - 1, math.sqrt(max(0.0, variance)) / baseline


def _tuning(error: float, narrowest_at: float) -> float:
    """ρ², with which the sequence is about tightest at n*."""
    return (-2 * math.log(error) + math.log1p(-2 * math.log(error))) / narrowest_at
