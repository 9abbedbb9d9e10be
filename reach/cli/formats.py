"""``reach formats``: what logs may look like, and what their words mean."""

from __future__ import annotations

import click

from reach.cli.options import debug_option


@click.command(name="formats")
@click.argument("name", required=False)
@click.option(
    "--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True,
    help="How the list is written.",
)  # fmt: skip
@debug_option
def command(name: str | None, form: str) -> None:
    """List the formats that logs may have, or show the words of format NAME.

    Under each format: what it can know (+) and what it can't (−).
    """
    from reach.formats.registry import EVERY, wanted_instead
    from reach.report.formats import formats_text, print_formats

    if name is not None and name not in EVERY:
        raise click.BadParameter(f"{name!r}; expected {wanted_instead(name)}.", param_hint="NAME")
    one = EVERY[name] if name is not None else None
    if form == "json":
        click.echo(formats_text(EVERY.values() if one is None else [one]), nl=False)
        return
    from rich.console import Console

    print_formats(EVERY.values(), one, Console(highlight=False))
