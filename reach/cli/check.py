"""``reach check``: are an experiment and its logs valid?"""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import click

from reach.cli.exits import OK, REJECTED
from reach.cli.logs import number_options, reading_options, show_logs
from reach.cli.named_logs import named_logs
from reach.cli.options import (
    CONFIG_SUFFIXES,
    NAMED,
    debug_option,
    engine_options,
    lang_option,
    limits_of,
    quiet_option,
)
from reach.cli.output import inputs, keep_apart, refused_records

if TYPE_CHECKING:
    from reach.experiment.sources import SourceFile

_CONFIGS = ("experiment.yaml", "experiment.yml")
"""The name of a config, and the one that loading it says to rename."""


@click.command(name="check")
@click.argument("paths", **NAMED, nargs=-1, required=True, metavar="EXPERIMENT | FILE...")
@click.option(
    "-o", "--output", **NAMED, metavar="FILE",
    help="Write every refused record to FILE, with its line and why.",
)  # fmt: skip
@reading_options
@number_options
@lang_option
@engine_options
@quiet_option
@debug_option
def command(
    paths: tuple[Path, ...],
    output: Path | None,
    form: str | None,
    log_end_us: int | None,
    country: str | None,
    timezone: str | None,
    year: int | None,
    constants: tuple[str, ...],
    decimal: str | None,
    thousands: str | None,
    lang: str,
    threads: int | None,
    memory_limit: str | None,
    quiet: bool,  # noqa: FBT001 -- click passes flags by name
) -> int:
    """Validate an experiment with its logs, or logs alone, and store nothing.

    EXPERIMENT is a folder with an experiment.yaml; a FILE may be a folder of logs, a
    pattern in quotes, or - for standard input.
    """
    described = [path for path in paths if _is_experiment(path)]
    said = (form, log_end_us, country, timezone, year, constants or None, decimal, thousands)
    if described and (len(paths) > 1 or any(each is not None for each in said)):
        raise click.UsageError(
            f"{described[0]} is an experiment, which says itself what is read and how: "
            "check it alone, without --format, --log-ends, --country, --timezone, --year, --set, "
            "--decimal and --thousands."
        )
    from reach.cli.progress import reading
    from reach.engine import connect
    from reach.experiment.examine import examine
    from reach.experiment.load import load_experiment
    from reach.experiment.measured import media_files
    from reach.experiment.sources import find_sources

    people = None
    media: Sequence[SourceFile] = ()
    with ExitStack() as stack:
        if described:
            experiment = load_experiment(described[0])
            keep_apart(output, inputs(described[0], experiment))
            files = find_sources(experiment.sources, experiment.folder)
            media = media_files(experiment)
            log_end_us, country = experiment.log_ends_us, experiment.country
            if experiment.people is not None:
                people = (experiment.folder / experiment.people, experiment.people)
        else:
            files = stack.enter_context(
                named_logs(paths, form, constants, timezone, year, (decimal, thousands))
            )
            keep_apart(output, (file.path for file in files))
        rejections = stack.enter_context(refused_records(output))
        progress = stack.enter_context(reading(quiet=quiet))
        engine = stack.enter_context(connect(limits_of(threads, memory_limit)))
        gathered = examine(
            engine,
            files,
            people,
            media,
            log_end_us=log_end_us,
            country=country,
            rejections=rejections,
            progress=progress,
        )
    refused = show_logs(
        gathered,
        [],
        lang,
        stored=False,
        written=output is not None,
        media={file.name for file in media},
    )
    return REJECTED if refused else OK


def _is_experiment(path: Path) -> bool:
    # Not pathlib's is_file: that raises where the way there is closed.
    return path.suffix in CONFIG_SUFFIXES or any(os.path.isfile(path / name) for name in _CONFIGS)  # noqa: PTH113
