"""Who says what a message costs: its log, or the config, by its channel."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reach.engine import literal
from reach.outcomes.messages import COST
from reach.tally.messages import MESSAGES

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

PAYER = "payer"
"""Who says what a message costs: a place in `Payers`, from 1; 0 if nobody does."""

AMOUNT, _CURRENCY = COST
_KNOWN = f"{AMOUNT} IS NOT NULL AND {_CURRENCY} IS NOT NULL"


@dataclass(frozen=True, slots=True)
class Payers:
    """Who may say what a message costs: first its log, in a currency, then the config.

    Attributes:
        currencies: Those in which logs name a cost.
        channels: Those for whose messages the config has a price.
    """

    currencies: tuple[str, ...]
    channels: tuple[str, ...]


def find_payers(engine: DuckDBPyConnection, channels: Sequence[str], *, costed: bool) -> Payers:
    """The currencies of the messages, beside the channels with a price.

    Args:
        engine: Where the messages are.
        channels: Those with a price.
        costed: Whether any message has a cost; else it has no such column.
    """
    if not costed:
        return Payers((), tuple(channels))
    found = engine.execute(
        f"SELECT DISTINCT {_CURRENCY} FROM {MESSAGES} WHERE {_KNOWN} ORDER BY {_CURRENCY}"
    )
    return Payers(tuple(currency for (currency,) in found.fetchall()), tuple(channels))


def payer_columns(payers: Payers) -> tuple[str, str]:
    """SQL for `PAYER` and the cost of a message ``m``."""
    tests = [
        f"WHEN m.{AMOUNT} IS NOT NULL AND m.{_CURRENCY} = {literal(currency)} THEN {place}"
        for place, currency in enumerate(payers.currencies, start=1)
    ]
    tests += [
        f"WHEN m.channel = {literal(channel)} THEN {place}"
        for place, channel in enumerate(payers.channels, start=1 + len(payers.currencies))
    ]
    payer = f"CASE {' '.join(tests)} ELSE 0 END" if tests else "0"
    return f"{payer} AS {PAYER}", f"m.{AMOUNT}" if payers.currencies else f"0 AS {AMOUNT}"
