"""The law "fast equals exact" on providers' tables that the engine reads, whatever their cells hold."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mangled import mangled_cells

from reach.formats.record import Options
from reach.formats.registry import FORMATS

if TYPE_CHECKING:
    from drive import Driver

SAMPLES = Path(__file__).parents[1] / "data" / "samples"
RECEIPT = "id:0123456789 sub:001 dlvrd:001 submit date:2401051030 done date:2401051031 stat:DELIVRD err:000"
TABLES = {
    "twilio": (
        "From,To,Body,Status,SentDate,ErrorCode,AccountSid,Sid,Direction,Price,PriceUnit\r\n"
        '+1201,+6281234567890,"two\nlines",delivered,2019-05-24T17:44:50Z,0,AC,SM1,outbound-api,-0.0075,USD\r\n'
        "+1201,whatsapp:+6281234567890,hi,read,2019-05-24T17:44:50Z,,AC,SM2,outbound-api,,USD\r\n"
        "+1201,+6281234567891,hi,undelivered,2019-05-24T17:44:50Z,30005,AC,SM3,outbound-api,-0.0075,\r\n"
        "+6281234567890,+1201,hi,received,2019-05-24T17:44:50Z,,AC,SM4,inbound,,\r\n"
        "+1201,+6281234567892,hi,sent,2019-05-24T17:44:50Z,,AC,SM5,outbound-api,,USD\r\n"
    ),
    "smpp": (
        "source_addr,esm_class,short_message,message_payload,receipted_message_id,message_state\r\n"
        f"6281234567890,4,{RECEIPT},,,\r\n"
        f"6281234567891,4,,{RECEIPT.replace('DELIVRD', 'UNDELIV')},,\r\n"
        f"6281234567892,4,{RECEIPT},,0123456790,5\r\n"
        "6281234567893,0,halo,,,\r\n"
    ),
    **{
        f"{path.parent.name} {path.stem}": path.read_text("utf-8")
        for name in ("fcm", "onesignal", "notify")
        for path in sorted((SAMPLES / name).glob("*.csv"))
    },
}


def _options(name: str) -> Options:
    zone = "Europe/Amsterdam" if "timezone" in FORMATS[name].settings else None
    return Options(format=name, timezone=zone)


@pytest.mark.parametrize("table", TABLES)
def test_a_sound_table_is_left_to_nobody_else(driver: Driver, table: str) -> None:
    path = driver.folder / "sound.csv"
    path.write_bytes(TABLES[table].encode())
    run = driver.agrees(path, _options(table.split(maxsplit=1)[0]))
    assert run.ingested.balance.rejected == 0
    assert driver.proven(run) == run.ingested.balance.events


@pytest.mark.parametrize("table", TABLES)
@settings(max_examples=12, deadline=None)
@given(seed=st.integers(0, 2**40))
def test_on_damaged_cells(driver: Driver, table: str, seed: int) -> None:
    name = table.split(maxsplit=1)[0]
    words = [part for word in FORMATS[name].words for part in (word.said, *word.said.split())]
    path = driver.folder / "damaged.csv"
    path.write_bytes(mangled_cells(TABLES[table], seed, 60, words))
    run = driver.agrees(path, _options(name), 1_780_000_000_000_000, "ID")
    assert driver.proven(run) > 0
