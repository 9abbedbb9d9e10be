"""One engine for the tests of this folder."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from drive import KEY, Driver

from reach.engine import Limits, connect
from reach.ingest.secret import define_macros

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="session")
def driver(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Driver]:
    with connect(Limits(threads=2)) as engine:
        define_macros(engine, KEY)
        yield Driver(engine, tmp_path_factory.mktemp("ingest"))
