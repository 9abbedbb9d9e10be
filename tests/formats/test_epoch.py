"""Times as numbers of seconds: the SQL says what the Python says, or nothing."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reach.formats.notations.epoch import moment, moment_sql, moment_us_sql

ODD = (
    "", " ", "0", "00", "-1", "+1513299569", " 1513299569", "1513299569 ", "1_513_299_569", "1513299569.0",
    "151329956.5", "1e9", "1.513e9", "10000000e2", "1e00000009", "0151329956", "015132995690", "99999999",
    "100000000", "9999999999", "10000000000", "99999999999", "100000000000", "1591726752372", "9999999999999",
    "10000000000000", "253402300799999", "253402300800000", "9" * 30, "null", "true", "1513299569x",
    "\u0661\u0662\u0663\u0664\u0665\u0666\u0667\u0668\u0669\u0660", "0x5A330B31", "infinity",
)  # fmt: skip


def _said(texts: list[str]) -> list[str | None]:
    rows = duckdb.execute(f"SELECT {moment_sql('d')} FROM (SELECT unnest($1) AS d)", [texts])
    return [None if token is None else str(json.loads(token)) for (token,) in rows.fetchall()]


def _is_number(text: str) -> bool:
    return text.isascii() and (text == "0" or (text.isdigit() and text[0] != "0"))


@settings(max_examples=30, deadline=None)
@given(texts=st.lists(st.sampled_from(ODD) | st.integers(0, 10**16).map(str)
                      | st.text("0123456789eE.+-_ ", min_size=8, max_size=14), min_size=1, max_size=60))  # fmt: skip
def test_sql_never_says_other_than_python(texts: list[str]) -> None:
    for text, said in zip(texts, _said(texts), strict=True):
        assert said is None or (_is_number(text) and said == moment(int(text))), text


@pytest.mark.parametrize(
    "text", ["100000000", "1513299569", "9999999999", "100000000000", "9999999999999"]
)
def test_sql_says_what_logs_have(text: str) -> None:
    assert _said([text]) == [moment(int(text))]


@settings(max_examples=30, deadline=None)
@given(texts=st.lists(st.sampled_from(ODD) | st.integers(10**8, 10**13).map(str), min_size=1, max_size=60))  # fmt: skip
def test_microseconds_are_of_the_same_moment(texts: list[str]) -> None:
    rows = duckdb.execute(
        f"SELECT d, {moment_us_sql('d')}, {moment_sql('d')} FROM (SELECT unnest($1) AS d)", [texts]
    )
    for text, us, token in rows.fetchall():
        assert (us is None) is (token is None), text
        if us is not None:
            at = datetime.fromisoformat(json.loads(token))
            assert (at - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1) == us
