"""How persons are estimated where nobody counted them: one product a medium."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from reach.media.medium import Medium

if TYPE_CHECKING:
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Product:
    """Inputs whose product is persons reached.

    Attributes:
        inputs: Their names.
        supposes: What has to hold for the product to be persons.
    """

    inputs: tuple[str, ...]
    supposes: str

    @property
    def said(self) -> str:
        """The formula, for people to read.

        Examples:
            >>> FORMULAS[Medium.PRINT].said
            'copies × readers_per_copy × noting'
        """
        return " × ".join(self.inputs)


SHARES = frozenset(("noting", "visibility", "present_and_heard", "read_share", "present_share"))
"""Inputs that are shares of 1; the others are numbers from 0."""

_PASSERS = Product(
    ("passers", "visibility"), "passers are different persons, and not passages of the same"
)
_HEARERS = Product(
    ("in_range", "present_and_heard"),
    "those in range are different persons, who live or were there",
)
FORMULAS: Mapping[Medium, Product] = {
    Medium.PRINT: Product(
        ("copies", "readers_per_copy", "noting"), "readers of several copies are different persons"
    ),
    Medium.OUTDOOR: _PASSERS,
    Medium.BANNER: _PASSERS,
    Medium.POSTER: _PASSERS,
    Medium.LOUDSPEAKER: _HEARERS,
    Medium.WORSHIP: _HEARERS,
    Medium.LEAFLET: Product(
        ("pieces", "read_share"), "each piece has one reader, and each another"
    ),
    Medium.EVENT: Product(
        ("area_m2", "density", "present_share"),
        "persons stand as densely all over the place, and all were counted at one moment",
    ),
}
"""By medium; the others can't be estimated so, and have to be measured."""


def within(name: str, draws: NDArray[np.float64]) -> NDArray[np.float64]:
    """Draws of an input, none below 0, of a share none above 1.

    Examples:
        >>> within("noting", np.array([-0.1, 0.4, 1.3])).tolist()
        [0.0, 0.4, 1.0]
    """
    found: NDArray[np.float64] = np.clip(draws, 0.0, 1.0 if name in SHARES else np.inf)
    return found


def product(**draws: NDArray[np.float64]) -> NDArray[np.float64]:
    """The result of a formula.

    Examples:
        >>> product(passers=np.array([1000.0]), visibility=np.array([0.3])).tolist()
        [300.0]
    """
    found: NDArray[np.float64] = np.prod(
        [within(name, each) for name, each in draws.items()], axis=0
    )
    return found


def is_above(most: float, **draws: NDArray[np.float64]) -> NDArray[np.float64]:
    """1 where the result is more than there are, 0 elsewhere."""
    return np.asarray(product(**draws) > most, dtype=np.float64)


def is_outside(**draws: NDArray[np.float64]) -> NDArray[np.float64]:
    """1 where an input was drawn that can't be, 0 elsewhere."""
    wrong = [each != within(name, each) for name, each in draws.items()]
    return np.asarray(np.any(wrong, axis=0), dtype=np.float64)
