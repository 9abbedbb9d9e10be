"""Records of JSON in any layout: objects on lines, arrays on lines, or whole documents.

A webhook's body may hold one event or an array of them, and be kept as one line of an
archive or as a file of its own, in one line or in many; so may an interface's page be. Here
each object is a record, and each element of an array or of a page that would be a record.
"""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from reach.engine import file_literal, identifier, literal
from reach.formats.containers import lenient_json
from reach.formats.containers.cloud_events import KEY, content, content_sql, is_envelope
from reach.formats.containers.compressed import open_plain
from reach.formats.containers.json_document import document
from reach.formats.containers.json_page import may_be_page, page_records, page_records_sql
from reach.formats.containers.ndjson import kind, lines, parse
from reach.formats.record import Log, Record, Refused
from reach.shown import shorten

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Mapping

_WRITER = json.JSONEncoder(ensure_ascii=False)
_WHOLE = "a JSON object, whole and with all its brackets closed"


def rows_sql(log: Log, *, numbered: bool) -> str:
    """SQL for the records of a file of JSON lines.

    Columns: ``record`` (BIGINT from 1, or NULL if not ``numbered``) and ``value``, the record
    as JSON; NULL where the engine sees none.
    """
    reader = (
        f"read_ndjson_objects({file_literal(log.path)}, ignore_errors = true, "
        f"compression = {literal(log.head.compression)})"
    )
    value = "json"
    if log.head.container == "batches":
        elements = (
            "CASE WHEN json IS NULL THEN [NULL] WHEN json_type(json) = 'ARRAY' "
            f"THEN json_extract(json, '$[*]') ELSE coalesce({page_records_sql('json')}, [json]) END"
        )
        reader = f"(SELECT unnest({elements}) AS json FROM {reader})"
    elif log.head.container != "ndjson":
        raise ValueError(f"no lines of JSON: {log.name}")
    if log.head.enveloped:
        value = content_sql(value)
    # row_number() over the bare reader follows the file's order, whatever the threads do.
    number = "row_number() OVER ()" if numbered else "NULL::BIGINT"
    return f"SELECT {number} AS record, {value} AS value FROM {reader}"


def columns_sql(log: Log, places: Mapping[str, tuple[str, ...]], *, numbered: bool) -> str | None:
    """SQL for the same records taken apart as they are read, which costs less than after.

    Columns: ``record`` as in `rows_sql`, and for each place the token that stands there, or NULL.

    Args:
        log: The file.
        places: The keys that lead to a value, by the name of the new column.
        numbered: As for `rows_sql`.

    Returns:
        The SQL; None where the file has to be read as `rows_sql` does: its lines are no
        records, or the engine would take two of the keys for one.
    """
    tree = _tree(places.values())
    if log.head.container != "ndjson" or log.head.enveloped or tree is None:
        return None
    columns = ", ".join(f"{literal(key)}: {literal(_type(inner))}" for key, inner in tree.items())
    reader = (
        # Without `records` a single column would take what is no object, too.
        f"read_ndjson({file_literal(log.path)}, columns = {{{columns}}}, records = true, "
        f"ignore_errors = true, compression = {literal(log.head.compression)})"
    )
    number = "row_number() OVER ()" if numbered else "NULL::BIGINT"
    found = ", ".join(f"{_value(steps)} AS {identifier(name)}" for name, steps in places.items())
    return f"SELECT {number} AS record, {found} FROM {reader}"


_Tree = dict[str, "_Tree"]
"""Keys, and the keys within; a value that is read as a whole has none."""


def _tree(places: Iterable[tuple[str, ...]]) -> _Tree | None:
    tree: _Tree = {}
    whole = dict.fromkeys(places)  # in their order
    for steps in whole:
        level = tree
        for depth, step in enumerate(steps):
            # What is read as a whole can't be read in parts, too.
            if steps[:depth] in whole:
                return None
            level = level.setdefault(step, {})
    return None if _has_look_alikes(tree) else tree


def _has_look_alikes(tree: _Tree) -> bool:
    """Whether keys of one object differ in case alone: as columns they would be one."""
    alike = len({key.lower() for key in tree}) < len(tree)
    return alike or any(map(_has_look_alikes, tree.values()))


def _type(tree: _Tree) -> str:
    if not tree:
        return "JSON"
    return (
        f"STRUCT({', '.join(f'{identifier(key)} {_type(inner)}' for key, inner in tree.items())})"
    )


def _value(steps: tuple[str, ...]) -> str:
    value = identifier(steps[0])
    for step in steps[1:]:
        value = f"struct_extract({value}, {literal(step)})"
    return f"{value}::VARCHAR"


def records(log: Log, wanted: Container[int] | None = None) -> Iterator[Record]:
    """The file's records, with the line that each begins on.

    Args:
        log: The file.
        wanted: Numbers of the records to be read; the others may come without content.
    """
    found = _in_layout(log, wanted)
    return map(taken_out, found) if log.head.enveloped else found


def taken_out(record: Record) -> Record:
    """A record without the envelope that it may lie in."""
    if not is_envelope(record.value):
        return record
    value = record.value or {}
    inner = content(value)
    if inner is None:
        received = shorten(value[KEY]) if KEY in value else "nothing"
        why = Refused(f"$.{KEY}", received, "the event in the envelope, as an object")
        return replace(record, value=None, broken=why)
    return replace(record, value=inner, within=f"$.{KEY}")


def _in_layout(log: Log, wanted: Container[int] | None) -> Iterator[Record]:
    if log.head.container == "document":
        with open_plain(log.path, log.head.compression, log.head.encoding) as file:
            found = (each for record in document(file) for each in _of_page(record))
            for number, each in enumerate(found, start=1):
                yield each if each.number == number else replace(each, number=number)
        return
    batches = log.head.container == "batches"
    number = 0
    with open_plain(log.path, log.head.compression, log.head.encoding) as file:
        for line, content in lines(file):
            is_batch = content.lstrip().startswith(b"[")
            if not batches or not (is_batch or may_be_page(content)):
                number += 1
                if wanted is not None and number not in wanted:
                    yield Record(number, line, "", None)
                else:
                    yield _of_line(number, line, content)
                continue
            held = _of_batch(line, content) if is_batch else _of_page(_of_line(0, line, content))
            for each in held:
                number += 1
                yield Record(number, line, each.raw, each.value, each.broken)


def _of_line(number: int, line: int, content: bytes) -> Record:
    raw = content.decode("utf-8", errors="backslashreplace")
    try:
        return Record(number, line, raw, parse(content))
    except Refused as why:
        return Record(number, line, raw, None, why)


def _of_batch(line: int, content: bytes) -> Iterator[Record]:
    """The elements of an array on one line; the line itself if the array can't be read whole."""
    try:
        text = content.decode()
        value = lenient_json.loads(text.strip())
    except ValueError:
        value = None
    if not isinstance(value, list) or lenient_json.has_lone_surrogate(text):
        yield _of_line(0, line, content)
        return
    yield from _elements(line, value)


def _of_page(record: Record) -> Iterator[Record]:
    """The records of a page; the record itself if it is none."""
    held = page_records(record.value)
    return iter((record,)) if held is None else _elements(record.line, held)


def _elements(line: int, elements: list[Any]) -> Iterator[Record]:
    for element in elements:
        raw = _WRITER.encode(element)
        if isinstance(element, dict):
            yield Record(0, line, raw, element)
        else:
            yield Record(0, line, raw, None, Refused("$", f"a bare {kind(element)}", _WHOLE))
