"""People asked where they pass by: who comes often is met often, and so has to weigh less."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from reach.stats.finite import finite

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray


@finite()
def intercept_weights(visits: ArrayLike, minutes: ArrayLike = 1.0) -> NDArray[np.float64]:
    """Weights of people who were met at a market, a station, a clinic.

    Who visits v times in a span is v times as likely to be met in it, so the weight is 1/v; and
    who stays twice as long, twice as likely again. They stand for the visitors of the place,
    and for nobody who never comes.

    Args:
        visits: How often each comes in one and the same span, above 0; shape (rows,).
        minutes: How long each stays, above 0, in any unit; shape (rows,), or one for all.

    Returns:
        The weights; they sum to the number of rows.

    Raises:
        ValueError: A number that is not above 0, or none at all.

    References:
        Horvitz & Thompson (1952), JASA 47, 663–685.

    Examples:
        Of four people met, two come daily and two once a week:

        >>> intercept_weights([7, 7, 1, 1]).round(2).tolist()
        [0.25, 0.25, 1.75, 1.75]
    """
    with np.errstate(all="ignore"):  # what is no number is told below
        v = np.asarray(visits, dtype=np.float64) * np.asarray(minutes, dtype=np.float64)
    if v.ndim != 1 or not v.size or not (np.isfinite(v).all() and (v > 0).all()):
        raise ValueError("got visits or minutes that are no row of numbers, expected all above 0")
    weights: NDArray[np.float64] = v.size / (v * np.sum(1 / v))
    return weights
