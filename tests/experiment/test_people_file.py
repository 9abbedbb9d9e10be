"""The file that says who is behind an address."""

from __future__ import annotations

import bz2
import csv
import gzip
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from duckdb import DuckDBPyConnection
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from reach.engine import connect
from reach.errors import InputError
from reach.experiment.people import load_people
from reach.formats.record import Refused
from reach.ingest.judge import valid_event
from reach.ingest.secret import define_macros, keyed
from reach.ingest.telephone import normal_number

KEY = b"k" * 32
ROUNDED = re.compile(r"[1-9]([.,][0-9]+)?[Ee][+][0-9]{1,2}")
FILE = "people.csv"
COLUMNS = "a CSV of address, person, region, segment"


@pytest.fixture(scope="module")
def engine() -> Iterator[DuckDBPyConnection]:
    with connect() as opened:
        define_macros(opened, KEY)
        yield opened


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / FILE


def rows(
    engine: DuckDBPyConnection, file: Path, country: str | None = None
) -> list[tuple[object, ...]]:
    table = load_people(engine, file, FILE, country)
    found = engine.execute(f"SELECT address, person, region, segment FROM {table} ORDER BY ALL")
    return found.fetchall()


def row(address: str, person: str, *more: str | None) -> tuple[object, ...]:
    return keyed(KEY, address), keyed(KEY, f"person:{person}"), *more


def refused(engine: DuckDBPyConnection, file: Path) -> list[str]:
    with pytest.raises(InputError) as raised:
        load_people(engine, file, FILE, None)
    assert str(file) not in str(raised.value)
    return str(raised.value).splitlines()


def test_addresses_are_hashed_like_those_of_the_logs(
    engine: DuckDBPyConnection, file: Path
) -> None:
    file.write_text("address,person,region,segment\nSiti@X.org,Siti,north,\n", encoding="utf-8")
    assert rows(engine, file) == [row("siti@x.org", "Siti", "north", None)]


def test_columns_in_any_order_with_a_mark_and_windows_line_ends(
    engine: DuckDBPyConnection, file: Path
) -> None:
    file.write_bytes("\ufeffperson,segment,address\r\nSiti,old,+62 811\r\n".encode())
    assert rows(engine, file) == [row("+62 811", "Siti", None, "old")]


@pytest.mark.parametrize("script", ["utf-16", "utf-16-le", "utf-16-be"])
def test_a_file_as_excel_writes_it(engine: DuckDBPyConnection, file: Path, script: str) -> None:
    file.write_bytes(bz2.compress("address,person\r\nx@y.org,Siti é\r\n".encode(script)))
    assert rows(engine, file) == [row("x@y.org", "Siti é", None, None)]


def test_columns_that_mean_nothing_here_may_stand_there(
    engine: DuckDBPyConnection, file: Path
) -> None:
    text = 'address,note,person\nx@y.org,"twice, says\nSiti",Siti\n'
    file.write_text(text, encoding="utf-8")
    assert rows(engine, file) == [row("x@y.org", "Siti", None, None)]


@pytest.mark.parametrize("blanks", [" {} ", "\t{}", '"{}\n"'])
def test_blanks_around_an_address_are_no_part_of_it(
    engine: DuckDBPyConnection, file: Path, blanks: str
) -> None:
    file.write_text(f"address,person\n{blanks.format('x@y.org')},Siti\n", encoding="utf-8")
    assert rows(engine, file) == [row("x@y.org", "Siti", None, None)]


ADDRESS = st.text(
    st.sampled_from("aZÉİΣς@ \t\r\n\f\v\xa0\u2003.+6\",;'")
    # A file with a NUL is no CSV, neither as a log nor here.
    | st.characters(exclude_categories=["Cs"], exclude_characters="\0"),
    max_size=8,
)


