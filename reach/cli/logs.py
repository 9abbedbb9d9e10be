"""What check and ingest share: which logs are meant, and what became of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar, cast

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
    command = click.option(
        "--log-ends", "log_end_us", callback=_moment, metavar="TIME",
        help="Refuse events after TIME, as an experiment's log_ends does.",
    )(command)  # fmt: skip
    command = click.option(
        "--year", type=click.IntRange(1970, 9998), metavar="YEAR",
        help="Year of each log's first time, where its times name none.",
    )(command)  # fmt: skip
    command = click.option(
        "--timezone", callback=_timezone, metavar="ZONE",
        help="Zone of times that name none, as Asia/Jakarta.",
    )(command)  # fmt: skip
    command = click.option(
        "--country", callback=_country, metavar="CC",
        help="Whose telephone numbers may lack a country code, as an experiment's country says.",
    )(command)  # fmt: skip
    return click.option(
        "--format", "--as", "form", metavar="FORMAT",
        help="Read as FORMAT; default: recognised by content.",
    )(command)  # fmt: skip


def number_options(command: Command) -> Command:
    """How numbers are written in tables that count people."""
    command = click.option(
        "--thousands", type=click.Choice([".", ","]),
        help="What stands between the thousands of a table's numbers; with --decimal.",
    )(command)  # fmt: skip
    return click.option(
        "--decimal", type=click.Choice([".", ","]),
        help="What stands before the decimals of a table's numbers.",
    )(command)  # fmt: skip


def _moment(ctx: click.Context, param: click.Parameter, value: str | None) -> int | None:  # noqa: ARG001
    from reach.experiment.times import moment_us

    try:
        return None if value is None else moment_us(value)
    except (ValueError, OverflowError):
        raise click.BadParameter(
            f"got {value}, expected an RFC 3339 date-time with a zone, as 2026-01-05T07:00:00Z"
        ) from None


def _country(ctx: click.Context, param: click.Parameter, value: str | None) -> str | None:  # noqa: ARG001
    from reach.experiment.checks import disagreements
    from reach.explanations import violations

    if value is None:
        return None
    document = {"experiment": "log", "sources": ["log"], "country": value}
    for fault in (*violations("experiment", document), *disagreements(document)):
        raise click.BadParameter(f"got {value or 'nothing'}, expected {fault.expected}")
    return value


def _timezone(ctx: click.Context, param: click.Parameter, value: str | None) -> str | None:  # noqa: ARG001
    from reach.experiment.checks import disagreements
    from reach.explanations import violations

    if value is None:
        return None
    document = {"experiment": "log", "sources": [{"path": "log", "timezone": value}]}
    for fault in (*violations("experiment", document), *disagreements(document)):
        raise click.BadParameter(f"got {value or 'nothing'}, expected {fault.expected}")
    return value


def named_sources(
    paths: Sequence[Path],
    form: str | None,
    constants: Sequence[str],
    timezone: str | None,
    year: int | None,
    signs: tuple[str | None, str | None] = (None, None),
) -> tuple[Source, ...]:
    """Files and folders named on the command line, as sources.

    Args:
        paths: The files and folders.
        form: Their format's name; None to recognise it.
        constants: What they do not say, each as FIELD=VALUE.
        timezone: Zone of times that name none.
        year: Year of each file's first time.
        signs: What stands before decimals and between thousands.

    Raises:
        click.BadParameter: A constant that the config's schema would not allow, or a format
            that there is not.
    """
    from reach.experiment.config import Source
    from reach.formats.registry import EVERY

    if form is not None and form not in EVERY:
        raise click.BadParameter(
            f"got {form}, expected one of {', '.join(EVERY)}", param_hint="--format"
        )
    pairs = _pairs(constants)
    decimal, thousands = signs
    one = Source("", form, pairs, {}, None, "", timezone, year, (), decimal, thousands)
    return tuple(replace(one, path=str(path)) for path in paths)


def _pairs(constants: Sequence[str]) -> dict[str, str]:
    from reach.explanations import violations

    pairs: dict[str, str] = {}
    for constant in constants:
        name, sign, value = constant.partition("=")
        if not sign or not value:
            _wrong_constant(constant, "FIELD=VALUE, as channel=sms")
        if name in pairs:
            _wrong_constant(constant, f"each field once; {name}={pairs[name]} is said already")
        pairs[name] = value
        document = {"experiment": "log", "sources": [{"path": "log", "set": {name: value}}]}
        for fault in violations("experiment", document):
            _wrong_constant(constant, fault.expected)
    return pairs


def _wrong_constant(constant: str, expected: str) -> NoReturn:
    raise click.BadParameter(f"got {constant}, expected {expected}", param_hint="--set")


def show_logs(
    gathered: Sequence[Gathered],
    rejections: list[dict[str, Any]],
    lang: str,
    *,
    stored: bool,
    written: bool,
    media: Collection[str] = (),
) -> int:
    """Print what became of logs on stdout; how many records were refused.

    Args:
        gathered: The logs.
        rejections: Files with refused records, as the result document holds them.
        lang: Language of the words.
        stored: Whether the store is spoken of.
        written: Whether all refused records are in a file.
        media: Those that an experiment reads as tables that count people.
    """
    from rich.console import Console

    from reach.experiment.account import account, noticed
    from reach.report.logs import print_logs

    balance = account(gathered)
    logs = {
        "balance": balance,
        "rejections": rejections,
        "warnings": noticed(
            [each for each in gathered if each.name not in media],
            [each for each in gathered if each.name in media],
        ),
        "refusals": [asdict(fault) for each in gathered for fault in each.entry.first_rejections][
            :_SHOWN
        ],
        "recognised": Counter((each.entry.format, each.why) for each in gathered if each.why),
        "written": written,
        "known": sum(not each.fresh for each in gathered) if stored else None,
    }
    print_logs(logs, cast("Lang", lang), Console(highlight=False))
    refused: int = balance["rejected"]
    return refused
