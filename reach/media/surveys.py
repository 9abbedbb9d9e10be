"""Rows of a survey become exposures: the share of people, by the sample's design, of the universe."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np

from reach.errors import NotEstimableError
from reach.media.exposure import Amount, Exposure
from reach.media.found import Found, Whole
from reach.media.group import Group
from reach.media.medium import Medium
from reach.media.notice import Notice, notice
from reach.media.recall import recalled
from reach.media.respondents import INTERCEPT, Sample, sample
from reach.media.row import Row
from reach.stats.survey.estimate import survey_proportion
from reach.vocabulary import Grade

if TYPE_CHECKING:
    from reach.stats.survey.interval import SurveyEstimate

CALLED_BACK = (
    "whoever was called back had been given something: they are no sample of the universe. State what"
    " they say as read_share in an estimate"
)
STAFF = "the universe is of the public: of how many staff these answers are a share nobody says"


def surveys(
    rows: Sequence[Row], whole: Whole, media: Mapping[str, Medium], age: str | None = None
) -> Found:
    """Exposures and overlaps of rows of kind survey.

    Args:
        rows: All respondents.
        whole: What numbers are judged by.
        media: The medium of each channel that was asked about.
        age: The universe's, as ``18+``.

    Returns:
        For every channel but logged ones (`Medium.DIRECT`, whose log is better) an exposure of
        the whole universe, and one of each region in which somebody was asked. Where people of
        a single region were asked there is none of the whole. Overlaps are of the public.
    """
    found = Found()
    for audience in ("public", "internal"):
        members = [row for row in rows if row.audience == audience]
        if not members:
            continue
        asked = sample(members, age)
        found.notices += asked.notices
        regions = _regions(asked, whole, found)
        for name in asked.names("exposed"):
            if media[name] is Medium.DIRECT:
                continue
            for region in regions if audience == "public" else (None,):
                group = Group(name, media[name], None, region, members[0].audience)
                exposure, said = _exposure(group, asked, whole)
                found.exposures.append(exposure)
                # What is odd about answers is said of all, and not of each region again.
                found.notices += said if region in (None, regions[0]) else ()
        back = any(row.data.get("mode") == "call_back" for row in members)
        if audience == "public" and None in regions and not back:
            found.overlaps |= surveyed_overlaps(asked, whole.level)
    return found


def surveyed_overlaps(asked: Sample, level: float) -> dict[tuple[str, str], Amount]:
    """Share of the universe that both of two channels reach, by pairs in order of the alphabet.

    Args:
        asked: Who was asked.
        level: Confidence level, between 0 and 1.

    Returns:
        Shares of 1 with their intervals; a pair that too few were asked about is not there.
    """
    found = {}
    for pair in combinations(sorted(asked.names("exposed")), 2):
        first, second = (asked.answers("exposed", name) for name in pair)
        both = [a is not None and b is not None for a, b in zip(first, second, strict=True)]
        yes = [bool(a and b) for a, b in zip(first, second, strict=True)]
        try:
            share = survey_proportion(
                yes, asked.design, level=level, domain=np.array(both) & asked.inside
            )
        except NotEstimableError:
            continue
        found[pair] = Amount(share.estimate, share.low, share.high, level)
    return found


def _regions(asked: Sample, whole: Whole, found: Found) -> list[str | None]:
    """Regions of which exposures are made; None is all of them."""
    there = whole.universe.persons
    named = [row.data.get("region") for row in asked.rows]
    regions = [name for name in there if name in named]
    if not regions:
        return [None]
    if len(regions) < len(there):
        without = len(there) - len(regions)
        only = len(regions) == 1 and None not in named
        then = (
            "it says nothing of the others."
            if only
            else "these are taken to be like the others, as where regions are drawn by chance."
        )
        found.notices.append(
            notice(
                "survey_regions_missing",
                f"{asked.rows[0].file} asked nobody in {without} of {len(there)} regions: {then}",
                file=asked.rows[0].file,
                without=without,
                regions=len(there),
                only=regions[0] if only else None,
            )
        )
        if only:
            return list(regions)
    return [None, *regions]


def _exposure(group: Group, asked: Sample, whole: Whole) -> tuple[Exposure, tuple[Notice, ...]]:
    given = asked.answers("exposed", group.channel)
    domain = asked.inside & np.array([each is not None for each in given])
    if group.region is not None:
        domain &= np.array([row.data.get("region") == group.region for row in asked.rows])
    modes = {row.data.get("mode") for row in asked.rows}
    if group.audience == "internal" or "call_back" in modes:
        return _unmeasured(group, asked, STAFF if group.audience == "internal" else CALLED_BACK), ()
    try:
        share = survey_proportion(
            [bool(each) for each in given], asked.design, level=whole.level, domain=domain
        )
    except NotEstimableError as error:
        return _unmeasured(group, asked, str(error)), ()
    persons = whole.persons(group.region)
    reached = _persons(share, persons)
    memory = recalled(group, asked, domain, whole.level)
    engaged = _within(_persons(memory.share, persons), reached) if memory.share else None
    supposed = ["what people say of their exposure is so"]
    if INTERCEPT in modes:
        supposed.append("visitors of the places where people were asked are like everybody")
    exposure = Exposure(
        **group._asdict(),
        grade=Grade.ESTIMATE if INTERCEPT in modes else Grade.SURVEY,
        unit="persons",
        method=_method(share),
        reached=reached,
        engaged=engaged,
        universe=persons,
        assumptions=(*supposed, *memory.assumptions),
        rows=(asked.rows[0].file,),
    )
    return exposure, memory.notices


def _method(share: SurveyEstimate) -> str:
    effect = "" if share.deff is None else f", design effect {share.deff:.2f}"
    return f"survey, {share.rows} asked in {share.psus} primary units{effect}; {share.method}"


def _persons(share: SurveyEstimate, persons: int) -> Amount:
    low, high = min(share.low, share.estimate), max(share.high, share.estimate)
    return Amount(share.estimate * persons, low * persons, high * persons, share.level)


def _within(engaged: Amount, reached: Amount) -> Amount:
    """Who remembers was reached: of both by other respondents, chance may say otherwise."""
    most = reached.estimate or 0.0
    estimate = min(engaged.estimate or 0.0, most)
    high = max(estimate, min(engaged.high, reached.high))
    return Amount(estimate, min(engaged.low, estimate), high, engaged.level)


def _unmeasured(group: Group, asked: Sample, why: str) -> Exposure:
    return Exposure(
        **group._asdict(),
        grade=None,
        unit="persons",
        method="",
        reached=None,
        not_measured=why,
        rows=(asked.rows[0].file,),
    )


def channels_asked(rows: Sequence[Row]) -> dict[str, Row]:
    """Channels that a survey asks about, with the first row that does."""
    found: dict[str, Row] = {}
    for row in rows:
        for name in row.data.get("exposed") or {}:
            found.setdefault(name, row)
    return found
