"""From an experiment's folder to its config, or to all that is wrong with it at once."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from reach.errors import ConfigError, Fault
from reach.experiment.build import build
from reach.experiment.checks import disagreements
from reach.experiment.document import Slip, config_error
from reach.explanations import violations

if TYPE_CHECKING:
    from reach.experiment.config import Experiment

CONFIG = "experiment.yaml"
MISNAMED = "experiment.yml"
"""A name that looks right; a folder is an experiment under the one name only."""


def load_experiment(path: Path | str) -> Experiment:
    """Read and check the config of an experiment.

    Args:
        path: The experiment's folder, which holds ``experiment.yaml``, or the file itself.

    Returns:
        The experiment, every default filled in.

    Raises:
        ConfigError: Holds all faults of the config, each with line and column.
        SchemaError: The installation lacks the schema.
    """
    # PyYAML comes with this, and only when there is something to read.
    from reach.experiment.compose import read_document

    path = Path(path)
    file = path / CONFIG if path.is_dir() else path
    misnamed = path / MISNAMED
    if os.path.isfile(misnamed) and not os.path.lexists(file):  # noqa: PTH113 -- pathlib's raises
        expected = f"one called {CONFIG}; rename it"
        raise ConfigError([Fault(str(misnamed), "$", "a config of another name", expected)])
    document = read_document(file)
    slips = list(document.slips)
    unread = {slip.parts for slip in slips}
    seen = set()
    for one in [*violations("experiment", document.data), *disagreements(document.data)]:
        # A value that could not be read was told of; one fault a place and reader is enough.
        unread_value = one.parts in unread and one.received == "null"
        if not unread_value and one.parts not in seen:
            at = document.position(one.parts)
            slips.append(Slip(at, one.parts, one.received, one.expected))
        seen.add(one.parts)
    if slips:
        raise config_error(document.name, slips)
    return build(document, file.parent)
