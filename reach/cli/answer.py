"""What compare and funnel share: run an experiment, and write its result."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal, cast

import click

from reach.cli.options import limits_of
from reach.cli.progress import reading
from reach.errors import Fault, InputError
from reach.experiment.load import load_experiment
from reach.experiment.run import Settings, run
from reach.report.render import render, show

Lang = Literal["en", "id"]
View = Literal["comparison", "funnel"]


def answer(
    experiment: Path,
    store: Path | None,
    threads: int | None,
    memory_limit: str | None,
    *,
    quiet: bool,
) -> dict[str, Any]:
    """Run an experiment with what was said on the command line."""
    config = load_experiment(experiment)
    with reading(quiet=quiet) as progress:
        return run(config, Settings(store, limits_of(threads, memory_limit), progress))


def write_answer(
    result: dict[str, Any], form: str, output: Path | None, lang: str, *, view: View
) -> None:
    """Write a result to a file or to stdout, in colours where a terminal has them."""
    language = cast("Lang", lang)
    if output is not None:
        try:
            output.write_text(render(result, form, language, view=view), encoding="utf-8")
        except OSError as error:
            received = (error.strerror or str(error)).lower()
            raise InputError(
                [Fault(str(output), "$", received, "a file that can be written")]
            ) from error
    elif form == "table":
        from rich.console import Console

        show(result, language, Console(highlight=False), view=view)
    else:
        click.echo(render(result, form, language, view=view), nl=False)
