"""Bad records and bad files, as the command line tells of them; nothing of them is lost."""

from __future__ import annotations

import gzip
import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from reach.schemas import validator

if TYPE_CHECKING:
    from conftest import Run

GOOD = {
    "message_id": "m1",
    "event": "sent",
    "channel": "sms",
    "recipient": "+6281",
    "occurred_at": "2026-01-05T07:00:00Z",
}
LINE = json.dumps(GOOD)
DATE_TIME = "expected an RFC 3339 date-time with a zone, as 2026-01-05T07:00:00+07:00"
LOG_END = "2026-03-01T00:00:00Z"


def line(**fields: object) -> str:
    return json.dumps(GOOD | fields)


BAD_LINES: dict[str, tuple[str, str, str]] = {
    "not JSON": ("hello", ": got", "expected one JSON object on one line"),
    "cut": (LINE[:40], ": got a line that ends in mid-record", "expected one JSON"),
    "list": ("[1, 2]", ": got a bare array", "expected one JSON object"),
    "number for text": (line(message_id=7), "$.message_id: got 7", "expected text, in quotes"),
    "text for truth": (line(machine="no"), '$.machine: got "no"', "expected true or false"),
    "nested": (line(region={"a": 1}), "$.region: got", "expected text"),
    "missing": (line(recipient=None), "$.recipient: got nothing", "expected an address"),
    "unknown word": (line(event="send"), '$.event: got "send"', "(did you mean sent?)"),
    "no zone": (line(occurred_at="2026-01-05T07:00:00"), "$.occurred_at: got", DATE_TIME),
    "month 13": (line(occurred_at="2024-13-01T07:00:00Z"), "$.occurred_at: got", "expected"),
    "February 30": (line(occurred_at="2026-02-30T07:00:00Z"), "$.occurred_at: got", "expected"),
    "hour 24": (line(occurred_at="2026-01-05T24:00:00Z"), "$.occurred_at: got", "expected"),
    "leap second": (line(occurred_at="2016-12-31T23:59:60Z"), "$.occurred_at: got", "expected"),
    "only a date": (line(occurred_at="2026-01-05"), "$.occurred_at: got", DATE_TIME),
    "seconds since 1970": (line(occurred_at=1767596400), "$.occurred_at: got 1767596400", "RFC"),
    "after the log's end": (line(occurred_at="2026-03-01T00:00:01Z"), "$.occurred_at: got",
                            "expected a time not after the log's end, 2026-03-01T00:00:00"),
    "a NUL": ("\0\0\0", ": got", "expected one JSON object on one line"),
    "deep": ("[" * 100_000 + "]" * 100_000, ": got", "expected one JSON object"),
    "deep in a field": ('{"message_id": ' + "[" * 100_000 + "]" * 100_000 + "}",
                        ": got", "expected"),
}  # fmt: skip


SHOWN = 5
"""So many refusals are shown of a file."""


@pytest.mark.parametrize("begin", range(0, len(BAD_LINES), SHOWN))
def test_bad_lines_are_refused_each_with_its_place(reach: Run, folder: Path, begin: int) -> None:
    bad = list(BAD_LINES.values())[begin : begin + SHOWN]
    log = folder / "march.ndjson"
    log.write_text("\n\n".join([LINE, *(each for each, _, _ in bad), line(message_id="m2")]))
    done = reach("check", log.name, "-o", "refused.ndjson", "--log-ends", LOG_END)
    assert (done.code, done.err) == (1, "")
    records = f"{len(bad) + 2} records = 2 accepted + {len(bad)} refused + 0 without an event"
    assert records in done.read
    refused = rejections(folder / "refused.ndjson")
    for number, (rejection, (raw, received, expected)) in enumerate(zip(refused, bad, strict=True)):
        place = f"march.ndjson:{2 * number + 3}"
        told = done.read.partition(place)[2].partition("march.ndjson:")[0]
        assert received in place + told
        assert expected in told
        assert (rejection["source"], rejection["line"]) == ("march.ndjson", 2 * number + 3)
        assert (rejection["record"], rejection["raw"]) == (number + 2, raw)


