"""How soon the messages of every arm arrived: shares within times, medians, and who is left out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rich.text import Text

from reach.compare.metrics import FAILURES_ONLY
from reach.compare.timing import NO_RECEIPT_TIMES, NO_SENDING, NO_TIMES
from reach.report.arms import labels
from reach.report.blocks import print_lines, stacked_blocks
from reach.report.durations import duration
from reach.report.frame import balance_lines, title_lines
from reach.report.gravest import gravest_lines
from reach.report.layout import MARGIN, Column, flowed, table_lines, table_width, wrapped
from reach.report.numbers import decimals_for, number, whole_percent
from reach.report.reading import NAME_CELLS, has_messages, is_estimated, listed, spoken_name
from reach.report.warnings import warning_lines
from reach.report.words import say

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rich.console import Console

    from reach.report.numbers import Lang
    from reach.report.reading import Part, Result

_NARROW_NAME = 12
_SIGNS = ("=", "+")
_PARTS = ("receipts", "undated", "open", "failed")
_WITHIN = ("1h", "24h", "7d")
_WHY: Final = {
    NO_TIMES: "timing_no_times",
    NO_SENDING: "timing_no_sending",
    NO_RECEIPT_TIMES: "timing_no_receipt_times",
    FAILURES_ONLY: "failures_only",
}


def timing_lines(result: Result, lang: Lang, width: int) -> list[Text]:
    """Title, shares and medians, who is left out, how times are known, warnings and balance."""
    timed = [arm for arm in result["channels"] if "within" in arm["timing"]]
    blocks = [
        title_lines(result, lang, width) + gravest_lines(result, lang, width),
        _not_measured(result, lang, width),
        _shares(result, lang, width) if timed else [],
        _left_out({**result, "channels": timed}, lang, width) if timed else [],
        _known({**result, "channels": timed}, lang, width) if timed else [],
        warning_lines(result, lang, width),
        balance_lines(result, lang, width),
    ]
    return stacked_blocks(blocks)


def print_timing(result: Result, lang: Lang, console: Console) -> None:
    """Print how soon messages arrived on a console."""
    print_lines(timing_lines, result, lang, console)


def _not_measured(result: Result, lang: Lang, width: int) -> list[Text]:
    """Which arms can't be timed, and why; those of one reason together."""
    found: dict[str, list[str]] = {}
    for arm in result["channels"]:
        if (why := arm["timing"].get("not_measured")) is not None:
            key = _WHY.get(why, "no_receipts")
            found.setdefault(key, []).append(spoken_name(result, arm["channel"], lang))
    others = any("not_measured" not in arm["timing"] for arm in result["channels"])
    lines = []
    for key, arms in found.items():
        if len(found) == 1 and not others:
            text = say(lang, "timing_not_measured", why=say(lang, key))
        else:
            text = say(lang, "timing_not_measured_in", arms=listed(arms, lang), why=say(lang, key))
        lines += wrapped(text, width, style="bold yellow")
    return lines


def _shares(result: Result, lang: Lang, width: int) -> list[Text]:
    arms = result["channels"]
    shares = [_within(arms, within, lang) for within in _WITHIN]
    cells = tuple(_median(arm["timing"], lang) for arm in arms)
    median = Column(say(lang, "timing_median"), cells)
    head = wrapped(say(lang, "timing_head"), width, style="bold")
    return head + _table(result, shares, lang, width, median) + _legend(result, lang, width)


def _within(arms: Sequence[Part], within: str, lang: Lang) -> Column:
    """Confirmed and possible, the interval, and of how many; a line each."""
    shares = [arm["timing"]["within"][within] for arm in arms if "within" in arm["timing"]]
    ends = ("low", "lower_bound", "upper_bound", "high")
    rates = [each["rate"] for each in shares if is_estimated(each["rate"])]
    places = max((decimals_for([rate[end] for end in ends]) for rate in rates), default=1)
    cells = []
    for arm in arms:
        if "within" not in arm["timing"]:
            cells.append(say(lang, _missing(arm)))
            continue
        share = arm["timing"]["within"][within]
        if not share["sent"]:
            cells.append(say(lang, "timing_too_short"))
            continue
        of_all = say(lang, "timing_of", count=number(share["sent"], lang))
        if not is_estimated(share["rate"]):
            cells.append(f"{say(lang, 'not_estimable')}\n{of_all}")
            continue
        low, lower, upper, high = (number(100 * share["rate"][end], lang, places) for end in ends)
        possible = lower if lower == upper else f"{lower} … {upper}"
        cells.append(f"{possible} %\n{low} – {high} %\n{of_all}")
    heading = say(lang, "timing_within", within=say(lang, f"within_{within}"))
    return Column(heading, tuple(cells), styles=_dim_if_missing(arms))


