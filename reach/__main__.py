"""Where the program begins: the ``reach`` command, and ``python -m reach``.

It imports nothing until it is ready for Ctrl-C.
"""

from __future__ import annotations

import sys

_INTERRUPTED = 130


def main() -> None:
    """Run the command line and exit with its code."""
    try:
        from reach.cli import main as run

        run()
    except KeyboardInterrupt:  # before the command line was there to take it
        sys.exit(_INTERRUPTED)


if __name__ == "__main__":
    main()
