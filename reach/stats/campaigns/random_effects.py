"""The random-effects model: estimates weighted by precision, at any between-campaign variance.

Each estimate y_i has a known sampling variance v_i and a true value that varies around a common
mean with variance t = τ². In an orthonormal basis of the contrasts the data are independent
z_j ~ N(0, λ_j + t), whence the two facts on which the search for t rests: the weighted sum of
squares Σ z_j²/(λ_j + t) and its slope, and Σ 1/(λ_j + t), all fall as t rises.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from reach.errors import NotEstimableError

if TYPE_CHECKING:
    from numpy.typing import NDArray

# Beyond it a square has no place in a double.
LARGEST = 1e150
# A variance that is so much smaller than the rest is 0 for all that can be computed.
LEAST_SHARE = 1e-200


@dataclass(frozen=True, slots=True, eq=False)
class RandomEffects:
    """Estimates in a unit of their own, the most precise first, about that one.

    So no digits are lost to a dominant campaign, to the unit or to a common shift, and the
    order in which campaigns are given changes no bit of a result.

    Attributes:
        origin: The most precise estimate, in the user's unit.
        unit: The user's units in one of these; a power of two.
        deviations: Estimates less the origin, in this unit, shape (k,); the first is 0.
        variances: Sampling variances in this unit squared, shape (k,), rising.
        order: Place of each among the estimates as given, shape (k,).
    """

    origin: float
    unit: float
    deviations: NDArray[np.float64]
    variances: NDArray[np.float64]
    order: NDArray[np.intp]

    def weights(self, t: NDArray[np.float64]) -> NDArray[np.float64]:
        """1/(v_i + t) for each t, shape (..., k)."""
        weights: NDArray[np.float64] = 1 / (self.variances + t[..., None])
        return weights

    def means(self, t: NDArray[np.float64]) -> NDArray[np.float64]:
        """The weighted mean of the deviations for each t."""
        w = self.weights(t)
        means: NDArray[np.float64] = (w * self.deviations).sum(-1) / w.sum(-1)
        return means

    def squares(self, t: NDArray[np.float64]) -> NDArray[np.float64]:
        """Q(t) = Σ w_i(y_i − mean)²; at t = 0 Cochran's Q. Falls, and is convex."""
        squares: NDArray[np.float64] = (self.weights(t) * self._residuals(t) ** 2).sum(-1)
        return squares

    def slopes(self, t: NDArray[np.float64]) -> NDArray[np.float64]:
        """−Q'(t) = Σ w_i²(y_i − mean)²; falls."""
        slopes: NDArray[np.float64] = ((self.weights(t) * self._residuals(t)) ** 2).sum(-1)
        return slopes

    def precision(self, t: NDArray[np.float64]) -> NDArray[np.float64]:
        """Σ w − Σ w²/Σ w = Σ 1/(λ_j + t), written without the subtraction; falls."""
        w = self.weights(t)
        total = w.sum(-1, keepdims=True)
        others = total - w
        others[..., 0] = w[..., 1:].sum(-1)  # the heaviest: subtracting it would lose the rest
        precision: NDArray[np.float64] = (w * (others / total)).sum(-1)
        return precision

    def log_likelihood(self, t: NDArray[np.float64]) -> NDArray[np.float64]:
        """The restricted log-likelihood of t, but for a constant."""
        w = self.weights(t)
        found: NDArray[np.float64] = 0.5 * (np.log(w).sum(-1) - np.log(w.sum(-1)) - self.squares(t))
        return found

    def _residuals(self, t: NDArray[np.float64]) -> NDArray[np.float64]:
        residuals: NDArray[np.float64] = self.deviations - self.means(t)[..., None]
        return residuals


def random_effects(estimates: Sequence[float], variances: Sequence[float]) -> RandomEffects:
    """Take the estimates of several campaigns and their sampling variances.

    Args:
        estimates: One for each campaign, finite.
        variances: Square of each one's standard error, above 0.

    Returns:
        The model, for two campaigns or more.

    Raises:
        NotEstimableError: Fewer than two campaigns, or one with a sampling variance of 0.
        ValueError: Not one variance for each estimate, one of them is negative, or a number is
            not finite or too large to be squared.

    Examples:
        >>> model = random_effects([0.30, 0.10], [0.02, 0.01])
        >>> model.origin, model.order.tolist()
        (0.1, [1, 0])
    """
    y = np.asarray(estimates, dtype=np.float64)
    v = np.asarray(variances, dtype=np.float64)
    if y.ndim != 1 or y.shape != v.shape:
        raise ValueError(
            f"got {y.size} estimates and {v.size} variances, expected a pair for each campaign"
        )
    if not (np.abs(y) <= LARGEST).all():
        raise ValueError(f"got estimates {list(estimates)}, expected finite, within ±{LARGEST:g}")
    if not ((v >= 0) & (v <= LARGEST)).all():
        raise ValueError(f"got variances {list(variances)}, expected 0 to {LARGEST:g}")
    if y.size <= 1:
        raise NotEstimableError(
            f"{y.size or 'no'} campaign{' only' if y.size else ''}: how much campaigns differ from one another needs two or more"
        )
    order = np.lexsort((y, v))
    origin = y[order[0]]
    deviations, sorted_variances = y[order] - origin, v[order]
    widest = max(float(np.abs(deviations).max()), float(np.sqrt(sorted_variances[-1])))
    unit = 2.0 ** int(np.frexp(widest)[1])
    if sorted_variances[0] <= LEAST_SHARE * unit * unit:
        raise NotEstimableError(
            f"the sampling variance of campaign {int(order[0]) + 1} is 0: it would outweigh all others without end"
        )
    return RandomEffects(
        float(origin), unit, deviations / unit, sorted_variances / unit / unit, order
    )
