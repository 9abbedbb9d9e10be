"""What a way of measuring is worth, what it counts, and what it can't know."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from reach.formats.media.impossible import Impossible
from reach.vocabulary import Grade


class Method(NamedTuple):
    """A way of measuring.

    Attributes:
        grade: The best that a number from it can have.
        unit: What it counts, if its row does not say.
    """

    grade: Grade
    unit: str


METHODS: Mapping[str, Method] = {
    "panel_meter": Method(Grade.PANEL, "persons"),
    "diary": Method(Grade.PANEL, "persons"),
    "probability_survey": Method(Grade.SURVEY, "persons"),
    "platform_report": Method(Grade.PLATFORM, "accounts"),
    "traffic_count": Method(Grade.ESTIMATE, "persons"),
    "expert_estimate": Method(Grade.ESTIMATE, "persons"),
    "circulation_claim": Method(Grade.POTENTIAL, "copies"),
    "follower_count": Method(Grade.POTENTIAL, "accounts"),
    "outlet_visitors": Method(Grade.POTENTIAL, "devices"),
}

TIMES = range(1, 11)
REACH = tuple(f"reach{times}_pct" for times in TIMES)
"""Reach n+ for each n of `TIMES`."""

MEASURED = ("tvr", "grp", "ots_gross", "ots_average", "reach", *REACH, "impressions", "readership")
"""What tells of people who were reached."""


def graded(row: Mapping[str, Any]) -> dict[str, Any]:
    """A row with its grade and its unit.

    Raises:
        Impossible: It claims a better grade than its method has, tells what its method can't
            know, or tells nothing.
    """
    said, method = row["method"], METHODS[row["method"]]
    grade = Grade(row.get("grade", method.grade))
    if grade < method.grade:
        raise Impossible("grade", f"{method.grade} at best, which is what {said} is worth")
    told = [name for name in MEASURED if name in row]
    if grade is Grade.POTENTIAL and told:
        why = f"a number of grade {grade} is whom something might reach; its place is"
        raise Impossible(told[0], f"nothing: {why} potential_audience")
    if not told and "potential_audience" not in row:
        raise Impossible("reach", "a number that was measured, in one of the columns for them")
    if said == "probability_survey" and "sample_size" not in row:
        expected = "how many were asked; a survey that does not say so is an expert_estimate"
        raise Impossible("sample_size", expected)
    return {"unit": method.unit} | dict(row) | {"grade": grade.value}
