"""What `reach bench` measured, as a reader in a terminal sees it, or as JSON."""

from __future__ import annotations

from io import StringIO
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.text import Text

from reach.report.bars import bar
from reach.report.blocks import WIDEST, print_lines, stacked_blocks
from reach.report.durations import duration
from reach.report.json_text import json_text
from reach.report.layout import Column, flowed, table_lines, table_width, wrapped
from reach.report.numbers import number
from reach.report.safe_text import shortened
from reach.report.words import counted, say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reach.report.numbers import Lang
    from reach.report.reading import Result

_BAR_CELLS = 16
_WHY_CELLS = 200
_MINUTE_S = 60
_INSTALL = {"polars": "pip install polars", "duckdb": "pip install duckdb"}
_TITLES = {"duckdb": "DuckDB", "polars": "Polars"}
_VERSIONS = (("python", "Python"), ("reach-eval", "reach"), *_TITLES.items())


def bench_lines(found: Result, lang: Lang, width: int) -> list[Text]:
    """What was measured, by stage, beside others, and projected.

    Args:
        found: The document ``reach.bench/1``.
        lang: Language of the words and numbers.
        width: Cells a line may take.
    """
    return stacked_blocks(
        [
            _title(found, lang, width),
            _stages(found, lang, width),
            _contest(found, lang, width),
            _projection(found, lang, width),
        ]
    )


def print_bench(found: Result, lang: Lang, console: Console) -> None:
    """Print it on a console."""
    print_lines(bench_lines, found, lang, console)


def bench_text(found: Result, form: str, lang: Lang) -> str:
    """It as text, its last line ended.

    Args:
        found: The document ``reach.bench/1``.
        form: ``table`` or ``json``.
        lang: Language of a table's words.
    """
    if form == "json":
        return json_text(found)
    text = StringIO()
    print_bench(found, lang, Console(file=text, width=WIDEST, no_color=True, highlight=False))
    return text.getvalue()


def _title(found: Result, lang: Lang, width: int) -> list[Text]:
    logs, machine = found["logs"], found["machine"]
    parts = [say(lang, "simulated")] if logs["simulated"] else []
    parts += [
        counted("events", logs["events"], lang),
        say(lang, "bench_megabytes", count=number(logs["bytes"] / 1e6, lang)),
        counted("files", logs["files"], lang),
        say(lang, "bench_format", names=", ".join(logs["formats"])),
    ]
    lines = flowed(parts, width, style="bold", first="")
    if logs["rejected"]:
        refused = say(lang, "bench_refused", count=number(logs["rejected"], lang))
        lines += wrapped(refused, width, style="yellow")
    here = [
        shortened(machine["processor"], 40),
        say(lang, "bench_cores", count=number(machine["cores"], lang)),
        f"{number(machine['memory_gib'], lang, 1)} GiB",
        *(f"{title} {machine[name]}" for name, title in _VERSIONS if name in machine),
    ]
    lines += flowed(here, width, style="dim")
    return lines + wrapped(
        say(lang, "bench_medians", count=number(found["rounds"], lang)), width, style="dim"
    )


def _stages(found: Result, lang: Lang, width: int) -> list[Text]:
    reach = found["reach"]
    rows = [*reach["stages"], {"stage": "all", **reach}]
    whole = reach["wall_s"]
    columns = [
        Column("", tuple(say(lang, f"bench_stage_{row['stage']}") for row in rows), right=False),
        Column(say(lang, "bench_seconds"), tuple(number(row["wall_s"], lang, 2) for row in rows)),
        Column(
            say(lang, "bench_events_per_s"),
            tuple(number(row["events_per_s"], lang) for row in rows),
        ),
        Column(
            "", tuple(bar(*(row["wall_s"] / whole,) * 2, _BAR_CELLS) for row in rows), right=False
        ),
    ]
    note = [
        say(lang, "bench_memory", mib=number(reach["peak_mib"], lang)),
        say(lang, "bench_cpu", seconds=number(reach["cpu_s"], lang, 2)),
        say(lang, "bench_again", seconds=number(reach["again_s"], lang, 2)),
    ]
    heading = wrapped(say(lang, "bench_from_logs"), width, style="bold", first="")
    return heading + _fitted(columns, width) + flowed(note, width)


