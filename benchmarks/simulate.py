"""`reach simulate`, measured: records a second in each format, and of all channels together.

Everything is in it: deciding, writing the text, the truth of every message and the people.
"""

from __future__ import annotations

import argparse
import json
import shutil
from dataclasses import asdict
from typing import Any

from make_log import EVENTS
from measure import DATA, REACH, Run, median, run, table, write_results

_OUT = DATA / "work" / "simulated"
_CHANNELS = {
    "twilio": "sms",
    "whatsapp": "whatsapp",
    "sendgrid": "email",
    "ses": "newsletter",
    "reach": "push",
}
_DEFAULT = "six channels, as by default"


def measure_simulate(events: int, rounds: int) -> dict[str, Any]:
    """Measure each format by a channel of its own, and the six channels.

    Args:
        events: Records of each log, about.
        rounds: How often each runs; medians are told.
    """
    _OUT.parent.mkdir(parents=True, exist_ok=True)
    found = {form: _measure([name], events, rounds) for form, name in _CHANNELS.items()}
    return {"rounds": rounds, "formats": {**found, _DEFAULT: _measure([], events, rounds)}}


def _measure(channels: list[str], events: int, rounds: int) -> dict[str, Any]:
    words = ["--channels", ",".join(channels)] if channels else []
    _simulate(words, _SMALL)
    people = max(_SMALL * events // _balance()["records"], 1)
    runs = [_simulate(words, people) for _ in range(rounds)]
    size = sum(path.stat().st_size for path in (_OUT / "logs").rglob("*") if path.is_file())
    records = _balance()["records"]
    shutil.rmtree(_OUT)
    took = median(runs)
    return {
        "records": records,
        "bytes": size,
        **asdict(took),
        "records_per_s": records / took.wall_s,
        "runs": [asdict(each) for each in runs],
    }


_SMALL = 2_000  # people, to see how many records they have


def _simulate(words: list[str], people: int) -> Run:
    shutil.rmtree(_OUT, ignore_errors=True)
    return run([*REACH, "simulate", str(_OUT), "--people", str(people), *words, "--quiet"])


def _balance() -> dict[str, int]:
    found: dict[str, int] = json.loads((_OUT / "truth.json").read_text())["balance"]
    return found


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--events", type=int, default=EVENTS // 4)
    parser.add_argument("--rounds", type=int, default=1)
    asked = parser.parse_args()
    found = measure_simulate(asked.events, asked.rounds)
    write_results("simulate", found)
    rows = [
        [
            form,
            f"{each['records']:,}",
            f"{each['bytes'] / 1e6:,.0f}",
            f"{each['wall_s']:.2f}",
            f"{each['cpu_s']:.2f}",
            f"{each['records_per_s']:,.0f}",
            f"{each['peak_mib']:,.0f}",
        ]
        for form, each in found["formats"].items()
    ]
    header = ["", "records", "MB", "seconds", "CPU seconds", "records/s", "peak MiB"]
    print(table(header, rows))


if __name__ == "__main__":
    main()
