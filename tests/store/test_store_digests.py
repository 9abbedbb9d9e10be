"""Digests are remembered of files that no later change can slip by."""

from __future__ import annotations

import hashlib
import os
import time
from concurrent.futures import Future
from pathlib import Path

import pytest

from reach.errors import InputError
from reach.store.digests import NAME, Digests

LONG_AGO = (1_700_000_000, 1_700_000_000)


def told(digests: Digests, path: Path) -> str:
    found = digests.of(path, path.name)
    return found.result() if isinstance(found, Future) else found


@pytest.fixture
def settled(monkeypatch: pytest.MonkeyPatch) -> None:
    """The clock stands a minute on, so that what is written now was written long ago."""
    later = time.time_ns() + 60_000_000_000
    monkeypatch.setattr(time, "time_ns", lambda: later)


def write(path: Path, text: str) -> str:
    path.write_text(text)
    return hashlib.sha256(text.encode()).hexdigest()


@pytest.mark.usefixtures("settled")
def test_an_untouched_file_is_not_read_again(tmp_path: Path) -> None:
    log = tmp_path / "log"
    digest = write(log, "one")
    first = Digests(tmp_path)
    assert told(first, log) == digest
    first.keep()
    again = Digests(tmp_path)
    assert again.of(log, "log") == digest  # at once, and not as a promise


@pytest.mark.usefixtures("settled")
def test_a_change_of_the_same_size_and_time_shows(tmp_path: Path) -> None:
    log = tmp_path / "log"
    write(log, "one")
    os.utime(log, LONG_AGO)
    first = Digests(tmp_path)
    told(first, log)
    first.keep()
    digest = write(log, "two")
    os.utime(log, LONG_AGO)  # whoever sets a file's time back can't set back when they did
    assert told(Digests(tmp_path), log) == digest


def test_of_a_file_that_was_written_just_now_only_the_size_is_remembered(tmp_path: Path) -> None:
    log = tmp_path / "log"
    digest = write(log, "one" * 20_000_000)
    digests = Digests(tmp_path)
    assert digests.is_new(60_000_000)
    assert not digests.is_new(3)  # too small to be worth it
    assert told(digests, log) == digest
    digests.keep()
    again = Digests(tmp_path)
    assert isinstance(again.of(log, "log"), Future)
    assert not again.is_new(60_000_000)


def test_a_file_whose_time_was_set_back_just_now_is_not_remembered(tmp_path: Path) -> None:
    log = tmp_path / "log"
    write(log, "one")
    os.utime(log, LONG_AGO)
    digests = Digests(tmp_path)
    told(digests, log)
    digests.keep()
    assert isinstance(Digests(tmp_path).of(log, "log"), Future)


@pytest.mark.usefixtures("settled")
@pytest.mark.parametrize(
    "damage", ["", "[1]", '{"1:2:3:4:5": 6}', '{"odd": "' + "a" * 64 + '"}', "\x00"]
)
def test_damage_costs_time_and_nothing_else(tmp_path: Path, damage: str) -> None:
    log = tmp_path / "log"
    digest = write(log, "one")
    (tmp_path / NAME).write_text(damage)
    digests = Digests(tmp_path)
    assert told(digests, log) == digest
    digests.keep()
    assert Digests(tmp_path).of(log, "log") == digest


@pytest.mark.usefixtures("settled")
def test_without_a_store_nothing_is_kept(tmp_path: Path) -> None:
    log = tmp_path / "log"
    digest = write(log, "one")
    digests = Digests(None)
    assert told(digests, log) == digest
    digests.keep()
    assert [path.name for path in tmp_path.iterdir()] == ["log"]


def test_a_file_that_is_gone_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"march\.log"):
        told(Digests(None), tmp_path / "march.log")
