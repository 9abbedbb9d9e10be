"""Text from logs and configs, made safe to print.

A channel's name may hold terminal escapes, line breaks, invisible or direction-changing
characters, or three hundred letters. None of them may reach a terminal as they are: an escape
could hide a verdict, a direction mark could turn a number round.
"""

from __future__ import annotations

import unicodedata

from rich.cells import cell_len

ELLIPSIS = "…"
_SHORT_ESCAPES = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}


def visible(text: str) -> str:
    r"""Escape what does not show: control, format, surrogate and unassigned characters.

    Examples:
        >>> print(visible("sms\x1b[2J\u202e\nx"))
        sms\x1b[2J\u202e\nx
        >>> visible("Kompas − Jakarta")
        'Kompas − Jakarta'
    """
    return "".join(map(_shown, text))


def _shown(char: str) -> str:
    category = unicodedata.category(char)
    if category[0] != "C" and (category[0] != "Z" or category == "Zs"):
        return char
    if char in _SHORT_ESCAPES:
        return _SHORT_ESCAPES[char]
    code = ord(char)
    if code <= 0xFF:  # noqa: PLR2004  (the widths of Python's own escapes)
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"  # noqa: PLR2004


def shortened(text: str, cells: int, *, tail: int = 0) -> str:
    """Safe text that fills at most so many terminal cells, cut with an ellipsis.

    Args:
        text: Any text.
        cells: Room in terminal cells, more than `tail`.
        tail: Cells of it kept for the end, where names such as `wave-1`, `wave-2` differ.

    Examples:
        >>> shortened("pertunjukan rakyat", 12), shortened("sms", 12)
        ('pertunjukan…', 'sms')
        >>> shortened("vaccination-west-java-wave-2", 16, tail=6)
        'vaccinati…wave-2'
    """
    safe = visible(text).strip()
    # Combining marks take no cells, so a pile of them is bounded by its length as well.
    if cell_len(safe) <= cells and len(safe) <= 2 * cells:
        return safe
    end = _first(safe[::-1], tail)[::-1]
    return _first(safe, cells - 1 - tail).rstrip() + ELLIPSIS + end.lstrip()


def _first(text: str, cells: int) -> str:
    """As many characters from the start as the cells hold."""
    kept = ""
    for char in text[: 2 * cells]:
        if cell_len(kept + char) > cells:
            break
        kept += char
    return kept
