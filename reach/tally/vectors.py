"""Recipients' vectors, each with how many recipients have it, summed in integers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from reach.stats.gram import GramStratum

if TYPE_CHECKING:
    from numpy.typing import NDArray

_EXACT_IN_HALF = 1 << 24  # in a float of half the size, which is twice as fast
_EXACT_IN_FLOAT = 1 << 53
_EXACT_IN_INT = 1 << 63
_SMALL = 200_000
"""Multiplications that BLAS does in one thread: sharing out so little work costs more than it."""
_ROWS = 1 << 13
"""Vectors that are worked on at a time: enough for speed, and little memory."""
_FEW = 1 << 16
"""Values below it are counted in a table with a place for each."""


def gram_of(vectors: NDArray[np.signedinteger]) -> GramStratum:
    """Sums and products over recipients, exactly.

    Args:
        vectors: A vector a recipient, shape (recipients, k), integers, 0 or more.

    Raises:
        OverflowError: A sum of squares is larger than its integer can be.

    Examples:
        >>> import numpy as np
        >>> gram_of(np.array([[2, 1], [2, 1], [2, 1]])).gram.tolist()
        [[12, 6], [6, 3]]
    """
    largest = int(vectors.max(initial=0)) ** 2
    if largest * len(vectors) < _EXACT_IN_FLOAT:
        # Every partial sum is a whole number that a float holds exactly: BLAS may do it.
        gram = np.zeros((vectors.shape[1],) * 2, dtype=np.int64)
        for start in range(0, len(vectors), _ROWS):
            gram += _products(vectors[start : start + _ROWS], largest)
    elif largest * len(vectors) < _EXACT_IN_INT:
        whole = vectors.astype(np.int64)
        gram = whole.T @ whole
    else:
        raise OverflowError("a recipient has more messages than the sums of squares can hold")
    return GramStratum(vectors.sum(axis=0, dtype=np.int64), gram, len(vectors))


def _products(vectors: NDArray[np.signedinteger], largest: int) -> NDArray[np.int64]:
    rows, axes = vectors.shape
    each = max(_SMALL // max(axes, 1) ** 2, 1)
    several = -(-rows // each)
    exact = np.float32 if largest * each < _EXACT_IN_HALF else np.float64
    wide = np.zeros((axes, several * each), dtype=exact)
    wide[:, :rows] = vectors.T
    batches = wide.reshape(axes, several, each).transpose(1, 0, 2)
    found = batches @ batches.transpose(0, 2, 1)
    return np.asarray(found.sum(axis=0, dtype=np.float64), dtype=np.int64)


def histogram(values: NDArray[np.signedinteger]) -> dict[int, int]:
    """How many recipients have each value, values in order.

    Args:
        values: One a recipient, 0 or more.

    Examples:
        >>> import numpy as np
        >>> histogram(np.array([5, 2, 5]))
        {2: 1, 5: 2}
    """
    if values.max(initial=0) < _FEW:
        counts = np.bincount(values)
        distinct = np.flatnonzero(counts)
        return dict(zip(distinct.tolist(), counts[distinct].tolist(), strict=True))
    distinct, counts = np.unique(values, return_counts=True)
    return dict(zip(distinct.tolist(), counts.tolist(), strict=True))
