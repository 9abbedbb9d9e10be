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
    # warnings, by code
    "warning_no_metric_per_assigned": (
        "Chance decided by {unit}, but no metric counts all that was assigned by {unit}: no causal "
        "words. delivered_per_assigned is such a metric."
    ),
}
