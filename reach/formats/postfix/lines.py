"""The shapes of a mail log's lines, as patterns that the engine and Python read alike.

Every pattern can be followed in one way only, so that no line, however odd, takes long.

References:
    Postfix's sources: log_adhoc.c for what is said of a recipient, qmgr_active.c for what is
    said of a message, mail_queue.h for the form of queue ids.
"""

from __future__ import annotations

import re

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

_CLOCK = "(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]"
_DAY = "(?: [1-9]|0[1-9]|[12][0-9]|3[01])"
CLASSIC = f"(?:{'|'.join(MONTHS)}) {_DAY} {_CLOCK}"
"""A time of syslog as it always was: no year, no zone."""

_ZONE = "(?:Z|[+-](?:0[0-9]|1[0-4]):?[0-5][0-9])"
_ISO_DAY = "(?:199[0-9]|2[0-9]{3})-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])"
ISO = f"{_ISO_DAY}T{_CLOCK}(?:[.][0-9]{{1,6}})?{_ZONE}"
"""A time of syslog as ISO 8601 has it."""

BEGIN = f"(?:{CLASSIC}|{ISO}) [^ ]+ "
"""What each line begins with: when, and on which host."""

SHORT_ID = "[0-9A-F]{6,}"
"""A queue id of microseconds and the number of a file: used again one day."""

ID = f"(?:{SHORT_ID}|[0-9A-Za-z]{{12,}})"
"""A queue id, short or long."""

_BY = "[^ ]+ postfix[^ /\\[\\]]*((?:/[^ /\\[\\]]+)+)\\[[0-9]+\\]: "
_HEAD = f"({CLASSIC}|{ISO}) {_BY}"

TO = f"{_HEAD}[^ ]+: to=<"
"""The beginning of a line that tells what became of a recipient."""

Step = tuple[str, tuple[str, ...]]
"""A pattern and the names of its parts; the last part of all but the last step is the next's."""

_TRY = (
    "to=<([^<>]+)>, (?:orig_to=<[^<>]*>, )?relay=([ -+\\--~]*), (?:conn_use=[0-9]+, )?"
    "delay=([0-9]{1,7})(?:[.][0-9]+)?, delays=[^,]*, (?:tls=[^,]*, )?(dsn=.*)"
)
_RESULT = "dsn=([245][.][0-9]{1,3}[.][0-9]{1,3}), status=([^ ]+) [(](.*)"
DELIVERY: tuple[Step, ...] = (
    (f"{_HEAD}([0-9A-Za-z]+): (to=<.*)", ("stamp", "path", "id", "rest")),
    (_TRY, ("recipient", "relay", "delay", "rest")),
    (_RESULT, ("dsn", "word", "reply")),
)
"""The whole of it: when, by which program, of which message, and so on; the reply with its end."""

_QUEUE = (
    f"{_HEAD}([0-9A-Za-z]+): (removed|from=<[^<>]*>, "
    "(?:size=[0-9]+, nrcpt=[0-9]+ [(]queue active[)]|status=[^ ,]+(?:,.*)?))"
)
QUEUE: Step = (_QUEUE, ("stamp", "path", "id", "what"))
"""A line of the queue manager's about a message as a whole: it is taken up, or given up."""

MANAGERS = ("/qmgr", "/oqmgr", "/nqmgr")
REMOVED, ACTIVE, STATUS, END = "removed", "(queue active)", ">, status=", ")"

IN_TO, IN_STATUS, AT_END = ": to=<", STATUS, (f": {REMOVED}", f" {ACTIVE}")
"""Texts that a line must have to be one of these: cheaper to look for than a pattern."""

_begin = re.compile(BEGIN)
_iso = re.compile(ISO)
_to = re.compile(TO)
_head = re.compile(_HEAD)
_id = re.compile(ID)
_delivery = tuple((re.compile(pattern), parts) for pattern, parts in DELIVERY)
_queue = re.compile(QUEUE[0])


def begins(line: str) -> bool:
    """Whether a line has a readable beginning."""
    return _begin.match(line) is not None


def is_iso(line: str) -> bool:
    """Whether a line, or a time, begins with a time that says its year and its zone."""
    return _iso.match(line) is not None


def is_postfix(line: str) -> bool:
    """Whether a program of Postfix wrote the line."""
    return _head.match(line) is not None


def tells_of_recipient(line: str) -> bool:
    """Whether a line tells what became of a recipient, readable or not."""
    return IN_TO in line and _to.match(line) is not None


def delivery(line: str) -> dict[str, str] | None:
    """What a line tells of a recipient, by the names of its parts; None if it can't be read.

    Examples:
        >>> delivery("Nov 16 11:00:20 mx postfix/smtp[1]: A0320E00C3: to=<a@b.id>, relay=none, "
        ...     "delay=4, delays=4/0/0/0, dsn=4.4.1, status=deferred (no route)")["dsn"]
        '4.4.1'
    """
    found: dict[str, str] = {"rest": line}
    for pattern, parts in _delivery:
        step = pattern.fullmatch(found["rest"])
        if step is None:
            return None
        found |= dict(zip(parts, step.groups(), strict=True))
    return found if _id.fullmatch(found["id"]) and line.endswith(END) else None


def queue_line(line: str) -> dict[str, str] | None:
    """What a line tells of a message as a whole; None if it is another line."""
    if not (line.endswith(AT_END) or IN_STATUS in line):
        return None
    step = _queue.fullmatch(line)
    if step is None:
        return None
    found = dict(zip(QUEUE[1], step.groups(), strict=True))
    managed = found["path"].endswith(MANAGERS) and _id.fullmatch(found["id"])
    return found if managed else None
