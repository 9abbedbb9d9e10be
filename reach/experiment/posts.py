"""The posts of an experiment, compared."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from reach.compare.posts.result import compare_posts
from reach.errors import ConfigError, Fault, InputError

if TYPE_CHECKING:
    from reach.experiment.config import Experiment
    from reach.experiment.measured import Measured

_POST = "post"


def posts_of(measured: Measured, experiment: Experiment) -> dict[str, Any]:
    """The member ``posts`` of the result; nothing where the config does not ask for it.

    Raises:
        InputError: No file has a post.
        ConfigError: There are more arms than can be told.
    """
    asked = experiment.compare.posts
    if asked is None:
        return {}
    rows = [row for row in measured.rows if row.kind == _POST]
    impossible = [each for each in measured.impossible if each[0].kind == _POST]
    if not rows:
        expected = "posts to compare: a table of format facebook or another with posts"
        received = f"no post in {len(measured.rows)} rows"
        raise InputError([Fault("all media", "$", received, expected)])
    return {"posts": compare_posts(rows, impossible, asked, experiment.compare.level)}


def require_sources(experiment: Experiment) -> None:
    """Refuse to tell what became of messages where there are none.

    Raises:
        ConfigError: The experiment has tables that count people alone.
    """
    if not experiment.sources:
        expected = (
            "logs of messages, of which alone this can be told; reach compare reads tables that "
            "count people, too"
        )
        raise ConfigError([Fault("experiment.yaml", "$.sources", "nothing", expected)])
