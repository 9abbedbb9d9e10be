"""Tipping point: what share of the unknown must have succeeded for the trailing arm to tie."""

from __future__ import annotations

from dataclasses import dataclass

# A share so small is what rounding leaves of none.
ROUNDING = 1e-16


@dataclass(frozen=True)
class Tipping:
    """The share of the trailing arm's unknown that makes both rates equal.

    Attributes:
        point: That share if none of the leader's unknown succeeded: "at least" this.
        range: That share if none, and if all, of the leader's unknown succeeded.
    """

    point: float
    range: tuple[float, float]

    @property
    def can_tie(self) -> bool:
        """Whether any fate of the unknown makes a tie; it can't if the point is above 1."""
        return self.point <= 1


def tipping_point(
    leading: float, leading_unknown: float, trailing: float, trailing_unknown: float
) -> Tipping | None:
    """Find the tie: t(r) = (l_R + r·w_R − l_T)/w_T for r, the leader's own share, from 0 to 1.

    It speaks of these messages only and ignores sampling error.

    Args:
        leading: Confirmed rate of the arm that leads on it, l_R, 0 to 1.
        leading_unknown: Share of that arm's messages of unknown fate, w_R, 0 to 1.
        trailing: Confirmed rate of the arm that trails, l_T, 0 to 1, not above `leading`.
        trailing_unknown: Share of that arm's messages of unknown fate, w_T, 0 to 1.

    Returns:
        Shares of the trailing arm's unknown (above 1: more than there are), or None if that
        arm has no unknown.

    Raises:
        ValueError: A rate and its unknown share exceed 1 together or are negative, or the
            arms are the wrong way round.

    Examples:
        600 delivered, 250 failed, 150 unknown trail 700 delivered, 300 failed: 100 of 150.

        >>> round(tipping_point(0.7, 0.0, 0.6, 0.15).point, 3)
        0.667
    """
    slack = 1e-12  # for the rounding of two quotients of counts
    for known, unknown in ((leading, leading_unknown), (trailing, trailing_unknown)):
        if not (known >= 0 and unknown >= 0 and known + unknown <= 1 + slack):
            raise ValueError(f"confirmed {known} and unknown {unknown} are no shares of one whole")
    if leading < trailing:
        raise ValueError(f"the leading rate {leading} is below the trailing rate {trailing}")
    if trailing_unknown <= ROUNDING:
        return None
    point = (leading - trailing) / trailing_unknown
    return Tipping(point, (point, point + leading_unknown / trailing_unknown))
