"""Damaged tables of posts: each row is read, or refused by its line and column, and none is lost."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mangled import mangled_bytes, mangled_lines
from measured import SAMPLES, Measured, measured, written

from reach.errors import InputError
from reach.formats.record import Options
from reach.schemas import validator

FILES = {
    "facebook/content.csv": Options(timezone="Asia/Jakarta"),
    "facebook/insights.csv": Options(),
    "instagram/content.csv": Options(timezone="America/Los_Angeles"),
    "x/content.csv": Options(),
    "x/twotweets_updated.csv": Options(),
    "youtube/Table data.csv": Options(),
    "tiktok/Content.csv": Options(year=2026),
}
CELLS = {
    "facebook/content.csv": b"Klarifikasi",
    "facebook/insights.csv": b"Photo,2,12,4,3",
    "instagram/content.csv": b"Klarifikasi",
    "x/content.csv": b"lihat utas ini",
    "x/twotweets_updated.csv": b"Tech conferences",
    "youtube/Table data.csv": b"Klarifikasi",
    "tiktok/Content.csv": b"Klarifikasi",
}
"""What stands in a cell of a text."""


def holds(found: Measured) -> None:
    """Nothing is lost, what is taken is valid, what is not is named."""
    balance = found.balance
    assert balance.records == balance.accepted + balance.rejected + balance.without_event
    for row in found.rows:
        validator("post").validate(row)
    lines = [one["line"] for one in found.rejections]
    assert lines == sorted(lines)
    for one in found.rejections:
        assert one["path"].startswith("$")
        assert one["line"] > 1
        validator("rejection").validate(one)


def held(content: bytes, name: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = written(Path(folder), content)
        try:
            found = measured(path, FILES[name])
        except InputError:
            # Its head was hit. Under its name it is read, or it is told that it can't be.
            try:
                wanted = Options(
                    format=Path(name).parts[0],
                    timezone=FILES[name].timezone,
                    year=FILES[name].year,
                )
                found = measured(path, wanted)
            except InputError:
                return
        holds(found)


@pytest.mark.parametrize("name", FILES)
@settings(max_examples=30, deadline=None)
@given(seed=st.integers(0, 2**32))
def test_rows_that_are_damaged(name: str, seed: int) -> None:
    sample = (SAMPLES / name).read_bytes()
    lines = sample.replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n")
    held(mangled_lines(lines, seed, 40, head=1), name)


@pytest.mark.parametrize("name", FILES)
@settings(max_examples=30, deadline=None)
@given(seed=st.integers(0, 2**32))
def test_files_that_are_damaged_anywhere(name: str, seed: int) -> None:
    held(mangled_bytes((SAMPLES / name).read_bytes()[:4000], seed), name)


@pytest.mark.parametrize("name", FILES)
def test_a_cell_of_a_megabyte(tmp_path: Path, name: str) -> None:
    sample = (SAMPLES / name).read_bytes()
    mark = CELLS[name]
    assert mark in sample
    found = measured(
        written(tmp_path, sample.replace(mark, mark + b"x" * 1_000_000, 1)), FILES[name]
    )
    holds(found)
    assert found.balance.records == measured(SAMPLES / name, FILES[name]).balance.records


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("size", [0.3, 0.6, 0.9, 0.99])
def test_a_file_that_is_cut(name: str, size: float) -> None:
    sample = (SAMPLES / name).read_bytes()
    held(sample[: int(len(sample) * size)], name)


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("digits", [16, 300, 10_000])
def test_numbers_of_many_digits_are_no_counts(tmp_path: Path, name: str, digits: int) -> None:
    text = (SAMPLES / name).read_bytes().decode("utf-8-sig")
    for number in ("5200", "5091", "1450", "12297", "332", "4310", "28590"):
        text = text.replace(f",{number},", f",{'9' * digits},").replace(
            f'"{number}"', f'"{"9" * digits}"'
        )
    found = measured(written(tmp_path, text), FILES[name])
    holds(found)
    assert found.balance.rejected > measured(SAMPLES / name, FILES[name]).balance.rejected
