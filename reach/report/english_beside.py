"""What reports say in English of costs and of other methods."""

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
    "also_head": "Other methods ({level}, each for itself): they decide nothing",
    "also_score_interval": "{metric}: Miettinen–Nurminen score interval of the difference, in points",
    "also_score_interval_legend": (
        "For small or zero counts of independent units; the interval is over both ends of what is possible."
    ),
    "also_mantel_haenszel": "{metric}: Mantel–Haenszel odds ratio over the strata",
    "also_mantel_haenszel_legend": (
        "Odds of the first over those of the second, within strata. A small p value of the strata being "
        "alike says that one ratio for all hides something."
    ),
    "also_missing_at_random": "{metric}, IF messages without a receipt fared like the others of their stratum",
    "also_missing_at_random_legend": (
        "A sensitivity analysis on an assumption that no log can show; possible is what is known without it."
    ),
    "also_assumed": "if so",
    "also_p_value": "p value",
    "also_alike": "strata alike,\np value",
    "also_not_estimable": "Not estimable for {names}: {why}.",
    "also_several_messages": (
        "some recipients have several messages, and the method takes messages as independent"
    ),
    "also_shared_recipients": (
        "some recipients are in both arms, and the method takes the arms as independent"
    ),
    "also_unlike_denominators": "what is unknown changes the denominator, and with it the units",
}
"""Beside `reach.report.english`, by key."""
