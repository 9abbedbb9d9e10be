"""The law applied: each message with what became of it, as flags that can be summed."""

from __future__ import annotations

from reach.outcomes import law
from reach.vocabulary import Measures, Seen, Transport

FLAGS = (
    "attempted", "sent", "not_sent", "pending", "unknown", "failed", "delivered", "possible",
    "receipted", "conflicts", "by_carrier", "by_device", "inferred", "seen", "machine_only",
    "engaged", "maybe_engaged", "suspects", "acted", "opened", "opened_by_machine",
    "tells_delivered", "tells_engaged", "tells_acted", "answers_only", "failures_only",
)  # fmt: skip
"""What is known of one message, each 0 or 1; sums of them are the counts of a report."""


def resolved_sql(messages: str, bounds: str) -> str:
    """Messages with their `FLAGS`.

    Args:
        messages: SQL as `reach.outcomes.messages.merged_sql` gives it, or a table's name.
        bounds: As for `facts_sql`.
    """
    return flags_sql(f"({facts_sql(messages, bounds)})")


def facts_sql(messages: str, bounds: str) -> str:
    """Messages with the two facts of their times that the law asks for.

    These are ``horizon_passed`` and ``only_suspect``, each 0 or 1; with ``bits`` and
    ``measures`` they decide all `FLAGS`. Beside them stands the channel's ``log_end_us``.

    Args:
        messages: SQL as `reach.outcomes.messages.merged_sql` gives it, or a table's name.
        bounds: A table of ``channel``, ``horizon_us`` and ``log_end_us``; a message whose
            horizon or first time is not known is never pending.
    """
    passed = (
        "CASE WHEN m.first_at IS NULL OR b.horizon_us IS NULL OR b.log_end_us IS NULL THEN 1 "
        "WHEN m.first_at + b.horizon_us <= b.log_end_us THEN 1 ELSE 0 END"
    )
    return (
        f"SELECT m.*, b.log_end_us, {passed} AS horizon_passed, {_suspect()} AS only_suspect "
        f"FROM {messages} AS m LEFT JOIN {bounds} AS b ON m.channel = b.channel"
    )


def flags_sql(facts: str) -> str:
    """The law and `FLAGS`, for messages or for whole kinds of messages.

    Args:
        facts: SQL for rows with ``bits``, ``measures``, ``horizon_passed`` and
            ``only_suspect``, on which all flags depend, or a table's name.
    """
    law_row = law.row_number_sql("facts.bits", "facts.horizon_passed")
    flags = ", ".join(f"{_flag(test)} AS {name}" for name, test in _TESTS.items())
    return (
        f"SELECT lawful.*, {flags} "
        f"FROM (SELECT facts.*, {law_row} AS law_row FROM {facts} AS facts) AS lawful"
    )


def _suspect() -> str:
    """1 if the message was clicked, and even the last click as soon as a scanner's would be."""
    clicked = _has(Seen.CLICKED_HUMAN)
    window = law.SUSPECT_CLICK_US
    soon = f"last_click_at <= delivered_at + {window} AND last_click_at >= delivered_at - {window}"
    return f"CASE WHEN {clicked} AND {soon} THEN 1 ELSE 0 END"


def _has(bits: Seen) -> str:
    return f"(bits & {bits.value}) <> 0"


def _is(*transports: Transport) -> str:
    return f"law_row IN ({', '.join(law.rows_with(each) for each in transports)})"


def _flag(test: str) -> str:
    return f"CASE WHEN {test} THEN 1 ELSE 0 END"


_DELIVERED = _is(Transport.DELIVERED)
_OUT = f"NOT {_is(Transport.NOT_SENT)}"
_ENGAGED = f"({_has(Seen.REPLIED_HUMAN)} OR ({_has(Seen.CLICKED_HUMAN)} AND only_suspect = 0))"
_MAYBE = f"({_has(law.ENGAGED)} OR {_has(law.MAYBE_ENGAGED)})"
_TELLS = "(measures & {}) <> 0"

_TESTS = {
    "attempted": "1 = 1",
    "sent": _OUT,
    "not_sent": _is(Transport.NOT_SENT),
    "pending": _is(Transport.PENDING),
    "unknown": _is(Transport.UNKNOWN),
    "failed": _is(Transport.FAILED),
    "delivered": _DELIVERED,
    "possible": _is(Transport.DELIVERED, Transport.UNKNOWN, Transport.PENDING),
    "receipted": _is(Transport.DELIVERED, Transport.FAILED),
    "conflicts": f"law_row IN ({law.CONFLICT_ROWS})",
    "by_carrier": f"{_DELIVERED} AND {_has(Seen.DELIVERED_CARRIER)} AND NOT {_has(Seen.DELIVERED_DEVICE)}",
    "by_device": f"{_DELIVERED} AND {_has(Seen.DELIVERED_DEVICE)}",
    "inferred": f"{_DELIVERED} AND NOT {_has(law.DELIVERED)}",
    # A rejected message can't have been seen: what its log says of it is a conflict instead.
    # A click that may be a scanner's is no sign that a person saw the message.
    "seen": f"{_OUT} AND ({_has(law.SEEN_BY_PERSON)} OR ({_has(Seen.CLICKED_HUMAN)} AND only_suspect = 0))",
    "machine_only": f"{_OUT} AND {_has(law.MACHINE)} AND NOT {_has(law.HUMAN)}",
    "engaged": f"{_OUT} AND {_ENGAGED}",
    "maybe_engaged": f"{_OUT} AND {_MAYBE}",
    "suspects": f"{_OUT} AND {_MAYBE} AND NOT {_ENGAGED}",
    "acted": f"{_OUT} AND {_has(Seen.CONVERTED)}",
    "opened": f"{_OUT} AND {_has(Seen.OPENED_HUMAN | Seen.OPENED_MACHINE | Seen.OPENED_UNSURE)}",
    "opened_by_machine": (
        f"{_OUT} AND {_has(Seen.OPENED_MACHINE | Seen.OPENED_UNSURE)} AND NOT {_has(Seen.OPENED_HUMAN)}"
    ),
    "tells_delivered": f"{_TELLS.format(Measures.DELIVERED.value)} OR {_has(law.RECEIPTS)}",
    "tells_engaged": f"{_TELLS.format(Measures.ENGAGED.value)} OR {_has(law.ENGAGEMENT)}",
    "tells_acted": f"{_TELLS.format(Measures.ACTED.value)} OR {_has(Seen.CONVERTED)}",
    "answers_only": _TELLS.format(Measures.ANSWERS_ONLY.value),
    "failures_only": _TELLS.format(Measures.FAILURES_ONLY.value),
}