@pytest.mark.parametrize("lang", ["en", "id"])
def test_where_the_refusals_that_are_not_shown_can_be_had(
    reach: Run, folder: Path, lang: str
) -> None:
    (folder / "march.ndjson").write_text("\n".join([LINE, *["x"] * (SHOWN + 4)]))
    hint = {"en": "… and 4 more; -o FILE writes all", "id": "… dan 4 lagi; -o BERKAS menuliskan"}
    shown = reach("check", "march.ndjson", "--lang", lang)
    assert hint[lang] in shown.read
    assert "-o " not in reach("check", "march.ndjson", "--lang", lang, "-o", "refused").read
    # A store keeps them all, and the report says where.
    assert "-o " not in reach("ingest", "march.ndjson", "--lang", lang, "--store", "kept").read


def test_lines_mended_in_their_places_make_the_file_whole(reach: Run, folder: Path) -> None:
    log = folder / "march.ndjson"
    lines = [line(message_id=f"m{at}") for at in range(3 * len(BAD_LINES))]
    bad = {3 * at + 1: each for at, (each, _, _) in enumerate(BAD_LINES.values())}
    log.write_text("\n".join(bad.get(at, each) for at, each in enumerate(lines)))
    done = reach("check", log.name, "-o", "refused.ndjson", "--log-ends", LOG_END)
    assert done.code == 1
    assert f"{len(lines)} records = {2 * len(bad)} accepted + {len(bad)} refused" in done.read
    refused = rejections(folder / "refused.ndjson")
    assert {each["line"] - 1: each["raw"] for each in refused} == bad
    log.write_text("\n".join(lines))
    done = reach("check", log.name, "-o", "refused.ndjson", "--log-ends", LOG_END)
    assert done.code == 0
    assert f"{len(lines)} records = {len(lines)} accepted + 0 refused" in done.read
    assert rejections(folder / "refused.ndjson") == []


def rejections(file: Path) -> list[dict[str, Any]]:
    """The refused records in a file, each as its schema wants it."""
    found = [json.loads(each) for each in file.read_text(encoding="utf-8").split("\n") if each]
    for each in found:
        validator("rejection").validate(each)
    return found


@pytest.mark.parametrize(
    ("mark", "newline", "last"),
    [("", "\r\n", "\r\n"), ("\ufeff", "\n", ""), ("\ufeff", "\r\n", "")],
)
def test_line_ends_and_byte_order_marks_change_nothing(
    reach: Run, folder: Path, mark: str, newline: str, last: str
) -> None:
    lines = [line(message_id="m1"), line(message_id="m2"), line(event="Sent")]
    text = mark + newline.join(lines) + last
    (folder / "log.ndjson").write_bytes(text.encode())
    done = reach("check", "log.ndjson", "-o", "refused.ndjson")
    assert done.code == 1
    assert "3 records = 2 accepted + 1 refused" in done.read
    [rejection] = rejections(folder / "refused.ndjson")
    assert (rejection["line"], rejection["raw"]) == (3, lines[2])


def test_bytes_that_are_no_text_are_shown_and_kept(reach: Run, folder: Path) -> None:
    (folder / "log.ndjson").write_bytes(LINE.encode() + b'\n{"region": "Yogy\xe9"}\n')
    done = reach("check", "log.ndjson", "-o", "refused.ndjson")
    assert done.code == 1
    assert "log.ndjson:2: got byte 0xe9 at 17, not UTF-8" in done.read
    assert rejections(folder / "refused.ndjson")[0]["raw"] == '{"region": "Yogy\\xe9"}'


