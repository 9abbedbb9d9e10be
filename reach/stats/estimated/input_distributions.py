"""What is known of an uncertain input, as a distribution that maps draws to values.

Each has `at(u)`: the values below which a share u of it lies, for u above 0 and below 1.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import numpy as np
from scipy.special import betaincinv, ndtri

if TYPE_CHECKING:
    from numpy.typing import NDArray

# 97.5 % of a normal distribution lie below the mean plus so many standard deviations.
Z975 = 1.959963984540054
# Beta's parameters that have quantiles which can be calculated.
LEAST, MOST = 1e-100, 1e12


class Distribution(Protocol):
    """Anything that maps uniform draws to values."""

    def at(self, u: NDArray[np.float64]) -> NDArray[np.float64]:
        """Quantiles at u."""


@dataclass(frozen=True, slots=True)
class Normal:
    """A normal distribution by mean and standard deviation, which is above 0."""

    mean: float
    sd: float

    def __post_init__(self) -> None:
        """Refuse what is no distribution."""
        _require(math.isfinite(self.mean) and 0 < self.sd < math.inf, self, "an sd above 0")

    def at(self, u: NDArray[np.float64]) -> NDArray[np.float64]:
        """Quantiles at u."""
        return _array(self.mean + self.sd * ndtri(u))


@dataclass(frozen=True, slots=True)
class Lognormal:
    """A positive number known up to a factor, by median and upper end of its 95 % range.

    The range is [median²/upper, upper]: as far below as above, in factors. With a range only,
    use `Lognormal.from_range`; its median is √(low·high).

    Examples:
        >>> Lognormal(100, 200).lower, round(Lognormal.from_range(50, 200).median, 9)
        (50.0, 100.0)
    """

    median: float
    upper: float

    def __post_init__(self) -> None:
        """Refuse what is no distribution."""
        _require(0 < self.median < self.upper < math.inf, self, "0 < median < upper end")

    @classmethod
    def from_range(cls, low: float, high: float) -> Lognormal:
        """The lognormal of which 95 % lie between low and high, tails alike."""
        if not 0 < low < high < math.inf:
            raise ValueError(f"got a range {low} to {high}, expected 0 < low < high")
        return cls(math.sqrt(low) * math.sqrt(high), high)

    @property
    def lower(self) -> float:
        """Lower end of the 95 % range."""
        return self.median * (self.median / self.upper)

    @property
    def sigma(self) -> float:
        """Standard deviation of the logarithm."""
        return (math.log(self.upper) - math.log(self.median)) / Z975

    def at(self, u: NDArray[np.float64]) -> NDArray[np.float64]:
        """Quantiles at u."""
        return _array(self.median * np.exp(self.sigma * ndtri(u)))


@dataclass(frozen=True, slots=True)
class Beta:
    """A share by its mean and the number of observations it is worth, a + b = n_eff."""

    mean: float
    n_eff: float

    def __post_init__(self) -> None:
        """Refuse what is no distribution."""
        _require(
            0 < self.mean < 1 and LEAST < self.mean * self.n_eff < self.n_eff <= MOST,
            self,
            f"a mean between 0 and 1 and n_eff above 0, at most {MOST:g}",
        )

    @classmethod
    def from_counts(cls, successes: float, trials: float) -> Beta:
        """What counts tell of a share, by Jeffreys' prior: Beta(successes + ½, failures + ½)."""
        if not (0 <= successes <= trials < math.inf):
            raise ValueError(f"got {successes} of {trials}, expected 0 ≤ successes ≤ trials")
        return cls((successes + 0.5) / (trials + 1), trials + 1)

    def at(self, u: NDArray[np.float64]) -> NDArray[np.float64]:
        """Quantiles at u."""
        return _array(betaincinv(self.mean * self.n_eff, (1 - self.mean) * self.n_eff, u))


@dataclass(frozen=True, slots=True)
class Triangular:
    """Between low and high, most likely at mode; low ≤ mode ≤ high, low < high."""

    low: float
    mode: float
    high: float

    def __post_init__(self) -> None:
        """Refuse what is no distribution."""
        _require(
            self.low <= self.mode <= self.high and 0 < self.high - self.low < math.inf,
            self,
            "low ≤ mode ≤ high and low < high",
        )

    def at(self, u: NDArray[np.float64]) -> NDArray[np.float64]:
        """Quantiles at u."""
        width = self.high - self.low
        left, right = (self.mode - self.low) / width, (self.high - self.mode) / width
        rising = self.low + width * np.sqrt(u * left)
        falling = self.high - width * np.sqrt((1 - u) * right)
        return _array(np.where(u < left, rising, falling))


@dataclass(frozen=True, slots=True)
class Uniform:
    """Anywhere between low and high alike; low < high."""

    low: float
    high: float

    def __post_init__(self) -> None:
        """Refuse what is no distribution."""
        _require(0 < self.high - self.low < math.inf, self, "low < high")

    def at(self, u: NDArray[np.float64]) -> NDArray[np.float64]:
        """Quantiles at u."""
        return self.low + (self.high - self.low) * u


@dataclass(frozen=True, slots=True)
class Fixed:
    """Known without doubt."""

    value: float

    def __post_init__(self) -> None:
        """Refuse what is no number."""
        _require(math.isfinite(self.value), self, "a finite number")

    def at(self, u: NDArray[np.float64]) -> NDArray[np.float64]:
        """The value itself."""
        return np.full(u.shape, float(self.value))


def _require(holds: bool, given: Distribution, expected: str) -> None:  # noqa: FBT001
    if not holds:
        raise ValueError(f"got {given}, expected {expected}")


def _array(values: object) -> NDArray[np.float64]:
    return np.asarray(values, dtype=np.float64)
