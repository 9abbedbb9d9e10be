"""Columns that come in families: as many as a file has channels, each with a channel's name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from reach.formats.media.columns import Column, Family
from reach.formats.record import Options, Refused
from reach.shown import json_path, shorten


def families(columns: Iterable[Column]) -> Iterator[Family]:
    """Those of a format's columns that stand for many."""
    return (each for each in columns if isinstance(each, Family))


def known_as(columns: Iterable[Column], names: Iterable[str]) -> set[str]:
    """The names of a table's columns, and the families that some of them are of.

    In JSON a family may be one object, by the name of its field.

    Examples:
        >>> exposed = Family("exposed_<channel>", "exposed")
        >>> sorted(known_as((exposed,), ("age", "exposed_tv")))
        ['age', 'exposed_<channel>', 'exposed_tv']
    """
    known = set(names)
    return known | {
        each.said
        for each in families(columns)
        if each.field in known or any(each.name_in(name) for name in known)
    }


def is_member(columns: Iterable[Column], said: str) -> bool:
    """Whether a column is of one of the families."""
    return any(each.name_in(said) for each in families(columns))


def from_cells(
    columns: Iterable[Column], value: Mapping[str, Any], options: Options
) -> dict[str, dict[str, object]]:
    """What the families' cells say, by field and name; a blank cell says nothing.

    Raises:
        Refused: A cell can't be read.
    """
    found: dict[str, dict[str, object]] = {}
    for family, said, name in _members(columns, value):
        cell = value[said]
        if not isinstance(cell, str) or not cell.strip():
            continue
        try:
            found.setdefault(str(family.field), {})[name] = family.read(cell, options)
        except ValueError as error:
            raise Refused(json_path((said,)), shorten(cell), str(error)) from None
    return found


def from_json(
    columns: Iterable[Column], value: Mapping[str, Any], row: Mapping[str, Any]
) -> dict[str, Any]:
    """What an object says of the families: in keys as a table's columns, or in objects.

    Args:
        columns: The format's.
        value: The object.
        row: Its fields as they are.

    Returns:
        The families' fields; what is null says nothing.
    """
    found: dict[str, Any] = {}
    for family in families(columns):
        field = str(family.field)
        if row.get(field) is not None:
            found[field] = row[field]
        if isinstance(found.get(field), dict):
            found[field] = {
                name: said for name, said in found[field].items() if said is not None
            } or None
    for family, said, name in _members(columns, value):
        if value[said] is None:
            continue
        nested = found.get(str(family.field)) or {}
        if isinstance(nested, dict):
            flat = None if isinstance(value[said], list | dict) else value[said]
            found[str(family.field)] = nested | {name: flat}
    return found


def place_of(columns: Iterable[Column], path: str, value: Mapping[str, Any]) -> str | None:
    """The column that a place in a family's field was read from, as a path; None if none was."""
    return next(
        (
            json_path((said,))
            for family, said, name in _members(columns, value)
            if json_path((str(family.field), name)) == path
        ),
        None,
    )


def _members(
    columns: Iterable[Column], value: Mapping[str, Any]
) -> Iterator[tuple[Family, str, str]]:
    for family in families(columns):
        for said in value:
            if name := family.name_in(said):
                yield family, said, name