def _contest(found: Result, lang: Lang, width: int) -> list[Text]:
    others = found["others"]
    measured = [other for other in others if other["state"] == "measured"]
    lines = wrapped(say(lang, f"bench_job_{others[0]['job']}"), width, style="bold", first="")
    if measured:
        lines += _fitted(_ratios(found["reach"], measured, lang), width)
    for other in others:
        if other["state"] != "measured":
            lines += wrapped(_absent(other, lang), width, style="dim")
    return lines


def _ratios(reach: Result, measured: Sequence[Result], lang: Lang) -> list[Column]:
    rows: list[tuple[str, Result, float]] = [("reach", reach, 1.0)]
    rows += [(_TITLES[each["name"]], each, each["reach_per_other"]) for each in measured]
    longest = max(each["wall_s"] for _, each, _ in rows)
    drawn = tuple(bar(*(each["wall_s"] / longest,) * 2, _BAR_CELLS) for _, each, _ in rows)
    # How many times as long as the other reach takes: of itself that would say nothing.
    times = ("", *(say(lang, "bench_times", ratio=number(r, lang, 2)) for *_, r in rows[1:]))
    return [
        Column("", tuple(name for name, *_ in rows), right=False),
        Column(
            say(lang, "bench_seconds"),
            tuple(number(each["wall_s"], lang, 2) for _, each, _ in rows),
        ),
        Column(
            say(lang, "bench_mib"), tuple(number(each["peak_mib"], lang) for _, each, _ in rows)
        ),
        Column(say(lang, "bench_reach_takes"), times),
        Column("", drawn, right=False),
    ]


def _absent(other: Result, lang: Lang) -> str:
    name = _TITLES[other["name"]]
    if other["state"] == "missing":
        return say(lang, "bench_missing", name=name, command=_INSTALL[other["name"]])
    if other["state"] == "unreadable":
        return say(lang, "bench_unreadable", name=name)
    return say(lang, "bench_failed", name=name, why=shortened(other["why"], _WHY_CELLS))


def _projection(found: Result, lang: Lang, width: int) -> list[Text]:
    growth = found["growth"]
    columns = [
        Column(
            say(lang, "logs_events"),
            tuple(number(each["events"], lang) for each in found["projected"]),
        ),
        Column("", tuple(_about(each["wall_s"], lang) for each in found["projected"])),
    ]
    lines = wrapped(say(lang, "bench_projected"), width, style="bold", first="")
    return lines + table_lines(columns) + wrapped(_how(growth, lang), width, style="dim")


def _about(seconds: float, lang: Lang) -> str:
    if seconds < _MINUTE_S:
        return say(lang, "seconds", count=number(seconds, lang, 1))
    return duration(round(seconds), lang, "nearest")


def _how(growth: dict[str, Any], lang: Lang) -> str:
    fixed = number(growth["fixed_s"], lang, 2)
    if growth["exponent"] is None:
        key = "bench_grows_assumed" if len(growth["sizes"]) == 1 else "bench_grows_unclear"
        return say(lang, key, fixed=fixed)
    smaller, larger = (number(size["events"], lang) for size in growth["sizes"])
    exponent = number(growth["exponent"], lang, 2)
    key = "bench_grows" if growth["exponent"] >= 1 else "bench_grows_less"
    return say(lang, key, fixed=fixed, smaller=smaller, larger=larger, exponent=exponent)


def _fitted(columns: list[Column], width: int) -> list[Text]:
    """The table, without its picture where there is no room for it."""
    return table_lines(columns if table_width(columns) <= width else columns[:-1])
