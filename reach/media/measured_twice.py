"""One thing measured in several ways: the better evidence is taken, and nothing is averaged."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from reach.media.exposure import Exposure
from reach.media.group import Group
from reach.media.notice import Notice, notice

UNGRADED = "Z"


def best_of_each(
    exposures: Sequence[Exposure],
) -> tuple[list[Exposure], list[Notice]]:
    """One exposure of each channel, vehicle, region and unit.

    Of several that are measured the one with the best grade is taken; of two with one grade
    the first, in the order given. One that is not measured stays, if it is of other rows:
    events that nobody counted beside those that somebody did.

    Args:
        exposures: Of all kinds; the first of equals wins.

    Returns:
        The exposures that are kept, in their order, and what has to be said of the others.
    """
    rivals: dict[object, list[Exposure]] = defaultdict(list)
    for each in exposures:
        if each.reached is not None:
            rivals[(_group(each), each.unit)].append(each)
    dropped: set[int] = set()
    notices = []
    for same in rivals.values():
        best = min(same, key=_rank)
        others = [each for each in same if each is not best]
        dropped |= {id(each) for each in others}
        said = _group(best).said
        notices += [
            notice(
                "measured_twice",
                f"{said} is measured twice: {_number(best)} (grade {best.grade}, {best.rows[0]}) "
                f"is taken, {_number(other)} (grade {other.grade}, {other.rows[0]}) is not.",
                channel=said,
                taken=best.rows[0],
                left=other.rows[0],
            )
            for other in others
        ]
    return [each for each in exposures if id(each) not in dropped], notices


def _rank(exposure: Exposure) -> str:
    return exposure.grade or UNGRADED


def _group(exposure: Exposure) -> Group:
    return Group(
        exposure.channel,
        exposure.medium,
        exposure.vehicle,
        exposure.region,
        exposure.audience,
        exposure.shared_by_staff,
    )


def _number(exposure: Exposure) -> str:
    amount = exposure.reached
    if amount is None:
        return "nothing"
    if amount.estimate is None:
        return f"{amount.low:.0f} to {amount.high:.0f} {exposure.unit}"
    return f"{amount.estimate:.0f} {exposure.unit}"