CSV = "message_id,event,channel,recipient\nm1,sent,sms,p1\n"


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("m2,sent,sms", "x.csv:3: got a row of 3 fields, expected 4, as the header has"),
        ("m2,sent,sms,p,more", "x.csv:3: got a row of 5 fields, expected 4, as the header has"),
        ('m2,sent,sms,"p', "x.csv:3: got a quote that is not closed, expected quotes closed"),
        ("m2,send,sms,p", 'x.csv:3 $.event: got "send", expected one of'),
        ("m2,sent,,p", "x.csv:3 $.channel: got nothing, expected"),
    ],
)
def test_a_bad_row_costs_itself_alone(reach: Run, folder: Path, row: str, told: str) -> None:
    (folder / "x.csv").write_text(f"{CSV}{row}\nm3,sent,sms,p3\n", encoding="utf-8")
    done = reach("check", "x.csv", "-o", "refused.ndjson")
    assert done.code == 1
    assert told in done.read
    assert "3 records = 2 accepted + 1 refused + 0 without an event" in done.read
    assert rejections(folder / "refused.ndjson")[0]["raw"] == row


def test_a_column_that_stands_twice_is_told_of(reach: Run, folder: Path) -> None:
    (folder / "x.csv").write_text(
        "message_id,event,channel,recipient,channel\na,sent,sms,p,email\n"
    )
    done = reach("check", "x.csv")
    assert done.code == 0
    assert "channel (column 5)" in done.read


BAD_FILES: dict[str, tuple[bytes, str, str]] = {
    "empty": (b"", "an empty file", "at least one record"),
    "blank": (b"\n\r\n  \n", "an empty file", "at least one record"),
    "program": (bytes(range(256)) * 9, "binary data", "JSON lines, CSV or Parquet"),
    "Excel": (b"PK\3\4" + bytes(range(256)), "a zip or Excel file", "its sheet saved as CSV (UTF-8)"),
    "unknown": (b"day,sent\n1,2\n", "a table of no known format, with the columns day, sent",
                "a map: in experiment.yaml that says what its columns mean"),
    "no header": (b"+6281234567890,sent\n+6281234567891,sent\n",
                  "a table whose first row seems to name no columns: +6281234567890, sent",
                  "a first row with the names of the columns, and a map: in experiment.yaml"),
    "wide": (b";".join(b"%d" % n for n in range(2000, 2015)) + b"\n", "2010, 2011 and 3 more", "a map:"),
    "long": (b"a,b" + b"b" * 99 + b"\n1,2\n", 'the columns a, "' + "b" * 60 + '…"', "a map:"),
    "prose": (b"Dear colleague,\nhere is the log.\n", "text that is neither a table nor JSON",
              "a log of a format that `reach formats` lists"),
    "excel's line alone": (b"sep=,\n", "text that is neither a table nor JSON", "`reach formats`"),
    "web page": (b"<!doctype html>\n<title>Log in</title>\n", "a web page", "download it again"),
    "PDF": (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\0", "a PDF", "the log itself"),
    "picture": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "a picture", "the log itself"),
    "photograph": (b"\xff\xd8\xff\xe0\0\x10JFIF", "a picture", "the log itself"),
    "old Excel": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0", "an old Excel", "saved as CSV (UTF-8)"),
    "JSON": (b'{"day": 1, "sent": 2}\n', "JSON of no known format, with the keys day, sent",
             "a log of a format that `reach formats` lists"),
    "array": (b"[" + LINE.encode() + b"]", "reach's own events, but not one on each line",
              "one JSON object on each line"),
    "deep array": (b"[" * 100_000, "text that is neither a table nor JSON", ""),
    "cut gzip": (gzip.compress(LINE.encode() * 99)[:-9], "damaged compressed data",
                 "a whole file; fetch it again"),
    "damaged gzip": (gzip.compress(os.urandom(4096))[:2048] + b"\0" * 99,
                     "damaged compressed data", "fetch it again"),
    "cut Parquet": (b"PAR1" + b"\1" * 60, "a damaged Parquet file", "fetch it again"),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD_FILES)
