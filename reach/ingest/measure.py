"""A table of measurements: its rows judged and accounted for, the media lane's way in."""

from __future__ import annotations

from collections.abc import Callable
from typing import IO, TYPE_CHECKING, Any

from reach.errors import Fault
from reach.formats.media.remarks import Percentages, Remarks, uneven
from reach.formats.record import Refused
from reach.ingest.balance import Balance
from reach.ingest.damage import telling_of_damage
from reach.ingest.ingested import Ingested
from reach.ingest.judge import placed
from reach.ingest.rejection import write_rejection

if TYPE_CHECKING:
    from reach.formats.media.media_format import MediaFormat
    from reach.formats.record import Log

_SHOWN = 5


def measure_file(
    log: Log,
    as_format: MediaFormat,
    rejections: IO[str],
    take: Callable[[dict[str, Any], int], None] = lambda row, line: None,  # noqa: ARG005
    doubt: Callable[[dict[str, Any], int, Fault], None] = lambda row, line, why: None,  # noqa: ARG005
) -> Ingested:
    """Read a table of measurements to its end; its account, balanced.

    Rows that sum up others are records without an event, and are not taken.

    Args:
        log: The file.
        as_format: Its format.
        rejections: Where refused rows are written.
        take: Given each row that is valid, as its schema has it, and its line.
        doubt: Given each refused row whose numbers alone contradict one another, its line and
            what is wrong: who asks what it would change can see.

    Raises:
        InputError: The file is damaged.
        BalanceError: Rows were lost or counted twice.
    """
    records = accepted = refused = empty = 0
    shown: list[Fault] = []
    totals: list[str] = []
    potential = 0
    percentages = Percentages(as_format.percentages, as_format.percentages_by)
    held: list[tuple[dict[str, Any], int]] = []
    with telling_of_damage(log):
        for record in as_format.records(log):
            records += 1
            try:
                row = as_format.measurement(record, log)
            except Refused as refusal:
                why = placed(refusal, record)
                refused += 1
                write_rejection(rejections, log, record, why)
                where = f"{log.name}:{record.line}"
                fault = Fault(where, why.path, why.received, why.expected)
                if len(shown) < _SHOWN:
                    shown.append(fault)
                if refusal.row is not None:
                    doubt(dict(refusal.row), record.line, fault)
                continue
            if row is None:
                empty += 1
                totals += filter(None, [as_format.total_name(record.value or {})])
                continue
            accepted += 1
            potential += "potential_audience" in row
            percentages.see(row)
            if as_format.sums_up:
                held.append((row, record.line))
            else:
                take(row, record.line)
    wholes = as_format.wholes([row for row, _ in held])
    kept = [each for index, each in enumerate(held) if index not in wholes]
    for row, line in kept:
        take(row, line)
    accepted, empty = accepted - len(wholes), empty + len(wholes)
    balance = Balance(records, accepted, refused, empty)
    balance.check(log.name)
    return Ingested(
        balance=balance,
        first_rejections=tuple(shown),
        unknown_keys=as_format.unknown_keys(log.head),
        disagreements={},
        untimed=0,
        never_seen=(),
        never_found={},
        unnamed={},
        no_numbers=0,
        local_numbers=0,
        remarks=Remarks(
            totals=(*totals, *(whole.name for whole in wholes.values())),
            uneven=uneven(list(wholes.values())),
            perhaps=tuple(as_format.perhaps_wholes([row for row, _ in kept])),
            mixed=percentages.mixed(),
            advertising=as_format.advertising_values(log.head),
            potential=potential,
        ),
    )
