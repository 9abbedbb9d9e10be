"""What a subpopulation has of a survey's design: rows, units, degrees of freedom."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from reach.errors import NotEstimableError

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    from reach.stats.survey.design import SurveyDesign


@dataclass(frozen=True, slots=True)
class Inside:
    """The rows of a subpopulation within the whole design.

    Attributes:
        weights: Of every row of the sample, over `unit`; 0 outside.
        unit: The largest weight inside.
        rows: Rows inside.
        psus: PSUs that have them.
        strata: Strata that have them.
        degrees_of_freedom: PSUs less strata, of those that are no census.
        unseen: The largest 1 − f of those strata; 0 is a census.
        effective_psus: (Σ_c W_c)²/Σ_c W_c², with W_c the weights of PSU c inside.
        weighting_effect: Kish's n·Σw²/(Σw)².
    """

    weights: NDArray[np.float64]
    unit: float
    rows: int
    psus: int
    strata: int
    degrees_of_freedom: int
    unseen: float
    effective_psus: float
    weighting_effect: float


def inside_domain(design: SurveyDesign, level: float, domain: ArrayLike | None) -> Inside:
    """What a subpopulation has of the design; None for everyone.

    Raises:
        NotEstimableError: Nobody belongs to it, or it has no degrees of freedom.
        ValueError: The domain is not one boolean a row, or the level is out of range.
    """
    if not 0 < level < 1:
        raise ValueError(f"level is {level}, expected between 0 and 1")
    chosen = np.ones(design.weights.size, dtype=bool) if domain is None else np.asarray(domain)
    if chosen.dtype != np.bool_ or chosen.shape != design.weights.shape:
        raise ValueError("got a domain of another kind, expected one boolean a row")
    chosen = chosen & (design.weights > 0)
    if not chosen.any():
        raise NotEstimableError("nobody in the sample belongs to this group with a weight above 0")
    unit = float(design.weights[chosen].max())
    w = np.divide(design.weights, unit, out=np.zeros_like(design.weights), where=chosen)
    psus = np.unique(design.psu[chosen])
    strata = design.stratum[psus]
    chance = design.fraction[strata] < 1
    nu = int(chance.sum()) - len(np.unique(strata[chance]))
    if chance.any() and nu < 1:
        raise NotEstimableError(
            f"this group is in {len(psus)} primary units of {len(np.unique(strata))} strata:"
            " too few to see how units differ"
        )
    shares = np.bincount(design.psu, w, len(design.stratum))
    rows = int(chosen.sum())
    return Inside(
        weights=w,
        unit=unit,
        rows=rows,
        psus=len(psus),
        strata=len(np.unique(strata)),
        degrees_of_freedom=nu,
        unseen=float((1 - design.fraction[strata]).max()),
        effective_psus=float(w.sum()) ** 2 / float(shares @ shares),
        weighting_effect=max(1.0, rows * float(w @ w) / float(w.sum()) ** 2),
    )
