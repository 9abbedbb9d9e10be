"""Two arms compared on one metric: interval, verdict, tipping point."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from reach.compare import reasons
from reach.compare.metrics import METRICS, Bounds, Metric, measured
from reach.compare.question import Compare, ComparePosts
from reach.compare.rates import Rates
from reach.compare.reasons import Reason
from reach.compare.verdict import (
    FEWEST_EFFECTIVE_CLUSTERS,
    TOO_FEW,
    Ruling,
    not_comparable,
    rule,
)
from reach.errors import NotEstimableError
from reach.stats.difference import DifferenceInterval, difference_interval
from reach.stats.tipping import tipping_point
from reach.tally.query import NO_VALUE
from reach.vocabulary import Measures, Verdict


def pairs_of(question: Compare | ComparePosts, arms: Sequence[str]) -> list[tuple[str, str]]:
    """The pairs to compare, in order; fixed by the config and the arms' names alone."""
    if question.pairs is not None:
        return list(question.pairs)
    named = [arm for arm in arms if arm != NO_VALUE]
    if question.baseline is not None:
        return [(arm, question.baseline) for arm in named if arm != question.baseline]
    return [(a, b) for place, a in enumerate(named) for b in named[place + 1 :]]


@dataclass(frozen=True)
class _Pair:
    """What one comparison works on."""

    rates: Rates
    question: Compare
    metric: Metric
    a: str
    b: str

    def bounds(self, *, standardised: bool) -> tuple[Bounds, Bounds]:
        one, other = (
            self.rates.bounds(self.metric.name, arm, standardised=standardised)
            for arm in (self.a, self.b)
        )
        return one, other

    def counts(self, arm: str) -> Mapping[str, int]:
        return self.rates.tally.counts[arm]


def compare_pair(
    rates: Rates, question: Compare, metric_name: str, pair: tuple[str, str], family: int
) -> dict[str, Any]:
    """One comparison, as the result document holds it, without what depends on the whole.

    Args:
        rates: Of what was counted.
        question: What is asked.
        metric_name: Which metric.
        pair: Which two arms, a − b.
        family: Declared contrasts × metrics.
    """
    work = _Pair(rates, question, METRICS[metric_name], *pair)
    obstacle = _obstacle(work)
    if obstacle is not None:
        return _document(work, family, not_comparable(obstacle.text), obstacle)
    try:
        return _compared(work, family)
    except NotEstimableError as error:
        return _document(work, family, not_comparable(str(error)))


def obstacle(
    rates: Rates, question: Compare, metric_name: str, pair: tuple[str, str]
) -> Reason | None:
    """Why two arms can't be compared by any method, strata aside; None if they can.

    Args:
        rates: Of what was counted.
        question: What is asked.
        metric_name: Which metric.
        pair: Which two arms.
    """
    return _obstacle(_Pair(rates, replace(question, standardise=()), METRICS[metric_name], *pair))


def _obstacle(work: _Pair) -> Reason | None:
    """Row 1 of the verdict table: why the arms can't be compared at all."""
    for arm in (work.a, work.b):
        if arm not in work.rates.tally.arms or not work.counts(arm)["attempted"]:
            return reasons.no_messages(arm)
        why = _untold(work, arm) or _empty(work, arm) or _hardly_covered(work, arm)
        if why is not None:
            return why
    return None


def _untold(work: _Pair, arm: str) -> Reason | None:
    counts = work.counts(arm)
    missing = work.metric.needs & ~measured(counts)
    return next(
        (reasons.not_measured(arm, measure, counts) for measure in Measures if measure in missing),
        None,
    )


def _empty(work: _Pair, arm: str) -> Reason | None:
    if not work.rates.has_all(arm, work.metric):
        return reasons.nothing_counted(arm, work.metric)
    without = work.rates.strata_without(arm, work.metric) if work.question.standardise else ()
    return reasons.empty_stratum(arm, work.metric, without) if without else None


def _hardly_covered(work: _Pair, arm: str) -> Reason | None:
    covered = coverage(work.counts(arm))
    ranks_by_it = work.metric.name == "delivered_per_receipted"
    if ranks_by_it and covered is not None and covered < work.question.coverage_threshold:
        return reasons.hardly_covered(arm, covered)
    return None


