"""All words, codes and columns of all formats, as they were read against the providers' documents.

The tables in tests/data/words are what somebody has read line by line. A word whose meaning
changes in the code has to change there, too, where a reviewer sees it: no test of a format can
tell that `sent` became `delivered` in both ways of reading and in its own expectation at once.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from reach.formats.registry import FORMATS, MEDIA
from reach.vocabulary import Event

FOLDER = Path(__file__).parents[1] / "data" / "words"
NOTHING = "-"

Row = tuple[str, ...]


def cell(value: object) -> str:
    if value is None:
        return NOTHING
    text = str(value).lower() if isinstance(value, bool) else str(value)
    assert text
    assert text.isprintable()
    return text


def words() -> Iterator[Row]:
    yield ("format", "said", "event", "receipt", "permanent", "reason")
    for name, found in FORMATS.items():
        for word in found.words:
            meant = (word.event, word.receipt, word.permanent, word.reason)
            yield (name, cell(word.said), *map(cell, meant))


def codes() -> Iterator[Row]:
    yield ("format", "said", "permanent", "reason")
    for name, found in FORMATS.items():
        for code in found.codes:
            yield (name, cell(code.said), cell(code.permanent), cell(code.reason))


def columns() -> Iterator[Row]:
    yield ("format", "said", "field")
    for name, found in MEDIA.items():
        for column in found.columns:
            yield (name, cell(column.said), cell(column.field))


TABLES: dict[str, Callable[[], Iterator[Row]]] = {
    "words.tsv": words,
    "codes.tsv": codes,
    "columns.tsv": columns,
}
RENEWAL = """
{name} is what was read against the providers' documents, and the code says otherwise (+).
If the code is right: read each line that differs against docs/providers.md and the provider's own
documents, run  python tests/formats/test_frozen_words.py  and say in the commit which document
says so. Of each line ask: is sent taken for delivered, silence for a failure, a machine for a
person, a block for a dead address?

{difference}"""


def lines(table: Callable[[], Iterator[Row]]) -> list[str]:
    return ["\t".join(row) for row in table()]


@pytest.mark.parametrize("name", TABLES)
def test_every_word_means_what_was_reviewed(name: str) -> None:
    frozen = (FOLDER / name).read_text("utf-8").splitlines()
    now = lines(TABLES[name])
    if now != frozen:
        difference = difflib.unified_diff(frozen, now, "reviewed", "code", lineterm="", n=0)
        pytest.fail(RENEWAL.format(name=name, difference="\n".join(difference)), pytrace=False)


def test_no_other_table_lies_there() -> None:
    assert {path.name for path in FOLDER.iterdir()} == set(TABLES)


def test_what_no_word_may_mean() -> None:
    """A receipt is a delivery's, and whether for good is a failure's: each alone."""
    for name, found in FORMATS.items():
        for word in found.words:
            at = f"{name}: {word.said}"
            assert (word.receipt is not None) == (word.event is Event.DELIVERED), at
            assert word.permanent is None or word.event is Event.FAILED, at
            fails = (Event.FAILED, Event.EXPIRED, Event.REJECTED, Event.SUPPRESSED, Event.DEFERRED)
            assert word.reason is None or word.event in fails, at


if __name__ == "__main__":
    for file, table in TABLES.items():
        (FOLDER / file).write_text("\n".join(lines(table)) + "\n", encoding="utf-8")
