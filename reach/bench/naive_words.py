"""What the hand-written funnels hold for an arrival, a failure and an engagement."""

from __future__ import annotations

from typing import TypeAlias

Funnel: TypeAlias = "list[tuple[str, str | None, int, int, int, int]]"
"""Channel, region, messages, delivered, failed and engaged, by channel and region."""

ARRIVED = ("delivered", "opened", "read", "clicked", "replied")
FAILED = ("failed", "expired")
ENGAGED = ("clicked", "replied")
