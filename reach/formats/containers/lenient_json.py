"""JSON as the engine's reader takes it: RFC 8259 and a little besides.

Besides: a comma before a closing bracket, the bare words NaN and Infinity in any case, and
any depth and any number of digits. Of a repeated key the first counts.
"""

from __future__ import annotations

import json
import re
from enum import Enum, auto
from typing import Any

_TOKEN = re.compile(
    r'[ \t\r\n]*([\[\]{},:]|"(?:[^"\\\x00-\x1f]|\\(?:["\\/bfnrt]|u[0-9A-Fa-f]{4}))*"|[^][{},:"\s]+)'
)
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?")
_NO_NUMBER = re.compile(r"-?(?:nan|inf(?:inity)?)", re.IGNORECASE)
_LONE_SURROGATE = re.compile(
    r"\\(?:u[dD][89abAB][0-9A-Fa-f]{2}\\u[dD][c-fC-F][0-9A-Fa-f]{2}|(u[dD][89a-fA-F])|.)"
)
_LENIENCE = frozenset("]},nNiI-")
"""Where the `json` package stops at what is taken here: after a comma, or at a bare word."""
_DEEPEST = 200  # what lies deeper is checked, but not kept: no path of ours goes there
_LONGEST_INTEGER = 4000  # digits; Python converts few more, and slowly


class _Next(Enum):
    VALUE = auto()
    ITEM = auto()  # a value or the end of the array
    KEY = auto()  # a key or the end of the object
    COLON = auto()
    COMMA = auto()  # a comma or the end of either
    NOTHING = auto()


_CLOSING: dict[_Next, dict[type, str]] = {
    _Next.ITEM: {list: "]"},
    _Next.KEY: {dict: "}"},
    _Next.COMMA: {list: "]", dict: "}"},
}


def loads(text: str) -> Any:  # noqa: ANN401
    """Parse one JSON value.

    Raises:
        ValueError: It is none; in the words of the `json` package where that one knows.

    Examples:
        >>> loads('{"event": "sent", "event": "failed", }')
        {'event': 'sent'}
    """
    try:
        return DECODER.decode(text)
    except RecursionError:
        return _loads(text)
    except json.JSONDecodeError as strict:
        if text[strict.pos : strict.pos + 1] not in _LENIENCE:
            raise
        try:
            return _loads(text)
        except ValueError:
            raise strict from None


def has_lone_surrogate(text: str) -> bool:
    r"""Whether JSON text escapes half of a surrogate pair, a character that does not exist.

    Examples:
        >>> has_lone_surrogate(r'"\ud83d\ude00"'), has_lone_surrogate(r'"\ude00"')
        (False, True)
    """
    return "\\u" in text and any(found[1] for found in _LONE_SURROGATE.finditer(text))


def _loads(text: str) -> Any:  # noqa: ANN401
    """The same without recursion, and with what the `json` package does not take."""
    outermost: list[Any] = []
    within: list[list[Any] | dict[str, Any]] = [outermost]
    keys = [""]
    wanted, at = _Next.VALUE, 0
    while match := _TOKEN.match(text, at):
        part, at = match[1], match.end()
        if part in "]}" and part == _CLOSING.get(wanted, {}).get(type(within[-1])):
            within.pop()
            keys.pop()
            wanted = _Next.COMMA if len(within) > 1 else _Next.NOTHING
        elif wanted is _Next.COMMA and part == ",":
            wanted = _Next.KEY if isinstance(within[-1], dict) else _Next.ITEM
        elif wanted is _Next.KEY and part[0] == '"':
            keys[-1] = _text(part)
            wanted = _Next.COLON
        elif wanted is _Next.COLON and part == ":":
            wanted = _Next.VALUE
        elif wanted in (_Next.VALUE, _Next.ITEM) and part not in "]},:":
            value = _value(part, text, match.start(1))
            if len(within) <= _DEEPEST:
                _put(within[-1], keys[-1], value)
            if isinstance(value, list | dict):
                within.append(value)
                keys.append("")
                wanted = _Next.KEY if isinstance(value, dict) else _Next.ITEM
            else:
                wanted = _Next.COMMA if len(within) > 1 else _Next.NOTHING
        else:
            raise json.JSONDecodeError(f"Unexpected {part[0]}", text, match.start(1))
    if text[at:].strip(" \t\r\n") or wanted is not _Next.NOTHING:
        raise json.JSONDecodeError("Unexpected end or character", text, at)
    return outermost[0]


def _put(container: list[Any] | dict[str, Any], key: str, value: Any) -> None:  # noqa: ANN401
    if isinstance(container, dict):
        container.setdefault(key, value)
    else:
        container.append(value)


def _value(part: str, text: str, at: int) -> Any:  # noqa: ANN401
    if part in "[{":
        return [] if part == "[" else {}
    if part[0] == '"':
        return _text(part)
    if part in ("true", "false", "null"):
        return json.loads(part)
    if _NUMBER.fullmatch(part):
        return float(part) if re.search("[.eE]", part) else integer(part)
    if _NO_NUMBER.fullmatch(part):
        return float(part)
    raise json.JSONDecodeError("Unexpected word", text, at)


def _text(quoted: str) -> str:
    return str(json.loads(quoted)) if "\\" in quoted else quoted[1:-1]


def integer(digits: str) -> int | float:
    """A whole number; of very many digits, about."""
    return int(digits) if len(digits) <= _LONGEST_INTEGER else float(digits)


def first_wins(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object in which of a repeated key the first counts."""
    found: dict[str, Any] = {}
    for key, value in pairs:
        found.setdefault(key, value)
    return found


DECODER = json.JSONDecoder(object_pairs_hook=first_wins, parse_int=integer)
"""The `json` package's, which takes most of what is taken here."""
