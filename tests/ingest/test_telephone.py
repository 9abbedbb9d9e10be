"""A telephone number has one form, however it is written."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import phonenumbers
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from phonenumbers import PhoneMetadata, PhoneNumberFormat, PhoneNumberType

from reach.ingest.plain_numbers import plainly_local, surely_normal, without_signs
from reach.ingest.spellings import NUMBERS, unite_spellings
from reach.ingest.telephone import WITHOUT_NUMBERS, is_written_as_number, normal_number
from reach.schemas import schema

if TYPE_CHECKING:
    from drive import Driver

SITI = "+628123456789"


@pytest.mark.parametrize(
    "written",
    ["08123456789", "0812-3456-789", "0812 3456 789", "(0812) 3456.789", "628123456789",
     "+628123456789", "+62 812-3456-789", "+62 (0)812 3456 789", "(+62) 812 3456 789",
     "62 812 3456 789", "00628123456789", "0062 812 3456 789", "8123456789", "0812/3456789",
     "\u202a+62\xa0812\u20113456\u2011789\u202c", "＋６２８１２３４５６７８９", "٠٨١٢٣٤٥٦٧٨٩"],
)  # fmt: skip
def test_a_number_is_one_however_it_is_written(written: str) -> None:
    assert normal_number(written, "ID") == SITI
    assert is_written_as_number(written, "ID")


# Of ten digits after the country code, as many older Indonesian numbers are: what
# phonenumbers by itself takes for an area 0628.
def test_a_country_code_is_one_without_a_plus_too() -> None:
    assert normal_number("62812345678", "ID") == normal_number("0812345678", "ID")
    assert normal_number("0062812345678", "ID") == "+62812345678"
    # In India, Italy and Brazil a mobile number may begin as the country's code does.
    assert normal_number("9123456789", "IN") == "+919123456789"
    assert normal_number("3931234567", "IT") == "+393931234567"
    assert normal_number("55991234567", "BR") == "+5555991234567"


@pytest.mark.parametrize(
    ("written", "country", "number"),
    [
        ("+62 812 3456 789", None, SITI),
        ("+62 812 3456 789", "US", SITI),
        ("020 7946 0000", "GB", "+442079460000"),
        ("+44 (0)20 7946 0000", "GB", "+442079460000"),
        ("(212) 555-1234", "US", "+12125551234"),
        ("1-212-555-1234", "US", "+12125551234"),
        ("06 1234 5678", "IT", "+390612345678"),
        ("+39 06 1234 5678", None, "+390612345678"),
        # One trunk prefix behind another; and more of them than any number has.
        ("+44 0020 7946 0000", None, "+442079460000"),
        ("+373 000000031808880", None, None),
        ("0 15 11 91234-5678", "BR", "+5511912345678"),
        ("0 11 15-2345-6789", "AR", "+5491123456789"),
    ],
)
def test_numbers_of_other_countries(written: str, country: str | None, number: str | None) -> None:
    assert normal_number(written, country) == number


@pytest.mark.parametrize("written", ["0812", "081234567890123456789", "+0812 3456 789", "+999 123456",
                                     "555 1234 / 555 1235 / 555 1236", "1" * 300])  # fmt: skip
def test_what_is_written_so_and_is_none_is_told_apart(written: str) -> None:
    assert is_written_as_number(written, "ID")
    assert normal_number(written, "ID") is None


def test_what_can_be_dialled_in_one_town_only_is_none() -> None:
    assert normal_number("555-1234", "US") is None


@pytest.mark.parametrize(
    "written",
    ["siti@example.org", "+628123456789@c.us", "08123456789 ext. 5", "0812x5", "1-800-FLOWERS",
     "wa:628123456789", "*123#", "08123456789,08123456780", "0812;5", "+", "", "()", "-", "0812²",
     "tel:+628123456789", "08+12", "++628123456789", "6.28123E+11", "0812\x003456789", "½"],
)  # fmt: skip
def test_what_is_not_written_as_a_number_is_not_looked_at(written: str) -> None:
    assert not is_written_as_number(written, "ID")
    assert normal_number(written, "ID") is None


def test_without_a_country_only_a_plus_makes_a_number() -> None:
    for written in ("08123456789", "628123456789", "00628123456789", "12"):
        assert not is_written_as_number(written, None)
        assert normal_number(written, None) is None
    assert is_written_as_number("+12", None)


def test_countries_without_numbers_are_those_that_the_package_does_not_know() -> None:
    countries = schema("experiment")["properties"]["country"]["enum"]
    assert set(countries) - phonenumbers.SUPPORTED_REGIONS == WITHOUT_NUMBERS


FORMS = (
    PhoneNumberFormat.INTERNATIONAL,
    PhoneNumberFormat.NATIONAL,
    PhoneNumberFormat.E164,
)


def test_every_country_s_example_has_one_form_in_all_its_spellings() -> None:
    for country in sorted(phonenumbers.SUPPORTED_REGIONS):
        for kind in (PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE):
            number = phonenumbers.example_number_for_type(country, kind)
            if number is None:
                continue
            spellings = [phonenumbers.format_number(number, form) for form in FORMS]
            normal = spellings[-1]
            spellings += [normal[1:], f"00{normal[1:]}"]
            assert {normal_number(each, country) for each in spellings} == {normal}


COUNTRIES = ("ID", "GB", "US", "IT", "BR", "AR", "RU", "HU", None)
DIGITS = st.text("0123456789", min_size=1, max_size=14)
BEGIN = st.sampled_from(
    ["", "0", "00", "+", "+62", "62", "0062", "+620", "+44", "44", "+1", "1", "+39", "39", "+55",
     "55", "+54", "+7", "8", "06", "+6281", "081", "+447", "07", "+3933", "011"]
)  # fmt: skip
SIGNS = st.sampled_from(
    ["", "", "", " ", "-", ".", "(", ") ", "/", "\xa0", "\u200b", "٣", "x", "@"]
)
ADDRESS = st.builds("{1}{0}{3}{2}{4}".format, BEGIN, SIGNS, DIGITS, SIGNS, DIGITS) | st.builds(
    "{}{}".format, st.sampled_from(["+62812", "0812", "62812", "+62 812-", "+1212"]), DIGITS
)


@settings(max_examples=200, deadline=None)
@given(address=ADDRESS | st.text(max_size=8), country=st.sampled_from(COUNTRIES))
@example(address="+6200812345678", country=None)
@example(address="+55 0002111828", country="BR")
def test_a_number_in_its_one_form_stays_as_it_is(address: str, country: str | None) -> None:
    number = normal_number(address, country)
    if number is not None:
        assert {normal_number(number, other) for other in COUNTRIES} == {number}


@settings(max_examples=40, deadline=None)
@given(addresses=st.lists(ADDRESS, min_size=1, max_size=60), country=st.sampled_from(COUNTRIES))
@example(addresses=["0812345678", "62812345678", "+62 812345678", "'", "a+b", ""], country="ID")
def test_the_engine_writes_numbers_as_python_does(
    driver: Driver, addresses: list[str], country: str | None
) -> None:
    engine = driver.engine
    engine.execute("CREATE OR REPLACE TEMP TABLE people_known (was VARCHAR, now VARCHAR)")
    engine.execute("INSERT INTO people_known SELECT unnest($1), unnest($1)", [addresses])
    strange = unite_spellings(engine, "people_known", "now", country)
    found = engine.execute("SELECT was, now FROM people_known").fetchall()
    assert {now for was, now in found} == {normal_number(a, country) or a for a in addresses}
    assert all(now == (normal_number(was, country) or was) for was, now in found)
    none = {a for a in addresses if is_written_as_number(a, country)}
    assert strange == sum(normal_number(each, country) is None for each in none)
    apart = engine.execute(f"SELECT written, number FROM {NUMBERS} ORDER BY ALL").fetchall()
    assert apart == sorted({(was, now) for was, now in found if was != now})
    assert unite_spellings(engine, "people_known", "now", country) == strange
    assert engine.execute(f"SELECT count(*) FROM {NUMBERS}").fetchall() == [(0,)]


def _near(country: str) -> list[str]:
    """Numbers near the borders of what a country's tables allow."""
    plan = PhoneMetadata.metadata_for_region(country)
    code, trunk = str(plan.country_code), plan.national_prefix or ""
    known = phonenumbers.example_number_for_type(country, PhoneNumberType.FIXED_LINE)
    digits = phonenumbers.national_significant_number(known)
    rests = [
        digits,
        digits[:-1],
        digits + "7",
        digits[1:],
        "0" + digits,
        trunk + digits,
        "00812345",
    ]
    begins = ("", trunk, code, f"+{code}", f"+{code} {trunk}", f"00{code}", f"{code}{trunk}", "00")
    return [begin + rest for begin in begins for rest in rests]


