"""All statistics of a tally, measured; and beside them a model fitted to the messages themselves.

The usual way to standard errors with persons as clusters is generalised estimating equations
(GEE) with an independence working correlation and the robust covariance. Rates by channel and
their covariances are the same from the tally's sums and products: this shows that they are, and
what either takes. GEE's robust covariance has no small-sample factor, so it is compared with ours
before κ = G*/(G* − 1) is put on.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from itertools import combinations_with_replacement
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np
from made_messages import CHANNELS, REGIONS, Rows, made_rows, tally_of
from measure import table, write_results

from reach.compare.metrics import METRICS, Bounds
from reach.compare.question import Compare
from reach.compare.rates import Rates
from reach.compare.result import Heading, find
from reach.stats.ratio import Ratio, covariance_cr0

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from reach.tally.count import Counted

    Found = TypeVar("Found")

_INSTALL = ".venv/bin/python -m pip install 'statsmodels>=0.14'"
_METRIC = "delivered_per_sent"
_ENDS = {"lower": "delivered", "upper": "possible"}
"""The metric's two ends, and the stage that is counted in each."""

_ASKED = {
    "one metric": (_METRIC,),
    "two metrics": (_METRIC, "engaged_per_delivered"),
    f"all {len(METRICS)} metrics": tuple(METRICS),
}


@dataclass(frozen=True)
class Took:
    """What something took.

    Attributes:
        wall_s: Seconds on the clock, the median of all rounds.
        cpu_s: Seconds of processor time, likewise.
    """

    wall_s: float
    cpu_s: float


@dataclass(frozen=True)
class Estimates:
    """Rates by channel.

    Attributes:
        rates: Shape (channels,).
        robust: Their covariances, shape (channels, channels).
    """

    rates: NDArray[np.float64]
    robust: NDArray[np.float64]

    def apart(self, other: Estimates) -> tuple[float, float]:
        """How far the rates, and the standard errors and correlations, are apart at most.

        Rates and standard errors as a share of themselves, correlations as they are.
        """
        errors, others = (np.sqrt(np.diag(each.robust)) for each in (self, other))
        together, and_other = (
            self.robust / np.outer(errors, errors),
            other.robust / np.outer(others, others),
        )
        spread = max(np.abs(errors / others - 1).max(), np.abs(together - and_other).max())
        return float(np.abs(self.rates / other.rates - 1).max()), float(spread)


def measure_statistics(messages: int, rounds: int, *, gee: bool) -> dict[str, Any]:
    """Measure all.

    Args:
        messages: How many messages are made up.
        rounds: How often what is quick is repeated.
        gee: Whether models are fitted to the rows.
    """
    rows = made_rows(messages)
    counted, tallied = _timed(lambda: tally_of(rows), 1)
    asked = {
        name: _timed(lambda metrics=metrics: _find(counted, metrics), rounds)[1]
        for name, metrics in _ASKED.items()
    }
    ours = {kind: {end: _timed(lambda kind=kind, end=end: _ours(counted, end, standardised=kind), rounds)
                   for end in _ENDS} for kind in (False, True)}  # fmt: skip
    found: dict[str, Any] = {
        "messages": messages,
        "channels": CHANNELS,
        "regions": REGIONS,
        "rounds": rounds,
        "recipients": counted.tally.recipients,
        "largest_kappa": max(
            each.kappa or 1.0 for each in _ratios(counted, "lower", standardised=True)
        ),
        "tally_from_rows": vars(tallied),
        "find": {name: vars(took) for name, took in asked.items()},
        "gee": [],
    }
    for standardised, ends in ours.items() if gee else ():
        for end, (from_tally, took) in ends.items():
            from_rows, fitted = _timed(
                lambda end=end, kind=standardised: _gee(rows, end, standardised=kind), 1
            )
            rates, spread = from_tally.apart(from_rows)
            found["gee"].append(
                {
                    "outcome": _ENDS[end],
                    "standardised": standardised,
                    "rates_apart": rates,
                    "errors_apart": spread,
                    "on_rows": vars(fitted),
                    "on_tally": vars(took),
                }
            )
    return found


def _timed(job: Callable[[], Found], rounds: int) -> tuple[Found, Took]:
    walls, cpus = [], []
    for _ in range(rounds):
        wall, cpu = time.perf_counter(), time.process_time()
        found = job()
        walls.append(time.perf_counter() - wall)
        cpus.append(time.process_time() - cpu)
    return found, Took(statistics.median(walls), statistics.median(cpus))


def _find(counted: Counted, metrics: Sequence[str]) -> dict[str, Any]:
    """The whole finding: every arm described, every pair of arms compared on every metric."""
    margins = dict.fromkeys(metrics, 0.02)
    question = Compare("channel", tuple(metrics), None, None, ("region",), margins, 0.95, 0.8, None)
    heading = Heading(
        "made-up", {"en": "Made up"}, simulated=True, period=None, kinds={}, titles={}
    )
    return find(heading, counted, question, {}, [], [])


