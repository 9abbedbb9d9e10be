"""Ratios of this run beside those of a stored one: better, worse, or within the noise.

Only ratios are kept, for they travel between machines as seconds do not. Of all of them
smaller is better.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from measure import RESULTS, table

BASELINE = Path(__file__).with_name("baseline.json")
NOISE = 0.15
"""Two runs of the same program differ by so much on a machine with other things to do."""

_VERSIONS = ("cores", "python", "duckdb", "deltalake", "polars")


def ratios_of(names: Sequence[str]) -> dict[str, float]:
    """The ratios of those results, each by ``benchmark.ratio@size``."""
    found = {}
    for name in names:
        document = json.loads((RESULTS / f"{name}.json").read_text(encoding="utf-8"))
        benchmark = name.partition("-")[0]
        for ratio, value in document.get("ratios", {}).items():
            found[f"{benchmark}.{ratio}"] = value
    return found


def write_baseline(ratios: dict[str, float], machine: dict[str, Any]) -> None:
    """Keep the ratios; those of sizes that were not measured now stay."""
    kept = _stored() | {name: float(f"{value:.3g}") for name, value in ratios.items()}
    versions = {name: machine[name] for name in _VERSIONS if name in machine}
    document = {"measured_with": versions, "ratios": dict(sorted(kept.items()))}
    BASELINE.write_text(json.dumps(document, indent=2) + "\n", encoding="utf-8")


def compared(ratios: dict[str, float], noise: float = NOISE) -> list[tuple[str, str, str, str]]:
    """Each ratio, what it was, what it is, and what that means."""
    stored = _stored()
    rows = []
    for name, value in sorted(ratios.items()):
        if name not in stored:
            rows.append((name, "", f"{value:.3f}", "not in the baseline"))
            continue
        change = value / stored[name] - 1
        word = "within the noise" if abs(change) <= noise else "WORSE" if change > 0 else "better"
        rows.append((name, f"{stored[name]:.3f}", f"{value:.3f}", f"{word} ({change:+.0%})"))
    return rows


def _stored() -> dict[str, float]:
    if not BASELINE.exists():
        return {}
    stored: dict[str, float] = json.loads(BASELINE.read_text(encoding="utf-8"))["ratios"]
    return stored


def conclude(names: Sequence[str], machine: dict[str, Any], *, write: bool, strict: bool) -> None:
    """Print the comparison, or write the baseline anew.

    Args:
        names: Results to look at, by the names of their files.
        machine: What they were measured on.
        write: Whether to keep them.
        strict: Whether one that is worse ends the program with code 1.
    """
    ratios = ratios_of(names)
    if write:
        write_baseline(ratios, machine)
        print(f"{len(ratios)} ratios written to {BASELINE.name}")
        return
    rows = compared(ratios)
    print(table(["ratio, smaller is better", "baseline", "now", ""], rows))
    if strict and any(row[-1].startswith("WORSE") for row in rows):
        sys.exit(1)


def main() -> None:
    """Compare the newest results of all benchmarks, or keep them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help="keep these as the baseline")
    parser.add_argument("--strict", action="store_true", help="exit with 1 if one is worse")
    asked = parser.parse_args()
    files = sorted(RESULTS.glob("*.json"))
    if not files:
        sys.exit("There are no results yet: make bench")
    newest = json.loads(max(files, key=lambda file: file.stat().st_mtime).read_text())
    names = [file.stem for file in files]
    conclude(names, newest["machine"], write=asked.write, strict=asked.strict)


if __name__ == "__main__":
    main()
