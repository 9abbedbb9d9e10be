"""One exposure as the document of persons holds it."""

from __future__ import annotations

from typing import Any

from reach.media.exposure import Amount, Exposure
from reach.media.medium import DEFINITIONS


def describe_exposure(exposure: Exposure, persons: int) -> dict[str, Any]:
    """Make the document of an exposure.

    Args:
        exposure: What one channel did.
        persons: Who lives in its region, or in the universe.

    Returns:
        Valid against ``$defs/exposure`` of ``people.schema.json``.
    """
    meant = DEFINITIONS[exposure.medium]
    return {
        "channel": exposure.channel,
        "vehicle": exposure.vehicle,
        "medium": str(exposure.medium),
        "region": exposure.region,
        "audience": exposure.audience,
        "shared_by_staff": exposure.shared_by_staff,
        "grade": None if exposure.grade is None else str(exposure.grade),
        "unit": exposure.unit,
        "definition": {"sent": meant.sent, "reached": meant.delivered, "engaged": meant.engaged},
        "sent": exposure.sent,
        "sent_unit": exposure.sent_unit,
        "reached": describe_amount(exposure.reached),
        "of": persons if exposure.unit == "persons" else exposure.universe,
        "engaged": describe_amount(exposure.engaged),
        "times": [
            {"at_least": n, "reached": describe_amount(amount)}
            for n, amount in sorted(exposure.times.items())
        ],
        "potential": exposure.potential,
        "costs": [
            {
                "currency": currency,
                "total": total,
                "per_reached": cost_each(total, exposure.reached),
            }
            for currency, total in sorted(exposure.cost.items())
        ],
        "method": exposure.method,
        "inputs": [{"input": name, "share": share} for name, share in exposure.inputs.items()],
        "assumptions": list(exposure.assumptions),
        "not_measured": exposure.not_measured,
        "rows": list(exposure.rows),
    }


def describe_amount(amount: Amount | None) -> dict[str, Any] | None:
    """A number with its interval; null if it was not measured."""
    if amount is None:
        return None
    return {
        "estimate": amount.estimate,
        "low": amount.low,
        "high": amount.high,
        "level": amount.level,
    }


def cost_each(total: float, reached: Amount | None) -> dict[str, Any] | None:
    """What each who was reached cost: the total, which is known, over how many they were.

    Returns:
        The upper end is null where nobody may have been reached; null if it is not measured,
        or nobody was.

    Examples:
        >>> cost_each(500.0, Amount(100.0, 80.0, 125.0, 0.95))
        {'estimate': 5.0, 'low': 4.0, 'high': 6.25}
    """
    if reached is None or not reached.high:
        return None
    return {
        "estimate": total / reached.estimate if reached.estimate else None,
        "low": total / reached.high,
        "high": total / reached.low if reached.low else None,
    }
