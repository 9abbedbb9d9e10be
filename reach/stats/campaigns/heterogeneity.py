"""How much campaigns differ from one another beyond the sampling error of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from scipy.special import chdtrc

from reach.stats.campaigns.between import paule_mandel, reml
from reach.stats.campaigns.random_effects import random_effects

Estimator = Literal["reml", "paule_mandel"]


@dataclass(frozen=True, slots=True)
class Heterogeneity:
    """Spread of the true values behind several estimates.

    Attributes:
        tau2: Variance of the true values between campaigns, τ², in the estimates' unit squared;
            0 where the estimates differ no more than sampling error explains.
        estimator: How τ² was estimated.
        cochran_q: Cochran's Q, the weighted sum of squares if there were no spread.
        degrees_of_freedom: Of Q, campaigns less one.
        q_p_value: Probability of so large a Q if there were no spread.
        i2: Share of the variance between estimates that is spread, 0 to 1, from τ² and the
            typical sampling variance; the figure from Q alone differs a little.
        h2: Variance between estimates as a multiple of the typical sampling variance, 1/(1 − I²).
        k: Number of campaigns.
    """

    tau2: float
    estimator: Estimator
    cochran_q: float
    degrees_of_freedom: int
    q_p_value: float
    i2: float
    h2: float
    k: int


def heterogeneity(
    estimates: Sequence[float], variances: Sequence[float], estimator: Estimator = "reml"
) -> Heterogeneity:
    """Estimate the variance between campaigns, and what share of what is seen it makes up.

    Args:
        estimates: One for each campaign, in any unit.
        variances: Square of each one's standard error, above 0.
        estimator: ``reml``, restricted maximum likelihood, or ``paule_mandel``, the τ² at which
            the weighted sum of squares is what it should be, k − 1.

    Returns:
        τ² ≥ 0 and its companions.

    Raises:
        NotEstimableError: Fewer than two campaigns, or one with a sampling variance of 0.
        ValueError: Not a pair for each campaign, a number out of range, or no such estimator.

    References:
        Cochran (1954), Biometrics 10, 101–129. Paule & Mandel (1982), Journal of Research of
        the National Bureau of Standards 87, 377–385. Viechtbauer (2005), Journal of Educational
        and Behavioral Statistics 30, 261–293 (REML). Higgins & Thompson (2002), Statistics in
        Medicine 21, 1539–1558 (I², H², typical variance: equation 9).

    Examples:
        Differences in four campaigns, and their sampling variances.

        >>> found = heterogeneity([0.12, 0.80, 0.54, -0.14], [0.0216, 0.063, 0.0912, 0.0279])
        >>> round(found.tau2, 4), round(found.cochran_q, 3), round(found.i2, 3)
        (0.1305, 11.358, 0.763)
    """
    model = random_effects(estimates, variances)
    if estimator not in ("reml", "paule_mandel"):
        raise ValueError(f"got estimator {estimator!r}, expected reml or paule_mandel")
    k, none = len(model.variances), np.zeros(())
    t = reml(model) if estimator == "reml" else paule_mandel(model)
    squares = float(model.squares(none))
    ratio = t * float(model.precision(none)) / (k - 1)  # τ² by the typical sampling variance
    return Heterogeneity(
        tau2=t * model.unit * model.unit,
        estimator=estimator,
        cochran_q=squares,
        degrees_of_freedom=k - 1,
        q_p_value=float(chdtrc(k - 1, squares)),
        i2=ratio / (1 + ratio),
        h2=1 + ratio,
        k=k,
    )
