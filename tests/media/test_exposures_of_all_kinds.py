from __future__ import annotations

import random

import pytest
from rows_of import TOWNS, codes, made, numbered, row

from reach.errors import InputError
from reach.media.exposure import Amount
from reach.media.medium import DEFINITIONS
from reach.media.row import Row
from reach.vocabulary import Grade


def spot(**more: object) -> Row:
    data = {
        "placement_id": "1",
        "medium": "radio",
        "status": "confirmed",
        "starts_on": "2026-01-05",
    }
    return row("placement", **(data | more))


def panel(**more: object) -> Row:
    data = {
        "medium": "radio", "unit": "persons", "grade": "C", "method": "diary", "target": "18+",
        "universe": 100_000, "universe_source": "panel", "sample_size": 900, "source": "Panel",
        "period_start": "2026-01-01", "period_end": "2026-01-31", "reach1_pct": 20.0,
    } | more  # fmt: skip
    return row("audience", **data)


def survey(channel: str, share: float) -> list[Row]:
    return [
        row("survey", respondent_id=str(i), weight=1.0, cluster=str(i), exposed={channel: i < 100 * share})
        for i in range(100)
    ]  # fmt: skip


EVENT = row(
    "attendance", event_id="1", form="forum", region="Bogor", starts_at="2026-01-05T07:00:00Z",
    attendance_count=64, count_method="register", campaign="imunisasi",
)  # fmt: skip
POST = row("post", platform="facebook", account="Humas", post_id="1", reach=900)


def test_a_placement_alone_was_sent_and_not_measured() -> None:
    found = made(spot(insertions=3, cost=350_000, currency="IDR"), spot(cost=5.5, currency="USD"))
    (one,) = found.exposures
    assert (one.reached, one.grade, one.sent, one.sent_unit) == (None, None, 4, "spots")
    assert one.cost == {"IDR": 350_000, "USD": 5.5}
    assert "nobody counted, asked or estimated" in str(one.not_measured)


def test_what_was_sent_goes_to_the_exposure_that_holds_it() -> None:
    rows = [
        panel(),
        panel(vehicle="Radio Suara", reach1_pct=5.0),
        spot(vehicle="Radio Suara", insertions=7, cost=70, currency="IDR"),
        spot(region="Bogor", cost=30, currency="IDR"),
    ]
    whole, suara = made(*numbered(rows)).exposures
    assert (whole.sent, whole.cost) == (8, {"IDR": 100})
    assert (suara.sent, suara.cost) == (7, {"IDR": 70})


def test_only_what_is_shown_to_have_run_counts_as_sent() -> None:
    rows = [
        spot(status=said, cost=10, currency="IDR")
        for said in ("confirmed", "claimed", "planned", "missed")
    ]
    found = made(*numbered(rows))
    assert (found.exposures[0].sent, found.exposures[0].cost) == (1, {"IDR": 20})
    (said,) = found.notices
    assert said.message.startswith("radio: 1 claimed, 1 planned, 1 missed of 4 placements")


def test_pieces_that_nobody_counted_are_no_piece() -> None:
    posters = [spot(medium="poster", pieces=200), spot(medium="poster")]
    assert made(*posters).exposures[0].sent is None
    assert made(posters[0]).exposures[0].sent == 200
    (paper,) = made(spot(medium="print", circulation=85_000)).exposures
    assert (paper.sent, paper.sent_unit, paper.potential, paper.reached) == (
        1,
        "insertions",
        85_000,
        None,
    )


def test_the_better_evidence_is_taken_and_said() -> None:
    rows = [*survey("radio", 0.4), *numbered([panel()], "panel.csv")]
    found = made(*rows)
    (one,) = found.exposures
    assert one.reached is not None
    assert (one.grade, one.reached.estimate) == (Grade.PANEL, 20_000)
    (said,) = found.notices
    assert said.code == "measured_twice"
    assert "40000 persons (grade D, rows.csv:2)" in said.message.replace("rows.csv)", "rows.csv:2)")


def test_a_channel_has_the_name_and_medium_of_its_source() -> None:
    rows = [row("audience", **panel().data, _channel="mainstream"), *survey("mainstream", 0.4)]
    assert {(e.channel, e.medium) for e in made(*rows).exposures} == {("mainstream", "radio")}


def test_all_faults_are_told_at_once() -> None:
    with pytest.raises(InputError) as refused:
        made(panel(reach1_pct=100.0, region="Bogor"), row("attendance", **EVENT.data | {"attendance_count": 50_000}))  # fmt: skip
    assert len(refused.value.faults) == 2


def test_several_campaigns_are_said() -> None:
    found = made(EVENT, spot(campaign="pajak"))
    assert found.notices[0].params["campaigns"] == "imunisasi, pajak"


def test_the_order_of_rows_changes_nothing() -> None:
    rows = [
        EVENT,
        POST,
        panel(),
        spot(insertions=2),
        *survey("tv", 0.3),
        spot(medium="poster", pieces=3),
    ]
    rows = [
        r if r.kind != "survey" else row("survey", f"s.csv:{n}", **r.data)
        for n, r in enumerate(rows)
    ]
    want = made(*rows)
    for seed in range(5):
        shuffled = random.Random(seed).sample(rows, len(rows))  # noqa: S311 - no secret
        found = made(*shuffled)
        assert sorted(map(repr, found.exposures)) == sorted(map(repr, want.exposures))
        assert sorted(codes(found)) == sorted(codes(want))


def test_every_number_has_a_grade_that_its_medium_can_have() -> None:
    for one in made(EVENT, POST, panel(), *survey("tv", 0.3)).exposures:
        assert one.grade in DEFINITIONS[one.medium].grades
        assert one.reached is not None
        assert one.unit != "persons" or one.reached.high <= TOWNS.total


def test_no_rows_are_no_exposures() -> None:
    found = made()
    assert (found.exposures, found.overlaps, found.notices) == ((), {}, ())


def test_an_amount_that_is_no_interval_is_a_fault_of_ours() -> None:
    with pytest.raises(ValueError, match="expected 0 ≤ low"):
        Amount(3, 4, 5, None)