def _ratios(counted: Counted, end: str, *, standardised: bool) -> list[Ratio]:
    rates = Rates(counted.tally)

    def of(bounds: Bounds) -> Ratio:
        return bounds.lower if end == "lower" else bounds.upper

    return [of(rates.bounds(_METRIC, arm, standardised=standardised)) for arm in counted.tally.arms]


def _ours(counted: Counted, end: str, *, standardised: bool) -> Estimates:
    ratios = _ratios(counted, end, standardised=standardised)
    robust = np.zeros((len(ratios), len(ratios)))
    for i, j in combinations_with_replacement(range(len(ratios)), 2):
        robust[i, j] = robust[j, i] = covariance_cr0(ratios[i], ratios[j])
    return Estimates(np.array([each.estimate for each in ratios]), robust)


def _gee(rows: Rows, end: str, *, standardised: bool) -> Estimates:
    """The same from the rows: one fit, or one for each region, weighted by its recipients.

    Regions share no person, so that a fit of all channels in all regions is those of the regions
    side by side; in one piece it would take gigabytes.
    """
    sent = rows.stages["sent"] == 1
    outcome = rows.stages[_ENDS[end]].astype(float)
    if not standardised:
        return _fit(outcome[sent], rows.channel[sent], rows.person[sent])
    rates, robust = np.zeros(CHANNELS), np.zeros((CHANNELS, CHANNELS))
    persons = len(np.unique(rows.person))
    for region in range(REGIONS):
        here = rows.region == region
        weight = len(np.unique(rows.person[here])) / persons
        fit = _fit(outcome[sent & here], rows.channel[sent & here], rows.person[sent & here])
        rates += weight * fit.rates
        robust += weight**2 * fit.robust
    return Estimates(rates, robust)


def _fit(
    outcome: NDArray[np.float64], channel: NDArray[np.int64], person: NDArray[np.int64]
) -> Estimates:
    from statsmodels.genmod.cov_struct import Independence
    from statsmodels.genmod.families import Gaussian
    from statsmodels.genmod.generalized_estimating_equations import GEE

    by_channel = np.eye(CHANNELS)[channel]
    model = GEE(outcome, by_channel, person, family=Gaussian(), cov_struct=Independence())
    fit = model.fit(cov_type="robust")
    return Estimates(np.asarray(fit.params), np.asarray(fit.cov_robust))


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--messages", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--without-gee", action="store_true", help="do not fit models to the rows")
    asked = parser.parse_args()
    has_gee = find_spec("statsmodels") is not None
    found = measure_statistics(asked.messages, asked.rounds, gee=has_gee and not asked.without_gee)
    write_results("tally_statistics", found)
    print(f"{found['messages']:,} messages to {found['recipients']:,} recipients, {CHANNELS} channels, "
          f"{REGIONS} regions; medians of {asked.rounds} runs\n")  # fmt: skip
    print(_of_tally(found))
    if found["gee"]:
        print(f"\n{_beside_gee(found)}")
    elif not has_gee:
        print(f"\nstatsmodels is missing, so nothing is compared with GEE. To have it: {_INSTALL}")


def _of_tally(found: dict[str, Any]) -> str:
    pairs = CHANNELS * (CHANNELS - 1) // 2
    rows = [
        [
            f"{pairs} pairs, standardised by region, {name}",
            f"{took['wall_s']:.3f}",
            f"{took['cpu_s']:.3f}",
        ]
        for name, took in found["find"].items()
    ]
    made = found["tally_from_rows"]
    rows.append(["making the tally from the rows", f"{made['wall_s']:.3f}", f"{made['cpu_s']:.3f}"])
    return table(["statistics of a tally", "seconds", "CPU seconds"], rows)


def _beside_gee(found: dict[str, Any]) -> str:
    """Each fit beside the same from the tally, then all fits of a metric beside its whole finding."""
    tallied = found["tally_from_rows"]["cpu_s"]
    lines = []
    for each in found["gee"]:
        kind = f"{REGIONS} fits, standardised" if each["standardised"] else "one fit, crude"
        lines.append([f"{each['outcome']} per sent, {kind}", *_sides(each["on_rows"]["cpu_s"], each["on_tally"]["cpu_s"], tallied),
                      f"{each['rates_apart']:.0e}", f"{each['errors_apart']:.0e}"])  # fmt: skip
    fits = sum(each["on_rows"]["cpu_s"] for each in found["gee"] if each["standardised"])
    whole = found["find"]["one metric"]["cpu_s"]
    lines.append(
        ["both standardised; of reach the whole finding", *_sides(fits, whole, tallied), "", ""]
    )
    header = ["CPU seconds", "GEE on rows", "on the tally", "times", "with making it", "times", "rates apart", "errors apart"]  # fmt: skip
    return table(header, lines)


def _sides(on_rows: float, on_tally: float, tallied: float) -> list[str]:
    whole = on_tally + tallied
    return [f"{on_rows:.1f}", f"{on_tally:.4f}", f"{on_rows / on_tally:,.0f}", f"{whole:.2f}", f"{on_rows / whole:,.1f}"]  # fmt: skip


if __name__ == "__main__":
    main()
