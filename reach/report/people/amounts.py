"""Numbers of persons: as many digits as are known, and intervals that never lose their ends."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reach.report.numbers import MINUS, number
from reach.report.words import say

if TYPE_CHECKING:
    from collections.abc import Callable

    from reach.report.numbers import Lang
    from reach.report.reading import Part

_DIGITS = 3
_MILLION = 1_000_000
_LEAST_OF_MILLIONS = 10_000  # a finer number is written in full


@dataclass(frozen=True, slots=True)
class Ends:
    """A number of persons ready to print.

    Attributes:
        estimate: The best guess; a dash where there is none.
        low: Lower end, rounded down.
        high: Upper end, rounded up.
        range: Both ends with a dash between them.
    """

    estimate: str
    low: str
    high: str
    range: str


def ends(found: Part, lang: Lang, *, exact: bool = False, words: bool = False) -> Ends:
    """Three digits of each number, more where the interval is narrower than these would show.

    Args:
        found: With estimate, low and high.
        lang: Language of the numbers.
        exact: Whether they were counted, so that every digit counts.
        words: Whether a million is a word, as in sentences.

    Examples:
        >>> found = {"estimate": 16702860.1, "low": 15640495.3, "high": 17789767.0}
        >>> ends(found, "en").estimate, ends(found, "en").range, ends(found, "id").range
        ('16.7 M', '15.6 M – 17.8 M', '15,6 jt – 17,8 jt')
        >>> ends({"estimate": 3336, "low": 3336, "high": 5635}, "en", exact=True).range
        '3,336 – 5,635'
    """
    low, middle, high = (found[name] for name in ("low", "estimate", "high"))
    finest = 1 if exact or low == high else _tenth(high - low)
    least = _written(low, finest, math.floor, lang, words=words)
    most = _written(high, finest, math.ceil, lang, words=words)
    known = "–" if middle is None else _written(middle, finest, round, lang, words=words)
    return Ends(known, least, most, least if least == most else f"{least} – {most}")


def persons(value: float, lang: Lang, *, words: bool = False) -> str:
    """One number of persons to three digits.

    Examples:
        >>> persons(48274162, "en"), persons(566635.7, "en"), persons(82, "id")
        ('48.3 M', '567,000', '82')
    """
    return _written(value, _MILLION, round, lang, words=words)


def most_digits(value: float, lang: Lang) -> str:
    """A signed difference of persons to three digits.

    Examples:
        >>> most_digits(-5890953, "en"), most_digits(812.2, "id"), most_digits(0, "en")
        ('−5.89 M', '+812', '0')
    """
    text = persons(abs(value), lang)
    if round(value) == 0:
        return text
    return (MINUS if value < 0 else "+") + text


def outward(low: float, high: float, lang: Lang) -> tuple[str, str]:
    """Both ends of a signed difference, rounded away from one another.

    Examples:
        >>> outward(-1234.5, 15123.4, "en")
        ('−1,240', '+15,200')
    """
    return _signed(low, math.floor, lang), _signed(high, math.ceil, lang)


def _signed(value: float, to: Callable[[float], int], lang: Lang) -> str:
    # Below zero, down is away from zero.
    away = (math.floor, math.ceil)[to is math.floor] if value < 0 else to
    text = _written(abs(value), _MILLION, away, lang, words=False)
    sign = "" if text == "0" else MINUS if value < 0 else "+"
    return sign + text


def _tenth(width: float) -> int:
    """The power of ten that is about a tenth of an interval's width, at least 1."""
    return max(1, int(10 ** math.floor(math.log10(max(width, 1.0) / 10))) if width >= 10 else 1)  # noqa: PLR2004


def _written(
    value: float, finest: int, to: Callable[[float], int], lang: Lang, *, words: bool
) -> str:
    own = 10 ** max(0, math.floor(math.log10(value)) - _DIGITS + 1) if value >= 1 else 1
    unit = min(own, finest)
    # The nudge keeps what is whole but for its last bits from being pushed a whole unit off.
    nudge = 1e-9 * max(1.0, value / unit)
    steps = value / unit
    count = to(steps + nudge if to is math.floor else steps - nudge if to is math.ceil else steps)
    whole = max(0, count) * unit
    if whole < _MILLION or unit < _LEAST_OF_MILLIONS:
        return number(whole, lang)
    places = max(0, 6 - round(math.log10(unit)))
    key = "people_million" if words else "people_m"
    return say(lang, key, count=number(whole / _MILLION, lang, places))
