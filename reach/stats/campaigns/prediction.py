"""Where the true value of the next campaign may lie, given those that have been."""

from __future__ import annotations

import math
from dataclasses import dataclass

from reach.errors import NotEstimableError
from reach.stats.finite import finite
from reach.stats.student import critical_value


@dataclass(frozen=True, slots=True)
class PredictionInterval:
    """Where the true value of one more campaign of the same kind may lie.

    Attributes:
        low: Lower end.
        high: Upper end.
        level: Level, 1 − alpha.
        critical: Quantile of Student's t.
        degrees_of_freedom: Its degrees of freedom; inf is normal.
        k: Number of campaigns that it rests on.
        method: What was done, in words.
    """

    low: float
    high: float
    level: float
    critical: float
    degrees_of_freedom: float
    k: int
    method: str


@finite("degrees_of_freedom")
def prediction_interval(
    mean: float,
    standard_error: float,
    tau2: float,
    k: int,
    alpha: float,
    *,
    degrees_of_freedom: float | None = None,
) -> PredictionInterval:
    """Interval mean ± t·√(τ² + SE²) for the true value of one more campaign.

    The k campaigns have been used for a mean and a variance, so k − 2 degrees of freedom are
    left. It is approximate: with few campaigns, or with precisions that differ much, it can
    miss more often than its level says.

    Args:
        mean: The pooled estimate.
        standard_error: Its standard error, above 0.
        tau2: Variance of the true values between campaigns, 0 or more.
        k: Number of campaigns.
        alpha: Probability of error, between 0 and 1.
        degrees_of_freedom: Above 0, others than k − 2; inf for the normal distribution.

    Returns:
        The interval, with its degrees of freedom in words.

    Raises:
        NotEstimableError: Fewer than three campaigns.
        ValueError: A number is out of its range.

    References:
        Higgins, Thompson & Spiegelhalter (2009), Journal of the Royal Statistical Society A
        172, 137–159. Riley, Higgins & Deeks (2011), BMJ 342, d549. Partlett & Riley (2017),
        Statistics in Medicine 36, 301–317 (with Hartung and Knapp's standard error).

    Examples:
        The 13 trials of BCG by normal theory, as risk ratios.

        >>> found = prediction_interval(
        ...     -0.714532, 0.179782, 0.313243, k=13, alpha=0.05, degrees_of_freedom=math.inf
        ... )
        >>> round(math.exp(found.low), 4), round(math.exp(found.high), 4)
        (0.1546, 1.549)
    """
    if not (math.isfinite(mean) and 0 < standard_error < math.inf and 0 <= tau2 < math.inf):
        raise ValueError(
            f"got mean {mean}, standard error {standard_error} and τ² {tau2}, expected finite, above 0, and 0 or more"
        )
    left = k - 2
    if left < 1:
        raise NotEstimableError(
            f"{k} campaign{'s' if k > 1 else ''} cannot tell how the next one may differ: a prediction interval needs three or more"
        )
    nu = left if degrees_of_freedom is None else degrees_of_freedom
    critical = critical_value(nu, alpha)
    reach = critical * math.hypot(standard_error, math.sqrt(tau2))
    law = "normal" if math.isinf(nu) else f"t with {nu:g} degrees of freedom"
    return PredictionInterval(
        low=mean - reach,
        high=mean + reach,
        level=1 - alpha,
        critical=critical,
        degrees_of_freedom=nu,
        k=k,
        method=f"Higgins–Thompson–Spiegelhalter, {law}{', k − 2' if degrees_of_freedom is None else ''}",
    )
