"""What messages cost: sums to the last millionth, and what can't be said is not said."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from campaigns import LONG_AFTER, answer, arm, campaign, event, write_log
from plain_outcomes import Event

from reach.compare.costs import decimal

IDR = {"amount": 350, "currency": "IDR"}


def ask(folder: Path, events: list[Event], prices: dict[str, Any], **more: Any) -> dict[str, Any]:  # noqa: ANN401
    channels = {name: {"cost_per_message": price} for name, price in prices.items()}
    return answer(campaign(folder, events, log_ends=LONG_AFTER, channels=channels, **more))


def costs(result: dict[str, Any], name: str) -> list[dict[str, Any]]:
    [found] = [each["costs"] for each in result["channels"] if each["channel"] == name]
    return list(found)


def paid(events: list[Event], micros: int, currency: str) -> list[Event]:
    return [each | {"cost_micros": micros, "currency": currency} for each in events]


def test_a_cost_is_the_total_over_what_arrived(tmp_path: Path) -> None:
    result = ask(tmp_path, arm("sms", delivered=600, failed=250, sent=150), {"sms": IDR})
    [found] = costs(result, "sms")
    assert (found["currency"], found["total"]) == ("IDR", "350000")
    assert (found["priced_messages"], found["unpriced_messages"]) == (1000, 0)
    each = found["cost_per_delivered"]
    assert each["lower_bound"] == pytest.approx(350_000 / 750)
    assert each["upper_bound"] == pytest.approx(350_000 / 600)
    assert (each["numerator"], each["denominator"]) == ("350000", 600)
    # The interval is that of all possible rates, turned over.
    [rate] = [arm["rates"]["delivered_per_sent"] for arm in result["channels"]]
    assert each["low"] == pytest.approx(350 / rate["set_high"])
    assert each["high"] == pytest.approx(350 / rate["set_low"])
    assert each["low"] < each["lower_bound"] < each["upper_bound"] < each["high"]
    assert found["cost_per_engaged"] == {"not_measured": "the log does not follow engagement"}


def test_engaged_messages_have_a_cost_where_engagement_is_followed(tmp_path: Path) -> None:
    log = arm("email", delivered=60, failed=20, delivered_and_replied=20)
    [found] = costs(ask(tmp_path, log, {"email": IDR}), "email")
    each = found["cost_per_engaged"]
    assert each["denominator"] == 20
    assert each["lower_bound"] == each["upper_bound"] == pytest.approx(35_000 / 20)
    assert each["low"] < 1750 < each["high"]


def test_what_the_log_says_wins_and_the_config_fills_in(tmp_path: Path) -> None:
    log = paid(arm("sms", delivered=3), 7_500_001, "IDR") + arm("sms", failed=2)
    [found] = costs(ask(tmp_path, log, {"sms": IDR}), "sms")
    assert Decimal(found["total"]) == 3 * Decimal("7.500001") + 2 * 350
    assert found["priced_messages"] == 5


def test_a_message_that_was_not_sent_costs_what_its_log_says(tmp_path: Path) -> None:
    log = arm("sms", delivered=12, rejected=3)
    [found] = costs(ask(tmp_path, log, {"sms": IDR}), "sms")
    assert found["total"] == str(12 * 350)
    log += paid([event("r", "rejected", "sms", "r@x.org")], 1_000_000, "IDR")
    [found] = costs(ask(tmp_path / "billed", log, {"sms": IDR}), "sms")
    assert (found["total"], found["priced_messages"]) == (str(12 * 350 + 1), 12)


def test_without_a_price_for_all_there_is_no_cost_of_one(tmp_path: Path) -> None:
    log = paid(arm("sms", delivered=30), 500, "IDR") + arm("sms", failed=10) + arm("email", sent=1)
    result = ask(tmp_path, log, {})
    [found] = costs(result, "sms")
    assert (found["total"], found["unpriced_messages"]) == ("0.015", 10)
    why = {"not_estimable": "10 of 40 messages have no price"}
    assert (found["cost_per_delivered"], found["cost_per_engaged"]) == (why, why)
    assert costs(result, "email") == []


def test_two_currencies_are_never_summed(tmp_path: Path) -> None:
    log = paid(arm("sms", delivered=20), 10_000, "USD") + arm("sms", failed=20)
    found = costs(ask(tmp_path, log, {"sms": IDR}), "sms")
    assert [(each["currency"], each["total"]) for each in found] == [
        ("IDR", "7000"),
        ("USD", "0.2"),
    ]
    why = {"not_estimable": "paid in several currencies: IDR, USD"}
    assert [each["cost_per_delivered"] for each in found] == [why, why]


def test_nothing_delivered_has_no_upper_end(tmp_path: Path) -> None:
    result = ask(tmp_path, arm("sms", sent=5, failed=35) + arm("email", failed=40), {"sms": IDR})
    each = costs(result, "sms")[0]["cost_per_delivered"]
    assert (each["upper_bound"], each["high"], each["denominator"]) == (None, None, 0)
    assert each["lower_bound"] == pytest.approx(40 * 350 / 5)
    assert "delivered for sure" in each["no_high"]
    result = ask(tmp_path / "failed", arm("email", failed=40), {"email": IDR})
    why = costs(result, "email")[0]["cost_per_delivered"]["not_estimable"]
    assert why == "nothing was delivered, not even possibly: it has no cost each"


def test_one_recipient_is_not_enough(tmp_path: Path) -> None:
    log = [event(f"m{i}", "delivered", "sms", "a@x.org") for i in range(5)]
    [found] = costs(ask(tmp_path, log, {"sms": IDR}), "sms")
    assert found["total"] == "1750"
    assert "one recipient only" in found["cost_per_delivered"]["not_estimable"]


def test_what_is_free_costs_nothing(tmp_path: Path) -> None:
    free = {"amount": 0, "currency": "IDR"}
    [found] = costs(ask(tmp_path, arm("push", delivered=30, failed=5), {"push": free}), "push")
    each = found["cost_per_delivered"]
    assert (found["total"], each["low"], each["upper_bound"], each["high"]) == ("0", 0, 0, 0)


@pytest.mark.parametrize("priced_log", [False, True])
def test_regions_are_paid_by_their_channels(tmp_path: Path, *, priced_log: bool) -> None:
    log = [each | {"region": "north"} for each in arm("sms", delivered=12, failed=1)]
    log += [each | {"region": "north"} for each in arm("email", delivered=4)]
    log += [each | {"region": "south"} for each in arm("email", delivered=11, person="s")]
    prices = {"sms": IDR, "email": {"amount": 0.5, "currency": "IDR"}}
    if priced_log:
        log += paid([event("x", "sent", "sms", "x@x.org", region="south")], 1, "USD")
    result = ask(tmp_path, log, prices, compare={"by": "region"})
    [north] = costs(result, "north")
    assert (north["total"], north["priced_messages"]) == (str(13 * 350 + 2), 17)
    assert costs(result, "south")[0]["total"] == "5.5"
    assert len(costs(result, "south")) == 1 + priced_log


def test_a_new_price_needs_no_new_counting(tmp_path: Path) -> None:
    log = arm("sms", delivered=30, failed=5)
    ask(tmp_path, log, {"sms": IDR})
    kept = {each.name for each in (tmp_path / ".reach").rglob("*.json")}
    [found] = costs(ask(tmp_path, log, {"sms": {"amount": 1, "currency": "EUR"}}), "sms")
    assert (found["currency"], found["total"]) == ("EUR", "35")
    assert {each.name for each in (tmp_path / ".reach").rglob("*.json")} == kept


@pytest.mark.parametrize(
    ("one", "other", "wins"),
    [
        ((5, "USD"), (3, "USD"), ("USD", "0.00006")),
        ((5, "IDR"), (3, "USD"), ("IDR", "0.00006")),
        ((3, "USD"), (5, "IDR"), ("IDR", "0.00006")),
        ((5, "IDR"), (5, "USD"), ("USD", "0.00006")),
        ((0, "USD"), (0, "IDR"), ("USD", "0")),
    ],
)
@pytest.mark.parametrize("files", [1, 2])
def test_of_several_costs_the_largest_counts_once(
    tmp_path: Path,
    one: tuple[int, str],
    other: tuple[int, str],
    wins: tuple[str, str],
    files: int,
) -> None:
    said = [paid(arm("sms", delivered=12), *each) for each in (one, other)]
    folder = campaign(tmp_path, said[0] + said[1] * (files == 1), log_ends=LONG_AFTER)
    if files > 1:
        write_log(folder / "logs" / "other.ndjson", said[1])
    [found] = costs(answer(folder), "sms")
    assert (found["currency"], found["total"]) == wins
    assert found["priced_messages"] == 12


def test_an_amount_keeps_every_digit() -> None:
    for micros in (0, 1, 10, 999_999, 1_000_000, 10**24 + 1):
        assert Decimal(decimal(micros)) * 1_000_000 == micros
