"""The tally of one stratum: all that a rate and its variance need, in integers that add.

Every recipient has a vector z of counts (per arm: sent, delivered, …). The number of
recipients, Σ z and the Gram matrix Σ z zᵀ are enough for every ratio of weighted counts and
for every covariance of two such ratios, with the recipient as the cluster. Which axis means
what is the caller's business.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import ArrayLike, NDArray


# The next after the largest of 64 bits.
LARGEST = 2.0**63


@dataclass(frozen=True, eq=False)
class GramStratum:
    """Sums and cross-products of the recipient vectors of one stratum.

    Strata hold different recipients, so two of them merge by `+`.

    Attributes:
        sums: Σ z over recipients, shape (k,), int64.
        gram: Σ z zᵀ over recipients, shape (k, k), int64, symmetric.
        recipients: How many recipients the sums run over.
    """

    sums: NDArray[np.int64]
    gram: NDArray[np.int64]
    recipients: int

    def __post_init__(self) -> None:
        """Refuse what can't be a Gram matrix of integer vectors.

        Raises:
            ValueError: The shapes do not fit, the arrays hold no integers, the matrix is not
                symmetric, or the number of recipients is negative.
        """
        axes = self.sums.shape
        if self.sums.ndim != 1 or self.gram.shape != axes * 2:
            raise ValueError(
                f"sums of shape {axes} and gram of shape {self.gram.shape}: expected (k,), (k, k)"
            )
        if self.sums.dtype.kind != "i" or self.gram.dtype.kind != "i":
            raise ValueError(
                f"sums are {self.sums.dtype}, gram is {self.gram.dtype}: expected int64"
            )
        if not np.array_equal(self.gram, self.gram.T):
            raise ValueError("gram is not symmetric")
        if self.recipients < 0:
            raise ValueError(f"recipients is {self.recipients}, expected 0 or more")

    def __add__(self, other: GramStratum) -> GramStratum:
        """The tally of both groups of recipients; right only if nobody is in both.

        Raises:
            ValueError: The axes differ, or a sum leaves 64 bits.
        """
        _require_axes_of(self, other)
        return GramStratum(
            _added(self.sums, other.sums),
            _added(self.gram, other.gram),
            self.recipients + other.recipients,
        )


def _added(first: NDArray[np.int64], second: NDArray[np.int64]) -> NDArray[np.int64]:
    total: NDArray[np.int64] = first + second
    # Of two numbers alike in sign the sum is, too, unless it has left 64 bits.
    if (((first ^ total) & (second ^ total)) < 0).any():
        raise ValueError("the counts are too large to be added: they leave 64 bits")
    return total


def _require_axes_of(first: GramStratum, second: GramStratum) -> None:
    if first.sums.shape != second.sums.shape:
        raise ValueError(f"{first.sums.size} axes and {second.sums.size} axes can't be added")


def tally_vectors(vectors: ArrayLike) -> GramStratum:
    """Tally recipient vectors that are at hand.

    Args:
        vectors: Counts, shape (recipients, k), integers.

    Returns:
        Their sums, Gram matrix and number.

    Raises:
        ValueError: Not a two-dimensional array of integers, or squares that leave 64 bits.

    Examples:
        Two recipients; the axes are messages sent and delivered.

        >>> stratum = tally_vectors([[2, 1], [1, 1]])
        >>> stratum.sums.tolist(), stratum.gram.tolist(), stratum.recipients
        ([3, 2], [[5, 3], [3, 2]], 2)
    """
    z = np.asarray(vectors)
    if z.ndim != 2 or z.dtype.kind not in "iub":  # noqa: PLR2004
        raise ValueError(f"got shape {z.shape} of {z.dtype}, expected (recipients, k) of integers")
    if z.size and len(z) * float(np.abs(z.astype(np.float64)).max()) ** 2 >= LARGEST:
        raise ValueError(f"got counts up to {z.max()}: their squares leave 64 bits")
    z = z.astype(np.int64)
    return GramStratum(z.sum(axis=0), z.T @ z, len(z))


def pool(strata: Sequence[GramStratum]) -> GramStratum:
    """Merge strata into one, as if nobody had asked for strata.

    Args:
        strata: At least one, all with the same axes.

    Returns:
        The tally of all their recipients.

    Raises:
        ValueError: No strata, or strata with different axes.
    """
    if not strata:
        raise ValueError("no strata to pool")
    first, *others = strata
    sums, gram, recipients = first.sums, first.gram, first.recipients
    for stratum in others:
        _require_axes_of(first, stratum)
        sums, gram = _added(sums, stratum.sums), _added(gram, stratum.gram)
        recipients += stratum.recipients
    return GramStratum(sums, gram, recipients) if others else first
