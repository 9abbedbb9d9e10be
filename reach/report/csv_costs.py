"""What messages cost, as rows of the tidy table; amounts keep every digit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reach.report.costs import COSTS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reach.report.reading import Part, Result


def cost_rows(result: Result) -> Iterator[Part]:
    """Every arm's costs, currency by currency."""
    for arm in result["channels"]:
        for cost in arm.get("costs", ()):
            named = {"table": "costs", "arm": arm["channel"], "grade": arm["grade"]}
            currency = cost["currency"]
            yield {**named, "quantity": "total", "value": cost["total"], "unit": currency}
            for quantity in ("priced_messages", "unpriced_messages"):
                unit = f"messages ({currency})"  # an arm may have several
                yield {**named, "quantity": quantity, "value": cost[quantity], "unit": unit}
            for metric in COSTS:
                yield from ({**named, "metric": metric, **row} for row in _each(cost, metric))


def _each(cost: Part, metric: str) -> Iterator[Part]:
    found, unit = cost[metric], cost["currency"]
    if "lower_bound" not in found:
        quantity, why = next(iter(found.items()))
        yield {"quantity": quantity, "because": why, "unit": unit}
        return
    told = {key: found[key] for key in ("numerator", "denominator", "level", "method")}
    why = {"because": found["no_high"], "unit": unit}
    yield {"quantity": "cost", "low": found["low"], "high": found["high"], **told, **why}
    possible = {"low": found["lower_bound"], "high": found["upper_bound"]}
    yield {"quantity": "possible", **possible, **why}
    clusters = found["effective_clusters"]
    yield {"quantity": "effective_clusters", "value": clusters, "unit": "recipients"}
