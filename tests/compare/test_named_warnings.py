"""Each named warning, fired by a log that was counted: by code, in words, and on top of the report."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args

import pytest
from campaigns import LONG_AFTER, answer, answer_timing, arm, campaign, codes, event
from plain_outcomes import Event

from reach.report.numbers import Lang
from reach.report.render import render

PER_SENT = "delivered_per_sent"
LANGS = get_args(Lang)
WELL = arm("a", delivered=60, failed=40) + arm("b", delivered=50, failed=50)


def _placed(log: list[Event], region: str) -> list[Event]:
    return [
        {
            **each,
            **{name: region + each[name] for name in ("message_id", "recipient")},
            "region": region,
        }
        for each in log
    ]


def _flood(messages: int, *, others: int) -> list[Event]:
    """An arm of which one recipient gets so many messages, and so many others one each."""
    flood = [event(f"f{n}", "delivered", "a", "one@example.org") for n in range(messages)]
    return flood + arm("a", delivered=others) + arm("b", delivered=60, failed=40)


def _turned() -> list[Event]:
    """In either region b fares better, and a has more people in the better one."""
    return _placed(
        arm("a", delivered=160, failed=40) + arm("b", delivered=18, failed=2), "north"
    ) + _placed(arm("a", delivered=2, failed=18) + arm("b", delivered=40, failed=160), "south")


@dataclass(frozen=True)
class Case:
    """A log, what is asked of it, and what is said then.

    Attributes:
        log: Makes the events.
        config: What the config says beside the usual.
        params: What the warning speaks of.
        top: What stands on top of the report, by language.
        below: A part of the line under Warnings, by language; empty where it is not repeated.
    """

    log: Callable[[], list[Event]]
    config: dict[str, Any]
    params: dict[str, Any]
    top: dict[str, str]
    below: dict[str, str]


CASES = {
    "sign_changes": Case(
        _turned,
        {"compare": {"metrics": [PER_SENT], "standardise": ["region"]}},
        {"a": "a", "b": "b", "metric": PER_SENT},
        {"en": "One warning below: standardising turns a sign (a − b).", "id": "standardisasi membalik tanda (a − b)."},
        {"en": "Standardising turns the sign of a − b", "id": "Setelah distandardisasi, tanda a − b"},
    ),
    "low_receipt_coverage": Case(
        lambda: arm("a", delivered=60, failed=19, sent=21) + arm("b", delivered=50, failed=50),
        {},
        {"arm": "a", "coverage": 0.79},
        {"en": "One warning below: few receipts (a).", "id": "tanda terima sedikit (a)."},
        {"en": "Only 79.0 % of a has a receipt", "id": "Hanya 79,0 % pesan a memiliki tanda terima"},
    ),
    "few_recipients": Case(
        lambda: arm("a", delivered=6) + arm("b", delivered=60, failed=40),
        {},
        {"arm": "a"},
        {"en": "One warning below: too few recipients (a).", "id": "penerima terlalu sedikit (a)."},
        {"en": "Fewer than 10 recipients, too few to compare: a.", "id": "Kurang dari 10 penerima"},
    ),
    "few_effective_recipients": Case(
        # Four people got ten times as much as the others: no single one stands out.
        lambda: [
            each | {"recipient": f"{int(each['message_id'].split('-')[-1]) % 4}@often.org"}
            if each["message_id"].startswith("a-failed") else each
            for each in arm("a", delivered=40, failed=160)
        ] + arm("b", delivered=60, failed=40),
        {},
        {"arm": "a", "recipients": 44, "effective": 6.2},
        {"en": "One warning below: too few recipients (a).", "id": "penerima terlalu sedikit (a)."},
        {"en": "a had 44 recipients, but a few got most", "id": "bobotnya setara 6,2 penerima"},
    ),
    "one_dominant_recipient": Case(
        lambda: _flood(20, others=180),
        {},
        {"arm": "a", "share": 0.1},
        {"en": "One warning below: one recipient got very much (a).", "id": "satu penerima mendapat sangat banyak (a)."},
        {
            "en": "One recipient alone got at least 10.0 % of the messages of a",
            "id": "Satu penerima saja mendapat sedikitnya 10,0 % pesan a",
        },
    ),
    "unfinished": Case(
        lambda: arm("a", delivered=60, failed=40, sent=3) + arm("b", delivered=50, failed=50),
        {"log_ends": "2026-01-01T01:00:00Z"},
        {"count": 3},
        {"en": "NOT FINAL", "id": "BELUM FINAL"},
        {"en": "", "id": ""},
    ),
    "unbalanced_assignment": Case(
        lambda: WELL,
        {"compare": {"metrics": ["delivered_per_assigned"], "assignment": {"randomised": True, "shares": {"a": 3, "b": 1}}}},
        {},
        {"en": "One warning below: the assignment was not as declared.", "id": "alokasi tidak seperti yang dinyatakan."},
        {"en": "The arms are not as large as randomisation would make them", "id": "Besar kelompok tidak sesuai"},
    ),
    "persons_in_several_arms": Case(
        lambda: [*WELL, event("m1", "sent", "a", "both"), event("m2", "sent", "b", "both")],
        {"compare": {"metrics": ["delivered_per_assigned"], "assignment": {"randomised": True, "shares": {"a": 1, "b": 1}}}},
        {"count": 1},
        {"en": "One warning below: the assignment was not as declared.", "id": "alokasi tidak seperti yang dinyatakan."},
        {"en": "One person is in several arms", "id": "1 orang ada di beberapa kelompok"},
    ),
    "machine_opens": Case(
        lambda: WELL + [
            event(f"a-delivered-{n}", "opened", "a", f"a-delivered-{n}@example.org", machine=n % 3 != 0)
            for n in range(30)
        ],
        {},
        {"arm": "a", "share": pytest.approx(2 / 3)},
        {"en": "One warning below: machines opened (a).", "id": "dibuka oleh mesin (a)."},
        {"en": "66.7 % of a opens were made by machines", "id": "66,7 % pembukaan a dilakukan"},
    ),
    "empty_strata": Case(
        lambda: _placed(WELL, "north") + _placed(arm("a", failed=20), "south") + _placed(arm("a", failed=9), "east"),
        {"compare": {"metrics": [PER_SENT], "standardise": ["region"]}},
        {"arm": "b", "metric": PER_SENT, "strata": "east, south"},
        {"en": "One warning below: empty strata (b).", "id": "strata kosong (b)."},
        {"en": "In east, south there is nothing of b to compare (delivered per sent)", "id": "Di east, south tidak ada data b untuk dibandingkan"},
    ),
    "few_effective_in_strata": Case(
        lambda: _placed(arm("a", delivered=30, failed=10) + arm("b", delivered=20, failed=20), "north")
        + _placed(arm("a", delivered=150, failed=50) + arm("b", delivered=1), "south"),
        {"compare": {"metrics": [PER_SENT], "standardise": ["region"]}},
        {"arm": "b", "recipients": 41, "effective": 1.9},
        {"en": "; too few recipients (b).", "id": "penerima terlalu sedikit (b)."},
        {"en": "Standardised, the 41 recipients of b weigh like 1.9", "id": "Setelah distandardisasi, 41 penerima b bobotnya setara 1,9"},
    ),
}  # fmt: skip


def _blocks(result: dict[str, Any], lang: Lang) -> list[str]:
    text = render(result, "table", lang)
    return [" ".join(block.split()) for block in text.split("\n\n")]


@pytest.mark.parametrize("code", CASES)
def test_it_is_named_and_stands_on_top(tmp_path: Path, code: str) -> None:
    case = CASES[code]
    config = {"log_ends": LONG_AFTER, "compare": {"metrics": [PER_SENT]}} | case.config
    result = answer(campaign(tmp_path, case.log(), **config))
    [warning] = [each for each in result["warnings"] if each["code"] == code]
    assert warning["params"] == case.params
    for lang in LANGS:
        top, *blocks = _blocks(result, lang)
        assert case.top[lang] in top
        if case.below[lang]:
            [below] = [each for each in blocks if each.startswith(("Warnings", "Peringatan"))]
            assert case.below[lang] in below


def test_a_campaign_without_any_of_them_says_none(tmp_path: Path) -> None:
    config = {"log_ends": LONG_AFTER, "compare": {"metrics": [PER_SENT]}}
    result = answer(campaign(tmp_path, WELL, **config))
    assert codes(result) == []
    for lang in LANGS:
        assert "!" not in render(result, "table", lang)


def test_what_is_pending_is_said_beside_the_verdicts_and_not_again(tmp_path: Path) -> None:
    case = CASES["unfinished"]
    config = {"compare": {"metrics": [PER_SENT]}} | case.config
    result = answer(campaign(tmp_path, case.log(), **config))
    assert (result["final"], result["pending"]) == (False, 3)
    for lang, note in (
        ("en", "3 messages are still pending. They"),
        ("id", "3 pesan masih ditunggu. S"),
    ):
        blocks = _blocks(result, lang)  # type: ignore[arg-type]
        assert [place for place, block in enumerate(blocks) if note in block] == [1]
    funnel = " ".join(render(result, "table", "en", view="funnel").split())
    assert "! Not final: 3 messages are still pending." in funnel


@pytest.mark.parametrize(
    ("messages", "others", "warned"),
    [(10, 190, True), (9, 191, False), (1, 190, False), (3, 17, False), (4, 16, True)],
)
def test_one_recipient_stands_out_with_a_twentieth_and_three_times_an_even_share(
    tmp_path: Path, messages: int, others: int, *, warned: bool
) -> None:
    config = {"log_ends": LONG_AFTER, "compare": {"metrics": [PER_SENT]}}
    result = answer(campaign(tmp_path, _flood(messages, others=others), **config))
    assert ("one_dominant_recipient" in codes(result)) is warned


def test_people_who_all_get_many_are_no_single_one(tmp_path: Path) -> None:
    log = [
        event(f"{name}{n}", "delivered", name, f"{name}{n % 12}")
        for name in "ab"
        for n in range(240)
    ]
    config = {"log_ends": LONG_AFTER, "compare": {"metrics": [PER_SENT]}}
    assert codes(answer(campaign(tmp_path, log, **config))) == []


def test_what_counts_persons_minds_no_flood(tmp_path: Path) -> None:
    config = {"log_ends": LONG_AFTER, "compare": {"metrics": ["delivered_per_recipient"]}}
    assert codes(answer(campaign(tmp_path, _flood(100, others=100), **config))) == []


def test_one_who_got_most_and_few_that_they_weigh_like_are_one_line(tmp_path: Path) -> None:
    config = {"log_ends": LONG_AFTER, "compare": {"metrics": [PER_SENT]}}
    result = answer(campaign(tmp_path, _flood(200, others=100), **config))
    assert codes(result) == ["one_dominant_recipient", "few_effective_recipients"]
    text = " ".join(render(result, "table", "en").split())
    assert "only 2.2 effective recipients in a where at least 10 are needed" in text
    assert "One warning below: too few recipients (a); one recipient got very much (a)." in text
    assert "at least 66.6 % of the messages of a" in text
    assert "but a few got most" not in text


def test_the_gravest_are_told_of_few_arms_by_name(tmp_path: Path) -> None:
    log = [line for n in range(6) for line in arm(f"c{n}", delivered=5)]
    result = answer(campaign(tmp_path, log, log_ends=LONG_AFTER, compare={"metrics": [PER_SENT]}))
    assert codes(result).count("few_recipients") == 6
    text = " ".join(render(result, "table", "en", width=40).split())
    assert "! One warning below: too few recipients (c0, c1 and 4 more)." in text
    assert "Fewer than 10 recipients, too few to compare: c0, c1 and 4 more." in text


def test_funnel_and_timing_tell_what_concerns_them_on_top(tmp_path: Path) -> None:
    log = arm("a", delivered=60, failed=19, sent=21) + arm("b", delivered=5)
    folder = campaign(tmp_path, log, log_ends=LONG_AFTER, compare={"metrics": [PER_SENT]})
    funnel = render(answer(folder), "table", "en", view="funnel").split("\n\n")[0]
    assert "! One warning below: few receipts (a)." in funnel
    timing = render(answer_timing(folder), "table", "en", view="timing").split("\n\n")[0]
    assert "few receipts (a)" in timing
