"""How messages fall on recipients, and what that costs in information."""

from __future__ import annotations

import math
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sending:
    """How messages fall on recipients; one each, if nothing is said.

    Attributes:
        per_recipient: m̄, mean number of messages per recipient, above 0.
        variation: cv, standard deviation of that number over its mean, 0 or more.
        icc: How alike two messages to one recipient end, 0 (not at all) to 1 (always).
    """

    per_recipient: float = 1.0
    variation: float = 0.0
    icc: float = 0.0

    def __post_init__(self) -> None:
        """Refuse what no sending can be.

        Raises:
            ValueError: A number is out of its range.
        """
        if not (0 < self.per_recipient < math.inf and 0 <= self.variation < math.inf):
            raise ValueError(
                f"per_recipient is {self.per_recipient} and variation is {self.variation},"
                " expected above 0 and at least 0"
            )
        if not 0 <= self.icc <= 1:
            raise ValueError(f"icc is {self.icc}, expected 0 to 1")
        if not self.design_effect < math.inf:
            raise ValueError(
                f"per_recipient is {self.per_recipient} and variation is {self.variation},"
                " expected numbers that some sending could have"
            )

    @property
    def design_effect(self) -> float:
        """Messages that tell as much as one message to a person of its own.

        1 + (m̄(1 + cv²) − 1)·ICC, and not below 1.

        References:
            Eldridge, Ashby & Kerry (2006), International Journal of Epidemiology 35, 1292–1300.

        Examples:
            >>> round(Sending(per_recipient=4, variation=0.5, icc=0.3).design_effect, 6)
            2.2
        """
        return max(
            1.0, 1 + (self.per_recipient * (1 + self.variation * self.variation) - 1) * self.icc
        )
