"""The NDJSON container: one JSON object a line, read as raw tokens or one by one.

What counts as JSON is decided in `lenient_json`, as the engine's reader has it. A line of
blanks is no record.
"""

from __future__ import annotations

import json
from collections import Counter
from typing import IO, TYPE_CHECKING, Any

from reach.engine import file_literal, identifier, literal
from reach.formats.containers import lenient_json
from reach.formats.containers.compressed import open_plain
from reach.formats.given import Given
from reach.formats.record import EVENT_FIELDS, Log, Record, Refused, constant_token

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Mapping, Sequence

_BLANKS = b" \t\r\n\v\f"
"""What may surround a record, and what a blank line consists of."""

_BOM = b"\xef\xbb\xbf"
_MARKS_OF_OTHERS = ("-", ".", "/", *"0123456789", "[", "{")
"""What a number, a list or an object begins with, and what the alphabet has between."""

LOOK_ALIKES = frozenset(("true", "false", "null", "nan", "inf", "infinity"))
"""Texts, in lower case, that the engine also writes for what is no text in JSON."""

_WORDS = frozenset(("event", "receipt", "reason", "purpose", "occurred_at"))
"""Fields of closed words or one form, which nothing else reads like."""

_EXPECTED = "one JSON object on one line"

LONGEST = 1 << 25
"""Bytes; what is longer is no record, and is not kept in memory."""


def tokens(
    log: Log, paths: Mapping[str, str], *, numbered: bool, given: Mapping[str, Given]
) -> str:
    """SQL that reads each field as a raw JSON token, or as plain text.

    Args:
        log: The file, and its source's constants.
        paths: Dotted path by event field; fields that are not in it are NULL.
        numbered: Whether ``record`` is needed.
        given: Fields to read as they stand, a part of what `plain_fields` returns.
    """
    texts = {paths[name] for name in given}
    tops = sorted({path.split(".", 1)[0] for path in paths.values()} or {"message_id"})
    columns = ", ".join(
        f"{literal(top)}: '{'VARCHAR' if top in texts else 'JSON'}'" for top in tops
    )
    # A record may have a key that is called as a column of ours.
    bare = ", ".join(f"{identifier(top)} AS k{position}" for position, top in enumerate(tops))
    reader = (
        # Without `records` a single column would take what is no object, too.
        f"read_ndjson({file_literal(log.path)}, columns = {{{columns}}}, records = true, "
        "ignore_errors = true, "
        f"compression = {literal(log.head.compression)})"
    )
    fields = ", ".join(
        f"{_token(name, log, paths, tops)} AS {identifier(name)}" for name in EVENT_FIELDS
    )
    # row_number() over the bare reader follows the file's order, whatever the threads do.
    number = "row_number() OVER ()" if numbered else "NULL::BIGINT"
    rows = f"SELECT {number} AS record, {bare} FROM {reader}"
    return f"SELECT record, true AS leads, false AS no_event, {fields} FROM ({rows})"


def plain_fields(log: Log, paths: Mapping[str, str]) -> dict[str, Given]:
    """Fields that are read from a key of their own, where all values shown look like text.

    Args:
        log: The file, and its source's constants.
        paths: Dotted path by event field.
    """
    read = {name: path for name, path in paths.items() if name not in log.options.set}
    uses = Counter(path.split(".", 1)[0] for path in read.values())
    return {
        name: Given.LIKE_TEXT
        for name, path in read.items()
        if uses[path] == 1
        and all(_looks_like_text(name, each.get(path)) for each in log.head.objects)
    }


def _looks_like_text(name: str, value: object) -> bool:
    """Whether a field's value can't be taken for anything but text when it is read as one."""
    if value is None or name in _WORDS:
        return True
    return (
        isinstance(value, str)
        and not value.startswith(_MARKS_OF_OTHERS)
        and value.lower() not in LOOK_ALIKES
    )


