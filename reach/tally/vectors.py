"""Recipients' vectors, each with how many recipients have it, summed in integers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from reach.stats.gram import GramStratum

if TYPE_CHECKING:
    from numpy.typing import NDArray

_EXACT_IN_HALF = 1 << 24  # in a float of half the size, which is twice as fast
_SMALL = 200_000
"""Multiplications that BLAS does in one thread: sharing out so little work costs more than it."""
_ROWS = 1 << 13
"""Vectors that are worked on at a time: enough for speed, and little memory."""
_EXACT_IN_FLOAT = 1 << 53
_EXACT_IN_INT = 1 << 63


def gram_of(vectors: NDArray[np.int64], recipients: NDArray[np.int64]) -> GramStratum:
    """Sums and products over recipients, exactly.

    Args:
        vectors: Distinct vectors, shape (distinct, k), int64, 0 or more.
        recipients: How many recipients have each, shape (distinct,), int64.

    Raises:
        OverflowError: A sum of squares is larger than its integer can be.

    Examples:
        >>> import numpy as np
        >>> gram_of(np.array([[2, 1]]), np.array([3])).gram.tolist()
        [[12, 6], [6, 3]]
    """
    largest = int(vectors.max(initial=0)) ** 2 * int(recipients.sum())
    if largest < _EXACT_IN_FLOAT:
        # Every partial sum is a whole number that a float holds exactly: BLAS may do it.
        gram = np.zeros((vectors.shape[1],) * 2, dtype=np.int64)
        for start in range(0, len(vectors), _ROWS):
            gram += _products(vectors[start : start + _ROWS], recipients[start : start + _ROWS])
    elif largest < _EXACT_IN_INT:
        gram = vectors.T @ (vectors * recipients[:, None])
    else:
        raise OverflowError("a recipient has more messages than the sums of squares can hold")
    return GramStratum(recipients @ vectors, gram, int(recipients.sum()))


def _products(vectors: NDArray[np.int64], recipients: NDArray[np.int64]) -> NDArray[np.int64]:
    rows, axes = vectors.shape
    each = max(_SMALL // max(axes, 1) ** 2, 1)
    wide = np.zeros((rows + -rows % each, axes), dtype=np.float32)
    wide[:rows] = vectors
    several = np.ones((len(wide) // each, each))
    several.reshape(-1)[:rows] = recipients
    if float(wide.max(initial=0)) ** 2 * several.sum(axis=1).max(initial=0) >= _EXACT_IN_HALF:
        wide = np.zeros(wide.shape)
        wide[:rows] = vectors
    batches = wide.reshape(len(several), each, axes)
    weighted = batches * several.astype(wide.dtype)[:, :, None]
    found = batches.transpose(0, 2, 1) @ weighted
    return np.asarray(found.sum(axis=0, dtype=np.float64), dtype=np.int64)


def histogram(values: NDArray[np.int64], recipients: NDArray[np.int64]) -> dict[int, int]:
    """How many recipients have each value, values in order.

    Examples:
        >>> import numpy as np
        >>> histogram(np.array([5, 2, 5]), np.array([1, 1, 3]))
        {2: 1, 5: 4}
    """
    distinct, place = np.unique(values, return_inverse=True)
    totals = np.zeros(len(distinct), dtype=np.int64)
    np.add.at(totals, place, recipients)
    return dict(zip(distinct.tolist(), totals.tolist(), strict=True))
