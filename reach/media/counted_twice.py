"""Rows of a universe that count the same persons twice: totals, regions within regions, ages."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from itertools import combinations

from reach.errors import Fault
from reach.media.ages import ages
from reach.media.row import Row

TOTALS = ("jumlah", "total", "grand total", "sum")
_ENOUGH = 3
"""Rows from which one that equals the sum of the others is no accident."""


def counted_twice(rows: Sequence[Row]) -> list[Fault]:
    """Faults of rows that together would count somebody twice; ages have been read before."""
    return [*_totals(rows), *_names(rows), *_within(rows), *_ages(rows)]


def code_of(row: Row) -> str:
    """The official code of its region, without the dots that some write; blank if none.

    Examples:
        >>> code_of(Row("universe", {"code": "32.73"}, "people.csv:2"))
        '3273'
    """
    return str(row.data.get("code") or "").replace(".", "").strip()


def _totals(rows: Sequence[Row]) -> list[Fault]:
    """Rows that are called a total, or are one."""
    faults = []
    by_age: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        if row.data["region"].strip().casefold().startswith(TOTALS):
            expected = "a region: this is the total of the others; take its row out"
            faults.append(row.fault("region", expected))
        else:
            by_age[str(row.data.get("age"))].append(row)
    for same in by_age.values():
        whole = sum(row.data["persons"] for row in same)
        lengths = [len(code_of(row)) for row in same]
        if len(same) < _ENOUGH or (min(lengths) == max(lengths) > 0):
            continue  # codes of one length are regions of one kind
        faults += [
            row.fault("persons", f"a region: {row.data['region']} has as many as all others together,"
            " so it is their total; take its row out, or give all rows their codes")
            for row in same
            if 2 * row.data["persons"] == whole
        ]  # fmt: skip
    return faults


def _names(rows: Sequence[Row]) -> list[Fault]:
    """One name for two codes, or one code for two names."""
    faults = []
    codes: dict[str, Row] = {}
    names: dict[str, Row] = {}
    for row in rows:
        name, code = row.data["region"], code_of(row)
        other = names.setdefault(name, row)
        if code_of(other) != code:
            expected = (
                f"another name: {other.place} has {name}, too, with another code; tell them"
                f" apart, as Kabupaten {name} and Kota {name}"
            )
            faults.append(row.fault("region", expected))
        other = codes.setdefault(code, row)
        if code and other.data["region"] != name:
            expected = f"another code: {other.place} gives it to {other.data['region']}"
            faults.append(row.fault("code", expected))
    return faults


def _within(rows: Sequence[Row]) -> list[Fault]:
    """A region that lies within another by its code."""
    by_code = {code: row for row in rows if (code := code_of(row))}
    faults = []
    for code, row in by_code.items():
        outer = next((code[:n] for n in range(1, len(code)) if code[:n] in by_code), None)
        if outer is not None:
            holder = by_code[outer]
            expected = (
                f"regions that do not overlap: {code} lies within {outer}"
                f" ({holder.data['region']}, {holder.place}); keep the whole or its parts"
            )
            faults.append(row.fault("code", expected))
    return faults


def _ages(rows: Sequence[Row]) -> list[Fault]:
    """Ages of one region that share somebody."""
    by_region: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        by_region[row.data["region"]].append(row)
    faults = []
    for same in by_region.values():
        for first, second in combinations(same, 2):
            if code_of(first) != code_of(second):
                continue  # told as a name of two
            one, two = (ages(row.data.get("age")) for row in (first, second))
            if one.meets(two):
                expected = (
                    f"ages that do not overlap: {first.place} has {first.data['region']}"
                    f" of age {first.data.get('age') or 'all'}"
                )
                faults.append(second.fault("age", expected))
    return faults
