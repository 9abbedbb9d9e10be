"""Periods of measurements: their reach never adds up, so that one of them has to be chosen."""

from __future__ import annotations

from collections.abc import Sequence

from reach.media.group import Group, places
from reach.media.notice import Notice, notice
from reach.media.row import Row

_MOST_NAMED = 4


def chosen(rows: Sequence[Row], group: Group) -> tuple[Row | None, Notice | None]:
    """The row whose period contains those of all others; None if there is none, and why.

    Args:
        rows: One or more, of one group, each with period_start and period_end or neither.
        group: What they measure.

    Returns:
        The row, and what has to be said: of one row alone, nothing.

    Examples:
        >>> from reach.media.medium import Medium
        >>> months = [("01-01", "01-31"), ("02-01", "02-28"), ("01-01", "02-28")]
        >>> rows = [
        ...     Row("audience", {"period_start": f"2026-{a}", "period_end": f"2026-{b}"}, f"tv.csv:{i}")
        ...     for i, (a, b) in enumerate(months, start=2)
        ... ]
        >>> tv = Group("tv", Medium.TV, None, None)
        >>> chosen(rows, tv)[0].place
        'tv.csv:4'
        >>> print(chosen(rows[:2], tv)[1].message)
        tv has rows of different periods (tv.csv:2, tv.csv:3), and the reach of periods never adds up: not measured. Give one row for the whole period.
    """
    if len(rows) == 1:
        return rows[0], None
    starts = [str(row.data.get("period_start", "")) for row in rows]
    ends = [str(row.data.get("period_end", "9999")) for row in rows]
    whole = [
        row
        for row, start, end in zip(rows, starts, ends, strict=True)
        if start == min(starts) and end == max(ends)
    ]
    named = ", ".join(places(rows)[:_MOST_NAMED]) + (", …" if len(rows) > _MOST_NAMED else "")
    if len(whole) == 1:
        return whole[0], notice(
            "period_chosen",
            f"{group.said}: {whole[0].place} is taken, since its period contains those of "
            f"{len(rows) - 1} other rows; the reach of periods never adds up.",
            channel=group.said,
            place=whole[0].place,
            others=len(rows) - 1,
        )
    if whole:
        return None, notice(
            "period_twice",
            f"{group.said} has several rows of one period ({', '.join(places(whole))}): nobody says "
            "which is right, so it is not measured. Keep one.",
            channel=group.said,
            places=", ".join(places(whole)),
        )
    return None, notice(
        "periods_differ",
        f"{group.said} has rows of different periods ({named}), and the reach of periods never adds "
        "up: not measured. Give one row for the whole period.",
        channel=group.said,
        places=named,
    )
