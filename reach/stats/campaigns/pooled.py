"""One estimate from several campaigns, and where the next campaign's true value may lie."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from reach.errors import NotEstimableError
from reach.stats.campaigns.heterogeneity import Estimator, Heterogeneity, heterogeneity
from reach.stats.campaigns.prediction import PredictionInterval, prediction_interval
from reach.stats.campaigns.random_effects import random_effects
from reach.stats.critical import require_level
from reach.stats.student import critical_value, two_tails

# A Hartung–Knapp factor this close to 1 was not raised: it is 1, but for rounding.
ROUNDING = 1e-9


@dataclass(frozen=True, slots=True)
class Pooled:
    """The mean of the true values behind several estimates.

    Attributes:
        estimate: The mean, in the estimates' unit.
        low: Lower end of its interval.
        high: Upper end of its interval.
        level: Confidence level, 1 − alpha.
        p_value: Least alpha at which the interval excludes 0; from the same statistic.
        standard_error: Of the mean, the variance factor in it.
        critical: Quantile of Student's t.
        degrees_of_freedom: Campaigns less one.
        hartung_knapp: q, the weighted sum of squares about the mean over k − 1.
        variance_factor: What the variance 1/Σw was multiplied by, max(1, q).
        raised: Whether q was below 1 and was raised to it.
        k: Number of campaigns.
        weights: Share of each campaign in the mean, in the order given; their sum is 1.
        heterogeneity: How much the campaigns differ.
        prediction: Interval for one more campaign; None if there are too few.
        no_prediction: Why there is none, in words; None if there is one.
        method: What was done, in words.
    """

    estimate: float
    low: float
    high: float
    level: float
    p_value: float
    standard_error: float
    critical: float
    degrees_of_freedom: int
    hartung_knapp: float
    variance_factor: float
    raised: bool
    k: int
    weights: tuple[float, ...]
    heterogeneity: Heterogeneity
    prediction: PredictionInterval | None
    no_prediction: str | None
    method: str

    @property
    def excludes_zero(self) -> bool:
        """Whether the interval lies on one side of 0; so if and only if p_value ≤ alpha."""
        return self.low > 0 or self.high < 0


def pooled(
    estimates: Sequence[float],
    variances: Sequence[float],
    alpha: float,
    *,
    estimator: Estimator = "reml",
) -> Pooled:
    """Pool the estimates of several campaigns whose true values may differ.

    Weights are w = 1/(v + τ²), the variance max(1, q)/Σw with q = Σ w(y − mean)²/(k − 1), the
    interval Student's t with k − 1 degrees of freedom. Without the 1 in max(1, q) a few
    campaigns that happen to agree would give an interval shorter than sampling error allows.

    Args:
        estimates: One for each campaign, in any unit in which 0 is "no difference".
        variances: Square of each one's standard error, above 0.
        alpha: Probability of error, between 0 and 1.
        estimator: Of τ², ``reml`` or ``paule_mandel``.

    Returns:
        The mean with interval and p-value, and from three campaigns on a prediction interval.

    Raises:
        NotEstimableError: Fewer than two campaigns, or one with a sampling variance of 0.
        ValueError: Not a pair for each campaign, or a number or name out of range.

    References:
        Hartung & Knapp (2001), Statistics in Medicine 20, 3875–3889. Röver, Knapp & Friede
        (2015), BMC Medical Research Methodology 15:99 (the 1 in max(1, q)).

    Examples:
        >>> found = pooled([0.12, 0.80, 0.54, -0.14], [0.0216, 0.063, 0.0912, 0.0279], 0.05)
        >>> round(found.estimate, 4), round(found.low, 4), round(found.high, 4)
        (0.2869, -0.383, 0.9569)
        >>> round(found.prediction.low, 3), round(found.prediction.high, 3)
        (-1.512, 2.086)
    """
    require_level(alpha)
    model = random_effects(estimates, variances)
    spread = heterogeneity(estimates, variances, estimator)
    nu, unit = spread.k - 1, model.unit
    t = np.asarray(spread.tau2 / unit / unit)
    w, mean = model.weights(t), float(model.means(t))
    q = float(model.squares(t)) / nu
    factor = max(1.0, q)
    estimate = model.origin + mean * unit
    error = math.sqrt(factor / float(w.sum())) * unit
    critical = critical_value(nu, alpha)
    prediction, no_prediction = None, None
    try:
        prediction = prediction_interval(estimate, error, spread.tau2, spread.k, alpha)
    except NotEstimableError as too_few:
        no_prediction = str(too_few)
    shares = np.empty_like(w)
    shares[model.order] = w / w.sum()
    return Pooled(
        estimate=estimate,
        low=estimate - critical * error,
        high=estimate + critical * error,
        level=1 - alpha,
        p_value=two_tails(nu, abs(estimate) / error),
        standard_error=error,
        critical=critical,
        degrees_of_freedom=nu,
        hartung_knapp=q,
        variance_factor=factor,
        raised=q < 1 - ROUNDING,
        k=spread.k,
        weights=tuple(shares.tolist()),
        heterogeneity=spread,
        prediction=prediction,
        no_prediction=no_prediction,
        method=f"random effects, {'REML' if estimator == 'reml' else 'Paule–Mandel'}, Hartung–Knapp with a factor of at least 1, t with k − 1 degrees of freedom",
    )
