"""Universes: how many persons of an age live in a region, one row each.

What is reached is a share of these, so a row that holds others is put aside: a province among
its own regencies would be counted twice.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from reach.formats.media.cells import count, identifier, text
from reach.formats.media.columns import Column
from reach.formats.media.impossible import Impossible
from reach.formats.media.media_format import MediaFormat
from reach.formats.media.regions import age_label, check_day, code
from reach.formats.media.totals import Whole, as_large_as_all_others, wholes

COLUMNS = (
    Column("region", "region", text, "as the office calls it, the same in all of its tables"),
    Column(
        "code", "code", code, "as 32.01 or 3201; a region is within one whose code it begins with"
    ),
    Column("age", "age", age_label, "completed years: 18+, 0-17 or all"),
    Column("persons", "persons", count, "who live there; in the thousands only where declared"),
    Column("source", "source", text, "census, projection or register"),
    Column("as_of", "as_of", identifier, "year, month or day: 2020, 2020-09, 2020-09-15"),
)


class UniverseFormat(MediaFormat):
    """The office's table of whom there is to reach."""

    name: ClassVar[str] = "universe"
    title: ClassVar[str] = "How many persons live in each region, by age, a region and age a row"
    version: ClassVar[str] = "1"
    row: ClassVar[str] = "universe"
    rows_are: ClassVar[str] = "population counts"
    columns: ClassVar[tuple[Column, ...]] = COLUMNS
    needed: ClassVar[tuple[frozenset[str], ...]] = (frozenset(("region", "age", "persons")),)
    in_json: ClassVar[bool] = True
    total_in: ClassVar[tuple[str, ...]] = ("region", "code")
    sums_up: ClassVar[bool] = True
    tells: ClassVar[tuple[str, ...]] = (
        "whom there is to reach: persons of an age, by region, as of a day",
    )
    silent: ClassVar[tuple[str, ...]] = (
        "whom anything reached",
        "who lives in a region that has no row: there is no region called others",
    )

    def proven(self, row: dict[str, Any]) -> dict[str, Any]:
        """A region whose age and day there are."""
        low, _, high = row["age"].partition("-")
        if high and int(low) > int(high):
            raise Impossible("age", "an age that ends after it begins, as 0-17")
        check_day(row)
        return row

    def wholes(self, rows: Sequence[Mapping[str, Any]]) -> Mapping[int, Whole]:
        """Regions whose parts are there, too, at the same age."""
        return wholes(rows, "persons", ("age",))

    def perhaps_wholes(self, rows: Sequence[Mapping[str, Any]]) -> list[str]:
        """Regions with as many persons as all others of that age."""
        return as_large_as_all_others(rows, "persons", ("age",))
