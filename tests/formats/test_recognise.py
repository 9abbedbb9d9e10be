"""A file is known by what it holds, never by what it is called."""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING, Any

import pytest
import zstandard

from reach.engine import connect, file_literal
from reach.errors import InputError
from reach.formats.containers import delimited
from reach.formats.containers.head import peek
from reach.formats.record import Options
from reach.formats.registry import recognise
from reach.formats.said_beside import said_beside
from reach.formats.table.format import TableFormat

if TYPE_CHECKING:
    from pathlib import Path

LINE = b'{"message_id": "m", "event": "sent", "channel": "sms", "recipient": "+62", "wilayah": 1}\n'
CSV = b"message_id,event,channel,recipient,wilayah\nm,sent,sms,+62,1\n"
TABLE = {"channel": {"const": "call"}, "person": "no"}


@pytest.mark.parametrize(
    ("content", "container", "delimiter"),
    [
        (LINE, "ndjson", ","),
        (b"\xef\xbb\xbf\r\n \t" + LINE, "ndjson", ","),
        (b"cut off}\n" + LINE * 2, "ndjson", ","),
        (LINE.replace(b"}", b", }"), "ndjson", ","),
        (CSV, "csv", ","),
        (b"\xef\xbb\xbf" + CSV.replace(b",", b";"), "csv", ";"),
        (b"\r\n" + CSV.replace(b",", b"\t"), "csv", "\t"),
        (CSV.replace(b",", b"|"), "csv", "|"),
        (b'"message_id","event","channel","recipient","wilayah"\n', "csv", ","),
    ],
)
@pytest.mark.parametrize("pack", [bytes, gzip.compress, zstandard.ZstdCompressor().compress])
def test_canonical_files_in_any_container(
    tmp_path: Path, content: bytes, container: str, delimiter: str, pack: type[bytes]
) -> None:
    path = tmp_path / "log.xlsx"
    path.write_bytes(pack(content))
    with connect() as engine:
        head = peek(path, "log", engine)
    assert (head.container, head.delimiter) == (container, delimiter)
    found = recognise("log", head, Options())
    assert found.name == "reach"
    assert list(found.unknown_keys(head, Options())) == ["wilayah"]
    assert found.unknown_keys(head, Options(fields={"region": "wilayah"})) == {}


@pytest.mark.parametrize("blanks", [262_100, 262_143, 262_144, 262_145, 600_000])
@pytest.mark.parametrize("before", [b"", b"\xef\xbb\xbf", b"\n", b"\xef\xbb\xbf\n"])
@pytest.mark.parametrize(
    "content", [LINE, LINE.rstrip(b"}\n") + b', "x": "' + b"x" * 300_000 + b'"}']
)
def test_blanks_at_the_beginning_tell_nothing(
    tmp_path: Path, blanks: int, before: bytes, content: bytes
) -> None:
    path = tmp_path / "log"
    path.write_bytes(before + b" " * blanks + content)
    with connect() as engine:
        head = peek(path, "log", engine)
    assert head.container == "ndjson"
    assert len(head.objects) == 1


def test_what_is_no_blank_of_json_is_not_taken_for_nothing(tmp_path: Path) -> None:
    path = tmp_path / "log"
    path.write_bytes("\u00a0\n\u2028\n".encode())
    with connect() as engine:
        assert peek(path, "log", engine).container != "empty"


def test_names_of_columns_are_distinct_whatever_the_header_says(tmp_path: Path) -> None:
    path = tmp_path / "calls.csv"
    path.write_bytes(b"no,via (column 3),via,via,no,fee (column of charges)\n1,2,3,4,5,6\n")
    with connect() as engine:
        head = peek(path, "calls", engine)
    names = delimited.column_names(head, Options())
    assert names == (
        "no", "via (column 3)", "via", "via (column 4)", "no (column 5)", "fee (column of charges)"
    )  # fmt: skip
    assert delimited.repeated_names(head, Options()) == {"no", "via"}


@pytest.mark.parametrize(
    ("header", "person", "twice"),
    [
        (b"phone,state,phone", "phone", True),
        (b"phone,state,phone", "phone (column 3)", False),
        (b"fee,fee (column of charges)", "fee", False),
        (b"x phone,y phone,x phone (column 1)", "phone", None),
    ],
)
def test_only_a_mapped_column_that_stands_twice_is_refused(
    tmp_path: Path, header: bytes, person: str, *, twice: bool | None
) -> None:
    path = tmp_path / "calls.csv"
    path.write_bytes(header + b"\n")
    with connect() as engine:
        head = peek(path, "calls", engine)
    fit = TableFormat().fit(head, Options(map=TABLE | {"person": person}))
    assert fit.ok == (twice is False)
    assert ("stands twice" in fit.why) == (twice is True)


def test_parquet(tmp_path: Path) -> None:
    path = tmp_path / "log.txt"
    with connect() as engine:
        engine.execute(
            "COPY (SELECT 'm' AS message_id, 'sent' AS event, 'sms' AS channel, '+62' AS who) "
            f"TO {file_literal(path)} (FORMAT parquet)"
        )
        head = peek(path, "log", engine)
    assert (head.container, head.types) == ("parquet", ("VARCHAR",) * 4)
    assert recognise("log", head, Options(fields={"recipient": "who"})).name == "reach"


