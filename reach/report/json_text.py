"""A result as JSON: the same bytes for the same result, on any machine."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from reach.report.reading import Result

SIGNIFICANT_DIGITS = 9


def rounded(value: float) -> float:
    """A float at 9 significant digits, never minus zero.

    Maths libraries differ in the last of their 16 digits; at 9 they agree.

    Raises:
        ValueError: The number is not finite; JSON has no word for it.

    Examples:
        >>> rounded(0.1 + 0.2), rounded(2 / 3), rounded(-1e-320 * 0)
        (0.3, 0.666666667, 0.0)
    """
    if value != value or value in (float("inf"), float("-inf")):  # noqa: PLR0124  (NaN)
        msg = f"a result holds {value}, which is no number"
        raise ValueError(msg)
    return float(f"{value:.{SIGNIFICANT_DIGITS}g}") + 0.0


def json_text(result: Result) -> str:
    """The result with sorted keys, two blanks of indent and one newline at its end.

    Everything outside ASCII is escaped, so that no name in a log can reach a terminal with
    invisible or direction-changing characters, or stop the file from being written.

    Raises:
        ValueError: A number in it is not finite.
    """
    return json.dumps(_rounded(result), sort_keys=True, indent=2, allow_nan=False) + "\n"


def _rounded(value: Any) -> Any:  # noqa: ANN401  (any JSON value)
    if isinstance(value, float):
        return rounded(value)
    if isinstance(value, dict):
        return {key: _rounded(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_rounded(inner) for inner in value]
    return value
