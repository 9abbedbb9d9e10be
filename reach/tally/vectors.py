"""Recipients' vectors, each with how many recipients have it, summed in integers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from reach.stats.gram import GramStratum

if TYPE_CHECKING:
    from numpy.typing import NDArray

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
        wide = vectors.astype(np.float64)
        gram = (wide.T @ (wide * recipients[:, None])).astype(np.int64)
    elif largest < _EXACT_IN_INT:
        gram = vectors.T @ (vectors * recipients[:, None])
    else:
        raise OverflowError("a recipient has more messages than the sums of squares can hold")
    return GramStratum((vectors * recipients[:, None]).sum(axis=0), gram, int(recipients.sum()))


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
