"""What messages cost: sums of what logs say, and how many messages they say nothing of.

Every sum is of whole millionths of a currency's unit, and a sum is of one currency. Where the
config has a price for a channel, messages without a cost are counted by that channel; what
they cost then is worked out later, so that another price needs no new counting.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from reach.tally.coded import CODED
from reach.tally.kinds import Kind
from reach.tally.payers import AMOUNT, PAYER, Payers
from reach.tally.tally import Paid

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


def add_costs(
    engine: DuckDBPyConnection, arms: Sequence[str], kinds: Sequence[Kind], payers: Payers
) -> tuple[dict[str, dict[str, Paid]], dict[str, dict[str, int]]]:
    """By arm and currency what logs say was paid; by arm and channel messages without a cost.

    Args:
        engine: Where `reach.tally.coded.CODED` is, with what messages cost.
        arms: The arms, in order.
        kinds: The kinds of the messages; the law says which were sent.
        payers: Who says what they cost.
    """
    known = {kind.code: kind for kind in kinds}
    paid: dict[str, dict[str, Paid]] = {}
    without: dict[str, dict[str, int]] = {}
    found = engine.execute(
        f"SELECT code, {PAYER}, COUNT(*), SUM({AMOUNT}) FROM {CODED} "
        f"WHERE {PAYER} > 0 GROUP BY code, {PAYER} ORDER BY {PAYER}"
    ).fetchall()
    for code, payer, messages, micros in found:
        arm, sent = arms[known[code].arm], known[code].flags["sent"] * messages
        if payer <= len(payers.currencies):
            currency = payers.currencies[payer - 1]
            before = paid.setdefault(arm, {}).get(currency, Paid(0, 0))
            paid[arm][currency] = before + Paid(sent, int(micros))
        elif sent:
            channel = payers.channels[payer - 1 - len(payers.currencies)]
            of_arm = without.setdefault(arm, {})
            of_arm[channel] = of_arm.get(channel, 0) + sent
    return paid, without


def sent_without_cost(
    counts: Mapping[str, Mapping[str, int]], channels: Sequence[str]
) -> dict[str, dict[str, int]]:
    """What `add_costs` says of messages without a cost, where no log has any and arms are channels.

    Examples:
        >>> sent_without_cost({"sms": {"sent": 7}, "email": {"sent": 0}}, ["sms", "email"])
        {'sms': {'sms': 7}}
    """
    return {
        arm: {arm: count["sent"]}
        for arm, count in counts.items()
        if arm in channels and count["sent"]
    }
