"""Fields as mail headers and machine-readable reports have them: ``Name: value``, folded."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from textwrap import dedent

from reach.formats.dsn.encoded_words import in_words

Fields = Mapping[str, str | list[str]]
"""What each field says, by its name in small letters; a list where it stands several times."""

_BLANK_LINE = re.compile(r"\n[ \t]*\n")
_DELIMITER = re.compile(r"^--", re.MULTILINE)


def fields_of(text: str) -> dict[str, str | list[str]]:
    r"""The fields of a block of lines; lines that are none are passed over.

    Examples:
        >>> fields_of("Status : 5.1.1\nno field\nDiagnostic-Code: smtp; 550\n    unknown")
        {'status': '5.1.1', 'diagnostic-code': 'smtp; 550 unknown'}
        >>> fields_of("To: a\nto: b")
        {'to': ['a', 'b']}
    """
    found: dict[str, str | list[str]] = {}
    for name, lines in _unfolded(text):
        value = in_words(" ".join(lines).strip())
        had = found.get(name)
        if had is None:
            found[name] = value
        elif isinstance(had, list):
            had.append(value)
        else:
            found[name] = [had, value]
    return found


def _unfolded(text: str) -> list[tuple[str, list[str]]]:
    found: list[tuple[str, list[str]]] = []
    for line in text.split("\n"):
        if line[:1] in (" ", "\t"):
            if found:
                found[-1][1].append(line.strip())
            continue
        name, colon, value = line.partition(":")
        name = name.rstrip(" \t").lower()
        if colon and name and name.isascii() and name.isprintable() and " " not in name:
            found.append((name, [value.strip()]))
    return found


def groups_of(text: str) -> Iterator[dict[str, str | list[str]]]:
    r"""Blocks of fields with blank lines between them; what follows a line ``--…`` is no more.

    A block that is indented as a whole is read as if it were not.

    Examples:
        >>> list(groups_of("A: 1\n\n  B: 2\n  C: 3\n\n--x\nD: 4"))
        [{'a': '1'}, {'b': '2', 'c': '3'}]
    """
    end = _DELIMITER.search(text)
    for block in _BLANK_LINE.split(text[: end.start()] if end else text):
        lines = block.strip("\n")
        group = fields_of(dedent(lines) if lines[:1] in (" ", "\t") else lines)
        if group:
            yield group


def first(fields: Fields, name: str) -> str:
    """What a field says, the first time that it stands there; empty if it does not."""
    said = fields.get(name, "")
    return said[0] if isinstance(said, list) else said


def every(fields: Fields, name: str) -> list[str]:
    """What a field says, each time that it stands there."""
    said = fields.get(name, [])
    return said if isinstance(said, list) else [said]
