"""What a file's first bytes tell: compression, container, first lines, columns."""

from __future__ import annotations

import io
import re
from contextlib import closing
from dataclasses import dataclass, replace
from typing import IO, TYPE_CHECKING, Any, Literal

from reach.errors import Fault, InputError
from reach.formats.containers import lenient_json
from reach.formats.containers.cloud_events import unwrapped
from reach.formats.containers.compressed import DAMAGE, Compression, compression, open_plain
from reach.formats.containers.csv_rows import read_rows
from reach.formats.containers.encodings import Encoding, encoding_of
from reach.formats.containers.json_document import document
from reach.formats.containers.json_page import page_records
from reach.formats.containers.kinds import other_kind

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Mapping
    from pathlib import Path

    from duckdb import DuckDBPyConnection

    from reach.formats.record import Record

Container = Literal["ndjson", "batches", "document", "csv", "parquet", "empty", "other"]

_HEAD_BYTES = 1 << 18
_DELIMITERS = ",;\t|"
_BOM = b"\xef\xbb\xbf"
_BLANKS = " \t\r\n\v\f"
_SEPARATOR = re.compile(r"sep=([^\r\n\"])(?:\r\n|\r|\n)", re.IGNORECASE)
"""How Excel is told what stands between fields."""

__all__ = ["Compression", "Container", "Head", "binary", "header", "open_plain", "peek"]


@dataclass(frozen=True, slots=True)
class Head:
    """A file's beginning.

    Attributes:
        compression: By magic number, never by name.
        container: What holds the records: objects of JSON on lines of their own (ndjson),
            arrays of them on lines (batches), JSON that pays no heed to lines (document), …
        objects: The first JSON objects (NDJSON, batches and documents).
        columns: Column names (CSV and Parquet), in order, as written.
        types: The engine's type of each column (Parquet).
        delimiter: What seems to stand between fields (CSV).
        start: The text itself (CSV, and whatever is no JSON), for those who know it better.
        encoding: In what the text is written.
        preamble: Lines before a CSV's header: 1 where Excel's ``sep=,`` names the delimiter.
        enveloped: Whether the first objects lie in CloudEvents envelopes; they are taken out.
    """

    compression: Compression
    container: Container
    objects: tuple[Mapping[str, Any], ...] = ()
    columns: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    delimiter: str = ","
    start: str = ""
    encoding: Encoding = "utf-8"
    preamble: int = 0
    enveloped: bool = False

    @property
    def is_binary(self) -> bool:
        """Whether it holds what text does not; a mail or a log line may, and stays one."""
        return "\0" in self.start


def peek(path: Path, name: str, engine: DuckDBPyConnection) -> Head:
    """Look at a file's first bytes.

    Args:
        path: The file.
        name: What to call it in messages.
        engine: Used to read a Parquet file's schema.

    Raises:
        InputError: Missing, unreadable, binary, or compressed but damaged at its start.
    """
    try:
        packed = compression(path)
        with open_plain(path, packed) as file:
            encoding = encoding_of(file.read(4))
        with open_plain(path, packed, encoding) as file:
            start = _beginning(file)
    except DAMAGE as error:
        raise _input_error(
            name, f"damaged compressed data ({error})", "a whole file; fetch it again"
        ) from error
    except OSError as error:
        received = error.strerror or str(error)
        raise _input_error(name, received.lower(), "a file that this user may read") from error
    if start[:4] == b"PAR1" and packed == "none":
        return _parquet_head(path, name, engine)
    return replace(_text_head(start, _Opened(path, packed, encoding), name), encoding=encoding)


@dataclass(frozen=True, slots=True)
class _Opened:
    """A file and how to read it."""

    path: Path
    packed: Compression
    encoding: Encoding

    def document(self) -> Generator[Record]:
        with open_plain(self.path, self.packed, self.encoding) as file:
            yield from document(file)


def _beginning(file: IO[bytes]) -> bytes:
    """The beginning of a file, or of what follows if it begins with nothing but blanks."""
    start = file.read(len(_BOM) + _HEAD_BYTES).removeprefix(_BOM)
    while len(start) >= _HEAD_BYTES and start.isspace():
        start = file.read(_HEAD_BYTES)
    # As much of what is not blank, whatever stands before it.
    return start + file.read(len(start) - len(start.lstrip()))


