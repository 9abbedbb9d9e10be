"""What compare, funnel and timing share: run an experiment, and write its result."""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from reach.cli.exits import OK, REJECTED
from reach.cli.options import CONFIG_SUFFIXES, limits_of
from reach.cli.output import inputs, keep_apart, write_text
from reach.cli.progress import reading
from reach.errors import ConfigError, Fault
from reach.experiment.compose import LARGEST
from reach.experiment.load import load_experiment
from reach.experiment.posts import require_sources
from reach.experiment.run import Settings, run, run_people, run_timing
from reach.report.numbers import number
from reach.report.render import render, show
from reach.report.words import say

if TYPE_CHECKING:
    from reach.experiment.config import Experiment
    from reach.report.numbers import Lang
    from reach.report.render import View

_ITS_KEY = re.compile(rb"""(?m)^[\s{"']*experiment["']?\s*:""")


def answer(
    view: View,
    *,
    experiment: Path,
    form: str,
    output: Path | None,
    lang: Lang,
    store: Path | None,
    threads: int | None,
    memory_limit: str | None,
    quiet: bool,
) -> int:
    """Answer an experiment's question as was said on the command line; the exit code.

    Raises:
        click.BadParameter: The output is a file that the experiment reads.
    """
    config = _load(experiment)
    if view in ("funnel", "timing"):
        require_sources(config)
    if output is not None:
        keep_apart(output, inputs(experiment, config))
    answered = {"timing": run_timing, "people": run_people}.get(view, run)
    with reading(quiet=quiet) as progress:
        told = _Told(progress)
        result = answered(config, Settings(store, limits_of(threads, memory_limit), told))
    known = len(result["balance"]["sources"]) - told.files
    if known and not quiet:
        click.echo(say(lang, "logs_known", count=number(known, lang)), err=True)
    _write(result, form, output, lang, view)
    return REJECTED if result["balance"]["rejected"] else OK


def _load(path: Path) -> Experiment:
    try:
        return load_experiment(path)
    except ConfigError:
        if path.suffix in CONFIG_SUFFIXES or _speaks_of_an_experiment(path):
            raise
        expected = (
            "a folder with an experiment.yaml, or such a file; for a look at a log by itself: "
            f"reach check {shlex.quote(str(path))}"
        )
        raise ConfigError(
            [Fault(str(path), "$", "a file that is no experiment", expected)]
        ) from None


def _speaks_of_an_experiment(path: Path) -> bool:
    """Whether a file has the one key that every config has; told so of what can't be read."""
    try:
        with path.open("rb") as file:
            return _ITS_KEY.search(file.read(LARGEST)) is not None
    except OSError:
        return True


class _Told:
    """Progress that counts the files it was told of: those that were read now."""

    def __init__(self, progress: Callable[[str, int, Callable[[], float]], None]) -> None:
        self.files = 0
        self._progress = progress

    def __call__(self, name: str, size: int, percentage: Callable[[], float]) -> None:
        self.files += 1
        self._progress(name, size, percentage)


def _write(result: dict[str, Any], form: str, output: Path | None, lang: Lang, view: View) -> None:
    """Write a result to a file or to stdout, in colours where a terminal has them."""
    if output is not None:
        write_text(output, render(result, form, lang, view=view))
    elif form == "table":
        from rich.console import Console

        show(result, lang, Console(highlight=False), view=view)
    else:
        click.echo(render(result, form, lang, view=view), nl=False)
