"""Where a signal is: rows of coverage become the share of each region's persons who have one."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from reach.errors import Fault, InputError
from reach.media.notice import Notice, notice
from reach.media.places import missing_region
from reach.media.row import Row

ONE_MEANING = ("definition", "unit", "technology")
"""What must be the same in all rows: "blank spot" has definitions that do not go together."""

_MOST_NAMED = 5


def signal(
    rows: Sequence[Row], persons: Mapping[str, int], known: Collection[str]
) -> tuple[dict[str, float], tuple[Notice, ...]]:
    """Share of each region's persons who have a signal.

    Args:
        rows: Of kind coverage; none for not known.
        persons: The universe's regions.
        known: All regions that its file has, so that those of others are no error.

    Returns:
        The shares by region, 0 to 1, and what had to be supposed.

    Raises:
        InputError: Rows mix definitions, a region is there twice or nowhere in the universe,
            or more is covered than there is.
    """
    if not rows:
        return {}, ()
    faults: list[Fault] = []
    first: dict[str, Row] = {}
    shares: dict[str, float] = {}
    for row in rows:
        faults += [
            row.fault(
                field,
                f"the {field} of {rows[0].place}, {rows[0].data.get(field) or 'none'}: rows that"
                " mean different things by coverage are no one map; keep one of them",
            )
            for field in ONE_MEANING
            if row.data.get(field) != rows[0].data.get(field)
        ]
        if (wrong := missing_region(row, known)) is not None:
            faults.append(wrong)
        name = row.data["region"]
        if first.setdefault(name, row) is not row and not faults:
            faults.append(row.fault("region", f"one row a region: {first[name].place} has it"))
        covered, of = row.data["covered"], row.data["denominator"]
        if not 0 <= covered <= of or of == 0:
            faults.append(row.fault("covered", f"0 to {of}, its denominator"))
        elif name in persons:
            shares[name] = covered / of
    if faults:
        raise InputError(faults)
    return shares, tuple(_notices(rows[0], persons, shares))


def _notices(row: Row, persons: Mapping[str, int], shares: Mapping[str, float]) -> list[Notice]:
    found = []
    unit = row.data["unit"]
    if unit != "persons":
        found.append(
            notice(
                "coverage_unit",
                f"{row.file} tells the share of {unit} that have a signal; it is taken as that of "
                "persons.",
                file=row.file,
                unit=unit,
            )
        )
    without = [name for name in persons if name not in shares]
    if without:
        names = ", ".join(without[:_MOST_NAMED]) + (", …" if len(without) > _MOST_NAMED else "")
        found.append(
            notice(
                "coverage_missing",
                f"{row.file} has no row for {len(without)} of {len(persons)} regions ({names}): a "
                "signal everywhere is supposed there.",
                file=row.file,
                regions=len(without),
                of=len(persons),
                names=names,
            )
        )
    return found
