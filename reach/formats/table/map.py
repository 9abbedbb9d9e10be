"""The column map of a table, as the experiment config gives it, and what its parts mean."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from reach.vocabulary import Event, Measures

if TYPE_CHECKING:
    from collections.abc import Mapping

SIGNALS: Mapping[str, tuple[Event, Measures]] = {
    "delivered": (Event.DELIVERED, Measures.DELIVERED),
    "failed": (Event.FAILED, Measures.DELIVERED),
    "engaged": (Event.REPLIED, Measures.ENGAGED),
    "acted": (Event.CONVERTED, Measures.ACTED),
}
"""The parts that say by a cell's words what became of a message, and what each means."""

ATTRIBUTES = ("region", "segment", "purpose", "variant", "campaign")
"""The parts that are a column or a constant."""

PROVIDER = "table"
DEFAULT_RECEIPT = "carrier"
MOST_MESSAGES = 9999
COUNT = "[0-9]{1,4}"
"""How a number of messages is written."""


def mapped_columns(plan: Mapping[str, Any]) -> list[str]:
    """The columns that a map names, each once.

    Examples:
        >>> mapped_columns({"channel": {"const": "call"}, "person": "no", "delimiter": ";"})
        ['no']
    """
    names: list[str] = []
    for part, value in plan.items():
        if part == "delimiter":
            continue
        if isinstance(value, str):
            names.append(value)
        elif isinstance(value, dict) and "column" in value:
            names.append(value["column"])
    return list(dict.fromkeys(names))


def told_measures(plan: Mapping[str, Any]) -> Measures:
    """Which stages a map has a column for."""
    told = Measures(0)
    for signal, (_, measure) in SIGNALS.items():
        if signal in plan:
            told |= measure
    return told
