"""The survey: 1,080 persons in villages of all regions, and 120 of those who get messages."""

from __future__ import annotations

import numpy as np
from population import EVERYBODY, LUCK, SEED, TITLES, People
from sampled import Sample, drawn, joined
from table import CAMPAIGN, Line, Tables

from reach.simulate.luck import Flags, Integers
from reach.simulate.population import Population
from reach.simulate.regions import REGIONS

ASKED = ("tv", "radio", "posters", "performances", "facebook")
REMEMBER = {"tv": 0.55, "radio": 0.48, "posters": 0.35, "performances": 0.80}
"""Chance that who was reached remembers the message."""

CLAIM = 0.10
"""Chance to say so of what one does not remember, or never saw; the same for decoys."""

SILENT = 0.03
"""Chance that there is no answer."""

ON_THE_LIST = 20_000
"""Persons to whom messages are sent: those of `reach simulate`."""

TEXTED = 0.75
"""Share of them whom a text message reached; the truth of the logs has 15,001."""

_TAKE = 5
_LEAST, _MORE = 4, 108  # draws of villages in each region, and in all by population
_LISTED = 120
_ONLINE = 0.82


def write_survey(people: People, tables: Tables) -> None:
    """Write the survey, with one row that has an answer which is none."""
    lines = respondents(people)
    unsure = {**lines[0], "respondent_id": "R-9001", "exposed_tv": "mungkin"}
    tables.write("survey.csv", lines, [unsure])


def respondents(people: People) -> list[Line]:
    """All rows."""
    listed = _on_the_list(people)
    on_list = np.bincount(
        Population(ON_THE_LIST, SEED).regions(np.arange(ON_THE_LIST)), minlength=len(REGIONS)
    )
    ends = np.cumsum([each.population for each in REGIONS]) * _MORE // EVERYBODY
    more = np.diff(ends, prepend=0).tolist()
    samples, weights, clusters, strata = [], [], [], []
    for place, region in enumerate(REGIONS):
        draws = _LEAST + more[place]
        among = np.flatnonzero(people.region == place)
        samples.append(drawn(people, f"survey {region.code}", among, draws, _TAKE))
        each = (region.population - int(on_list[place])) / (draws * _TAKE)
        weights += [round(each, 1)] * draws * _TAKE
        clusters += [f"{region.code}-{1 + n // _TAKE:02d}" for n in range(draws * _TAKE)]
        strata += [region.title] * draws * _TAKE
    weights += [round(ON_THE_LIST / _LISTED, 1)] * _LISTED
    clusters += [f"list-{n + 1:03d}" for n in range(_LISTED)]
    strata += ["recipients of messages"] * _LISTED
    sample = joined([*samples, listed], "survey")
    columns = _answers(people, sample, np.array(strata) == strata[-1])
    order = LUCK.below("interviewed on", sample.draw, 10).tolist()
    ages = LUCK.below("age", sample.numbers(), 78).tolist()
    return [
        {
            "respondent_id": f"R-{n + 1:04d}",
            "weight": weights[n],
            "stratum": strata[n],
            "cluster": clusters[n],
            "region": TITLES[people.region[sample.village[n]]],
            "age": ages[n],
            "sex": ("female", "male")[n % 2],
            "campaign": CAMPAIGN,
            "interviewed_on": f"2026-02-{order[n] + 4:02d}",
            "mode": "face_to_face",
            **{name: _cell(column, n) for name, column in columns.items()},
        }
        for n in range(sample.size)
    ]


def _on_the_list(people: People) -> Sample:
    """Persons drawn of the list, each in the region where the list has them."""
    numbers = np.arange(_LISTED)
    step = ON_THE_LIST // _LISTED
    persons = numbers * step + LUCK.below("of the list", numbers, step)
    region = Population(ON_THE_LIST, SEED).regions(persons)
    homes = [
        drawn(people, f"list {n}", np.flatnonzero(people.region == place), 1, 1)
        for n, place in enumerate(region.tolist())
    ]
    return joined(homes, "list")


def _answers(people: People, sample: Sample, listed: Flags) -> dict[str, tuple[Flags, Flags]]:
    """By column, what each said, and whether each said anything."""
    exposed = {name: sample.reached_by_any(people, name) for name in ASKED}
    everybody = np.ones(sample.size, np.bool_)
    columns = {
        "internet": (~people.remote[sample.village] & sample.hits("online", _ONLINE), everybody)
    }
    for name, yes in exposed.items():
        columns[f"exposed_{name}"] = yes, ~sample.hits(f"{name} silent", SILENT)
    columns["exposed_sms"] = listed & sample.hits("sms", TEXTED), everybody
    for name, chance in REMEMBER.items():
        remembers = sample.hits(f"{name} remembered", chance) | sample.hits(
            f"{name} claimed", CLAIM
        )
        columns[f"recalled_{name}"] = remembers, exposed[name] & columns[f"exposed_{name}"][1]
    for name in ("radio_jingle", "poster"):
        columns[f"decoy_{name}"] = sample.hits(f"decoy {name}", CLAIM), everybody
    return columns


def _cell(column: tuple[Flags | Integers, Flags], n: int) -> str:
    said, answered = column
    return ("yes" if said[n] else "no") if answered[n] else ""
