from __future__ import annotations

import random
from pathlib import Path

import pytest

from reach.errors import ConfigError
from reach.experiment.compose import LARGEST, read_document
from reach.experiment.document import Document, Parts

TEXT = """\
# a comment
title: {en: "A", id: B}
'odd key':
  - one
  -   two: 2
      three: 03
"""


def read(tmp_path: Path, content: bytes | str) -> Document:
    file = tmp_path / "experiment.yaml"
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    return read_document(file)


def faults(tmp_path: Path, content: bytes | str) -> list[str]:
    with pytest.raises(ConfigError) as raised:
        read(tmp_path, content)
    return [str(fault) for fault in raised.value.faults]


def test_data_positions_and_spelling(tmp_path: Path) -> None:
    document = read(tmp_path, TEXT)
    assert document.data == {
        "title": {"en": "A", "id": "B"},
        "odd key": ["one", {"two": 2, "three": 3}],
    }
    assert document.positions == {
        (): (2, 1),
        ("title",): (2, 1),
        ("title", "en"): (2, 9),
        ("title", "id"): (2, 18),
        ("odd key",): (3, 1),
        ("odd key", 0): (4, 5),
        ("odd key", 1): (5, 7),
        ("odd key", 1, "two"): (5, 7),
        ("odd key", 1, "three"): (6, 7),
    }
    assert document.written["odd key", 1, "three"] == "03"
    assert document.position(("odd key", 1, "missing")) == (5, 7)
    assert document.where(("odd key", 0)) == "experiment.yaml:4:5"


def test_positions_find_each_key_wherever_it_is_moved(tmp_path: Path) -> None:
    draw = random.Random(7)  # noqa: S311 - any layout will do
    for _ in range(20):
        lines: list[str] = []
        expected: dict[Parts, tuple[int, int]] = {}
        for number in range(draw.randrange(1, 6)):
            lines += ["# filler"] * draw.randrange(3)
            lines.append(f"k{number}:")
            expected[f"k{number}",] = (len(lines), 1)
            indent = draw.randrange(1, 7)
            lines.append(" " * indent + "é: [1,  2]")
            expected[f"k{number}", "é"] = (len(lines), indent + 1)
            expected[f"k{number}", "é", 1] = (len(lines), indent + 9)
        positions = read(tmp_path, "\n".join(lines)).positions
        assert {path: positions[path] for path in expected} == expected


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_line_endings_and_byte_order_mark(tmp_path: Path, ending: str) -> None:
    document = read(tmp_path, b"\xef\xbb\xbf" + TEXT.replace("\n", ending).encode())
    assert document.positions["odd key", 1, "three"] == (6, 7)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "experiment.yaml:1:1: got an empty file, expected an experiment's config"),
        (b"a: 1\nb: caf\xe9", "experiment.yaml:2:7: got the byte 0xE9, expected text in UTF-8"),
        (b"\xff\xfea\x00", "experiment.yaml:1:1: got the byte 0xFF, expected text in UTF-8"),
        (b"a: 1\nb: \x07", "experiment.yaml:2:4: got the character U+0007, expected printable characters"),
        (b"~", "experiment.yaml:1:1: got an empty file, expected a mapping, as experiment: my-campaign"),
        (b"%YAML 1." + b"9" * 5000, "experiment.yaml:1:9: got a number out of range, expected valid YAML; look for a missing quote, colon or bracket here and on the line above"),
    ],
)  # fmt: skip
def test_what_is_no_config(tmp_path: Path, content: bytes, said: str) -> None:
    assert faults(tmp_path, content) == [said]


def test_a_log_named_by_mistake_is_not_read_whole(tmp_path: Path) -> None:
    assert "got more than 1 MiB" in faults(tmp_path, b"a" * (LARGEST + 1))[0]


def test_a_missing_file_and_a_folder(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="expected a folder with an experiment"):
        read_document(tmp_path / "none.yaml")
    with pytest.raises(ConfigError, match="got is a directory, expected a readable file"):
        read_document(tmp_path)


def test_hostile_nesting_is_refused_and_not_fatal(tmp_path: Path) -> None:
    for content in ("[" * 50_000, "{a: " * 50_000, "- " * 50_000, "? " * 50_000):
        assert "deep nesting" in faults(tmp_path, content)[0]
