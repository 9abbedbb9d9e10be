"""Rows as files would give them, for tests of what becomes of them."""

from __future__ import annotations

from typing import Any

from reach.media.exposures import Exposures, exposures
from reach.media.row import Row
from reach.media.universe import Universe

TOWNS = Universe("towns", {"Bandung": 60_000, "Bogor": 40_000}, {}, ("made up",))


def row(kind: str, place: str = "rows.csv:2", /, **data: object) -> Row:
    """One row; what is said of its source stands behind an underscore."""
    source = {name[1:]: data.pop(name) for name in list(data) if name.startswith("_")}
    return Row(kind, data, place, **source)


def numbered(rows: list[Row], file: str = "rows.csv") -> list[Row]:
    """Rows at lines of their own, from the second on."""
    return [
        Row(r.kind, r.data, f"{file}:{n}", r.channel, r.audience, r.shared_by_staff)
        for n, r in enumerate(rows, start=2)
    ]


def made(*rows: Row, universe: Universe = TOWNS, **options: Any) -> Exposures:  # noqa: ANN401 - the entry's own
    """What becomes of rows."""
    return exposures(list(rows), universe, seed=7, level=0.95, **options)


def codes(found: Exposures) -> list[str]:
    """Codes of the notices, in their order."""
    return [each.code for each in found.notices]
