"""What each channel did: every number is invented, and stands here and nowhere else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from population import TITLES, Key, People, below, settled

from reach.simulate.regions import REGIONS

BY_USE = (0.4, 1.0, 1.6)

STATIONS = {
    "tv": {"TV Priangan": 0.6, "TV Pantura": 0.4},
    "radio": {"Radio Suara Priangan": 0.65, "Radio Gelombang Pantura": 0.35},
}
"""Share of a channel's contacts that each station has."""

AGAIN = {"tv": 0.62, "radio": 0.70}
"""Chance that who had a contact has another one."""

WEEK_ONE = 0.25
"""Share of the contacts in the first week."""

_PRIANGAN = "3204 3205 3206 3207 3211 3217 3218 3273 3277 3278 3279"
_PANTURA = "3209 3212 3213 3214 3215 3216 3274 3275"


class Paper(NamedTuple):
    """A newspaper: where it is read, its copies, and how many read each."""

    regions: str
    copies: int
    readers_per_copy: float


PAPERS = {
    "Harian Priangan": Paper(_PRIANGAN, 118_000, 2.9),
    "Warta Pantura": Paper(_PANTURA, 92_000, 2.6),
}


class Board(NamedTuple):
    """A billboard: where it stands, who passes it (share of the region), and who of them sees it."""

    region: str
    latitude: float
    longitude: float
    passes: float
    sees: float
    cost: int


BOARDS = {
    "Simpang Dago": Board("Kota Bandung", -6.8852, 107.6137, 0.30, 0.36, 48_000_000),
    "Jalan Ahmad Yani": Board("Kota Bekasi", -6.2383, 106.9936, 0.26, 0.30, 52_000_000),
    "Alun-Alun Kejaksan": Board("Kota Cirebon", -6.7063, 108.5571, 0.45, 0.40, 21_000_000),
}

READ = 0.55
"""Share of leaflets that are read."""

LEAFLETS = {
    "Kabupaten Sukabumi": 60_000,
    "Kabupaten Garut": 55_000,
    "Kabupaten Tasikmalaya": 40_000,
    "Kabupaten Subang": 35_000,
    "Kota Sukabumi": 25_000,
    "Kota Cimahi": 30_000,
}
"""Pieces handed out."""

HEARD = 0.42
"""Share of those within hearing of a loudspeaker who were there and heard it."""

ROUNDS = {
    "Kabupaten Sukabumi": 42,
    "Kabupaten Cianjur": 40,
    "Kabupaten Garut": 45,
    "Kabupaten Tasikmalaya": 38,
    "Kabupaten Pangandaran": 18,
}
"""Villages through which a car with a loudspeaker went."""

WAYANG, CALUNG = "Wayang Golek Keliling", "Calung Imunisasi"


@dataclass(frozen=True, slots=True)
class Tour:
    """Performances of one programme in one region.

    Attributes:
        region: Where.
        programme: What was played.
        shows: How many, each in another village.
        counted: How it was found out who came.
    """

    region: str
    programme: str
    shows: int
    counted: str


TOURS = (
    Tour("Kabupaten Sukabumi", WAYANG, 22, "photo_estimate"),
    Tour("Kabupaten Cianjur", WAYANG, 20, "headcount"),
    Tour("Kabupaten Garut", WAYANG, 22, "headcount"),
    Tour("Kabupaten Tasikmalaya", WAYANG, 20, "photo_estimate"),
    Tour("Kabupaten Ciamis", WAYANG, 14, "headcount"),
    Tour("Kabupaten Pangandaran", WAYANG, 14, "ticket"),
    Tour("Kabupaten Majalengka", CALUNG, 12, "headcount"),
    Tour("Kabupaten Sumedang", CALUNG, 12, "ticket"),
    Tour("Kabupaten Bandung Barat", CALUNG, 14, "photo_estimate"),
)


class Meeting(NamedTuple):
    """An event in a village, and who really came."""

    region: str
    programme: str
    village: int
    came: int


def events(people: People) -> dict[str, list[Meeting]]:
    """Performances, and a forum of neighbours in each region; each in a village of its own."""
    shows = [
        Meeting(tour.region, tour.programme, village, _crowd(people, village))
        for tour in TOURS
        for village in people.of(tour.region)[: tour.shows].tolist()
    ]
    forums = [
        Meeting(title, "Rembuk Warga", village, 45 + below("forum", village, 130))
        for title in TITLES
        for village in people.of(title)[-1:].tolist()
    ]
    return {"performances": shows, "forums": forums}


def in_range(people: People) -> Mapping[str, list[int]]:
    """The villages within hearing of loudspeakers, by region; those without a signal first."""
    return {
        title: sorted(people.of(title).tolist(), key=lambda village: not people.remote[village])[
            :villages
        ]
        for title, villages in ROUNDS.items()
    }


def reached_people() -> People:
    """The people, with all that reached them."""
    people = settled()
    people.add(("tv", None), 0.32, 0.18, 6.0, BY_USE)
    people.add(("radio", None), 0.12, 0.24, -1.0, BY_USE)
    for name, paper in PAPERS.items():
        within = {each.title: 1.0 for each in REGIONS if str(each.code) in paper.regions.split()}
        people.add(("print", name), 0.012, 0.005, 6.0, BY_USE, within)
    for name, board in BOARDS.items():
        share = board.passes * board.sees
        _certain(people, ("outdoor", name), {board.region: share})
    people.add(("posters", None), 0.12, 0.08, 9.0)
    people.add(("facebook", None), 0.05, 0.0, 9.0, (0.3, 1.0, 1.7))
    size = {each.title: each.population for each in REGIONS}
    _certain(people, ("leaflet", None), {t: READ * n / size[t] for t, n in LEAFLETS.items()})
    heard = np.zeros(len(people.persons))
    for villages in in_range(people).values():
        heard[villages] = HEARD
    people.add_certain(("loudspeaker", None), heard)
    for channel, meetings in events(people).items():
        for programme in dict.fromkeys(each.programme for each in meetings):
            came = np.zeros(len(people.persons))
            for each in meetings:
                if each.programme == programme:
                    came[each.village] = each.came / int(people.persons[each.village])
            people.add_certain((channel, programme), came)
    return people


def _crowd(people: People, village: int) -> int:
    share = 14 + below("crowd", village, 22)
    return int(people.persons[village]) * share // 100


def _certain(people: People, key: Key, shares: Mapping[str, float]) -> None:
    share = np.array([shares.get(title, 0.0) for title in TITLES])
    people.add_certain(key, share[people.region])
