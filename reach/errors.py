"""The whole exception tree: everything reach raises on purpose.

Only `reach.cli` catches these and turns them into exit codes; the core raises them with
enough in them to say what, where, what was expected and what to do.
"""

from __future__ import annotations

from dataclasses import dataclass


class ReachError(Exception):
    """Base of all errors that reach raises on purpose."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong in one place.

    Attributes:
        where: The place as a reader finds it: ``march.jsonl:42``, ``experiment.yaml:7:3``.
        path: The path inside the document, as ``$.occurred_at``; ``$`` for the whole of it.
        received: What stood there, shortened to be readable.
        expected: What should have stood there, and if it helps what to do.
    """

    where: str
    path: str
    received: str
    expected: str

    def __str__(self) -> str:
        """The one message shape of reach.

        Examples:
            >>> print(Fault("march.jsonl:42", "$.occurred_at", '"2024-13-01"', "an RFC 3339 date-time"))
            march.jsonl:42 $.occurred_at: got "2024-13-01", expected an RFC 3339 date-time
        """
        path = "" if self.path in ("", "$") else f" {self.path}"
        return f"{self.where}{path}: got {self.received}, expected {self.expected}"


class FaultsError(ReachError, ValueError):
    """Carries every fault found, so that a user mends them all at once."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("\n".join(str(fault) for fault in faults))
        self.faults = faults


class InputError(FaultsError):
    """A log or data file that can't be read as what it should be."""


class ConfigError(FaultsError):
    """An experiment config that is not valid; holds all its faults."""


class SchemaError(ReachError):
    """A JSON Schema of ours is missing or not a schema: the installation is broken."""


class StoreError(ReachError):
    """The evidence store can't be opened, read or written."""


class BalanceError(ReachError):
    """Records were lost or counted twice: a bug in reach, so the run stops."""


class NotEstimableError(ReachError, ValueError):
    """The data do not determine the number asked for; the message says why."""


class MissingExtraError(ReachError, ImportError):
    """An optional package is needed; the message gives the install command."""
