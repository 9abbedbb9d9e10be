"""A path that the libraries below can take, whatever the folder of a table is called.

The Delta library takes what looks like an escape (``%41``) in a path for the letter that it
stands for and a backslash for a slash, and no line break at all, however the path is quoted.
The engine has wildcards, and one way to write a path that is read and another for one that
is written.
"""

from __future__ import annotations

import os
import shutil
import tempfile
import weakref
from dataclasses import dataclass
from pathlib import Path

_MISREAD = frozenset("%\\*?[")


@dataclass(frozen=True, slots=True)
class WayIn:
    """How to get to a table.

    Attributes:
        table: By which its log is reached.
        parts: By which its parts are.
    """

    table: Path
    parts: Path


def way_in(folder: Path, holder: object) -> WayIn:
    """The way to a table's folder.

    Where its path would be misread it leads through a temporary folder that holds links, to
    the log and to the parts, and nothing else.

    Args:
        folder: The table's own folder.
        holder: As long as it lives the way stays open.

    Raises:
        OSError: No temporary folder can be made.
    """
    real = Path(os.path.realpath(folder))
    if str(real).isprintable() and _MISREAD.isdisjoint(str(real)):
        return WayIn(real, real)
    way = Path(tempfile.mkdtemp(prefix="reach-"))
    weakref.finalize(holder, shutil.rmtree, way, ignore_errors=True)
    log = real / "_delta_log"
    log.mkdir(exist_ok=True)
    # A link to the whole would be resolved, and the path misread again.
    (way / log.name).symlink_to(log)
    (way / "parts").symlink_to(real)
    return WayIn(way, way / "parts")
