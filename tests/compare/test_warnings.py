"""Warnings about who was counted and by what receipts: given where they help, and only there."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from campaigns import LONG_AFTER, answer, arm, campaign, codes, event
from plain_outcomes import Event

PER_SENT = "delivered_per_sent"


def _params(result: dict[str, Any], code: str) -> list[dict[str, Any]]:
    return [each["params"] for each in result["warnings"] if each["code"] == code]


def _receipts(name: str, *, carrier: int = 0, device: int = 0, read: int = 0) -> list[Event]:
    """Messages of an arm that failed or were delivered, as this receipt says."""
    log = arm(name, failed=12, read=read)
    for level, count in (("carrier", carrier), ("device", device)):
        log += [
            event(f"{name}-{level}-{n}", "delivered", name, f"{name}-{level}-{n}", receipt=level)
            for n in range(count)
        ]
    return log


def _differing(folder: Path, log: list[Event], **compare: Any) -> list[tuple[str, str]]:  # noqa: ANN401
    result = answer(campaign(folder, log, log_ends=LONG_AFTER, compare=compare))
    return [(each["device"], each["carrier"]) for each in _params(result, "receipt_levels_differ")]


def test_deliveries_that_devices_confirm_against_those_of_carriers(tmp_path: Path) -> None:
    log = (
        _receipts("sms", carrier=20)
        + _receipts("whatsapp", device=20)
        + _receipts("email", carrier=20)
    )
    assert _differing(tmp_path, log) == [("whatsapp", "email"), ("whatsapp", "sms")]


@pytest.mark.parametrize(
    ("of_a", "differ"),
    [
        ({"device": 19, "carrier": 1}, True),
        ({"device": 37, "carrier": 3}, False),
        ({"device": 20, "read": 200}, True),  # what a reading implies is no receipt
        ({"carrier": 20}, False),
        ({"read": 20}, False),
        ({"device": 10, "carrier": 10}, False),
    ],
)
def test_only_where_nearly_all_receipts_are_of_one_level(
    tmp_path: Path, of_a: dict[str, int], *, differ: bool
) -> None:
    log = _receipts("a", **of_a) + _receipts("b", carrier=20)
    assert _differing(tmp_path, log) == ([("a", "b")] if differ else [])


def test_not_of_arms_or_stages_that_are_not_compared(tmp_path: Path) -> None:
    log = _receipts("a", device=20) + _receipts("b", carrier=20) + _receipts("c", carrier=20)
    log += arm("a", converted=12) + arm("b", converted=12) + arm("c", converted=12)
    assert _differing(tmp_path / "arms", log, pairs=[["b", "c"]]) == []
    assert _differing(tmp_path / "stage", log, metrics=["acted_per_sent"]) == []
    # Compared in name alone: nobody follows engagement here.
    assert _differing(tmp_path / "name", log, metrics=["engaged_per_delivered"]) == []
    assert _differing(tmp_path / "one", log, pairs=[["b", "a"]], metrics=[PER_SENT]) == [("a", "b")]


def _flooded(messages: int, others: int) -> list[Event]:
    flood = [event(f"f{n}", "delivered", "a", "one@example.org") for n in range(messages)]
    return flood + arm("a", delivered=others) + arm("b", delivered=60, failed=40)


def test_few_effective_recipients_never_read_as_enough(tmp_path: Path) -> None:
    log = _flooded(34, 77)
    result = answer(campaign(tmp_path, log, log_ends=LONG_AFTER, compare={"metrics": [PER_SENT]}))
    rate = result["channels"][0]["rates"][PER_SENT]
    assert rate["effective_clusters"] == pytest.approx((34 + 77) ** 2 / (34**2 + 77))  # 9.993
    assert _params(result, "few_effective_recipients") == [
        {"arm": "a", "recipients": 78, "effective": 9.9}
    ]


def test_few_effective_recipients_of_what_is_compared(tmp_path: Path) -> None:
    log = _flooded(200, 30)
    for name, metric, warned in (
        ("messages", PER_SENT, True),
        ("persons", "delivered_per_recipient", False),
    ):
        config = {"log_ends": LONG_AFTER, "compare": {"metrics": [metric]}}
        result = answer(campaign(tmp_path / name, log, **config))
        assert ("few_effective_recipients" in codes(result)) == warned


def test_few_recipients_at_all_are_not_called_few_that_got_most(tmp_path: Path) -> None:
    log = arm("a", delivered=6) + arm("b", delivered=60, failed=40)
    result = answer(campaign(tmp_path, log, log_ends=LONG_AFTER))
    assert result["comparisons"][0]["because"] == "too few recipients"
    assert "few_effective_recipients" not in codes(result)


def test_what_is_asked_by_an_attribute_that_nobody_has(tmp_path: Path) -> None:
    log = arm("a", delivered=12) + arm("b", delivered=12)
    some = [each | {"region": "Jawa"} for each in log[:3]]
    for name, events, compare, asked in (
        ("region", log, {"standardise": ["region", "segment"]}, [("no_strata", "region"), ("no_strata", "segment")]),
        ("some", log + some, {"standardise": ["region"]}, []),
        ("variant", log, {"by": "variant"}, [("no_arms", "variant")]),
        ("one", log + [{**each, "variant": "x"} for each in log[:3]], {"by": "variant"}, []),
    ):  # fmt: skip
        config = {"log_ends": LONG_AFTER, "compare": compare}
        warnings = answer(campaign(tmp_path / name, events, **config))["warnings"]
        told = [(each["code"], each["params"].get("attribute")) for each in warnings]
        assert [each for each in told if each[0] in ("no_strata", "no_arms")] == asked


def test_an_arm_without_messages_is_told_with_those_that_have_some(tmp_path: Path) -> None:
    log = [line for n in range(10) for line in arm(f"c{n}", delivered=1)]
    config = {"log_ends": LONG_AFTER, "compare": {"pairs": [["c1", "C1"]]}}
    [params] = _params(answer(campaign(tmp_path, log, **config)), "no_messages")
    assert params == {"arm": "C1", "known": "c1, c0, c2, c3, c4, c5, c6, c7, …"}
