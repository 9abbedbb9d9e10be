"""Rows of estimates: what is stated of one input becomes its distribution."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from reach.errors import Fault
from reach.media.row import Row
from reach.stats.estimated.input_distributions import (
    Z975,
    Beta,
    Distribution,
    Fixed,
    Lognormal,
    Normal,
    Triangular,
    Uniform,
)

NEEDED: Mapping[str, tuple[str, ...]] = {
    "fixed": ("value",),
    "normal": ("low", "high"),
    "lognormal": ("low", "high"),
    "beta": ("value", "sample_size"),
    "triangular": ("low", "value", "high"),
    "uniform": ("low", "high"),
}
"""What each distribution is stated by. Of normal and lognormal 95 % lie between low and high."""

_MIDDLE = 0.1
"""Share of the range by which a stated middle may be off that of its distribution."""


def distribution(row: Row) -> Distribution | Fault:
    """The distribution of an input, or what is wrong with its row.

    Examples:
        >>> stated = {"input": "passers", "distribution": "lognormal", "low": 25, "high": 400}
        >>> distribution(Row("estimate", stated, "boards.csv:2"))
        Lognormal(median=100.0, upper=400.0)
    """
    data, kind = row.data, row.data["distribution"]
    for name in NEEDED[kind]:
        if data.get(name) is None:
            stated = ", ".join(NEEDED[kind])
            return row.fault(name, f"a number: a {kind} distribution is stated by {stated}")
    try:
        found = _of(kind, data)
    except ValueError:
        said = ", ".join(f"{name} {data[name]:g}" for name in NEEDED[kind])
        return Fault(row.place, "$.distribution", f"{kind} with {said}", _expected(kind))
    middle = _middle(found)
    value = data.get("value")
    if middle is not None and value is not None:
        width = data["high"] - data["low"]
        if abs(value - middle) > _MIDDLE * width:
            expected = (
                f"about {middle:.4g}, the middle of a {kind} distribution with that low and high"
            )
            return row.fault("value", expected)
    return found


def _of(kind: str, data: Mapping[str, Any]) -> Distribution:
    value, low, high = (data.get(name) for name in ("value", "low", "high"))
    if kind == "fixed":
        return Fixed(float(value or 0))
    if kind == "beta":
        return Beta(float(value or 0), float(data["sample_size"]))
    low, high = float(low or 0), float(high or 0)
    if kind == "normal":
        return Normal((low + high) / 2, (high - low) / (2 * Z975))
    if kind == "lognormal":
        return Lognormal.from_range(low, high)
    if kind == "uniform":
        return Uniform(low, high)
    return Triangular(low, float(value or 0), high)


def _middle(found: Distribution) -> float | None:
    if isinstance(found, Normal):
        return found.mean
    return found.median if isinstance(found, Lognormal) else None


def _expected(kind: str) -> str:
    return {
        "beta": "a value between 0 and 1, and a sample_size above 0",
        "lognormal": "0 < low < high",
        "triangular": "low ≤ value ≤ high, and low < high",
    }.get(kind, "low < high")
