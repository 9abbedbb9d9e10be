"""Surveys: what people say that they saw, heard and remember, one respondent a row.

A column for each channel that was asked about: as many as there are, each called after its
channel. What a respondent was not asked is blank, and a blank is not no.
"""

from __future__ import annotations

from typing import ClassVar

from reach.formats.media.cells import amount, count, day, identifier, lowered, number, text
from reach.formats.media.columns import Column, Family
from reach.formats.media.media_format import MediaFormat
from reach.formats.record import Options

_ANSWERS = {
    **dict.fromkeys(("yes", "ya", "true", "1"), True),
    **dict.fromkeys(("no", "tidak", "false", "0"), False),
}


def answer(cell: str, options: Options) -> bool:  # noqa: ARG001
    """Yes or no, in English or Indonesian.

    Examples:
        >>> answer("Ya", Options()), answer("0", Options())
        (True, False)
    """
    found = _ANSWERS.get(cell.strip().lower())
    if found is None:
        raise ValueError("yes or no (ya or tidak, 1 or 0); not asked or not answered: left empty")
    return found


COLUMNS = (
    Column(
        "respondent_id", "respondent_id", identifier, "the survey's own code: no person, no number"
    ),
    Column("weight", "weight", amount, "persons that the respondent stands for, or in proportion"),
    Column("stratum", "stratum", text, "the part of the frame that was sampled by itself"),
    Column("cluster", "cluster", text, "what was drawn first: village, census block"),
    Column("region", "region", text, "where the respondent lives"),
    Column("age", "age", count, "completed years"),
    Column("sex", "sex", lowered, "female, male or other"),
    Column("internet", "internet", answer, "whether the respondent uses it"),
    Column("campaign", "campaign", text, "which was asked about"),
    Column("interviewed_on", "interviewed_on", day, "as 2026-02-10"),
    Column("mode", "mode", lowered, "face_to_face, telephone, web, paper, intercept or call_back"),
    Column("site", "site", text, "where whoever came by was asked"),
    Column(
        "visits", "visits", number, "how often the respondent comes by there in the survey's period"
    ),
    Column("minutes_on_site", "minutes_on_site", number, "how long each time"),
    Family(
        "exposed_<channel>", "exposed", answer, "saw or heard it there: yes, no; empty: not asked"
    ),
    Family("recalled_<channel>", "recalled", answer, "remembers the message from there, likewise"),
    Family("decoy_<name>", "decoys", answer, "claims to have seen what never ran, likewise"),
)


class SurveyFormat(MediaFormat):
    """The office's table of respondents."""

    name: ClassVar[str] = "survey"
    title: ClassVar[str] = "What people say that they saw, heard and remember, a respondent a row"
    version: ClassVar[str] = "1"
    row: ClassVar[str] = "survey"
    rows_are: ClassVar[str] = "respondents"
    columns: ClassVar[tuple[Column, ...]] = COLUMNS
    needed: ClassVar[tuple[frozenset[str], ...]] = (
        frozenset(("respondent_id", "exposed_<channel>")),
        frozenset(("respondent_id", "recalled_<channel>")),
    )
    in_json: ClassVar[bool] = True
    total_in: ClassVar[tuple[str, ...]] = ("respondent_id",)
    tells: ClassVar[tuple[str, ...]] = (
        "who says to have seen or heard it, and to remember it, by channel and in several at once",
        "how the sample was drawn, and so how far it may be off",
        "how many claim to have seen what never ran",
    )
    silent: ClassVar[tuple[str, ...]] = (
        "who respondents are: codes alone, and nothing that looks like an address or a number",
        "what those would have said who were not met or would not answer",
        "what was not asked: an empty cell is not no",
    )
