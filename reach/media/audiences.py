"""Rows of audiences become exposures: what somebody measured of a channel, and nothing added up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from reach.errors import Fault
from reach.media.exposure import Amount, Exposure
from reach.media.found import Found, Whole
from reach.media.group import Group, group_of, grouped, places
from reach.media.medium import Medium
from reach.media.notice import notice
from reach.media.periods import chosen
from reach.media.ratings import (
    MOST_TIMES,
    UNSTATED,
    hides_design,
    interval_of,
    margin_notice,
    number_of,
    published,
)
from reach.media.row import Row
from reach.vocabulary import Grade

POTENTIAL = "whom it might reach is not whom it reached"
_APART = 0.05
"""Share by which two counts of one population may differ before it is said."""


def audiences(rows: Sequence[Row], whole: Whole) -> Found:
    """Exposures of rows of kind audience: one for each vehicle, region and unit."""
    found = Found()
    for group, members in grouped(rows, _group).items():
        potential = [row for row in members if row.data["grade"] == Grade.POTENTIAL]
        measured = [row for row in members if row not in potential]
        by_unit: dict[str, list[Row]] = {}
        for row in measured:
            by_unit.setdefault(row.data["unit"], []).append(row)
        made = [_one(group, same, whole, found) for same in by_unit.values()]
        found.exposures += [_with_potential(each, potential) for each in made[:1]] + made[1:]
        if not made:
            found.exposures.append(_only_potential(group, potential))
        for row in potential:
            number, unit = row.data.get("potential_audience"), row.data["unit"]
            message = (
                f"{group.said}: {number} {unit} ({row.place}) are whom it might reach, and no reach: "
                "they are in no result."
            )
            found.notices.append(
                notice(
                    "potential_left_out",
                    message,
                    channel=group.said,
                    place=row.place,
                    unit=unit,
                    number=number,
                )
            )
    return found


def _group(row: Row) -> Group:
    return group_of(row, Medium(row.data["medium"]), row.data.get("vehicle"))


def _one(group: Group, rows: Sequence[Row], whole: Whole, found: Found) -> Exposure:
    """The exposure of rows of one unit: of the one whose period holds the others."""
    telling = [row for row in rows if number_of(row.data) is not None]
    if not telling:
        return _unmeasured(group, rows, _why_none(rows[0].data))
    row, said = chosen(telling, group)
    found.notices += [said] if said else []
    if row is None:
        return _unmeasured(group, rows, said.message if said else "")
    return _exposure(group, row, whole, found)


def _exposure(group: Group, row: Row, whole: Whole, found: Found) -> Exposure:
    data = row.data
    number, way = number_of(data) or (0.0, "")
    most = _most(row, whole)
    wrong = _impossible(row, number, whole)
    if wrong is not None:
        found.faults.append(wrong)
        return _unmeasured(group, [row], str(wrong))
    amount, how = interval_of(data, number, most, whole.level)
    stated = published(data, most)
    if hides_design(data):
        found.notices.append(margin_notice(data, row.place, group.said))
        stated = None if "design_effect" in data else stated
    if stated is not None:
        amount, how = stated, f"interval as published, {data['confidence_level']:.0%}"
    if amount is None:
        return _unmeasured(group, [row], f"{how}, and no universe of {data['unit']}")
    if how == UNSTATED:
        found.notices.append(
            notice(
                "no_error_stated",
                f"{group.said}: {row.place} states neither a sample size nor an interval, so that "
                f"its number stands between 0 and all {data['unit']} that there are.",
                channel=group.said,
                place=row.place,
            )
        )
    return Exposure(
        **group._asdict(),
        grade=Grade(data["grade"]),
        unit=data["unit"],
        method=f"{data['method'].replace('_', ' ')} ({data['source']}), {way}; {how}",
        reached=amount,
        universe=data.get("universe"),
        sent=data.get("insertions"),
        sent_unit="insertions" if "insertions" in data else "",
        times=_times(data, amount, most, whole.level),
        assumptions=tuple(_assumptions(row, how, whole, group, found)),
        rows=(row.place,),
    )


def _most(row: Row, whole: Whole) -> float | None:
    """How many there are at all: of persons, no more than the universe has."""
    own: float | None = row.data.get("universe")
    if row.data["unit"] != "persons":
        return own
    there = whole.persons(row.data.get("region"))
    return there if own is None else min(own, there)


def _impossible(row: Row, number: float, whole: Whole) -> Fault | None:
    """More people than there are; or people, of a platform that knows accounts alone."""
    if row.data["unit"] != "persons":
        return None
    if row.data["method"] == "platform_report":
        return row.fault("unit", "accounts: a platform does not know which of them are one person")
    region = row.data.get("region")
    there = whole.persons(region)
    if row.audience == "public" and number > there:
        field = next(name for name in ("reach", "reach1_pct", "grp") if name in row.data)
        where = region or "the universe"
        return row.fault(
            field, f"at most the {there} persons of {where}: this row says {number:.0f}"
        )
    return None


def _times(
    data: Mapping[str, Any], once: Amount, most: float | None, level: float
) -> dict[int, Amount]:
    """Reach n+ from 2, never more than reach 1+."""
    found = {}
    for n in range(2, MOST_TIMES + 1):
        share = data.get(f"reach{n}_pct")
        if share is None:
            continue
        amount, _ = interval_of(data, share / 100 * data["universe"], most, level)
        if amount is not None:
            estimate = min(amount.estimate or 0.0, once.estimate or 0.0)
            low = min(amount.low, once.low, estimate)
            found[n] = Amount(
                estimate, low, max(estimate, min(amount.high, once.high)), amount.level
            )
    return found


def _assumptions(row: Row, how: str, whole: Whole, group: Group, found: Found) -> list[str]:
    """What else has to be supposed."""
    data = row.data
    supposed = [UNSTATED] if how == UNSTATED else []
    if how.endswith("for want of another"):
        supposed.append("people were drawn one by one: the source states no design effect")
    own, there = data.get("universe"), whole.persons(data.get("region"))
    if data["unit"] != "persons" or row.audience != "public" or own is None:
        return supposed
    if abs(own - there) > _APART * there:
        supposed.append(
            f"its {own} {data.get('target', 'persons')} stand for the {there} of the universe"
        )
        found.notices.append(
            notice(
                "universe_differs",
                f"{group.said}: {row.place} measured {own} persons ({data.get('target', 'no target')}"
                f"), and the universe has {there}. Ages or areas may be others.",
                channel=group.said,
                place=row.place,
                universe=own,
                persons=there,
            )
        )
    return supposed


def _why_none(data: Mapping[str, Any]) -> str:
    if "readership" in data:
        return "readers of an average issue need not have noted it: state noting in an estimate"
    return "contacts and ratings are no persons: state reach, reach1_pct, or grp with ots_average"


def _unmeasured(group: Group, rows: Sequence[Row], why: str) -> Exposure:
    data = rows[0].data
    return Exposure(
        **group._asdict(),
        grade=None,
        unit=data["unit"],
        method="",
        reached=None,
        potential=max((row.data.get("readership", 0) for row in rows), default=0) or None,
        not_measured=why,
        rows=places(rows),
    )


def _only_potential(group: Group, rows: Sequence[Row]) -> Exposure:
    return Exposure(
        **group._asdict(),
        grade=Grade.POTENTIAL,
        unit=rows[0].data["unit"],
        method=rows[0].data["method"].replace("_", " "),
        reached=None,
        potential=max(row.data.get("potential_audience", 0) for row in rows) or None,
        not_measured=POTENTIAL,
        rows=places(rows),
    )


def _with_potential(exposure: Exposure, rows: Sequence[Row]) -> Exposure:
    numbers = [row.data.get("potential_audience", 0) for row in rows]
    if not numbers:
        return exposure
    return replace(exposure, potential=float(max(numbers)), rows=exposure.rows + places(rows))
