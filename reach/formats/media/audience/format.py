"""The office's table of audiences: its columns, and what a row of it can't be."""

from __future__ import annotations

from itertools import combinations
from typing import Any, ClassVar

from reach.formats.media.audience.grades import METHODS, REACH, TIMES, graded
from reach.formats.media.audience.ratings import POINT, check_ratings
from reach.formats.media.cells import amount, count, day, lowered, number, text
from reach.formats.media.columns import ADVERTISING_VALUES, WHOSE, Column
from reach.formats.media.impossible import Bound
from reach.formats.media.media_format import OF_THE_OFFICE, MediaFormat

_GRADES = ", ".join(f"{said} ({method.grade})" for said, method in METHODS.items())

COLUMNS = (
    Column(
        "medium",
        "medium",
        lowered,
        "tv, radio, print, online, social, outdoor, banner, poster, leaflet, loudspeaker, worship, "
        "cinema or event",
    ),
    Column("vehicle", "vehicle", text, "station, paper, site; empty: the medium as a whole"),
    Column("market", "market", text, "the area that was measured"),
    Column("region", "region"),
    Column("campaign", "campaign"),
    *WHOSE,
    Column("target", "target", text, "whom the universe holds, as adults 18+"),
    Column("unit", "unit", lowered, "persons, households, accounts, devices or copies"),
    Column(
        "universe", "universe", count, "how many of the unit there are: all digits, no thousands"
    ),
    Column("universe_source", "universe_source", text, "who says so, and as of when"),
    Column("period_start", "period_start", day, "as 2026-01-05"),
    Column("period_end", "period_end", day),
    Column("insertions", "insertions", count, "spots or insertions that were measured"),
    Column("tvr", "tvr", number, "rating of an average insertion, in percent"),
    Column("grp", "grp", amount, "gross rating points; may exceed 100"),
    Column("ots_gross", "ots_gross", count, "contacts all together"),
    Column("ots_average", "ots_average", number, "contacts of each who was reached; from 1"),
    Column("reach", "reach", count, "reached at least once, in the unit"),
    Column("reach1_pct", "reach1_pct", number, "the same in percent: 41 is 41 %, 0.41 is 0.41 %"),
    *(
        Column(name, name, number, f"reached at least {times} times, in percent")
        for times, name in zip(TIMES[1:], REACH[1:], strict=True)
    ),
    Column("reach1_low_pct", "reach1_low_pct", number, "confidence interval of reach1_pct"),
    Column("reach1_high_pct", "reach1_high_pct", number),
    Column("confidence_level", "confidence_level", number, "of that interval, as 0.95"),
    Column("impressions", "impressions", count, "times shown: not people"),
    Column("readership", "readership", count, "readers of an average issue"),
    Column("potential_audience", "potential_audience", count, "whom it might reach: no reach"),
    Column("source", "source", text, "who measured"),
    Column("method", "method", lowered, f"with the grade it is worth: {_GRADES}"),
    Column("grade", "grade", text, "empty: as the method has it; never a better one"),
    Column("sample_size", "sample_size", count, "asked or metered; not known: left empty, never 0"),
    Column("design_effect", "design_effect", number, "above 0; strata may bring it below 1"),
)

_ONCE = "each of them had at least one contact"
_WITHIN = "nobody is reached outside the universe"


class AudienceFormat(MediaFormat):
    """The office's table of what others measured."""

    name: ClassVar[str] = "audience"
    title: ClassVar[str] = "Ratings, reach and readership that somebody measured"
    version: ClassVar[str] = "1"
    row: ClassVar[str] = "audience"
    rows_are: ClassVar[str] = "audiences"
    columns: ClassVar[tuple[Column, ...]] = (*COLUMNS, *ADVERTISING_VALUES)
    needed: ClassVar[tuple[frozenset[str], ...]] = (
        frozenset(("medium", "period_start", "period_end", "source", "method")),
    )
    bounds: ClassVar[tuple[Bound, ...]] = (
        Bound("period_start", "period_end", "a period ends after it begins"),
        Bound("reach", "universe", _WITHIN),
        Bound("readership", "universe", _WITHIN),
        Bound("reach", "impressions", _ONCE),
        Bound("reach", "ots_gross", _ONCE),
        *(
            Bound(more, fewer, "who was reached more often was reached less often, too")
            for fewer, more in combinations(REACH, 2)
        ),
        Bound("reach1_pct", "grp", _ONCE, POINT),
        Bound("tvr", "grp", "points are the ratings of all insertions together", POINT),
        Bound("reach1_low_pct", "reach1_pct", "an estimate lies within its interval"),
        Bound("reach1_pct", "reach1_high_pct", "an estimate lies within its interval"),
        Bound("sample_size", "universe", "a sample is a part of its universe"),
        Bound("design_effect", "sample_size", "a sample is worth at least one of its own"),
    )
    in_json: ClassVar[bool] = True
    percentages: ClassVar[tuple[str, ...]] = (*REACH, "reach1_low_pct", "reach1_high_pct")
    percentages_by: ClassVar[tuple[str, ...]] = ("medium",)
    total_in: ClassVar[tuple[str, ...]] = ("region", "market")
    settings: ClassVar[frozenset[str]] = OF_THE_OFFICE
    tells: ClassVar[tuple[str, ...]] = (
        "how many of a stated universe were reached, and how often, as somebody measured it",
        "how that was measured, and so what it is worth (grade B, C, D, E or P)",
    )
    silent: ClassVar[tuple[str, ...]] = (
        "the reach of two periods or media together: reach never adds up",
        "whether who was reached understood or remembers it",
        (
            "whether a percentage of at most 1 is meant as a share of 1: 0.41 is read as 0.41 %, and "
            "refused only where other columns of its row say 41 %"
        ),
        "whether a published interval allows for the sample's design",
    )

    def proven(self, row: dict[str, Any]) -> dict[str, Any]:
        """An audience with its grade and unit, whose ratings agree."""
        check_ratings(row)
        return graded(row)
