"""The law "fast equals exact" on Parquet, and what its types come to."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from reach.engine import file_literal
from reach.formats.record import Options

if TYPE_CHECKING:
    from pathlib import Path

    from drive import Driver, Run

REQUIRED = {
    "message_id": "'m1'",
    "event": "'sent'",
    "channel": "'sms'",
    "recipient": "'+62'",
}
EPOCH_US = 1_767_596_400_000_000  # 2026-01-05T07:00:00Z


def _write(driver: Driver, columns: dict[str, str]) -> Path:
    path = driver.folder / "columns.parquet"
    selected = ", ".join(f'{value} AS "{name}"' for name, value in columns.items())
    driver.engine.execute(f"COPY (SELECT {selected}) TO {file_literal(path)} (FORMAT parquet)")
    return path


def _read(driver: Driver, columns: dict[str, str], options: Options | None = None) -> Run:
    return driver.agrees(_write(driver, REQUIRED | columns), options)


@pytest.mark.parametrize(
    "value",
    ["'2026-01-05 07:00:00+00'::TIMESTAMPTZ", "'2026-01-05 14:00:00+07'::TIMESTAMPTZ",
     "'2026-01-05T07:00:00Z'"],
)  # fmt: skip
def test_times_with_a_zone_are_taken(driver: Driver, value: str) -> None:
    [row] = _read(driver, {"occurred_at": value}).rows
    assert row["first_at"] == EPOCH_US


@pytest.mark.parametrize(
    ("fraction", "us"), [("", 0), (".5", 500_000), (".000000999", 0), (".123456789", 123_456)]
)
def test_nanoseconds_with_a_zone_are_cut_to_microseconds(
    driver: Driver, fraction: str, us: int
) -> None:
    """As data frames write their times."""
    [row] = _read(
        driver, {"occurred_at": f"'2026-01-05 07:00:00{fraction}+00'::TIMESTAMPTZ_NS"}
    ).rows
    assert row["first_at"] == EPOCH_US + us


@pytest.mark.parametrize(("fraction", "us"), [(".5", 500_000), (".000001", 1), (".304", 304_000)])
def test_fractions_of_seconds_are_kept(driver: Driver, fraction: str, us: int) -> None:
    [row] = _read(driver, {"occurred_at": f"'2026-01-05 07:00:00{fraction}+00'::TIMESTAMPTZ"}).rows
    assert row["first_at"] == EPOCH_US + us


@pytest.mark.parametrize(
    "value",
    ["2026-01-05 07:00:00.5", "2026-01-05 07:00:00.000001", "1969-12-31 23:59:59.999999",
     "1969-12-31 23:59:59", "1000-01-01 00:00:00", "0999-12-31 23:59:59", "9999-12-31 23:59:59.999999",
     "0044-03-15 (BC) 00:00:00", "-infinity", "2024-02-29 00:00:00"],
)  # fmt: skip
def test_times_of_every_age_and_fineness(driver: Driver, value: str) -> None:
    _read(
        driver, {"occurred_at": f"'{value}{'' if value.startswith('-') else '+00'}'::TIMESTAMPTZ"}
    )


@pytest.mark.parametrize(
    "value",
    ["'2026-01-05 07:00:00'::TIMESTAMP", "'2026-01-05 07:00:00'::TIMESTAMP_S",
     "'2026-01-05 07:00:00'::TIMESTAMP_MS", "'2026-01-05 07:00:00'::TIMESTAMP_NS",
     "'2026-01-05'::DATE", "'07:00'::TIME", "1767596400", "'infinity'::TIMESTAMPTZ",
     "INTERVAL 1 DAY", "'12026-01-01 00:00:00+00'::TIMESTAMPTZ"],
)  # fmt: skip
def test_times_without_a_zone_are_refused(driver: Driver, value: str) -> None:
    [refused] = _read(driver, {"occurred_at": value}).rejections
    assert refused["path"] == "$.occurred_at"


@pytest.mark.parametrize(
    "value",
    ["5", "5.5", "true", "NULL", "''", "[1]", "{'a': 1}", "MAP {'a': 1}", "'nan'::DOUBLE",
     "5::DECIMAL(10,2)"],
)  # fmt: skip
def test_what_is_no_text_is_refused_where_text_belongs(driver: Driver, value: str) -> None:
    [refused] = _read(driver, {"message_id": value}).rejections
    assert refused["path"] == "$.message_id"


@pytest.mark.parametrize(
    ("value", "micros"),
    [("5", 5), ("5::UTINYINT", 5), ("5::HUGEINT", 5), ("5.0::DOUBLE", 5), ("5::DECIMAL(18,2)", 5),
     ("18446744073709551615::UBIGINT", None), ("5.5::DOUBLE", None), ("'nan'::DOUBLE", None),
     ("'-inf'::DOUBLE", None), ("'5'", None), ("true", None), ("-1", None)],
)  # fmt: skip
def test_whole_numbers_of_any_type_are_taken(
    driver: Driver, value: str, micros: int | None
) -> None:
    run = _read(driver, {"cost_micros": value, "currency": "'IDR'"})
    assert [row["cost_micros"] for row in run.rows] == ([] if micros is None else [micros])


@pytest.mark.parametrize(
    "columns",
    [{"record": "'x'", "leads": "1"}, {"Record": "7"}, {"c0": "'x'"}, {"file_row_number": "5"},
     {"x": "'nan'::DOUBLE", "event": "5"}, {"x": "'\\xFF'::BLOB", "event": "5"},
     {"x": "[{'a': ['inf'::DOUBLE, NULL]}]", "event": "5"}, {"x": "uuid()", "event": "5"},
     {"region": "'a\"b\\'", "segment": "chr(10)"}, {"event": "'sent'::ENUM('sent', 'failed')"}],
)  # fmt: skip
def test_on_columns_of_any_name_and_type(driver: Driver, columns: dict[str, str]) -> None:
    _read(driver, columns)


@pytest.mark.parametrize("name", ["record", "file_row_number", "to.place"])
def test_on_fields_from_any_column(driver: Driver, name: str) -> None:
    run = _read(driver, {name: "'Jawa'"}, Options(fields={"region": name}))
    assert [row["region"] for row in run.rows] == ["Jawa"]


def test_on_many_rows(driver: Driver) -> None:
    path = driver.folder / "many.parquet"
    driver.engine.execute(
        "COPY (SELECT 'm' || i // 3 AS message_id, CASE i % 7 WHEN 0 THEN 'no' ELSE 'read' END "
        "AS event, 'push' AS channel, 'p' || i // 3 AS recipient, "
        "to_timestamp(i) AS occurred_at FROM range(3000) AS t(i)) "
        f"TO {file_literal(path)} (FORMAT parquet, ROW_GROUP_SIZE 2048)"
    )
    balance = driver.agrees(path).ingested.balance
    assert (balance.records, balance.rejected, balance.messages) == (3000, 429, 1000)
