"""The universe: rows of people by region and age become the persons whom there is to reach."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from reach.errors import Fault, InputError
from reach.media.ages import Ages, ages
from reach.media.counted_twice import code_of, counted_twice
from reach.media.notice import Notice
from reach.media.row import Row
from reach.media.signal import signal
from reach.media.universe import Universe


@dataclass(frozen=True, slots=True)
class Populations:
    """A universe, and what has to be said of it."""

    universe: Universe
    notices: tuple[Notice, ...] = ()


def populations(
    rows: Sequence[Row],
    coverage: Sequence[Row] = (),
    *,
    region: str | None = None,
    age: str | None = None,
) -> Populations:
    """Choose persons by region and age, and say which of them have a signal.

    Args:
        rows: Of kind universe: region, persons, and where known code and age.
        coverage: Of kind coverage; none for not known.
        region: A region by its name, or all whose code begins with this: ``32``.
        age: As ``18+``; bands that lie within it are summed. None for all that there are.

    Returns:
        The universe; its regions stand in the order of the rows.

    Raises:
        InputError: Rows count somebody twice, a band lies half within the age, a region lacks
            some of it, nobody is left, or the rows of coverage can't be put together.

    Examples:
        >>> people = [("Bogor", "3201", "0-17", 40), ("Bogor", "3201", "18+", 60), ("Serang", "3604", "18+", 50)]
        >>> rows = [
        ...     Row("universe", {"region": r, "code": c, "age": a, "persons": n, "source": "made up"}, f"people.csv:{i}")
        ...     for i, (r, c, a, n) in enumerate(people, start=2)
        ... ]
        >>> populations(rows, region="32", age="18+").universe
        Universe(name='32, 18+', persons={'Bogor': 60}, covered={}, sources=('made up',))
    """
    if not rows:
        raise ValueError("got no rows, expected a universe")
    _readable(rows)
    chosen = _of_region(rows, region)
    faults = counted_twice(chosen)
    if faults:
        raise InputError(faults)
    wanted = ages(age) if age is not None else None
    by_region: dict[str, list[Row]] = defaultdict(list)
    for row in chosen:
        by_region[row.data["region"]].append(row)
    persons: dict[str, int] = {}
    spans: dict[str, Ages] = {}
    for name, bands in by_region.items():
        kept, wrong = _of_age(bands, wanted)
        faults += wrong
        persons[name] = sum(row.data["persons"] for row in kept)
        if kept and not wrong:
            spans[name], wrong = _span(kept)
            faults += wrong
        if not wrong and persons[name] < 1:
            faults.append(bands[0].fault("persons", f"persons of age {age or 'all'} in {name}"))
    if not faults:
        faults = _unlike(by_region, spans, wanted, age)
    if faults:
        raise InputError(faults)
    covered, notices = signal(coverage, persons, {row.data["region"] for row in rows})
    sources = dict.fromkeys(_source(row) for row in chosen)
    said = age or str(chosen[0].data.get("age") or "all ages")
    if age is None and any(len(bands) > 1 for bands in by_region.values()):
        said = "all ages"
    name = f"{region or 'all regions'}, {said}"
    return Populations(Universe(name, persons, covered, tuple(sources)), notices)


def _readable(rows: Sequence[Row]) -> None:
    faults = []
    for row in rows:
        try:
            ages(row.data.get("age"))
        except ValueError as error:
            faults.append(row.fault("age", str(error)))
    if faults:
        raise InputError(faults)


def _of_region(rows: Sequence[Row], region: str | None) -> list[Row]:
    """The rows of a region by its name, or by what its codes begin with."""
    if region is None:
        return list(rows)
    named = [row for row in rows if row.data["region"] == region]
    if named:
        return named
    code = region.replace(".", "")
    chosen = [row for row in rows if code_of(row).startswith(code)]
    if not chosen:
        expected = f"a region {region}, or codes that begin with it"
        raise InputError([Fault(rows[0].file, "$.code", "none", expected)])
    return chosen


def _of_age(bands: Sequence[Row], wanted: Ages | None) -> tuple[list[Row], list[Fault]]:
    """The bands within an age, and those that lie across its ends."""
    if wanted is None:
        return list(bands), []
    kept = [row for row in bands if wanted.holds(ages(row.data.get("age")))]
    across = [
        row.fault("age", f"ages that end where {_said(wanted)} does: split this row there")
        for row in bands
        if row not in kept and wanted.meets(ages(row.data.get("age")))
    ]
    return kept, across


def _span(kept: Sequence[Row]) -> tuple[Ages, list[Fault]]:
    """The whole of a region's bands, which leave no age out."""
    ordered = sorted(kept, key=lambda row: ages(row.data.get("age")).low)
    found = [ages(row.data.get("age")) for row in ordered]
    faults = [
        row.fault(
            "age", f"no gap: the ages from {before.high + 1:g} to {after.low - 1} are missing"
        )
        for row, before, after in zip(ordered[1:], found, found[1:], strict=False)
        if after.low != before.high + 1
    ]
    return Ages(found[0].low, found[-1].high), faults


def _unlike(
    by_region: dict[str, list[Row]], spans: dict[str, Ages], wanted: Ages | None, age: str | None
) -> list[Fault]:
    """Regions that have other ages than asked for, or than the first."""
    first = next(iter(spans))
    target = wanted or spans[first]
    whose = f"asked for {age}" if wanted else f"{first} has them"
    return [
        by_region[name][0].fault("age", f"persons of age {_said(target)} in {name} ({whose})")
        for name, span in spans.items()
        if span != target
    ]


def _said(span: Ages) -> str:
    return f"{span.low}+" if span.high == float("inf") else f"{span.low}-{span.high:g}"


def _source(row: Row) -> str:
    said = [row.data.get("source"), row.data.get("as_of")]
    return ", ".join(str(each) for each in said if each is not None)
