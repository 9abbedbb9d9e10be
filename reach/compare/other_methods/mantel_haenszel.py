"""Mantel and Haenszel's odds ratio over the strata of `standardise`, and whether they agree."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from reach.compare.metrics import Metric
from reach.compare.other_methods.independent import Units, units_of
from reach.compare.other_methods.score_interval import least_sure
from reach.compare.rates import Rates
from reach.compare.reasons import stratum_name
from reach.errors import NotEstimableError
from reach.stats.counts.homogeneity import homogeneity_test
from reach.stats.counts.mantel_haenszel import CommonOddsRatio, Table, common_odds_ratio


def mantel_haenszel(
    rates: Rates, metric: Metric, pair: tuple[str, str], level: float
) -> dict[str, Any]:
    """The odds of a over those of b at both ends of what is possible, and the interval over both.

    Args:
        rates: Of what was counted, of independent units.
        metric: Which metric.
        pair: Which two arms.
        level: Confidence level, of this interval for itself.

    Raises:
        NotEstimableError: No stratum compares the arms, or the odds ratio would be 0 or
            without limit.
    """
    by_stratum = [
        [units_of(metric, rates.tally.arms.index(arm), stratum) for arm in pair]
        for stratum in rates.tally.strata.values()
    ]
    ends = [
        [_table(a, a.least, b, b.most) for a, b in by_stratum],
        [_table(a, a.most, b, b.least) for a, b in by_stratum],
    ]
    below, above = (common_odds_ratio(tables, 1 - level) for tables in ends)
    distinct = ends if ends[0] != ends[1] else ends[:1]
    return {
        "odds_ratio_bounds": [below.estimate, above.estimate],
        "low": below.low,
        "high": above.high,
        "p_value": least_sure(_log(below), below.p_value, _log(above), above.p_value),
        "strata": below.strata,
        "uninformative": _uninformative(rates, below, above),
        "homogeneity": [_homogeneity(tables) for tables in distinct],
        "how": below.method,
    }


def _table(a: Units, of_a: int, b: Units, of_b: int) -> Table:
    return of_a, a.units - of_a, of_b, b.units - of_b


def _log(found: CommonOddsRatio) -> float:
    return math.log(found.estimate)


def _uninformative(rates: Rates, below: CommonOddsRatio, above: CommonOddsRatio) -> list[str]:
    """Strata that compare nothing at one of the ends."""
    names = [stratum_name(stratum) for stratum in rates.tally.strata]
    return [names[place] for place in sorted({*below.uninformative, *above.uninformative})]


def _homogeneity(tables: Sequence[Table]) -> dict[str, Any]:
    try:
        found = homogeneity_test(tables)
    except NotEstimableError as error:
        return {"not_estimable": str(error)}
    return {
        "statistic": found.statistic,
        "degrees_of_freedom": found.degrees_of_freedom,
        "p_value": found.p_value,
        "how": found.method,
    }
