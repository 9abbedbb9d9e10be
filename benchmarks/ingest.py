"""Ingest, measured: from files to committed evidence, beside a plain copy of the same files.

`copy` is what the same engine takes to turn the files into Parquet without looking at a single
value; `loop` is the usual way to validate, `jsonschema` record by record.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import time
from dataclasses import asdict
from pathlib import Path
from typing import Any

from make_log import EVENTS, FORMS, VENDORS, log_of, records_of, vendor_log_of
from measure import DATA, REACH, Run, alternate, median, run, table, write_results

from reach.bench.contest import command

_WORK = DATA / "work" / "ingest"
_LOOP = "jsonschema loop"
_TITLES = {
    "ndjson": "canonical NDJSON",
    "csv": "canonical CSV",
    "parquet": "canonical Parquet",
    "sendgrid": "SendGrid NDJSON",
    "ses": "SES NDJSON",
}


def measure_ingest(form: str, events: int, rounds: int) -> dict[str, Any]:
    """Measure ingest and copy of one form, in turn.

    Args:
        form: One of `FORMS` or `VENDORS`.
        events: Events in the log; of a provider's, about.
        rounds: How often each runs; medians are told.
    """
    container = form if form in FORMS else "ndjson"
    logs = [log_of(events, form)] if form in FORMS else vendor_log_of(events, form)
    records = events // 3 * 3 if form in FORMS else records_of(logs[0].parents[2])
    _WORK.mkdir(parents=True, exist_ok=True)
    plain = command("duckdb", "copy", [(container, [str(log) for log in logs])], _WORK)
    contenders = {"copy": lambda: run(plain), "ingest": lambda: _ingest(logs)}
    runs = alternate(contenders, rounds)
    shutil.rmtree(_WORK)
    copy, ingest = median(runs["copy"]), median(runs["ingest"])
    return {
        "records": records,
        "bytes": sum(log.stat().st_size for log in logs),
        "copy": asdict(copy),
        "ingest": asdict(ingest),
        "ingest_per_copy": ingest.wall_s / copy.wall_s,
        "cpu_per_copy": ingest.cpu_s / copy.cpu_s,
        "runs": {name: [asdict(each) for each in all_runs] for name, all_runs in runs.items()},
    }


def _ingest(logs: list[Path]) -> Run:
    store = _WORK / "store"
    shutil.rmtree(store, ignore_errors=True)
    took = run([*REACH, "ingest", *map(str, logs), "--store", str(store), "--quiet"])
    shutil.rmtree(store)
    return took


def loop_s(log: Path, sample: int) -> float:
    """Seconds a record that `jsonschema` takes, with `json.loads`; one core, record by record."""
    from jsonschema import Draft202012Validator

    from reach.schemas import schema

    validator = Draft202012Validator(
        schema("event"), format_checker=Draft202012Validator.FORMAT_CHECKER
    )
    valid = 0
    with log.open(encoding="utf-8") as file:
        began = time.perf_counter()
        for _ in range(sample):
            valid += validator.is_valid(json.loads(next(file)))
        took = time.perf_counter() - began
    if valid != sample:
        sys.exit(f"{sample - valid} of {sample} records of the benchmark are not valid")
    return took / sample


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--events", type=int, default=EVENTS)
    parser.add_argument("--vendor-events", type=int, help="default: a quarter of --events")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--sample", type=int, default=50_000)
    parser.add_argument("--forms", default=",".join((*FORMS, *VENDORS)))
    asked = parser.parse_args()
    sizes = dict.fromkeys(FORMS, asked.events)
    sizes |= dict.fromkeys(VENDORS, asked.vendor_events or asked.events // 4)
    found = {
        form: measure_ingest(form, sizes[form], asked.rounds) for form in asked.forms.split(",")
    }
    results: dict[str, Any] = {"rounds": asked.rounds, "forms": found}
    ratios = {
        f"{form}_per_copy@{sizes[form]}": each["ingest_per_copy"] for form, each in found.items()
    }
    rows = [row for form, each in found.items() for row in _rows(_TITLES[form], each)]
    if "ndjson" in found:
        canonical = found["ndjson"]
        sample = min(asked.sample, canonical["records"])
        each_s = loop_s(log_of(asked.events), sample)
        whole_s = each_s * canonical["records"]
        results |= {"sample": sample, "loop_s": whole_s}
        ratios[f"ndjson_per_loop@{asked.events}"] = canonical["ingest"]["wall_s"] / whole_s
        rows.insert(2, [_LOOP, "", "", f"{whole_s:.1f}", "", f"{1 / each_s:,.0f}", "", ""])
    write_results("ingest", results, ratios)
    print(f"medians of {asked.rounds} runs; the loop is scaled from {asked.sample:,} records\n")
    header = ["", "records", "MB", "seconds", "CPU seconds", "records/s", "to the copy", "peak MiB"]
    print(table(header, rows))
    if "ndjson" in found:
        times = results["loop_s"] / found["ndjson"]["ingest"]["wall_s"]
        print(f"\ningest is {times:.1f} times as fast as the loop")


def _rows(title: str, each: dict[str, Any]) -> list[list[str]]:
    size = [f"{each['records']:,}", f"{each['bytes'] / 1e6:,.0f}"]
    rows = []
    for what, name in (("plain copy", "copy"), ("reach ingest", "ingest")):
        took = each[name]
        rows.append(
            [
                f"{title}: {what}",
                *size,
                f"{took['wall_s']:.2f}",
                f"{took['cpu_s']:.2f}",
                f"{each['records'] / took['wall_s']:,.0f}",
                f"{took['wall_s'] / each['copy']['wall_s']:.2f}",
                f"{took['peak_mib']:,.0f}",
            ]
        )
    return rows


if __name__ == "__main__":
    main()
