"""A campaign's log to measure with: canonical NDJSON, the same bytes for the same number of events.

Three events a message, a third of the file apart; ten persons for every 33 messages, each of
whom gets at least one while a few get hundreds; six channels, 27 regions; failures, opens by
people and by machines, clicks, replies, and 2 % of receipts that came twice. Every record is
valid, and nobody in it exists.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from reach.engine import Limits, connect, literal

BYTES_AN_EVENT = 200
"""About what a line takes, rounded up."""

EVENTS_A_MESSAGE = 3

LOG_ENDS = "2026-03-10T00:00:00Z"
"""So late that no message is pending any more."""

_CHANNELS = ("email", "sms", "whatsapp", "push", "call", "telegram")
_REGIONS = 27
_PERSONS_A_MESSAGE = 0.3
_STEP = 7_368_787
"""A prime: its multiples visit every person once, and never the next one next."""

# Share of messages up to here, and the fragments of its three events.
_QUEUED, _SENT, _DEFERRED, _OPENED_BY_MACHINE = (
    '"event":"queued"', '"event":"sent"', '"event":"deferred"', '"event":"opened","machine":true',
)  # fmt: skip
_CARRIER, _DEVICE = (
    f'"event":"delivered","receipt":"{receipt}"' for receipt in ("carrier", "device")
)
_OPENED, _CLICKED, _REPLIED = (
    f'"event":"{event}","machine":false' for event in ("opened", "clicked", "replied")
)
_BUSY = '"event":"failed","permanent":false,"reason":"mailbox_full"'
_GONE = '"event":"failed","permanent":true,"reason":"no_mailbox"'
_STORIES = (
    (0.35, (_SENT, _CARRIER, _OPENED)),
    (0.45, (_SENT, _CARRIER, _OPENED_BY_MACHINE)),
    (0.55, (_SENT, _DEVICE, _CLICKED)),
    (0.60, (_SENT, _DEVICE, _REPLIED)),
    (0.78, (_SENT, _DEFERRED, _CARRIER)),
    (0.80, (_SENT, _CARRIER, _CARRIER)),
    (0.86, (_QUEUED, _SENT, _BUSY)),
    (0.94, (_QUEUED, _SENT, _GONE)),
    (9.99, (_QUEUED, _SENT, _DEFERRED)),
)
_TWICE = (0.78, 0.80)  # a receipt that came twice says the same time twice

_LINE = (
    '{{"message_id":"msg-{}",{},"channel":"{}","recipient":"person{}@example.org",'
    '"occurred_at":"{}","region":"region-{}","campaign":"vaccination"}}'
)


def write_log(path: Path, events: int, first: int = 0, limits: Limits | None = None) -> None:
    """Write the log, streaming: memory does not grow with it.

    Args:
        path: The file.
        events: Events in it, three a message; what is left of the division falls away.
        first: Number of its first message: another one makes a log of other messages to
            people of the same kind.
        limits: What the engine may use.
    """
    with connect(limits) as engine:
        engine.execute("SET preserve_insertion_order = true")  # the same bytes every time
        engine.execute(
            f"COPY ({_lines(events // EVENTS_A_MESSAGE, first)}) TO {literal(str(path.absolute()))} "
            "(FORMAT csv, HEADER false, QUOTE '')"
        )


def _lines(messages: int, first: int) -> str:
    stories = " ".join(
        f"WHEN luck < {share} THEN {_one_of(three)}[step + 1]" for share, three in _STORIES
    )
    persons = max(round(messages * _PERSONS_A_MESSAGE), 1)
    # Row 3i + step tells step `step` of a message that a third of the file lies before i.
    rows = (
        f"SELECT (row_id // 3 + row_id % 3 * {messages // 3 + 1}) % {messages} AS place, "
        f"row_id % 3 AS step FROM range({messages * EVENTS_A_MESSAGE}) AS numbers(row_id)"
    )
    # MD5 is the same everywhere; its bits are cut into what chance decides.
    chance = (
        f"SELECT place, place + {first} AS message, step, "
        f"md5_number_lower((place + {first})::VARCHAR) AS bits FROM ({rows})"
    )
    drawn = (
        "SELECT message, step, (bits % 6)::BIGINT AS channel, "
        "((bits >> 3) & 1023) / 1024 + (bits % 6) * 0.01 AS luck, "
        f"CASE WHEN place < {persons} THEN place * {_STEP} % {persons} ELSE "
        f"floor({persons} * pow(((bits >> 13) & 134217727) / 134217728, 2))::BIGINT END AS person, "
        f"((bits >> 40) & 2097151)::BIGINT AS second FROM ({chance})"
    )
    later = (
        f"CASE WHEN luck >= {_TWICE[0]} AND luck < {_TWICE[1]} "
        "THEN least(step, 1) ELSE step END * 400"
    )
    time = (
        f"strftime(make_timestamp((1767571200 + second + {later}) * 1000000), '%Y-%m-%dT%H:%M:%SZ')"
    )
    return (
        f"SELECT format({literal(_LINE)}, message, CASE {stories} END, "
        f"{_one_of(_CHANNELS)}[channel + 1], person, {time}, person % {_REGIONS}) FROM ({drawn})"
    )


def _one_of(words: tuple[str, ...]) -> str:
    return f"[{', '.join(literal(word) for word in words)}]"


def main() -> None:
    """Write a log, as a process of its own."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("--events", type=int, required=True)
    parser.add_argument("--first", type=int, default=0)
    asked = parser.parse_args()
    write_log(asked.file, asked.events, asked.first)


if __name__ == "__main__":
    main()
