"""What the reports say in English of the doubts about a comparison, by key."""

from __future__ import annotations

from typing import Final

TEXTS: Final[dict[str, str]] = {
    "attribute_message": "message",
    # what rates count by
    "things_sent": "messages sent",
    "things_assigned": "messages assigned",
    "things_delivered": "messages delivered",
    "things_receipted": "messages with a receipt",
    "things_recipient": "recipients",
    # why something is not comparable or not estimable, by code
    "reason_no_messages": "{arm} has no messages",
    "reason_no_receipts": "{arm}: the log holds no receipts",
    "reason_no_engagement": "{arm}: the log does not follow engagement",
    "reason_no_acts": "{arm}: the log does not say who acted",
    "reason_failures_only": "{arm}: the log tells of little but failures",
    "reason_nothing_counted": "{arm} has no {per}",
    "reason_empty_strata": "{arm} has no {per} in {count} strata, as in {stratum}",
    "reason_empty_stratum": "{arm} has no {per} in stratum {stratum}",
    "reason_hardly_covered": "{arm} has a receipt for {coverage} only: too few to rank by",
    "reason_alike": (
        "in {campaign} all messages of both fared alike, so that nobody can tell how sure its "
        "difference is"
    ),
    "campaigns_alone": "one campaign can't tell how much campaigns differ; that takes two or more",
    "campaigns_no_next": (
        "two campaigns can't tell where the next one may lie; that takes three or more"
    ),
    # the gravest warnings, in few words on top
    "gravest": "{count} warnings below, first of all: {parts}.",
    "gravest_one": "One warning below: {parts}.",
    "grave_assignment": "the assignment was not as declared",
    "grave_sign": "standardising turns a sign ({arms})",
    "grave_strata": "empty strata ({arms})",
    "grave_receipts": "few receipts ({arms})",
    "grave_few": "too few recipients ({arms})",
    "grave_dominant": "one recipient got very much ({arms})",
    "grave_machines": "machines opened ({arms})",
    # warnings, by code
    "warning_few_recipients": "Fewer than 10 recipients, too few to compare: {arm}.",
    "warning_one_dominant_recipient": (
        "One recipient alone got at least {share} of the messages of {arm}: what became of these "
        "moves its rates by as much. Is it a test address, or a group?"
    ),
    "warning_few_effective_in_strata": (
        "Standardised, the {recipients} recipients of {arm} weigh like {effective}, too few to "
        "compare: a few of them stand for a large stratum. Standardise by fewer or larger strata."
    ),
    "warning_empty_strata": (
        "In {strata} there is nothing of {arm} to compare ({metric}): standardised comparisons with it have "
        "no answer. Compare without standardise, or by larger strata."
    ),
    "warning_no_metric_per_assigned": (
        "Chance decided by {unit}, but no metric counts all that was assigned by {unit}: no causal "
        "words. delivered_per_assigned is such a metric."
    ),
}
