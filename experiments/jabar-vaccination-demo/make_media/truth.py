"""What really happened: persons reached, by the model and not by any sample of it."""

from __future__ import annotations

import json
from itertools import combinations
from typing import Any

from audience import INSTAGRAM
from channels import AGAIN, STATIONS
from population import TITLES, Chances, Key, People
from posts import STAFF_ACCOUNTS, accounts
from present import STAFF
from survey import REMEMBER
from table import Tables

CHANNELS = (
    "tv", "radio", "print", "outdoor", "posters", "leaflet", "loudspeaker", "performances", "forums",
    "facebook",
)  # fmt: skip
"""Those of the public of which persons are known; messages have a truth of their own."""

_NOTE = (
    "Nobody in these tables exists. Persons are those whom the model expects each channel to reach;"
    " how they would turn out by chance differs from that by less than a thousandth in all of West"
    " Java."
)


def write_truth(people: People, tables: Tables) -> None:
    """Write the truth, and which rows were made bad."""
    reached = {name: people.any_of(people.keys(name)) for name in CHANNELS}
    truth = {
        "note": _NOTE,
        "refused": tables.refused,
        "channels": {name: _channel(people, name, each) for name, each in reached.items()},
        "both": {
            f"{one} and {other}": round(people.reached(reached[one] * reached[other]))
            for one, other in combinations(sorted(CHANNELS), 2)
        },
        "any": _by_region(people, people.any_of(people.chance)),
        "internal": {"staff_forum": STAFF},
        "accounts": {
            "facebook": accounts(people),
            "facebook, shared by staff": STAFF_ACCOUNTS,
            "social": INSTAGRAM,
        },
    }
    text = json.dumps(truth, indent=1, ensure_ascii=True) + "\n"
    (tables.folder / "truth.json").write_text(text, encoding="ascii", newline="\n")


def _channel(people: People, name: str, chances: Chances) -> dict[str, Any]:
    told: dict[str, Any] = _by_region(people, chances)
    vehicles = [key for key in people.keys(name) if key[1] is not None]
    if vehicles:
        told["vehicles"] = {str(key[1]): _vehicle(people, key) for key in vehicles}
    if name in AGAIN:
        again, persons = AGAIN[name], people.reached(chances)
        told["at_least"] = {str(n): round(persons * again ** (n - 1)) for n in (2, 3)}
        told["vehicles"] = {
            station: {"persons": round(persons * _any_of_contacts(share, again))}
            for station, share in STATIONS[name].items()
        }
    if name in REMEMBER:
        told["remember"] = round(REMEMBER[name] * people.reached(chances))
    return told


def _vehicle(people: People, key: Key) -> dict[str, Any]:
    found = _by_region(people, people.chance[key])
    found["regions"] = {title: n for title, n in found["regions"].items() if n}
    return found


def _any_of_contacts(share: float, again: float) -> float:
    """Of those who had contacts, how many had one of a kind that has a share of them.

    Contacts are 1 and one more with the same chance each time: 1 − Σ (1 − again)·againᵏ⁻¹·(1 −
    share)ᵏ.
    """
    return share / (1 - again * (1 - share))


def _by_region(people: People, chances: Chances) -> dict[str, Any]:
    return {
        "persons": round(people.reached(chances)),
        "regions": {title: round(people.reached(chances, title)) for title in TITLES},
    }
