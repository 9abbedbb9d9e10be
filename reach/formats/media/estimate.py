"""Estimates: inputs of formulas for people whom nobody counted, one input a row.

How many read a copy, how dense a crowd stood, what share was within hearing: each with the
doubt about it as a distribution, and with whose judgement it is.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from reach.formats.media.cells import amount, day, lowered, number, text
from reach.formats.media.columns import Column
from reach.formats.media.impossible import Bound, Impossible
from reach.formats.media.media_format import MediaFormat

SHARES = ("noting", "visibility", "present_and_heard", "read_share", "present_share")
"""Inputs that are shares of 1."""

TAKES: Mapping[str, tuple[str, ...]] = {
    "fixed": ("value",),
    "normal": ("value", "low", "high"),
    "lognormal": ("low", "high"),
    "beta": ("value", "sample_size"),
    "triangular": ("value", "low", "high"),
    "uniform": ("low", "high"),
}
"""The fields that each distribution needs; it has no use for the others."""

_NUMBERS = ("value", "low", "high", "sample_size")
_ASKEW = 0.1
"""Share of its range by which a normal's value may be off the middle: both are rounded."""

COLUMNS = (
    Column("medium", "medium", lowered, "as in a table of audiences: print, outdoor, event …"),
    Column(
        "vehicle", "vehicle", text, "paper, site, place, car or event; empty: all of the medium"
    ),
    Column("region", "region", text, "empty: everywhere"),
    Column("campaign", "campaign"),
    Column("period_start", "period_start", day, "as 2026-01-05"),
    Column("period_end", "period_end", day),
    Column(
        "input",
        "input",
        lowered,
        "readers_per_copy, copies, passers, area_m2, density (persons a m²), in_range (persons) or "
        f"pieces; shares of 1: {', '.join(SHARES)}",
    ),
    Column(
        "distribution",
        "distribution",
        lowered,
        "; ".join(f"{name}: {', '.join(fields)}" for name, fields in TAKES.items()),
    ),
    Column("value", "value", amount, "the value, or the likeliest"),
    Column("low", "low", amount, "normal and lognormal: with high 95 % of it; else none is below"),
    Column("high", "high", amount),
    Column(
        "sample_size",
        "sample_size",
        number,
        "behind a share; of clusters: divided by the design effect",
    ),
    Column("source", "source", text, "who says so, or whose judgement it is"),
)


class EstimateFormat(MediaFormat):
    """The office's table of what it has to suppose."""

    name: ClassVar[str] = "estimate"
    title: ClassVar[str] = "Inputs of estimates, with the doubt about each, an input a row"
    version: ClassVar[str] = "1"
    row: ClassVar[str] = "estimate"
    rows_are: ClassVar[str] = "estimates"
    columns: ClassVar[tuple[Column, ...]] = COLUMNS
    needed: ClassVar[tuple[frozenset[str], ...]] = (frozenset(("medium", "input", "distribution")),)
    bounds: ClassVar[tuple[Bound, ...]] = (
        Bound("period_start", "period_end", "a period ends after it begins"),
        Bound("low", "high", "a range ends above where it begins"),
        Bound("low", "value", "a value lies within its range"),
        Bound("value", "high", "a value lies within its range"),
    )
    in_json: ClassVar[bool] = True
    total_in: ClassVar[tuple[str, ...]] = ("region",)
    tells: ClassVar[tuple[str, ...]] = (
        "what somebody supposes of an input, and how sure they are (evidence: estimate)",
    )
    silent: ClassVar[tuple[str, ...]] = (
        "whether it is right: a stated doubt covers no mistake of judgement",
        "whether inputs go with one another: they are taken as independent",
    )

    def proven(self, row: dict[str, Any]) -> dict[str, Any]:
        """An input whose distribution has what it needs, and nothing that it has no use for."""
        if "period_start" in row and "period_end" not in row:
            raise Impossible("period_end", "its last day, since period_start is given")
        _check_fields(row)
        if row["input"] in SHARES:
            for name in ("value", "low", "high"):
                if row.get(name, 0) > 1:
                    raise Impossible(name, "a share of 1, as 0.35 for 35 %")
        elif row["distribution"] == "beta":
            expected = f"another: beta is of shares ({', '.join(SHARES)})"
            raise Impossible("distribution", expected)
        _check_shape(row)
        return row


def _check_fields(row: Mapping[str, Any]) -> None:
    said = row["distribution"]
    for name in TAKES[said]:
        if name not in row:
            raise Impossible(name, f"a number, since {said} needs {' and '.join(TAKES[said])}")
    for name in _NUMBERS:
        if name in row and name not in TAKES[said]:
            raise Impossible(name, f"nothing: {said} is told by {' and '.join(TAKES[said])} alone")


def _check_shape(row: Mapping[str, Any]) -> None:
    """Refuse what is no distribution of its kind."""
    said, value = row["distribution"], row.get("value")
    low, high = row.get("low"), row.get("high")
    if low is not None and low == high:
        raise Impossible("high", f"more than low, {low:g}; of what is known without doubt fixed")
    if said == "lognormal" and low == 0:
        raise Impossible("low", "a number above 0: a lognormal has no zero")
    if said == "beta" and value in (0, 1):
        raise Impossible("value", "a share above 0 and below 1; of none or all in a sample uniform")
    if said == "normal" and low is not None and high is not None and value is not None:
        middle = (low + high) / 2
        if abs(value - middle) > _ASKEW * (high - low):
            expected = (
                f"about {middle:g}, the middle of low and high, as of any normal; of a range that "
                "is longer on one side lognormal or triangular"
            )
            raise Impossible("value", expected)
