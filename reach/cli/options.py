"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from reach.engine import Limits

Command = TypeVar("Command", bound=Callable[..., Any])


def _named(
    ctx: click.Context,  # noqa: ARG001 -- click passes it
    param: click.Parameter,  # noqa: ARG001
    value: str | tuple[str, ...] | None,
) -> Path | tuple[Path, ...] | None:
    if value is None:
        return None
    if "" in (value if isinstance(value, tuple) else (value,)):
        # An unset variable of a script; Python would take it for the folder it runs in.
        raise click.BadParameter("an empty name; to mean this folder, write a dot.")
    return tuple(map(Path, value)) if isinstance(value, tuple) else Path(value)


CONFIG_SUFFIXES = (".yaml", ".yml")
"""How the name of an experiment's config ends."""

NAMED: dict[str, Any] = {"type": click.Path(), "callback": _named}
"""A path that is not empty; whether it is there is said by the core, in the core's words."""


def engine_options(command: Command) -> Command:
    """How much of the machine may be used."""
    command = click.option(
        "--threads",
        type=click.IntRange(min=1),
        help="Threads to use; default: all this process may.",
    )(command)
    return click.option(
        "--memory-limit",
        metavar="SIZE",
        help="Memory before spilling to disk, as 4GB (a quarter of all).",
    )(command)


def limits_of(threads: int | None, memory_limit: str | None) -> Limits:
    """What was said of threads and memory, the engine's defaults for what was not."""
    from reach.engine import Limits

    return Limits(threads, memory_limit)


def debug_option(command: Command) -> Command:
    """Show a traceback when something fails."""
    return click.option("--debug", is_flag=True, expose_value=False, help="Show tracebacks.")(
        command
    )


def quiet_option(command: Command) -> Command:
    """No progress."""
    return click.option("-q", "--quiet", is_flag=True, help="No progress on stderr.")(command)


def lang_option(command: Command) -> Command:
    """Language of what people read."""
    return click.option(
        "--lang", type=click.Choice(["en", "id"]), default="en", show_default=True,
        help="Language: English or Indonesian.",
    )(command)  # fmt: skip


def store_option(command: Command) -> Command:
    """Where evidence is kept."""
    return click.option(
        "--store", **NAMED, metavar="DIR",
        help="Where evidence is kept; default: .reach beside the experiment.",
    )(command)  # fmt: skip


def form_option(command: Command) -> Command:
    """In which form a result is written."""
    return click.option(
        "--format", "form", type=click.Choice(["table", "json", "csv"]), default="table",
        show_default=True, help="How the result is written.",
    )(command)  # fmt: skip


def output_option(command: Command) -> Command:
    """Where a result is written."""
    return click.option(
        "-o", "--output", **NAMED, metavar="FILE", help="Write to FILE, or to stdout for -."
    )(command)


def answer_options(command: Command) -> Command:
    """What can be said to a command that answers an experiment's question."""
    for option in (
        debug_option,
        quiet_option,
        engine_options,
        store_option,
        lang_option,
        output_option,
        form_option,
        click.argument("experiment", **NAMED),
    ):
        command = option(command)
    return command
