"""The shape of a warning: a code, a sentence, and what the sentence speaks of."""

from __future__ import annotations

from typing import Any

Notice = dict[str, Any]


def warn(code: str, message: str, **params: str | float | None) -> Notice:
    """A warning as the result document holds it; reports word it anew in their language.

    Examples:
        >>> warn("empty_source", "sms.csv holds no record.", source="sms.csv")["params"]
        {'source': 'sms.csv'}
    """
    return {"code": code, "message": message, "params": params}
