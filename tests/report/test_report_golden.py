"""What an officer sees, kept as text files to be read by eyes.

To renew them after a change: `python tests/report/test_report_golden.py`, then read the difference.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, get_args

import pytest
from report_samples import VALID, load

from reach.report.numbers import Lang
from reach.report.render import View, render

if TYPE_CHECKING:
    from collections.abc import Iterator

HERE = Path(__file__).parent
FUNNELS = ("three-channels", "calls-not-measured")
TIMINGS = ("how-soon",)


def _cases() -> Iterator[tuple[str, View, Lang]]:
    for lang in get_args(Lang):
        for path in VALID:
            yield path.stem, "comparison", lang
        for name in FUNNELS:
            yield name, "funnel", lang
        for name in TIMINGS:
            yield name, "timing", lang


def _file(name: str, view: View, lang: Lang) -> Path:
    return HERE / f"{name}.{view}.{lang}.txt"


@pytest.mark.parametrize(("name", "view", "lang"), list(_cases()))
def test_the_text_is_as_it_was_read_and_found_good(name: str, view: View, lang: Lang) -> None:
    golden = _file(name, view, lang).read_text("utf-8")
    assert render(load(name), "table", lang, view=view) == golden


def test_no_golden_file_is_left_over() -> None:
    assert set(HERE.glob("*.txt")) == {_file(*case) for case in _cases()}


if __name__ == "__main__":
    for case in _cases():
        name, view, lang = case
        _file(*case).write_text(render(load(name), "table", lang, view=view), "utf-8")
