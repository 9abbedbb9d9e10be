"""Means, shares, totals and ratios of a population from a sample of it, by its design."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from reach.errors import NotEstimableError
from reach.stats.survey.domain import inside_domain
from reach.stats.survey.interval import ROUNDING, by_t, by_wilson, require_spread

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    from reach.stats.survey.design import SurveyDesign
    from reach.stats.survey.interval import SurveyEstimate


def survey_mean(
    values: ArrayLike, design: SurveyDesign, *, level: float = 0.95, domain: ArrayLike | None = None
) -> SurveyEstimate:
    """Mean of the population, or of a subpopulation.

    Args:
        values: One a row of the sample, finite; shape (rows,).
        design: How the sample was drawn.
        level: Confidence level, between 0 and 1.
        domain: Which rows belong to the subpopulation, booleans; None for all. The others stay
            in the design: how many of the subpopulation were drawn is chance too.

    Returns:
        The mean, with a t interval.

    Raises:
        NotEstimableError: No row in the domain, a stratum with a single PSU, no degrees of
            freedom, or values that do not vary at all between PSUs.
        ValueError: Shapes differ, a value is not finite, or the level is out of range.

    References:
        Korn & Graubard (1999), Analysis of Health Surveys.

    Examples:
        >>> from reach.stats.survey.design import survey_design
        >>> design = survey_design([10, 10, 30, 30], strata=["town", "town", "rural", "rural"])
        >>> found = survey_mean([4, 6, 1, 3], design)
        >>> found.estimate, round(found.standard_error, 4), found.degrees_of_freedom
        (2.75, 0.7906, 2)
    """
    return _ratio(values, np.ones_like(design.weights), design, level, domain, "mean")


def survey_ratio(
    numerators: ArrayLike,
    denominators: ArrayLike,
    design: SurveyDesign,
    *,
    level: float = 0.95,
    domain: ArrayLike | None = None,
) -> SurveyEstimate:
    """Ratio of two totals, such as messages remembered per message sent.

    Args and errors are those of `survey_mean`; `NotEstimableError` also if the denominators
    sum to 0.
    """
    return _ratio(numerators, denominators, design, level, domain, "ratio")


def survey_proportion(
    successes: ArrayLike,
    design: SurveyDesign,
    *,
    level: float = 0.95,
    domain: ArrayLike | None = None,
) -> SurveyEstimate:
    """Share of the population with a property, with an interval that stays within 0 to 1.

    The interval is Wilson's with n_eff = p(1−p)/Var·n/(n−1) trials and Student's t, which is
    Korn and Graubard's adjustment of n_eff for degrees of freedom. n_eff is at most n/(1−f):
    clusters that happen to agree earn no more than independent rows. At p of 0 and 1, where the
    variance tells nothing, it is the effective number of PSUs, (Σ_c W_c)²/Σ_c W_c², over (1−f).

    Args:
        successes: 0 or 1 (or booleans), one a row.
        design: How the sample was drawn.
        level: Confidence level, between 0 and 1.
        domain: As for `survey_mean`.

    Returns:
        The share; low and high within [0, 1] and around it.

    Raises:
        NotEstimableError: As for `survey_mean`, but for values that do not vary.
        ValueError: As for `survey_mean`, or a value that is not 0 or 1.

    References:
        Korn & Graubard (1998), Survey Methodology 24, 193–201. Dean & Pagano (2015), Journal of
        Survey Statistics and Methodology 3, 484–503: Wilson's with n_eff among the best. Kish
        (1965), Survey Sampling.

    Examples:
        Schools that met both targets, in R's `apistrat`: 73 of 100, 16 of 50 and 24 of 50 drawn.

        >>> from reach.stats.survey.design import survey_design
        >>> drawn, schools = {"E": 100, "H": 50, "M": 50}, {"E": 4421, "H": 755, "M": 1018}
        >>> strata = [kind for kind, n in drawn.items() for _ in range(n)]
        >>> weights = [schools[kind] / drawn[kind] for kind in strata]
        >>> met = [1] * 73 + [0] * 27 + [1] * 16 + [0] * 34 + [1] * 24 + [0] * 26
        >>> found = survey_proportion(met, survey_design(weights, strata=strata, population=schools))
        >>> round(found.estimate, 5), round(found.standard_error, 5)
        (0.63894, 0.03441)
    """
    y = _numbers(successes, design)
    if not np.isin(y, (0.0, 1.0)).all():
        raise ValueError("got successes other than 0 and 1, expected a property that is or is not")
    return _ratio(y, np.ones_like(y), design, level, domain, "proportion")


def survey_total(
    values: ArrayLike, design: SurveyDesign, *, level: float = 0.95, domain: ArrayLike | None = None
) -> SurveyEstimate:
    """Total over the population, or a subpopulation; weights must be counts of the population.

    Args and errors are those of `survey_mean`. The design effect compares with a simple random
    sample of as many rows as the *whole* sample has.
    """
    inside = inside_domain(design, level, domain)
    y = np.where(inside.weights > 0, _numbers(values, design), 0.0)
    unit = float(np.abs(y).max()) or 1.0
    y /= unit
    total = float(inside.weights @ y)
    variance = design.variance_of_total(inside.weights * y)
    require_spread(variance, float(inside.weights @ np.abs(y)), inside)
    w = design.weights / design.weights.max()
    n = int((w > 0).sum())
    spread = float(w @ (y - w @ y / w.sum()) ** 2) * float(w.sum()) / (n - 1) if n > 1 else 0.0
    random = spread * (float(design.weights.max()) / inside.unit) ** 2
    with np.errstate(over="ignore"):
        scale = np.float64(unit) * inside.unit
        return by_t(total, variance, scale, random, inside, level, "total")


def _ratio(
    numerators: ArrayLike,
    denominators: ArrayLike,
    design: SurveyDesign,
    level: float,
    domain: ArrayLike | None,
    what: str,
) -> SurveyEstimate:
    inside = inside_domain(design, level, domain)
    w = inside.weights
    y, x = (
        np.where(w > 0, _numbers(each, design), 0.0)  # what is outside can't overflow
        for each in (numerators, denominators)
    )
    y_unit, x_unit = (float(np.abs(each).max()) or 1.0 for each in (y, x))
    y, x = y / y_unit, x / x_unit
    whole = float(w @ x)
    if abs(whole) <= ROUNDING * float(w @ np.abs(x)):
        raise NotEstimableError("the denominators sum to 0, so there is no ratio to them")
    r = float(w @ y) / whole
    residuals = y - r * x
    variance = design.variance_of_total(w * residuals / whole)
    n = inside.rows
    random = float(w @ residuals**2) * float(w.sum()) / (n - 1) / whole**2 if n > 1 else 0.0
    if what == "proportion":
        return by_wilson(r, variance, random, inside, level)
    require_spread(variance, float(w @ (np.abs(y) + np.abs(r * x))) / abs(whole), inside)
    with np.errstate(over="ignore"):
        scale = np.float64(y_unit) / x_unit
        return by_t(r, variance, scale, random, inside, level, what)


def _numbers(values: ArrayLike, design: SurveyDesign) -> NDArray[np.float64]:
    found = np.asarray(values, dtype=np.float64)
    if found.shape != design.weights.shape or not np.isfinite(found).all():
        raise ValueError(
            f"got values of shape {found.shape}, expected {design.weights.size} finite numbers;"
            " whoever did not answer belongs outside the domain"
        )
    return found
