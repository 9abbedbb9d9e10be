"""Rows of a survey as one sample: who was asked, how they were drawn, and what is missing of that."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from reach.errors import Fault, InputError
from reach.media.ages import ages
from reach.media.notice import Notice, notice
from reach.media.row import Row
from reach.stats.survey.design import survey_design
from reach.stats.survey.intercept import intercept_weights

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from reach.stats.survey.design import SurveyDesign


INTERCEPT = "intercept"
"""Mode of a survey that asks whoever comes by."""


@dataclass(frozen=True, slots=True, eq=False)
class Sample:
    """Respondents and their design.

    Attributes:
        rows: One a respondent.
        design: How they were drawn.
        inside: Whether each is of the universe's age; shape (rows,). Others stay in the design.
        notices: What had to be supposed.
    """

    rows: Sequence[Row] = field(repr=False)
    design: SurveyDesign = field(repr=False)
    inside: NDArray[np.bool_] = field(repr=False)
    notices: tuple[Notice, ...]

    def answers(self, question: str, name: str) -> list[bool | None]:
        """What each answered about a channel; None if not asked."""
        return [(row.data.get(question) or {}).get(name) for row in self.rows]

    def names(self, question: str) -> list[str]:
        """The channels that were asked about, in order of appearance."""
        return list(
            dict.fromkeys(name for row in self.rows for name in row.data.get(question) or {})
        )


def sample(rows: Sequence[Row], age: str | None = None) -> Sample:
    """The sample that rows of kind survey are.

    Args:
        rows: All respondents of one file.
        age: The universe's, as ``18+``; who is known to be of another age does not count.

    Returns:
        The sample. Without weights everybody weighs the same, without clusters everybody was
        drawn alone, and it is said; of a stratum with a single primary unit, the unit's
        distance from the mean of all stands for its variance.

    Raises:
        InputError: Several files, somebody twice, ages across the universe's ends, or a
            weight, stratum or cluster that some have and others lack.
    """
    if len(files := list(dict.fromkeys(row.file for row in rows))) > 1:
        expected = (
            f"one survey: it is in {files[0]}. Two samples are none; join them in one file whose"
            " weights stand for the universe together"
        )
        where = next(row for row in rows if row.file == files[1])
        raise InputError([Fault(where.file, "$", "another survey", expected)])
    inside, faults = _inside(rows, age)
    faults = [*_twice(rows), *faults]
    for name in ("weight", "stratum", "cluster"):
        faults += _partly(rows, name)
    if faults:
        raise InputError(faults)
    first = rows[0]
    weights, clusters = _column(rows, "weight"), _column(rows, "cluster")
    notices = []
    if met := [row for row in rows if row.data.get("mode") == INTERCEPT]:
        notices.append(_intercepted(met))
        if weights is None and len(met) == len(rows):
            weights = _by_visits(rows)
        sites = _column(rows, "site")
        if clusters is None and sites is not None and len(set(sites)) > 1:
            clusters = sites
    if weights is None:
        notices.append(
            notice(
                "survey_unweighted",
                f"{first.file} has no weights: everybody counts the same, as if all had had one "
                "chance to be asked. Where that is not so, its shares are off.",
                file=first.file,
            )
        )
    if clusters is None:
        notices.append(
            notice(
                "survey_without_clusters",
                f"{first.file} has no clusters: people count as drawn one by one. If they were drawn "
                "by village, household or day, the intervals are too narrow: name the cluster.",
                file=first.file,
            )
        )
    strata = _column(rows, "stratum")
    design = survey_design(weights or [1.0] * len(rows), strata=strata, clusters=clusters)
    single = [name for name, n in zip(design.names, design.sampled, strict=True) if n == 1]
    if single:
        design = replace(design, single_psu="centre")
        names = ", ".join(str(name) for name in single)
        notices.append(
            notice(
                "survey_single_unit",
                f"{first.file}: of stratum {names} a single cluster was drawn, which tells nothing of "
                "how clusters there differ; its distance from the mean of all is taken instead.",
                file=first.file,
                strata=names,
            )
        )
    return Sample(rows, design, inside, tuple(notices))


def _intercepted(met: Sequence[Row]) -> Notice:
    return notice(
        "survey_intercept",
        f"{met[0].file} has {len(met)} people who were asked where they came by: they stand for the "
        "visitors of those places, and for nobody who never comes.",
        file=met[0].file,
        people=len(met),
    )


def _by_visits(rows: Sequence[Row]) -> list[float] | None:
    """Weights of people who were met, by how often and how long they are there."""
    visits, minutes = _column(rows, "visits"), _column(rows, "minutes_on_site")
    if visits is None or None in visits:
        return None
    stay = 1.0 if minutes is None or None in minutes else minutes
    weights: list[float] = intercept_weights(visits, stay).tolist()
    return weights


def _column(rows: Sequence[Row], name: str) -> list[Any] | None:
    return [row.data.get(name) for row in rows] if rows[0].data.get(name) is not None else None


def _partly(rows: Sequence[Row], name: str) -> list[Fault]:
    lacking = [row for row in rows if row.data.get(name) is None]
    if not lacking or len(lacking) == len(rows):
        return []
    expected = (
        f"a {name}, as {len(rows) - len(lacking)} of {len(rows)} respondents have: all or none"
    )
    return [lacking[0].fault(name, expected)]


def _twice(rows: Sequence[Row]) -> list[Fault]:
    times = Counter(row.data["respondent_id"] for row in rows)
    return [
        row.fault("respondent_id", f"a respondent once: this one has {times[who]} rows")
        for row in rows
        if times[who := row.data["respondent_id"]] > 1
    ]


def _inside(rows: Sequence[Row], age: str | None) -> tuple[NDArray[np.bool_], list[Fault]]:
    wanted = ages(age)
    inside, faults = np.ones(len(rows), dtype=bool), []
    for i, row in enumerate(rows):
        if row.data.get("age") is None:
            continue
        try:
            own = ages(row.data["age"])
        except ValueError as error:
            faults.append(row.fault("age", str(error)))
            continue
        inside[i] = wanted.holds(own)
        if wanted.meets(own) and not wanted.holds(own):
            faults.append(row.fault("age", f"an age that lies within {age} or outside it"))
    return inside, faults
