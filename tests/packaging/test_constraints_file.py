"""constraints.txt pins all that pyproject.toml asks for, by hash, and names no address."""

from __future__ import annotations

import re
import tomllib
from itertools import takewhile
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

REPOSITORY = Path(__file__).parents[2]
CONSTRAINTS = (REPOSITORY / "constraints.txt").read_text(encoding="utf-8")
PYPROJECT = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))
RUNTIME = [*PYPROJECT["project"]["dependencies"], *PYPROJECT["build-system"]["requires"]]
TOOLS = PYPROJECT["project"]["optional-dependencies"]["dev"]

# What `jsonschema[format]` would bring. The import of one of these alone doubles the time that
# every command takes to begin; of the formats our schemas use, one small package is enough.
OF_THE_EXTRA = {
    "fqdn",
    "isoduration",
    "jsonpointer",
    "lark",
    "rfc3986-validator",
    "rfc3987",
    "rfc3987-syntax",
    "uri-template",
    "webcolors",
}


def pins(lines: list[str]) -> dict[str, list[Requirement]]:
    """Return the pinned requirements by name; one may have several, under other markers."""
    found: dict[str, list[Requirement]] = {}
    for line in lines:
        if line and not line.startswith((" ", "#")):
            pinned = Requirement(line.removesuffix("\\"))
            found.setdefault(canonicalize_name(pinned.name), []).append(pinned)
    return found


ALL = pins(CONSTRAINTS.splitlines())
FIRST_PART = pins(list(takewhile(lambda line: line != "# Tools", CONSTRAINTS.splitlines())))


def satisfied(wanted: str, by: dict[str, list[Requirement]]) -> bool:
    asked = Requirement(wanted)
    versions = [
        next(iter(pinned.specifier)).version for pinned in by.get(canonicalize_name(asked.name), [])
    ]
    return bool(versions) and all(asked.specifier.contains(version) for version in versions)


@pytest.mark.parametrize("wanted", RUNTIME)
def test_what_reach_runs_on_is_pinned_in_the_first_part(wanted: str) -> None:
    assert satisfied(wanted, FIRST_PART)


@pytest.mark.parametrize("wanted", TOOLS)
def test_what_the_tools_need_is_pinned(wanted: str) -> None:
    assert satisfied(wanted, ALL)


def test_every_pin_is_one_version_and_has_hashes() -> None:
    entries = re.split(r"\n(?=[^ ])", CONSTRAINTS.strip())
    entries = [entry for entry in entries if not entry.startswith("#")]
    assert len(entries) == sum(map(len, ALL.values()))
    for entry in entries:
        head, *hashes = re.split(r" \\\n    ", entry)
        assert re.fullmatch(r"[a-z0-9-]+==[0-9][0-9a-z.]*( ; .+)?", head)
        assert hashes
        assert all(re.fullmatch(r"--hash=sha256:[0-9a-f]{64}", each) for each in hashes)


def test_no_address_and_no_path_of_a_machine() -> None:
    assert not re.search(r"://|\bfile:|--(extra-)?index-url|--find-links|(^| )/", CONSTRAINTS)


def test_tools_stay_out_of_the_runtime() -> None:
    assert not FIRST_PART.keys() & {"pandas", "statsmodels", "mypy", "pytest", "ruff"}


def test_the_format_extra_of_jsonschema_stays_out() -> None:
    assert not ALL.keys() & OF_THE_EXTRA