def test_a_table_by_its_map(tmp_path: Path) -> None:
    path = tmp_path / "calls.csv"
    path.write_bytes(b"no;answer\n+62;yes\n")
    with connect() as engine:
        head = peek(path, "calls", engine)
    assert recognise("calls", head, Options(map=TABLE)).name == "table"


def test_a_map_and_canonical_columns_leave_the_choice_to_the_user(tmp_path: Path) -> None:
    path = tmp_path / "calls.csv"
    path.write_bytes(CSV)
    plan = {"channel": "channel", "person": "recipient"}
    with connect() as engine:
        head = peek(path, "calls", engine)
    with pytest.raises(InputError) as raised:
        recognise("calls", head, Options(map=plan))
    assert str(raised.value) == (
        "calls: got a file that several formats fit "
        "(reach: it has message_id, event, channel, recipient; "
        "table: it has all the mapped columns), "
        "expected one of them; name it with --format, or with format: in experiment.yaml"
    )
    assert recognise("calls", head, Options("table", map=plan)).name == "table"
    assert recognise("calls", head, Options("reach")).name == "reach"


@pytest.mark.parametrize(
    ("content", "why", "mend"),
    [
        (CSV, "it has no column no_such (it has message_id, event, channel, recipient, wilayah)", ""),
        (b"a,b\n1,2\n", "it has no column channel, no_such (it has a, b)", ""),
        (b"chanel,no_sutch\n1,2\n",
         "it has no column channel, no_such (it has chanel, no_sutch)",
         " (did you mean chanel, no_sutch?)"),
        (LINE, "it is no CSV", None),
    ],
)  # fmt: skip
def test_a_map_is_never_passed_over_in_silence(
    tmp_path: Path, content: bytes, why: str, mend: str | None
) -> None:
    path = tmp_path / "calls.csv"
    path.write_bytes(content)
    plan = {"channel": "channel", "person": "no_such"}
    with connect() as engine:
        head = peek(path, "calls", engine)
    with pytest.raises(InputError) as raised:
        recognise("calls", head, Options(map=plan))
    expected = "a CSV, or no map in the config"
    if mend is not None:
        expected = f"a map whose columns the file has{mend}"
    assert str(raised.value) == (
        f"calls: got a file that its map does not fit: {why}, expected {expected}"
    )


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"id:7 sub:1 done date:2401051031 stat:DELIVRD\n", {"timezone": "Asia/Jakarta"}),
        (b"Jan  5 10:31:07 mx postfix/smtp[1]: A1B2C3D4E5F: to=<a@b.id>, status=sent (250 ok)\n",
         {"timezone": "Asia/Jakarta", "year": 2026}),
        (b"Video title,Video link,Post time,Total views\na,b,January 5,7\n", {"year": 2026}),
        (b"Post ID,Publish time,Permalink,Post type,Page ID,Page name\n",
         {"timezone": "America/Los_Angeles"}),
        (b"Post ID,Publish time,Permalink,Post type,Account ID,Account username\n",
         {"timezone": "America/Los_Angeles"}),
    ],
)  # fmt: skip
def test_what_a_log_leaves_out_is_asked_for_in_one_manner(
    tmp_path: Path, content: bytes, said: dict[str, Any]
) -> None:
    path = tmp_path / "log"
    path.write_bytes(content)
    with connect() as engine:
        head = peek(path, "log", engine)
    with pytest.raises(InputError) as raised:
        recognise("log", head, Options())
    assert str(raised.value).endswith(f": {said_beside(**said)}")
    recognise("log", head, Options(**said))


def test_a_setting_that_is_of_no_use_is_refused_unless_it_is_said_of_others_too(
    tmp_path: Path,
) -> None:
    path = tmp_path / "log"
    path.write_bytes(LINE)
    with connect() as engine:
        head = peek(path, "log", engine)
    with pytest.raises(InputError, match="year, of which a log of format reach has no use"):
        recognise("log", head, Options(year=2026), ("timezone",))
    assert recognise("log", head, Options(year=2026), ("timezone", "year")).name == "reach"


def test_an_empty_file_with_a_map_is_a_table_of_nothing(tmp_path: Path) -> None:
    path = tmp_path / "calls.csv"
    path.write_bytes(b"")
    with connect() as engine:
        head = peek(path, "calls", engine)
    assert recognise("calls", head, Options(map=TABLE)).name == "table"
    with pytest.raises(InputError, match="name its format if it may be empty"):
        recognise("calls", head, Options())


def test_a_delimiter_that_only_the_map_knows(tmp_path: Path) -> None:
    path = tmp_path / "calls.csv"
    path.write_bytes(b"no^name, first^town, street, house\n+62^Siti^Jawa\n")
    with connect() as engine:
        head = peek(path, "calls", engine)
    plan = TABLE | {"delimiter": "^", "region": "town, street, house"}
    assert recognise("calls", head, Options(map=plan)).name == "table"


def test_a_json_text_within_a_csv_is_no_line_of_json(tmp_path: Path) -> None:
    path = tmp_path / "notes.csv"
    path.write_bytes(b'no,note\n1,"\n{}\n"\n')
    with connect() as engine:
        assert peek(path, "notes", engine).container == "csv"
