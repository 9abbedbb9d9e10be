"""What a user is told of bad records and bad files, word for word."""

from __future__ import annotations

import gzip
import json
import tracemalloc
from typing import TYPE_CHECKING, Any

import pytest

from reach.engine import file_literal
from reach.errors import InputError
from reach.formats.record import Options
from reach.ingest.listed import Numbers
from reach.schemas import validator

if TYPE_CHECKING:
    from drive import Driver

GOOD = {
    "message_id": "m1",
    "event": "sent",
    "channel": "sms",
    "recipient": "+6281",
    "occurred_at": "2026-01-05T07:00:00Z",
}
LINE = json.dumps(GOOD)
CSV = "message_id,event,channel,recipient\nm1,sent,sms,+6281\n"
LOG_END_US = 1_767_596_400_000_000  # 2026-01-05T07:00:00Z
DATE_TIME = "an RFC 3339 date-time with a zone, as 2026-01-05T07:00:00+07:00"
NO_TIME = "a time that exists, as 2026-01-05T23:59:59Z"
EVENTS = (
    "one of queued, sent, deferred, delivered, failed, expired, rejected, suppressed, superseded, "
    "opened, read, clicked, replied, complained, unsubscribed, converted"
)


def _with(**fields: object) -> str:
    return json.dumps(GOOD | fields)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("not JSON", "got text that is no JSON (from character 1), expected one JSON object on one line"),
        (LINE[:-9], "got a line that ends in mid-record, expected one JSON object on one line"),
        (LINE[:-2], "got a line that ends in mid-record, expected one JSON object on one line"),
        (LINE[:-1], "got a line that ends in mid-record, expected one JSON object on one line"),
        (LINE + ",", "got text that is no JSON (from character {end}), expected one JSON object on one line"),
        ("[1, 2]", "got a bare array, expected one JSON object on one line"),
        ('"text"', "got a bare string, expected one JSON object on one line"),
        ("5", "got a bare number, expected one JSON object on one line"),
        ("true", "got a bare boolean, expected one JSON object on one line"),
        ("null", "got a bare null, expected one JSON object on one line"),
        ("\udcff" + LINE, "got byte 0xff at 1, not UTF-8, expected one JSON object on one line"),
        (
            _with(region="\ud800"),
            "got half of a surrogate pair, expected characters that exist in Unicode",
        ),
        (_with(message_id=5), "$.message_id: got 5, expected text, in quotes"),
        (_with(permanent="yes"), '$.permanent: got "yes", expected true or false'),
        (_with(region=["Jawa"]), "$.region: got a list of 1, expected text"),
        (
            _with(recipient=" "),
            '$.recipient: got " ", expected an address of 1 to 320 characters, not blank and not rounded by a spreadsheet',
        ),
        (_with(recipient=None), ("$.recipient: got nothing, expected an address of 1 to 320 "
                                "characters, not blank and not rounded by a spreadsheet")),
        (_with(recipient="6.28123E+12"), ('$.recipient: got "6.28123E+12", expected an address of 1 to 320 '
                                "characters, not blank and not rounded by a spreadsheet")),
        (_with(message_id="1,22158E+17"), ('$.message_id: got "1,22158E+17", expected an id that no '
                                "spreadsheet has rounded; export it again and do not open it in one")),
        (_with(event="send"), f'$.event: got "send", expected {EVENTS} (did you mean sent?)'),
        (_with(occurred_at="2026-01-05T07:00:00"),
         f'$.occurred_at: got "2026-01-05T07:00:00", expected {DATE_TIME}'),
        (_with(occurred_at="2026-02-30T07:00:00Z"),
         f'$.occurred_at: got "2026-02-30T07:00:00Z", expected {NO_TIME}'),
        (_with(occurred_at="2026-01-05T24:00:00Z"),
         f'$.occurred_at: got "2026-01-05T24:00:00Z", expected {NO_TIME}'),
        (_with(occurred_at="0000-01-01T00:00:00Z"),
         f'$.occurred_at: got "0000-01-01T00:00:00Z", expected {NO_TIME}'),
        ("  \t x", "got text that is no JSON (from character 5), expected one JSON object on one line"),
        (_with(channel=None), "$.channel: got nothing, expected a value for channel"),
        (_with(occurred_at="2024-13-01"), f'$.occurred_at: got "2024-13-01", expected {DATE_TIME}'),
        (_with(occurred_at="2026-01-05T07:00:01Z"),
         ('$.occurred_at: got "2026-01-05T07:00:01Z", expected a time not after the log\'s end, '
         "2026-01-05T07:00:00+00:00")),
        (_with(cost_micros=-1, currency="IDR"),
         "$.cost_micros: got -1, expected a number of at least 0"),
    ],
)  # fmt: skip
def test_a_bad_line_is_told_with_its_place(driver: Driver, line: str, said: str) -> None:
    path = driver.folder / "march.jsonl"
    path.write_bytes(f"{LINE}\n\n{line}\n".encode("utf-8", "surrogateescape"))
    run = driver.ingest(path, log_end_us=LOG_END_US)
    said = said.replace("{end}", str(len(LINE) + 1))
    separator = " " if said.startswith("$") else ": "
    assert tuple(map(str, run.ingested.first_rejections)) == (f"march.jsonl:3{separator}{said}",)
    [rejection] = run.rejections
    assert (rejection["source"], rejection["line"], rejection["record"]) == ("march.jsonl", 3, 2)
    validator("rejection").validate(rejection)


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("m2,sent,sms", "got a row of 3 fields, expected 4, as the header has"),
        ("m2,sent,sms,+62,x", "got a row of 5 fields, expected 4, as the header has"),
        ('m2,sent,sms,"+62', ("got a quote that is not closed, "
                            "expected quotes closed, and doubled within quotes")),
        ('m2,sent,sms,"+62"81', ("got text after a closing quote, "
                               "expected quotes closed, and doubled within quotes")),
        ("m2,sent,sms,\udcff", ("got byte 0xff at 13, not UTF-8, "
                                 "expected UTF-8 text; save it again as CSV UTF-8")),
    ],
)  # fmt: skip
def test_a_bad_row_is_told_with_its_place(driver: Driver, row: str, said: str) -> None:
    path = driver.folder / "march.csv"
    path.write_bytes(f"{CSV}{row}\n".encode("utf-8", "surrogateescape"))
    assert tuple(map(str, driver.ingest(path).ingested.first_rejections)) == (
        f"march.csv:3: {said}",
    )


