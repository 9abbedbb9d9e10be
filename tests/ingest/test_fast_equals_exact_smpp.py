"""The law "fast equals exact" on delivery receipts, sound and damaged, in every layout."""

from __future__ import annotations

import csv
import io
import json
import random
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mangled import mangled_bytes, mangled_lines
from mutated import damaged_batches, damaged_lines

from reach.formats.record import Options
from reach.formats.registry import FORMATS
from reach.formats.smpp.words import DLR_MASKS, LINES, RECEIPT_LINES, STATES

if TYPE_CHECKING:
    from drive import Driver

LOG_END = 1_780_000_000_000_000
ZONES = ("Asia/Jakarta", "Europe/London")
DATES = ("2401051030", "240105103059", "202401051030", "20240105103059", "0000000000", "",
         "2303260130", "2310290130", "2402301030", "2413011030", "1704450600", "9912312359")  # fmt: skip
STATS = (*(word.said for word in STATES), "delivrd", "DELIVERED", "")


def receipt(chance: random.Random) -> str:
    """A receipt as gateways write it, in one of its many forms."""
    fields = [f"sub:{chance.randint(0, 2):03}", "dlvrd:001", f"submit date:{chance.choice(DATES)}",
              f"done date:{chance.choice(DATES)}", f"stat:{chance.choice(STATS)}", "err:000",
              "mcc:510"]  # fmt: skip
    kept = [field for field in fields if chance.random() < 0.9]
    text = " ".join([f"id:{chance.choice(('7', 'aa56479', '0178611321'))}", *kept])
    text += chance.choice(("", " text:Halo", " Text:id:9 sub:1 stat:UNDELIV", ' text:é ’ \\ " ]'))
    return text.upper() if chance.random() < 0.05 else text


def lines(seed: int) -> list[bytes]:
    """Lines of a gateway's log: receipts with and without something before, and Kannel's."""
    chance = random.Random(seed)  # noqa: S311 -- a test's choice of cases
    before = ("", "", "source_addr=6281234567890 ", "2024-01-05 10:00:00 INFO from:628 ", "[7] ",
              'x source_addr: "+6281234567890" | ')  # fmt: skip
    found = [
        "id:7 sub:001 dlvrd:001 submit date:2401051030 done date:2401051031 stat:DELIVRD err:0"
    ]
    for _ in range(60):
        if chance.random() < 0.6:
            found.append(chance.choice(before) + receipt(chance))
            continue
        phrase = chance.choice(
            (*RECEIPT_LINES * 4, *(word.said.removeprefix("Kannel ") for word in LINES))
        )
        fid, mask = chance.choice(("aa56479", "8", "")), chance.choice(DLR_MASKS).said.split()[-1]
        message = chance.choice((receipt(chance), "Halo", "ACK/", receipt(chance)))
        found.append(
            f"2024-0{chance.randint(1, 7)}-{chance.randint(26, 32)} 0{chance.randint(0, 3)}:31:07 "
            f"{phrase} [SMSC:op1] [SVC:reach] [ID:9e3a-7] [FID:{fid}] [from:KOMINFO] "
            f"[to:6281234567890] [flags:-1:0:-1:-1:{mask}] [msg:{len(message)}:{message}] [udh:0:]"
        )
    found += ["2024-01-05 00:00:00 Log begins", "2024-01-05 00:00:00 Log ends", "bind ok"]
    return [each.encode() for each in found]


def deliver_sms(seed: int) -> list[dict[str, Any]]:
    """Records of deliver_sm with receipts in all their forms."""
    chance = random.Random(seed)  # noqa: S311
    found: list[dict[str, Any]] = []
    for _ in range(40):
        value: dict[str, Any] = {
            "source_addr_ton": chance.choice((1, "1", 2, None)),
            "source_addr": chance.choice(("6281234567890", "0812", "+628", "INFO", "", None)),
            "destination_addr": "KOMINFO",
            "esm_class": chance.choice((0, 4, 32, "0", "4", None)),
            "short_message": chance.choice((receipt(chance), receipt(chance), "STOP", "")),
        }
        if chance.random() < 0.4:
            value["message_state"] = chance.choice((*range(11), "2", "5", "", None))
            value["receipted_message_id"] = chance.choice(("af01", 178611321, "0178", "", None, 0))
        if chance.random() < 0.2:
            value["message_payload"] = receipt(chance)
        found.append(value)
    return found


def options(zone: str | None, **more: Any) -> Options:  # noqa: ANN401
    return Options(format="smpp", timezone=zone, **more)


@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 2**40), zone=st.sampled_from(ZONES), placed=st.booleans())
def test_on_damaged_lines(driver: Driver, seed: int, zone: str, *, placed: bool) -> None:
    path = driver.folder / "damaged.log"
    path.write_bytes(mangled_lines(lines(seed), seed, 70, head=1))
    more = {"set": {"campaign": "x"}} if placed else {}
    driver.agrees(path, options(zone, **more), LOG_END, "ID")


@settings(max_examples=10, deadline=None)
@given(seed=st.integers(0, 2**40))
def test_on_lines_damaged_anywhere(driver: Driver, seed: int) -> None:
    first, *rest = lines(seed)
    path = driver.folder / "damaged.log"
    # A NUL near the beginning would make it no text.
    damaged = mangled_bytes(b"\n".join(rest), seed).replace(b"\0", b"0")
    path.write_bytes(first + b"\n" + damaged)
    driver.agrees(path, options("Asia/Jakarta"), LOG_END, "ID")


