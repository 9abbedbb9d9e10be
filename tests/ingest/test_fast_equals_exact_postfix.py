"""The law "fast equals exact" on mail logs: real ones, damaged ones, and odd stories of a queue."""

from __future__ import annotations

import bz2
import gzip
import random
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mangled import mangled_bytes, mangled_lines

from reach.formats.record import Options
from reach.formats.registry import FORMATS

if TYPE_CHECKING:
    from drive import Driver

SAMPLES = Path(__file__).parents[1] / "data" / "samples" / "postfix"
MODOBOA = (SAMPLES / "modoboa.log").read_bytes().replace(b"%(day)s", b"Nov 16")
YOUYO = (SAMPLES / "youyo.log").read_bytes().splitlines()
MIXED = (SAMPLES / "youyo-iso8601.log").read_bytes().splitlines() + YOUYO
JAKARTA = Options(format="postfix", timezone="Asia/Jakarta", year=2017)
BERLIN = Options(format="postfix", timezone="Europe/Berlin", year=2017, hops=("gw.example.id",))

NEW_YEAR = [f"Dec 31 23:59:5{second}" for second in range(10)]
NEW_YEAR += [f"Jan  1 00:00:0{second}" for second in range(10)]
ODD_TIMES = (
    "Feb 29 10:00:00", "Mar 26 02:30:00", "Jan 11 07:00:01", "Jul  1 12:00:00",
    "2017-12-31T23:59:59.5+07:00", "2018-01-08T00:30:00+0700", "2018-06-01T00:00:00Z",
    "2017-02-30T00:00:00Z", "2017-06-01T00:00:00+14:59", "2999-06-01T00:00:00Z",
)  # fmt: skip
IDS = ("A0320E00C3", "B1748A00D4", "C6E0DDB74006", "4FqXzBz3rYzz1Wr", "3D74ADB7400B")
PEOPLE = ("a@x.id", "b@x.id", '"q"@x.id', "c\\d@x.id", "é@x.id", " ")
RESULTS = (
    ("2.0.0", "sent (250 Ok: queued as {})"), ("2.0.0", "sent (250 Saved)"),
    ("4.4.1", "deferred (timeout)"), ("4.2.2", "deferred (full)"), ("5.1.1", "bounced (unknown)"),
    ("4.0.0", "bounced (odd)"), ("2.1.5", "bounced (odder)"), ("2.1.5", "deliverable (ok)"),
    ("2.7.0", "sent (250 2.7.0 Ok, discarded, id=1 - spam)"), ("2.0.0", "sent (forwarded as {})"),
    ("4.1.1", "SOFTBOUNCE (x)"), ("5.0.0", "odd (x)"), ("2.0.0", "sent (perhaps onwards"),
)  # fmt: skip
RELAYS = (
    "127.0.0.1[127.0.0.1]:10024", "mx.example.org[192.0.2.1]:25", "GW.example.id[10.0.0.2]:25",
    "a[private/dovecot-lmtp]", "local", "none", "x[::1]:25", "localhost", "a[b[127.0.0.1]:25", "",
)  # fmt: skip


def story(seed: int) -> list[bytes]:
    """Lines about a few queue ids, in an order that no queue would have."""
    chance = random.Random(seed)  # noqa: S311 -- a test's choice of cases
    told, now = ["Dec 31 23:59:50 mx postfix/qmgr[1]: A0320E00C3: removed"], 0
    for _ in range(chance.randint(5, 80)):
        now = min(now + (chance.random() < 0.2), len(NEW_YEAR) - 1)
        at = chance.choice(ODD_TIMES) if chance.random() < 0.2 else NEW_YEAR[now]
        queue_id, other = chance.choice(IDS), chance.choice((*IDS, "FFFF00001111"))
        kind = chance.random()
        if kind < 0.4:
            what = chance.choice(
                ("removed", "from=<o@x.id>, size=9, nrcpt=1 (queue active)",
                 "from=<o@x.id>, status=expired, returned to sender", "from=<>, status=odd")
            )  # fmt: skip
            told.append(f"{at} mx postfix/qmgr[2]: {queue_id}: {what}")
            continue
        dsn, result = chance.choice(RESULTS)
        agent = chance.choice(("smtp", "lmtp", "local", "discard", "out/smtp"))
        delay = chance.choice(("0.1", "12", "86400", "5000000", "864000"))
        rest = chance.choice(("", "orig_to=<z@x>, ")) + f"relay={chance.choice(RELAYS)}, "
        rest += f"delay={delay}, delays=0/0/0/0, dsn={dsn}, status={result.format(other)}"
        told.append(f"{at} mx postfix/{agent}[7]: {queue_id}: to=<{chance.choice(PEOPLE)}>, {rest}")
    return [line.encode() for line in told]


