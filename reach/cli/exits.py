"""From what happened to an exit code and a message without a traceback."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from typing import NoReturn

import click

from reach.errors import BalanceError, ReachError

OK = 0
REJECTED = 1  # done, with refused records
DATA = 3  # input, config or store
UNTRUE = 4  # a verification that did not hold
_INTERRUPTED = 130
_DEBUG = "--debug"
_ENGINE_INTERRUPTED = "Query interrupted"  # what DuckDB makes of Ctrl-C while it works


def guarded(program: click.Command) -> None:
    """Run a program; whatever goes wrong becomes one message and an exit code."""
    _speak_utf8()
    try:
        code = program.main(prog_name="reach", standalone_mode=False)
        if sys.stdout is not None:
            sys.stdout.flush()
    except click.ClickException as error:
        with suppress(OSError):  # where nobody listens the code still tells
            error.show()
        _leave(error.exit_code)
    except (BrokenPipeError, SystemExit):
        # The reader has seen enough, as in `reach compare … | head`; click and rich say so by
        # an exit of their own.
        _leave(OK)
    except ReachError as error:
        _show(str(error), error)
        _leave(UNTRUE if isinstance(error, BalanceError) else DATA)
    except (click.exceptions.Abort, KeyboardInterrupt):
        _leave(_INTERRUPTED)
    except OSError as error:
        _show(_of_system(error), error)
        _leave(DATA)
    except BaseException as error:  # noqa: BLE001 -- the last place that can keep a traceback from a user
        if isinstance(error, RuntimeError) and str(error) == _ENGINE_INTERRUPTED:
            _leave(_INTERRUPTED)
        what = f"{type(error).__name__}: {error}".splitlines()[0]
        _show(
            f"unexpected: {what}. Run again with --debug to see where, and please report it.", error
        )
        _leave(DATA)
    sys.exit(code if isinstance(code, int) else OK)


def _of_system(error: OSError) -> str:
    """What the system refused: a full disk, too many open files."""
    where = "" if error.filename is None else f"{os.fsdecode(error.filename)}: "
    return (
        f"{where}the system says: {(error.strerror or str(error)).lower()}; mend that and run again"
    )


def _show(message: str, error: BaseException) -> None:
    with suppress(OSError):
        if _DEBUG in sys.argv:
            import traceback

            traceback.print_exception(error)
        for line in message.splitlines():
            click.echo(f"reach: {line}", err=True)


def _leave(code: int) -> NoReturn:
    """Exit; what a stream can't take must not become another error on the way out."""
    for stream in filter(None, (sys.__stdout__, sys.__stderr__)):
        try:
            stream.flush()
        except OSError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
    sys.exit(code)


def _speak_utf8() -> None:
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
