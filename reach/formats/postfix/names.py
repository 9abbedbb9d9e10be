"""How a message is called, and under which names it goes on.

A short queue id is used again one day. All lines about one message tell, to a second or so,
when it arrived: their own time less their ``delay``. So its name is the id and the span of
ten days in which it arrived; within an hour of a span's border it has a second name, in the
span beyond. Long queue ids hold their time and are never used again.
"""

from __future__ import annotations

import re

from reach.formats.postfix.lines import SHORT_ID

SPAN_S, MARGIN_S = 864_000, 3_600

NEXT = "(?:queued|forwarded) as ([0-9A-Za-z]{6,})"
"""How a server tells under which id it keeps a message."""

FORWARDS = "forwarded as "
"""How the local agent tells that it has sent a message on, to another address."""

DISCARDED = " Ok, discarded, "
"""How amavis tells that it has thrown a message away."""

TO_SERVERS = "/smtp"
"""The agent that hands mail to other servers. On this machine that is a filter, whatever it
answers; a mailbox here is served by other agents."""

_next = re.compile(NEXT)
_short = re.compile(SHORT_ID)


def names(queue_id: str, arrived_s: int) -> list[str]:
    """A message's name, and its second one if it has one.

    Args:
        queue_id: The queue id.
        arrived_s: When it arrived, seconds since 1970.

    Examples:
        >>> names("A0320E00C3", 1510830000), names("4FqzXz3rYzz1Wr", 1510830000)
        (['A0320E00C3@1748'], ['4FqzXz3rYzz1Wr'])
        >>> names("A0320E00C3", 1748 * 864000 + 5)
        ['A0320E00C3@1748', 'A0320E00C3@1747']
    """
    if _short.fullmatch(queue_id) is None:
        return [queue_id]
    span, into = divmod(arrived_s, SPAN_S)
    found = [f"{queue_id}@{span}"]
    if into < MARGIN_S:
        found.append(f"{queue_id}@{span - 1}")
    elif into >= SPAN_S - MARGIN_S:
        found.append(f"{queue_id}@{span + 1}")
    return found


def next_id(reply: str) -> str | None:
    """The id under which the next server keeps a message, if it says one."""
    found = _next.search(reply)
    return found[1] if found else None


def host_and_address(relay: str) -> tuple[str, str]:
    """A relay's name and its address or socket, each empty if it is not told.

    Examples:
        >>> host_and_address("MX2.example.org[10.0.0.2]:25"), host_and_address("local")
        (('mx2.example.org', '10.0.0.2'), ('local', ''))
    """
    host, address, *_ = (*relay.lower().split("["), "")
    return host, address.partition("]")[0]


def is_here(relay: str) -> bool:
    """Whether a relay is this machine: its own address, or a socket on it.

    Examples:
        >>> [is_here(relay) for relay in ("a[127.0.0.1]:10024", "b[private/x]", "c[192.0.2.1]:25")]
        [True, True, False]
    """
    host, address = host_and_address(relay)
    if not address:
        return host == "localhost"
    return address.startswith("127.") or address == "::1" or "/" in address


def name_sql(queue_id: str, arrived_s: str) -> str:
    """SQL of the first of `names`."""
    return (
        f"CASE WHEN regexp_full_match({queue_id}, '{SHORT_ID}') "
        f"THEN {queue_id} || '@' || ({arrived_s}) // {SPAN_S} ELSE {queue_id} END"
    )


def second_name_sql(queue_id: str, arrived_s: str) -> str:
    """SQL of the second of `names`, or NULL."""
    into = f"({arrived_s}) % {SPAN_S}"
    beyond = f"CASE WHEN {into} < {MARGIN_S} THEN -1 WHEN {into} >= {SPAN_S - MARGIN_S} THEN 1 END"
    # Few are near a border: the id itself is looked at last.
    return (
        f"CASE WHEN {beyond} IS NOT NULL AND regexp_full_match({queue_id}, '{SHORT_ID}') "
        f"THEN {queue_id} || '@' || (({arrived_s}) // {SPAN_S} + {beyond}) END"
    )


def next_id_sql(reply: str) -> str:
    """SQL of what `next_id` gives."""
    return f"nullif(regexp_extract({reply}, '{NEXT}', 1), '')"


def here_sql(host: str, address: str) -> str:
    """SQL of what `is_here` gives, for what `host_and_address` gives."""
    return (
        f"CASE WHEN {address} = '' THEN {host} = 'localhost' ELSE starts_with({address}, '127.') "
        f"OR {address} = '::1' OR contains({address}, '/') END"
    )
