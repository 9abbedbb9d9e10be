"""Numbers, rates, tables and samples at the borders of what there can be."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import product
from math import inf, nan
from typing import Any

import numpy as np

from reach.stats import (
    ratio,
)  # fmt: skip
from reach.stats.campaigns import random_effects
from reach.stats.estimated import input_distributions
from reach.stats.gram import GramStratum, tally_vectors
from reach.stats.planning import power, sending
from reach.stats.survey import design, domain

Call = Callable[[], object]

TINY = 5e-324
SHARES = (nan, -inf, -1.0, 0.0, TINY, 1e-12, 0.3, 0.5, 1 - 1e-16, 1.0, 1 + 1e-9, inf)
REALS = (nan, -inf, -1e308, -1.0, 0.0, TINY, 1e-150, 1.0, 3.5, 1e150, 1e308, inf)
SIZES = (nan, -1.0, 0.0, TINY, 1.0, 2.5, 1e12, 1e200, 1e308, inf)
ALPHAS = (nan, -1.0, 0.0, TINY, 1e-12, 0.05, 0.5, 1 - 1e-16, 1.0, inf)
NU = (nan, -1.0, 0.0, TINY, 1.0, 9.0, 1e12, inf)
COUNTS = (-1, 0, 1, 2, 9, 10**6, 10**12)
ROWS: tuple[Sequence[float], ...] = (
    (), (0.0,), (1.0,), (0.0, 0.0), (1.0, 1.0), (0.0, 1.0), (1.0, 2.0, 4.0), (nan, 1.0), (1.0, inf),
    (-1.0, 1.0), (TINY, 1.0), (1e308, 1e308), (1e308, -1e308), (1e-308, 1e308), (0.0,) * 20,
    tuple(float(each % 3) for each in range(20)), tuple(float(each) for each in range(20)),
)  # fmt: skip
AT_MOST = 1500


def each(call: Callable[..., object], *values: Iterable[Any], **named: Iterable[Any]) -> list[Call]:
    """Calls with all that the values make together, or many of them chosen by a seed."""
    columns = [list(column) for column in (*values, *named.values())]
    size = int(np.prod([len(column) for column in columns]))
    if size <= AT_MOST:
        rows: Iterable[tuple[Any, ...]] = product(*columns)
    else:
        chance = random.Random(4)  # noqa: S311
        rows = [tuple(chance.choice(column) for column in columns) for _ in range(AT_MOST)]
    end = len(values)
    return [partial(call, *row[:end], **dict(zip(named, row[end:], strict=True))) for row in rows]


# Axes: sent, delivered, possible of one arm, and the same of another.
PEOPLE: tuple[Sequence[Sequence[int]], ...] = (
    (),
    ((0, 0, 0, 0, 0, 0),),
    ((1, 0, 1, 0, 0, 0),),
    ((1, 1, 1, 1, 0, 1),) * 12,
    ((1, 1, 1, 0, 0, 0),) * 11 + ((0, 0, 0, 1, 0, 0),) * 11,
    ((1, 0, 1, 0, 0, 0), (1, 1, 1, 0, 0, 0)) * 8 + ((0, 0, 0, 3, 1, 2), (0, 0, 0, 1, 0, 0)) * 8,
    ((1000, 999, 1000, 1, 0, 0),) + ((1, 0, 0, 1000, 1, 2),) * 15,
    ((10**9, 1, 10**9, 1, 1, 1), (1, 1, 1, 10**9, 10**9 - 1, 10**9)),
)  # fmt: skip


def strata() -> list[GramStratum]:
    """Tallies of nobody, of one, of many alike, of one beside whom the others are nothing."""
    found = [tally_vectors(np.array(each, dtype=np.int64).reshape(-1, 6)) for each in PEOPLE]
    some = found[5]
    return [*found, GramStratum(some.sums * 10**12, some.gram * 10**12, some.recipients * 10**12)]


STRATA = strata()
AXES = ([0, 1, 0, 0, 0, 0], [0, 0, 1, 0, 0, 0], [0, 0, 0, 0, 1, 0], [0, 0, 0, 0, 0, 1])
BELOW = ([1, 0, 0, 0, 0, 0], [0, 0, 0, 1, 0, 0])
FORMS = (*AXES, *BELOW, [0.0] * 6, [1.0], [nan] * 6, [inf] * 6, [1e308] * 6, [TINY] * 6, [-1.0] * 6)


def ratios(above: Sequence[float], below: Sequence[float]) -> Iterator[ratio.Ratio]:
    """A rate of each tally that has one."""
    for stratum in STRATA:
        if stratum.sums[list(below).index(1)]:
            yield ratio.ratio([stratum], above, below)


def together(arms: int) -> list[tuple[ratio.Ratio, ...]]:
    """Both ends of one arm, or of two, of each tally that has them."""
    columns = [ratios(AXES[k], BELOW[k // 2]) for k in range(2 * arms)]
    if arms == 1:
        return list(zip(*columns, strict=True))
    both = [s for s in STRATA if s.sums[0] and s.sums[3]]
    return [
        tuple(ratio.ratio([stratum], AXES[k], BELOW[k // 2]) for k in range(4)) for stratum in both
    ]


def spread(
    call: Callable[..., object], *values: Iterable[Any], **named: Iterable[Any]
) -> list[Call]:
    """Calls whose first value is a row of arguments."""
    return each(lambda row, *rest, **more: call(*row, *rest, **more), *values, **named)


ONE, TWO = together(1), together(2)
ALL = [row[0] for row in ONE] + [row[2] for row in TWO]
CURVES = (lambda c: c, lambda c: 0.0 * c, lambda c: c * c / (1 + c * c), lambda c: -1.0 + 0 * c)  # fmt: skip
MODELS = [
    random_effects.random_effects(y, v)
    for y, v in (
        ((0.0, 0.0), (1.0, 1.0)), ((0.0, 1.0), (1e-99, 1.0)), ((0.0, 1.0), (1e-150, 1e-150)),
        ((-1e150, 1e150), (1e150, 1e101)), ((1.0, 1.0, 1.0), (TINY * 2**60, 1e-300, 1e-200)),
        ((0.0, 9.0, 0.0, 9.0), (1.0, 1.0, 1e-9, 1e-9)),
    )
    if min(v) > 1e-199 * max(abs(y[0]), 1.0) * max(abs(y[0]), 1.0)
]  # fmt: skip
TABLES = (
    (), ((0, 0, 0, 0),), ((1, 0, 0, 1),), ((1, 1, 1, 1),), ((1, 0, 0, 1), (0, 1, 1, 0)), ((nan,) * 4,),
    ((5, 5, 5, 5), (9, 1, 1, 9)), ((10**200,) * 4,), ((10**12, 1, 1, 10**12), (1, 1, 1, 1)),
    ((inf,) * 4,), ((-1, 1, 1, 1),), ((1, 2, 3),), ((10**400, 1, 1, 1),), ((1, 10**6, 10**6, 1),) * 2,
)  # fmt: skip
WEIGHTS = (
    [], [0.0], [1.0], [nan], [inf], [-1.0], [1.0, 1.0], [1.0] * 6, [0.0] * 6, [1e308] * 6, [TINY] * 6,
    [1e-308, 1e308, 1, 1, 1, 1],
)  # fmt: skip
VALUES = ([], [1.0], [0.0] * 6, [1.0] * 6, [0, 1] * 3, [nan] * 6, [1e308, -1e308] * 3, [TINY] * 6, [0, 1])  # fmt: skip


def designs() -> list[design.SurveyDesign]:
    """Samples of six, in one stratum or two, some of them a census."""
    layouts: list[dict[str, Any]] = [
        {}, {"strata": "aaabbb"}, {"strata": "aaaaab"}, {"clusters": "xxyyzz"}, {"population": 6},
    ]  # fmt: skip
    return [
        design.survey_design(weights, **layout, single_psu=single)
        for weights, layout, single in product(WEIGHTS[7:], layouts, design.TREATMENTS)
    ]


DESIGNS = designs()
DOMAINS = (None, [True] * 6, [False] * 6, [True] + [False] * 5, [True], [1.0] * 6)
INSIDE = [domain.inside_domain(each, 0.95, None) for each in DESIGNS[:3] + DESIGNS[12:15]]
DISTRIBUTIONS = (
    input_distributions.Normal(0, 1), input_distributions.Normal(1e308, 1e308),
    input_distributions.Lognormal(TINY, 1e308), input_distributions.Beta(1e-90, 1.0),
    input_distributions.Beta(0.5, 1e12), input_distributions.Triangular(0, 0, TINY),
    input_distributions.Uniform(-1.0, 1.0), input_distributions.Fixed(0.0),
)  # fmt: skip
U = np.array([2.0**-53, 1e-12, 0.3, 0.5, 1 - 1e-16])
FORMULAS = (lambda x: x, lambda x: 1 / x, lambda x: x * x, lambda x: 1 + np.log(x), lambda x: nan * x, lambda x: 0 * x)  # fmt: skip
DAYS = ([], [(0, 0)] * 20, [(0, 9)] * 20, [(9, 9)] * 20, [(5, 9)] * 20, [(5, 9), (9, 9)] * 10, [(10**12, 10**13), (1, 2)] * 10, [(-1, 1)], [(2, 1)])  # fmt: skip


def quantiles_of(kind: Callable[..., Any]) -> Callable[..., object]:
    def quantiles(*of: Any) -> object:  # noqa: ANN401
        with np.errstate(over="ignore"):  # a formula may bear what is beyond all numbers
            return np.clip(kind(*of).at(U), -1e308, 1e308)

    return quantiles


def possible_of(*of: Any, **more: Any) -> object:  # noqa: ANN401
    return power.Plan(*of, **more).possible


def _plans() -> Iterator[power.Plan]:
    for aim, margin in (("better", 0.0), ("non-inferior", 0.1), ("equivalent", 1e-12), ("equivalent", 1.0)):  # fmt: skip
        for rates in ((0.0, 0.0), (0.0, 1.0), (1.0, 0.9), (0.5, 0.5 + 1e-12), (TINY, 0.0)):
            for unknown in ((0.0, 0.0), (0.05, 1.0), (1e-12, 0.0)):
                for size in (1.0, TINY, 1e308):
                    yield power.Plan(*rates, aim, margin, unknown, size)  # type: ignore[arg-type]


PLANS = list(_plans()) + [
    power.Plan(0.5, 0.6, alpha=alpha, sending=sending.Sending(*messages), contrasts=contrasts)
    for alpha in (TINY, 0.05, 1 - 1e-16)
    for messages in ((TINY, 0.0, 1.0), (1e308, 0.0, 0.0), (1e100, 1e100, 1e-300), (1.0, 0.0, 0.0))
    for contrasts in (1, 10**300)
]
