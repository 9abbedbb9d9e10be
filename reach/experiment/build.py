"""A valid document to an `Experiment`: defaults filled in, words turned into numbers."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from reach.compare.question import Assignment, Compare, ComparePosts, Price
from reach.experiment.config import (
    DEFAULT_COVERAGE_THRESHOLD,
    DEFAULT_LEVEL,
    DEFAULT_METRICS,
    DEFAULT_POST_METRICS,
    Channel,
    Experiment,
    Period,
    Source,
    UniverseFile,
    default_horizon_us,
)
from reach.experiment.document import Document, Parts, written_text
from reach.experiment.times import days_us, duration_us, moment_us

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


def build(document: Document, folder: Path) -> Experiment:
    """Turn a document without faults into an experiment.

    Args:
        document: Valid against the experiment schema and by `reach.experiment.checks`.
        folder: Where relative paths begin.
    """
    data: Mapping[str, Any] = document.data
    period = data.get("period")
    log_ends = data.get("log_ends")
    slug = data["experiment"]
    return Experiment(
        slug=slug,
        title=_title(data.get("title"), slug),
        simulated=data.get("simulated", False),
        period=period
        and Period(date.fromisoformat(period["start"]), date.fromisoformat(period["end"])),
        log_ends_us=None if log_ends is None else moment_us(log_ends),
        sources=_sources(document, "sources"),
        media=_sources(document, "media"),
        universe=_universe(document),
        country=data.get("country"),
        people=data.get("people"),
        channels={name: _channel(name, said) for name, said in data.get("channels", {}).items()},
        compare=_compare(data.get("compare", {})),
        seed=int(data.get("seed", 0)),
        folder=folder,
    )


def _title(said: str | Mapping[str, str] | None, otherwise: str) -> dict[str, str]:
    """Both languages; one that is missing is stood in for by the other."""
    if said is None or isinstance(said, str):
        return dict.fromkeys(("en", "id"), said or otherwise)
    either = next(iter(said.values()))
    return {language: said.get(language, either) for language in ("en", "id")}


def _universe(document: Document) -> UniverseFile | None:
    said = document.data.get("universe")
    if said is None:
        return None
    where = document.where(("universe",))
    signs = (said.get("decimal"), said.get("thousands"))
    return UniverseFile(said["file"], said.get("region"), said.get("age"), where, *signs)


def _sources(document: Document, key: str) -> tuple[Source, ...]:
    return tuple(
        _source(document, (key, index)) for index in range(len(document.data.get(key, ())))
    )


def _source(document: Document, parts: tuple[str, int]) -> Source:
    key, index = parts
    said = document.data[key][index]
    if isinstance(said, str):
        said = {"path": said}
    table = said.get("map")
    return Source(
        path=said["path"],
        format=said.get("format"),
        set=said.get("set", {}) | ({"channel": said["channel"]} if "channel" in said else {}),
        fields=said.get("fields", {}),
        map=None if table is None else _map(document, (*parts, "map"), table),
        where=document.where(parts),
        timezone=said.get("timezone"),
        year=said.get("year"),
        hops=tuple(said.get("hops", ())),
        **{name: said.get(name) for name in ("decimal", "thousands", "audience", "shared_by")},
    )


def _map(document: Document, parts: Parts, table: Mapping[str, Any]) -> dict[str, Any]:
    """The map with the values of ``equals`` as written: a cell holds text, 01 and not 1.0."""
    built = dict(table)
    for name, said in table.items():
        if isinstance(said, dict) and "equals" in said:
            at: Parts = (*parts, name, "equals")
            written = [
                written_text(document, (*at, index), value)
                for index, value in enumerate(said["equals"])
            ]
            built[name] = {**said, "equals": list(dict.fromkeys(written))}
    return built


def _channel(name: str, said: Mapping[str, Any]) -> Channel:
    horizon = said.get("horizon")
    cost = said.get("cost_per_message")
    if "horizon" not in said:
        horizon_us: int | None = default_horizon_us(name)
    else:
        horizon_us = None if horizon is None else duration_us(horizon)
    return Channel(
        name=name,
        kind=said.get("kind", "direct"),
        horizon_us=horizon_us,
        cost_per_message=cost and Price(int(micros(cost["amount"])), cost["currency"]),
        title=_title(said.get("title"), name),
        audience=said.get("audience", "public"),
        medium=said.get("medium"),
    )


def micros(amount: float) -> Decimal:
    """An amount in millionths, exactly as it was written.

    Examples:
        >>> print(micros(0.35).normalize())
        3.5E+5
    """
    return Decimal(str(amount)) * 1_000_000


def _compare(said: Mapping[str, Any]) -> Compare:
    assignment = said.get("assignment")
    return Compare(
        by=said.get("by", "channel"),
        metrics=tuple(said.get("metrics", DEFAULT_METRICS)),
        pairs=_pairs(said),
        baseline=said.get("baseline"),
        standardise=tuple(said.get("standardise", ())),
        margin=said.get("margin", {}),
        level=said.get("level", DEFAULT_LEVEL),
        coverage_threshold=said.get("coverage_threshold", DEFAULT_COVERAGE_THRESHOLD),
        assignment=assignment
        and Assignment(
            randomised=assignment["randomised"],
            unit=assignment.get("unit", "person"),
            shares=assignment.get("shares", {}),
        ),
        periods={
            name: days_us(each["start"], each["end"], said.get("timezone", "UTC"))
            for name, each in said.get("periods", {}).items()
        },
        campaigns=tuple(said.get("campaigns", ())),
        also=tuple(said.get("also", ())),
        posts=_posts(said["posts"]) if "posts" in said else None,
    )


def _posts(said: Mapping[str, Any]) -> ComparePosts:
    return ComparePosts(
        by=said.get("by", "kind"),
        metrics=tuple(said.get("metrics", DEFAULT_POST_METRICS)),
        pairs=_pairs(said),
        baseline=said.get("baseline"),
        margin=said.get("margin", {}),
    )


def _pairs(said: Mapping[str, Any]) -> tuple[tuple[str, str], ...] | None:
    pairs = said.get("pairs", "all")
    return None if pairs == "all" else tuple((one, other) for one, other in pairs)
