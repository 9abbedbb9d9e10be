"""Rows that sum up others: nobody is counted anew by them, so they are put aside and named.

Some say so in words (Jumlah, Total). Others show only beside their neighbours: a province
among its own regencies, by its code; or a row that is as large as all others together.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

_WORDS = frozenset(
    (
        "total", "grand total", "sub total", "subtotal", "sum",
        "jumlah", "jumlah total", "jumlah keseluruhan", "total keseluruhan", "keseluruhan",
        "total jumlah", "sub jumlah", "subjumlah",
    )
)  # fmt: skip
_BETWEEN = re.compile(r"[\s:.\-–_*]+")
_LAST = chr(0x10FFFF)
_ENOUGH = 3
"""Rows from which on one that is all others together is worth a word: of two alike each is."""


class Whole(NamedTuple):
    """A row that others are parts of.

    Attributes:
        name: Its code and region.
        said: What it counts.
        parts: What the rows within it come to.
    """

    name: str
    said: float
    parts: float


def sums_up(cell: object) -> bool:
    """Whether a cell names a total, and nothing else.

    Examples:
        >>> [sums_up(each) for each in ("JUMLAH :", "Grand-Total", "Total TV", "Kota Total")]
        [True, True, False, False]
    """
    return isinstance(cell, str) and _BETWEEN.sub(" ", cell).strip().casefold() in _WORDS


def wholes(
    rows: Sequence[Mapping[str, Any]], counted: str, alike: tuple[str, ...]
) -> dict[int, Whole]:
    """The rows whose code is the beginning of others' codes, by their index.

    Args:
        rows: All rows of a table, with a ``region`` and maybe a ``code`` each.
        counted: The field that they count in.
        alike: Fields in which rows agree that may be parts of one another.

    Examples:
        >>> rows = [{"region": "Jawa Barat", "code": "32", "persons": 5},
        ...         {"region": "Bogor", "code": "32.01", "persons": 3},
        ...         {"region": "Ciamis", "code": "3207", "persons": 2}]
        >>> wholes(rows, "persons", ())
        {0: Whole(name='32 Jawa Barat', said=5, parts=5)}
    """
    found: dict[int, Whole] = {}
    for group in _groups(rows, alike):
        coded = sorted((code, index) for index in group if (code := _code(rows[index])))
        codes = [code for code, _ in coded]
        smallest = _smallest(codes)
        for place, (code, index) in enumerate(coded):
            # What begins with it stands together, from the first that is longer.
            within = range(bisect_right(codes, code), bisect_left(codes, code + _LAST, place))
            if within:
                row = rows[index]
                # A regency among its own districts counts once: only the smallest are summed.
                parts = sum(rows[coded[each][1]][counted] for each in within if smallest[each])
                found[index] = Whole(f"{row['code']} {row['region']}", row[counted], parts)
    return found


def as_large_as_all_others(
    rows: Sequence[Mapping[str, Any]], counted: str, alike: tuple[str, ...]
) -> list[str]:
    """Regions that count as much as all others of their kind together.

    It may be chance, so that is told and the row is kept.

    Examples:
        >>> rows = [{"region": "Bogor", "persons": 3}, {"region": "Ciamis", "persons": 2},
        ...         {"region": "Jawa Barat", "persons": 5}]
        >>> as_large_as_all_others(rows, "persons", ())
        ['Jawa Barat']
    """
    names = []
    for group in _groups(rows, alike):
        half = sum(rows[index][counted] for index in group) / 2
        if len(group) >= _ENOUGH:
            names += [rows[index]["region"] for index in group if rows[index][counted] == half]
    return list(dict.fromkeys(names))


def _groups(rows: Sequence[Mapping[str, Any]], alike: tuple[str, ...]) -> Iterable[list[int]]:
    groups: dict[tuple[object, ...], list[int]] = defaultdict(list)
    for index, row in enumerate(rows):
        groups[tuple(row.get(name) for name in alike)].append(index)
    return groups.values()


def _code(row: Mapping[str, Any]) -> str:
    return str(row.get("code", "")).replace(".", "")


def _smallest(codes: Sequence[str]) -> list[bool]:
    """Of sorted codes, whether no longer one begins with each."""
    smallest = [True] * len(codes)
    following = ""
    for place in range(len(codes) - 1, -1, -1):
        code = codes[place]
        if place + 1 < len(codes) and codes[place + 1] != code:
            following = codes[place + 1]
        smallest[place] = not following.startswith(code)
    return smallest
