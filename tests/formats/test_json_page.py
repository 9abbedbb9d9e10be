"""Pages of interfaces: which objects are pages, twice the same."""

from __future__ import annotations

import itertools
import json
from typing import Any

import pytest

from reach.engine import connect
from reach.formats.containers.json_page import (
    PAGES,
    may_be_page,
    page_key,
    page_records,
    page_records_sql,
)

LISTS: tuple[Any, ...] = ([], [{"a": 1}], [1, [2]], None, {}, "x")
MARKS: tuple[Any, ...] = (0, "", {}, None, False)


def test_both_readings_agree_on_what_a_page_is() -> None:
    values: list[Any] = [5, "x", [], None, {}]
    for (key, mark), held, said in itertools.product(PAGES, LISTS, MARKS):
        values += [{key: held, mark: said}, {key: held}, {mark: said}]
    for (key, _), (_, mark) in itertools.permutations(PAGES, 2):
        values += [{key: [1], mark: 5}, dict.fromkeys((key, mark), 1)]
    values.append({key: [n] for n, (key, _) in enumerate(PAGES)} | {mark: 1 for _, mark in PAGES})
    with connect() as engine:
        for value in values:
            text = json.dumps(value)
            [found] = engine.execute(f"SELECT {page_records_sql('v')} FROM (SELECT ?::JSON AS v)", [text]).fetchone() or ()  # fmt: skip
            told = None if found is None else [json.loads(each) for each in found]
            assert told == page_records(value), text
            assert may_be_page(text.encode()) or told is None


@pytest.mark.parametrize(("key", "mark"), PAGES)
def test_a_key_behind_an_escape_may_be_a_page_s(key: str, mark: str) -> None:
    hidden = f"\\u{ord(mark[0]):04x}{mark[1:]}"
    text = f'{{"{key}": [], "{hidden}": 5}}'
    assert page_key(json.loads(text)) == key
    assert may_be_page(text.encode())
