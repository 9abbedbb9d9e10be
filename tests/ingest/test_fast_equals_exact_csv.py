"""The law "fast equals exact" on CSV, well made and badly made."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reach.formats.record import Options

if TYPE_CHECKING:
    from drive import Driver

HEADER = "message_id,event,channel,recipient,occurred_at,cost_micros,currency,machine"
GOOD = "m1,sent,sms,+62,2026-01-05T07:00:00Z,5,IDR,true"
ROWS = [
    GOOD,
    'm2,sent,sms,"+62, 81",,,,',
    'm2,sent,sms,"a\nb",,,,',
    'm2,sent,sms,"a\r\nb",,,,',
    'm2,sent,sms,"a\n\nb",,,,',
    'm2,sent,sms,"a\rb",,,,',
    'm2,sent,sms,"a""b",,,,',
    'm2,sent,sms,a"b,,,,',
    'm2,sent,sms,"a"b,,,,',
    'm2,sent,sms,"a" ,,,,',
    'm2,sent,sms, "a",,,,',
    'm2,sent,sms,"a,,,,',
    "m2,sent,sms,a,,,",
    "m2,sent,sms,a,,,,,",
    "m2,sent,sms,a,,,,,,",
    "m2,sent,sms,a,,,,,x",
    "m2",
    "",
    " ",
    '"',
    '""',
    ",,,,,,,",
    '"","","","","","","",""',
    "m2,sent,sms,a\\,,,,",
    'm2,sent,sms,\\"a\\",,,,',
    "m2,sent,sms,a\udcff,,,,",
    "m2,sent,sms,é@É,,,,",
    "m2,sent,sms,\ta@b\t,,,,",
    "m2,sent,sms, A@B ,,,,",
    "m2,sent,sms,a,,007,IDR,",
    "m2,sent,sms,a,,+7,IDR,",
    "m2,sent,sms,a,,7.0,IDR,",
    f"m2,sent,sms,a,,{'9' * 5000},IDR,",
    "m2,sent,sms,a,,٣,IDR,",
    "m2,sent,sms,a,,5,IDR,TRUE",
    'm2,sent,sms,a,,"5",IDR,"true"',
    "m2,sent,sms,a\rb,,5,IDR,",
    "m2,sent,sms,a,,,,\rm3,sent,sms,b,,,,",
    "m2,sent,sms,a,2026-01-05T07:00:00Z\x0b,,,",
    "m2,sent,sms,a,2026-01-05,,,",
    "m\x0b2,sent,sms,a\x85,,,,",
    "m2,sent,sms,a\u2028b,,,,",
    '"m2",sent,sms,a,,,,"" "',
    "\ufeffm2,sent,sms,a,,,,",
    "# no comment",
    "'m2',sent,sms,a,,,,",
    "NULL,NULL,sms,nan,,,,",
]
NAMED = Options(format="reach")


def _compare(driver: Driver, text: str, options: Options = NAMED) -> None:
    path = driver.folder / "rows.csv"
    path.write_bytes(text.encode("utf-8", "surrogateescape"))
    driver.agrees(path, options)


@pytest.mark.parametrize("position", range(len(ROWS)))
def test_on_each_row_between_good_ones_and_alone(driver: Driver, position: int) -> None:
    row = ROWS[position]
    text = f"{HEADER}\n{GOOD}\n{row}\n{GOOD}\n"
    if position % 2:
        text = text.replace("\n", "\r\n").replace(",", ";")
    _compare(driver, text)
    _compare(driver, f"{HEADER}\n{row}")


@pytest.mark.parametrize(("delimiter", "before"), [(",", "\ufeff"), (";", "\n"), ("\t", "\r\n\n"),
                                                   ("|", "\ufeff\r\n")])  # fmt: skip
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=["lf", "crlf", "cr"])
def test_on_every_shape_of_file(driver: Driver, delimiter: str, end: str, before: str) -> None:
    sound = [row for row in ROWS[:8] if "\n" not in row and "\r" not in row]
    text = end.join([HEADER, *sound, "m9,sent,sms,x,,,,", ""]).replace(",", delimiter)
    _compare(driver, before + text)


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 2**40), changes=st.integers(0, 2))
def test_on_rows_put_together_by_chance(driver: Driver, seed: int, changes: int) -> None:
    chance = random.Random(seed)  # noqa: S311 -- no secret
    rows = [chance.choice([GOOD, *ROWS]) for _ in range(12)]
    body = "".join(row + chance.choice(["\n", "\n", "\r\n"]) for row in rows)
    for _ in range(changes):
        at = chance.randrange(len(body))
        body = body[:at] + chance.choice('",\n\r a\\') + body[at + 1 :]
    _compare(driver, f"{HEADER}\n{body}")


def test_on_repeated_names_in_the_header(driver: Driver) -> None:
    path = driver.folder / "repeated.csv"
    path.write_text("message_id,event,note,recipient,note\nm1,sent,north,+62,south\n")
    options = Options(
        set={"channel": "sms"}, fields={"region": "note", "segment": "note (column 5)"}
    )
    [row] = driver.agrees(path, options).rows
    assert (row["region"], row["segment"]) == ("north", "south")


def test_on_a_column_whose_name_has_a_dot(driver: Driver) -> None:
    path = driver.folder / "dotted.csv"
    path.write_text("message_id,event,channel,to.address\nm1,sent,sms,+62\n")
    run = driver.agrees(path, Options(fields={"recipient": "to.address"}))
    assert run.ingested.balance.accepted == 1


def test_an_open_quote_costs_one_row_only(driver: Driver) -> None:
    path = driver.folder / "open.csv"
    path.write_text(f'{HEADER}\n{GOOD}\nm2,sent,sms,"a,,,,\n{GOOD}\n{GOOD}\n')
    run = driver.agrees(path)
    assert run.ingested.balance.accepted == 3
    assert run.rejections[0]["raw"] == 'm2,sent,sms,"a,,,,'


def test_in_order_on_several_threads(driver: Driver) -> None:
    """The file is larger than what one thread of the engine takes at a time."""
    path = driver.folder / "large.csv"
    good = f'{GOOD},"two\nlines {"x" * 2000}"\n'
    path.write_text(HEADER + ",note\n" + (good * 7000 + GOOD.replace("sent", "Sent") + ",\n") * 3)
    run = driver.ingest(path)
    assert [one["record"] for one in run.rejections] == [7001, 14_002, 21_003]
    assert [one["line"] for one in run.rejections] == [14_002, 28_003, 42_004]
