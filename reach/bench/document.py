"""What was measured, as one document: medians, ratios, growth and a projection."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from reach.bench.contest import Contender
from reach.bench.growth import Size, exponent, projected_s
from reach.bench.machine import machine
from reach.bench.process import Run, median, middle
from reach.bench.stages import STAGES
from reach.bench.subject import Subject

SCHEMA = "reach.bench/1"
"""Fields may be added under this name; none changes its meaning or goes."""

_TIMES = (10, 100)
_CLEAR = 0.2


@dataclass(frozen=True, slots=True)
class Timed:
    """One run of reach.

    Attributes:
        run: The process.
        stages: Its seconds by stage.
        result: What it answered.
    """

    run: Run
    stages: Mapping[str, float]
    result: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Measured:
    """All runs.

    Attributes:
        subject: Of what.
        rounds: How many of each.
        reach: Of reach, by what was run: ``whole``, ``again``, ``small`` and maybe ``part``.
        others: Who else was asked.
        told: Runs of others, by name.
        failed: Why others failed, by name.
    """

    subject: Subject
    rounds: int
    reach: Mapping[str, Sequence[Timed]]
    others: Sequence[Contender]
    told: Mapping[str, Sequence[Run]]
    failed: Mapping[str, str]


def document(measured: Measured, limits: Mapping[str, Any]) -> dict[str, Any]:
    """The document `SCHEMA`.

    Args:
        measured: All runs.
        limits: Threads and memory limit as they were asked for.
    """
    reach = measured.reach
    balances = {name: runs[0].result["balance"] for name, runs in reach.items()}
    took = {name: median([each.run for each in runs]) for name, runs in reach.items()}
    whole, balance = took["whole"], balances["whole"]
    growth = _growth(balances, took)
    return {
        "schema": SCHEMA,
        "machine": machine(),
        "rounds": measured.rounds,
        "limits": dict(limits),
        "logs": {
            "simulated": measured.subject.simulated,
            "files": len(measured.subject.seen),
            "bytes": measured.subject.size,
            "formats": sorted({each["format"] for each in balance["sources"]}),
            **{name: balance[name] for name in ("records", "rejected", "events")},
        },
        "reach": {
            **asdict(whole),
            "events_per_s": balance["events"] / whole.wall_s,
            "again_s": took["again"].wall_s,
            "stages": _stages(reach["whole"], balance["events"]),
        },
        "others": [
            _compared(other, measured.told.get(other.name, ()), measured.failed, whole)
            for other in measured.others
        ],
        "growth": growth,
        "projected": _projected(growth),
        "runs": {
            **{name: [asdict(each.run) for each in runs] for name, runs in reach.items()},
            **{name: [asdict(each) for each in runs] for name, runs in measured.told.items()},
        },
    }


def _stages(runs: Sequence[Timed], events: int) -> list[dict[str, Any]]:
    stages = []
    for stage in STAGES:
        wall_s = middle([each.stages[stage] for each in runs])
        stages.append(
            {"stage": stage, "wall_s": wall_s, "events_per_s": events / max(wall_s, 1e-9)}
        )
    return stages


def _growth(balances: Mapping[str, Any], took: Mapping[str, Run]) -> dict[str, Any]:
    sizes = {
        name: Size(balances[name]["events"], took[name].wall_s)
        for name in ("part", "whole")
        if name in took
    }
    fixed_s = min(took["small"].wall_s, took["whole"].wall_s)
    # Of logs that hardly take longer than none, an exponent would be noise.
    clear = all(size.wall_s - fixed_s > _CLEAR * fixed_s for size in sizes.values())
    return {
        "fixed_s": fixed_s,
        "sizes": [asdict(size) for size in sizes.values()],
        "exponent": exponent(list(sizes.values()), fixed_s) if clear else None,
    }


def _projected(growth: Mapping[str, Any]) -> list[dict[str, Any]]:
    whole = Size(**growth["sizes"][-1])
    return [
        {
            "times": times,
            "events": whole.events * times,
            "wall_s": projected_s(whole, growth["fixed_s"], growth["exponent"], times),
        }
        for times in _TIMES
    ]


def _compared(
    other: Contender, runs: Sequence[Run], failed: Mapping[str, str], whole: Run
) -> dict[str, Any]:
    """What became of another: measured, missing, failed, or without a way to read these logs."""
    said = {
        "name": other.name,
        "job": other.job,
        "state": other.state,
        "why": failed.get(other.name),
    }
    if other.name in failed:
        return said | {"state": "failed"}
    if not runs:
        return said
    took = median(runs)
    return said | asdict(took) | {"reach_per_other": whole.wall_s / took.wall_s}
