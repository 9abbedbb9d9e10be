"""What reports say in English of how often people were reached."""

from __future__ import annotations

from typing import Final

TEXTS: Final[dict[str, str]] = {
    "often_head": "How often, and what more of the same would reach (estimate, grade E)",
    "often_insertions": "insertions",
    "often_grp": "GRP",
    "often_times": "{times}+",
    "often_measured": "measured",
    "often_legend": (
        "█ as all models that fit have it · ░ as some have it · n+ reached at least n times · "
        "all bars 0 to 100 %"
    ),
    "often_average": "Measured: {average} contacts of each who was reached.",
    "often_fits": "Models that fit: {models}.",
    "often_one_fits": "Only one model fits ({models}): how far off it may be, no other tells.",
    "often_none_fits": (
        "No model agrees with what was measured: what more would reach is not estimable."
    ),
    "often_none": "No model can be fitted to this row: what more would reach is not estimable.",
    "often_untested": (
        "Nothing in the row tests {models}: reach 2+, 3+ and so on would tell which is right."
    ),
    "often_contradicts": "Contradicting what was measured, and so not used: {models}.",
    "often_miss": "{model} ({times}+ {measured} measured, {modelled} modelled)",
    "often_needs_contacts": "Without GRP or contacts of each not possible: {models}.",
    "often_needs_reach": "Without a reach not possible: {models}.",
    "often_needs_insertions": "Without the number of insertions not possible: {models}.",
    "often_needs_vehicles": "For several vehicles with known audiences and overlaps: {models}.",
    "often_not_possible": "The row's numbers are none that these can have: {models}.",
    "often_sampling": (
        "The spread is that between models; the error of the sample and of what changes with more "
        "insertions comes on top."
    ),
    "often_model_binomial": "binomial",
    "often_model_beta_binomial": "beta-binomial",
    "often_model_goerg": "Goerg",
    "often_model_negative_exponential": "negative exponential",
    "often_model_sainsbury": "Sainsbury",
    "often_model_agostini": "Agostini",
    "often_model_metheringham": "Metheringham",
}
"""Beside `reach.report.english`, by key."""
