"""The interval of a survey's estimate: Student's t, or Wilson's for a share."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from scipy.special import stdtrit

from reach.errors import NotEstimableError
from reach.stats.finite import TOO_LARGE
from reach.stats.wilson import wilson

if TYPE_CHECKING:
    import numpy as np

    from reach.stats.survey.domain import Inside

# A standard error this small beside what was added up is the rounding of a zero.
ROUNDING = 1e-13


@dataclass(frozen=True, slots=True)
class SurveyEstimate:
    """A number of the population, and what it rests on.

    Attributes:
        estimate: The number.
        standard_error: By Taylor linearisation, with the design; 0 only for a census.
        low: Lower end of the interval.
        high: Upper end of the interval.
        level: Confidence level.
        degrees_of_freedom: PSUs less strata, of those below that are no census.
        rows: Rows of the (sub)population with a weight above 0.
        psus: PSUs with such a row.
        strata: Strata with such a row.
        deff: Design effect: this variance over that of a simple random sample with replacement
            of as many rows; None where that is 0.
        weighting_effect: Kish's n·Σw²/(Σw)², 1 or more: what unequal weights alone would do.
        effective_trials: n_eff behind the interval of a proportion, inf for a census; else None.
        method: What was done, in words.
    """

    estimate: float
    standard_error: float
    low: float
    high: float
    level: float
    degrees_of_freedom: int
    rows: int
    psus: int
    strata: int
    deff: float | None
    weighting_effect: float
    effective_trials: float | None
    method: str


def require_spread(variance: float, size: float, inside: Inside) -> None:
    """Refuse a variance of 0, or its rounding, where there is chance.

    Raises:
        NotEstimableError: The variance is 0 beside the square of `size`, what was added up.
    """
    if inside.unseen > 0 and math.sqrt(variance) <= ROUNDING * size:
        raise NotEstimableError(
            "all primary units agree exactly, so the sample does not show how far off it may be"
        )


def by_t(
    estimate: float,
    variance: float,
    scale: np.float64,
    random: float,
    inside: Inside,
    level: float,
    what: str,
) -> SurveyEstimate:
    """Estimate ± t·SE, both in units of `scale`."""
    if not math.isfinite(scale):
        raise NotEstimableError(TOO_LARGE)
    error = math.sqrt(variance)
    reach = 0.0 if inside.unseen == 0 else _critical(inside, level) * error
    numbers = [
        float(each * scale) for each in (estimate, error, estimate - reach, estimate + reach)
    ]
    if not all(map(math.isfinite, numbers)):
        raise NotEstimableError(TOO_LARGE)
    return _estimate(numbers, variance, random, inside, level, None, f"{what}, Student's t")


def by_wilson(
    p: float, variance: float, random: float, inside: Inside, level: float
) -> SurveyEstimate:
    """Wilson's interval with effective trials; `random` is the variance of independent rows."""
    p = min(1.0, max(0.0, p))
    if inside.unseen == 0:
        n_eff, reach = math.inf, 0.0
    else:
        reach = _critical(inside, level)
        if 0 < p < 1:
            most = inside.rows / inside.unseen
            trials = p * (1 - p) * inside.rows / (inside.rows - 1)
            n_eff = trials / variance if trials < most * variance else most
        else:
            n_eff = inside.effective_psus / inside.unseen
    low, high = wilson(p, n_eff, reach)
    numbers = [p, math.sqrt(variance), low, high]
    method = "proportion, Wilson with effective trials and Student's t"
    return _estimate(numbers, variance, random, inside, level, n_eff, method)


def _critical(inside: Inside, level: float) -> float:
    return -float(stdtrit(inside.degrees_of_freedom, (1 - level) / 2))


def _estimate(
    numbers: list[float],
    variance: float,
    random: float,
    inside: Inside,
    level: float,
    n_eff: float | None,
    method: str,
) -> SurveyEstimate:
    estimate, error, low, high = numbers
    deff = variance / random if random > 0 else math.inf
    return SurveyEstimate(
        estimate=estimate,
        standard_error=error,
        low=low,
        high=high,
        level=level,
        degrees_of_freedom=inside.degrees_of_freedom,
        rows=inside.rows,
        psus=inside.psus,
        strata=inside.strata,
        deff=deff if deff < math.inf else None,
        weighting_effect=inside.weighting_effect,
        effective_trials=n_eff,
        method=f"{method}; Taylor linearisation by strata and primary units",
    )
