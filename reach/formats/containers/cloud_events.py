"""CloudEvents envelopes: what a broker puts around any provider's record, taken off again.

Structured mode, one envelope an object or several in an array; the record is an object in
``data``. Whether a file's records lie in envelopes is judged by its beginning, and holds for
all of it; an object that is no envelope stays as it is.

References:
    CloudEvents 1.0, JSON Event Format.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

KEY = "data"
_MARKS = ("specversion", "id", "source", "type")


def is_envelope(value: object) -> bool:
    """Whether a value is a CloudEvents envelope.

    Examples:
        >>> is_envelope({"specversion": "1.0", "id": "1", "source": "/sms", "type": "dlr"})
        True
    """
    return isinstance(value, dict) and all(isinstance(value.get(key), str) for key in _MARKS)


def content(value: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """The record in an envelope; None if it holds no object."""
    held = value.get(KEY)
    return held if isinstance(held, dict) else None


def unwrapped(
    objects: tuple[Mapping[str, Any], ...],
) -> tuple[tuple[Mapping[str, Any], ...], bool]:
    """Objects taken out of their envelopes, and whether any lay in one."""
    if not any(map(is_envelope, objects)):
        return objects, False
    inner = (content(each) if is_envelope(each) else each for each in objects)
    return tuple(each for each in inner if each is not None), True


def content_sql(value: str) -> str:
    """SQL of the record in an SQL value of JSON that may be an envelope; NULL if it holds none."""
    marks = " AND ".join(f"json_type({value}, '$.{key}') = 'VARCHAR'" for key in _MARKS)
    held = f"CASE WHEN json_type({value}, '$.{KEY}') = 'OBJECT' THEN json_extract({value}, '$.{KEY}') END"
    return f"CASE WHEN {marks} THEN {held} ELSE {value} END"
