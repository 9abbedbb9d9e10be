"""How large the largest of several whole numbers must be, told by their sums alone."""

from __future__ import annotations


def least_largest(count: int, total: int, squares: int) -> int:
    """The least that the largest of some numbers can be.

    With m_i = n_i − 1 every m_i is 0 or more, so that Σm² ≤ max m · Σm: the largest is at least
    1 + Σm²/Σm. It is just that where one recipient got many messages and all others one each,
    or all got equally many.

    Args:
        count: How many numbers there are, each 1 or more.
        total: Their sum.
        squares: The sum of their squares.

    Raises:
        ValueError: No numbers have such sums.

    Examples:
        Someone got 34 messages and 77 others one each.

        >>> least_largest(78, 111, 34**2 + 77)
        34
        >>> least_largest(3, 9, 4 + 9 + 16)
        4
    """
    rest = total - count
    rest_squares = squares - 2 * total + count
    if count < 1 or rest < 0 or rest_squares < rest or (rest == 0 and rest_squares):
        raise ValueError(f"no {count} numbers of 1 or more have sum {total} and squares {squares}")
    return 1 - (-rest_squares // rest) if rest else 1
