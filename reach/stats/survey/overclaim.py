"""What people truly remember, where some also claim to have seen what never was."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from scipy.special import stdtrit

from reach.errors import NotEstimableError
from reach.stats.survey.domain import inside_domain
from reach.stats.survey.interval import by_wilson

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    from reach.stats.survey.design import SurveyDesign
    from reach.stats.survey.interval import SurveyEstimate


def true_share(claimed: float, false: float) -> float:
    """Share that truly saw it: (claimed − false)/(1 − false), below 0 where lies outnumber.

    Whoever did not see it claims it as often as what never was; whoever did claims it always.

    Raises:
        ValueError: Not shares, or everybody claims what never was.

    Examples:
        >>> round(true_share(0.46, 0.10), 4)
        0.4
    """
    if not (0 <= claimed <= 1 and 0 <= false < 1):
        raise ValueError(f"got {claimed} and {false}, expected 0 to 1 and less than 1")
    return (claimed - false) / (1 - false)


def survey_true_share(
    claimed: ArrayLike,
    asked: ArrayLike,
    decoys_claimed: ArrayLike,
    decoys_asked: ArrayLike,
    design: SurveyDesign,
    *,
    level: float = 0.95,
    domain: ArrayLike | None = None,
) -> SurveyEstimate:
    """Share of all in the domain who truly remember, by the claims about decoys.

    With c the share who claim, a the share who were asked and f the share of decoys that are
    claimed, it is (c − a·f)/(1 − f); c, a and f come from the same people, so the variance is
    Taylor's of all three together.

    Args:
        claimed: 0 or 1 a row: was asked, and claims to remember.
        asked: 0 or 1 a row: was asked at all; who was not is known not to remember.
        decoys_claimed: How many decoys each row claims to have seen; 0 or more.
        decoys_asked: How many each was asked about.
        design: How the sample was drawn.
        level: Confidence level, between 0 and 1.
        domain: Rows of the subpopulation; None for all. Decoys are used from all rows.

    Returns:
        The share; an estimate below 0 is cut to 0, its interval then ends where Student's t
        puts it.

    Raises:
        NotEstimableError: As for `survey_proportion`; nobody was asked about a decoy, or
            everybody claims to have seen all of them.
        ValueError: Shapes differ, or numbers are out of range.
    """
    y, d, k, m = (_row(each, design) for each in (claimed, asked, decoys_claimed, decoys_asked))
    if not ((y <= d).all() and (d <= 1).all() and (k <= m).all()):
        raise ValueError("got more claims than questions, expected at most one a question")
    inside = inside_domain(design, level, domain)
    w = inside.weights
    everyone = design.weights / inside.unit
    questions = float(everyone @ m)
    if not questions:
        raise NotEstimableError("nobody was asked about a decoy with a weight above 0")
    f = float(everyone @ k) / questions
    if f >= 1:
        raise NotEstimableError("everybody claims to have seen what never was")
    total = float(w.sum())
    c, a = float(w @ y) / total, float(w @ d) / total
    share = (c - a * f) / (1 - f)
    scores = (w * ((y - c) - f * (d - a)) / total) / (1 - f)
    scores = scores + everyone * (k - f * m) / questions * (c - a) / (1 - f) ** 2
    variance = design.variance_of_total(scores)
    if share > 0:
        found = by_wilson(share, variance, 0.0, inside, level)
        low, high = found.low, found.high
    else:
        found = by_wilson(0.0, variance, 0.0, inside, level)
        critical = -float(stdtrit(max(1, inside.degrees_of_freedom), (1 - level) / 2))
        low, high = 0.0, max(0.0, share + critical * math.sqrt(variance))
    method = "(claimed − false)/(1 − false), by decoys; " + found.method
    return replace(found, low=low, high=high, method=method)


def _row(values: ArrayLike, design: SurveyDesign) -> NDArray[np.float64]:
    found = np.asarray(values, dtype=np.float64)
    if found.shape != design.weights.shape or not np.isfinite(found).all() or (found < 0).any():
        raise ValueError(f"got {found.shape} values, expected {design.weights.size} from 0")
    return found
