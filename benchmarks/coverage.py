"""Do the intervals cover? Campaigns whose truth is known, many thousand times.

A cell is a kind of campaign: how many recipients, how unequal, how likely a delivery, how many
receipts missing. Where some are, the truth is put at either end of what is possible, and the
worse of the two counts. What a method claims is judged: at least ten effective recipients, and
at least five effective deliveries and failures. What it does not claim is shown all the same.
"""

from __future__ import annotations

import argparse
import math
import sys
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from measure import table, write_results
from tables import filled

from reach.stats.difference import difference_interval
from reach.stats.gram import GramStratum
from reach.stats.partial import rate_interval
from reach.stats.ratio import Ratio, ratio

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Integers = NDArray[np.int64]

PAGE = Path(__file__).resolve().parents[1] / "docs" / "statistics.md"
LEVEL = 0.95
LEAST = 0.94
"""A claimed cell fails if it surely covers less."""
FEWEST_CLUSTERS = 10
FEWEST_EVENTS = 5
_ALIKE = 0.2
"""Correlation of two messages to one person, where persons get several."""
_POPULATION = 4000
_AXES = 3  # of an arm: sent, delivered, possible
_POINTS = np.arange(0.90, 1.0001, 0.0025)


@dataclass(frozen=True)
class Cell:
    """One kind of campaign.

    Attributes:
        audience: Key of `AUDIENCES`.
        rate: Share that is delivered of what has a receipt, in the first arm.
        unknown: Share without a receipt.
        same: Whether all arms go to the same persons.
        arms: How many arms; with more than two all pairs are judged together.
    """

    audience: str
    rate: float
    unknown: float
    same: bool = False
    arms: int = 2

    @property
    def name(self) -> str:
        """What a table calls it."""
        kind = ", same persons" if self.same else ""
        return f"{self.audience}{kind}" + (f", {self.arms} arms" if self.arms > 2 else "")

    def rates(self) -> list[float]:
        """By arm: each a little worse than the one before."""
        return [self.rate * 0.93**place for place in range(self.arms)]


AUDIENCES = {
    "12 people, 20 messages each": lambda: np.full(12, 20),
    "40 people, 1 to 30": lambda: np.arange(40) * 3 // 4 + 1,
    "200 people, unequal": lambda: (
        np.ceil(200 / np.arange(1, 201) ** 0.7).astype(np.int64) // 3 + 1
    ),
    "1,000 people, 1 each": lambda: np.ones(1000, np.int64),
    "10 people, heavy tail": lambda: np.array([1, 1, 2, 3, 5, 9, 17, 40, 110, 400]),
    "500 people, one with 1,000": lambda: np.concatenate([np.ones(499, np.int64), [1000]]),
}
"""Messages by recipient, in one arm."""
_LARGER = ("40 people, 1 to 30", "200 people, unequal", "1,000 people, 1 each")


def cells() -> list[Cell]:
    """All cells, families last."""
    found = [
        Cell(audience, rate, unknown)
        for audience in AUDIENCES
        for rate in (0.01, 0.1, 0.5, 0.95)
        for unknown in (0.0, 0.15)
    ]
    found += [Cell(each, rate, 0.1, same=True) for each in _LARGER for rate in (0.1, 0.5)]
    found += [Cell(each, rate, 0.0, arms=4) for each in _LARGER for rate in (0.1, 0.5)]
    return found


@dataclass(frozen=True)
class Found:
    """How often the truth was covered.

    Attributes:
        rate: By the interval of the first arm's rate, at the worse end.
        difference: By the intervals of all pairs at once, likewise.
        clusters: Effective recipients, of the arm with the fewest.
        events: Effective deliveries or failures, whichever are fewer, on average.
    """

    rate: float
    difference: float
    clusters: float
    events: float

    @property
    def claimed(self) -> bool:
        """Whether the method claims to cover here."""
        return self.clusters >= FEWEST_CLUSTERS and self.events >= FEWEST_EVENTS


def measure_cell(cell: Cell, runs: int, seed: int) -> Found:
    """Run a cell."""
    rng = np.random.default_rng(
        [seed, *cell.name.encode(), round(1000 * cell.rate), round(1000 * cell.unknown)]
    )
    sizes = AUDIENCES[cell.audience]()
    people = _population(cell, several=bool(sizes.max() > 1))
    lower = (1 - cell.unknown) * people.mean(axis=1)
    truth = lower, lower + cell.unknown
    hits = np.zeros((2, 2))  # rate, difference; by end
    clusters = math.inf
    events = 0.0
    for _ in range(runs):
        arms = _campaign(cell, sizes, people, rng)
        first = arms[0]
        of_rate = rate_interval(*first, alpha=1 - LEVEL)
        hits[0] += [of_rate.low <= end[0] <= of_rate.high for end in truth]
        hits[1] += _covered(arms, *truth)
        clusters = min(clusters, *(end.effective_clusters for arm in arms for end in arm))
        events += min(
            (end.effective_trials or 0) * min(p, 1 - p)
            for place, arm in enumerate(arms)
            for end, p in zip(arm, (truth[0][place], truth[1][place]), strict=True)
        )
    shares = hits.min(axis=1) / runs
    return Found(float(shares[0]), float(shares[1]), clusters, float(events) / runs)


def _population(cell: Cell, *, several: bool) -> NDArray[np.float64]:
    """What share of a person's messages arrives: by arm and person, the same persons in each row."""
    from scipy.stats import beta

    ranks = (np.arange(_POPULATION) + 0.5) / _POPULATION
    rows = []
    for rate in cell.rates():
        if several or cell.same:
            strength = 1 / _ALIKE - 1
            rows.append(beta.ppf(ranks, rate * strength, (1 - rate) * strength))
        else:
            rows.append(np.full(_POPULATION, rate))
    return np.array(rows)


