"""JSON that pays no heed to lines, read a piece at a time and never lost in what is broken."""

from __future__ import annotations

import io
import json
import tracemalloc
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reach.formats.containers import json_document
from reach.formats.containers.json_document import document

OBJECTS = st.dictionaries(
    st.text('ab"\\{}[],\n é', max_size=3),
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text('"\\{}[],:\n\u2028é', max_size=5),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=2), inner),
        max_leaves=6,
    ),
    max_size=4,
)


def read(text: str | bytes) -> list[Any]:
    """Each record's value; a refusal as what was received."""
    content = text.encode() if isinstance(text, str) else text
    found = list(document(io.BytesIO(content)))
    assert [each.number for each in found] == list(range(1, len(found) + 1))
    return [each.broken.received if each.broken else each.value for each in found]


@settings(max_examples=60, deadline=None)
@given(
    values=st.lists(OBJECTS, max_size=5),
    indent=st.sampled_from([None, 0, 2]),
    alone=st.booleans(),
    piece=st.integers(1, 40),
)
def test_whatever_is_written_is_read(
    values: list[dict[str, Any]], indent: int | None, piece: int, *, alone: bool
) -> None:
    """In an array or one after another, and wherever a piece ends."""
    written = [json.dumps(each, indent=indent, ensure_ascii=alone) for each in values]
    text = "\n".join(written) if alone else json.dumps(values, indent=indent)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(json_document, "_CHUNK", piece)
        assert read(text) == values
        lines = [each.line for each in document(io.BytesIO(text.encode()))]
    if alone:
        assert lines == [
            1 + sum(one.count("\n") + 1 for one in written[:at]) for at in range(len(written))
        ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('[{"a":1}, {bad}, 5, {"c":"x]"}]', [{"a": 1}, "text that is no JSON (from character 2)", "a bare number", {"c": "x]"}]),
        ('[{"a":1}, {"b": "open', [{"a": 1}, "a line that ends in mid-record"]),
        ('[{"a":1},{"b":2]', [{"a": 1}, "text that is no JSON (from character 7)"]),
        ('[[{"x":1}]]', ["a bare array"]),
        ('{"a":"\\ud800"}', ["half of a surrogate pair"]),
        ('}},{"a":1}', [*["text that is no JSON (from character 1)"] * 2, {"a": 1}]),
        ('[{"a":"x\\', ["a line that ends in mid-record"]),
        ('{"a":1,}{"a":2, "a":3}', [{"a": 1}, {"a": 2}]),
        ('{"a":NaN', ["a line that ends in mid-record"]),
        ('{"a":1}\nstray words\n-- {"b":2}', [{"a": 1}, *["text that is no JSON (from character 1)"] * 2, {"b": 2}]),
        ("", []), ("[]", []), (" \n,, ", []), ("\ufeff[]", []), ("[{}]", [{}]),
    ],
)  # fmt: skip
def test_what_is_broken_costs_itself(text: str, found: list[Any]) -> None:
    assert read(text) == found


def test_bytes_that_are_no_text_cost_their_element() -> None:
    assert read(b'[{"a":"\xff"},{"b":1}]') == ["byte 0xff, not UTF-8", {"b": 1}]


@pytest.mark.parametrize(
    "inner", ["[" * 50_000, '{"a":' * 50_000, '{"a":' * 50_000 + "1" + "}" * 50_000]
)
def test_depth_ends_nothing(inner: str) -> None:
    found = read('[{"a":1},' + inner)
    assert found[0] == {"a": 1}
    assert len(found) == 2


def test_what_is_too_long_is_refused_in_bounded_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_document, "LONGEST", 1 << 20)
    text = b'[{"a":1},{"b":"' + b"x" * 30_000_000 + b'"},{"c":1}]'
    tracemalloc.start()
    found = list(document(io.BytesIO(text)))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert found[0].value == {"a": 1}
    assert [each.broken.received for each in found[1:] if each.broken] == ["more than 32 MiB"]
    assert len(found) == 2
    assert peak < 12_000_000


@pytest.mark.parametrize(
    ("broken", "count"),
    [("{a},", 40_000), ("x,\n", 40_000), ("[[1]},", 40_000)],
)
def test_many_broken_records_take_no_longer_each(broken: str, count: int) -> None:
    """The first is so long that the buffer is; it would take minutes if a failure cost all before it."""
    found = read('[{"a":"' + "x" * 16_000_000 + '"},' + broken * count + '{"b":2}]')
    assert found[-1] == {"b": 2}
    assert len(found) >= count


@pytest.mark.parametrize("text", ['"' * 2_000_001, '"' + "\\" * 2_000_001, "[" * 2_000_000])
def test_signs_without_end_are_one_refused_record_in_little_memory(text: str) -> None:
    tracemalloc.start()
    found = list(document(io.BytesIO(b'[{"a":1},' + text.encode())))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert [each.value for each in found] == [{"a": 1}, None]
    assert peak < 40_000_000


def test_brackets_without_end_are_named() -> None:
    assert read('[{"a":1},' + "[1," * 200_000) == [{"a": 1}, "more than 100,000 open brackets"]


def test_a_text_that_is_not_closed_ends_with_its_line() -> None:
    assert read('[{"a":1},\n"open \\\n{"b":2}]') == [{"a": 1}, "a line that ends in mid-record", {"b": 2}]  # fmt: skip


@pytest.mark.parametrize("size", [4090, 4096, 65_536, 1 << 20])
def test_a_record_as_long_as_what_is_looked_at(size: int) -> None:
    for length in range(size - 12, size + 4):
        value = {"a": "x" * (length - 8)}
        assert read(f"[{json.dumps(value)},{{bad}}, 5]")[0] == value
