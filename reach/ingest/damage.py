"""What ends the reading of a file, told as a fault of the file."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import duckdb

from reach.engine import no_room
from reach.errors import Fault, InputError
from reach.formats.containers.compressed import DAMAGE

if TYPE_CHECKING:
    from reach.formats.record import Log


@contextmanager
def telling_of_damage(log: Log) -> Iterator[None]:
    """Tell of damaged data, and of too little memory, by the file's name.

    Raises:
        InputError: The file is damaged, or needs more memory than the engine may use.
    """
    try:
        yield
    except DAMAGE as error:
        fault = Fault(
            log.name, "$", f"damaged compressed data ({error})", "a whole file; fetch it again"
        )
        raise InputError([fault]) from error
    except duckdb.OutOfMemoryException as error:
        fault = Fault(
            log.name, "$", "more data than the memory limit allows", "a higher --memory-limit"
        )
        raise InputError([no_room(error) or fault]) from error
