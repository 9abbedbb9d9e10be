"""``reach ingest``: logs into a store, for experiments to come."""

from __future__ import annotations

from pathlib import Path

import click

from reach.cli.exits import OK, REJECTED
from reach.cli.logs import reading_options, show_logs
from reach.cli.named_logs import named_logs
from reach.cli.options import (
    NAMED,
    debug_option,
    engine_options,
    lang_option,
    limits_of,
    quiet_option,
)


@click.command(name="ingest")
@click.argument("files", **NAMED, nargs=-1, required=True, metavar="FILE...")
@click.option(
    "--store", **NAMED, required=True, metavar="DIR",
    help="Where evidence is kept; made if missing.",
)  # fmt: skip
@reading_options
@lang_option
@engine_options
@quiet_option
@debug_option
def command(
    files: tuple[Path, ...],
    store: Path,
    form: str | None,
    log_end_us: int | None,
    country: str | None,
    timezone: str | None,
    year: int | None,
    constants: tuple[str, ...],
    lang: str,
    threads: int | None,
    memory_limit: str | None,
    quiet: bool,  # noqa: FBT001 -- click passes flags by name
) -> int:
    """Bring logs into the store at DIR, each file once.

    A FILE may be a folder of logs, a pattern in quotes, or - for standard input.

    An experiment that reads the same files in the same way (format, constants, log end,
    country), with the same --store, then finds them there.
    """
    from reach.cli.progress import reading
    from reach.engine import connect
    from reach.experiment.account import rejections_of
    from reach.experiment.gather import gather
    from reach.ingest.secret import load_key
    from reach.store.evidence import Store

    kept = Store(store)
    with (
        named_logs(files, form, constants, timezone, year) as found,
        reading(quiet=quiet) as progress,
        connect(limits_of(threads, memory_limit)) as engine,
    ):
        gathered = gather(
            engine,
            kept,
            found,
            log_end_us=log_end_us,
            country=country,
            key=load_key(kept.key_file),
            progress=progress,
        )
    rejections = rejections_of(gathered, kept, Path())
    refused = show_logs(gathered, rejections, lang, stored=True, written=True)
    return REJECTED if refused else OK
