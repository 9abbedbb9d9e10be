"""Coverage: how much of a region has a signal or a service, by a stated definition, a row each.

Where nobody has a signal, nothing that needs one reaches anybody: a blank spot. Published
numbers differ by what they count (persons, households, area, villages) and by what they call
covered, so a row without either says nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from reach.formats.media.cells import amount, identifier, lowered, text
from reach.formats.media.columns import Column
from reach.formats.media.impossible import Bound, Impossible
from reach.formats.media.media_format import MediaFormat
from reach.formats.media.regions import check_day, code
from reach.formats.media.totals import Whole, wholes

COLUMNS = (
    Column("region", "region", text, "as the office calls it, the same in all of its tables"),
    Column(
        "code", "code", code, "as 32.01 or 3201; a region is within one whose code it begins with"
    ),
    Column("definition", "definition", text, "what counts as covered: outdoor 4G of any operator"),
    Column("unit", "unit", lowered, "persons, households, area (in km²) or villages"),
    Column("denominator", "denominator", amount, "how many of the unit there are"),
    Column("covered", "covered", amount, "how many of them are covered; never more"),
    Column("technology", "technology", text, "2G, 4G, FM, DVB-T2"),
    Column("source", "source", text, "who says so"),
    Column("as_of", "as_of", identifier, "year, month or day: 2020, 2020-09, 2020-09-15"),
)


class CoverageFormat(MediaFormat):
    """The office's table of what has a signal."""

    name: ClassVar[str] = "coverage"
    title: ClassVar[str] = "How much of each region has a signal or a service, a region a row"
    version: ClassVar[str] = "1"
    row: ClassVar[str] = "coverage"
    rows_are: ClassVar[str] = "coverage counts"
    columns: ClassVar[tuple[Column, ...]] = COLUMNS
    needed: ClassVar[tuple[frozenset[str], ...]] = (
        frozenset(("region", "definition", "unit", "denominator", "covered")),
    )
    bounds: ClassVar[tuple[Bound, ...]] = (
        Bound("covered", "denominator", "what is covered is a part of what there is"),
    )
    in_json: ClassVar[bool] = True
    total_in: ClassVar[tuple[str, ...]] = ("region", "code")
    sums_up: ClassVar[bool] = True
    tells: ClassVar[tuple[str, ...]] = (
        "how many persons, households, villages or km² of a region are covered, by a definition",
    )
    silent: ClassVar[tuple[str, ...]] = (
        "whether who is covered has a device, uses it, or saw anything",
        "how many persons a share of the area or of the villages is",
    )

    def proven(self, row: dict[str, Any]) -> dict[str, Any]:
        """A coverage that counts whole persons, households and villages, as of a day there is."""
        for name in ("denominator", "covered"):
            if row["unit"] != "area" and row[name] % 1:
                raise Impossible(name, f"a whole number: {row['unit']} are counted")
        check_day(row)
        return row

    def wholes(self, rows: Sequence[Mapping[str, Any]]) -> Mapping[int, Whole]:
        """Regions whose parts are there, too, by the same definition."""
        return wholes(rows, "denominator", ("definition", "unit", "technology", "as_of"))
