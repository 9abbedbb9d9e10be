"""``reach people``: persons reached, across all media."""

from __future__ import annotations

from typing import Any

import click

from reach.cli.options import answer_options


@click.command(name="people")
@answer_options
def command(**asked: Any) -> int:  # noqa: ANN401 -- as click passes them
    """Show whom EXPERIMENT reached over all its media, a folder with an experiment.yaml.

    Persons of its universe, each counted once: by logs exactly, by measurements as far as they
    go, with what every channel adds to the others.
    """
    from reach.cli.answer import answer

    return answer("people", **asked)
