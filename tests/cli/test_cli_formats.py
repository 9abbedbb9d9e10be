"""``reach formats``: what can be read, and what each word means."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from reach.formats.registry import EVERY, FORMATS, MEDIA
from reach.vocabulary import Event

if TYPE_CHECKING:
    from conftest import Run


def test_all_formats_are_listed_with_what_they_can_and_cannot_know(reach: Run) -> None:
    done = reach("formats")
    assert (done.code, done.err) == (0, "")
    for each in EVERY.values():
        assert f"  {each.name}  {each.title}\n" in done.out
        assert each.tells
        assert each.silent
    assert max(map(len, done.out.splitlines())) <= 100
    assert done.out.count("    − ") == sum(len(each.silent) for each in EVERY.values())
    assert done.out.index("Logs of messages") < done.out.index("Tables that count people")


@pytest.mark.parametrize("name", FORMATS)
def test_a_format_shows_every_word_and_code(reach: Run, name: str) -> None:
    done = reach("formats", name)
    assert done.code == 0
    lines = [line.split() for line in done.out.splitlines()]
    for word in FORMATS[name].words:
        assert [*word.said.split(), *str(word.event or "no event").split()] in [
            line[: len(word.said.split()) + len(str(word.event or "no event").split())]
            for line in lines
        ], word
    for code in FORMATS[name].codes:
        assert any(line[: len(code.said.split())] == code.said.split() for line in lines), code
    told = " ".join(done.out.split())
    for each in (*FORMATS[name].words, *FORMATS[name].codes):
        for piece in each.note.split():
            assert piece in told
    assert ("names it" in done.out) == (name != "table")
    assert max(map(len, done.out.splitlines())) <= 100


@pytest.mark.parametrize("name", MEDIA)
def test_a_table_that_counts_people_shows_every_column(reach: Run, name: str) -> None:
    done = reach("formats", name)
    assert done.code == 0
    told = " ".join(done.out.split())
    for column in MEDIA[name].columns:
        assert f"{column.said} {column.field or 'not read'}" in told
        assert all(piece in told for piece in column.note.split())
    assert max(map(len, done.out.splitlines())) <= 100


def test_the_same_as_json(reach: Run) -> None:
    told = json.loads(reach("formats", "--format", "json").out)
    assert [each["name"] for each in told] == list(EVERY)
    [one] = json.loads(reach("formats", "reach", "--format", "json").out)
    assert [word["event"] for word in one["words"]] == list(Event)


def test_a_name_that_is_none_is_told_with_the_one_that_may_be_meant(reach: Run) -> None:
    done = reach("formats", "sendgird")
    assert (done.code, done.out) == (2, "")
    assert "did you mean sendgrid?" in done.err
    assert "reach formats" in done.err
