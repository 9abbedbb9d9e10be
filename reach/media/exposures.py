"""From rows to persons: rows of all kinds become exposures of one universe."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from reach.errors import Fault, InputError
from reach.media.attendances import MEDIUM, attendances
from reach.media.audiences import audiences
from reach.media.estimates import estimates
from reach.media.exposure import Amount, Exposure
from reach.media.found import Found, Whole
from reach.media.measured_twice import best_of_each
from reach.media.medium import Medium
from reach.media.notice import Notice, notice
from reach.media.placements import placements
from reach.media.places import meant, region_faults
from reach.media.posts import mentions, posts
from reach.media.row import Row
from reach.media.surveys import channels_asked, surveys
from reach.media.universe import Universe

KINDS = ("attendance", "audience", "post", "mention", "survey", "estimate", "placement")
"""In the order in which equals of one grade win: whoever counted before whoever asked."""


@dataclass(frozen=True, slots=True)
class Exposures:
    """What all rows say.

    Attributes:
        exposures: One a channel, vehicle, region and unit; and those without a number.
        overlaps: By pair of channels, the share of the universe, 0 to 1, that both reach, as
            surveyed.
        notices: What was left out, supposed or chosen.
    """

    exposures: tuple[Exposure, ...]
    overlaps: Mapping[tuple[str, str], Amount]
    notices: tuple[Notice, ...]


def exposures(
    rows: Sequence[Row],
    universe: Universe,
    seed: int,
    level: float,
    *,
    media: Mapping[str, Medium] | None = None,
    age: str | None = None,
) -> Exposures:
    """Turn rows into exposures of a universe.

    Args:
        rows: Of the kinds in `KINDS`; those of universe and coverage are in the universe.
        universe: Whom there is to reach.
        seed: Of random draws, 0 or more.
        level: Confidence level, between 0 and 1.
        media: Medium of channels that only a survey names; logged ones are `Medium.DIRECT`,
            and get overlaps, but no exposure.
        age: The universe's, as ``18+``, by which a survey's respondents are chosen.

    Returns:
        The exposures, in order of the kinds. Those of a whole channel or universe and those of
        its vehicles or regions stand side by side: one is a part of the other, so they do not
        add up.

    Raises:
        InputError: All rows that can't be of this universe: a region that it does not have,
            more people than live there, a channel of no medium, a survey without one design.

    Examples:
        >>> people = Universe("towns", {"Bandung": 300, "Bogor": 200}, {}, ("made up",))
        >>> told = {"event_id": "1", "form": "forum", "region": "Bogor", "attendance_count": 64,
        ...         "count_method": "register", "unique_attendees": 61, "starts_at": "2026-01-14"}
        >>> found = exposures([Row("attendance", told, "events.csv:2")], people, seed=1, level=0.95)
        >>> found.exposures[0].grade, found.exposures[0].reached
        (<Grade.CENSUS_LOG: 'A'>, Amount(estimate=61.0, low=61.0, high=61.0, level=None))
    """
    by_kind: dict[str, list[Row]] = {kind: [] for kind in KINDS}
    for row in rows:
        by_kind[row.kind].append(row)
    asked = by_kind["survey"]
    known, faults = _media(rows, media or {})
    faults = [*region_faults(rows, universe.persons), *faults]
    if faults:
        raise InputError(faults)
    whole = Whole(universe, seed, level)
    found = Found()
    found.add(attendances(by_kind["attendance"], whole))
    found.add(audiences(by_kind["audience"], whole))
    found.add(posts(by_kind["post"]))
    found.add(mentions(by_kind["mention"]))
    if asked:
        found.add(surveys(asked, whole, known, age))
    found.add(estimates(by_kind["estimate"], whole))
    if found.faults:
        raise InputError(found.faults)
    kept, twice = best_of_each(found.exposures)
    sent = placements(by_kind["placement"], kept)
    notices = (*_campaigns(rows), *found.notices, *twice, *sent.notices)
    return Exposures(tuple(sent.exposures), dict(sorted(found.overlaps.items())), notices)


def _media(
    rows: Sequence[Row], given: Mapping[str, Medium]
) -> tuple[dict[str, Medium], list[Fault]]:
    """The medium of each channel that a survey asks about."""
    known = {medium.value: medium for medium in Medium}
    for row in rows:
        if "medium" in row.data and row.channel is not None:
            known[row.channel] = Medium(row.data["medium"])
        elif "form" in row.data and row.channel is not None:
            known[row.channel] = MEDIUM[row.data["form"]]
        elif row.kind == "post":
            known[row.channel or row.data["platform"]] = Medium.SOCIAL
    known |= given
    asked = channels_asked([row for row in rows if row.kind == "survey"])
    faults = [
        Fault(
            row.place,
            f"$.exposed_{name}",
            "a channel of no known medium",
            f"its medium in the config, channels.{name}.medium{meant(name, known)}",
        )
        for name, row in asked.items()
        if name not in known
    ]
    return known, faults


def _campaigns(rows: Sequence[Row]) -> list[Notice]:
    """That rows are of several campaigns, which then are judged as one."""
    found = list(dict.fromkeys(str(row.data["campaign"]) for row in rows if "campaign" in row.data))
    if len(found) < 2:  # noqa: PLR2004 - one campaign needs no word
        return []
    names = ", ".join(sorted(found))
    message = f"Rows are of several campaigns ({names}); what is said here is of all together."
    return [notice("several_campaigns", message, campaigns=names)]