@settings(max_examples=25, deadline=None)
@given(written=st.lists(ADDRESS, min_size=1, max_size=40))
@example(written=[" A@B ", "\tA@B\r\n", "\xa0A@B", "İ@X", " \t +62 8\v", "\f\x1cA@b\x1c", "ΑΣ@X "])
@example(
    written=["0812-3456-789", "+62 812 3456 789", "62812", "٠٨١٢٣٤٥٦٧٨٩", "+1", " 021 5550123"]
)
def test_addresses_are_normalised_as_those_of_the_logs(
    engine: DuckDBPyConnection, tmp_path_factory: pytest.TempPathFactory, written: list[str]
) -> None:
    said = [
        {"message_id": "m", "event": "sent", "channel": "sms", "recipient": each}
        for each in written
    ]
    judged = [_judged(event) for event in said]
    assume(not any(address and ROUNDED.fullmatch(address) for address in judged))
    known = {each: address for each, address in zip(written, judged, strict=True) if address}
    file = tmp_path_factory.getbasetemp() / FILE
    with file.open("w", encoding="utf-8", newline="") as out:
        lines = csv.writer(out, quoting=csv.QUOTE_ALL)
        lines.writerow(["address", "person"])
        lines.writerows([each, "Siti"] for each in known)
    for country in (None, "ID"):
        found = {address for address, *_ in rows(engine, file, country)}
        normal = {normal_number(each, country) or each for each in known.values()}
        assert found == {keyed(KEY, address) for address in normal}


def _judged(event: dict[str, str]) -> str | None:
    """The address as a log's record is stored with, or None if the record is refused."""
    try:
        return str(valid_event(event, None)["recipient"])
    except Refused:
        return None


def test_a_person_may_have_several_addresses(engine: DuckDBPyConnection, file: Path) -> None:
    text = "address,person,region\nx@y.org,Siti,north\n0811,Siti,\nX@Y.ORG,Siti,north\n"
    file.write_text(text, encoding="utf-8")
    wanted = [row("x@y.org", "Siti", "north", None), row("0811", "Siti", None, None)]
    assert sorted(rows(engine, file), key=str) == sorted(wanted, key=str)


def test_a_number_written_in_two_ways_is_one_address(
    engine: DuckDBPyConnection, file: Path
) -> None:
    text = "address,person\n0812-3456-789,Siti\n+62 812 3456 789,Siti\n12,Budi\n"
    file.write_text(text, encoding="utf-8")
    wanted = [row("+628123456789", "Siti", None, None), row("12", "Budi", None, None)]
    assert sorted(rows(engine, file, "ID"), key=str) == sorted(wanted, key=str)


def test_a_number_of_two_persons_is_refused_however_it_is_written(
    engine: DuckDBPyConnection, file: Path
) -> None:
    file.write_text("address,person\n08123456789,Siti\n628123456789,Budi\n", encoding="utf-8")
    assert len(rows(engine, file)) == 2
    with pytest.raises(InputError, match=r"^people.csv:3 \$.address: got an address that line 2"):
        load_people(engine, file, FILE, "ID")


@pytest.mark.parametrize("other", ["X@y.org,Budi,north", "x@y.org,Siti,south", " x@y.org,Siti,"])
def test_an_address_of_two_persons_is_refused(
    engine: DuckDBPyConnection, file: Path, other: str
) -> None:
    file.write_text(f"address,person,region\nx@y.org,Siti,north\n{other}\n", encoding="utf-8")
    received = "an address that line 2 gives to another person, region or segment"
    expected = "one person for each address"
    assert refused(engine, file) == [f"people.csv:3 $.address: got {received}, expected {expected}"]


def test_every_row_needs_address_and_person(engine: DuckDBPyConnection, file: Path) -> None:
    file.write_text("address,person\nx@y.org,\n ,Siti\n,\nz@y.org,Budi\n", encoding="utf-8")
    assert refused(engine, file) == [
        "people.csv:2 $.person: got nothing, expected a value in every row",
        "people.csv:3 $.address: got nothing, expected a value in every row",
        "people.csv:4 $.address: got nothing, expected a value in every row",
    ]


@pytest.mark.parametrize(
    ("header", "shown"),
    [
        ("address,region", "the columns address, region"),
        ("address^person", "the columns address^person"),
        ("address" + 30 * ",x", "the columns address" + 9 * ", x" + ", …"),
        ("address,person,person", "the columns address, person, person"),
        ("", "no columns"),
    ],
)
def test_a_header_without_what_is_needed(
    engine: DuckDBPyConnection, file: Path, header: str, shown: str
) -> None:
    file.write_text(f"{header}\n", encoding="utf-8")
    expected = "address and person, and perhaps region and segment"
    assert refused(engine, file) == [f"people.csv:1: got {shown}, expected {expected}"]


