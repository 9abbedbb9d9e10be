"""``python -m reach``, for where the ``reach`` command is not on the path."""

from reach.cli import main

main()
