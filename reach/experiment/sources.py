"""The files that an experiment's sources stand for."""

from __future__ import annotations

import errno
import os
import stat
from dataclasses import dataclass, replace
from glob import iglob
from pathlib import Path
from typing import TYPE_CHECKING

from reach.errors import ConfigError, Fault, InputError
from reach.shown import json_path, shorten

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from reach.experiment.config import Source


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One log file of an experiment.

    Attributes:
        name: Its path from the experiment's folder, with forward slashes: the same on every
            machine. Only a file outside that the config names by an absolute path keeps it.
        path: Where to open it.
        source: How it is read.
    """

    name: str
    path: Path
    source: Source


def find_sources(
    sources: Sequence[Source], folder: Path, places: Sequence[str] = ()
) -> tuple[SourceFile, ...]:
    """Find the files of sources.

    A folder stands for all files in it, however deep. Names that begin with a dot are left
    out unless they are named in full, and so is what a Maildir has not finished taking.

    Args:
        sources: What names them.
        folder: Where relative paths begin.
        places: Where each stands in the config, as JSONPath; none for its ``sources``.

    Returns:
        The files in the sources' order and sorted by name within each; a file
        that two sources name in the same way only once.

    Raises:
        ConfigError: Two sources read one file in different ways; one fault for each such two.
        InputError: A source names nothing, or a file can't be read; holds all such.
    """
    found: dict[str, SourceFile] = {}
    missing: list[Fault] = []
    clashes: dict[tuple[str, str], Fault] = {}
    for index, source in enumerate(sources):
        at = places[index] if places else json_path(("sources", index))
        files = [_source_file(path, folder, source) for path in _matches(folder, source.path)]
        if not files:
            missing.append(_nothing(folder, source, at))
        for file in sorted(files, key=lambda file: file.name):
            first = found.setdefault(os.path.realpath(file.path), file)
            if not _same_way(first.source, source):
                expected = f"each file in one source; {first.source.where} reads it another way"
                fault = Fault(source.where, at, shorten(file.name), expected)
                clashes.setdefault((first.source.where, source.where), fault)
    if clashes:
        raise ConfigError(list(clashes.values()))
    faults = [*missing, *(fault for file in found.values() for fault in _unreadable(file))]
    if faults:
        raise InputError(faults)
    return tuple(found.values())


def is_found(file: SourceFile) -> bool:
    """Whether a file is one of a folder or of a pattern, and nobody named it."""
    return file.path.name != Path(file.source.path).name


def how_to_leave_out(some: Sequence[SourceFile], files: Sequence[SourceFile]) -> Fault:
    """What to do about files that are no logs, among others that are.

    Args:
        some: Those that are none.
        files: All that were found.
    """
    configured = any(file.source.where for file in some)
    how = "sources in experiment.yaml" if configured else "the command"
    expected = (
        "logs alone. To leave a file out, move it to another folder, or let "
        f"{how} name the logs or a pattern, as 'logs/*.csv' in quotes"
    )
    count = f"{len(some)} of {len(files)} files that can't be read; nothing is kept of the others"
    return Fault("all files", "$", count, expected)


def _matches(folder: Path, pattern: str) -> list[Path]:
    """All files that a pattern names, those in folders included, each by its shortest name."""
    places: Iterable[str] = [pattern]
    if not os.path.lexists(folder / pattern):  # a name may itself hold a * or a [
        # Not pathlib's: that one takes hidden files too.
        places = iglob(pattern, root_dir=folder, recursive=True)  # noqa: PTH207
    files: dict[str, Path] = {}
    for place in places:
        path = folder / place
        for file in _files_in(path) if _is_folder(path) else (path,):
            # A link that leads back up gives a file endless names.
            real = os.path.realpath(file)
            files[real] = min(files.get(real, file), file, key=lambda path: len(path.parts))
    return [file for file in files.values() if not _is_endless(file)]


def _files_in(folder: Path) -> Iterator[Path]:
    entered = set()
    closed: list[Path] = []
    for place, folders, files in os.walk(
        folder, followlinks=True, onerror=lambda error: closed.append(Path(error.filename))
    ):
        if (real := os.path.realpath(place)) in entered:  # a link that leads back up
            folders.clear()
            continue
        entered.add(real)
        unfinished = {"tmp"} if {"cur", "new"} <= set(folders) else set()  # a Maildir's
        folders[:] = [
            name for name in folders if not name.startswith(".") and name not in unfinished
        ]
        yield from (Path(place, name) for name in files if not name.startswith("."))
    yield from closed  # told of as unreadable, instead of passed over


def _source_file(path: Path, folder: Path, source: Source) -> SourceFile:
    name = os.path.relpath(path, folder)
    if Path(source.path).is_absolute():
        real, home = path.parent.resolve() / path.name, folder.resolve()
        name = os.path.relpath(real, home) if real.is_relative_to(home) else str(path)
    # A file name may hold bytes that are no text; every output is.
    printable = os.fsencode(Path(name).as_posix()).decode("utf-8", "backslashreplace")
    return SourceFile(printable, path, source)


def _same_way(one: Source, other: Source) -> bool:
    return replace(one, path="", where="") == replace(other, path="", where="")


def _nothing(folder: Path, source: Source, at: str) -> Fault:
    empty = _is_folder(folder / source.path)
    if not source.where:
        received = "a folder without files" if empty else "no such file"
        return Fault(source.path, "$", received, "a log file, or a folder of logs")
    received = f"{shorten(source.path)}, which names no file"
    if empty:
        received = f"{shorten(source.path)}, a folder without files"
    expected = "at least one log; put it there or mend the path (it begins at the config's folder)"
    return Fault(source.where, at, received, expected)


def _unreadable(file: SourceFile) -> Iterator[Fault]:
    try:
        str(file.path).encode()
    except UnicodeEncodeError:  # the engine takes names as text
        yield Fault(file.name, "$", "a name that is not UTF-8", "a file renamed to plain letters")
        return
    try:
        mode = file.path.stat().st_mode
        if stat.S_ISDIR(mode):
            yield Fault(file.name, "$", "a folder that can't be opened", "one that may be read")
        elif not stat.S_ISREG(mode):  # opening a pipe would wait for ever
            yield Fault(file.name, "$", "neither a file nor a folder", "a log file")
        else:
            file.path.open("rb").close()
    except OSError as error:
        reason = error.strerror or str(error)
        yield Fault(file.name, "$", reason, "a file that may be read; mend its permissions or link")


def _is_folder(path: Path) -> bool:
    # Path.is_dir raises where the way there is closed or the name too long.
    return os.path.isdir(path)  # noqa: PTH112


def _is_endless(path: Path) -> bool:
    """Whether the path goes round in links for ever, so that nothing is behind it."""
    try:
        path.stat()
    except OSError as error:
        return error.errno == errno.ELOOP
    return False
