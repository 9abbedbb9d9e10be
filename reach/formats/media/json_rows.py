"""Rows that come as JSON objects: the fields of their schema, and nothing that can't be judged."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping
from typing import Any

from reach.formats.record import Refused
from reach.shown import json_path


def json_row(value: Mapping[str, Any], fields: Collection[str]) -> dict[str, Any]:
    """The fields of an object; other keys are nobody's.

    Raises:
        Refused: A number is none.

    Examples:
        >>> json_row({"form": "forum", "note": "rain", "message_ids": ["m1", ["m2"]]}, ("form", "message_ids"))
        {'form': 'forum', 'message_ids': ['m1', None]}
    """
    row = {name: value[name] for name in fields if name in value}
    for name, said in row.items():
        # A bound can't tell that it is broken by what is no number.
        if isinstance(said, float) and not math.isfinite(said):
            raise Refused(json_path((name,)), "NaN or Infinity", "a number")
    return {name: _flat(said) for name, said in row.items()}


def _flat(said: Any) -> Any:  # noqa: ANN401
    """No field takes lists or objects within others: their depth could end the interpreter."""
    if isinstance(said, list):
        return [_shallow(each) for each in said]
    return {name: _shallow(each) for name, each in said.items()} if isinstance(said, dict) else said


def _shallow(said: Any) -> Any:  # noqa: ANN401
    return None if isinstance(said, list | dict) else said
