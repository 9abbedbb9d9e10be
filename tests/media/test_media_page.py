"""The page on media says what the code does: its tables are those of the code."""

from __future__ import annotations

import doctest
from pathlib import Path

from reach.media.formulas import FORMULAS
from reach.media.medium import DEFINITIONS
from reach.stats.survey.lots import lot_rule

FILE = Path(__file__).parents[2] / "docs" / "media.md"
PAGE = FILE.read_text(encoding="utf-8")


def table(heading: str) -> list[str]:
    """Rows of the first table below a heading, without its head."""
    below = PAGE.partition(heading)[2].split("\n\n")
    found = next(part for part in below if part.lstrip().startswith("|"))
    return found.strip().splitlines()[2:]


def test_the_definitions_are_those_of_the_code() -> None:
    want = []
    for medium, told in DEFINITIONS.items():
        signal = "; needs a signal" if told.needs_signal else ""
        grades = ", ".join(told.grades)
        cells = f"`{medium}`", told.sent, told.delivered, told.engaged, grades + signal
        want.append(f"| {' | '.join(cells)} |")
    assert table("## What counts as reached") == want


def test_the_formulas_are_those_of_the_code() -> None:
    want = [
        f"| `{medium}` | {' × '.join(f'`{name}`' for name in told.inputs)} | {told.supposes} |"
        for medium, told in FORMULAS.items()
    ]
    assert table("### Estimates") == want


def test_the_lots_are_those_of_the_code() -> None:
    want = []
    for upper, lower in ((80, 50), (90, 60), (70, 40), (50, 20)):
        rule = lot_rule(upper / 100, lower / 100)
        want.append(
            f"| {upper} % | {lower} % | {rule.least} | {rule.alpha:.1%} | {rule.beta:.1%} |"
        )
    assert table("**Nineteen people**") == want


def test_every_example_of_the_page_says_what_it_shows() -> None:
    found = doctest.testfile(str(FILE), module_relative=False, encoding="utf-8")
    assert found.failed == 0
    assert found.attempted > 20
