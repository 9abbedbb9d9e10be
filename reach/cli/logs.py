"""What check and ingest share: which logs are meant, and what became of them."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, TypeVar, cast

import click

if TYPE_CHECKING:
    from reach.experiment.config import Source
    from reach.experiment.gather import Gathered
    from reach.report.numbers import Lang

Command = TypeVar("Command", bound=Callable[..., Any])

_SHOWN = 10


def reading_options(command: Command) -> Command:
    """How logs are read that no experiment describes."""
    command = click.option(
        "--set", "constants", multiple=True, metavar="FIELD=VALUE",
        help="What the logs do not say, as channel=sms; may be repeated.",
    )(command)  # fmt: skip
    return click.option(
        "--as", "form", metavar="FORMAT", help="Read as FORMAT; default: recognised by content."
    )(command)


def named_sources(
    paths: Sequence[Path], form: str | None, constants: Sequence[str]
) -> tuple[Source, ...]:
    """Files and folders named on the command line, as sources.

    Raises:
        click.BadParameter: A constant or a format that the config's schema would not allow.
    """
    from reach.experiment.config import Source
    from reach.schemas import violations

    pairs = {name: value for name, _, value in (each.partition("=") for each in constants)}
    said: dict[str, Any] = {"path": "log"}
    said |= {"set": pairs} if pairs else {}
    said |= {"format": form} if form is not None else {}
    for fault in violations("experiment", {"experiment": "log", "sources": [said]}):
        _, _, *place = fault.parts
        option = "--set" if "set" in place else "--as"
        raise click.BadParameter(
            f"got {fault.received}, expected {fault.expected}", param_hint=option
        )
    return tuple(Source(str(path), form, pairs, {}, None, "") for path in paths)


@contextmanager
def refused_records(path: Path | None) -> Iterator[IO[str] | None]:
    """A file for refused records, readable by its owner alone: it holds addresses.

    Raises:
        InputError: It can't be written.
    """
    if path is None:
        yield None
        return
    from reach.errors import Fault, InputError

    def for_owner_only(name: str, flags: int) -> int:
        return os.open(name, flags, 0o600)

    try:
        file = open(path, "w", encoding="utf-8", opener=for_owner_only)  # noqa: SIM115
    except OSError as error:
        received = (error.strerror or str(error)).lower()
        fault = Fault(str(path), "$", received, "a file that can be written")
        raise InputError([fault]) from error
    with file:
        yield file


def show_logs(
    gathered: Sequence[Gathered], rejections: list[dict[str, Any]], lang: str, *, stored: bool
) -> int:
    """Print what became of logs on stdout; how many records were refused.

    Args:
        gathered: The logs.
        rejections: Files with refused records, as the result document holds them.
        lang: Language of the words.
        stored: Whether the store is spoken of.
    """
    from rich.console import Console

    from reach.experiment.account import account, noticed
    from reach.report.logs import print_logs

    balance = account(gathered)
    logs = {
        "balance": balance,
        "rejections": rejections,
        "warnings": noticed(gathered),
        "refusals": [line for each in gathered for line in each.entry.first_rejections][:_SHOWN],
        "known": sum(not each.fresh for each in gathered) if stored else None,
    }
    print_logs(logs, cast("Lang", lang), Console(highlight=False))
    refused: int = balance["rejected"]
    return refused
