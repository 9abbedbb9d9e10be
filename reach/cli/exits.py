"""From what happened to an exit code and a message without a traceback."""

from __future__ import annotations

import os
import sys

import click

from reach.errors import BalanceError, ReachError

OK = 0
REJECTED = 1  # done, with refused records
DATA = 3  # input, config or store
UNTRUE = 4  # a verification that did not hold
_INTERRUPTED = 130
_DEBUG = "--debug"


def guarded(program: click.Command) -> None:
    """Run a program; whatever goes wrong becomes one message and an exit code."""
    _speak_utf8()
    try:
        code = program.main(standalone_mode=False)
        sys.exit(code if isinstance(code, int) else OK)
    except click.exceptions.Abort:
        sys.exit(_INTERRUPTED)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except BrokenPipeError:
        # The reader has seen enough, as in `reach compare … | head`.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(OK)
    except ReachError as error:
        _show(str(error), error)
        sys.exit(UNTRUE if isinstance(error, BalanceError) else DATA)
    except KeyboardInterrupt:
        sys.exit(_INTERRUPTED)
    except Exception as error:  # noqa: BLE001 -- the last place that can keep a traceback from a user
        what = f"{type(error).__name__}: {error}".splitlines()[0]
        _show(
            f"unexpected: {what}. Run again with --debug to see where, and please report it.", error
        )
        sys.exit(DATA)


def _show(message: str, error: Exception) -> None:
    if _DEBUG in sys.argv:
        import traceback

        traceback.print_exception(error)
    for line in message.splitlines():
        click.echo(f"reach: {line}", err=True)


def _speak_utf8() -> None:
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
