"""Every sample is recognised by its content as what it is, and as nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from reach.engine import connect
from reach.formats.containers.head import peek
from reach.formats.record import Options
from reach.formats.registry import EVERY, recognise

SAMPLES = Path(__file__).parents[1] / "data" / "samples"
ABOUT = ("SOURCE.txt", "LICENSE", "NOTICE", "frozen.tsv")
FILES = [
    path.relative_to(SAMPLES)
    for folder in sorted(SAMPLES.iterdir())
    if folder.name in EVERY
    for path in sorted(folder.rglob("*"))
    if path.is_file() and not path.name.startswith(ABOUT)
]


def test_every_format_has_samples_or_says_that_it_has_none() -> None:
    without = set(EVERY) - {path.parts[0] for path in FILES}
    assert without == {"reach", "table"}


@pytest.mark.parametrize("path", FILES, ids=str)
def test_a_sample_is_recognised_and_why(path: Path, tmp_path: Path) -> None:
    content = (SAMPLES / path).read_bytes()
    # One real log came without its day.
    (tmp_path / path.name).write_bytes(content.replace(b"%(day)s", b"Feb  2"))
    with connect() as engine:
        head = peek(tmp_path / path.name, path.name, engine)
    fits = {name: each.fit(head, Options()) for name, each in EVERY.items()}
    assert [name for name, fit in fits.items() if fit.ok] == [path.parts[0]]
    assert fits[path.parts[0]].why
    named = Options(format=path.parts[0], timezone=_zone(path), year=_year(path))
    assert recognise(path.name, head, named).name == path.parts[0]


def _zone(path: Path) -> str | None:
    return "Asia/Jakarta" if "timezone" in EVERY[path.parts[0]].settings else None


def _year(path: Path) -> int | None:
    return 2026 if "year" in EVERY[path.parts[0]].settings else None
