"""Within an ingest words are compared with lists of words; elsewhere long lists are joined."""

from __future__ import annotations

import gzip
import json
from typing import TYPE_CHECKING

import pytest

from reach.engine import lists_compared
from reach.errors import InputError
from reach.ingest.reading import Reading

if TYPE_CHECKING:
    from drive import Driver

    from reach.ingest.ingested import Ingested

WORDS = ", ".join(f"'word {number}'" for number in range(40))
LINE = json.dumps({"message_id": "m", "event": "sent", "channel": "sms", "recipient": "+62"})


def _joins(driver: Driver) -> bool:
    driver.engine.execute("CREATE OR REPLACE TEMP TABLE said AS SELECT 'word 1' AS word")
    plan = driver.engine.execute(f"EXPLAIN SELECT * FROM said WHERE word IN ({WORDS})").fetchall()
    return "join" in str(plan).lower()


def test_a_list_is_compared_within_and_joined_again_after(driver: Driver) -> None:
    assert _joins(driver)
    with lists_compared(driver.engine):
        assert not _joins(driver)
    assert _joins(driver)


def test_a_file_is_read_while_lists_are_compared(
    driver: Driver, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = []
    read = Reading.read

    def looked_at(reading: Reading) -> Ingested:
        seen.append(_joins(driver))
        return read(reading)

    monkeypatch.setattr(Reading, "read", looked_at)
    path = driver.folder / "whole.ndjson"
    path.write_text(LINE)
    driver.ingest(path)
    assert seen
    assert not any(seen)


def test_a_file_leaves_the_engine_as_it_was_even_a_damaged_one(driver: Driver) -> None:
    path = driver.folder / "whole.ndjson"
    path.write_text(LINE)
    driver.ingest(path)
    assert _joins(driver)
    packed = gzip.compress("\n".join([LINE] * 100_000).encode())
    path.write_bytes(packed[: len(packed) // 2])
    with pytest.raises(InputError):
        driver.ingest(path)
    assert _joins(driver)
