"""Were units assigned to the arms in the declared shares?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from reach.errors import NotEstimableError
from reach.stats.finite import finite

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True)
class BalanceCheck:
    """Outcome of the χ² test of the assignment.

    Attributes:
        statistic: Pearson's χ².
        degrees_of_freedom: Arms less one.
        p_value: Of the statistic, if the assignment was as declared.
        alpha: The level below which the check fails.
        balanced: Whether the check passed, p_value ≥ alpha.
    """

    statistic: float
    degrees_of_freedom: int
    p_value: float
    alpha: float
    balanced: bool


@finite()
def balance_check(
    counts: Sequence[int], shares: Sequence[float], alpha: float = 0.001
) -> BalanceCheck:
    """Test counts of *assigned* units against their declared shares.

    Only for what was assigned: an imbalance of what was delivered is an outcome.

    Args:
        counts: Units assigned to each arm, 0 or more, not all 0.
        shares: Declared share of each arm, above 0, in any unit (1 and 1 is half and half).
        alpha: Level of the test, between 0 and 1.

    Returns:
        The test and whether it passed.

    Raises:
        ValueError: Fewer than two arms, as many counts as shares are not given, or a value
            is out of its range.
        NotEstimableError: A share is vanishingly small beside another.

    References:
        Kohavi, Tang & Xu (2020), Trustworthy Online Controlled Experiments, chapter 21
        (sample ratio mismatch).

    Examples:
        >>> check = balance_check([821_588, 815_482], [1, 1])
        >>> round(check.statistic, 4), f"{check.p_value:.3e}", check.balanced
        (22.7744, '1.822e-06', False)
    """
    observed = np.asarray(counts, dtype=np.float64)
    declared = np.asarray(shares, dtype=np.float64)
    if observed.ndim != 1 or observed.shape != declared.shape or observed.size <= 1:
        raise ValueError(
            f"got {observed.size} counts and {declared.size} shares, expected a pair per arm, two arms or more"
        )
    total = float(observed.sum())
    if not (np.isfinite(observed).all() and (observed >= 0).all() and total > 0):
        raise ValueError(f"counts are {list(counts)}, expected 0 or more and not all 0")
    if not (np.isfinite(declared).all() and (declared > 0).all()):
        raise ValueError(f"shares are {list(shares)}, expected all above 0")
    if not 0 < alpha < 1:
        raise ValueError(f"alpha is {alpha}, expected between 0 and 1")
    from scipy import stats  # the heaviest of its parts, needed where assignment is declared only

    declared = declared / declared.max()  # only ratios count, and sums of these can't overflow
    with np.errstate(all="ignore"):
        test = stats.chisquare(observed, total * (declared / declared.sum()))
    p_value = float(test.pvalue)
    if not np.isfinite(test.statistic):
        raise NotEstimableError("a share is so small that nothing can be expected of its arm")
    return BalanceCheck(
        statistic=float(test.statistic),
        degrees_of_freedom=observed.size - 1,
        p_value=p_value,
        alpha=alpha,
        balanced=p_value >= alpha,
    )