@pytest.mark.parametrize(
    ("plan", "row", "said"),
    [
        ({"messages": {"column": "n"}}, "+62,2.5,", ('$.n: got "2.5", expected a whole number of '
                                                    "messages from 0 to 9999")),
        ({"occurred_at": {"column": "called at", "timezone": "Europe/Berlin"}},
         "+62,1,2026-03-29 02:30", ('$["called at"]: got "2026-03-29 02:30", expected a time that '
                                   "exists in Europe/Berlin")),
        ({"occurred_at": {"column": "called at", "timezone": "Europe/Berlin"}},
         "+62,1,06/01/2026 15:40", ('$["called at"]: got "06/01/2026 15:40", expected a time in '
                                    "Europe/Berlin as 2026-01-05 08:00, the year first")),
        ({"occurred_at": {"column": "called at", "timezone": "Asia/Jakarta"}},
         "+62,1,2026-13-05T08:00:00+07:00", ('$["called at"]: got "2026-13-05T08:00:00+07:00", '
                                             f"expected {NO_TIME}")),
        ({"occurred_at": {"column": "called at", "timezone": "Asia/Jakarta"}},
         "+62,1,2026-03-05 08:19",
         ('$["called at"]: got "2026-03-05 08:19", expected a time not after the log\'s end, '
          "2026-01-05T07:00:00+00:00 (the cell is a time in Asia/Jakarta)")),
        ({"occurred_at": "called at"}, "+62,1,yesterday",
         f'$["called at"]: got "yesterday", expected {DATE_TIME}'),
        ({"occurred_at": "called at"}, "+62,1,2026-01-05 08:00",
         (f'$["called at"]: got "2026-01-05 08:00", expected {DATE_TIME}; or let the map name the '
          "zone: occurred_at: {column: called at, timezone: Asia/Jakarta}")),
        ({"channel": {"column": "n", "values": {"S": "sms", "E": "email"}}}, "+62,wa,",
         '$.n: got "wa", expected one of S, E, or add "wa" to the map\'s values'),
        ({}, ",1,", ("$.no: got nothing, expected an address of 1 to 320 characters, not "
                    "blank and not rounded by a spreadsheet")),
    ],
)  # fmt: skip
def test_a_bad_cell_of_a_table_is_told_by_its_column(
    driver: Driver, plan: dict[str, Any], row: str, said: str
) -> None:
    path = driver.folder / "calls.csv"
    path.write_text(f"no,n,called at\n{row}\n")
    plan = {"channel": {"const": "call"}, "person": "no"} | plan
    run = driver.ingest(path, Options(map=plan), log_end_us=LOG_END_US)
    assert tuple(map(str, run.ingested.first_rejections)) == (f"calls.csv:2 {said}",)
    validator("rejection").validate(run.rejections[0])


