"""What compare and funnel share: run an experiment, and write its result."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, Literal, cast

import click

from reach.cli.options import limits_of
from reach.cli.output import inputs, keep_apart, write_text
from reach.cli.progress import reading
from reach.experiment.load import load_experiment
from reach.experiment.run import Settings, run
from reach.report.numbers import number
from reach.report.render import render, show
from reach.report.words import say

Lang = Literal["en", "id"]
View = Literal["comparison", "funnel"]


def answer(
    experiment: Path,
    output: Path | None,
    store: Path | None,
    threads: int | None,
    memory_limit: str | None,
    lang: str,
    *,
    quiet: bool,
) -> dict[str, Any]:
    """Run an experiment with what was said on the command line.

    Raises:
        click.BadParameter: The output is a file that the experiment reads.
    """
    config = load_experiment(experiment)
    if output is not None:
        keep_apart(output, inputs(experiment, config))
    with reading(quiet=quiet) as progress:
        told = _Told(progress)
        result = run(config, Settings(store, limits_of(threads, memory_limit), told))
    known = len(result["balance"]["sources"]) - told.files
    if known and not quiet:
        language = cast("Lang", lang)
        click.echo(say(language, "logs_known", count=number(known, language)), err=True)
    return result


class _Told:
    """Progress that counts the files it was told of: those that were read now."""

    def __init__(self, progress: Callable[[str, int, Callable[[], float]], None]) -> None:
        self.files = 0
        self._progress = progress

    def __call__(self, name: str, size: int, percentage: Callable[[], float]) -> None:
        self.files += 1
        self._progress(name, size, percentage)


def write_answer(
    result: dict[str, Any], form: str, output: Path | None, lang: str, *, view: View
) -> None:
    """Write a result to a file or to stdout, in colours where a terminal has them.

    Raises:
        InputError: The file can't be written.
    """
    language = cast("Lang", lang)
    if output is not None:
        write_text(output, render(result, form, language, view=view))
    elif form == "table":
        from rich.console import Console

        show(result, language, Console(highlight=False), view=view)
    else:
        click.echo(render(result, form, language, view=view), nl=False)