def _text_head(start: bytes, opened: _Opened, name: str) -> Head:
    packed = opened.packed
    if (other := other_kind(start)) is not None:
        raise _input_error(name, *other)
    whole = start
    if len(start.lstrip()) >= _HEAD_BYTES:
        # The last line of a cut beginning is no whole line, unless it is all there is.
        cut = start[: start.rfind(b"\n") + 1]
        whole = start if not cut or cut.isspace() else cut
    text = whole.decode("utf-8", errors="replace")
    first = text.lstrip(_BLANKS)[:1]
    if not first:
        return Head(packed, "empty")
    objects, container = _json(text)
    if container == "document" and not objects:
        objects = _first_object(opened)
    if first in ("[", "{") and not objects and "\n" not in text.strip():
        # One line, and longer than what is looked at, as an interface's page may well be.
        objects, unfolds = _long_line(opened)
        container = "document" if objects and (first == "[" or unfolds) else container
    if container:
        inner, enveloped = unwrapped(objects)
        return Head(packed, container, objects=inner, enveloped=enveloped)
    if b"\0" in start:
        return Head(packed, "other", start=text)
    if first == "[":
        return Head(packed, "other", start=text)
    if said := _SEPARATOR.match(text):
        text = text[said.end() :]
        delimiter, columns = said[1], header(text, said[1])
    else:
        delimiter, columns = _header(text)
    return Head(
        packed, "csv", columns=columns, delimiter=delimiter, start=text, preamble=int(bool(said))
    )


def _json(text: str) -> tuple[tuple[Mapping[str, Any], ...], Container | None]:
    """The JSON objects at the beginning of a text, and how they lie there; None if it is no JSON."""
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    found: list[dict[str, Any]] = []
    objects = arrays = 0
    for line in lines:
        try:
            value = lenient_json.loads(line)
        except ValueError:
            continue
        here = [each for each in _elements(value) if isinstance(each, dict)]
        found += here
        is_one = isinstance(value, dict) and page_records(value) is None
        objects += is_one
        arrays += not is_one and bool(here)
    # A log may begin in mid-record; and a record that holds a NUL is refused, not the file.
    first = text.lstrip(_BLANKS)[:1]
    most = 2 * (objects + arrays) - len(lines)
    if most > 0 or (most == 0 and first in ("[", "{")):
        return tuple(found), "batches" if arrays > objects else "ndjson"
    if first in ("[", "{"):
        values = (each.value for each in document(io.BytesIO(text.encode())))
        whole = _held(value for value in values if value is not None)
        if first == "[" and whole:
            return whole, "document"
        if first == "{" and ((len(whole) > 1 and not found) or _goes_on(lines)):
            return whole, "document"
    return tuple(found), "ndjson" if first == "{" else None


def _elements(value: object) -> list[Any]:
    # A page that holds nothing shows at least what it is a page of.
    return value if isinstance(value, list) else page_records(value) or [value]


def _held(values: Iterable[Mapping[str, Any]]) -> tuple[Mapping[str, Any], ...]:
    """Objects, and in the place of pages what these hold."""
    return tuple(each for value in values for each in _elements(value) if isinstance(each, dict))


def _goes_on(lines: list[str]) -> bool:
    """Whether a text's first object goes on to its second line, instead of being cut off."""
    try:
        lenient_json.loads(lines[0])
    except ValueError:
        return len(lines) > 1 and not lines[1].startswith("{")
    return False


def _first_object(opened: _Opened) -> tuple[Mapping[str, Any], ...]:
    """The first object of a document, however long it is."""
    with closing(opened.document()) as records:
        first = next(records, None)
    return (first.value,) if first and first.value is not None else ()


def _long_line(opened: _Opened) -> tuple[tuple[Mapping[str, Any], ...], bool]:
    """The first objects of a long line, and whether they are those of a page."""
    found = _first_object(opened)
    return _held(found), any(page_records(each) is not None for each in found)


def _header(text: str) -> tuple[str, tuple[str, ...]]:
    first_line = re.split("[\r\n]", text.lstrip("\r\n"), maxsplit=1)[0]
    delimiter = max(_DELIMITERS, key=first_line.count)
    return delimiter, header(text, delimiter)


def header(text: str, delimiter: str) -> tuple[str, ...]:
    """The fields of a CSV's first row that is not blank; none if that is no CSV."""
    rows = read_rows(io.StringIO(text, newline=""), delimiter)
    first = next((row for row in rows if row.text), None)
    return first.fields if first and not first.fault else ()


def _parquet_head(path: Path, name: str, engine: DuckDBPyConnection) -> Head:
    import duckdb

    from reach.engine import file_literal

    try:
        rows = engine.execute(
            f"DESCRIBE SELECT * FROM read_parquet({file_literal(path)})"
        ).fetchall()
    except duckdb.Error as error:
        raise _input_error(
            name, "a damaged Parquet file", "a whole file; fetch it again"
        ) from error
    return Head(
        "none",
        "parquet",
        columns=tuple(row[0] for row in rows),
        types=tuple(row[1] for row in rows),
    )


def binary(name: str) -> InputError:
    """What is said of a file that holds no text and that no format takes."""
    return _input_error(
        name, "binary data", "JSON lines, CSV or Parquet, plain, gzip, zstd or bzip2"
    )


def _input_error(name: str, received: str, expected: str) -> InputError:
    return InputError([Fault(name, "$", received, expected)])
