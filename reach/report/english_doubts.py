"""What the reports say in English of the doubts about a comparison, by key."""

from __future__ import annotations

from typing import Final

TEXTS: Final[dict[str, str]] = {
    "attribute_message": "message",
    # warnings, by code
    "warning_no_metric_per_assigned": (
        "Chance decided by {unit}, but no metric counts all that was assigned by {unit}: no causal "
        "words. delivered_per_assigned is such a metric."
    ),
}