def test_what_the_engine_proves_is_so_in_every_country(driver: Driver) -> None:
    proven = 0
    for country in sorted(phonenumbers.SUPPORTED_REGIONS):
        numbers = _near(country)
        begun = {each[1 : 1 + n] for each in numbers if each.startswith("+") for n in (1, 2, 3)}
        bare = without_signs("t")
        found = driver.engine.execute(
            f"SELECT t, CASE WHEN {surely_normal('t', begun)} THEN t ELSE "
            f"{plainly_local('bare', country)} END AS n "
            f"FROM (SELECT t, {bare} AS bare FROM (SELECT unnest($1) AS t)) WHERE n IS NOT NULL",
            [numbers],
        ).fetchall()
        proven += len(found)
        assert [number for _, number in found] == [normal_number(t, country) for t, _ in found]
    assert proven > 5 * len(phonenumbers.SUPPORTED_REGIONS)


def _event(name: str, recipient: str, **more: str) -> str:
    said = {"message_id": name, "event": "sent", "channel": "sms", "recipient": recipient}
    return json.dumps(said | more)


SPELLINGS = ["08123456789", "628123456789", "+62 812-3456-789", " 0812 3456 789", SITI]


def test_spellings_of_one_number_are_one_message(driver: Driver) -> None:
    path = driver.folder / "spellings.jsonl"
    at = {"occurred_at": "2026-01-05T08:00:00Z"}
    lines = [_event("m1", spelling, **at) for spelling in SPELLINGS]
    lines += [_event("m1", "0812", **at), _event("m1", "0812 ", **at), _event("m2", "08-12")]
    for order in (lines, lines[::-1]):
        path.write_text("\n".join(order), encoding="utf-8")
        run = driver.agrees(path, country="ID")
        assert (run.ingested.balance.messages, run.ingested.balance.facts) == (3, 3)
        assert run.ingested.no_numbers == 2
        run = driver.agrees(path)
        assert (run.ingested.balance.messages, run.ingested.no_numbers) == (6, 0)


def test_a_message_said_to_be_two_things_under_two_spellings_disagrees(driver: Driver) -> None:
    path = driver.folder / "disagree.jsonl"
    lines = [_event("m1", s, region=r) for s, r in zip(SPELLINGS, "ABABA", strict=True)]
    path.write_text("\n".join(lines), encoding="utf-8")
    run = driver.agrees(path, country="ID")
    assert run.ingested.disagreements == {"region": 1}


@settings(max_examples=15, deadline=None)
@given(
    addresses=st.lists(ADDRESS | st.sampled_from(SPELLINGS), min_size=1, max_size=25),
    country=st.sampled_from(COUNTRIES),
    broken=st.booleans(),
)
def test_fast_equals_exact_on_numbers(
    driver: Driver, addresses: list[str], country: str | None, *, broken: bool
) -> None:
    path = driver.folder / "numbers.jsonl"
    lines = [_event(f"m{n % 3}", each) for n, each in enumerate(addresses)]
    # Some are the judge's: an escape in a text is not proven.
    lines += [_event("m\\", each) for each in addresses[:5]] + ["no JSON"] * broken
    path.write_text("\n".join(lines), encoding="utf-8")
    driver.agrees(path, country=country)
