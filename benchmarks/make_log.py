"""Logs to measure with, each made once: the same bytes for the same number of events.

The campaign is that of `reach.bench.sample_log`; here it is written as NDJSON, CSV and
Parquet, and logs of providers are simulated by ``reach simulate``.
"""

from __future__ import annotations

import argparse
import json
import shutil
from pathlib import Path

from measure import DATA, REACH, python, run

from reach.bench.sample_log import write_log

EVENTS = 4_000_000
FORMS = ("ndjson", "csv", "parquet")
VENDORS = {"sendgrid": "email", "ses": "newsletter"}
"""By format, the simulated channel that has it."""

_SMALL = 2_000  # people, to see how many records they have
_RECAST = (
    "import duckdb, sys; source, target, options = sys.argv[1:]; duckdb.connect().execute("
    "f\"COPY (SELECT * FROM read_ndjson('{source}', columns={{message_id: 'VARCHAR', "
    "event: 'VARCHAR', receipt: 'VARCHAR', permanent: 'BOOLEAN', reason: 'VARCHAR', "
    "machine: 'BOOLEAN', channel: 'VARCHAR', recipient: 'VARCHAR', occurred_at: 'VARCHAR', "
    "region: 'VARCHAR', campaign: 'VARCHAR'}})) TO '{target}' ({options})\")"
)
_OPTIONS = {"csv": "FORMAT csv, HEADER", "parquet": "FORMAT parquet"}


def log_of(events: int, form: str = "ndjson") -> Path:
    """The campaign's log with that many events; written if it is not there.

    Args:
        events: A multiple of three, or a little less is written.
        form: One of `FORMS`.
    """
    path = DATA / "campaign" / str(events) / f"events.{form}"
    if path.exists():
        return path
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(".draft")
    if form == "ndjson":
        run(python("reach.bench.sample_log", str(draft), "--events", str(events)))
    else:
        words = (str(log_of(events)), str(draft), _OPTIONS[form])
        run((REACH[0], "-c", _RECAST, *words))
    draft.rename(path)
    return path


def more_of(events: int, more: int) -> Path:
    """A log of that many later events, of messages that the log of `events` does not hold."""
    path = DATA / "campaign" / str(events) / f"more-{more}.ndjson"
    if not path.exists():
        draft = path.with_suffix(".draft")
        words = (str(draft), "--events", str(more), "--first", str(events))
        run(python("reach.bench.sample_log", *words))
        draft.rename(path)
    return path


def vendor_log_of(events: int, form: str) -> list[Path]:
    """A provider's log of about that many records, every one valid, as files.

    Args:
        events: About how many records.
        form: One of `VENDORS`.
    """
    folder = DATA / "simulated" / f"{form}-{events}"
    if not folder.exists():
        draft = folder.with_name("draft")
        _simulate(draft, form, _SMALL)
        people = max(_SMALL * events // records_of(draft), 1)
        _simulate(draft, form, people)
        draft.rename(folder)
    return sorted((folder / "logs" / VENDORS[form]).iterdir())


def records_of(folder: Path) -> int:
    """How many records a simulation wrote."""
    balance: dict[str, int] = json.loads((folder / "truth.json").read_text())["balance"]
    return balance["records"]


def _simulate(folder: Path, form: str, people: int) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    folder.parent.mkdir(parents=True, exist_ok=True)
    words = ("--people", str(people), "--channels", VENDORS[form], "--bad-share", "0", "--quiet")
    run((*REACH, "simulate", str(folder), *words))


def main() -> None:
    """Write a log."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("--events", type=int, default=EVENTS)
    asked = parser.parse_args()
    write_log(asked.file, asked.events)


if __name__ == "__main__":
    main()
