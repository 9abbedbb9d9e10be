"""Whom simulated messages go to: the tail, the regions, one person under several addresses."""

from __future__ import annotations

from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import phonenumbers
import pytest
from told import normal, people, read

from reach.simulate.luck import Luck
from reach.simulate.population import Population, permuted
from reach.simulate.profiles import PROFILES, Kind
from reach.simulate.regions import REGIONS


@pytest.mark.parametrize("channel", PROFILES)
def test_most_get_one_or_two_and_a_few_dozens(channel: str, everything: Path) -> None:
    counts = np.array(
        duckdb.sql(
            f"SELECT count(*) FROM '{everything}/truth/{channel}/*.parquet' GROUP BY person"
        ).fetchall()
    ).ravel()
    assert (counts <= 2).mean() > 0.85
    assert counts.max() >= 24
    assert 1.65 < counts.mean() < 1.75
    assert (counts >= 12).mean() < 0.02


def test_regions_are_as_large_as_the_census_says(everything: Path) -> None:
    region = Counter(dict(people(everything).values()).values())
    total = sum(each.population for each in REGIONS)
    assert total == 48_274_162
    assert len(REGIONS) == 27
    for each in REGIONS:
        share = each.population / total
        assert (
            abs(region[each.title] / region.total() - share) < 5 * (share / region.total()) ** 0.5
        )


def test_titles_of_regions_are_different() -> None:
    assert len({each.title for each in REGIONS}) == 27
    assert {each.checked for each in REGIONS} == {"read", "remembered"}


def test_blank_spots_cost_delivery(truth: dict[str, Any]) -> None:
    (sms,) = (each for each in truth["channels"] if each["channel"] == "sms")
    shares = {True: [0, 0], False: [0, 0]}
    for each in REGIONS:
        counts = sms["regions"][each.title]
        shares[each.blank > 0.1][0] += counts["really_delivered"]
        shares[each.blank > 0.1][1] += counts["sent"]
    (far, far_sent), (near, near_sent) = shares[True], shares[False]
    assert far / far_sent < near / near_sent - 0.02


def test_one_person_has_addresses_in_several_channels(everything: Path) -> None:
    addresses = defaultdict(set)
    for address, (person, _) in people(everything).items():
        addresses[person].add(address)
    assert max(map(len, addresses.values())) >= 3
    second = sum(sum(each.startswith("+") for each in mine) == 2 for mine in addresses.values())
    assert 0.05 < second / len(addresses) < 0.12


def test_an_address_is_one_persons(everything: Path) -> None:
    rows = (everything / "people.csv").read_text().splitlines()[1:]
    assert len(rows) == len({row.split(",")[0] for row in rows})


@pytest.mark.parametrize(
    ("channel", "form", "ways"),
    [
        ("sms", "twilio", {"+62", "628"}),
        ("sms_reminder", "twilio", {"081", "+62 "}),
        ("whatsapp", "whatsapp", {"628"}),
        ("whatsapp_helpdesk", "twilio", {"whatsapp:+62"}),
    ],
)
def test_numbers_are_spelled_in_several_ways(
    channel: str, form: str, ways: set[str], everything: Path
) -> None:
    told = read(everything / f"logs/{channel}/{channel}-00001.ndjson", form)
    known = people(everything)
    for way in ways:
        assert any(written.startswith(way) for written in told.recipients.values())
    for written in list(told.recipients.values())[:500]:
        number = phonenumbers.parse(written.removeprefix("whatsapp:"), "ID")
        found = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
        assert found == normal(written)
        assert found in known


def test_emails_are_spelled_in_several_ways(everything: Path) -> None:
    told = read(everything / "logs/email/email-00001.ndjson", "sendgrid")
    spelled = list(told.recipients.values())
    assert any(address != address.lower() for address in spelled)
    assert any(address == address.lower() for address in spelled)


@pytest.mark.parametrize("size", [1, 2, 10, 618, 4_096, 9_999])
def test_permuted_numbers_are_all_there(size: int) -> None:
    assert sorted(permuted(np.arange(size), size, 17).tolist()) == list(range(size))


def test_luck_is_even() -> None:
    luck = Luck(5, "a test")
    hits = luck.hits("it", np.arange(200_000), 0.3).mean()
    assert abs(hits - 0.3) < 0.005
    tens = np.bincount(luck.below("ten", np.arange(200_000), 10))
    assert tens.min() > 19_000
    assert abs(np.corrcoef(luck.below("a", np.arange(50_000), 100), luck.below("b", np.arange(50_000), 100))[0, 1]) < 0.02  # fmt: skip


def test_numbers_never_meet() -> None:
    population = Population(30_000, 1)
    persons = np.arange(30_000)
    assert len(set(population.addresses(Kind.WHATSAPP, persons))) == 30_000
    assert len(set(population.addresses(Kind.DEVICE, persons))) == 30_000
