"""``reach timing``: how soon messages arrived."""

from __future__ import annotations

from typing import Any

import click

from reach.cli.options import answer_options


@click.command(name="timing")
@answer_options
def command(**asked: Any) -> int:  # noqa: ANN401 -- as click passes them
    """Show how soon the messages of EXPERIMENT arrived, a folder with an experiment.yaml.

    Within an hour, a day and a week of sending, and when half of all had arrived.
    """
    from reach.cli.answer import answer

    return answer("timing", **asked)
