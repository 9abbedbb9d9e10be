"""Meltwater: the export of its content stream, one row a mention.

Two headers are known, an older one with Headline, Source and Influencer, and a newer one with
Title, Source Name and Author Name; which columns an export has its user chooses.

References:
    help.meltwater.com, "How are documents measured" (reach is potential, and estimated);
    Barcelona Principles 3.0, AMEC 2020 (no advertising value equivalents).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from reach.formats.media.cells import count, text
from reach.formats.media.columns import Column
from reach.formats.media.impossible import Bound
from reach.formats.media.media_format import NUMBERS, MediaFormat
from reach.formats.notations.local_time import to_utc
from reach.formats.notations.named_month import clock, day_and_clock
from reach.formats.notations.zoned_time import from_zoned
from reach.formats.record import Options, Refused
from reach.shown import shorten

_SENTIMENTS = {"positive": "positive", "neutral": "neutral", "negative": "negative"}
_NOT_RATED = ("unknown", "not rated", "n/a")


def sentiment(cell: str, options: Options) -> str | None:  # noqa: ARG001
    """What a program judged; None if it did not."""
    word = cell.strip().lower()
    if word in _NOT_RATED:
        return None
    if word not in _SENTIMENTS:
        raise ValueError("one of Positive, Neutral, Negative, Unknown")
    return _SENTIMENTS[word]


def published_on(cell: str, options: Options) -> str:  # noqa: ARG001
    """The day, whatever its clock says."""
    said = cell.strip()
    found = (said,) if from_zoned(said) else day_and_clock(said)
    if found is None:
        raise ValueError(
            "a day as 2026-01-05 or 05-Jan-2026; of 05/01/2026 nobody can tell the month, so "
            "export it again with the year first or the month's name"
        )
    return found[0][:10]


def time_of_day(cell: str, options: Options) -> None:
    """Nothing by itself; where the zone is known it must be a time."""
    if options.timezone is not None and clock(cell.strip()) is None:
        raise ValueError("a time as 19:30 or 7:30 PM")


def published_at(date: str, time: str, zone: str | None) -> str | None:
    """The moment, where the clock and its zone are known.

    Raises:
        ValueError: There is no such time in the zone.
    """
    if (zoned := from_zoned(date)) is not None:
        return zoned
    found = day_and_clock(date)
    said = found and (found[1] or clock(time))
    if not found or not said or zone is None:
        return None
    return to_utc(f"{found[0]} {said}", zone)


def document_id(cell: str, options: Options) -> str:  # noqa: ARG001
    """The id, without the quotes that exports put around it."""
    return cell.strip().strip('"').strip()


_PERSON = "a person's name"
_TEXT = "somebody else's text"
_ACTS = "acts, counted by whom is not said; ask the platform"
_ECHO = "shares, as Meltwater estimates them"
_GUESS = "an estimate of an estimate"

COLUMNS = (
    Column("Document ID", "mention_id", document_id),
    Column(
        "Date",
        "published_on",
        published_on,
        "as 2026-01-05 or 05-Jan-2026, with or without a clock",
    ),
    Column("Time", "published_at", time_of_day, "with --timezone, together with Date"),
    Column("Alternate Date Format", None, note="Date once more"),
    Column("Headline", "headline"),
    Column("Title", "headline"),
    Column("URL", "url"),
    Column("Source Name", "outlet"),
    Column("Source", "outlet"),
    Column("Source Domain", "outlet_domain"),
    Column("Source Type", "outlet_kind"),
    Column("Information Type", None, note="Source Type in fewer words"),
    Column("Content Type", "content_kind"),
    Column("Country", "country"),
    Column("Subregion", "region"),
    Column("Region", "region"),
    Column("State", None, note="Subregion or Region say it"),
    Column("City", "city"),
    Column("Language", "language"),
    Column("Reach", "potential_audience", count, "of the outlet: potential, never people reached"),
    Column("Desktop Reach", "potential_audience_desktop", count, "likewise potential"),
    Column("Mobile Reach", "potential_audience_mobile", count, "likewise potential"),
    Column("Global Reach", None, note="likewise potential; Reach says it"),
    Column("National Reach", None, note="likewise potential"),
    Column("Local Reach", None, note="likewise potential"),
    Column("National Viewership", None, note="likewise potential, a whole channel's"),
    Column(
        "universe",
        "universe",
        count,
        "none of Meltwater's: the country's population, if the office adds it; then a larger "
        "audience is refused",
    ),
    Column(
        "AVE",
        None,
        note="what an advertisement would have cost is no measure of "
        "communication (Barcelona Principles)",
    ),
    Column("Sentiment", "sentiment", sentiment, "a program's judgement; Unknown is none"),
    Column("Input Name", "search", text, "the search that found it"),
    Column("Document Tags", "tags"),
    Column("Opening Text", None, note=_TEXT),
    Column("Hit Sentence", None, note=_TEXT),
    Column("Influencer", None, note=_PERSON),
    Column("Author Name", None, note=_PERSON),
    Column("Author Handle", None, note=_PERSON),
    Column("Engagement", None, note=_ACTS),
    Column("Social Echo", None, note=_ECHO),
    Column("Social Echo Total", None, note=_ECHO),
    Column("Twitter Social Echo", None, note=_ECHO),
    Column("Facebook Social Echo", None, note=_ECHO),
    Column("Reddit Social Echo", None, note=_ECHO),
    Column("Editorial Echo", None, note="other outlets that took it over are rows here"),
    Column("Estimated Views", None, note=_GUESS),
    Column("Earned Traffic", None, note=_GUESS),
)


class MeltwaterFormat(MediaFormat):
    """Meltwater's mentions."""

    name: ClassVar[str] = "meltwater"
    title: ClassVar[str] = "Meltwater export, a mention in the media a row"
    version: ClassVar[str] = "1"
    row: ClassVar[str] = "mention"
    rows_are: ClassVar[str] = "mentions"
    columns: ClassVar[tuple[Column, ...]] = COLUMNS
    needed: ClassVar[tuple[frozenset[str], ...]] = (
        frozenset(("Date", "Headline", "URL", "Source", "Country", "Reach", "Sentiment")),
        frozenset(("Date", "Title", "URL", "Source Name", "Country", "Reach", "Sentiment")),
    )
    constants: ClassVar[Mapping[str, Any]] = {"monitor": "meltwater"}
    bounds: ClassVar[tuple[Bound, ...]] = (
        Bound("potential_audience", "universe", "an outlet has no more people than its country"),
    )
    settings: ClassVar[frozenset[str]] = NUMBERS | {"timezone"}
    tells: ClassVar[tuple[str, ...]] = (
        "which outlets wrote or spoke of it, and when",
        "what audience an outlet might have (evidence: potential audience, which is no reach)",
    )
    silent: ClassVar[tuple[str, ...]] = (
        (
            "how many people saw a mention: what Meltwater calls Reach is the outlet's visitors or "
            "followers, estimated; it is never reach, and never added up"
        ),
        (
            "what it was worth: advertising value (AVE) is read by nobody, for it measures no "
            "communication"
        ),
        "when it came out to the minute, unless --timezone says in whose zone the export is",
        (
            "no licensed export is at hand: columns are those that programs for such exports name, "
            "and 05-Jan-2026 07:30PM is remembered"
        ),
    )

    def row_of(self, value: Mapping[str, Any], options: Options) -> dict[str, Any]:
        """A row's cells by our fields, and the moment where it can be known."""
        row = super().row_of(value, options)
        date, time = (str(value.get(name) or "").strip() for name in ("Date", "Time"))
        try:
            return row | {"published_at": published_at(date, time, options.timezone)}
        except ValueError as error:
            raise Refused("$.Date", shorten(date), f"a time that exists ({error})") from None
