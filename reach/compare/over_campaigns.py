"""The same comparison in several campaigns: on average, how much they differ, and the next one.

Of each campaign the difference is taken as in the recipe, between its two ends L and H. Either
end is pooled for itself, and the interval reaches from the lower to the upper of both: it covers
whatever the unknown were. Nothing of this is a verdict.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from reach.compare.metrics import METRICS
from reach.compare.notice import Notice, warn
from reach.compare.pairs import compare_pair, pairs_of
from reach.compare.question import Compare
from reach.compare.rates import Rates
from reach.compare.reasons import alike
from reach.compare.verdict import TOO_FEW
from reach.errors import NotEstimableError
from reach.stats.campaigns.pooled import Pooled, pooled
from reach.stats.campaigns.prediction import PredictionInterval
from reach.stats.ratio import Ratio, covariance
from reach.tally.tally import Tally
from reach.vocabulary import Verdict


def pool_campaigns(
    tallies: Mapping[str, Tally], question: Compare, arms: Sequence[str]
) -> dict[str, Any]:
    """What the campaigns say together, as the result document holds it.

    Args:
        tallies: What was counted of each campaign, by its name.
        question: What is asked.
        arms: All arms of the experiment.
    """
    by_campaign = {name: Rates(tally) for name, tally in tallies.items()}
    return {
        "campaigns": list(tallies),
        "level": question.level,
        "pooled": [
            _pooled(by_campaign, question, metric, pair)
            for metric in question.metrics
            for pair in pairs_of(question, arms)
        ],
    }


def without_messages(tallies: Mapping[str, Tally]) -> Iterator[Notice]:
    """Tell of campaigns that nothing is of, which may be written otherwise in the logs."""
    for campaign, tally in tallies.items():
        if not tally.recipients:
            yield warn(
                "empty_campaign",
                f"No message is of the campaign {campaign}: is it written so in the logs?",
                campaign=campaign,
            )


def _pooled(
    by_campaign: Mapping[str, Rates], question: Compare, metric: str, pair: tuple[str, str]
) -> dict[str, Any]:
    told: list[dict[str, Any]] = []
    left_out: list[dict[str, Any]] = []
    ends: list[tuple[tuple[float, float], tuple[float, float]]] = []
    for campaign, rates in by_campaign.items():
        found = compare_pair(rates, question, metric, pair, 1)
        why = found["because"]
        if found["verdict"] == Verdict.NOT_COMPARABLE or why == TOO_FEW.because:
            left_out.append({"campaign": campaign, "because": why, "reason": found["reason"]})
            continue
        told.append(
            {name: found[name] for name in ("difference", "difference_bounds")}
            | {"campaign": campaign}
        )
        ends.append(_ends(rates, question, metric, pair))
    document = {
        "metric": metric,
        "a": pair[0],
        "b": pair[1],
        "numerator": METRICS[metric].numerator,
        "denominator": METRICS[metric].denominator,
        "of": told,
        "left_out": left_out,
    }
    without_spread = _alike(told, ends)
    if without_spread is not None:
        why = alike(without_spread)
        return document | {"not_estimable": why.text, "reason": why.document()}
    try:
        lower, upper = (_pool([each[end] for each in ends], question.level) for end in (0, 1))
    except NotEstimableError as error:
        return document | {"not_estimable": str(error)}
    return document | _between(lower, upper)


def _pool(ends: Sequence[tuple[float, float]], level: float) -> Pooled:
    estimates, variances = [each for each, _ in ends], [variance for _, variance in ends]
    return pooled(estimates, variances, 1 - level)


def _ends(
    rates: Rates, question: Compare, metric: str, pair: tuple[str, str]
) -> tuple[tuple[float, float], tuple[float, float]]:
    """L with its variance, and H with its variance."""
    a, b = (rates.bounds(metric, arm, standardised=bool(question.standardise)) for arm in pair)
    return _difference(a.lower, b.upper), _difference(a.upper, b.lower)


def _difference(one: Ratio, other: Ratio) -> tuple[float, float]:
    variance = covariance(one, one) + covariance(other, other) - 2 * covariance(one, other)
    return one.estimate - other.estimate, max(0.0, variance)


def _alike(
    told: Sequence[Mapping[str, Any]], ends: Sequence[Sequence[tuple[float, float]]]
) -> str | None:
    """The first campaign with a variance of 0, which would outweigh all others without end."""
    for campaign, both in zip(told, ends, strict=True):
        if not all(variance > 0 for _, variance in both):
            return str(campaign["campaign"])
    return None


def _between(lower: Pooled, upper: Pooled) -> dict[str, Any]:
    """Both ends together; campaigns weigh otherwise in each, so either may be the lower one."""
    both = (lower, upper)
    predictions = [each.prediction for each in both if each.prediction is not None]
    same_side = lower.estimate * upper.estimate > 0
    return {
        "difference_bounds": _span([each.estimate for each in both]),
        **_ends_of(both),
        "p_value": max(each.p_value for each in both) if same_side else 1.0,
        "degrees_of_freedom": lower.degrees_of_freedom,
        "spread": _span([math.sqrt(each.heterogeneity.tau2) for each in both]),
        "i2": _span([each.heterogeneity.i2 for each in both]),
        "prediction": {
            **_ends_of(predictions),
            "degrees_of_freedom": predictions[0].degrees_of_freedom,
        }
        if predictions
        else None,
        "no_prediction": lower.no_prediction,
        "method": lower.method,
    }


def _ends_of(intervals: Sequence[Pooled | PredictionInterval]) -> dict[str, float]:
    """From the lowest to the highest; a difference of shares is never beyond 1."""
    return {
        "low": max(-1.0, min(each.low for each in intervals)),
        "high": min(1.0, max(each.high for each in intervals)),
    }


def _span(ends: Sequence[float]) -> list[float]:
    return [min(ends), max(ends)]
