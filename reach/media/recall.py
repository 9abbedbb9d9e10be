"""Who remembers a message, by a survey, less those who also remember what never was."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from reach.errors import NotEstimableError
from reach.media.group import Group
from reach.media.notice import Notice, notice
from reach.media.respondents import Sample
from reach.stats.survey.estimate import survey_proportion
from reach.stats.survey.overclaim import survey_true_share

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from reach.stats.survey.interval import SurveyEstimate


@dataclass(frozen=True, slots=True)
class Recall:
    """What a survey says of memory.

    Attributes:
        share: Of all who were asked about the channel; None if it does not say.
        assumptions: What had to be supposed.
        notices: What has to be said.
    """

    share: SurveyEstimate | None
    assumptions: tuple[str, ...] = ()
    notices: tuple[Notice, ...] = ()


def recalled(group: Group, asked: Sample, domain: NDArray[np.bool_], level: float) -> Recall:
    """The share of the domain who were reached and remember.

    Who was not exposed need not have been asked, and does not remember. Who was exposed and
    has no answer is left out. Who remembers without exposure contradicts themself; that is no
    memory.

    Args:
        group: Which channel, where.
        asked: Who was asked.
        domain: Those who answered about their exposure; shape (rows,).
        level: Confidence level, between 0 and 1.
    """
    exposed = _flags(asked.answers("exposed", group.channel))
    answers = asked.answers("recalled", group.channel)
    was_asked = np.array([each is not None for each in answers])
    if not (was_asked & domain).any():
        return Recall(None)
    claims = _flags(answers)
    notices = _contradicting(group, int((claims & ~exposed & domain).sum()))
    yes, inside = claims & exposed, domain & (was_asked | ~exposed)
    decoys = [row.data.get("decoys") or {} for row in asked.rows]
    shown = np.array([sum(each is not None for each in own.values()) for own in decoys])
    taken = np.array([sum(each is True for each in own.values()) for own in decoys])
    shown, taken = np.where(asked.inside, shown, 0), np.where(asked.inside, taken, 0)
    try:
        if not shown.any():
            share = survey_proportion(yes, asked.design, level=level, domain=inside)
            said = "what people say they remember is so: no decoy tells how many only say so"
            return Recall(share, (said,), notices)
        share = survey_true_share(
            yes, was_asked & exposed, taken, shown, asked.design, level=level, domain=inside
        )
    except NotEstimableError:
        return Recall(None, (), notices)
    if share.estimate == 0 and yes[inside].any():
        notices = (*notices, _outnumbered(group))
    said = "who did not see the message claims to remember it as often as the decoys are claimed"
    return Recall(share, (said,), notices)


def _flags(answers: list[bool | None]) -> NDArray[np.bool_]:
    return np.array([each is True for each in answers])


def _contradicting(group: Group, people: int) -> tuple[Notice, ...]:
    if not people:
        return ()
    message = (
        f"{group.said}: {people} respondents remember what they say they never saw or heard; that "
        "counts as no memory."
    )
    return (notice("recall_without_exposure", message, channel=group.said, respondents=people),)


def _outnumbered(group: Group) -> Notice:
    return notice(
        "recall_below_decoys",
        f"{group.said}: it is remembered no more often than decoys that never were, so that nobody "
        "is known to remember it.",
        channel=group.said,
    )
