"""Every model of how often that one row allows, and whether the row's own numbers bear it out."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from reach.errors import NotEstimableError
from reach.media.frequency.beta_binomial import from_reach_of_many
from reach.media.frequency.binomial import binomial
from reach.media.frequency.contacts import Frequency
from reach.media.frequency.goerg import goerg
from reach.media.frequency.measured import Measured
from reach.media.frequency.negative_exponential import negative_exponential

Model = Literal[
    "binomial",
    "beta_binomial",
    "goerg",
    "negative_exponential",
    "sainsbury",
    "agostini",
    "metheringham",
]
Reason = Literal[
    "needs_contacts", "needs_reach", "needs_insertions", "needs_vehicles", "not_possible"
]

OFF = 0.01
"""By how much of the universe a model may miss a published number: a point, as they are rounded."""
OFF_SHARE = 0.1
"""Or by this share of the number, if that is more."""

_OF_ONE_ROW: Mapping[Model, tuple[Reason, ...]] = {
    "binomial": ("needs_insertions",),
    "beta_binomial": ("needs_insertions", "needs_contacts", "needs_reach"),
    "goerg": ("needs_contacts", "needs_reach"),
    "negative_exponential": ("needs_contacts", "needs_reach"),
}
_OF_VEHICLES: tuple[Model, ...] = ("sainsbury", "agostini", "metheringham")


@dataclass(frozen=True, slots=True)
class Miss:
    """Where a model is furthest from the row, by what it may be off.

    Attributes:
        times: The n of n+.
        measured: What the row says, a share of the universe.
        modelled: What the model says.
    """

    times: int
    measured: float
    modelled: float

    @property
    def contradicts(self) -> bool:
        """Whether it is off by more than rounding and models are."""
        return self.off > 1

    @property
    def off(self) -> float:
        """How far it is off, in what it may be off."""
        return abs(self.modelled - self.measured) / max(OFF, OFF_SHARE * self.measured)


@dataclass(frozen=True, slots=True)
class Fitted:
    """A model with parameters from the row.

    Attributes:
        model: Which.
        parameters: By name.
        reach: Share with at least n contacts, from how many times as much is put out, and n.
        tested_by: The n of those n+ of the row that the parameters were not made of.
        miss: Where it is furthest from the row; None if the row tells no n+.
    """

    model: Model
    parameters: Mapping[str, float]
    reach: Callable[[int, int], float]
    tested_by: tuple[int, ...]
    miss: Miss | None

    @property
    def fits(self) -> bool:
        """Whether none of the row's own numbers contradicts it."""
        return self.miss is None or not self.miss.contradicts


@dataclass(frozen=True, slots=True)
class NotFitted:
    """A model that the row does not allow.

    Attributes:
        model: Which.
        reason: What it needs, or that the row's numbers are none that it can have.
        detail: The same in a sentence.
    """

    model: Model
    reason: Reason
    detail: str


_NEEDS: Mapping[Reason, str] = {
    "needs_insertions": "it needs the number of insertions",
    "needs_contacts": "it needs contacts: points, or the contacts of each who was reached",
    "needs_reach": "it needs the reach",
    "needs_vehicles": "it needs the audiences of several vehicles, which one row has not",
}


def fit_models(row: Measured, most: int = 1) -> tuple[list[Fitted], list[NotFitted]]:
    """Fit what the row allows.

    Args:
        row: What was measured.
        most: To how many times as much it shall be extrapolated.

    Returns:
        Fitted models, those that the row contradicts among them, and those not fitted.

    Examples:
        >>> fitted, _ = fit_models(Measured({1: 0.45, 2: 0.27}, 1.2, "grp", 40))
        >>> [(each.model, each.fits, round(each.reach(2, 1), 3)) for each in fitted]
        ... # doctest: +NORMALIZE_WHITESPACE
        [('binomial', False, 0.913), ('beta_binomial', True, 0.57), ('goerg', True, 0.554),
         ('negative_exponential', False, 0.49)]
    """
    fitted, others = [], []
    for model, needs in _OF_ONE_ROW.items():
        lacking = next((need for need in needs if _lacks(row, need)), None)
        if lacking is not None:
            others.append(NotFitted(model, lacking, _NEEDS[lacking]))
            continue
        try:
            parameters, reach = _BUILT[model](row)
            reach(most, 1)  # so many insertions may be more than are modelled
        except NotEstimableError as error:
            others.append(NotFitted(model, "not_possible", str(error)))
            continue
        from_contacts = model == "binomial" and row.gross is not None
        tested_by = tuple(times for times in row.reach if times > 1 or from_contacts)
        fitted.append(Fitted(model, parameters, reach, tested_by, _worst(row, reach)))
    others += [NotFitted(each, "needs_vehicles", _NEEDS["needs_vehicles"]) for each in _OF_VEHICLES]
    return fitted, others


def spread(fitted: Sequence[Fitted], multiple: int, times: int) -> tuple[float, float]:
    """The least and the most that models which fit make of so many times as much.

    Raises:
        NotEstimableError: None fits.
    """
    reached = [each.reach(multiple, times) for each in fitted if each.fits]
    if not reached:
        raise NotEstimableError("no model agrees with what the row says of reach")
    return min(reached), max(reached)


def _lacks(row: Measured, need: Reason) -> bool:
    if need == "needs_insertions":
        return row.insertions is None
    return row.gross is None if need == "needs_contacts" else 1 not in row.reach


def _worst(row: Measured, reach: Callable[[int, int], float]) -> Miss | None:
    misses = [Miss(times, said, reach(1, times)) for times, said in row.reach.items()]
    return max(misses, key=lambda miss: miss.off, default=None)


_Built = tuple[Mapping[str, float], Callable[[int, int], float]]


def _binomial(row: Measured) -> _Built:
    """By its contacts; where these are not known, by its reach."""
    insertions = row.insertions or 0
    if row.gross is not None:
        share = row.gross / insertions
    elif row.reach.get(1, 1.0) < 1:
        share = -math.expm1(math.log1p(-row.reach[1]) / insertions)
    else:
        raise NotEstimableError("a reach of all does not tell how large each audience is")
    return {"share": share}, _by_insertions(lambda count: binomial(share, count), insertions)


def _beta_binomial(row: Measured) -> _Built:
    insertions = row.insertions or 0
    model = from_reach_of_many((row.gross or 0.0) / insertions, row.reach[1], insertions)
    told = {"alpha": model.alpha, "beta": model.beta}
    return told, _by_insertions(model.frequency, insertions)


def _goerg(row: Measured) -> _Built:
    gross = row.gross or 0.0
    curve = goerg(gross, row.reach[1], universe=1)
    return {"maximum": curve.maximum}, lambda multiple, n: curve.reach(multiple * gross, n)


def _negative_exponential(row: Measured) -> _Built:
    grp = 100 * (row.gross or 0.0)
    curve = negative_exponential(grp, row.reach[1])
    told = {"maximum": curve.maximum, "rate": curve.rate}
    return told, lambda multiple, n: curve.reach(multiple * grp, n)


def _by_insertions(
    frequency: Callable[[int], Frequency], insertions: int
) -> Callable[[int, int], float]:
    kept = cache(frequency)
    return lambda multiple, times: kept(multiple * insertions).reach(times)


_BUILT: Mapping[Model, Callable[[Measured], _Built]] = {
    "binomial": _binomial,
    "beta_binomial": _beta_binomial,
    "goerg": _goerg,
    "negative_exponential": _negative_exponential,
}