def test_a_header_alone_maps_nobody(engine: DuckDBPyConnection, file: Path) -> None:
    file.write_text("address,person\n", encoding="utf-8")
    assert rows(engine, file) == []


def test_a_file_that_is_not_there(engine: DuckDBPyConnection, file: Path) -> None:
    assert refused(engine, file) == [
        "people.csv: got no such file or directory, expected the people file that the config names"
    ]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"PK\x03\x04\x14", ": got a zip or Excel file, expected its sheet saved as CSV (UTF-8)"),
        (b"address,person\nx,\0\n",
         ": got binary data, expected JSON lines, CSV or Parquet, plain, gzip, zstd or bzip2"),
        (b'{"address": "x"}', f": got JSON, expected {COLUMNS}"),
        (b"address,person\nx,Jos\xe9\n",
         ":2: got byte 0xe9 at 6, not UTF-8, expected UTF-8 text; save it again as CSV UTF-8"),
    ],
)  # fmt: skip
def test_what_is_no_such_file_gets_the_advice_that_logs_get(
    engine: DuckDBPyConnection, file: Path, data: bytes, said: str
) -> None:
    file.write_bytes(data)
    assert refused(engine, file) == [f"people.csv{said}"]


@pytest.mark.parametrize(("line", "fields"), [("x@y.org", 1), ("x@y.org,Siti,more", 3)])
def test_a_row_of_another_length_is_named(
    engine: DuckDBPyConnection, file: Path, line: str, fields: int
) -> None:
    file.write_text(f"address,person\na@y.org,Budi\n\n{line}\n", encoding="utf-8")
    said = f"got a row of {fields} fields, expected 2, as the header has"
    assert refused(engine, file) == [f"people.csv:4: {said}"]


def test_an_open_quote_costs_a_short_message(engine: DuckDBPyConnection, file: Path) -> None:
    more = "z@y.org,Ani\n" * 2000
    file.write_text(f'address,person\na@y.org,"Budi\n{more}', encoding="utf-8")
    (said,) = refused(engine, file)
    assert said.startswith("people.csv:2: got a quote that is not closed, expected quotes closed")


@pytest.mark.parametrize("sign", [",", ";", "\t", "|"])
@pytest.mark.parametrize("ends", [("\n", "\n"), ("\r\n", "\r\n"), ("\r\n", "\n"), ("\n", "\r\n")])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_what_programs_write_is_read(
    engine: DuckDBPyConnection, file: Path, sign: str, ends: tuple[str, str], mark: str
) -> None:
    lines = [["person", "address", "region"], ["Siti", '" x@y.org"', ""], ["Budi", "+62", "north"]]
    first, second, third = (sign.join(line) for line in lines)
    written = f"{mark}{first}{ends[0]}{second}{ends[0]}{ends[0]}{third}{sign}{ends[1]}"
    file.write_bytes(written.encode())
    wanted = [row("x@y.org", "Siti", None, None), row("+62", "Budi", "north", None)]
    assert sorted(rows(engine, file), key=str) == sorted(wanted, key=str)


def test_lines_are_counted_as_an_editor_counts_them(engine: DuckDBPyConnection, file: Path) -> None:
    text = 'address,person,note\n\nx@y.org,Siti,"two\nlines"\n\nX@y.org,Budi,\nz@y.org,,\n'
    file.write_text(text, encoding="utf-8")
    received = "an address that line 3 gives to another person, region or segment"
    assert refused(engine, file) == [
        "people.csv:7 $.person: got nothing, expected a value in every row",
        f"people.csv:6 $.address: got {received}, expected one person for each address",
    ]


def test_a_packed_file_that_is_cut_is_told(engine: DuckDBPyConnection, file: Path) -> None:
    text = "address,person\n" + "".join(f"{n}@y.org,{n * n}\n" for n in range(100_000))
    packed = gzip.compress(text.encode())
    file.write_bytes(packed)
    assert len(rows(engine, file)) == 100_000
    file.write_bytes(packed[:-5])
    (said,) = refused(engine, file)
    assert said.startswith("people.csv: got damaged compressed data")