CONTAINERS = "JSON lines, CSV or Parquet, plain, gzip, zstd or bzip2"
OTHER = (
    "a log that `reach formats reach` describes; or name another format of those that "
    "`reach formats` lists, or none, and it is recognised by its content"
)
TABLE = {"channel": {"const": "call"}, "person": "recipient"}


@pytest.mark.parametrize(
    ("content", "options", "said"),
    [
        (b"", Options(), ("an empty file, expected at least one record; name its format if it may "
                         "be empty")),
        (b"\n \r\n", Options(), ("an empty file, expected at least one record; name its format if "
                                "it may be empty")),
        (b"\x7fELF\x02\x01\x01\0\0\0\0\0", Options(), f"binary data, expected {CONTAINERS}"),
        (b"PK\x03\x04\x14\0\6\0\x08\0\0\0!\0b", Options(), ("a zip or Excel file, expected its sheet "
                                                          "saved as CSV (UTF-8)")),
        (LINE.encode(), Options(format="smoke"), 'format "smoke", expected a format that `reach formats` lists'),
        (b"day,sent\n1,2\n", Options(),
         ("a table of no known format, with the columns day, sent, expected a log of a format that "
         "`reach formats` lists, or a map: in experiment.yaml that says what its columns mean")),
        (b'{"message_id": "m", "event": "sent", "recipient": "p"}\n', Options(),
         ("a log of no known format; the nearest is reach, but it has no channel, expected a value "
         "for channel, or say it with set: {channel: …} (--set channel=…)")),
        (CSV.replace("channel", "via").encode(), Options(format="reach"),
         ("a file that is not of format reach: it has no channel, expected a value for channel, or "
         "say it with set: {channel: …} (--set channel=…)")),
        (b"day,sent\n1,2\n", Options(format="reach"),
         ("a file that is not of format reach: it has no message_id, event, channel, recipient, "
         f"expected {OTHER}")),
        (CSV.encode(), Options(map=TABLE),
         ("a file that several formats fit (reach: it has message_id, event, channel, recipient; "
         "table: it has all the mapped columns), expected one of them; name it with --format, or with format: in experiment.yaml")),
        (CSV.encode(), Options(format="reach", map=TABLE),
         ("a file that is not of format reach: a column map belongs to format table, expected "
         "format table, or no map")),
        (f"[\n{LINE},\n{LINE}\n]\n".encode(), Options(format="reach"),
         ("a file that is not of format reach: it is JSON, but not one object on each line, "
         f"expected {OTHER}")),
        (b"phone,answer\n1,2\n", Options(format="table", map={"channel": "via", "person": "no"}),
         ("a file that is not of format table: it has no column via, no (it has phone, answer), "
         "expected a map whose columns the file has")),
        (LINE.encode(), Options(format="table", map=TABLE),
         ("a file that is not of format table: it is no CSV, expected a CSV, or no map in the "
         "config")),
        (b"PAR1" + b"\1" * 50, Options(), ("a damaged Parquet file, expected a whole file; fetch it "
                                          "again")),
        (b"\x1f\x8b\x08\0", Options(), ("damaged compressed data (Compressed file ended before the "
                                       "end-of-stream marker was reached), expected a whole file; "
                                       "fetch it again")),
        (gzip.compress(LINE.encode())[:-3], Options(),
         ("damaged compressed data (Compressed file ended before the end-of-stream marker was "
         "reached), expected a whole file; fetch it again")),
        (b"\x28\xb5\x2f\xfd", Options(), ("damaged compressed data (Compressed file ended before "
                                         "the end-of-stream marker was reached), expected a whole "
                                         "file; fetch it again")),
    ],
)  # fmt: skip
def test_a_bad_file_is_told_by_name(
    driver: Driver, content: bytes, options: Options, said: str
) -> None:
    path = driver.folder / "march.log"
    path.write_bytes(content)
    with pytest.raises(InputError) as caught:
        driver.ingest(path, options)
    assert str(caught.value) == f"march.log: got {said}"


def test_several_formats_are_told_apart_by_naming_one(driver: Driver) -> None:
    path = driver.folder / "march.csv"
    path.write_text(CSV)
    [row] = driver.agrees(path, Options(format="table", map=TABLE)).rows
    assert row["channel"] == "call"


