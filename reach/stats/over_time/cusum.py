"""Has a daily rate dropped? A one-sided CUSUM that says how often it is wrong.

A running mean is no drop detector: it has no known rate of false alarms, it hides a small
lasting drop in its own noise and forgets a sharp one as soon as it leaves the window.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from reach.errors import NotEstimableError

if TYPE_CHECKING:
    from numpy.typing import NDArray

SEED = 20_240_601
# Fewer days tell nothing of how much a day differs from the next.
FEWEST_DAYS = 14
# Days: a false alarm in 27 years.
LONGEST = 10_000
# Each simulated run is followed for so many times the run length asked for.
FOLLOWED = 2
# To which a threshold is found; the simulation itself is good to a few hundredths.
PRECISION = 0.002


@dataclass(frozen=True, slots=True)
class DropAlarm:
    """What the chart of the days after the baseline says.

    Attributes:
        alarm_on: Index of the first day on which the chart crosses the threshold; None if none.
        began_on: Index of the day from which the chart rose to it, when the drop may have begun.
        path: Height of the chart at the end of each day, 0 or more; a day without messages
            leaves it as it was.
        threshold: Height at which it alarms, in standard deviations.
        allowance: Standard deviations that a day may lie low without counting.
        baseline_rate: Rate of the baseline days together.
        dispersion: Standard deviation of the baseline's standardised days, 1 or more: how
            much more the days differ than independent messages would.
        baseline_days: Days with messages in the baseline.
        run_length: Mean number of days to a false alarm, if nothing has changed.
        autocorrelation: Lag-1 autocorrelation of the days supposed in the simulation.
        runs: Simulated runs behind the threshold.
        seed: Seed of the simulation.
        method: What was done, in words.
    """

    alarm_on: int | None
    began_on: int | None
    path: tuple[float, ...]
    threshold: float
    allowance: float
    baseline_rate: float
    dispersion: float
    baseline_days: int
    run_length: float
    autocorrelation: float
    runs: int
    seed: int
    method: str


def drop_alarm(
    baseline: Sequence[tuple[int, int]],
    days: Sequence[tuple[int, int]],
    *,
    run_length: float = 365,
    allowance: float = 0.5,
    autocorrelation: float = 0.0,
    runs: int = 1000,
    seed: int = SEED,
) -> DropAlarm:
    """Chart days against a baseline and alarm at a drop of their rate.

    A day's residual is z = (y/n − r)/(σ·√(r(1−r)/n)), r being the baseline's rate and σ the
    standard deviation of the baseline's own z, at least 1 (Laney's p′). The chart is
    S = max(0, S − z − allowance). Its threshold takes into account that r and σ come from few
    days, and is found by simulation.

    Args:
        baseline: Successes and messages of each day when all was well, 14 days with messages
            or more; weekdays and weekends as they come.
        days: Successes and messages of each later day, in order.
        run_length: Mean number of days to a false alarm (ARL₀), above 1, at most 10,000.
        allowance: k, half the drop to be found quickest, in standard deviations; above 0.
        autocorrelation: Lag-1 autocorrelation of a day's residual, −1 to 1 exclusive.
        runs: Simulated runs, 100 or more.
        seed: Of the simulation.

    Returns:
        The chart, with its alarm if there is one.

    Raises:
        NotEstimableError: The baseline has too few days, or its rate is 0 or 1.
        ValueError: Counts that can't be, or another argument out of its range.

    References:
        Page (1954), Biometrika 41, 100–115. Laney (2002), Quality Engineering 14, 531–537.
        Jones, Champ & Rigdon (2004), Technometrics 46, 17–27: parameters that are estimated.

    Examples:
        Three weeks at 90 %, then 87 % from the third day on.

        >>> well = [(900 + 9 * (-1) ** day, 1000) for day in range(21)]
        >>> found = drop_alarm(well, [(903, 1000), (899, 1000)] + [(870, 1000)] * 5)
        >>> found.began_on, found.alarm_on
        (2, 4)
    """
    usual = _rates(baseline, "baseline")
    later = _rates(days, "days")
    if len(usual) < FEWEST_DAYS:
        raise NotEstimableError(
            f"the baseline has {len(usual)} days with messages: how much a day differs from"
            f" the next is not known from fewer than {FEWEST_DAYS}"
        )
    messages = sum(n for _, _, n in usual)
    successes = sum(y for _, y, _ in usual)
    if successes in (0, messages):
        raise NotEstimableError(
            "every message of the baseline ended alike, so nothing tells how far a usual day strays"
        )
    threshold = threshold_for(
        run_length, allowance, len(usual), autocorrelation=autocorrelation, runs=runs, seed=seed
    )
    rate = successes / messages
    residuals = _residuals(usual, rate)
    # Days can't differ less than the messages in them; if they seem to, it is by chance.
    dispersion = max(1.0, math.sqrt(sum(z * z for _, z in residuals) / (len(residuals) - 1)))
    heights, height, rising_since, alarm = [0.0] * len(days), 0.0, 0, None
    began = None
    standardised = {day: z / dispersion for day, z in _residuals(later, rate)}
    for day in range(len(days)):
        if day in standardised:
            if height == 0:
                rising_since = day
            height = max(0.0, height - standardised[day] - allowance)
        heights[day] = height
        if alarm is None and height > threshold:
            alarm, began = day, rising_since
    return DropAlarm(
        alarm_on=alarm,
        began_on=began,
        path=tuple(heights),
        threshold=threshold,
        allowance=allowance,
        baseline_rate=rate,
        dispersion=dispersion,
        baseline_days=len(usual),
        run_length=run_length,
        autocorrelation=autocorrelation,
        runs=runs,
        seed=seed,
        method="lower one-sided CUSUM of standardised days, threshold by simulated run length",
    )


def threshold_for(
    run_length: float,
    allowance: float = 0.5,
    baseline_days: int | None = None,
    *,
    autocorrelation: float = 0.0,
    runs: int = 1000,
    seed: int = SEED,
) -> float:
    """Height at which charts of unchanged days give one alarm in so many days.

    Days are simulated as a normal autoregression of order one; a chart starts anew after each
    alarm, and all days of all runs are divided by all their alarms. With `baseline_days` each
    run draws a baseline of its own and standardises by it, as an analyst has to. The mean of
    the *first* run lengths would then be no guide: a few baselines that happen to lie low make
    runs without end, and hide that most charts alarm too often.

    Args:
        run_length: Mean number of days to a false alarm (ARL₀), above 1, at most 10,000.
        allowance: k, in standard deviations, above 0.
        baseline_days: Days from which mean and deviation are estimated, 14 or more; None if
            they are known.
        autocorrelation: Lag-1 autocorrelation, −1 to 1 exclusive.
        runs: Simulated runs, 100 or more.
        seed: Of the simulation.

    Returns:
        The threshold h, in standard deviations.

    Raises:
        ValueError: An argument is out of its range.

    Examples:
        Known mean and deviation: h = 4 has a mean run of 336 days (Montgomery 2013).

        >>> round(threshold_for(336), 1)
        4.0
    """
    if not (1 < run_length <= LONGEST and 0 < allowance < math.inf):
        raise ValueError(
            f"run_length is {run_length} and allowance is {allowance},"
            f" expected above 1 and at most {LONGEST}, and above 0"
        )
    if not -1 < autocorrelation < 1:
        raise ValueError(f"autocorrelation is {autocorrelation}, expected between -1 and 1")
    if runs < 100 or (baseline_days is not None and baseline_days < FEWEST_DAYS):  # noqa: PLR2004
        raise ValueError(
            f"got {runs} runs and {baseline_days} baseline days, expected 100 and {FEWEST_DAYS} or more"
        )
    before, after = baseline_days or 0, math.ceil(FOLLOWED * run_length)
    days = np.random.default_rng(seed).standard_normal((before + after, runs))
    days[1:] *= math.sqrt(1 - autocorrelation**2)
    for day in range(1, len(days)):
        days[day] += autocorrelation * days[day - 1]
    falls = -days[before:]
    if before:
        falls += days[:before].mean(axis=0)
        falls /= days[:before].std(axis=0, ddof=1)
    falls -= allowance
    allowed = falls.size / run_length
    low, high = 0.0, 4.0
    while _false_alarms(falls, high) > allowed:
        low, high = high, 2 * high
    while high - low > PRECISION:
        middle = (low + high) / 2
        low, high = (middle, high) if _false_alarms(falls, middle) > allowed else (low, middle)
    return high


def _false_alarms(falls: NDArray[np.float64], threshold: float) -> int:
    """How often charts alarm in all, if each starts anew after its alarm."""
    height, alarms = np.zeros(falls.shape[1]), 0
    for fall in falls:
        height += fall
        np.maximum(height, 0, out=height)
        crossed = height > threshold
        alarms += int(np.count_nonzero(crossed))
        height[crossed] = 0
    return alarms


def _rates(days: Sequence[tuple[int, int]], name: str) -> list[tuple[int, int, int]]:
    for day, (y, n) in enumerate(days):
        if not 0 <= y <= n:
            raise ValueError(f"{name}[{day}] is {y} of {n}, expected 0 to all of them")
    return [(day, y, n) for day, (y, n) in enumerate(days) if n]


def _residuals(days: list[tuple[int, int, int]], rate: float) -> list[tuple[int, float]]:
    return [(day, (y - n * rate) / math.sqrt(n * rate * (1 - rate))) for day, y, n in days]
