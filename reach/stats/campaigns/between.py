"""The variance between campaigns, τ², by either of two estimators that are never below 0."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from reach.stats.campaigns.random_effects import RandomEffects

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from reach.stats.monotone import Curve

# Cells that may hold a maximum are halved as often: from a factor of 2 to one in a million.
HALVINGS = 20
# What a curve falls by through a cell, if that is but its rounding.
FLAT = 1e-12


def paule_mandel(model: RandomEffects) -> float:
    """The t ≥ 0 with Q(t) = k − 1, or 0 if Q(0) is no more; in the model's unit squared.

    Q falls from Q(0) to 0, so the root is the only one, and Q(t) ≤ Σ(y − ȳ)²/t brackets it.
    """
    due = len(model.variances) - 1
    if float(model.squares(np.zeros(()))) <= due:
        return 0.0

    def excess(u: float) -> float:
        return float(model.squares(_at(model, np.asarray(u)))) - due

    return _root(model, excess, 0.0, _log_place(model, 2 * _spread(model)))


def reml(model: RandomEffects) -> float:
    """The t ≥ 0 of the highest restricted likelihood, in the model's unit squared.

    The likelihood can have several maxima, and an iteration finds the one it starts near. Here
    none is missed. Its slope is (P − A)/2 with P = −Q'(t) and A = Σ 1/(λ_j + t), and both fall.
    So it is positive all through a cell [a, b] if P(b) > A(a), and negative if P(a) < A(b). Other
    cells are halved until they are narrow; maxima are where the slope turns in one of these.
    Beyond t = Σ(y − ȳ)² it is negative, because no z_j² is larger.
    """
    top = _log_place(model, 2 * _spread(model))
    edges = np.linspace(0, top, math.ceil(top / math.log(2)) + 1)
    low, high = edges[:-1], edges[1:]
    for _ in range(HALVINGS):
        a, b = _at(model, low), _at(model, high)
        (p_a, p_b), (a_a, a_b) = (
            [curve(t) for t in (a, b)] for curve in (model.slopes, model.precision)
        )
        # Where neither moves, and neither is above the other, the likelihood is level.
        level = (p_a - p_b <= FLAT * p_a) & (a_a - a_b <= FLAT * a_a)
        left = ~((p_b > a_a) | (p_a < a_b) | level)
        low, high = low[left], high[left]
        middle = (low + high) / 2
        low, high = np.concatenate([low, middle]), np.concatenate([middle, high])

    def slope(u: float) -> float:
        t = _at(model, np.asarray(u))
        return float(model.slopes(t) - model.precision(t))

    maxima = [
        _root(model, slope, float(a), float(b))
        for a, b in zip(low, high, strict=True)
        if slope(a) > 0 >= slope(b)
    ]
    if slope(0.0) <= FLAT * float(model.precision(np.zeros(()))) or not maxima:
        maxima.append(0.0)
    places = np.array(sorted(maxima))
    return float(places[np.argmax(model.log_likelihood(places))])


def _spread(model: RandomEffects) -> float:
    return float(((model.deviations - model.deviations.mean()) ** 2).sum())


def _log_place(model: RandomEffects, t: float) -> float:
    """Where t lies on the scale of the search: u = log(1 + t/v), v the least variance."""
    return math.log1p(t / float(model.variances[0]))


def _at(model: RandomEffects, u: NDArray[np.float64]) -> NDArray[np.float64]:
    t: NDArray[np.float64] = model.variances[0] * np.expm1(u)
    return t


def _root(model: RandomEffects, falling: Curve, low: float, high: float) -> float:
    from scipy.optimize import brentq

    u = brentq(falling, low, high, xtol=1e-300, rtol=1e-15, maxiter=2000)
    return float(_at(model, np.asarray(u)))