def _median(timing: Part, lang: Lang) -> str:
    if "median" not in timing:
        return ""
    earliest, latest = (timing["median"][end] for end in ("earliest_s", "latest_s"))
    never = say(lang, "timing_not_reached")
    if earliest is None:
        return never
    if earliest == latest:
        return duration(earliest, lang, "nearest")
    after = never if latest is None else duration(latest, lang, "up")
    return f"{duration(earliest, lang, 'down')} … {after}"


def _missing(arm: Part) -> str:
    if not has_messages(arm):
        return "no_messages"
    return "not_measured" if "not_measured" in arm["timing"] else "timing_nothing_sent"


def _dim_if_missing(arms: Sequence[Part]) -> tuple[str, ...]:
    return tuple("" if "within" in arm["timing"] else "dim" for arm in arms)


def _legend(result: Result, lang: Lang, width: int) -> list[Text]:
    level = whole_percent(result["level"], lang)
    parts = say(lang, "timing_legend", level=level).split(" · ")
    lines = flowed(parts, width, style="dim", first=MARGIN * 2)
    return lines + wrapped(say(lang, "timing_legend_median"), width, style="dim", first=MARGIN * 2)


def _left_out(result: Result, lang: Lang, width: int) -> list[Text]:
    arms = result["channels"]
    if not any(_left_of(arm["timing"]) for arm in arms):
        return []
    columns = [_counts(say(lang, "sent"), (arm["timing"]["sent"] for arm in arms), lang)]
    untimed = (arm["timing"]["untimed"] for arm in arms)
    columns.append(_counts(say(lang, "timing_untimed"), untimed, lang))
    for within in _WITHIN:
        heading = say(lang, "timing_too_recent", within=say(lang, f"within_{within}"))
        recent = (arm["timing"]["within"][within]["too_recent"] for arm in arms)
        columns.append(_counts(heading, recent, lang))
    head = wrapped(say(lang, "timing_left_out"), width, style="bold")
    return head + _table(result, columns, lang, width)


def _left_of(timing: Part) -> int:
    """Messages that some share leaves out."""
    recent: int = sum(timing["within"][within]["too_recent"] for within in _WITHIN)
    return recent + int(timing["untimed"])


def _known(result: Result, lang: Lang, width: int) -> list[Text]:
    """Timed = with a receipt's time + delivered without + unknown or pending + failed."""
    arms = result["channels"]
    columns = [_counts(say(lang, "timing_timed"), (arm["timing"]["timed"] for arm in arms), lang)]
    for index, part in enumerate(_PARTS):
        sign = _SIGNS[min(index, 1)]
        heading = say(lang, "failed" if part == "failed" else f"timing_{part}")
        counts = (arm["timing"][part] for arm in arms)
        columns += [Column(sign, (sign,) * len(arms)), _counts(heading, counts, lang)]
    head = wrapped(say(lang, "timing_known"), width, style="bold")
    return head + _table(result, columns, lang, width)


def _counts(heading: str, counts: Iterable[int], lang: Lang) -> Column:
    return Column(heading, tuple(number(count, lang) for count in counts))


def _table(
    result: Result, columns: Sequence[Column], lang: Lang, width: int, *last: Column
) -> list[Text]:
    """The columns behind the arms' names; what does not fit is parted, and at last stacked.

    Args:
        result: Whose arms are the rows.
        columns: What stands side by side.
        lang: Language of the names.
        width: Cells a line may take.
        last: Columns that may form a table of their own.
    """
    without_signs = [column for column in columns if column.heading not in _SIGNS]
    ways = ([[*columns, *last]], [columns, last] if last else [without_signs])
    for way in ways:
        for cells in (NAME_CELLS, _NARROW_NAME):
            names = tuple(labels(result, lang, cells))
            name = Column("", names, right=False, styles=("bold",) * len(names))
            tables = [[name, *beside] for beside in way]
            if all(table_width(table) <= width for table in tables):
                return [line for table in tables for line in table_lines(table)]
    lines: list[Text] = []
    for row, label in enumerate(labels(result, lang, max(8, width - 8))):
        lines += wrapped(label, width, style="bold")
        for column in (*without_signs, *last):
            if column.cells[row]:
                heading = column.heading.replace("\n", " ")
                parts = f"{heading}: {column.cells[row]}".split("\n")
                lines += flowed(parts, width, first=MARGIN * 2)
    return lines
