"""Answers are numbers: what would leave the range of doubles is refused, and never told."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Callable, Iterator
from functools import wraps
from typing import ParamSpec, TypeVar

import numpy as np

from reach.errors import NotEstimableError

Given = ParamSpec("Given")
Found = TypeVar("Found")
TOO_LARGE = "the numbers are too large, too small or too far apart to be calculated with"


def finite(*infinite: str) -> Callable[[Callable[Given, Found]], Callable[Given, Found]]:
    """Refuse answers with a number in them that is none.

    Args:
        infinite: Fields of the answer that may be infinite by their definition.

    Returns:
        A decorator: the function then raises `NotEstimableError` where it would overflow, or
        give NaN or infinity anywhere else.

    Examples:
        >>> @finite()
        ... def square(x: float) -> float:
        ...     return x**2
        >>> square(3.0)
        9.0
        >>> square(1e200)
        Traceback (most recent call last):
        reach.errors.NotEstimableError: the numbers are too large, too small or too far apart to be calculated with
    """

    def decorate(function: Callable[Given, Found]) -> Callable[Given, Found]:
        @wraps(function)
        def guarded(*args: Given.args, **kwargs: Given.kwargs) -> Found:
            try:
                with np.errstate(over="raise", divide="raise", invalid="raise"):
                    found = function(*args, **kwargs)
            except (OverflowError, FloatingPointError) as error:
                raise NotEstimableError(TOO_LARGE) from error
            if not all(math.isfinite(number) for number in _numbers(found, infinite)):
                raise NotEstimableError(TOO_LARGE)
            return found

        return guarded

    return decorate


def _numbers(found: object, infinite: tuple[str, ...]) -> Iterator[float]:
    if isinstance(found, float):
        yield found
    elif isinstance(found, tuple):
        for each in found:
            yield from _numbers(each, infinite)
    elif dataclasses.is_dataclass(found):
        for field in dataclasses.fields(found):
            if field.name not in infinite:
                yield from _numbers(getattr(found, field.name), infinite)
