"""The command line: one command a file, thin; errors become exit codes here and nowhere else.

A command's file is imported when the command runs, so that ``reach --help`` is light.
"""

from __future__ import annotations

from importlib import import_module

import click

from reach.cli.exits import guarded

COMMANDS = {
    "compare": "Sent, delivered, engaged, and who is better: the main job.",
    "funnel": "What became of every message, without comparing.",
    "timing": "How soon messages arrived.",
    "people": "Persons reached across all media, each counted once.",
    "check": "Validate an experiment or logs; store nothing.",
    "ingest": "Bring logs into a store, without an experiment.",
    "store": "Show what lies in a store, or merge its small files.",
    "formats": "List the formats of logs, or one format's words.",
    "simulate": "Write campaign logs whose truth is known.",
    "bench": "Measure how fast reach is here, on your logs or simulated ones.",
    "schema": "Print one of the JSON Schemas.",
}
"""Commands in the order a user meets them, with the line that --help shows."""

_SETTINGS = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


class _Commands(click.Group):
    """A group that knows its commands' names, and imports one only to run it."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in COMMANDS:
            return None
        found = import_module(f"reach.cli.{cmd_name}").command
        assert isinstance(found, click.Command)  # noqa: S101 -- one command a file
        return found

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(cls=_Commands, context_settings=_SETTINGS)
@click.version_option(package_name="reach-eval", prog_name="reach")
def cli() -> None:
    """Tell whether a campaign's messages arrived, and not just that they were sent."""


def main() -> None:
    """Run the command line and exit with its code."""
    guarded(cli)
