"""The same file read the same way is the same ingest, and nothing else is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from reach.formats.record import Options
from reach.formats.registry import FORMATS
from reach.ingest import identity
from reach.ingest.identity import digest, ingest_id

if TYPE_CHECKING:
    from drive import Driver

CONTENT = b"message_id,event,channel,recipient\nm1,sent,sms,+62\n"
PLAN: dict[str, Any] = {
    "channel": "channel",
    "person": "recipient",
    "delivered": {"column": "event", "equals": ["01"]},
}
FINGERPRINT = "f" * 32


def _id(
    driver: Driver,
    *,
    content: bytes = CONTENT,
    name: str = "one.csv",
    options: Options | None = None,
    as_format: str = "reach",
    log_end_us: int | None = None,
    country: str | None = None,
    key: str = FINGERPRINT,
) -> str:
    path = driver.folder / name
    path.write_bytes(content)
    log = driver.open(path, options or Options(), name)
    return ingest_id(log, FORMATS[as_format], log_end_us, country, key)


def test_the_same_file_read_the_same_way_is_the_same_ingest(driver: Driver) -> None:
    assert _id(driver) == _id(driver)
    assert len(_id(driver)) == 64


def test_a_file_is_known_by_its_bytes_and_not_by_its_name(driver: Driver) -> None:
    assert _id(driver, name="one.csv") == _id(driver, name="two.csv")


def test_the_order_of_a_map_does_not_matter(driver: Driver) -> None:
    turned = dict(reversed(PLAN.items()))
    assert _id(driver, options=Options(map=PLAN)) == _id(driver, options=Options(map=turned))


def test_naming_the_format_that_is_recognised_changes_nothing(driver: Driver) -> None:
    assert _id(driver) == _id(driver, options=Options(format="reach"))


@pytest.mark.parametrize(
    "change",
    [
        {"content": CONTENT + b"m2,sent,sms,+62\n"},
        {"as_format": "table"},
        {"log_end_us": 0},
        {"log_end_us": 1_767_596_400_000_000},
        {"country": "ID"},
        {"key": "0" * 32},
        {"options": Options(set={"region": "Jawa"})},
        {"options": Options(set={"segment": "Jawa"})},
        {"options": Options(fields={"region": "Jawa"})},
        {"options": Options(map=PLAN)},
        {"options": Options(map=PLAN | {"person": {"row": True}})},
        {"options": Options(map=PLAN | {"delivered": {"column": "event", "equals": ["1"]}})},
    ],
    ids=str,
)
def test_all_that_decides_the_evidence_makes_another_ingest(
    driver: Driver, change: dict[str, Any]
) -> None:
    assert _id(driver, **change) != _id(driver)


def test_another_event_schema_makes_another_ingest(
    driver: Driver, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = _id(driver)
    monkeypatch.setattr(identity, "schema_text", lambda _: "{}")
    assert _id(driver) != before


def test_a_digest_is_that_of_the_bytes(driver: Driver) -> None:
    path = driver.folder / "empty"
    path.write_bytes(b"")
    # FIPS 180-4: SHA-256 of the empty message.
    assert digest(path, "empty").startswith("e3b0c44298fc1c149afbf4c8996fb924")
