"""How a place in a document, and what stood there, are shown: on one line and safe to print."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_LONGEST = 60  # characters of a received value


def json_path(parts: Sequence[str | int]) -> str:
    """Write a path of keys and indices as JSONPath.

    Examples:
        >>> json_path(["sources", 2, "map", "booked at"])
        '$.sources[2].map["booked at"]'
    """
    path = "$"
    for part in parts:
        if isinstance(part, int):
            path += f"[{part}]"
        elif part.replace("-", "_").isidentifier():
            path += f".{part}"
        else:
            path += f"[{shorten(part)}]"
    return path


def shorten(value: object) -> str:
    """Show a received value on one line, safe to print.

    Examples:
        >>> print(shorten("2024-13-01"), shorten(None), shorten([1, 2]))
        "2024-13-01" null a list of 2
    """
    if isinstance(value, dict):
        return f"a mapping of {len(value)}"
    if isinstance(value, list | tuple):
        return f"a list of {len(value)}"
    if isinstance(value, str):
        cut = value if len(value) <= _LONGEST else value[:_LONGEST] + "…"
        shown = json.dumps(cut, ensure_ascii=False)
        # Line breaks of other scripts, bidi marks and lone surrogates would spoil a terminal.
        return "".join(c if c.isprintable() else json.dumps(c)[1:-1] for c in shown)
    try:
        return json.dumps(value, default=str)
    except ValueError:  # an integer with more digits than Python writes out
        return "a very long number"


def word(value: object) -> str:
    """Show a word to write in a config: bare if that is safe to print, else as `shorten`."""
    return value if isinstance(value, str) and value.isprintable() else shorten(value)
