"""The page on media shows what the functions say."""

from __future__ import annotations

import doctest
from pathlib import Path

PAGE = Path(__file__).parents[3] / "docs" / "media.md"


def test_every_example_of_the_page_on_media_says_what_it_shows() -> None:
    found = doctest.testfile(str(PAGE), module_relative=False)
    assert found.failed == 0
    assert found.attempted > 8
