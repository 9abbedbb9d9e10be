"""How a sample was drawn: weights, strata, clusters; and the variance that follows from it."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

import numpy as np

from reach.errors import NotEstimableError

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

SinglePsu = Literal["refuse", "centre", "certainty"]
TREATMENTS: tuple[SinglePsu, ...] = ("refuse", "centre", "certainty")


@dataclass(frozen=True, slots=True, eq=False)
class SurveyDesign:
    """Rows of a sample, each in a primary sampling unit (PSU), each PSU in a stratum.

    Attributes:
        weights: How many of the population a row stands for; shape (rows,), 0 or more.
        psu: Number of each row's PSU; shape (rows,).
        stratum: Number of each PSU's stratum; shape (PSUs,).
        sampled: PSUs drawn in each stratum; shape (strata,).
        fraction: Share of a stratum's PSUs that was drawn, 0 if unknown; shape (strata,).
        names: Labels of the strata.
        single_psu: What is done with a stratum of which one PSU was drawn.
    """

    weights: NDArray[np.float64] = field(repr=False)
    psu: NDArray[np.intp] = field(repr=False)
    stratum: NDArray[np.intp] = field(repr=False)
    sampled: NDArray[np.intp]
    fraction: NDArray[np.float64]
    names: tuple[Hashable, ...]
    single_psu: SinglePsu

    def variance_of_total(self, scores: NDArray[np.float64]) -> float:
        """Variance of Σ scores over draws of PSUs within strata.

        Σ_h (1 − f_h)·n_h/(n_h − 1)·Σ_c (z_hc − z̄_h)², where z_hc is the sum of PSU c.

        Args:
            scores: Weighted (linearised) value of each row, 0 outside a subpopulation.

        Returns:
            The variance, 0 or more.

        Raises:
            NotEstimableError: A stratum has a single PSU, is no census, and single_psu is
                "refuse".

        References:
            Binder (1983), International Statistical Review 51, 279–292.
        """
        single = (self.sampled == 1) & (self.fraction < 1)
        if self.single_psu == "refuse" and single.any():
            names = ", ".join(repr(self.names[h]) for h in np.flatnonzero(single))
            raise NotEstimableError(
                f"of stratum {names} a single primary unit was drawn, which tells nothing of how"
                " units there differ: join it to a neighbour, or ask for single_psu='centre'"
                " (its distance from the mean of all units) or 'certainty' (no variance of its own)"
            )
        totals = np.bincount(self.psu, scores, len(self.stratum))
        centre = np.bincount(self.stratum, totals, len(self.names)) / self.sampled
        factor = (1 - self.fraction) * self.sampled / np.maximum(self.sampled - 1, 1)
        if self.single_psu == "centre":
            centre[single] = totals.mean()
        squares = np.bincount(self.stratum, (totals - centre[self.stratum]) ** 2, len(self.names))
        return float(factor @ squares)


def survey_design(
    weights: ArrayLike,
    *,
    strata: Sequence[Hashable] | None = None,
    clusters: Sequence[Hashable] | None = None,
    population: Mapping[Hashable, int] | int | None = None,
    single_psu: SinglePsu = "refuse",
) -> SurveyDesign:
    """Describe how a sample was drawn.

    Args:
        weights: One a row, 0 or more: the inverse of the chance to be drawn, if wished
            adjusted for non-response.
        strata: Label of each row's stratum; None for a sample without strata.
        clusters: Label of each row's PSU (household, village, day), read within its stratum;
            None if rows were drawn one by one.
        population: PSUs in the population, by stratum, or one number without strata; for the
            finite population correction of the first stage. None for none. Only where every
            row of a drawn PSU was observed: drawing again within PSUs adds variance that the
            correction would hide.
        single_psu: What to do with a stratum of which one PSU was drawn and that has more:
            "refuse" to estimate; "centre" it at the mean of all PSUs (as R's "adjust", for
            means and ratios); "certainty", as if it could not have been another.

    Returns:
        The design.

    Raises:
        ValueError: Lengths differ, a weight is negative or not finite, a label is NaN, or the
            population has fewer PSUs than were drawn or lacks a stratum.
    """
    w = np.asarray(weights, dtype=np.float64)
    if w.ndim != 1 or not w.size or not (np.isfinite(w).all() and (w >= 0).all()):
        raise ValueError("got weights that are not a row of finite numbers, expected 0 or more")
    if single_psu not in TREATMENTS:
        raise ValueError(f"got single_psu {single_psu!r}, expected one of {', '.join(TREATMENTS)}")
    of_row, names = _codes("strata", strata if strata is not None else ["all"] * w.size, w.size)
    of_psu, _ = _codes("clusters", clusters if clusters is not None else range(w.size), w.size)
    pairs, psu = np.unique(np.column_stack([of_row, of_psu]), axis=0, return_inverse=True)
    stratum = pairs[:, 0]
    sampled = np.bincount(stratum, minlength=len(names))
    return SurveyDesign(
        weights=w,
        psu=psu.reshape(-1),
        stratum=stratum,
        sampled=sampled,
        fraction=_fractions(population, names, sampled),
        names=names,
        single_psu=single_psu,
    )


def _codes(
    what: str, labels: Sequence[Hashable], rows: int
) -> tuple[NDArray[np.intp], tuple[Hashable, ...]]:
    """Numbers for labels, in order of appearance."""
    if len(labels) != rows:
        raise ValueError(f"got {len(labels)} {what} for {rows} weights, expected one a row")
    numbers: dict[Hashable, int] = {}
    codes = [numbers.setdefault(label, len(numbers)) for label in labels]
    if any(label != label for label in numbers):  # noqa: PLR0124 - NaN is what differs from itself
        raise ValueError(f"got NaN among the {what}, expected a label for every row")
    return np.array(codes, dtype=np.intp), tuple(numbers)


def _fractions(
    population: Mapping[Hashable, int] | int | None,
    names: tuple[Hashable, ...],
    sampled: NDArray[np.intp],
) -> NDArray[np.float64]:
    """Share of each stratum's PSUs that was drawn."""
    if population is None:
        return np.zeros(len(names))
    if isinstance(population, Mapping):
        sizes = dict(population)
    elif len(names) == 1:
        sizes = {names[0]: population}
    else:
        raise ValueError("got one population for several strata, expected one a stratum")
    for name, drawn in zip(names, sampled.tolist(), strict=True):
        if name not in sizes or not drawn <= sizes[name]:
            raise ValueError(
                f"population of stratum {name!r} is {sizes.get(name)}, expected {drawn} or more"
            )
    fractions: NDArray[np.float64] = sampled / np.array([float(sizes[name]) for name in names])
    return fractions
