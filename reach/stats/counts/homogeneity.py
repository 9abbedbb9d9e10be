"""Do the strata have one odds ratio? Breslow and Day's test, with Tarone's correction."""

from __future__ import annotations

import math
from collections.abc import Sequence

from scipy.special import chdtrc

from reach.errors import NotEstimableError
from reach.stats.counts.mantel_haenszel import (
    StrataTest,
    Table,
    common_odds_ratio,
    compared_tables,
)
from reach.stats.finite import finite


@finite()
def homogeneity_test(tables: Sequence[Table], *, tarone: bool = True) -> StrataTest:
    """Breslow and Day's χ²: do the strata have one odds ratio?

    Args:
        tables: As in `common_odds_ratio`.
        tarone: Whether Tarone's correction is taken off, which the common odds ratio of
            Mantel and Haenszel calls for.

    Returns:
        The test; its degrees of freedom are the strata that compare something, less one.

    Raises:
        NotEstimableError: Fewer than two strata compare the arms, or they have no common
            odds ratio.
        ValueError: Not four counts a stratum.

    References:
        Breslow & Day (1980), Statistical Methods in Cancer Research I. Tarone (1985),
        Biometrika 72, 91–95.
    """
    compared = compared_tables(tables)
    if len(compared) == 1:
        raise NotEstimableError("one stratum compares the arms: there is nothing to be alike")
    ratio = common_odds_ratio(compared, 0.5).estimate
    distances, variances = [], []
    for a, b, c, d in compared:
        cells = (
            _expected(a + b, c + d, a + c, ratio),
            _expected(a + b, c + d, b + d, 1 / ratio),
            _expected(c + d, a + b, a + c, 1 / ratio),
            _expected(c + d, a + b, b + d, ratio),
        )
        # All four cells are equally far off; the smallest says it with the most digits.
        signed = zip((1, -1, -1, 1), (a, b, c, d), cells, strict=True)
        smallest = min(signed, key=lambda one: one[2])
        distances.append(smallest[0] * (smallest[1] - smallest[2]))
        variances.append(1 / math.fsum(1 / cell for cell in cells))
    statistic = math.fsum(e * e / v for e, v in zip(distances, variances, strict=True))
    if tarone:
        statistic = max(0.0, statistic - math.fsum(distances) ** 2 / math.fsum(variances))
    freedom = len(compared) - 1
    return StrataTest(
        statistic,
        freedom,
        float(chdtrc(freedom, statistic)),
        len(compared),
        "Breslow–Day–Tarone" if tarone else "Breslow–Day",
    )


def _expected(row: int, other_row: int, column: int, ratio: float) -> float:
    """The cell of a 2×2 table with these margins whose odds ratio is `ratio`.

    The root of (1 − ψ)x² + (n₂ − m + ψ(n₁ + m))x − ψn₁m = 0, its discriminant as a sum of
    terms that are not negative, so that small cells keep their digits.
    """
    linear = other_row - column + ratio * (row + column)
    cross = row * other_row + column * (row + other_row - column)
    root = math.sqrt((ratio * (row - column)) ** 2 + 2 * ratio * cross + (other_row - column) ** 2)
    if linear >= 0:
        return 2 * ratio * row * column / (linear + root)
    return (root - linear) / (2 * (1 - ratio))
