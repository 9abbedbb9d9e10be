"""Damaged tables of mentions, of what the office put out, measured, asked and supposed: no crash, and nothing lost."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mangled import mangled_lines
from measured import SAMPLES, Measured, measured

from reach.formats.media.placement import COLUMNS
from reach.formats.registry import MEDIA
from reach.schemas import validator

TABLES = {
    "meltwater": SAMPLES / "meltwater" / "newer.csv",
    "placement": SAMPLES / "placement" / "placements.csv",
    "audience": SAMPLES / "audience" / "audiences.csv",
    "attendance": SAMPLES / "attendance" / "events.csv",
    "survey": SAMPLES / "survey" / "recall.csv",
    "universe": SAMPLES / "universe" / "regions.csv",
    "coverage": SAMPLES / "coverage" / "signal.csv",
    "estimate": SAMPLES / "estimate" / "inputs.csv",
}


def plain(content: bytes) -> bytes:
    return content


def utf_16(content: bytes) -> bytes:
    return content.decode("utf-8", "replace").encode("utf-16")


def named_delimiter(content: bytes) -> bytes:
    return b"\xef\xbb\xbfsep=,\r\n" + content


def carriage_returns(content: bytes) -> bytes:
    return content.replace(b"\r\n", b"\n").replace(b"\n", b"\r")


def read(content: bytes) -> Measured:
    """Read a file, and hold what comes of it against the laws."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "table"
        path.write_bytes(content)
        found = measured(path)
    found.balance.check("table")
    balance = found.balance
    assert balance.records == balance.accepted + balance.rejected + balance.without_event
    row = MEDIA[found.format].row
    for each in found.rows:
        validator(row).validate(each)
    for one in found.rejections:
        validator("rejection").validate(one)
        assert one["expected"]
    return found


def office_lines(name: str) -> list[bytes]:
    return TABLES[name].read_bytes().rstrip(b"\n").split(b"\n")


@pytest.mark.parametrize("name", TABLES)
@pytest.mark.parametrize("dress", [plain, utf_16, named_delimiter, carriage_returns])
@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 1_000_000))
def test_a_damaged_table(name: str, dress: Callable[[bytes], bytes], seed: int) -> None:
    content = mangled_lines(office_lines(name), seed, 12, head=1)
    found = read(dress(content))
    assert found.format == name
    if dress is plain:
        lines = content.decode("utf-8", "backslashreplace").split("\n")
        for one in found.rejections:
            assert lines[one["line"] - 1].startswith(one["raw"].split("\n")[0].rstrip("\r"))


@settings(max_examples=30, deadline=None)
@given(seed=st.integers(0, 1_000_000))
def test_damaged_lines_of_json(seed: int) -> None:
    lines = (SAMPLES / "placement" / "placements.ndjson").read_bytes().rstrip(b"\n").split(b"\n")
    content = mangled_lines(lines * 4, seed, 6, head=1)
    found = read(content)
    assert found.format == "placement"
    texts = [line.decode("utf-8", "backslashreplace") for line in content.split(b"\n")]
    for one in found.rejections:
        assert texts[one["line"] - 1].strip() == one["raw"].strip()


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=8)
    | st.sampled_from(
        ("2026-01-05T07:00:00Z", "2026-02-30", "IDR", "confirmed", "a" * 64, 10**400)
    ),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3)
    ),
    max_leaves=6,
)


@settings(max_examples=40, deadline=None)
@given(
    changes=st.lists(
        st.dictionaries(st.sampled_from([column.said for column in COLUMNS]), JSON, max_size=4),
        max_size=4,
    )
)
def test_any_value_in_any_field(changes: list[dict[str, object]]) -> None:
    good = {"placement_id": "p", "medium": "tv", "status": "planned", "starts_on": "2026-01-05"}
    rows = [good, *(good | change for change in changes)]
    found = read("\n".join(map(json.dumps, rows)).encode())
    assert found.balance.records == len(rows)


@pytest.mark.parametrize("name", TABLES)
def test_a_cell_of_a_megabyte(name: str) -> None:
    header, row, *_ = office_lines(name)
    cells = row.split(b",")
    wide = [
        b",".join([*cells[:place], b"x" * (1 << 20), *cells[place + 1 :]])
        for place in (0, 2, len(cells) - 1)
    ]
    found = read(b"\n".join([header, *wide, row]))
    assert found.balance.records == 4
    assert [one["line"] for one in found.rejections][:1] == [2]
    assert all(len(one["received"]) < 200 for one in found.rejections)


@pytest.mark.parametrize("depth", [100, 900, 990, 1000, 5000, 100_000])
@pytest.mark.parametrize("field", ["message_ids", "vehicle", "note"])
def test_thousands_of_levels(field: str, depth: int) -> None:
    good = {"placement_id": "p", "medium": "tv", "status": "planned", "starts_on": "2026-01-05"}
    text = json.dumps(good)
    deep = text[:-1] + f', "{field}": ' + "[" * depth + "]" * depth + "}"
    twice = text[:-1] + f', "{field}": [' + ",".join(["[" * depth + "]" * depth] * 2) + "]}"
    found = read(f"{text}\n{deep}\n{twice}".encode())
    assert found.balance.records == 3
    assert found.balance.accepted == (3 if field == "note" else 1)
