"""Writes a campaign's log: canonical NDJSON, the same bytes for the same number of events.

Three events a message, far apart in the file; persons who get many messages and persons who
get one; six channels, 27 regions; failures, opens, clicks, replies and 2 % of receipts that
came twice. Nobody in it exists.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import duckdb

from reach.engine import literal

EVENTS = 4_000_000
DATA = Path(__file__).parent / "data"

_CHANNELS = ("email", "sms", "whatsapp", "push", "call", "telegram")

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


_LINE = (
    '{{"message_id":"msg-{}",{},"channel":"{}","recipient":"person{}@example.org",'
    '"occurred_at":"{}","region":"region-{}","campaign":"vaccination"}}'
)


def log_of(events: int) -> Path:
    """The log with that many events, in a folder of its own; written if it is not there."""
    path = DATA / str(events) / "events.ndjson"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_suffix(".draft")
        write_log(draft, events)
        draft.rename(path)
    return path


def write_log(path: Path, events: int) -> None:
    """Write the log, streaming: memory does not grow with it."""
    messages = events // 3
    with duckdb.connect() as engine:
        engine.execute("SET enable_progress_bar = false")
        engine.execute(
            f"COPY ({_lines(messages)}) TO '{path}' (FORMAT csv, HEADER false, QUOTE '')"
        )


def _lines(messages: int) -> str:
    stories = " ".join(
        f"WHEN luck < {share} THEN {_one_of(three)}[step + 1]" for share, three in _STORIES
    )
    persons = max(messages // 4, 1)
    # Row 3i + step tells step `step` of a message that a third of the file lies before i.
    rows = (
        f"SELECT (row_id // 3 + row_id % 3 * {messages // 3 + 1}) % {messages} AS message, "
        f"row_id % 3 AS step FROM range({messages * 3}) AS numbers(row_id)"
    )
    # MD5 is the same everywhere; its bits are cut into what chance decides.
    chance = f"SELECT *, md5_number_lower(message::VARCHAR) AS bits FROM ({rows})"
    drawn = (
        "SELECT message, step, (bits % 6)::BIGINT AS channel, "
        "((bits >> 3) & 1023) / 1024 + (bits % 6) * 0.01 AS luck, "
        f"floor({persons} * pow(((bits >> 13) & 16777215) / 16777216, 2))::BIGINT AS person, "
        f"((bits >> 37) & 2097151)::BIGINT AS second FROM ({chance})"
    )
    # A receipt that came twice says the same time twice.
    later = "CASE WHEN luck >= 0.78 AND luck < 0.80 THEN least(step, 1) ELSE step END * 400"
    time = (
        f"strftime(make_timestamp((1767571200 + second + {later}) * 1000000), '%Y-%m-%dT%H:%M:%SZ')"
    )
    return (
        f"SELECT format({literal(_LINE)}, message, CASE {stories} END, "
        f"{_one_of(_CHANNELS)}[channel + 1], person, {time}, person % 27) FROM ({drawn})"
    )


def _one_of(words: tuple[str, ...]) -> str:
    return f"[{', '.join(literal(word) for word in words)}]"


def main() -> None:
    """Write a log."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("--events", type=int, default=EVENTS)
    asked = parser.parse_args()
    write_log(asked.file, asked.events)


if __name__ == "__main__":
    main()
