"""Warnings about whom a number rests on: too few people, one above all, or nobody in a stratum."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from reach.compare.metrics import METRICS, measured
from reach.compare.notice import Notice, warn
from reach.compare.question import Compare
from reach.compare.rates import Rates
from reach.compare.reasons import stratum_name
from reach.compare.verdict import FEWEST_EFFECTIVE_CLUSTERS, TOO_FEW
from reach.stats.gram import GramStratum
from reach.stats.largest import least_largest
from reach.tally.axes import axis

_DOMINANT = 0.05
"""A recipient with this share of an arm's messages moves its rates by as much, and"""
_TIMES_EVEN = 3
"""with so many times an even share stands out: of few recipients each has a large share."""
_MOST_NAMED = 8

Parts = Sequence[Mapping[str, Any]]


def audience_warnings(
    rates: Rates, question: Compare, arms: Parts, comparisons: Parts
) -> Iterator[Notice]:
    """All warnings about the people behind the numbers.

    Args:
        rates: Of what was counted.
        question: What is asked.
        arms: The arms as the result document holds them.
        comparisons: The comparisons likewise.
    """
    compared = {found[side] for found in comparisons for side in ("a", "b")}
    if any(METRICS[metric].unit == "message" for metric in question.metrics):
        yield from _dominated(rates)
    for arm in arms:
        name, recipients = arm["channel"], arm["clusters"]
        if name in compared and 0 < recipients < FEWEST_EFFECTIVE_CLUSTERS:
            yield warn(
                "few_recipients",
                f"{name} had fewer than {FEWEST_EFFECTIVE_CLUSTERS} recipients: too few to compare.",
                arm=name,
            )
        # Where there are few recipients at all that is said.
        clusters = _effective_clusters(arm, question)
        if clusters < FEWEST_EFFECTIVE_CLUSTERS <= recipients:
            effective = _cut(clusters)
            yield warn(
                "few_effective_recipients",
                f"{name} had {recipients} recipients, but a few got most of the messages: "
                f"they weigh like {effective}, too few to compare.",
                arm=name,
                recipients=recipients,
                effective=effective,
            )
    yield from _few_in_strata(arms, comparisons)
    if question.standardise:
        yield from _empty_strata(rates, comparisons)


def _dominated(rates: Rates) -> Iterator[Notice]:
    """Tell of arms of which one recipient got far more than an even share.

    The tally does not know who got most, nor how many; what its sums tell is a lower bound.
    """
    if not rates.tally.strata:
        return
    for place, arm in enumerate(rates.tally.arms):
        recipients, messages, squares = _messages(rates.pooled, place)
        if recipients < FEWEST_EFFECTIVE_CLUSTERS:
            continue
        most = least_largest(recipients, messages, squares)
        if most < _DOMINANT * messages or most * recipients < _TIMES_EVEN * messages:
            continue
        # Several who got so many are few recipients, which is said as that.
        few = messages**2 < FEWEST_EFFECTIVE_CLUSTERS * squares
        if few and 2 * most**2 < squares:
            continue
        share = math.floor(1000 * most / messages) / 1000  # rounded up it might say too much
        yield warn(
            "one_dominant_recipient",
            f"One recipient alone got at least {share:.1%} of the messages of {arm}: what became "
            "of these moves its rates by as much. Is it a test address, or a group?",
            arm=arm,
            share=share,
        )


def _messages(whole: GramStratum, place: int) -> tuple[int, int, int]:
    """An arm's recipients, messages, and the sum of the squares of messages per recipient."""
    messages, recipients = axis(place, "attempted"), axis(place, "attempted_recipients")
    return (
        int(whole.sums[recipients]),
        int(whole.sums[messages]),
        int(whole.gram[messages, messages]),
    )


def _effective_clusters(arm: Mapping[str, Any], question: Compare) -> float:
    """The fewest effective recipients that a rate of those compared rests on."""
    rates = [arm["rates"][metric] for metric in question.metrics]
    return min((rate.get("effective_clusters", math.inf) for rate in rates), default=math.inf)


def _few_in_strata(arms: Parts, comparisons: Parts) -> Iterator[Notice]:
    """Tell of arms with enough recipients, of whom a few stand for a stratum that weighs much."""
    by_name = {arm["channel"]: arm for arm in arms}
    fewest: dict[str, float] = {}
    for found in comparisons:
        if found["because"] != TOO_FEW.because or not found["standardised"]:
            continue
        for side, effective in zip(("a", "b"), found["effective_clusters"], strict=True):
            rate = by_name[found[side]]["rates"][found["metric"]]
            crude = rate.get("effective_clusters", 0)
            if effective < FEWEST_EFFECTIVE_CLUSTERS <= crude:
                fewest[found[side]] = min(effective, fewest.get(found[side], math.inf))
    for name, least in fewest.items():
        recipients, effective = by_name[name]["clusters"], _cut(least)
        yield warn(
            "few_effective_in_strata",
            f"Standardised, the {recipients} recipients of {name} weigh like {effective}, too few to "
            "compare: a few of them stand for a large stratum. Standardise by fewer or larger strata.",
            arm=name,
            recipients=recipients,
            effective=effective,
        )


def _empty_strata(rates: Rates, comparisons: Parts) -> Iterator[Notice]:
    """Tell of strata in which an arm has nothing to divide by; its pairs are not comparable."""
    asked = dict.fromkeys(
        (found["metric"], found[side]) for found in comparisons for side in ("a", "b")
    )
    for metric, arm in asked:
        if arm not in rates.tally.arms or METRICS[metric].needs & ~measured(
            rates.tally.counts[arm]
        ):
            continue
        if not rates.has_all(arm, METRICS[metric]):
            continue
        empty = sorted(map(stratum_name, rates.strata_without(arm, METRICS[metric])))
        if empty:
            listed = ", ".join(empty if len(empty) <= _MOST_NAMED else [*empty[:_MOST_NAMED], "…"])
            yield warn(
                "empty_strata",
                f"{arm} has no {METRICS[metric].denominator} in {listed}: standardised comparisons "
                "with it have no answer. Compare without standardise, or by larger strata.",
                arm=arm,
                metric=metric,
                strata=listed,
            )


def _cut(effective: float) -> float:
    return math.floor(10 * effective) / 10  # rounded up it might say 10.0
