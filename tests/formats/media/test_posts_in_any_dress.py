"""Posts come to the same whatever their text is written in, ended by, parted by and packed in."""

from __future__ import annotations

import bz2
import csv
import gzip
import io
from collections.abc import Callable
from pathlib import Path

import pytest
import zstandard
from measured import SAMPLES, measured, written

from reach.formats.record import Options

FILES = {
    "facebook/content.csv": Options(timezone="Asia/Jakarta"),
    "facebook/insights-explained.csv": Options(timezone="Asia/Jakarta"),
    "facebook/insights.csv": Options(),
    "instagram/content.csv": Options(timezone="Asia/Jakarta"),
    "x/content.csv": Options(),
    "x/threetweets_ken.csv": Options(),
    "youtube/Table data.csv": Options(),
    "tiktok/Content.csv": Options(),
}


def rewritten(name: str, delimiter: str = ",", end: str = "\n", first: str = "") -> str:
    """A sample's table, written anew; line ends within its cells change with the others."""
    text = (SAMPLES / name).read_bytes().decode("utf-8-sig")
    out = io.StringIO(newline="")
    table = csv.writer(out, delimiter=delimiter, lineterminator="\n")
    table.writerows(csv.reader(io.StringIO(text, newline="")))
    return first + out.getvalue().replace("\r\n", "\n").replace("\r", "\n").replace("\n", end)


DRESSES: dict[str, Callable[[str], bytes]] = {
    "semicolons": lambda name: rewritten(name, ";").encode(),
    "tabs": lambda name: rewritten(name, "\t").encode(),
    "CRLF": lambda name: rewritten(name, end="\r\n").encode(),
    "CR": lambda name: rewritten(name, end="\r").encode(),
    "UTF-8 with a mark": lambda name: rewritten(name).encode("utf-8-sig"),
    "UTF-16": lambda name: rewritten(name, "\t", "\r\n").encode("utf-16"),
    "UTF-16BE": lambda name: b"\xfe\xff" + rewritten(name).encode("utf-16-be"),
    "UTF-16LE, sep=,": lambda name: (
        b"\xff\xfe" + rewritten(name, ",", "\r\n", "sep=,\r\n").encode("utf-16-le")
    ),
    "sep=;, CR": lambda name: rewritten(name, ";", "\r", "sep=;\r").encode(),
    "gzip": lambda name: gzip.compress(rewritten(name).encode()),
    "bzip2, UTF-16LE, sep=,": lambda name: bz2.compress(
        b"\xff\xfe" + rewritten(name, ",", "\r\n", "sep=,\r\n").encode("utf-16-le")
    ),
    "gzip, UTF-16LE, sep=,": lambda name: gzip.compress(
        b"\xff\xfe" + rewritten(name, ",", "\r\n", "sep=,\r\n").encode("utf-16-le")
    ),
    "zstd": lambda name: zstandard.compress(rewritten(name, end="\r\n").encode()),
}


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("dress", DRESSES)
def test_every_dress(tmp_path: Path, name: str, dress: str) -> None:
    plain = measured(SAMPLES / name, FILES[name])
    found = measured(written(tmp_path, DRESSES[dress](name)), FILES[name])
    assert (found.format, found.rows, found.refused) == (plain.format, plain.rows, plain.refused)
    assert found.balance == plain.balance