def test_an_empty_file_of_a_named_format_holds_nothing(driver: Driver) -> None:
    path = driver.folder / "quiet.jsonl"
    for content in (b"", b"\n\n"):
        path.write_bytes(content)
        run = driver.ingest(path, Options(format="reach"))
        assert set(run.ingested.balance.counts()) == {0}
        assert run.rows == []


def test_a_file_of_nothing_but_bad_lines_is_read_if_its_format_is_named(driver: Driver) -> None:
    path = driver.folder / "cut.jsonl"
    path.write_text(LINE[:-9] + "\n")
    run = driver.agrees(path, Options(format="reach"))
    assert run.ingested.balance.rejected == 1


def test_a_log_may_begin_in_mid_record(driver: Driver) -> None:
    path = driver.folder / "rotated.jsonl"
    path.write_text(f"{LINE[30:]}\n{LINE}\n{LINE}\n")
    run = driver.agrees(path)
    assert (run.ingested.balance.accepted, run.ingested.balance.rejected) == (2, 1)


def test_a_block_of_zeros_costs_one_line_only(driver: Driver) -> None:
    path = driver.folder / "power-cut.jsonl"
    path.write_bytes(f"{LINE}\n".encode() + b"\0" * 4096 + f"\n{LINE}\n".encode())
    run = driver.agrees(path)
    assert (run.ingested.balance.accepted, run.ingested.balance.rejected) == (2, 1)


def test_a_missing_file_is_told_by_name(driver: Driver) -> None:
    with pytest.raises(InputError) as caught:
        driver.ingest(driver.folder / "nowhere.jsonl")
    assert str(caught.value) == (
        "nowhere.jsonl: got no such file or directory, expected a file that this user may read"
    )


def test_a_folder_is_no_file(driver: Driver) -> None:
    (driver.folder / "logs").mkdir()
    with pytest.raises(InputError) as caught:
        driver.ingest(driver.folder / "logs")
    assert str(caught.value) == (
        "logs: got is a directory, expected a file that this user may read"
    )


@pytest.mark.parametrize("where", [0.2, 0.5])
def test_parquet_that_is_damaged_inside_is_told_by_name(driver: Driver, where: float) -> None:
    path = driver.folder / "march.parquet"
    driver.engine.execute(
        "COPY (SELECT 'm' || i AS message_id, 'sent' AS event, 'sms' AS channel, "
        f"md5(i::VARCHAR) AS recipient FROM range(3000) AS t(i)) TO {file_literal(path)} "
        "(FORMAT parquet)"
    )
    content = bytearray(path.read_bytes())
    middle = int(len(content) * where)
    content[middle : middle + 4000] = b"\xff" * 4000
    path.write_bytes(content)
    with pytest.raises(InputError) as caught:
        driver.ingest(path)
    assert str(caught.value) == (
        "march.parquet: got a damaged Parquet file, expected a whole file; fetch it again"
    )


@pytest.mark.parametrize("columns", [900, 3000])
def test_a_wide_table_is_read_in_time(driver: Driver, columns: int) -> None:
    """Some names twice; minutes, if each column's place were sought among all names."""
    path = driver.folder / "wide.csv"
    names = [
        *CSV.split("\n", maxsplit=1)[0].split(","),
        *(f"x{i % (columns - 4)}" for i in range(columns)),
    ]
    cells = ["m1", "sent", "sms", "+6281", *"1" * columns]
    path.write_text(",".join(names) + "\n" + ",".join(cells) + "\n" + "short\n")
    balance = driver.ingest(path, Options(format="reach")).ingested.balance
    assert (balance.accepted, balance.rejected) == (1, 1)


def test_the_numbers_of_refused_records_take_eight_bytes_each(driver: Driver) -> None:
    tracemalloc.start()
    listed = Numbers.of(driver.engine.execute("SELECT 2 * i FROM range(400000) AS t(i) ORDER BY 1"))
    kept = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    assert kept < 9 * 400_000
    assert [number for number in range(12) if number in listed] == [0, 2, 4, 6, 8, 10]
    assert [number for number in (799_998, 3, 4, 800_000, 2) if number in listed] == [799_998, 4, 2]
    assert len(listed) == 400_000


def test_a_line_longer_than_any_row_costs_itself(driver: Driver) -> None:
    path = driver.folder / "march.csv"
    path.write_text(CSV + 'm2,sent,sms,"' + "x" * (17 << 20) + "\nm3,sent,sms,+6281\n")
    run = driver.ingest(path)
    assert run.ingested.balance.accepted == 2
    [said] = map(str, run.ingested.first_rejections)
    assert (
        said
        == "march.csv:3: got more than 16 Mi characters, expected a row of fewer, and a line end after each"
    )
