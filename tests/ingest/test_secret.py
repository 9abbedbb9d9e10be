"""The secret is kept well, and the engine hashes with it as Python does."""

from __future__ import annotations

import hashlib
import hmac
import os
import re
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from subprocess import PIPE, Popen
from threading import Barrier
from typing import TYPE_CHECKING

import pytest
from drive import KEY
from hypothesis import example, given, settings
from hypothesis import strategies as st

from reach.engine import connect
from reach.errors import ConfigError
from reach.ingest.secret import (
    SHORTEST,
    VARIABLE,
    define_macros,
    fingerprint,
    keyed,
    load_key,
    normal_address,
)

if TYPE_CHECKING:
    from drive import Driver

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)


@pytest.fixture(autouse=True)
def no_key_in_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)


def test_a_missing_secret_is_made_for_its_owner_only(tmp_path: Path) -> None:
    file = tmp_path / "key"
    old = os.umask(0)
    try:
        made = load_key(file)
    finally:
        os.umask(old)
    assert file.stat().st_mode & 0o777 == 0o600
    assert len(made) >= SHORTEST
    assert load_key(file) == made
    assert load_key(tmp_path / "other") != made


def test_of_many_that_make_the_secret_at_once_all_get_the_same(tmp_path: Path) -> None:
    crowd = 8
    for name in ("one", "two", "three"):
        file, start = tmp_path / name, Barrier(crowd)

        def at_once(file: Path = file, start: Barrier = start) -> bytes:
            start.wait()
            return load_key(file)

        with ThreadPoolExecutor(crowd) as pool:
            made = [each.result() for each in [pool.submit(at_once) for _ in range(crowd)]]
        assert set(made) == {file.read_bytes()}
    assert {each.name for each in tmp_path.iterdir()} == {"one", "two", "three"}


def test_several_processes_share_the_secret_that_one_made(tmp_path: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from reach.ingest.secret import load_key; "
        "sys.stdin.read(); print(load_key(Path(sys.argv[1])).decode())"
    )
    command = [sys.executable, "-c", script, str(tmp_path / "key")]
    running = [Popen(command, stdin=PIPE, stdout=PIPE, text=True) for _ in range(4)]
    for each in running:
        assert each.stdin is not None
        each.stdin.close()  # all have started: go
    said = set()
    for each in running:
        with each:
            assert each.stdout is not None
            said.add(each.stdout.read().strip())
    assert said == {(tmp_path / "key").read_text()}


def test_a_secret_half_written_is_never_seen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "key"
    sync = os.fsync

    def seen(handle: int) -> None:
        assert not file.exists()
        sync(handle)
        monkeypatch.setattr(os, "fsync", sync)

    monkeypatch.setattr(os, "fsync", seen)
    assert len(load_key(file)) >= SHORTEST


def test_a_secret_that_another_made_meanwhile_is_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, other = tmp_path / "key", b"k" * SHORTEST

    def overtaken(_: str, target: Path) -> None:
        target.write_bytes(other)
        target.chmod(0o600)
        raise FileExistsError

    monkeypatch.setattr(os, "link", overtaken)
    assert load_key(file) == other
    assert list(tmp_path.iterdir()) == [file]


def test_a_secret_is_read_where_nothing_may_be_made(tmp_path: Path) -> None:
    made = load_key(tmp_path / "key")
    tmp_path.chmod(0o500)
    try:
        assert load_key(tmp_path / "key") == made
    finally:
        tmp_path.chmod(0o700)


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o644, 0o620, 0o601])
def test_a_secret_that_others_may_read_is_refused(tmp_path: Path, mode: int) -> None:
    file = tmp_path / "key"
    file.write_bytes(b"k" * SHORTEST)
    file.chmod(mode)
    with pytest.raises(ConfigError) as caught:
        load_key(file)
    assert str(caught.value) == (
        f"{file}: got a secret that others may read, expected mode 0600: chmod 600 {file}"
    )


@pytest.mark.parametrize("length", [0, 1, SHORTEST - 1])
def test_a_short_secret_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, length: int
) -> None:
    file = tmp_path / "key"
    file.write_bytes(b"k" * length + b"\n")
    file.chmod(0o600)
    said = (
        f"got a secret of {length} bytes, expected at least 32; "
        "without this secret stored evidence can't be matched"
    )
    with pytest.raises(ConfigError, match=f"^{re.escape(f'{file}: {said}')}$"):
        load_key(file)
    monkeypatch.setenv(VARIABLE, "k" * length)
    with pytest.raises(ConfigError, match=re.escape(f"$REACH_KEY: {said}")):
        load_key(file)


