"""Shares of a whole, made fit for trends and differences: the centred log-ratio.

Shares sum to 1, so if one rises others must fall, and a trend in each is no finding by itself.
The log of a share over the geometric mean of all says how a part stands among the others.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from reach.errors import NotEstimableError
from reach.stats.finite import finite

# Of the smallest amount that could have been seen: what stands for a part of which none was.
OF_DETECTABLE = 0.65


@dataclass(frozen=True, slots=True)
class Composition:
    """The parts of a whole, as shares and as centred log-ratios.

    Attributes:
        shares: Shares after zeros were replaced; above 0, with sum 1.
        clr: log(share / geometric mean of the shares); their sum is 0.
        replaced: Indices of the parts of which nothing was seen.
        zero_share: The share that stands for each of them; 0 if there is none.
        rule: What was done about zeros, in words.
    """

    shares: tuple[float, ...]
    clr: tuple[float, ...]
    replaced: tuple[int, ...]
    zero_share: float
    rule: str


@finite()
def centred_log_ratio(amounts: Sequence[float], smallest: float = 1.0) -> Composition:
    """Centred log-ratios of the parts of a whole.

    The zero rule is multiplicative replacement: a part of which nothing was seen gets the
    share δ = 0.65·smallest/total, and all others are scaled by 1 − δ·(number of zeros). Ratios
    of parts that were seen stay as they are. It is for parts that could have been seen; one
    that can't occur has no log-ratio and is left out by the caller.

    Args:
        amounts: Amount of each part, such as messages by channel; 0 or more, two or more parts.
        smallest: Smallest amount that could have been seen, above 0; 1 for counts. No amount
            above 0 may lie below it.

    Returns:
        Shares and log-ratios.

    Raises:
        NotEstimableError: Nothing was seen, or too little beside what may have been missed.
        ValueError: An amount is negative, not finite or below the smallest, or there is one
            part only.

    References:
        Aitchison (1986), The Statistical Analysis of Compositional Data.
        Martín-Fernández, Barceló-Vidal & Pawlowsky-Glahn (2003), Mathematical Geology 35,
        253–278: the zero rule and its 0.65.

    Examples:
        >>> found = centred_log_ratio([700, 200, 100, 0])
        >>> [round(value, 3) for value in found.clr]
        [2.545, 1.292, 0.599, -4.436]
        >>> found.replaced, round(found.zero_share, 5)
        ((3,), 0.00065)
    """
    if not 0 < smallest < math.inf:
        raise ValueError(f"smallest is {smallest}, expected above 0")
    if len(amounts) <= 1:
        raise ValueError(f"got {len(amounts)} parts, expected two or more")
    if not all(amount == 0 or smallest <= amount < math.inf for amount in amounts):
        raise ValueError(f"amounts are {list(amounts)}, expected 0 or at least {smallest}")
    total = math.fsum(amounts)
    if total == 0:
        raise NotEstimableError("nothing was seen of any part: there are no shares of nothing")
    replaced = tuple(index for index, amount in enumerate(amounts) if amount == 0)
    zero_share = OF_DETECTABLE * smallest / total if replaced else 0.0
    seen = 1 - zero_share * len(replaced)
    # A part seen once must stay above one not seen.
    if replaced and seen * smallest / total <= zero_share:
        raise NotEstimableError(
            f"{len(replaced)} of {len(amounts)} parts were not seen, and {total:g} in all: what may"
            " have been missed outweighs what was seen"
        )
    shares = tuple(amount / total * seen if amount else zero_share for amount in amounts)
    logs = [math.log(share) for share in shares]
    middle = math.fsum(logs) / len(logs)
    return Composition(
        shares=shares,
        clr=tuple(log - middle for log in logs),
        replaced=replaced,
        zero_share=zero_share,
        rule=f"multiplicative replacement of zeros by {OF_DETECTABLE} of the smallest amount"
        if replaced
        else "no zeros",
    )
