"""A refused record can be mended and ingested again from what is kept of it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from hostile_records import hostile_file

from reach.engine import file_literal
from reach.formats.record import Options
from reach.schemas import validator

if TYPE_CHECKING:
    from pathlib import Path

    from drive import Driver

GOOD = {"message_id": "m1", "event": "sent", "channel": "sms", "recipient": "+6281"}


def test_every_rejection_is_valid(driver: Driver) -> None:
    path = driver.folder / "hostile.jsonl"
    path.write_bytes(hostile_file(11, 400))
    rejections = driver.ingest(path, Options(format="reach")).rejections
    assert len(rejections) > 100
    for rejection in rejections:
        validator("rejection").validate(rejection)
        assert len(rejection["received"]) <= 120


@pytest.mark.parametrize(
    ("broken", "wrong", "right"),
    [
        (json.dumps(GOOD | {"event": "Sent"}), "Sent", "sent"),
        (json.dumps(GOOD | {"message_id": 5}), "5", '"5"'),
        (json.dumps(GOOD | {"occurred_at": "2026-01-05T07:00:00"}), ":00:00", ":00:00Z"),
        (
            json.dumps(GOOD | {"region": '"Jawa", é 😀\\', "machine": 1}, ensure_ascii=False),
            ": 1",
            ": true",
        ),
        (json.dumps(GOOD) + ",", "},", "}"),
        (json.dumps(GOOD)[:-1], '+6281"', '+6281"}'),
    ],
)
def test_a_mended_line_is_accepted(driver: Driver, broken: str, wrong: str, right: str) -> None:
    path = _write(driver, broken.encode())
    [rejection] = driver.ingest(path, Options(format="reach")).rejections
    assert rejection["raw"] == broken
    path = _write(driver, rejection["raw"].replace(wrong, right).encode())
    assert driver.ingest(path).ingested.balance.accepted == 1


def test_bytes_that_are_no_text_can_be_mended(driver: Driver) -> None:
    path = _write(driver, json.dumps(GOOD).encode().replace(b"+6281", b"caf\xe9@x"))
    [rejection] = driver.ingest(path, Options(format="reach")).rejections
    assert rejection["raw"] == json.dumps(GOOD).replace("+6281", "caf\\xe9@x")
    path = _write(driver, rejection["raw"].replace("\\xe9", "é").encode())
    assert driver.ingest(path).ingested.balance.accepted == 1


@pytest.mark.parametrize(
    ("row", "mended"),
    [
        ('m1,Sent,sms,"+62, ""81"""', 'm1,sent,sms,"+62, ""81"""'),
        ('m1,sent,sms,"two\nlines"x', 'm1,sent,sms,"two"'),
        ("m1,sent,sms", "m1,sent,sms,+62"),
        (' m1 , "send" ,sms,+62', ' m1 , "sent" ,sms,+62'),
    ],
)
def test_a_mended_row_is_accepted(driver: Driver, row: str, mended: str) -> None:
    header = "message_id,event,channel,recipient\n"
    path = _write(driver, f"{header}{row}\n".encode())
    rejections = driver.ingest(path).rejections
    assert "\n".join(one["raw"] for one in rejections) == row
    path = _write(driver, f"{header}{mended}\n".encode())
    assert driver.ingest(path).ingested.balance.accepted == 1


def test_a_mended_parquet_row_is_accepted_as_a_line(driver: Driver) -> None:
    path = driver.folder / "row.parquet"
    driver.engine.execute(
        "COPY (SELECT 'm1' AS message_id, 'Sent' AS event, 'sms' AS channel, '+62' AS recipient, "
        "'2026-01-05 07:00:00+00'::TIMESTAMPTZ AS occurred_at, NULL AS region) "
        f"TO {file_literal(path)} (FORMAT parquet)"
    )
    [rejection] = driver.ingest(path).rejections
    assert json.loads(rejection["raw"])["occurred_at"] == "2026-01-05T07:00:00Z"
    path = _write(driver, rejection["raw"].replace("Sent", "sent").encode())
    [row] = driver.ingest(path).rows
    assert row["first_at"] == 1_767_596_400_000_000


def _write(driver: Driver, content: bytes) -> Path:
    path = driver.folder / "mended.log"
    path.write_bytes(content)
    return path
