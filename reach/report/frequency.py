"""How often people were reached, and what more insertions would reach: a picture and its terms."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.text import Text

from reach.report.bars import bar
from reach.report.layout import MARGIN, Column, flowed, table_lines, table_width, wrapped
from reach.report.numbers import decimals_for, number, percent
from reach.report.reading import Part, listed
from reach.report.words import say

if TYPE_CHECKING:
    from reach.report.numbers import Lang

_BAR_CELLS = 20
_LEAST_BAR_CELLS = 8
_MOST_DECIMALS = 3
_NEEDS = ("needs_contacts", "needs_reach", "needs_insertions", "not_possible", "needs_vehicles")

Ends = tuple[float, float]


def frequency_lines(described: Part, lang: Lang, width: int) -> list[Text]:
    """Reach against insertions and points, the spread of models shaded, and which models fit.

    Args:
        described: As `schemas/people.schema.json#/$defs/frequency` has it.
        lang: Language of the words and numbers.
        width: Cells a line may take.
    """
    lines = wrapped(say(lang, "often_head"), width, style="bold")
    rows = _rows(described, lang)
    lines += _drawn(rows, lang, width)
    if any(each["standing"] == "fits" for each in described["models"]):
        parts = say(lang, "often_legend").split(" · ")
        lines += flowed(parts, width, style="dim", first=MARGIN * 2)
    if (average := described["average_frequency"]) is not None:
        lines += wrapped(say(lang, "often_average", average=number(average, lang, 1)), width)
    for text, style in _notes(described, lang):
        lines += wrapped(text, width, style=style)
    return lines


@dataclass(frozen=True, slots=True)
class _Row:
    """One line of the picture: what was measured, or what so many times as much would reach."""

    label: str
    insertions: int | None
    grp: float | None
    reach: Mapping[int, Ends]


def _rows(described: Part, lang: Lang) -> list[_Row]:
    points = [point for point in described["curve"] if point["reach"]]
    # Of what was measured only the n that are extrapolated; all where nothing is.
    shown = {each["times"] for point in points for each in point["reach"]}
    said = {
        each["times"]: (each["reach"], each["reach"])
        for each in described["measured"]
        if not points or each["times"] in shown
    }
    rows = []
    if said:
        label = say(lang, "often_measured")
        rows.append(_Row(label, described["insertions"], described["grp"], said))
    for point in points:
        reach = {each["times"]: (each["low"], each["high"]) for each in point["reach"]}
        label = f"{number(point['multiple'], lang)} ×"
        rows.append(_Row(label, point["insertions"], point["grp"], reach))
    return rows


def _drawn(rows: Sequence[_Row], lang: Lang, width: int) -> list[Text]:
    """One table; further n+ in a second one where that is too wide; at last rows by rows."""
    if not rows:
        return []
    for cells in range(_BAR_CELLS, _LEAST_BAR_CELLS - 1, -1):
        name, amounts, reach = _columns(rows, lang, cells)
        for tables in (
            [[name, *amounts, *reach]],
            [[name, *amounts, *reach[:1]], [name, *reach[1:]]],
        ):
            if all(table_width(table) <= width for table in tables):
                return [line for table in tables if len(table) > 1 for line in table_lines(table)]
    name, amounts, reach = _columns(rows, lang, _LEAST_BAR_CELLS)
    lines: list[Text] = []
    for place, label in enumerate(name.cells):
        told = [f"{column.heading} {column.cells[place].strip()}" for column in amounts]
        lines += flowed([label, *told], width, style="bold")
        lines += [Text(f"{MARGIN * 2}{column.heading} {column.cells[place]}") for column in reach]
    return lines


def _columns(
    rows: Sequence[_Row], lang: Lang, bar_cells: int
) -> tuple[Column, list[Column], list[Column]]:
    labels = tuple(row.label for row in rows)
    amounts = [
        _amounts(say(lang, "often_insertions"), [row.insertions for row in rows], lang),
        _amounts(say(lang, "often_grp"), [row.grp for row in rows], lang),
    ]
    times = sorted({n for row in rows for n in row.reach})
    reach = [
        _reach(rows, n, lang, bar_cells if place == 0 else None) for place, n in enumerate(times)
    ]
    known = [column for column in amounts if any(cell != "–" for cell in column.cells)]
    return Column("", labels, styles=("bold",) * len(rows)), known, reach


def _amounts(heading: str, amounts: Sequence[float | None], lang: Lang) -> Column:
    places = int(any(each is not None and round(each, 1) % 1 for each in amounts))
    cells = ("–" if each is None else number(each, lang, places) for each in amounts)
    return Column(heading, tuple(cells))


def _reach(rows: Sequence[_Row], times: int, lang: Lang, bar_cells: int | None) -> Column:
    """The least and the most that models make of it, behind a bar in the first column."""
    known = [end for row in rows for end in row.reach.get(times, ())]
    places = min(_MOST_DECIMALS, max(decimals_for([end]) for end in known))
    texts = [_ends(row.reach.get(times), lang, places) for row in rows]
    heading = say(lang, "often_times", times=number(times, lang))
    if bar_cells is None:
        return Column(heading, tuple(texts))
    widest = max(map(cell_len, texts))
    bars = (
        bar(*row.reach[times], bar_cells) if times in row.reach else " " * (bar_cells + 2)
        for row in rows
    )
    cells = (f"{drawn} {text:>{widest}}" for drawn, text in zip(bars, texts, strict=True))
    return Column(heading, tuple(cells), right=False)


def _ends(ends: Ends | None, lang: Lang, places: int) -> str:
    if ends is None:
        return "–"
    low, high = (_end(end, lang, places) for end in ends)
    return f"{low} %" if low == high else f"{low} – {high} %"


def _end(share: float, lang: Lang, places: int) -> str:
    """In percent; what is too small to show is not 0."""
    least: float = 10**-places
    if 0 < 200 * share < least:
        return f"< {number(least, lang, places)}"
    return number(100 * share, lang, places)


def _notes(described: Part, lang: Lang) -> list[tuple[str, str]]:
    """Sentences with their style: which models fit, which do not and why, and what is left out."""
    by: dict[str, list[Part]] = {}
    for each in described["models"]:
        by.setdefault(each["standing"], []).append(each)
    fitting, contradicting = by.get("fits", []), by.get("contradicts", [])
    notes = []
    if not fitting:
        notes.append((say(lang, "often_none_fits" if contradicting else "often_none"), "yellow"))
    elif len(fitting) == 1:
        notes.append((_told("often_one_fits", fitting, lang), "yellow"))
    else:
        notes.append((_told("often_fits", fitting, lang), ""))
    if untested := [each for each in fitting if not each["tested_by"]]:
        notes.append((_told("often_untested", untested, lang), "yellow"))
    if contradicting:
        misses = listed([_miss(each, lang) for each in contradicting], lang)
        notes.append((say(lang, "often_contradicts", models=misses), "dim"))
    notes += [
        (_told(f"often_{reason}", lacking, lang), "dim")
        for reason in _NEEDS
        if (lacking := [each for each in by.get("not_fitted", []) if each["reason"] == reason])
    ]
    if len(fitting) > 1:
        notes.append((say(lang, "often_sampling"), "dim"))
    return notes


def _told(key: str, models: Sequence[Part], lang: Lang) -> str:
    return say(lang, key, models=listed([_name(each, lang) for each in models], lang))


def _miss(each: Part, lang: Lang) -> str:
    furthest = each["furthest"]
    measured, modelled = (percent(furthest[side], lang) for side in ("measured", "modelled"))
    times = number(furthest["times"], lang)
    blanks = {"times": times, "measured": measured, "modelled": modelled}
    return say(lang, "often_miss", model=_name(each, lang), **blanks)


def _name(each: Part, lang: Lang) -> str:
    return say(lang, f"often_model_{each['model']}")
