"""``reach compare``: the main job."""

from __future__ import annotations

from typing import Any

import click

from reach.cli.options import answer_options


@click.command(name="compare")
@answer_options
def command(**asked: Any) -> int:  # noqa: ANN401 -- as click passes them
    """Compare the channels of EXPERIMENT, a folder with an experiment.yaml.

    Reads its logs into the store (each file once), says for every channel what was sent,
    delivered and engaged with, and which differences hold.
    """
    from reach.cli.answer import answer

    return answer("comparison", **asked)
