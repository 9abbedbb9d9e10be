"""One bar a rate, on one scale from 0 to 100 % for all of them."""

from __future__ import annotations

import math

CONFIRMED = "█"
POSSIBLE = "░"
_EIGHTHS = " ▏▎▍▌▋▊▉"


def bar(confirmed: float, possible: float, cells: int) -> str:
    """Draw what is confirmed, what is possible beyond it, and the rest empty.

    Never drawn fuller than it is: only a rate of 1 fills the last eighth of a cell.

    Args:
        confirmed: Confirmed rate, a fraction.
        possible: Rate if all that is unknown succeeded, at least `confirmed`.
        cells: Length of the whole scale in terminal cells.

    Returns:
        `cells` characters between two edges.

    Examples:
        >>> bar(0.5, 0.75, 8)
        '▕████░░  ▏'
        >>> bar(0.55, 0.55, 10), bar(1, 1, 4), bar(0.9999, 0.9999, 4)
        ('▕█████▌    ▏', '▕████▏', '▕███▉▏')
    """
    # The nudge keeps fractions such as 0.29 * 100 from falling just under their eighth.
    eighths = math.floor(confirmed * cells * 8 + 1e-9)
    whole, part = divmod(eighths, 8)
    drawn = CONFIRMED * whole + (_EIGHTHS[part] if part else "")
    unknown = POSSIBLE * max(0, round(possible * cells) - len(drawn))
    return f"▕{(drawn + unknown).ljust(cells)}▏"
