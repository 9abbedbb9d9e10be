"""``reach funnel``: what became of every message."""

from __future__ import annotations

from typing import Any

import click

from reach.cli.options import answer_options


@click.command(name="funnel")
@answer_options
def command(**asked: Any) -> int:  # noqa: ANN401 -- as click passes them
    """Show what became of every message of EXPERIMENT, a folder with an experiment.yaml.

    Like compare, without comparing.
    """
    from reach.cli.answer import answer

    return answer("funnel", **asked)