def _campaign(
    cell: Cell, sizes: Integers, people: NDArray[np.float64], rng: np.random.Generator
) -> list[tuple[Ratio, Ratio]]:
    """One campaign: by arm, the rate if nothing unknown arrived, and if all did."""
    count = len(sizes)
    vectors = np.zeros((count if cell.same else count * cell.arms, cell.arms * _AXES), np.int64)
    who = rng.integers(0, _POPULATION, count)
    for arm in range(cell.arms):
        if not cell.same and arm:
            who = rng.integers(0, _POPULATION, count)
        without = rng.binomial(sizes, cell.unknown)
        delivered = rng.binomial(sizes - without, people[arm, who])
        rows = slice(0, count) if cell.same else slice(arm * count, (arm + 1) * count)
        vectors[rows, arm * _AXES : (arm + 1) * _AXES] = np.stack(
            [sizes, delivered, delivered + without], axis=1
        )
    stratum = GramStratum(vectors.sum(axis=0), vectors.T @ vectors, len(vectors))
    axes = np.eye(cell.arms * _AXES, dtype=np.int64)

    def end(arm: int, axis: int) -> Ratio:
        return ratio([stratum], axes[arm * _AXES + axis], axes[arm * _AXES])

    return [(end(arm, 1), end(arm, 2) if cell.unknown else end(arm, 1)) for arm in range(cell.arms)]


def _covered(
    arms: list[tuple[Ratio, Ratio]], lower: NDArray[np.float64], upper: NDArray[np.float64]
) -> list[bool]:
    """Whether all pairs cover the least, and the greatest, difference that is possible."""
    pairs = [(a, b) for a in range(len(arms)) for b in range(a + 1, len(arms))]
    least = greatest = True
    for a, b in pairs:
        found = difference_interval(*arms[a], *arms[b], alpha=1 - LEVEL, contrasts=len(pairs))
        least &= found.low <= lower[a] - upper[b] <= found.high
        greatest &= found.low <= upper[a] - lower[b] <= found.high
    return [bool(least), bool(greatest)]


def main() -> None:
    """Measure, print, and put the table into the page on statistics."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=20_260_105)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--page", action="store_true", help="put the table into docs/statistics.md")
    asked = parser.parse_args()
    todo = cells()
    with ProcessPoolExecutor(asked.workers) as pool:
        measured = list(pool.map(partial(measure_cell, runs=asked.runs, seed=asked.seed), todo))
    found = list(zip(todo, measured, strict=True))
    write_results(
        "coverage",
        {
            "runs": asked.runs,
            "seed": asked.seed,
            "cells": [
                asdict(cell) | asdict(each) | {"claimed": each.claimed} for cell, each in found
            ],
        },
    )
    failed = [cell for cell, each in found if each.claimed and _fails(each, asked.runs)]
    text = "\n".join(_told(found, asked.runs, len(failed)))
    print(text)
    if asked.page:
        PAGE.write_text(
            filled(PAGE.read_text(encoding="utf-8"), {"coverage": text}), encoding="utf-8"
        )
    sys.exit(1 if failed else 0)


def _fails(found: Found, runs: int) -> bool:
    return any(share + 3 * _error(share, runs) < LEAST for share in (found.rate, found.difference))


def _error(share: float, runs: int) -> float:
    """Monte Carlo standard error."""
    return math.sqrt(max(share * (1 - share), 1 / runs) / runs)


def _told(found: list[tuple[Cell, Found]], runs: int, failed: int) -> Iterator[str]:
    claimed = sum(each.claimed for _, each in found)
    yield (
        f"{len(found)} kinds of campaigns, {runs:,} runs each, level {LEVEL:.0%}. "
        f"Claimed: {claimed}, of which {failed} fail."
    )
    yield ""
    yield table(
        [
            "campaign",
            "rate",
            "no receipt",
            "G\\*",
            "events",
            "covers the rate",
            "the difference",
            "",
        ],
        [
            [
                cell.name,
                f"{cell.rate:.2f}",
                f"{cell.unknown:.0%}",
                f"{each.clusters:.1f}",
                f"{each.events:.1f}",
                f"{each.rate:.1%}",
                f"{each.difference:.1%}",
                _verdict(each, runs),
            ]
            for cell, each in found
        ],
    )
    yield ""
    yield "Each row of the picture is a row of the table; `●` the difference, `○` the rate, `│` 95 %:"
    yield ""
    yield "```"
    yield from (
        f"{_row(each)} {'' if each.claimed else 'not claimed'}".rstrip() for _, each in found
    )
    yield _scale()
    yield "```"


def _verdict(found: Found, runs: int) -> str:
    if not found.claimed:
        return "not claimed"
    return "**fails**" if _fails(found, runs) else "holds"


def _row(found: Found) -> str:
    cells_ = ["·"] * len(_POINTS)
    for share, mark in ((LEVEL, "│"), (found.rate, "○"), (found.difference, "●")):
        place = int(np.clip(np.rint((share - _POINTS[0]) / 0.0025), 0, len(_POINTS) - 1))
        cells_[place] = "◂" if share < _POINTS[0] else mark
    return "".join(cells_)


def _scale() -> str:
    return f"{'90 %':<20}{'95 %':<17}100 %"


if __name__ == "__main__":
    main()
