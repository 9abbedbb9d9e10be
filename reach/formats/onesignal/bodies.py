"""Where a body of OneSignal's event streams keeps what, twice: in Python and in SQL.

The office writes the body itself, from names as ``event.kind``. The documents' templates
have these names as keys, at the top or in two parts; others nest them. Tables in a warehouse
have columns of their own.

References:
    "Event Streams", "Event Stream data reference" and "Google BigQuery" in OneSignal's
    documentation.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from reach.engine import identifier

KIND, MESSAGE, DEVICE, ADDRESS, WHY = (
    "event.kind",
    "message.id",
    "event.subscription_id",
    "user.subscription.subscription_token",
    "event.data.failure_reason",
)
TIME, SECONDS = "event.datetime", "event.timestamp"
COLUMNS = {
    KIND: "event_kind",
    MESSAGE: "message_id",
    DEVICE: "subscription_id",
    ADDRESS: "token",
    WHY: "failure_reason",
    SECONDS: "event_timestamp",
}
"""What the columns of a warehouse are called, by our name for them."""

_PARTS = ("Event Data", "Message Data")
_EMPTY = "'\"\"'"


def places(name: str) -> list[tuple[str, ...]]:
    """Where a name may stand, as keys to follow; the first that is there counts.

    Examples:
        >>> places("event.kind")[:2]
        [('event.kind',), ('event', 'kind')]
    """
    found = [(name,), tuple(name.split(".")), *((part, name) for part in _PARTS)]
    return [*found, (COLUMNS[name],)] if name in COLUMNS else found


def said_in(body: Mapping[str, Any], name: str) -> Any:  # noqa: ANN401 -- whatever stands there
    """What a body has under a name; None for an empty text, too."""
    for place in places(name):
        found: Any = body
        for step in place:
            found = found.get(step) if isinstance(found, dict) else None
        if found is not None and found != "":
            return found
    return None


def shown_place(body: Mapping[str, Any], name: str) -> tuple[str, ...]:
    """Where a body has a name; the template's place if nowhere."""
    for place in places(name):
        found: Any = body
        for step in place:
            found = found.get(step) if isinstance(found, dict) else None
        if found is not None:
            return place
    return places(name)[0]


def looked_up(names: Mapping[str, str]) -> tuple[dict[str, str], str]:
    """JSON paths by column for all the places of some names, and SQL that chooses among them.

    Args:
        names: Names by the column that is to hold what stands there.

    Returns:
        Paths as `reach.formats.provider_sql.extracted` takes them, and a list for SELECT.
    """
    paths: dict[str, str] = {}
    chosen = []
    for column, name in names.items():
        mine = []
        for number, place in enumerate(places(name)):
            key = f"{column} {number}"
            paths[key] = "$" + "".join(f".{json.dumps(step, ensure_ascii=False)}" for step in place)
            mine.append(f"nullif({identifier(key)}, {_EMPTY})")
        chosen.append(f"coalesce({', '.join(mine)}) AS {identifier(column)}")
    return paths, ", ".join(chosen)
