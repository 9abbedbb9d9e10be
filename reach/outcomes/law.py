"""The law of outcomes: eight rows, first match wins.

A message's transport is a pure function of which events were seen and whether its horizon
has passed. Engagement is a second axis, and no rung of the first.
"""

from __future__ import annotations

from dataclasses import dataclass

from reach.vocabulary import Seen, Transport

NEVER_TRIED = Seen.REJECTED | Seen.SUPPRESSED
HUMAN = (
    Seen.READ | Seen.REPLIED_HUMAN | Seen.OPENED_HUMAN | Seen.CLICKED_HUMAN | Seen.COMPLAINED
    | Seen.UNSUBSCRIBED | Seen.CONVERTED
)  # fmt: skip
"""Only a person who has the message does these."""
MACHINE = Seen.OPENED_MACHINE | Seen.OPENED_UNSURE | Seen.CLICKED_MACHINE | Seen.REPLIED_MACHINE
"""A machine that has the message does these, so the message came as far as that machine."""
OTHER_FAILURE = Seen.FAILED_TEMPORARY | Seen.FAILED_UNSURE | Seen.EXPIRED | Seen.SUPERSEDED
DELIVERED = Seen.DELIVERED_CARRIER | Seen.DELIVERED_DEVICE

RECEIPTS = DELIVERED | Seen.FAILED_PERMANENT | OTHER_FAILURE
"""What only a source with receipts can tell: one of these and delivery is measured."""

SEEN_BY_PERSON = Seen.OPENED_HUMAN | Seen.READ | Seen.REPLIED_HUMAN
"""Surely a person saw it; so did who clicked, unless the click is suspect."""
ENGAGED = Seen.CLICKED_HUMAN | Seen.REPLIED_HUMAN
MAYBE_ENGAGED = Seen.CLICKED_MACHINE | Seen.REPLIED_MACHINE
ENGAGEMENT = ENGAGED | MAYBE_ENGAGED
"""What only a source that follows clicks or replies can tell: one of these and engagement is
measured. A read or an open shows no such source: without one, 0 % would be a claim."""

SUSPECT_CLICK_US = 10_000_000
"""A click so soon after the delivery may be a scanner's: it is set apart, and shown."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the table.

    Attributes:
        any_of: At least one of these was seen; empty for no such condition.
        and_any_of: And at least one of these; empty for no such condition.
        horizon_passed: Required state of the horizon; None for either.
        transport: What the message then is.
        conflict: Whether the evidence contradicts itself.
    """

    any_of: Seen
    and_any_of: Seen
    horizon_passed: bool | None
    transport: Transport
    conflict: bool = False


TABLE = (
    Row(NEVER_TRIED, HUMAN | DELIVERED, None, Transport.UNKNOWN, conflict=True),
    Row(NEVER_TRIED, Seen(0), None, Transport.NOT_SENT),
    Row(HUMAN | Seen.DELIVERED_DEVICE, Seen(0), None, Transport.DELIVERED),
    Row(Seen.FAILED_PERMANENT, Seen(0), None, Transport.FAILED),
    Row(Seen.DELIVERED_CARRIER | MACHINE, Seen(0), None, Transport.DELIVERED),
    Row(OTHER_FAILURE, Seen(0), None, Transport.FAILED),
    Row(Seen(0), Seen(0), horizon_passed=False, transport=Transport.PENDING),
    Row(Seen(0), Seen(0), horizon_passed=True, transport=Transport.UNKNOWN),
)
"""The law, in its order."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a message on its way.

    Attributes:
        transport: Exactly one word.
        conflict: It is called both never tried and delivered.
        inferred: It is delivered, and no receipt says so.
    """

    transport: Transport
    conflict: bool
    inferred: bool


def outcome(seen: Seen, *, horizon_passed: bool) -> Outcome:
    """Apply the law to one message.

    Examples:
        >>> outcome(Seen.SENT, horizon_passed=True).transport.value
        'unknown'
        >>> outcome(Seen.SENT | Seen.DELIVERED_CARRIER | Seen.FAILED_PERMANENT, horizon_passed=True).transport.value
        'failed'
    """
    for row in TABLE:
        if row.any_of and not seen & row.any_of:
            continue
        if row.and_any_of and not seen & row.and_any_of:
            continue
        if row.horizon_passed is not None and row.horizon_passed != horizon_passed:
            continue
        inferred = row.transport is Transport.DELIVERED and not seen & DELIVERED
        return Outcome(row.transport, row.conflict, inferred)
    raise AssertionError("the last two rows of the law leave nothing over")


def row_number_sql(bits: str, horizon_passed: str) -> str:
    """The law as SQL: the number, from 1, of the row that matches.

    Args:
        bits: SQL for the message's bits.
        horizon_passed: SQL for 1 or 0.
    """
    cases = []
    for number, row in enumerate(TABLE, start=1):
        tests = [f"({bits} & {part.value}) <> 0" for part in (row.any_of, row.and_any_of) if part]
        if row.horizon_passed is not None:
            tests.append(f"{horizon_passed} = {int(row.horizon_passed)}")
        cases.append(f"WHEN {' AND '.join(tests)} THEN {number}")
    return f"CASE {' '.join(cases)} END"


def rows_with(transport: Transport) -> str:
    """The numbers of the rows that end in a transport, as an SQL list."""
    numbers = [
        str(number) for number, row in enumerate(TABLE, start=1) if row.transport is transport
    ]
    return ", ".join(numbers)


CONFLICT_ROWS = ", ".join(str(number) for number, row in enumerate(TABLE, start=1) if row.conflict)
