"""``reach check`` on tables that count people: how numbers are written, and what is odd of a whole."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from conftest import Run

UNIVERSE = (
    "region;code;age;persons;source;as_of\n"
    "Bogor;3201;18+;3.741.200;BPS;2020\n"
    "Ciamis;3207;18+;900.000;BPS;2020\n"
    "Jawa Barat;32;18+;4.641.201;BPS;2020\n"
)


@pytest.fixture
def universe(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "universe.csv").write_text(UNIVERSE, encoding="utf-8")
    return "universe.csv"


def flat(text: str) -> str:
    return " ".join(text.split())


def test_numbers_are_refused_until_they_are_declared(reach: Run, universe: str) -> None:
    guessed = reach("check", universe)
    assert guessed.code == 1
    assert "--decimal , --thousands ." in flat(guessed.out + guessed.err)
    declared = reach("check", universe, "--decimal", ",", "--thousands", ".")
    assert declared.code == 0
    assert "3 records = 2 accepted + 0 refused + 1 without an event" in declared.out
    assert "sum up others, and are not added: 32 Jawa Barat." in flat(declared.out)
    assert "is 4641201, and the rows within it come to 4641200" in flat(declared.out)


def test_in_indonesian(reach: Run, universe: str) -> None:
    done = reach("check", universe, "--decimal", ",", "--thousands", ".", "--lang", "id")
    assert "tidak ikut ditambahkan: 32 Jawa Barat." in flat(done.out)


@pytest.mark.parametrize(
    ("signs", "code", "said"),
    [
        (("--thousands", "."), 3, 'thousands: "." without decimal'),
        (("--decimal", ",", "--thousands", ","), 3, "one sign for each"),
        (("--decimal", "'"), 2, "--decimal"),
    ],
)
def test_what_can_not_be_declared(
    reach: Run, universe: str, signs: tuple[str, ...], code: int, said: str
) -> None:
    done = reach("check", universe, *signs)
    assert (done.code, done.out) == (code, "")
    assert said in done.err


def test_a_log_of_messages_has_no_use_for_it(reach: Run, universe: str) -> None:
    line = '{"message_id": "m", "event": "sent", "channel": "sms", "recipient": "+6281"}\n'
    Path("log.ndjson").write_text(line, encoding="utf-8")
    done = reach("check", "log.ndjson", "--decimal", ",")
    assert done.code == 3
    assert "--decimal: got ,, of which no log here has a use (format reach)" in done.err
    both = reach("check", "log.ndjson", universe, "--decimal", ",", "--thousands", ".")
    assert (both.code, both.err) == (0, "")