def test_the_environment_wins_and_leaves_no_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, "from the environment, long enough")
    assert load_key(tmp_path / "key") == b"from the environment, long enough"
    assert not (tmp_path / "key").exists()


def test_a_line_break_at_the_end_of_the_file_is_not_part_of_it(tmp_path: Path) -> None:
    file = tmp_path / "key"
    file.write_bytes(b"k" * SHORTEST + b"\r\n")
    file.chmod(0o600)
    assert load_key(file) == b"k" * SHORTEST


@pytest.mark.parametrize(
    ("place", "received"), [("nowhere/key", "no such file or directory"), (".", "is a directory")]
)
def test_a_secret_that_cannot_be_kept_is_told(tmp_path: Path, place: str, received: str) -> None:
    with pytest.raises(ConfigError) as caught:
        load_key(tmp_path / place)
    assert str(caught.value) == (
        f"{tmp_path / place}: got {received}, expected a file to keep the secret in, "
        "or $REACH_KEY set"
    )


@settings(max_examples=60, deadline=None)
@given(address=TEXT, provider=TEXT, account=TEXT, name=TEXT)
@example(address="", provider="", account="", name="")
@example(address="+62", provider="1:a", account="", name="b")
def test_hashes_equal_those_of_the_standard_library(
    driver: Driver, address: str, provider: str, account: str, name: str
) -> None:
    [(person, message)] = driver.engine.execute(
        "SELECT pseudonym($1), message_key(pseudonym($1), message_scope($2, $3), $4)",
        [address, provider, account, name],
    ).fetchall()
    assert person == hmac.new(KEY, address.encode(), hashlib.sha256).digest()[:16]
    assert person == keyed(KEY, address)
    secret = hmac.new(KEY, b"message keys", hashlib.sha256).digest()[:16]
    scope = f"{len(provider)}:{provider}{len(account)}:{account}{name}"
    assert message == hashlib.sha256(secret + person + scope.encode()).digest()[:16]


@pytest.mark.parametrize("length", [32, 63, 64, 65, 200])
def test_hashes_equal_at_every_length_of_key(length: int) -> None:
    key = bytes(range(length))
    with connect() as engine:
        define_macros(engine, key)
        found = engine.execute("SELECT pseudonym('Siti')").fetchall()
    assert found == [(hmac.new(key, b"Siti", "sha256").digest()[:16],)]


def test_the_fingerprint_does_not_tell_the_key() -> None:
    assert fingerprint(KEY) == fingerprint(bytes(KEY))
    assert fingerprint(KEY) != fingerprint(KEY[::-1])
    assert KEY.hex() not in fingerprint(KEY)
    assert len(fingerprint(KEY)) == 32


ADDRESS = st.text(st.sampled_from("aZÉéİẞΣς@ \xa0\u2003.+6") | st.characters(), max_size=10)


@settings(max_examples=20, deadline=None)
@given(addresses=st.lists(ADDRESS, min_size=1, max_size=60))
@example(addresses=[" A@B ", "\xa0A@B\xa0", " \xa0A@B\u2003 ", "İ@X", "ΑΣ@X", "ẞ@X", " +62 8 "])
def test_addresses_are_normalised_alike(driver: Driver, addresses: list[str]) -> None:
    # What holds other blanks than spaces comes to the engine only after Python.
    plain = [
        address.translate(dict.fromkeys(map(ord, "\t\r\n\f\v")))
        for address in addresses
        if not any("\ud800" <= sign <= "\udfff" for sign in address)
    ]
    found = driver.engine.execute(
        "SELECT t, normal_address(t) FROM (SELECT unnest($1) AS t)", [plain]
    ).fetchall()
    assert found == [(address, normal_address(address)) for address in plain]


@pytest.mark.parametrize(
    ("written", "normal"),
    [("\t Siti@Example.ORG\r\n", "siti@example.org"), ("Siti", "Siti"), (" +62 81 ", "+62 81"),
     ("SITI.É@X", "siti.É@x")],
)  # fmt: skip
def test_an_address_is_one_however_it_is_written(written: str, normal: str) -> None:
    assert normal_address(written) == normal
    assert normal_address(normal) == normal