def _token(name: str, log: Log, paths: Mapping[str, str], tops: Sequence[str]) -> str:
    if name in log.options.set:
        return literal(constant_token(log.options.set[name]))
    if name not in paths:
        return "NULL::VARCHAR"
    top, _, rest = paths[name].partition(".")
    key = f"k{tops.index(top)}"
    if not rest:
        return f"{key}::VARCHAR"
    inner = "$" + "".join(f".{json.dumps(step, ensure_ascii=False)}" for step in rest.split("."))
    return f"nullif(json_extract({key}, {literal(inner)})::VARCHAR, 'null')"


def records(log: Log, wanted: Container[int] | None = None) -> Iterator[Record]:
    """The file's records, with the line that each stands on.

    Args:
        log: The file.
        wanted: Numbers of the records to be read; the others are counted only. None for all.
    """
    number = 0
    with open_plain(log.path, log.head.compression, log.head.encoding) as file:
        for line, content in lines(file):
            number += 1
            if wanted is not None and number not in wanted:
                yield Record(number, line, "", None)
                continue
            raw = content.decode("utf-8", errors="backslashreplace")
            try:
                yield Record(number, line, raw, parse(content))
            except Refused as why:
                yield Record(number, line, raw, None, why)


def lines(file: IO[bytes]) -> Iterator[tuple[int, bytes]]:
    """The lines that are not blank, from 1, without their ends; what is too long is cut."""
    for number, (content, _) in enumerate(_whole_lines(file), start=1):
        if content.strip(_BLANKS):
            bare = content.removeprefix(_BOM) if number == 1 else content
            yield number, bare.rstrip(b"\r\n")


def _whole_lines(file: IO[bytes]) -> Iterator[tuple[bytes, bool]]:
    """Each line, at most a byte longer than `LONGEST`, and whether something was cut off."""
    while content := file.readline(LONGEST + 1):
        cut = rest = len(content) > LONGEST and not content.endswith(b"\n")
        while rest:
            more = file.readline(LONGEST)
            rest = bool(more) and not more.endswith(b"\n")
        yield content, cut


def count_lines(log: Log) -> tuple[int, int]:
    """How many lines the file has, and how many of them are blank."""
    count = blank = 0
    with open_plain(log.path, log.head.compression, log.head.encoding) as file:
        for content, cut in _whole_lines(file):
            count += 1
            blank += not cut and not content.strip(_BLANKS)
    return count, blank


def too_long() -> Refused:
    """What is said of a record that is longer than any may be."""
    return Refused(
        "$", f"more than {LONGEST >> 20} MiB", f"a record of at most {LONGEST >> 20} MiB"
    )


def parse(content: bytes, expected: str = _EXPECTED) -> dict[str, Any]:
    """One line as an object.

    Args:
        content: The line.
        expected: What to ask for where it is none.

    Raises:
        Refused: It is none; says why.

    Examples:
        >>> parse(b'{"event": "sent", "event": "failed", }')
        {'event': 'sent'}
    """
    if len(content) > LONGEST:
        raise too_long()
    try:
        line = content.decode("utf-8")
        text = line.strip(_BLANKS.decode())
    except UnicodeDecodeError as error:
        byte = content[error.start]
        raise Refused("$", f"byte 0x{byte:02x} at {error.start + 1}, not UTF-8", expected) from None
    try:
        value = lenient_json.loads(text)
    except json.JSONDecodeError as error:
        ended = error.pos >= len(text) or error.msg.startswith("Unterminated string")
        blanks = len(line) - len(line.lstrip(_BLANKS.decode()))
        where = f"text that is no JSON (from character {blanks + error.pos + 1})"
        raise Refused("$", "a line that ends in mid-record" if ended else where, expected) from None
    if not isinstance(value, dict):
        raise Refused("$", f"a bare {kind(value)}", expected)
    if lenient_json.has_lone_surrogate(text):
        raise Refused("$", "half of a surrogate pair", "characters that exist in Unicode")
    return value


def kind(value: object) -> str:
    """What JSON calls a value."""
    names = {list: "array", str: "string", bool: "boolean", int: "number", float: "number"}
    return names.get(type(value), "null")
