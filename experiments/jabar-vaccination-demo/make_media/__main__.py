"""Make the tables of the demo's media anew: ``python experiments/…/make_media [FOLDER]``.

The same everywhere, byte for byte. Without a folder those beside this script are written over.
"""

from __future__ import annotations

import sys
from pathlib import Path

from audience import write_audience
from channels import reached_people
from posts import write_posts
from present import write_attendance
from put_out import write_placements
from supposed import write_coverage, write_estimates
from survey import write_survey
from table import Tables
from truth import write_truth

WRITERS = (
    write_placements,
    write_audience,
    write_attendance,
    write_survey,
    write_estimates,
    write_coverage,
    write_posts,
    write_truth,
)


def main(folder: Path) -> None:
    """Write all tables into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    people, tables = reached_people(), Tables(folder)
    for write in WRITERS:
        write(people, tables)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parents[1] / "media")