@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 2**40), zone=st.sampled_from(ZONES), batches=st.booleans())
def test_on_damaged_records(driver: Driver, seed: int, zone: str, *, batches: bool) -> None:
    path = driver.folder / "damaged.ndjson"
    make = damaged_batches if batches else damaged_lines
    path.write_bytes(
        json.dumps(deliver_sms(1)[0]).encode() + b"\n" + make(deliver_sms(seed), seed, 80)
    )
    driver.agrees(path, options(zone, fields={"region": "destination_addr"}), LOG_END, "ID")


@settings(max_examples=12, deadline=None)
@given(seed=st.integers(0, 2**40))
def test_on_damaged_tables(driver: Driver, seed: int) -> None:
    text = io.StringIO(newline="")
    names = ["source_addr", "source_addr_ton", "esm_class", "short_message", "message_payload",
             "receipted_message_id", "message_state"]  # fmt: skip
    writer = csv.DictWriter(text, names, extrasaction="ignore")
    writer.writeheader()
    writer.writerows(deliver_sms(seed))
    path = driver.folder / "damaged.csv"
    path.write_bytes(mangled_lines(text.getvalue().encode().splitlines(), seed, 60, head=1))
    driver.agrees(path, options("Asia/Jakarta"), LOG_END, "ID")


def test_sound_lines_are_read_in_columns(driver: Driver) -> None:
    path = driver.folder / "sound.log"
    usual = "id:{} sub:001 dlvrd:001 submit date:2401051030 done date:240105103107 stat:{} err:000"
    told = [usual.format(word.said.lower(), word.said) for word in STATES]
    told += [f'source_addr=628 {each} text:Halo, "é" ’ 📣' for each in told]
    told += [
        f"2024-01-05 10:31:07 {phrase} [SMSC:op1] [FID:7] [from:KOMINFO] [to:628] [msg:9:{told[2]}]"
        for phrase in ("Sent SMS", *RECEIPT_LINES)
    ]
    sound = [each.encode() for each in told]
    path.write_bytes(b"\n".join(sound * 3))
    run = driver.agrees(path, options("Asia/Jakarta"))
    rows = FORMATS["smpp"].tokens(run.log, numbered=False)
    proven = f"SELECT count(*) FILTER (leads AND event IS NOT NULL) FROM ({rows})"
    assert driver.engine.execute(proven).fetchone() == (len(sound) * 3,)
    assert run.ingested.balance.lines == run.ingested.balance.records == len(sound) * 3


def test_every_layout_of_the_same_receipts_comes_to_the_same(driver: Driver) -> None:
    text = "id:{} sub:001 dlvrd:001 submit date:2401051030 done date:2401051031 stat:{} err:000"
    said = [(f"62812345678{at:02}", text.format(at, word.said)) for at, word in enumerate(STATES)]
    records = [{"source_addr": person, "short_message": each} for person, each in said]
    cells = "".join(f"{person},{each}\r\n" for person, each in said)
    layouts = {
        "lines": "\n".join(f"source_addr={person} {each} text:Halo" for person, each in said),
        "CRLF": "\r\n".join(f"source_addr={person} {each}" for person, each in said),
        "ndjson": "\n\n".join(map(json.dumps, records)),
        "arrays": json.dumps(records) + "\n",
        "document": json.dumps(records, indent=1),
        "csv": f"source_addr,short_message\r\n{cells}",
    }
    rows = []
    for name, content in layouts.items():
        path = driver.folder / name
        path.write_text(content, encoding="utf-8", newline="")
        run = driver.agrees(path, Options(timezone="Asia/Jakarta"), None, "ID")
        assert run.ingested.balance.records == len(said), name
        assert run.ingested.balance.rejected == 0, name
        rows.append(sorted(map(str, run.rows)))
    assert all(each == rows[0] for each in rows)


def test_receipts_that_name_nobody_are_as_many_recipients_as_messages(driver: Driver) -> None:
    path = driver.folder / "nobody.log"
    path.write_text("".join(f"id:{at} sub:001 stat:DELIVRD err:000\n" for at in range(30)) * 2)
    run = driver.agrees(path)
    assert run.ingested.balance.messages == 30
    assert len({row["address"] for row in run.rows}) == 30


@pytest.mark.parametrize(
    "hostile", ["x" * (1 << 20), "id:" * 300_000, "(" * 5000, "id:7 sub:1 stat:DEL"]
)
def test_huge_deep_and_cut_lines(driver: Driver, hostile: str) -> None:
    path = driver.folder / "hostile.log"
    sound = "id:7 sub:001 dlvrd:001 stat:DELIVRD err:000"
    path.write_text("\n".join([sound, f"{sound} text:{hostile}", hostile, sound]), encoding="utf-8")
    run = driver.agrees(path)
    assert (run.ingested.balance.records, run.ingested.balance.rejected) == (4, 1)


@pytest.mark.parametrize("hostile", ['{"a":' * 5000, "[" * 5000, "x" * (1 << 20)])
def test_huge_and_deep_records(driver: Driver, hostile: str) -> None:
    path = driver.folder / "hostile.ndjson"
    value = {"source_addr": "628", "short_message": "id:7 sub:001 stat:DELIVRD err:000"}
    long = json.dumps(value | {"network_error_code": hostile})
    path.write_text(
        "\n".join([json.dumps(value), hostile, long, json.dumps(value)]), encoding="utf-8"
    )
    run = driver.agrees(path)
    assert (run.ingested.balance.records, run.ingested.balance.rejected) == (4, 1)
