"""``reach bench``: how fast reach is here, and what the same job takes done by hand."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from reach.cli.options import (
    NAMED,
    debug_option,
    engine_options,
    lang_option,
    output_option,
    quiet_option,
)
from reach.cli.output import keep_apart, write_text

if TYPE_CHECKING:
    from reach.report.numbers import Lang

_LEAST_EVENTS = 3_000
_MOST_EVENTS = 3_000_000_000
_MOST_ROUNDS = 99


@click.command(name="bench")
@click.argument("logs", **NAMED, nargs=-1, metavar="[LOGS]...")
@click.option(
    "--events",
    type=click.IntRange(_LEAST_EVENTS, _MOST_EVENTS),
    help="Events of simulated logs; default: 1000000.",
)
@click.option(
    "--rounds",
    type=click.IntRange(1, _MOST_ROUNDS),
    default=3,
    show_default=True,
    help="How often everything runs, in turn; medians are told.",
)
@click.option(
    "--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True,
    help="How the result is written.",
)  # fmt: skip
@output_option
@lang_option
@engine_options
@quiet_option
@debug_option
def command(
    logs: tuple[Path, ...],
    events: int | None,
    rounds: int,
    form: str,
    output: Path | None,
    lang: str,
    threads: int | None,
    memory_limit: str | None,
    quiet: bool,  # noqa: FBT001 -- click passes flags by name
) -> None:
    """Measure how fast reach is on this machine.

    Without LOGS it measures with simulated ones. LOGS may be files, folders of logs, patterns in
    quotes, or one experiment, where logs need to be told how they are read.

    Beside it runs the same job as one would write it by hand in DuckDB, and in Polars where that
    is installed. All of it happens in a temporary folder, of which nothing is left.
    """
    if logs and events is not None:
        raise click.UsageError("--events is for simulated logs: name logs or --events, not both.")
    from reach.bench.measure import EVENTS, Asked, measure
    from reach.cli.progress import counting
    from reach.report.bench import bench_text, print_bench

    paths = _found(logs)
    keep_apart(output, paths)
    asked = Asked(paths, events or EVENTS, rounds, threads, memory_limit)
    with counting(quiet=quiet) as progress:
        found = measure(asked, progress)
    if output is not None or form == "json":
        write_text(output or Path("-"), bench_text(found, form, cast("Lang", lang)))
        return
    from rich.console import Console

    print_bench(found, cast("Lang", lang), Console(highlight=False))


def _found(logs: tuple[Path, ...]) -> tuple[Path, ...]:
    """The files that are meant, or the one experiment.

    Raises:
        click.UsageError: Standard input, or an experiment among others.
        InputError: A name that stands for no file.
    """
    from reach.bench.subject import is_experiment
    from reach.cli.logs import named_sources
    from reach.experiment.sources import find_sources

    for path in logs:
        if str(path) == "-":
            raise click.UsageError("logs are read several times here: name files, and not -.")
        if is_experiment(path):
            if len(logs) > 1:
                raise click.UsageError(f"{path} is an experiment: measure it alone.")
            return logs
    files = find_sources(named_sources(logs, None, (), None, None), Path())
    return tuple(file.path for file in files)
