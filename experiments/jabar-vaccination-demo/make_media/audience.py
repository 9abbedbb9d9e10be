"""What others measured: a TV panel, radio diaries, a survey of readers, platforms' own reports."""

from __future__ import annotations

import numpy as np
from channels import AGAIN, PAPERS, STATIONS, WEEK_ONE
from population import EVERYBODY, TITLES, People
from sampled import Sample, design_effect, drawn
from table import CAMPAIGN, FIRST, LAST, Line, Tables, day

from reach.simulate.luck import Integers
from reach.simulate.regions import REGIONS

_PANELS = {
    "tv": ("panel_meter", "Panel Pemirsa", 240),
    "radio": ("diary", "Buku Harian Dengar", 150),
}
_TAKE = 10
_READERS = 320  # villages in which readers were sought
_TOWNS = {"Kota Bandung": 60, "Kabupaten Cirebon": 60}
_SPOTS = {"tv": 168, "radio": 336}

INSTAGRAM = 214_300
"""Accounts, as the platform counts them."""


def write_audience(people: People, tables: Tables) -> None:
    """Write the table, with one row of more rating points than its reach can take."""
    lines = [*_of_panels(people), *_of_readers(people), *_of_platforms()]
    impossible = {**lines[0], "vehicle": "TV Cakrawala", "grp": 1300, "ots_average": 10}
    tables.write("audience.csv", lines, [impossible])


def _of_panels(people: People) -> list[Line]:
    lines: list[Line] = []
    for channel, (method, source, draws) in _PANELS.items():
        everywhere = np.arange(len(people.persons))
        panel = drawn(people, f"{channel} panel", everywhere, draws, _TAKE)
        contacts = _contacts(people, panel, channel)
        deff = design_effect(people, people.chance[channel, None], _TAKE, everywhere)
        said = {"source": source, "method": method, "design_effect": deff}
        week = panel.some_of(contacts, f"{channel} in week one", WEEK_ONE)
        whole = {**_heading(channel, None, None, EVERYBODY), "insertions": _SPOTS[channel]}
        lines += [
            {**whole, **_ratings(contacts), **said},
            {
                **whole,
                "period_end": day(6),
                "insertions": _SPOTS[channel] // 4,
                **_ratings(week, most=1),
                **said,
            },
        ]
        for station, share in STATIONS[channel].items():
            own = panel.some_of(contacts, station, share)
            lines.append({**_heading(channel, station, None, EVERYBODY), **_ratings(own), **said})
    for title, draws in _TOWNS.items():
        among = np.flatnonzero(people.region == TITLES.index(title))
        diary = drawn(people, f"radio in {title}", among, draws, _TAKE)
        contacts = _contacts(people, diary, "radio")
        deff = design_effect(people, people.chance["radio", None], _TAKE, among)
        said = {"source": "Buku Harian Dengar", "method": "diary", "design_effect": deff}
        persons = int(people.persons[among].sum())
        lines.append({**_heading("radio", None, title, persons), **_ratings(contacts), **said})
    return lines


def _contacts(people: People, sample: Sample, channel: str) -> Integers:
    reached = sample.reached(people, (channel, None))
    return sample.contacts(reached, channel, AGAIN[channel])


def _heading(medium: str, vehicle: str | None, region: str | None, universe: int) -> Line:
    return {
        "medium": medium,
        "vehicle": vehicle,
        "region": region,
        "campaign": CAMPAIGN,
        "target": "persons of all ages",
        "unit": "persons",
        "universe": universe,
        "universe_source": "BPS, census 2020",
        "period_start": FIRST,
        "period_end": LAST,
    }


def _ratings(contacts: Integers, most: int = 3) -> Line:
    """Gross rating points, opportunities to see and reach 1+ up to `most`, as a panel publishes."""
    n = len(contacts)
    reach = [int((contacts >= times).sum()) for times in range(1, most + 1)]
    return {
        "grp": round(100 * int(contacts.sum()) / n, 1),
        "ots_average": round(int(contacts.sum()) / reach[0], 2),
        **{f"reach{times}_pct": round(100 * r / n, 1) for times, r in enumerate(reach, start=1)},
        "sample_size": n,
    }


def _of_readers(people: People) -> list[Line]:
    """Readers of an average issue: more than those who note what the office placed there."""
    lines: list[Line] = []
    for name, paper in PAPERS.items():
        among = np.flatnonzero(
            [str(REGIONS[place].code) in paper.regions for place in people.region.tolist()]
        )
        market = int(people.persons[among].sum())
        sample = drawn(people, f"readers of {name}", among, _READERS, _TAKE)
        share = paper.copies * paper.readers_per_copy / market
        readers = int(sample.hits("reads", share).sum())
        lines.append(
            {
                **_heading("print", name, None, EVERYBODY),
                "readership": market * readers // sample.size,
                "sample_size": sample.size,
                "design_effect": 1.0,
                "source": "Survei Pembaca",
                "method": "probability_survey",
            }
        )
    return lines


def _of_platforms() -> list[Line]:
    when = {"campaign": CAMPAIGN, "period_start": FIRST, "period_end": LAST}
    account = {"medium": "social", "vehicle": "@dinkes.contoh", **when}
    return [
        {
            **account,
            "unit": "accounts",
            "reach": INSTAGRAM,
            "impressions": 655_900,
            "source": "Instagram",
            "method": "platform_report",
        },
        {
            **account,
            "unit": "accounts",
            "potential_audience": 96_400,
            "source": "Instagram",
            "method": "follower_count",
        },
        {
            "medium": "online",
            "vehicle": "kabarpriangan.example",
            **when,
            "potential_audience": 2_140_000,
            "source": "Statistik Situs",
            "method": "outlet_visitors",
        },
    ]