def coverage(counts: Mapping[str, int]) -> float | None:
    """Share of what was sent that has a receipt, (D + F)/A; None if nothing was sent."""
    return counts["receipted"] / counts["sent"] if counts["sent"] else None


def _compared(work: _Pair, family: int) -> dict[str, Any]:
    standardised = bool(work.question.standardise)
    one, other = work.bounds(standardised=standardised)
    ratios = (one.lower, one.upper, other.lower, other.upper)
    if min(each.effective_clusters for each in ratios) < FEWEST_EFFECTIVE_CLUSTERS:
        return _document(work, family, TOO_FEW, ends=(one, other))
    interval = difference_interval(
        one.lower, one.upper, other.lower, other.upper, 1 - work.question.level, contrasts=family
    )
    ruling = rule(interval, work.question.margin.get(work.metric.name))
    return _document(work, family, ruling, ends=(one, other), interval=interval)


def _document(
    work: _Pair,
    family: int,
    ruling: Ruling,
    reason: Reason | None = None,
    *,
    ends: tuple[Bounds, Bounds] | None = None,
    interval: DifferenceInterval | None = None,
) -> dict[str, Any]:
    margin = work.question.margin.get(work.metric.name)
    point, span = _tipping(work.metric, ends)
    difference, possible = _difference(ends)
    return {
        "metric": work.metric.name,
        "a": work.a,
        "b": work.b,
        "numerator": work.metric.numerator,
        "denominator": work.metric.denominator,
        "difference": difference,
        "difference_bounds": possible,
        "low": interval.low if interval else None,
        "high": interval.high if interval else None,
        "p_value": interval.p_value if interval else None,
        "p_adjusted": interval.p_adjusted if interval else None,
        "method": interval.method if interval else None,
        "level": work.question.level,
        "family": family,
        "margin": margin,
        "non_inferior": interval.low > -margin if interval and margin is not None else None,
        "verdict": str(ruling.verdict),
        "because": ruling.because,
        "reason": reason.document() if reason else None,
        "tipping_point": point,
        "tipping_range": span,
        "standardised": _standardised(work, difference) if ends else None,
        "effective_clusters": [_effective(each) for each in ends] if ends else None,
        "provisional": False,
        "causal": False,
    }


def _effective(ends: Bounds) -> float:
    """Of the end of an arm's rate that rests on fewer."""
    return min(ends.lower.effective_clusters, ends.upper.effective_clusters)


def _difference(ends: tuple[Bounds, Bounds] | None) -> tuple[float | None, list[float] | None]:
    if ends is None:
        return None, None
    a, b = ends
    possible = [a.lower.estimate - b.upper.estimate, a.upper.estimate - b.lower.estimate]
    return a.lower.estimate - b.lower.estimate, possible


def _standardised(work: _Pair, difference: float | None) -> dict[str, Any] | None:
    if not work.question.standardise or difference is None:
        return None
    crude, possible = _difference(work.bounds(standardised=False))
    crude = crude or 0.0
    return {
        "by": list(work.question.standardise),
        "crude": {
            "difference": crude,
            "difference_bounds": possible,
            "sign_changes": crude * difference < 0,
        },
    }


def _tipping(
    metric: Metric, ends: tuple[Bounds, Bounds] | None
) -> tuple[float | str | None, list[float] | None]:
    if ends is None or metric.lower[1] != metric.upper[1]:
        return None, None
    leading, trailing = sorted(ends, key=lambda each: each.lower.estimate, reverse=True)
    found = tipping_point(
        leading.lower.estimate,
        leading.upper.estimate - leading.lower.estimate,
        trailing.lower.estimate,
        trailing.upper.estimate - trailing.lower.estimate,
    )
    if found is None:
        return "none", None
    return (found.point if found.can_tie else "cannot tie"), list(found.range)


def is_decided(comparison: Mapping[str, Any]) -> bool:
    """Whether one arm came out better than the other."""
    return comparison["verdict"] in (Verdict.BETTER, Verdict.WORSE)
