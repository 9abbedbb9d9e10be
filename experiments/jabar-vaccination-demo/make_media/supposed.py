"""What has to be supposed of those whom nobody counted, and where there is a signal.

Each input is what a study of so many found, not what is true: so the doubt is earned.
"""

from __future__ import annotations

import numpy as np
from channels import BOARDS, HEARD, LEAFLETS, PAPERS, READ, in_range
from population import LUCK, People, normal
from table import CAMPAIGN, FIRST, LAST, Line, Tables

from reach.simulate.regions import REGIONS

_ASKED = {"noting": 900, "sees": 220, "heard": 180, "read": 160}
"""Whom studies asked; the last by calling back."""

_LARGE = 100
"""From here on numbers are whole. No number has three decimals, which may be thousands."""


def write_estimates(people: People, tables: Tables) -> None:
    """Write the table, with one share that is said in hundredths."""
    lines = [*_papers(people), *_boards(people), *_loudspeakers(people), *_leaflets()]
    hundredths = {**lines[0], "input": "noting", "distribution": "uniform", "value": None}
    tables.write("estimates.csv", lines, [hundredths | {"low": 30, "high": 40}])


def write_coverage(people: People, tables: Tables) -> None:
    """Write who has a signal; what lies in remote villages is blank."""
    lines = []
    for place, region in enumerate(REGIONS):
        inside = people.region == place
        lines.append(
            {
                "region": region.title,
                "code": region.code,
                "definition": "a 4G signal of any operator outdoors in the village",
                "unit": "persons",
                "denominator": int(people.persons[inside].sum()),
                "covered": int(people.persons[inside & ~people.remote].sum()),
                "technology": "4G",
                "source": "invented",
                "as_of": "2026-01",
            }
        )
    tables.write("coverage.csv", lines)


def _papers(people: People) -> list[Line]:
    lines = []
    for number, (name, paper) in enumerate(PAPERS.items()):
        readers = paper.copies * paper.readers_per_copy
        noting = people.reached(people.chance["print", name]) / readers
        found = paper.readers_per_copy * (1 + 0.07 * normal("readers per copy", number))
        copies = round(paper.copies * (1 + 0.01 * normal("copies", number)), -3)
        of = {"medium": "print", "vehicle": name}
        lines += [
            _input(of, "copies", "normal", copies, 0.98 * copies, 1.02 * copies, "audit"),
            _input(of, "readers_per_copy", "lognormal", None, found / 1.16, found * 1.16),
            _share(of, "noting", noting, "noting"),
        ]
    return lines


def _boards(people: People) -> list[Line]:
    lines = []
    for number, (name, board) in enumerate(BOARDS.items()):
        live = int(people.persons[people.of(board.region)].sum())
        found = live * board.passes * (1 + 0.12 * normal("passers", number))
        of = {"medium": "outdoor", "vehicle": name, "region": board.region}
        lines += [
            _input(of, "passers", "lognormal", None, found / 1.3, found * 1.3, "traffic count"),
            _share(of, "visibility", board.sees, "sees"),
        ]
    return lines


def _loudspeakers(people: People) -> list[Line]:
    lines = []
    for number, (title, villages) in enumerate(in_range(people).items()):
        inside = int(people.persons[villages].sum())
        found = round(inside * (1 + 0.04 * normal("in range", number)), -2)
        of = {"medium": "loudspeaker", "region": title}
        lines += [
            _input(
                of, "in_range", "normal", found, 0.92 * found, 1.08 * found, "village registers"
            ),
            _share(of, "present_and_heard", HEARD, "heard"),
        ]
    return lines


def _leaflets() -> list[Line]:
    lines = []
    for title, pieces in LEAFLETS.items():
        of = {"medium": "leaflet", "region": title}
        lines += [
            _input(of, "pieces", "fixed", pieces, None, None, "receipts of handing out"),
            _share(of, "read_share", READ, "read"),
        ]
    return lines


def _share(of: Line, name: str, true: float, study: str) -> Line:
    """A share as a study found it."""
    asked = _ASKED[study]
    where = "/".join(str(each) for each in of.values())
    yes = int(LUCK.hits(f"{study} {where}", np.arange(asked), true).sum())
    return {
        **_input(of, name, "beta", None, None, None, "study", asked),
        "value": f"{yes / asked:.4f}",
    }


def _input(
    of: Line,
    name: str,
    distribution: str,
    value: float | None,
    low: float | None,
    high: float | None,
    source: str = "survey of readers",
    asked: int | None = None,
) -> Line:
    def number(said: float | None) -> float | None:
        return said if said is None else round(said, 2) if said < _LARGE else round(said)

    return {
        "medium": of["medium"],
        "vehicle": of.get("vehicle"),
        "region": of.get("region"),
        "campaign": CAMPAIGN,
        "period_start": FIRST,
        "period_end": LAST,
        "input": name,
        "distribution": distribution,
        "value": number(value),
        "low": number(low),
        "high": number(high),
        "sample_size": asked,
        "source": f"{source}, invented",
    }
