"""``reach schema``: the JSON Schemas, for editors and other programs."""

from __future__ import annotations

import click

from reach.cli.options import debug_option
from reach.schemas import SCHEMAS


@click.command(name="schema")
@click.argument("name", type=click.Choice(SCHEMAS))
@debug_option
def command(name: str) -> None:
    """Print the JSON Schema NAME."""
    from reach.schemas import schema_text

    click.echo(schema_text(name), nl=False)
