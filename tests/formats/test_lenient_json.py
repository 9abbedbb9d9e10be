"""JSON as the engine takes it: what is right, what is tolerated, and nothing else."""

from __future__ import annotations

import json
import math
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reach.engine import connect
from reach.formats.containers import lenient_json
from reach.formats.containers.lenient_json import has_lone_surrogate, loads

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


@settings(max_examples=200)
@given(value=JSON, indent=st.sampled_from([None, 1]), escaped=st.booleans())
def test_both_ways_of_parsing_agree(value: Any, indent: int | None, *, escaped: bool) -> None:  # noqa: ANN401
    text = json.dumps(value, indent=indent, ensure_ascii=escaped)
    assert loads(text) == value
    assert lenient_json._loads(text) == value  # noqa: SLF001 -- reached by what json refuses


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("[1, ]", [1]),
        ('{"a": 1, }', {"a": 1}),
        ('{"a": [{"b": 1,},],}', {"a": [{"b": 1}]}),
        ('{"a": 1, "a": 2, }', {"a": 1}),
        ("[INF, -inf, iNfInItY]", [math.inf, -math.inf, math.inf]),
        ('["a, ]", inf]', ["a, ]", math.inf]),
        ("1" * 5000, math.inf),
        ("[" * 5000 + "]" * 5000, None),
    ],
)
def test_what_is_tolerated(text: str, value: object) -> None:
    assert value is None or loads(text) == value


@pytest.mark.parametrize("text", ["[NaN]", "[nan, ]", "[-NAN]"])
def test_what_is_no_number_is_read(text: str) -> None:
    assert math.isnan(loads(text)[0])


@pytest.mark.parametrize(
    "text",
    ["", " ", "[,]", "{,}", "[1,,]", "[1 2]", "[1", "1]", "{", "}", "{]", "[}", '{"a"}', '{"a":}',
     '{"a" 1}', "{a: 1}", "{'a': 1}", "{1: 1}", "[01]", "[1.]", "[.5]", "[+1]", "[- 1]", "[0x1]",
     "[1e]", "[nano]", "[inf5]", "[--inf]", "[+inf]", "[tru]", "[True]", "[TRUE]", '["a]', '["\t"]',
     '["\\x"]', '["\\u12"]', "[/**/1]", "[1] x", "[1][2]", "[\x0b1,]", "[1,]\xa0", "[" * 5000,
     "[" * 5000 + "]" * 4999],
)  # fmt: skip
def test_what_is_not_tolerated(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        loads(text)


def test_a_fault_is_told_as_the_json_package_tells_it() -> None:
    with pytest.raises(json.JSONDecodeError, match="Expecting ',' delimiter"):
        loads('{"a": 1 "b": 2}')


@pytest.mark.parametrize(
    ("text", "lone"),
    [
        (r'"\ud83d\ude00"', False),
        (r'"\uD83D\uDE00"', False),
        (r'"\ud83d"', True),
        (r'"\ude00"', True),
        (r'"\ude00\ud83d"', True),
        (r'"\ud83d\ud83d\ude00"', True),
        (r'"\ud83d x \ude00"', True),
        (r'"\\ud83d"', False),
        (r'"\\\ud83d"', True),
        ('"é😀"', False),
    ],
)
def test_half_characters_are_found(text: str, lone: bool) -> None:  # noqa: FBT001
    assert has_lone_surrogate(text) is lone
    with connect() as engine:
        [(valid,)] = engine.execute("SELECT json_valid($1)", [text]).fetchall()
    assert valid is not lone
