"""Small campaigns, written as a user would write them and run as the command line would."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb
from hypothesis import strategies as st
from plain_outcomes import Event

from reach.engine import Limits, connect
from reach.experiment.counted import clocks_of
from reach.experiment.gather import Gathered, gather
from reach.experiment.load import load_experiment
from reach.experiment.people import load_people
from reach.experiment.run import Settings, run, run_timing
from reach.experiment.sources import find_sources
from reach.explanations import violations
from reach.ingest.secret import define_macros, load_key
from reach.store.evidence import Store
from reach.tally.count import Counted, count, count_timed
from reach.tally.messages import Messages, Plan, resolve_messages
from reach.tally.timing import TimingTally

PEOPLE = ("address", "person", "region", "segment")
CHANNELS = ("email", "sms", "whatsapp")

SENT_AT = "2026-01-01T00:00:00Z"
LONG_AFTER = "2026-06-01T00:00:00Z"


def event(message_id: str, word: str, channel: str, recipient: str, **more: Any) -> Event:  # noqa: ANN401
    """One event; it happened at `SENT_AT` unless said otherwise."""
    said = {"message_id": message_id, "event": word, "channel": channel, "recipient": recipient}
    return said | {"occurred_at": SENT_AT} | more


def arm(name: str, *, person: str = "", **fates: int) -> list[Event]:
    """Messages of a channel, each to another person: so many of each fate, as ``delivered=600``.

    A fate of two events is written with ``_and_``; ``sent`` is a message of no known fate.
    """
    events = []
    for fate, number in fates.items():
        for each in range(number):
            who = f"{person or name}-{fate}-{each}@example.org"
            words = dict.fromkeys(["sent", *fate.split("_and_")])
            events += [event(f"{name}-{fate}-{each}", word, name, who) for word in words]
    return events


def write_log(path: Path, events: Iterable[Event]) -> None:
    """Write events as NDJSON."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps(each) + "\n" for each in events), encoding="utf-8")


def write_config(folder: Path, **config: Any) -> Path:  # noqa: ANN401
    """Write a config; JSON is YAML too."""
    folder.mkdir(parents=True, exist_ok=True)
    whole = {"experiment": "campaign", "sources": ["logs"]} | config
    (folder / "experiment.yaml").write_text(json.dumps(whole), encoding="utf-8")
    return folder


def campaign(folder: Path, events: Iterable[Event], **config: Any) -> Path:  # noqa: ANN401
    """Write an experiment of one log."""
    write_log(folder / "logs" / "log.ndjson", events)
    return write_config(folder, **config)


def answer(folder: Path, store: Path | None = None, threads: int = 1) -> dict[str, Any]:
    """Run an experiment; its result always keeps the contract."""
    settings = Settings(store, Limits(threads=threads), lambda *_: None)
    found = run(load_experiment(folder), settings)
    assert violations("result", found) == []
    return found


def answer_timing(folder: Path) -> dict[str, Any]:
    """Time an experiment; its result always keeps the contract."""
    settings = Settings(None, Limits(threads=1), lambda *_: None)
    found = run_timing(load_experiment(folder), settings)
    assert violations("result", found) == []
    return found


def comparison(result: Mapping[str, Any], metric: str, a: str, b: str) -> dict[str, Any]:
    """The one comparison of two arms on a metric."""
    wanted = [
        found
        for found in result["comparisons"]
        if (found["metric"], found["a"], found["b"]) == (metric, a, b)
    ]
    (found,) = wanted
    return dict(found)


def codes(result: Mapping[str, Any]) -> list[str]:
    """Which warnings a result gives."""
    return [warning["code"] for warning in result["warnings"]]


def counted(folder: Path, arms: Iterable[str] = ()) -> Counted:
    """Count an experiment, and stop before comparing."""
    with resolving(folder, arms) as (engine, messages, plan, _):
        return count(engine, messages, plan)


def timed(folder: Path, arms: Iterable[str] = ()) -> TimingTally:
    """Count how soon the messages of an experiment arrived."""
    with resolving(folder, arms) as (engine, messages, plan, found):
        return count_timed(engine, messages, plan, clocks_of(found))[1]


