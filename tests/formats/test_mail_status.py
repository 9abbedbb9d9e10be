"""Status codes: each class of each code, in Python and in SQL."""

from __future__ import annotations

import pytest

from reach.engine import connect
from reach.formats.notations.mail_status import EXACT, SUBJECT, WHOLE, reason_of, reason_sql

CODES = [
    *(f"{grade}.{code}" for grade in "245" for code in EXACT),
    *(f"{grade}.{subject}.{detail}" for grade in "245" for subject in (*SUBJECT, "8")
      for detail in ("0", "1", "01", "99", "999")),
    "", "5", "5.1", "5.1.1.1", "3.1.1", "5.1.1000", " 5.1.1", "5.1.1\n", "٥.1.1", "4.2.1\n", "14.2.1",
]  # fmt: skip


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("5.1.1", "no_mailbox"),
        ("4.1.1", "no_mailbox"),  # of the address, though not for good
        ("5.1.2", "domain_error"),
        ("4.1.2", "domain_error"),
        ("4.1.8", "policy"),  # of the sender's domain
        ("5.2.1", "no_mailbox"),
        ("4.2.1", "other"),  # closed for a while: Gmail says it of a mailbox that gets too much
        ("4.2.2", "mailbox_full"),
        ("4.2.01", "other"),
        ("4.7.26", "auth_failure"),
        ("5.8.1", "None"),
    ],
)
def test_what_codes_mean(code: str, reason: str) -> None:
    assert str(reason_of(code)) == reason


def test_sql_says_the_same() -> None:
    with connect() as engine:
        rows = engine.execute(
            f"SELECT said, {reason_sql('said')} FROM (SELECT unnest(?::VARCHAR[]) AS said)",
            [CODES],
        ).fetchall()
    assert len(rows) == len(CODES)
    for code, told in rows:
        reason = reason_of(code)
        assert told == (f'"{reason}"' if reason else None), code
    assert set(WHOLE) <= set(CODES)