def test_a_bad_file_is_named_with_what_it_is_and_what_to_do(
    reach: Run, folder: Path, name: str
) -> None:
    content, received, expected = BAD_FILES[name]
    (folder / "march.log").write_bytes(content)
    (folder / "experiment.yaml").write_text("experiment: e\nsources: [march.log]\n")
    done = reach("check", "march.log")
    assert (done.code, done.out) == (3, "")
    assert done.err.startswith("reach: march.log: got ")
    assert received in done.err
    assert ", expected " in done.err
    assert expected in done.err
    if name in ("empty", "cut gzip"):
        assert reach("compare", ".") == done
        assert list(folder.glob("*/evidence/*.parquet")) == []


def test_two_formats_that_fit_are_told_apart_by_naming_one(reach: Run, folder: Path) -> None:
    (folder / "x.csv").write_text(CSV)
    config = "experiment: e\nsources:\n  - {path: x.csv, map: {channel: channel, person: recipient}"
    (folder / "experiment.yaml").write_text(config + "}\n")
    done = reach("compare", ".")
    assert (done.code, done.out) == (3, "")
    assert "x.csv: got a file that several formats fit (reach: it has" in done.err
    assert (
        "table: it has all the mapped columns), expected one of them; name it with --format"
        in done.err
    )
    (folder / "experiment.yaml").write_text(config + ", format: table}\n")
    assert reach("compare", ".").code == 0


def test_files_that_can_t_be_read_are_all_named_at_once(reach: Run, folder: Path) -> None:
    (folder / "empty").mkdir()
    os.mkfifo(folder / "pipe")
    (folder / "link").symlink_to("gone.ndjson")
    done = reach("check", "missing.ndjson", "empty", "pipe", "link", "/dev/null")
    assert (done.code, done.out) == (3, "")
    told = done.err.splitlines()
    assert told == [
        "reach: missing.ndjson: got no such file, expected a log file, or a folder of logs",
        "reach: empty: got a folder without files, expected a log file, or a folder of logs",
        "reach: pipe: got neither a file nor a folder, expected a log file",
        told[3],
        "reach: /dev/null: got neither a file nor a folder, expected a log file",
    ]
    assert told[3].startswith("reach: link: got ")
    assert told[3].endswith(", expected a file that may be read; mend its permissions or link")


def test_a_file_that_the_system_will_not_read_is_named(
    reach: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = folder / "march.ndjson"
    log.write_text(LINE)
    log.chmod(0)
    if os.geteuid() == 0:  # who may read everything; so let the system refuse as it would others
        opened = Path.open

        def refuse(path: Path, *how: Any, **more: Any) -> Any:  # noqa: ANN401
            if path.name == log.name:
                raise PermissionError(13, "Permission denied", str(path))
            return opened(path, *how, **more)

        monkeypatch.setattr(Path, "open", refuse)
    done = reach("check", log.name)
    assert (done.code, done.out) == (3, "")
    assert done.err == (
        "reach: march.ndjson: got Permission denied, "
        "expected a file that may be read; mend its permissions or link\n"
    )


def test_a_source_that_names_nothing_is_told_with_its_line(reach: Run, folder: Path) -> None:
    (folder / "none").mkdir()
    (folder / "experiment.yaml").write_text(
        "experiment: e\nsources:\n  - gone.ndjson\n  - none\n  - logs/*.gz\n"
    )
    done = reach("compare", ".")
    assert (done.code, done.out) == (3, "")
    for number, (row, name) in enumerate(((3, "gone.ndjson"), (4, "none"), (5, "logs/*.gz"))):
        fault = done.err.splitlines()[number]
        assert f'experiment.yaml:{row}:5 $.sources[{number}]: got "{name}"' in fault
        assert "put it there or mend the path" in fault
