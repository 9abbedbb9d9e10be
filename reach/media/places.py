"""Names of regions: those that the universe has, and what a wrong one was meant to be."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from difflib import get_close_matches

from reach.errors import Fault
from reach.media.row import Row


def missing_region(row: Row, regions: Collection[str], field: str = "region") -> Fault | None:
    """What is wrong with the region that a row names; None if nothing.

    Examples:
        >>> row = Row("audience", {"region": "Kota Bandng"}, "tv.csv:3")
        >>> print(missing_region(row, ["Kota Bandung", "Subang"]))
        tv.csv:3 $.region: got "Kota Bandng", expected a region of the universe: did you mean Kota Bandung?
    """
    said = row.data.get(field)
    if said is None or said in regions:
        return None
    return row.fault(field, f"a region of the universe{meant(str(said), regions)}")


def meant(said: str, names: Iterable[str]) -> str:
    """The nearest spelling, as the end of a sentence; blank if none is near.

    Examples:
        >>> meant("KOTA BANDUNG", ["Kota Bandung", "Subang"])
        ': did you mean Kota Bandung?'
        >>> meant("Surabaya", ["Kota Bandung", "Subang"])
        ''
    """
    by_key = {name.casefold(): name for name in names}
    near = get_close_matches(said.strip().casefold(), by_key, n=1, cutoff=0.7)
    return f": did you mean {by_key[near[0]]}?" if near else ""


def region_faults(rows: Iterable[Row], regions: Mapping[str, int]) -> list[Fault]:
    """All regions that the universe does not have; internal audiences have their own."""
    found = (missing_region(row, regions) for row in rows if row.audience == "public")
    return [fault for fault in found if fault is not None]
