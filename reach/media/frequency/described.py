"""How often, as a document: what was measured, which models fit, and what more would reach."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from reach.media.frequency.fitted import OFF, OFF_SHARE, Fitted, NotFitted, fit_models, spread
from reach.media.frequency.measured import Measured, measured
from reach.vocabulary import Grade

MULTIPLES = (1, 2, 3, 4)
"""Times as much as was measured, as the report shows them."""
TIMES = (1, 2, 3)
"""The n of n+, likewise."""


def describe_frequency(
    row: Mapping[str, Any],
    *,
    multiples: Sequence[int] = MULTIPLES,
    times: Sequence[int] = TIMES,
) -> dict[str, Any]:
    """What one audience row and the models of how often say.

    Args:
        row: An audience row, as `schemas/audience.schema.json` has it.
        multiples: How many times as much is put out, whole numbers from 1.
        times: The n of n+ that are extrapolated, from 1.

    Returns:
        A document as `schemas/people.schema.json#/$defs/frequency` describes it; shares are
        fractions of the universe.

    Raises:
        NotEstimableError: The row tells neither reach nor contacts, or that nobody was
            reached.

    Examples:
        >>> told = describe_frequency(
        ...     {"insertions": 40, "grp": 120, "reach1_pct": 45, "reach2_pct": 27}
        ... )
        >>> [each["model"] for each in told["models"] if each["standing"] == "fits"]
        ['beta_binomial', 'goerg']
        >>> twice = told["curve"][1]
        >>> twice["insertions"], twice["grp"]
        (80, 240.0)
        >>> once = twice["reach"][0]
        >>> once["times"], round(once["low"], 4), round(once["high"], 4)
        (1, 0.5538, 0.57)
    """
    if any(each < 1 for each in (*multiples, *times)):
        raise ValueError(f"got {multiples} and {times}, expected whole numbers from 1")
    said = measured(row)
    fitted, others = fit_models(said, max(multiples, default=1))
    average = said.gross / said.reach[1] if said.gross and 1 in said.reach else None
    return {
        "grade": Grade.ESTIMATE.value,
        "insertions": said.insertions,
        "grp": None if said.gross is None else 100 * said.gross,
        "grp_from": said.gross_from,
        "average_frequency": average,
        "measured": [{"times": n, "reach": share} for n, share in sorted(said.reach.items())],
        "tolerance": {"of_universe": OFF, "of_number": OFF_SHARE},
        "models": [*map(_fitted, fitted), *map(_not_fitted, others)],
        "curve": [_point(said, fitted, multiple, times) for multiple in multiples],
    }


def _fitted(each: Fitted) -> dict[str, Any]:
    miss = each.miss
    return {
        "model": each.model,
        "standing": "fits" if each.fits else "contradicts",
        "parameters": dict(each.parameters),
        "tested_by": sorted(each.tested_by),
        "furthest": None
        if miss is None
        else {"times": miss.times, "measured": miss.measured, "modelled": miss.modelled},
    }


def _not_fitted(each: NotFitted) -> dict[str, Any]:
    return {
        "model": each.model,
        "standing": "not_fitted",
        "reason": each.reason,
        "detail": each.detail,
    }


def _point(
    said: Measured, fitted: Sequence[Fitted], multiple: int, times: Sequence[int]
) -> dict[str, Any]:
    """What so many times as much reaches, by each model that fits; nothing where none does."""
    agreeing = [each for each in fitted if each.fits]
    reach = []
    for n in times if agreeing else ():
        low, high = spread(agreeing, multiple, n)
        by_model = {each.model: each.reach(multiple, n) for each in agreeing}
        reach.append({"times": n, "low": low, "high": high, "models": by_model})
    return {
        "multiple": multiple,
        "insertions": None if said.insertions is None else multiple * said.insertions,
        "grp": None if said.gross is None else multiple * 100 * said.gross,
        "reach": reach,
    }
