"""Dates of mails, new and old, in Python and in SQL."""

from __future__ import annotations

import json

import pytest

from reach.engine import connect, literal
from reach.formats.notations.mail_date import from_mail_date, from_mail_date_sql


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("Mon, 05 Jan 2026 08:00:00 +0700", "2026-01-05T08:00:00+07:00"),
        ("5 Jan 2026 08:00:00 -0000", "2026-01-05T08:00:00Z"),
        ("Tue,  9 May 2017 01:16:02 -0400 (EDT)", "2017-05-09T01:16:02-04:00"),
        ("Thu, 9 Apr 2006 23:34:45 JST", "2006-04-09T23:34:45+09:00"),
        ("Mon, 5 Jan 26 8:00 WIB", "2026-01-05T08:00:00+07:00"),
        ("Mon, 3 Jan 94 08:00 PST", "1994-01-03T08:00:00-08:00"),
        ("mon,5 jan 2026 08:00:00 GMT", "2026-01-05T08:00:00Z"),
        ("Mon, 5 Jan 2026 08:00:00 IST", None),  # of three countries
        ("Mon, 5 Jan 2026 08:00:00", None),
        ("Mon, 5 Jän 2026 08:00:00 +0700", None),
        ("Mon, 5 Jan 126 08:00:00 +0700", None),
        ("2012-10-31 04-46-42", None),
        ("Mon, 5 Jan 2026 08:00:00 +0700 (a) (b)", None),
        ("(" * 100_000, None),
        ("", None),
    ],
)
def test_forms(said: str, told: str | None) -> None:
    assert from_mail_date(said) == told


def test_the_engine_turns_the_usual_form_and_leaves_all_others() -> None:
    usual = "Mon, 05 Jan 2026 08:00:00 +0000"
    others = (usual.replace("05", "5"), usual.replace("+0000", "WIB"), usual.replace("2026", "26"))
    with connect() as engine:
        for said in (usual, *others):
            token = json.dumps(said)
            sql = f"SELECT {from_mail_date_sql('token')} FROM (SELECT {literal(token)} AS token)"
            [row] = engine.execute(sql).fetchall()
            told = from_mail_date(said) if said == usual else said
            assert row[0] == json.dumps(told)
