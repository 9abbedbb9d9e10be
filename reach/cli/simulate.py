"""``reach simulate``: campaign logs whose truth is known."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from reach.cli.options import NAMED, debug_option, lang_option, quiet_option

if TYPE_CHECKING:
    from reach.simulate.run import Made


@click.command(name="simulate")
@click.argument("out", **NAMED)
@click.option("--seed", type=int, default=0, show_default=True, help="Another seed, another log.")
@click.option("--people", type=int, default=20_000, show_default=True, help="Persons to write to.")
@click.option(
    "--channels",
    metavar="NAMES",
    help="Channels by name, with commas between: sms, sms_reminder, whatsapp, "
    "whatsapp_helpdesk, email, newsletter, push; default: all but push.",
)
@click.option(
    "--messages-per-person",
    "mean",
    type=float,
    default=1.7,
    show_default=True,
    help="Messages of a channel to each of its people, on average.",
)
@click.option(
    "--bad-share",
    type=float,
    default=0.001,
    show_default=True,
    help="Bad records as a share of all others.",
)
@click.option(
    "--start",
    type=click.DateTime(["%Y-%m-%d"]),
    default="2026-01-05",
    show_default=True,
    help="First day of the campaign.",
)
@click.option(
    "--compress",
    type=click.Choice(["none", "gzip", "zstd"]),
    default="none",
    show_default=True,
    help="How the logs are compressed.",
)
@click.option("--force", is_flag=True, help="Write over an earlier simulation in OUT.")
@lang_option
@quiet_option
@debug_option
def command(
    out: Path,
    seed: int,
    people: int,
    channels: str | None,
    mean: float,
    bad_share: float,
    start: datetime,
    compress: str,
    force: bool,  # noqa: FBT001 -- click passes flags by name
    lang: str,
    quiet: bool,  # noqa: FBT001
) -> None:
    """Write a campaign's logs into the folder OUT, with the truth about them beside.

    OUT is a new or empty folder. It can be compared straight away; truth.json in it says what
    the comparison must find, and what really happened. Nobody in the logs exists.
    """
    from reach.cli.progress import counting
    from reach.simulate.plan import Plan
    from reach.simulate.profiles import DEFAULT
    from reach.simulate.run import simulate

    names = DEFAULT if channels is None else tuple(name.strip() for name in channels.split(","))
    plan = Plan(seed, people, names, mean, bad_share, start.date(), compress)
    with counting(quiet=quiet) as progress:
        made = simulate(plan, out, force=force, progress=progress)
    for line in _SUMMARY[lang]:
        click.echo(line.format(out=out, **_numbers(made, lang)))


_SUMMARY = {
    "en": (
        "Simulated: {messages} messages, {megabytes} MB of logs in {out}/logs/.",
        "{records} records = {accepted} good + {rejected} bad + {without_event} without an event.",
        "What really happened is in {out}/truth.json, message by message in {out}/truth/.",
        "Next: reach compare {out}",
    ),
    "id": (
        "Simulasi: {messages} pesan, {megabytes} MB log di {out}/logs/.",
        "{records} catatan = {accepted} baik + {rejected} rusak + {without_event} tanpa peristiwa.",
        "Yang sebenarnya terjadi ada di {out}/truth.json, pesan demi pesan di {out}/truth/.",
        "Berikutnya: reach compare {out}",
    ),
}


def _numbers(made: Made, lang: str) -> dict[str, str]:
    told = {
        "messages": made.messages,
        "megabytes": max(round(made.bytes / 1e6), 1),
        **made.balance,
    }
    comma = "." if lang == "id" else ","
    return {name: f"{value:,}".replace(",", comma) for name, value in told.items()}
