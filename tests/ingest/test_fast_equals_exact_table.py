"""The law "fast equals exact" on tables with a column map, with every part of a map."""

from __future__ import annotations

import csv
import io
import random
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reach.formats.record import Options

if TYPE_CHECKING:
    from drive import Driver, Run

LOG_END_US = 1_790_000_000_000_000
CELLS = {
    "channel": ["WA", "SMS", "", "x", " WA", 'Wa"t'],
    "person": ["+621", "A@b.c", " a@B.c ", "", "  ", "\t", "é@É", "a\\b"],
    "id": ["1", "2", "", "x#2", 'a"b'],
    "count": ["1", "2", "0", "3", "", "-1", "2.5", "10000", "9999999999", " 2", "٣", "+1", "02",
              "1\n", "1e1"],
    "time": ["2026-01-05 07:00:00", "2026-01-05T07:00", "2026-03-29 02:30:00",
             "2026-10-25 02:30:00", "2026-10-25 01:30:00", "2026-02-30 07:00",
             "2026-01-05T07:00:00Z", "2026-01-05T07:00:00+07:00", "", "2026-01-05",
             "2026-01-05 24:00", "1960-01-01 00:00:00", "2990-01-01 00:00", "1000-01-01 00:00",
             "2026-01-05 07:00:00.1234567", "2026-01-05 07:00:00.", "2026-01-05  07:00",
             "2026-01-05 07:00:60", "2038-07-01 12:00", "1989-12-31 23:59", "2039-12-31 23:59:59"],
    "status": ["ANSWERED", "NO", "yes", "", "1", "01"],
    "answer": ["ANSWERED", "NO", "yes", "", "1", "01"],
    "place": ["Jawa", "", 'Bali "x"', "é", "policy"],
}  # fmt: skip
ZONES = [
    "Asia/Jakarta",
    "Europe/Berlin",
    "Australia/Lord_Howe",
    "Africa/Casablanca",
    "Pacific/Apia",
]
PARTS: dict[str, list[Any]] = {
    "message_id": ["id"],
    "messages": [{"column": "count"}],
    "occurred_at": ["time", *({"column": "time", "timezone": zone} for zone in ZONES)],
    "delivered": [
        {"column": "status", "equals": ["ANSWERED", "yes"]},
        {"column": "status", "equals": ["1", ""], "receipt": "device"},
    ],
    "failed": [
        {"column": "status", "equals": ["NO", "01"]},
        {"column": "answer", "equals": ["NO"], "permanent": True, "reason": "no_mailbox"},
        {"column": "answer", "equals": ["NO", "01"], "permanent": False},
        {"column": "answer", "equals": ["01"], "permanent": None},
    ],
    "engaged": [{"column": "answer", "equals": ["yes", "it's"]}],
    "acted": [{"column": "answer", "equals": ["1"]}],
    "region": ["place", {"const": 'R"\\'}],
    "segment": ["place"],
    "purpose": ["place", {"const": "policy"}],
    "variant": [{"const": "it's"}],
    "campaign": ["place"],
}
CHANNELS: list[Any] = [
    "channel",
    {"const": "call"},
    {"column": "channel", "values": {"WA": "whatsapp", "": "none", 'Wa"t': "q'\"\\"}},
]


@st.composite
def _maps(draw: st.DrawFn) -> dict[str, Any]:
    names = draw(st.lists(st.sampled_from(list(PARTS)), unique=True))
    chosen = {name: draw(st.sampled_from(PARTS[name])) for name in names}
    delimiter = draw(st.sampled_from([None, None, ",", ";", "\t", "^", " "]))
    return {
        "channel": draw(st.sampled_from(CHANNELS)),
        "person": draw(st.sampled_from(["person", {"row": True}])),
        **chosen,
        **({"delimiter": delimiter} if delimiter else {}),
    }


def _table(seed: int, delimiter: str) -> str:
    chance = random.Random(seed)  # noqa: S311 -- no secret
    wild = chance.random()
    text = io.StringIO()
    rows = csv.writer(text, delimiter=delimiter, lineterminator="\n")
    rows.writerow(CELLS)
    for _ in range(40):
        rows.writerow(
            chance.choice(cells if chance.random() < wild else cells[:2])
            for cells in CELLS.values()
        )
    return text.getvalue()


@settings(max_examples=30, deadline=None)
@given(
    plan=_maps(),
    seed=st.integers(0, 2**40),
    constants=st.sampled_from([{}, {"provider": "p'", "account": "a"}, {"region": "set"}]),
    log_end_us=st.sampled_from([None, LOG_END_US]),
)
def test_on_every_map(
    driver: Driver,
    plan: dict[str, Any],
    seed: int,
    constants: dict[str, str],
    log_end_us: int | None,
) -> None:
    path = driver.folder / "table.csv"
    path.write_text(_table(seed, plan.get("delimiter", ",")), encoding="utf-8", newline="")
    driver.agrees(path, Options(map=plan, set=constants), log_end_us)


def _read(driver: Driver, text: str, **parts: object) -> Run:
    path = driver.folder / "small.csv"
    path.write_text(text, encoding="utf-8")
    plan: dict[str, Any] = {"channel": {"const": "call"}, "person": "no"}
    return driver.agrees(path, Options(map=plan | parts))


@pytest.mark.parametrize(
    ("cell", "messages", "refused"),
    [
        ("3", 3, 0),
        ("1", 1, 0),
        ("0", 0, 0),
        ("", 0, 1),
        ("-1", 0, 1),
        ("2.5", 0, 1),
        ("99999", 0, 1),
    ],
)
def test_a_row_stands_for_as_many_messages(
    driver: Driver, cell: str, messages: int, refused: int
) -> None:
    run = _read(
        driver,
        f"no,n,status\n+62,{cell},yes\n",
        messages={"column": "n"},
        delivered={"column": "status", "equals": ["yes"]},
    )
    balance = run.ingested.balance
    assert (balance.messages, balance.rejected) == (messages, refused)
    assert balance.without_event == (cell == "0")
    assert sum(row["delivered_at"] is None and row["bits"] & 8 > 0 for row in run.rows) == (
        messages > 0
    )


def test_only_the_listed_values_are_known_channels(driver: Driver) -> None:
    run = _read(
        driver,
        "no,via\n+1,WA\n+2,Fax\n",
        channel={"column": "via", "values": {"WA": "whatsapp", "SMS": "sms"}},
    )
    assert [row["channel"] for row in run.rows] == ["whatsapp"]
    [refused] = run.rejections
    assert (refused["path"], refused["received"]) == ("$.via", '"Fax"')
    assert refused["expected"] == 'one of WA, SMS, or add "Fax" to the map\'s values'


def test_rows_of_two_files_are_different_messages(driver: Driver) -> None:
    """Even within one account: a row's number names it in its own file only."""
    names = set()
    for text in ("no\n+62\n", "no\n+62\n+63\n"):
        path = driver.folder / "rows.csv"
        path.write_text(text)
        plan = {"channel": {"const": "call"}, "person": "no"}
        run = driver.agrees(path, Options(map=plan, set={"account": "a"}))
        names |= {row["message_key"] for row in run.rows}
    assert len(names) == 3
