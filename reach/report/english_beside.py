"""What reports say in English of costs."""

from __future__ import annotations

from typing import Final

TEXTS: Final[dict[str, str]] = {
    "costs_head": "Costs ({level}, each for itself, conditional on these sendings)",
    "costs_paid": "paid",
    "costs_cost_per_delivered": "per delivered",
    "costs_cost_per_engaged": "per engaged",
    "costs_at_least": "{amount} or more",
    "costs_legend": (
        "least, if all that is possible arrived … most, if only what is confirmed did · "
        "what was paid is a known number: the interval is that of the rate"
    ),
    "costs_no_price": "No price is known of the messages of {arms}.",
    "costs_unpriced": (
        "{count} of {sent} messages of {arm} have no price: what one of them cost is not estimable."
    ),
    "costs_currencies": (
        "{arm} was paid in {currencies}, which are not summed: what one message cost is not estimable."
    ),
    "costs_why": "{arm}, {cost}: not estimable, because {why}.",
    "costs_no_upper": (
        "{arm}, {cost}: what is confirmed can't be told from nothing, so there is no upper end."
    ),
}
"""Beside `reach.report.english`, by key."""
