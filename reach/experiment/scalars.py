"""What an unquoted YAML scalar means, by the core schema of YAML 1.2.

Older rules turn ``NO`` into false, ``12:30`` into 750 and a date into a date; a config of
country codes and call results can't use them.
"""

from __future__ import annotations

import re

_NULL = frozenset({"", "~", "null", "Null", "NULL"})
_BOOL = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
_INT = re.compile(r"[-+]?[0-9]+")
_OCTAL = re.compile(r"0o[0-7]+")
_HEX = re.compile(r"0x[0-9a-fA-F]+")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
_NOT_FINITE = re.compile(r"[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)")
_LONGEST = 100  # characters; no number of a config is longer


def resolve(text: str) -> bool | int | float | str | None:
    """Return what the unquoted scalar ``text`` stands for.

    Args:
        text: The scalar as written.

    Raises:
        ValueError: It is an infinite number, none at all (``.nan``), or absurdly long; the
            message says what was expected.

    References:
        YAML 1.2.2, section 10.3.2.

    Examples:
        >>> [resolve(text) for text in ("NO", "true", "~", "0o14", "1e3", "2026-01-05")]
        ['NO', True, None, 12, 1000.0, '2026-01-05']
    """
    if text in _NULL:
        return None
    if text in _BOOL:
        return _BOOL[text]
    if _NOT_FINITE.fullmatch(text):
        raise ValueError("a finite number, or text in quotes")
    if not _FLOAT.fullmatch(text) and not _OCTAL.fullmatch(text) and not _HEX.fullmatch(text):
        return text
    if len(text) > _LONGEST:
        raise ValueError(f"a number of at most {_LONGEST} characters, or text in quotes")
    return _number(text)


def _number(text: str) -> int | float:
    if _INT.fullmatch(text):
        return int(text)
    if _OCTAL.fullmatch(text):
        return int(text, 0)
    if _HEX.fullmatch(text):
        return int(text, 16)
    number = float(text)
    if number in (float("inf"), float("-inf")):
        raise ValueError("a finite number, or text in quotes")
    return number
