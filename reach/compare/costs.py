"""What an arm's messages cost, and each that arrived or was engaged with.

All of it is conditional on these sendings, so that what was paid is a known number: a cost per
delivered is the cost per sent over the rate delivered per sent, and its interval that of the
rate, turned over. Currencies are never summed.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from reach.compare.metrics import METRICS, Metric, bounds, measured, why_not_measured
from reach.compare.question import Price
from reach.compare.rates import Rates
from reach.errors import NotEstimableError
from reach.stats.costs.cost import cost_from_total
from reach.tally.tally import Paid, Tally
from reach.vocabulary import Measures

_UNIT = 1_000_000

PER: Final[Mapping[str, Metric]] = {
    "cost_per_delivered": METRICS["delivered_per_sent"],
    "cost_per_engaged": Metric(
        "engaged_per_sent", "messages engaged with", "messages sent",
        ("engaged", "sent"), ("maybe_engaged", "sent"),
        Measures.ENGAGED, per_assigned=False, unit="message",
    ),
}  # fmt: skip
"""The rate that each cost is turned out of."""


def describe_costs(
    rates: Rates, arm: str, prices: Mapping[str, Price], level: float
) -> list[dict[str, Any]]:
    """What an arm's messages cost, by currency, as the result document holds it.

    Args:
        rates: Of what was counted.
        arm: Which arm.
        prices: By channel, what a message costs of whose cost the log says nothing.
        level: Confidence level of each interval for itself.

    Returns:
        Nothing if no message has a price.
    """
    paid = paid_in(rates.tally, arm, prices)
    counts = rates.tally.counts[arm]
    without = counts["sent"] - sum(each.messages for each in paid.values())
    why = None
    if without:
        why = f"{without} of {counts['sent']} messages have no price"
    elif len(paid) > 1:
        why = f"paid in several currencies: {', '.join(paid)}"
    return [
        {
            "currency": currency,
            "total": decimal(each.micros),
            "priced_messages": each.messages,
            "unpriced_messages": without,
            **{
                name: {"not_estimable": why} if why else _cost_per(rates, arm, name, each, level)
                for name in PER
            },
        }
        for currency, each in paid.items()
    ]


def paid_in(tally: Tally, arm: str, prices: Mapping[str, Price]) -> dict[str, Paid]:
    """What was paid in each currency: what the log says, and the config's prices for the rest."""
    paid = dict(tally.costs.get(arm, {}))
    for channel, messages in tally.unpriced.get(arm, {}).items():
        if channel in prices:
            price = prices[channel]
            more = Paid(messages, messages * price.micros)
            paid[price.currency] = paid.get(price.currency, Paid(0, 0)) + more
    return dict(sorted(paid.items()))


def decimal(micros: int) -> str:
    """Millionths of a unit as a decimal of units, to the last of them.

    Examples:
        >>> decimal(350_000_000), decimal(7_500), decimal(123_456_789_012_345_678_900)
        ('350', '0.0075', '123456789012345.6789')
    """
    units, rest = divmod(micros, _UNIT)
    return f"{units}.{rest:06}".rstrip("0").rstrip(".")


def _cost_per(rates: Rates, arm: str, name: str, paid: Paid, level: float) -> dict[str, Any]:
    metric, tally = PER[name], rates.tally
    counts = tally.counts[arm]
    told = measured(counts)
    for measure in Measures:
        if measure in metric.needs and measure not in told:
            return {"not_measured": why_not_measured(measure, counts)}
    try:
        ends = bounds(metric, tally.arms.index(arm), [tally.pooled()])
        cost = cost_from_total(paid.micros / _UNIT, ends.lower, ends.upper, 1 - level)
    except NotEstimableError as error:
        return {"not_estimable": str(error)}
    return {
        "numerator": decimal(paid.micros),
        "denominator": int(ends.lower.numerator),
        "lower_bound": cost.lower_bound,
        "upper_bound": cost.upper_bound,
        "low": cost.low,
        "high": cost.high,
        "no_high": cost.no_high,
        "level": cost.level,
        "method": cost.method,
        "effective_clusters": cost.effective_clusters,
    }
