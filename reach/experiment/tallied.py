"""Tallies of an experiment, counted once: the same evidence asked the same way is not counted again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import astuple, dataclass
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

import reach
from reach.errors import InputError
from reach.experiment.config import Experiment
from reach.ingest.identity import digest
from reach.store.evidence import Store
from reach.store.tallies import keep_tally, read_tally
from reach.tally.count import Counted
from reach.tally.kept import counted_of, tally_document, timing_document, timing_of
from reach.tally.messages import Plan
from reach.tally.timing import TimingTally

_DEFINED_IN = (
    "vocabulary.py", "outcomes", "tally", "stats/gram.py", "ingest", "experiment/people.py",
    "experiment/config.py",
)  # fmt: skip
"""What decides how evidence is counted: another word there is another tally."""

Kind = TypeVar("Kind", Counted, TimingTally)


@dataclass(frozen=True, slots=True)
class Kept:
    """Where tallies of one question are kept.

    Attributes:
        store: The store.
        key: What decides them.
    """

    store: Store
    key: str

    def counted(self, count: Callable[[], Counted]) -> Counted:
        """The tally of outcomes; ``count`` is called if it is not there."""
        return self._kept("outcomes", counted_of, tally_document, count)

    def timing(self, count: Callable[[], TimingTally]) -> TimingTally:
        """The tally of how soon messages arrived; ``count`` is called if it is not there."""
        return self._kept("timing", timing_of, timing_document, count)

    def _kept(
        self,
        kind: str,
        read: Callable[[dict[str, Any]], Kind],
        write: Callable[[Kind], dict[str, Any]],
        count: Callable[[], Kind],
    ) -> Kind:
        key = hashlib.sha256(f"{kind} {self.key}".encode()).hexdigest()
        document = read_tally(self.store.folder, key)
        if document is not None:
            try:
                return read(document)
            except ValueError:  # damaged: counted anew, and kept anew
                pass
        tally = count()
        keep_tally(self.store.folder, key, write(tally))
        return tally


def kept_tallies(
    store: Store,
    experiment: Experiment,
    plan: Plan,
    ingest_ids: Sequence[str],
    asked_besides: Sequence[str] = (),
) -> Kept:
    """Where the tallies of an experiment are kept, or would be.

    Args:
        store: The store that its evidence is in.
        experiment: The experiment.
        plan: What is to be counted.
        ingest_ids: Whose rows count; they say with which key addresses are hashed.
        asked_besides: Words for all else that decides what is counted.

    """
    people = None
    if experiment.people is not None:
        # Of a file that can't be read nothing was kept; who counts then tells of it.
        with suppress(InputError):
            people = digest(experiment.folder / experiment.people, experiment.people)
    decides = {
        "definitions": _definitions(),
        "ingests": sorted(ingest_ids),
        "by": plan.by,
        "arms": list(plan.arms),
        "campaign": plan.campaign,
        "periods": [astuple(each) for each in plan.periods],
        "strata": list(plan.strata),
        "priced": list(plan.priced),
        "horizons": {name: each.horizon_us for name, each in experiment.channels.items()},
        "log_end_us": plan.log_end_us,
        "people": [experiment.people is not None, people],
        "country": experiment.country,
        "besides": list(asked_besides),
    }
    text = json.dumps(decides, sort_keys=True)
    return Kept(store, hashlib.sha256(text.encode()).hexdigest())


@cache
def _definitions() -> str:
    """What the code says a tally is: a digest of the modules that do."""
    root = Path(reach.__file__).parent
    sha256 = hashlib.sha256()
    for place in _DEFINED_IN:
        found = root / place
        for file in sorted(found.glob("*.py")) if found.is_dir() else [found]:
            sha256.update(file.relative_to(root).as_posix().encode() + b"\n" + file.read_bytes())
    return sha256.hexdigest()
