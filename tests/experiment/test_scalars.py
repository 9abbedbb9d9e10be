from __future__ import annotations

import pytest

from reach.experiment.scalars import resolve


# The examples of YAML 1.2.2, 10.3.2, and words that YAML 1.1 took for something else.
@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("", None), ("null", None), ("~", None), ("true", True), ("False", False),
        ("0", 0), ("-19", -19), ("+12", 12), ("0o7", 7), ("0x3A", 58), ("0123", 123),
        ("0.", 0.0), (".5", 0.5), ("12e03", 12000.0), ("-2E+05", -200000.0), ("+12.3", 12.3),
        ("NO", "NO"), ("yes", "yes"), ("off", "off"), ("y", "y"), ("tRUE", "tRUE"),
        ("2026-01-05", "2026-01-05"), ("12:30:45", "12:30:45"), ("1_000", "1_000"),
        ("0b1", "0b1"), ("<<", "<<"), ("=", "="), (".", "."), ("1e", "1e"), ("٣", "٣"),
    ],
)  # fmt: skip
def test_core_schema(text: str, value: object) -> None:
    resolved = resolve(text)
    assert resolved == value
    assert type(resolved) is type(value)


@pytest.mark.parametrize("text", [".inf", "-.INF", ".nan", "1e999", "9" * 101, "0x" + "f" * 101])
def test_no_number_that_is_none(text: str) -> None:
    with pytest.raises(ValueError, match="number"):
        resolve(text)
