"""The account of what was read: nothing is lost, and every run proves it."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields

from reach.errors import BalanceError


@dataclass(frozen=True, slots=True)
class Balance:
    """What became of the records of one or more files; adds.

    Attributes:
        records: What the format yielded.
        accepted: Records whose events were all valid.
        rejected: Records refused, each named in a file.
        without_event: Valid records that hold no event.
        events: Events in the accepted records.
        facts: Kinds of events by message, within each file: what the evidence keeps of them.
        repeats: Events that tell of a message again what kind of thing happened to it.
        messages: Rows of evidence, within each file.
        lines: Lines of the files that consist of lines; 0 for others.
        blank: Blank lines among them.
    """

    records: int = 0
    accepted: int = 0
    rejected: int = 0
    without_event: int = 0
    events: int = 0
    facts: int = 0
    repeats: int = 0
    messages: int = 0
    lines: int = 0
    blank: int = 0

    def __add__(self, other: Balance) -> Balance:
        """Both together."""
        mine, theirs = asdict(self), asdict(other)
        return Balance(**{name: mine[name] + theirs[name] for name in mine})

    def check(self, name: str) -> None:
        """Stop the run if something was lost or counted twice.

        Raises:
            BalanceError: A sum does not hold; this is a bug.
        """
        if self.records != self.accepted + self.rejected + self.without_event:
            raise BalanceError(
                f"{name}: {self.records} records are not {self.accepted} accepted + "
                f"{self.rejected} refused + {self.without_event} without an event. "
                "This is a fault of reach; nothing was stored. Please report it."
            )
        if self.lines and self.lines != self.records + self.blank:
            raise BalanceError(
                f"{name}: {self.lines} lines are not {self.records} records + {self.blank} blank. "
                "This is a fault of reach; nothing was stored. Please report it."
            )
        if self.events != self.facts + self.repeats or min(self.counts()) < 0:
            raise BalanceError(
                f"{name}: {self.events} events are not {self.facts} facts + {self.repeats} repeats. "
                "This is a fault of reach; nothing was stored. Please report it."
            )

    def counts(self) -> list[int]:
        """All counts."""
        return [getattr(self, field.name) for field in fields(self)]
