"""Lines of text: what the engine reads is what Python reads, or it gives up."""

from __future__ import annotations

import gzip
from pathlib import Path

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reach.engine import Limits, connect
from reach.formats.containers import ndjson, text_lines
from reach.formats.containers.head import peek
from reach.formats.record import Log, Options, Refused

PIECE = st.sampled_from(
    [b"a", b" ", b"\t", b'"', b"'", b",", b";", b"\\", b"#", b"\0", b"\x1f", b"\v", b"\f", b"NULL",
     "é".encode(), "\u2028".encode(), "\U000f0000".encode()]
)  # fmt: skip
ODD = st.sampled_from([b"\xff", b"\r", b"\xc3", b"\xef\xbb\xbf"])


def opened(path: Path) -> Log:
    with connect(Limits(threads=1)) as engine:
        head = peek(path, path.name, engine)
    return Log(path, path.name, "", head, Options())


def by_engine(log: Log, threads: int = 1) -> list[tuple[int, str]]:
    with connect(Limits(threads=threads)) as engine:
        return engine.execute(text_lines.rows_sql(log, numbered=True)).fetchall()


def by_python(log: Log) -> list[tuple[int, str]]:
    return [(record.number, record.raw) for record in text_lines.records(log)]


@settings(max_examples=60, deadline=None)
@given(
    lines=st.lists(st.lists(PIECE | ODD, max_size=5).map(b"".join), max_size=7),
    end=st.sampled_from([b"\n", b"\r\n"]),
)
def test_both_read_the_same_lines(
    tmp_path_factory: pytest.TempPathFactory, lines: list[bytes], end: bytes
) -> None:
    path = tmp_path_factory.mktemp("lines") / "a.log"
    # A NUL near the beginning makes it no text.
    path.write_bytes(b"x" * (1 << 19) + end + end.join(lines))
    log = opened(path)
    count, blank = ndjson.count_lines(log)
    assert len(by_python(log)) == count - blank
    try:
        found = by_engine(log)
    except duckdb.Error:
        return
    assert sorted(found) == by_python(log)


def test_nothing_is_quoted_and_blank_lines_are_no_records(tmp_path: Path) -> None:
    path = tmp_path / "a.log"
    path.write_bytes(b'\xef\xbb\xbf"a\n\n \t \n#b"",;|\\\n\r\n'.replace(b"\r", b"") + b"NULL")
    log = opened(path)
    found = [(record.line, record.raw) for record in text_lines.records(log)]
    assert found == [(1, '"a'), (4, '#b"",;|\\'), (6, "NULL")]
    assert sorted(by_engine(log)) == [(1, '"a'), (2, '#b"",;|\\'), (3, "NULL")]


def test_numbers_follow_the_file_on_two_threads_and_packed(tmp_path: Path) -> None:
    text = b"".join(b"line %d %s\n" % (number, b"x" * 90) for number in range(1, 120_001))
    for name, content in (("a.log", text), ("a.log.gz", gzip.compress(text, 1))):
        path = tmp_path / name
        path.write_bytes(content)
        found = by_engine(opened(path), threads=2)
        assert len(found) == 120_000
        assert all(line.startswith(f"line {number} ") for number, line in found)


def test_bytes_that_are_no_utf_8_are_read_and_too_long_lines_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.log"
    path.write_bytes(b"a\xff\n" + b"b" * (ndjson.LONGEST + 1) + b"\nc\n")
    log = opened(path)
    with pytest.raises(duckdb.Error):
        by_engine(log)
    first, second, third = text_lines.records(log)
    assert (first.value, third.value) == ({"line": "a\\xff"}, {"line": "c"})
    assert isinstance(second.broken, Refused)
    assert second.broken.received == "more than 32 MiB"


def test_records_that_nobody_wants_come_without_content(tmp_path: Path) -> None:
    path = tmp_path / "a.log"
    path.write_bytes(b"a\nb\nc\n")
    found = [record.value for record in text_lines.records(opened(path), {2})]
    assert found == [None, {"line": "b"}, None]


@pytest.mark.parametrize("line", ["{0}", "x{0}", "{0}x", "x{0}y", "{0}{0}"])
def test_the_sign_between_fields_is_left_to_python(tmp_path: Path, line: str) -> None:
    """The engine would drop it at a line's end, in silence."""
    path = tmp_path / "a.log"
    path.write_text("a\n", encoding="utf-8")
    log = opened(path)
    text = line.format(text_lines._nowhere(log))  # noqa: SLF001 -- no log has it by chance
    path.write_text(f"a\n{text}\nb\n", encoding="utf-8")
    with pytest.raises(duckdb.Error):
        by_engine(log)
    assert by_python(log) == [(1, "a"), (2, text), (3, "b")]
