"""What the engine takes over from mails read one at a time is what the twin says of them."""

from __future__ import annotations

import gzip
import random
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from mangled import mangled_bytes, mangled_line

from reach.formats.record import Options

if TYPE_CHECKING:
    from drive import Driver

SAMPLES = Path(__file__).parents[1] / "data" / "samples" / "dsn"
# Of all, one ends in a NUL: it comes last, beyond what is looked at before a file is opened.
MAILS = [
    path.read_bytes().replace(b"\r\n", b"\n")
    for path in sorted(SAMPLES.glob("*.eml"), key=lambda path: (b"\0" in path.read_bytes(), path))
]
ENVELOPE = b"From MAILER-DAEMON Mon Jan  5 08:00:00 2026\n"
REPORT = next(mail for mail in MAILS if b"Original-Rcpt-To" not in mail and b"5.7.26" in mail)

slow = settings(
    max_examples=20,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def boxed(mails: list[bytes]) -> bytes:
    """An mbox; a mail that has an envelope line keeps it."""
    return b"\n\n".join(mail if mail.startswith(b"From ") else ENVELOPE + mail for mail in mails)


def test_all_samples_in_one_mbox(driver: Driver, tmp_path: Path) -> None:
    path = tmp_path / "mbox"
    path.write_bytes(boxed(MAILS))
    run = driver.agrees(path)
    balance = run.ingested.balance
    assert (balance.records, balance.rejected, balance.without_event) == (210, 87, 3)
    assert (balance.accepted, balance.events) == (120, 121)
    reasons = Counter(row["failure_reason"] for row in run.rows)
    assert reasons["no_mailbox"] > reasons["policy"] > reasons["auth_failure"] > 1
    packed = tmp_path / "mbox.gz"
    packed.write_bytes(gzip.compress(path.read_bytes()))
    assert driver.agrees(packed).ingested.balance == balance


@slow
@given(seed=st.integers(0, 2**32))
def test_damaged_mails_in_an_mbox(driver: Driver, tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 -- a test's choice of cases
    mails = [mangled_mail(chance.choice(MAILS[:-1]), chance) for _ in range(8)]
    path = tmp_path / "mbox"
    path.write_bytes(boxed([REPORT, *mails]))
    options = Options(format="dsn", fields={"campaign": "original.subject"}, set={"region": "x"})
    driver.agrees(path, options)


def mangled_mail(mail: bytes, chance: random.Random) -> bytes:
    """A mail with some of its lines damaged; or with faults anywhere."""
    if chance.random() < 0.3:
        return mangled_bytes(mail, chance.randrange(1 << 30)).replace(b"\0", b"?")
    lines = mail.split(b"\n")
    fields = [at for at, line in enumerate(lines) if b":" in line or line.startswith(b"--")]
    for at in chance.choices(fields or [0], k=chance.randint(0, 8)):
        lines[at] = mangled_line(lines[at], chance)
    return b"\n".join(lines)


@slow
@given(seed=st.integers(0, 2**32))
def test_a_single_damaged_mail(driver: Driver, tmp_path: Path, seed: int) -> None:
    path = tmp_path / "1767574800.M1P2.mail:2,S"
    header, _, body = REPORT.partition(b"\n\n")
    path.write_bytes(header + b"\n\n" + mangled_bytes(body, seed).replace(b"\0", b"?"))
    assert driver.agrees(path).ingested.balance.records == 1


@pytest.mark.parametrize("cut", [1500, 3000, 4500])
def test_a_cut_file(driver: Driver, tmp_path: Path, cut: int) -> None:
    path = tmp_path / "mbox"
    path.write_bytes(boxed([REPORT, REPORT])[: cut + len(REPORT)])
    assert driver.agrees(path).ingested.balance.records == 2


def test_records_of_a_megabyte_and_of_thousands_of_levels(driver: Driver, tmp_path: Path) -> None:
    report = REPORT.replace(b"\nThis is the mail system", b"\n" + b"x" * (1 << 20), 1)
    header = b"Subject: x\nTo: y\nDate: z\n"
    levels = b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(5000)
    )
    path = tmp_path / "mbox"
    path.write_bytes(boxed([REPORT, report, header + levels, header + b"X: y\n" * 400_000, REPORT]))
    run = driver.agrees(path)
    balance = run.ingested.balance
    assert (balance.records, balance.rejected, balance.repeats) == (5, 2, 2)
    assert [each["received"] for each in run.rejections] == [
        "more than 16 levels of parts",
        "a header of more than 256 KiB",
    ]
