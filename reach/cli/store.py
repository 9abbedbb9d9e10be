"""``reach store``: what lies in a store, and many small files of it made few."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from reach.cli.exits import OK
from reach.cli.options import (
    NAMED,
    debug_option,
    engine_options,
    lang_option,
    limits_of,
)

if TYPE_CHECKING:
    from reach.report.numbers import Lang
    from reach.store.inventory import Files

_MIB = 1 << 20


@click.group(name="store")
def command() -> None:
    """Look after a store: the folder in which what was read is kept."""


@command.command(name="compact")
@click.argument("folder", **NAMED, metavar="DIR")
@click.option(
    "--drop-old", is_flag=True,
    help="Then delete the files that only earlier versions of the table name.",
)  # fmt: skip
@click.option(
    "--keep-version", "keep_versions", type=click.IntRange(min=0), multiple=True, metavar="N",
    help="With --drop-old: keep what version N names; may be repeated.",
)  # fmt: skip
@lang_option
@engine_options
@click.option("-q", "--quiet", is_flag=True, help="Say nothing if all went well.")
@debug_option
def _compact(
    folder: Path,
    drop_old: bool,  # noqa: FBT001 -- click passes flags by name
    keep_versions: tuple[int, ...],
    lang: str,
    threads: int | None,
    memory_limit: str | None,
    quiet: bool,  # noqa: FBT001
) -> int:
    """Merge the small files of the store at DIR into larger ones.

    Many small ingests leave many small files, which are slow to read. The evidence stays the
    same, and others may go on using the store meanwhile.
    """
    if keep_versions and not drop_old:
        raise click.UsageError("--keep-version is for --drop-old; say both, or neither.")
    from reach.engine import connect
    from reach.report.numbers import number
    from reach.report.words import counted, say
    from reach.store.compact import compact
    from reach.store.inventory import drop_old as drop
    from reach.store.inventory import existing_store

    told = cast("Lang", lang)
    store = existing_store(folder)
    cleared = store.tidy()
    with connect(limits_of(threads, memory_limit)) as engine:
        done = compact(engine, store)
    lines = [say(told, "store_cleared", count=number(cleared, told))] if cleared else []
    if done.merged:
        lines.append(
            say(
                told,
                "store_merged",
                merged=counted("store_files", done.merged, told),
                into=counted("store_files", done.into, told),
                before=_size(done.bytes_before, told),
                after=_size(done.bytes_after, told),
                rows=counted("rows", done.rows, told),
            )
        )
    else:
        lines.append(say(told, "store_nothing_to_merge"))
    if drop_old:
        lines.append(say(told, "store_dropped", files=_files(drop(store, keep_versions), told)))
    elif done.merged:
        lines.append(say(told, "store_old_kept"))
    if not quiet:
        click.echo("\n".join(lines))
    return OK


@command.command(name="show")
@click.argument("folder", **NAMED, metavar="DIR")
@lang_option
@debug_option
def _show(folder: Path, lang: str) -> int:
    """Say what lies in the store at DIR."""
    from reach.engine import connect
    from reach.report.numbers import number
    from reach.report.words import counted, say
    from reach.store.inventory import existing_store, take_stock

    told = cast("Lang", lang)
    store = existing_store(folder)
    with connect() as engine:
        stock = take_stock(engine, store)
    lines = [
        say(
            told,
            "store_holds",
            ingests=counted("ingests", stock.ingests, told),
            rows=counted("rows", stock.rows, told),
            files=_files(stock.parts, told),
            version=number(stock.version, told),
        )
    ]
    for key, files in (
        ("store_holds_old", stock.old),
        ("store_holds_stray", stock.stray),
        ("store_holds_rejected", stock.rejected),
    ):
        if files.count:
            lines.append(say(told, key, files=_files(files, told)))
    click.echo("\n".join(lines))
    return OK


def _files(files: Files, lang: Lang) -> str:
    from reach.report.words import counted, say

    return say(
        lang,
        "store_files_of",
        files=counted("store_files", files.count, lang),
        size=_size(files.bytes, lang),
    )


def _size(size: int, lang: Lang) -> str:
    """A size in MiB, one decimal; what is not nothing does not read as nothing.

    Examples:
        >>> _size(3 << 20, "en"), _size(1, "id"), _size(0, "en")
        ('3.0 MiB', '0,1 MiB', '0.0 MiB')
    """
    from reach.report.numbers import number

    return f"{number(max(size / _MIB, 0.1 if size else 0.0), lang, 1)} MiB"
