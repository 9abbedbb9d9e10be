"""Rows of estimates become exposures: a formula of uncertain inputs, by Monte Carlo."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from reach.errors import Fault
from reach.media.amounts import no_error_stated
from reach.media.exposure import Amount, Exposure
from reach.media.formulas import FORMULAS, is_above, is_outside, product
from reach.media.found import Found, Whole
from reach.media.group import Group, group_of, grouped, places
from reach.media.inputs import distribution
from reach.media.medium import Medium
from reach.media.notice import notice
from reach.media.periods import chosen
from reach.media.row import Row
from reach.stats.estimated.input_distributions import Distribution, Fixed
from reach.stats.estimated.monte_carlo import COVERS, monte_carlo
from reach.vocabulary import Grade

CERTAIN = "every input is stated as fixed, which nobody knows: the estimate stands between all that is possible"
_RARE = 0.001
"""Share of draws that is not worth a sentence."""


def estimates(rows: Sequence[Row], whole: Whole) -> Found:
    """Exposures of rows of kind estimate: one for each vehicle and region."""
    found = Found()
    for group, members in grouped(rows, _group).items():
        by_period: dict[object, list[Row]] = {}
        for row in members:
            period = row.data.get("period_start"), row.data.get("period_end")
            by_period.setdefault((period, row.data.get("campaign")), []).append(row)
        first, said = chosen([same[0] for same in by_period.values()], group)
        found.notices += [said] if said else []
        if first is None:
            found.exposures.append(_unmeasured(group, members, said.message if said else ""))
            continue
        same = next(each for each in by_period.values() if each[0] is first)
        found.exposures.append(_estimate(group, same, whole, found))
    return found


def _group(row: Row) -> Group:
    return group_of(row, Medium(row.data["medium"]), row.data.get("vehicle"))


def _estimate(group: Group, rows: Sequence[Row], whole: Whole, found: Found) -> Exposure:
    formula = FORMULAS.get(group.medium)
    if formula is None:
        able = ", ".join(medium.value for medium in FORMULAS)
        expected = f"one of {able}: people reached by {group.medium} have to be measured"
        found.faults.append(rows[0].fault("medium", expected))
        return _unmeasured(group, rows, expected)
    inputs, faults = _inputs(rows, formula.inputs, formula.said)
    found.faults += faults
    lacking = [name for name in formula.inputs if name not in inputs]
    if lacking or faults:
        why = f"of {formula.said} nobody states {', '.join(lacking) or 'what can be'}"
        return _unmeasured(group, rows, why)
    there = whole.persons(group.region)
    seed, level = whole.seed, whole.level

    drawn = monte_carlo(lambda **x: np.minimum(product(**x), there), inputs, seed=seed, level=level)
    above = monte_carlo(lambda **x: is_above(there, **x), inputs, seed=seed).mean
    _say_outside(group, rows, found, monte_carlo(is_outside, inputs, seed=seed).mean)
    if above >= _RARE:
        found.notices.append(
            notice(
                "estimate_above_universe",
                f"{group.said}: in {above:.1%} of draws {formula.said} is more than the {there} "
                "persons that there are, and was cut to them. An input is too large.",
                channel=group.said,
                share=above,
                persons=there,
            )
        )
    certain = all(isinstance(each, Fixed) for each in inputs.values())
    if certain:
        found.notices.append(
            notice(
                "estimate_without_doubt",
                f"{group.said}: every input is stated as fixed. Nobody knows them so well: state how "
                "far off they may be.",
                channel=group.said,
            )
        )
    reached = (
        no_error_stated(drawn.median, there)
        if certain
        else Amount(drawn.median, drawn.low, drawn.high, level)
    )
    return Exposure(
        **group._asdict(),
        grade=Grade.ESTIMATE,
        unit="persons",
        method=f"estimate, {formula.said} ({_sources(rows)}); {drawn.method}",
        reached=reached,
        universe=there,
        inputs={each.name: each.share for each in drawn.shares},
        assumptions=(formula.supposes, CERTAIN if certain else COVERS),
        rows=places(rows),
    )


def _inputs(
    rows: Sequence[Row], names: Sequence[str], said: str
) -> tuple[dict[str, Distribution], list[Fault]]:
    """Distributions by input, and what is wrong with their rows."""
    inputs: dict[str, Distribution] = {}
    first: dict[str, Row] = {}
    faults = []
    for row in rows:
        name = row.data["input"]
        if name not in names:
            faults.append(row.fault("input", f"one of {', '.join(names)}, for {said} are persons"))
        elif first.setdefault(name, row) is not row:
            faults.append(row.fault("input", f"each input once: {first[name].place} states it"))
        elif isinstance(found := distribution(row), Fault):
            faults.append(found)
        else:
            inputs[name] = found
    return inputs, faults


def _say_outside(group: Group, rows: Sequence[Row], found: Found, share: float) -> None:
    if share >= _RARE:
        found.notices.append(
            notice(
                "estimate_outside",
                f"{group.said}: in {share:.1%} of draws an input is below 0, or a share above 1, and "
                "was cut. Choose a distribution that stays within: lognormal, or beta for a share.",
                channel=group.said,
                share=share,
                place=rows[0].place,
            )
        )


def _sources(rows: Sequence[Row]) -> str:
    return "; ".join(dict.fromkeys(str(row.data["source"]) for row in rows if "source" in row.data))


def _unmeasured(group: Group, rows: Sequence[Row], why: str) -> Exposure:
    return Exposure(
        **group._asdict(),
        grade=None,
        unit="persons",
        method="",
        reached=None,
        not_measured=why,
        rows=places(rows),
    )