@settings(max_examples=10, deadline=None)
@given(seed=st.integers(0, 2**40), berlin=st.booleans())
def test_on_odd_stories_and_damaged_ones(driver: Driver, seed: int, *, berlin: bool) -> None:
    path = driver.folder / "story.log"
    for content in (b"\n".join(story(seed)), mangled_lines(story(seed), seed, 60, head=1)):
        path.write_bytes(content)
        driver.agrees(path, BERLIN if berlin else JAKARTA, 1_530_000_000_000_000)


@settings(max_examples=8, deadline=None)
@given(seed=st.integers(0, 2**40), which=st.integers(0, 2))
def test_on_damaged_samples(driver: Driver, seed: int, which: int) -> None:
    path = driver.folder / "damaged.log"
    path.write_bytes(mangled_lines((MODOBOA.splitlines(), YOUYO, MIXED)[which], seed, 90, head=1))
    driver.agrees(path, JAKARTA)


@settings(max_examples=6, deadline=None)
@given(seed=st.integers(0, 2**40))
def test_on_faults_anywhere(driver: Driver, seed: int) -> None:
    path = driver.folder / "bytes.log"
    path.write_bytes(YOUYO[0] + b"\n" + mangled_bytes(b"\n".join(story(seed)), seed))
    driver.agrees(path, BERLIN)


def test_every_line_is_a_record_and_every_packing_comes_to_the_same(driver: Driver) -> None:
    rows = []
    packings = {"plain": bytes, "gzip": gzip.compress, "bzip2": bz2.compress}
    for name, pack in packings.items():
        for end in (b"\n", b"\r\n"):
            path = driver.folder / f"mail.{name}"
            path.write_bytes(pack(MODOBOA.replace(b"\n", end)))
            run = driver.agrees(path, JAKARTA)
            balance = run.ingested.balance
            assert (balance.lines, balance.records, balance.rejected) == (519, 519, 0)
            assert (balance.accepted, balance.messages) == (20, 20)
            rows.append(sorted(map(str, run.rows)))
    assert all(each == rows[0] for each in rows)


def test_the_engine_reads_it_by_itself(driver: Driver) -> None:
    """All lines proven, without a look at any by Python; else the other tests compare nothing."""
    path = driver.folder / "mail.log"
    path.write_bytes(MODOBOA + b"\n".join(line for line in story(3) if b"odd" not in line))
    log = driver.open(path, JAKARTA)
    tokens = FORMATS["postfix"].tokens(log, numbered=True)
    counts = "count(*) FILTER (leads), count(*) FILTER (no_event), count(event)"
    found = driver.engine.execute(f"SELECT {counts} FROM ({tokens})").fetchone()
    lines = 519 + sum(b"odd" not in line for line in story(3))
    assert found is not None
    assert found[0] == lines
    assert found[1] >= 499
    assert found[2] >= 40


def test_one_bad_byte_changes_nothing_of_other_lines(driver: Driver) -> None:
    path = driver.folder / "mail.log"
    path.write_bytes(MODOBOA)
    sound = driver.agrees(path, JAKARTA)
    path.write_bytes(MODOBOA.replace(b"Connect from local", b"Connect fr\xffm local", 1))
    run = driver.agrees(path, JAKARTA)
    assert sorted(map(str, run.rows)) == sorted(map(str, sound.rows))
    assert run.ingested.balance == sound.ingested.balance


def test_lines_out_of_order_repeated_and_cut(driver: Driver) -> None:
    lines = MODOBOA.splitlines()
    random.Random(1).shuffle(lines)  # noqa: S311
    path = driver.folder / "shuffled.log"
    path.write_bytes(b"\n".join(lines + lines[:200]) + b"\n" + MODOBOA[:-40])
    assert driver.agrees(path, JAKARTA).ingested.balance.rejected == 0
    cut = MODOBOA[: MODOBOA.index(b"status=sent (250 2.0.0 <user@test.com> d8z")]
    path.write_bytes(cut)
    assert driver.agrees(path, JAKARTA).ingested.balance.rejected == 1


HUGE = (
    b"Nov 16 11:00:00 mx postfix/smtp[1]: A0320E00C3: to=<" + b"a" * 1_000_000 + b"@x.id>, relay=x",
    b"Nov 16 11:00:00 mx postfix/smtp[1]: A0320E00C3: to=<a@x.id>"
    + b", orig_to=<>, relay=" * 50_000,
    b"Nov 16 11:00:00 mx postfix/qmgr[1]: A0320E00C3: from=<>, status=" + b", status=" * 99_999,
    b"Nov 16 11:00:00 mx " + b"postfix/" * 120_000,
    b"(" * 3_000_000,
)


@pytest.mark.parametrize("number", range(len(HUGE)))
def test_a_line_of_a_megabyte_costs_only_itself(driver: Driver, number: int) -> None:
    path = driver.folder / "huge.log"
    path.write_bytes(b"\n".join([*YOUYO, HUGE[number], *YOUYO]))
    run = driver.agrees(path, JAKARTA)
    assert run.ingested.balance.records == 45
    assert run.ingested.balance.accepted == 8