@contextmanager
def resolving(
    folder: Path, arms: Iterable[str]
) -> Iterator[tuple[duckdb.DuckDBPyConnection, Messages, Plan, list[Gathered]]]:
    """Bring an experiment in and resolve its messages."""
    experiment = load_experiment(folder)
    store = Store(folder / ".reach")
    key = load_key(store.key_file)
    with connect(Limits(threads=1)) as engine:
        found = gather(
            engine,
            store,
            find_sources(experiment.sources, experiment.folder),
            log_end_us=experiment.log_ends_us,
            country=experiment.country,
            key=key,
            progress=lambda *_: None,
        )
        define_macros(engine, key)
        people = experiment.people and load_people(
            engine, folder / experiment.people, "people.csv", experiment.country
        )
        plan = Plan(
            by=experiment.compare.by,
            arms=list(arms),
            strata=experiment.compare.standardise,
            horizon_us=experiment.horizon_us,
            log_end_us=experiment.log_ends_us,
            people=people,
            priced=[
                name
                for name, each in experiment.channels.items()
                if each.cost_per_message is not None
            ],
        )
        ingest_ids = [each.entry.ingest_id for each in found]
        yield engine, resolve_messages(engine, store.parts(), ingest_ids, plan), plan, found


@contextmanager
def secret(key: str) -> Iterator[None]:
    """Work with another secret for a while."""
    before = os.environ.get("REACH_KEY")
    os.environ["REACH_KEY"] = key
    try:
        yield
    finally:
        del os.environ["REACH_KEY"]
        if before is not None:
            os.environ["REACH_KEY"] = before


_WORDS = (
    "queued", "sent", "deferred", "delivered", "failed", "expired", "rejected", "suppressed",
    "superseded", "opened", "read", "clicked", "replied", "complained", "unsubscribed", "converted",
)  # fmt: skip
_OFTEN = ("sent", "sent", "delivered", "delivered", "failed", "clicked", "converted")


@st.composite
def events(draw: st.DrawFn, max_size: int = 30) -> list[Event]:
    """Events of several channels, persons, names and times; often about the same messages."""
    maybe = st.none() | st.booleans()
    where = st.sampled_from([None, None, "north", "south"])
    found = []
    for _ in range(draw(st.integers(1, max_size))):
        name = draw(st.sampled_from(["m0", "m1", "m2", "n0", "n1"]))
        # A message has one second name, which the log may say and may use.
        alias = draw(st.sampled_from([None, {"m0": "n0", "m1": "n1"}.get(name)]))
        day, second = draw(st.integers(1, 9)), draw(st.integers(0, 25))
        at = draw(st.sampled_from([None, *[f"2026-01-0{day}T00:00:{second:02}Z"] * 4]))
        said = {
            "message_id": name,
            "event": draw(st.sampled_from(_WORDS + _OFTEN * 2)),
            "channel": draw(st.sampled_from(CHANNELS)),
            "recipient": draw(
                st.sampled_from(["a@x.org", "b@x.org", "c@x.org", "+62811", "+62812"])
            ),
            "occurred_at": at,
            "receipt": draw(st.sampled_from([None, "carrier", "device"])),
            "permanent": draw(maybe),
            "machine": draw(maybe),
            "alias_id": alias,
            "region": draw(where),
            "segment": draw(st.sampled_from([None, "young", "old"])),
            "variant": draw(st.sampled_from([None, None, "plain", "picture"])),
        }
        if draw(st.integers(0, 3)) == 0:
            said["cost_micros"] = draw(st.sampled_from([0, 1, 7_500, 10**15]))
            said["currency"] = draw(st.sampled_from(["IDR", "USD"]))
        found.append({key: value for key, value in said.items() if value is not None})
    return found


def people_csv(rows: Mapping[str, tuple[str, str | None, str | None]]) -> str:
    """A people file of person, region and segment by address."""
    lines = [",".join(PEOPLE)]
    lines += [",".join([address, *(cell or "" for cell in row)]) for address, row in rows.items()]
    return "\n".join(lines) + "\n"
