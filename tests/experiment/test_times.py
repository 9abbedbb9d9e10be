from __future__ import annotations

import pytest

from reach.experiment.times import duration_us, moment_us


@pytest.mark.parametrize(
    ("text", "microseconds"),
    [("0s", 0), ("90m", 5_400_000_000), ("36500d", 3_153_600_000_000_000)],
)
def test_durations(text: str, microseconds: int) -> None:
    assert duration_us(text) == microseconds


@pytest.mark.parametrize(
    "text", ["", "72", "72 h", "-1h", "1.5h", "72h\n", "٧h", "36501d", "9" * 30 + "d"]
)
def test_what_is_no_duration(text: str) -> None:
    with pytest.raises(ValueError, match="a duration"):
        duration_us(text)


@pytest.mark.parametrize(
    ("text", "microseconds"),
    [
        ("2026-01-05T07:00:00Z", 1_767_596_400_000_000),
        ("2026-01-05t14:00:00+07:00", 1_767_596_400_000_000),
        ("1969-12-31T23:59:59.9999999z", -1),
        ("0001-01-01T00:00:00Z", -62_135_596_800_000_000),
        ("9999-12-31T23:59:59.5Z", 253_402_300_799_500_000),
    ],
)
def test_moments(text: str, microseconds: int) -> None:
    assert moment_us(text) == microseconds


@pytest.mark.parametrize(
    "text",
    [
        "2026-01-05T07:00:00",
        "2026-01-05",
        "2026-02-29T00:00:00Z",
        "",
        "9999-12-31T23:59:59-00:01",
        "0001-01-01T00:00:00+00:01",
    ],  # no calendar in UTC has these
)
def test_what_is_no_moment(text: str) -> None:
    with pytest.raises(ValueError, match=r"date|zone|isoformat|day"):
        moment_us(text)
