"""A look at logs, as a process of its own: how their records are held, and how large they are."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path


def main() -> None:
    """Look at an experiment's logs; what is seen, or why they can't be read, goes to a file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("experiment", type=Path)
    parser.add_argument("--seen", type=Path, required=True)
    asked = parser.parse_args()

    from reach.engine import connect
    from reach.errors import ReachError
    from reach.experiment.load import load_experiment
    from reach.experiment.sources import find_sources
    from reach.formats.containers.head import peek

    try:
        experiment = load_experiment(asked.experiment)
        with connect() as engine:
            seen = []
            for file in find_sources(experiment.sources, experiment.folder):
                head = peek(file.path, file.name, engine)
                seen.append(
                    {
                        "name": file.name,
                        "path": str(file.path.absolute()),
                        "bytes": file.path.stat().st_size,
                        "container": head.container,
                        "plain": head.compression == "none" and head.encoding == "utf-8",
                        "as_is": not head.enveloped
                        and not (file.source.set or file.source.fields or file.source.map),
                    }
                )
    except ReachError as error:
        asked.seen.write_text(json.dumps({"refused": str(error)}), encoding="utf-8")
        sys.exit(3)
    asked.seen.write_text(json.dumps(seen), encoding="utf-8")


if __name__ == "__main__":
    main()
