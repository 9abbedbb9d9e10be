"""``reach funnel``: what became of every message."""

from __future__ import annotations

from pathlib import Path

import click

from reach.cli.exits import OK, REJECTED
from reach.cli.options import (
    NAMED,
    debug_option,
    engine_options,
    lang_option,
    quiet_option,
    store_option,
)


@click.command(name="funnel")
@click.argument("experiment", **NAMED)
@click.option(
    "--format", "form", type=click.Choice(["table", "json", "csv"]), default="table", show_default=True,
    help="How the result is written.",
)  # fmt: skip
@click.option("-o", "--output", **NAMED, metavar="FILE", help="Write to FILE, or to stdout for -.")
@lang_option
@store_option
@engine_options
@quiet_option
@debug_option
def command(
    experiment: Path,
    form: str,
    output: Path | None,
    lang: str,
    store: Path | None,
    threads: int | None,
    memory_limit: str | None,
    quiet: bool,  # noqa: FBT001 -- click passes flags by name
) -> int:
    """Show what became of every message of EXPERIMENT, a folder with an experiment.yaml.

    Like compare, without comparing.
    """
    from reach.cli.answer import answer, write_answer

    result = answer(experiment, output, store, threads, memory_limit, lang, quiet=quiet)
    write_answer(result, form, output, lang, view="funnel")
    return REJECTED if result["balance"]["rejected"] else OK
