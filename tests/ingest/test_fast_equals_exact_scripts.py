"""The law "fast equals exact" on text as Excel and some exports write it: UTF-16, ``sep=``, lone CR."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hostile_records import hostile_file

from reach.formats.record import Options

if TYPE_CHECKING:
    from drive import Driver

NDJSON = hostile_file(11, 120).decode("utf-8", "replace")
CSV = "message_id,event,channel,recipient\r\n" + "".join(
    f'm{number},sent,sms,"Siti, é 📣 {number}"\r\n' for number in range(300)
)
MAP = {"channel": {"const": "sms"}, "person": "recipient", "message_id": "message_id"}


@pytest.mark.parametrize("script", ["utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("text", [NDJSON, CSV], ids=["ndjson", "csv"])
def test_utf_16_comes_to_the_same_as_utf_8(driver: Driver, text: str, script: str) -> None:
    plain, other = driver.folder / "plain.log", driver.folder / "other.log"
    plain.write_bytes(text.encode())
    other.write_bytes(text.encode(script))
    one, two = driver.agrees(plain), driver.agrees(other)
    assert one.ingested.balance == two.ingested.balance
    assert sorted(map(str, one.rows)) == sorted(map(str, two.rows))
    assert [each["raw"] for each in one.rejections] == [each["raw"] for each in two.rejections]


def test_half_a_character_costs_its_record_alone(driver: Driver) -> None:
    path = driver.folder / "cut.csv"
    path.write_bytes((CSV + "m300,sent,sms,62").encode("utf-16") + b"\x31")
    run = driver.agrees(path)
    assert (run.ingested.balance.accepted, run.ingested.balance.rejected) == (300, 1)
    assert "not UTF-8" in run.rejections[0]["received"]


def test_half_a_pair_costs_its_record_alone(driver: Driver) -> None:
    path = driver.folder / "half.csv"
    half = CSV.replace("Siti, é 📣 7", "Siti \ud83d", 1)
    path.write_bytes(half.encode("utf-16", "surrogatepass"))
    run = driver.agrees(path)
    assert (run.ingested.balance.accepted, run.ingested.balance.rejected) == (299, 1)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=["LF", "CRLF", "CR"])
@pytest.mark.parametrize("sign", ["", ",", ";", "\t"], ids=["bare", "comma", "semicolon", "tab"])
@pytest.mark.parametrize("script", ["utf-8", "utf-8-sig", "utf-16"])
def test_every_dress_of_a_table_comes_to_the_same(
    driver: Driver, end: str, sign: str, script: str
) -> None:
    text = CSV.replace('"Siti, é 📣 ', "Siti é 📣 ").replace('"\r\n', "\r\n").replace("\r\n", end)
    if sign:
        text = f"sep={sign}{end}" + text.replace(",", sign)
    path = driver.folder / "dressed.csv"
    path.write_bytes(text.encode(script))
    for options in (Options(), Options(format="table", map=MAP)):
        run = driver.agrees(path, options)
        assert run.ingested.balance.accepted == run.ingested.balance.messages == 300


def test_lines_are_counted_from_the_top_of_the_file(driver: Driver) -> None:
    path = driver.folder / "table.csv"
    path.write_text("sep=;\n" + CSV.replace(",", ";").replace("m1;sent", "m1;sesnt"), newline="")
    run = driver.agrees(path)
    assert [each["line"] for each in run.rejections] == [4]
